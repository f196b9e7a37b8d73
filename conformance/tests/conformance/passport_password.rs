//! The two-step password and the passport secret against a Telegram of prepared answers: which
//! requests are sent, bit by bit, and whether a server that computes otherwise accepts them.

use std::sync::LazyLock;

use conformance::scripted::Scripted;
use conformance::seeded::SeededRng;
use conformance::vectors;
use num_bigint::BigUint;
use telegram_passport::client::password::{self, Outcome, PasswordError, Reset, UnreadableSecret};
use telegram_passport::client::srp::SrpError;
use telegram_passport::client::{Failure, LosePassportData, NewPassword, wait};
use telegram_passport::wrap::{PasswordKdf, unwrap_passport_secret};
use telegram_passport_tl::types::account::{
    PasswordHasPassword, PasswordInputSettings, PasswordSettings,
};
use telegram_passport_tl::{Boxed, Encode, enums, functions, types};

use super::passport_srp_server::{Account, hex, known, number, padded, proof, x};

const GET: &str = "account.getPassword";
const SETTINGS: &str = "account.getPasswordSettings";
const UPDATE: &str = "account.updatePasswordSettings";

/// The password of the account in these tests, and a new one.
pub(super) const PASSWORD: &str = "new password";
const OTHER: &str = "another password";

/// The salts that the server gives for new ones.
const SALT1: &[u8] = b"eight by";
const SECURE_SALT: &[u8] = b"secure s";

#[test]
fn state_is_what_the_server_says() {
    let account = account();
    let mut given = account_password(Some((&account, 9)));
    given.hint = Some("a pet".to_owned());
    given.has_secure_values = true;
    given.email_unconfirmed_pattern = Some("a***@b.c".to_owned());
    given.pending_reset_date = Some(1_700_000_000);
    let telegram = Scripted::new().answer(GET, &Boxed(given));
    let state = wait(password::state(&telegram)).expect("an answer");
    assert!(state.has_password() && state.has_secure_values() && !state.has_recovery());
    assert_eq!(state.hint(), Some("a pet"));
    assert_eq!(state.email_unconfirmed_pattern(), Some("a***@b.c"));
    assert_eq!(state.pending_reset_date(), Some(1_700_000_000));
    let printed = format!("{state:?}");
    assert!(
        !printed.contains("pet") && !printed.contains("b.c"),
        "{printed}"
    );
}

#[test]
fn a_call_carries_a_proof_that_the_server_accepts() {
    let account = account();
    let telegram = Scripted::new()
        .answer(GET, &state_of(&account, 77))
        .answer(SETTINGS, &no_settings());
    let call = |password| functions::account::GetPasswordSettings { password };
    let settings = wait(password::prove(
        &telegram,
        &PASSWORD.into(),
        &mut rng(),
        call,
    ));
    assert_eq!(settings.expect("an answer"), no_settings());
    let sent: functions::account::GetPasswordSettings = telegram.sent(1);
    assert_eq!(proof(&sent.password).srp_id, 77);
    assert!(account.accepts(proof(&sent.password)));
    telegram.assert_finished();
}

/// A stale id is answered by one fresh proof, of other parameters.
#[test]
fn a_stale_proof_is_made_once_more() {
    let account = account();
    let mut fresh = account.clone();
    fresh.b = number(&[0x17; 256]);
    let stale = Scripted::new()
        .answer(GET, &state_of(&account, 1))
        .refuse(SETTINGS, 400, "SRP_ID_INVALID")
        .answer(GET, &state_of(&fresh, 2));
    let call = |password| functions::account::GetPasswordSettings { password };

    let telegram = stale.answer(SETTINGS, &no_settings());
    let result = wait(password::prove(
        &telegram,
        &PASSWORD.into(),
        &mut rng(),
        call,
    ));
    assert!(result.is_ok());
    let first: functions::account::GetPasswordSettings = telegram.sent(1);
    let second: functions::account::GetPasswordSettings = telegram.sent(3);
    let (first, second) = (proof(&first.password), proof(&second.password));
    assert_eq!((first.srp_id, second.srp_id), (1, 2));
    assert!(account.accepts(first) && fresh.accepts(second));
    assert_ne!(first.a, second.a, "another a each time");

    let telegram = Scripted::new()
        .answer(GET, &state_of(&account, 1))
        .refuse(SETTINGS, 400, "SRP_ID_INVALID")
        .answer(GET, &state_of(&fresh, 2))
        .refuse(SETTINGS, 400, "SRP_ID_INVALID");
    let result = wait(password::prove(
        &telegram,
        &PASSWORD.into(),
        &mut rng(),
        call,
    ));
    assert!(matches!(result, Err(PasswordError::StaleProof)));
    telegram.assert_finished();
}

#[test]
fn refusals_are_errors_of_their_own() {
    let account = account();
    let refused = |message: &str| {
        let telegram = Scripted::new()
            .answer(GET, &state_of(&account, 1))
            .refuse(SETTINGS, 400, message);
        let call = |password| functions::account::GetPasswordSettings { password };
        let result = wait(password::prove(
            &telegram,
            &PASSWORD.into(),
            &mut rng(),
            call,
        ));
        assert_eq!(telegram.count(), 2, "nothing is repeated");
        result.expect_err("it was refused")
    };
    assert!(matches!(
        refused("PASSWORD_HASH_INVALID"),
        PasswordError::WrongPassword
    ));
    assert!(matches!(
        refused("SRP_PASSWORD_CHANGED"),
        PasswordError::PasswordChanged
    ));
    assert_eq!(refused("FLOOD_WAIT_31").flood_wait(), Some(31));
    let PasswordError::Call(Failure::Rpc(error)) = refused("SESSION_TOO_FRESH_86400") else {
        panic!("another error");
    };
    assert_eq!(
        (error.name(), error.value()),
        ("SESSION_TOO_FRESH_X", Some(86400))
    );
}

/// Parameters that do not check are not answered.
#[test]
fn nothing_is_sent_for_bad_parameters() {
    let account = account();
    let good = account_password(Some((&account, 1)));
    let has = |change: &dyn Fn(&mut PasswordHasPassword)| {
        let mut state = good.clone();
        change(state.has_password.as_mut().expect("there is one"));
        state
    };
    let of_algo = |change: &dyn Fn(&mut SrpAlgo)| {
        let mut algo = known(&account.algo()).clone();
        change(&mut algo);
        has(&|it| it.current_algo = algo.clone().into())
    };
    for (state, expected) in [
        (
            has(&|it| it.current_algo = enums::PasswordKdfAlgo::Unknown),
            SrpError::UnknownAlgorithm,
        ),
        (
            has(&|it| it.srp_b = vec![0; 256]),
            SrpError::ServerNumberRange,
        ),
        (
            has(&|it| it.srp_b = vec![1; 200]),
            SrpError::ServerNumberLength,
        ),
        (
            has(&|it| it.srp_b = padded(&account.kv())),
            SrpError::DifferenceRange,
        ),
        (of_algo(&|it| it.g = 2), SrpError::GeneratorResidue),
        (of_algo(&|it| it.g = 8), SrpError::GeneratorRange),
        (of_algo(&|it| it.p[255] -= 12), SrpError::NotSafePrime),
        (of_algo(&|it| it.p.truncate(128)), SrpError::PrimeLength),
    ] {
        let telegram = Scripted::new().answer(GET, &Boxed(state));
        let call = |password| functions::account::GetPasswordSettings { password };
        let result = wait(password::prove(
            &telegram,
            &PASSWORD.into(),
            &mut rng(),
            call,
        ));
        match result {
            Err(PasswordError::Parameter(error)) => assert_eq!(error, expected),
            other => panic!("{expected:?}: {other:?}"),
        }
        assert_eq!(telegram.count(), 1);
    }
    let telegram = Scripted::new().answer(GET, &state_of_none());
    let call = |password| functions::account::GetPasswordSettings { password };
    let result = wait(password::prove(
        &telegram,
        &PASSWORD.into(),
        &mut rng(),
        call,
    ));
    assert!(matches!(result, Err(PasswordError::NoPassword)));
}

type SrpAlgo = types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow;

/// Section 9.6: no proof; bit 0, and bit 1 if there is an e-mail.
#[test]
fn the_first_password() {
    let new = NewPassword::new(OTHER.into()).hint("a pet");
    for email in [None, Some("a@example.org")] {
        let telegram = Scripted::new()
            .answer(GET, &state_of_none())
            .answer(UPDATE, &true);
        let result = wait(password::set(&telegram, &new, email, &mut rng()));
        assert_eq!(result.expect("stored"), Outcome::Stored);
        let sent: functions::account::UpdatePasswordSettings = telegram.sent(1);
        let empty = enums::InputCheckPasswordSrp::InputCheckPasswordEmpty;
        assert_eq!(sent.password, empty);
        let flags = if email.is_some() { 0b011 } else { 0b001 };
        assert_eq!(bits(&sent.new_settings), flags);
        assert_eq!(sent.new_settings.email.as_deref(), email);
        assert_new_password(&sent.new_settings, OTHER, "a pet");
    }

    let telegram = Scripted::new().answer(GET, &state_of(&account(), 1));
    let result = wait(password::set(&telegram, &new, None, &mut rng()));
    assert!(matches!(result, Err(PasswordError::HasPassword)));
    let telegram = Scripted::new().answer(GET, &state_of_none());
    let empty = NewPassword::new("".into());
    let result = wait(password::set(&telegram, &empty, None, &mut rng()));
    assert!(matches!(result, Err(PasswordError::EmptyPassword)));
    let mut unknown = account_password(None);
    unknown.new_algo = enums::PasswordKdfAlgo::Unknown;
    let telegram = Scripted::new().answer(GET, &Boxed(unknown));
    let result = wait(password::set(&telegram, &new, None, &mut rng()));
    let unknown = SrpError::UnknownAlgorithm;
    assert!(matches!(result, Err(PasswordError::Parameter(error)) if error == unknown));
}

#[test]
fn an_unconfirmed_email_is_success() {
    for (message, code_length) in [
        ("EMAIL_UNCONFIRMED", None),
        ("EMAIL_UNCONFIRMED_6", Some(6)),
        ("EMAIL_UNCONFIRMED_0", None),
    ] {
        let account = account();
        let telegram = Scripted::new()
            .answer(GET, &state_of(&account, 3))
            .refuse(UPDATE, 400, message);
        let (typed, email) = (PASSWORD.into(), "a@example.org");
        let set = wait(password::set_recovery_email(
            &telegram,
            &typed,
            email,
            &mut rng(),
        ));
        let outcome = set.expect("stored");
        assert_eq!(outcome, Outcome::EmailUnconfirmed { code_length });
        let sent: functions::account::UpdatePasswordSettings = telegram.sent(1);
        assert!(account.accepts(proof(&sent.password)));
        assert_eq!(bits(&sent.new_settings), 0b010);
        assert_eq!(sent.new_settings.email.as_deref(), Some(email));
    }
    let telegram = Scripted::new()
        .answer(GET, &state_of(&account(), 3))
        .refuse(UPDATE, 400, "EMAIL_INVALID");
    let set = wait(password::set_recovery_email(
        &telegram,
        &PASSWORD.into(),
        "a",
        &mut rng(),
    ));
    assert!(matches!(set, Err(PasswordError::Call(error)) if error.is_rpc("EMAIL_INVALID")));
}

#[test]
fn an_email_is_confirmed_resent_and_cancelled() {
    let telegram = Scripted::new()
        .refuse("account.confirmPasswordEmail", 400, "CODE_INVALID")
        .answer("account.resendPasswordEmail", &true)
        .answer("account.confirmPasswordEmail", &true)
        .answer("account.cancelPasswordEmail", &true)
        .answer("account.cancelPasswordEmail", &false);
    let wrong = wait(password::confirm_email(&telegram, "12345"));
    assert!(matches!(wrong, Err(PasswordError::Call(error)) if error.is_rpc("CODE_INVALID")));
    assert!(wait(password::resend_email(&telegram)).is_ok());
    assert!(wait(password::confirm_email(&telegram, "123456")).is_ok());
    let sent: functions::account::ConfirmPasswordEmail = telegram.sent(2);
    assert_eq!(sent.code, "123456");
    assert!(wait(password::cancel_email(&telegram)).is_ok());
    let declined = wait(password::cancel_email(&telegram));
    assert!(matches!(declined, Err(PasswordError::Declined)));
    telegram.assert_finished();
}

/// Section 9.6: bit 0 if there is no passport secret.
#[test]
fn a_change_without_a_secret() {
    let account = account();
    let telegram = Scripted::new()
        .answer(GET, &state_of(&account, 1))
        .answer(SETTINGS, &no_settings())
        .answer(GET, &state_of(&account, 2))
        .answer(UPDATE, &true);
    let outcome = change(&telegram, UnreadableSecret::Refuse);
    assert_eq!(outcome.expect("stored"), Outcome::Stored);
    let sent: functions::account::UpdatePasswordSettings = telegram.sent(3);
    assert_eq!(proof(&sent.password).srp_id, 2);
    assert!(
        account.accepts(proof(&sent.password)),
        "proof of the old password"
    );
    assert_eq!(bits(&sent.new_settings), 0b001);
    assert_new_password(&sent.new_settings, OTHER, "");
    telegram.assert_finished();
}

/// Section 9.6: bits 0 and 2 if there is one; the same secret under the new password.
#[test]
fn a_change_takes_the_secret_along() {
    let account = account();
    let (settings, secret) = stored_secret();
    let telegram = Scripted::new()
        .answer(GET, &state_of(&account, 1))
        .answer(SETTINGS, &Boxed(settings))
        .answer(GET, &state_of(&account, 2))
        .answer(UPDATE, &true);
    let outcome = change(&telegram, UnreadableSecret::Refuse);
    assert_eq!(outcome.expect("stored"), Outcome::Stored);
    let sent: functions::account::UpdatePasswordSettings = telegram.sent(3);
    assert!(account.accepts(proof(&sent.password)));
    assert_eq!(bits(&sent.new_settings), 0b101);
    assert_new_password(&sent.new_settings, OTHER, "");
    let stored = assert_secret(&sent.new_settings, OTHER);
    assert_eq!(stored, secret);
    telegram.assert_finished();
}

/// A secret that cannot be read stops the change, unless it is to be deleted.
#[test]
fn a_change_is_refused_if_the_secret_would_be_lost() {
    let account = account();
    let (mut settings, _) = stored_secret();
    let stored = settings.secure_settings.as_mut().expect("there is one");
    stored.secure_secret[31] ^= 1;
    stored.secure_secret_id += 1;
    let damaged = Boxed(settings);
    let telegram = Scripted::new()
        .answer(GET, &state_of(&account, 1))
        .answer(SETTINGS, &damaged);
    let refused = change(&telegram, UnreadableSecret::Refuse);
    assert!(
        matches!(refused, Err(PasswordError::StoredSecret(_))),
        "{refused:?}"
    );
    telegram.assert_finished();

    let telegram = Scripted::new()
        .answer(GET, &state_of(&account, 1))
        .answer(SETTINGS, &damaged)
        .answer(GET, &state_of(&account, 2))
        .answer(GET, &state_of(&account, 3))
        .answer(UPDATE, &true)
        .answer(GET, &state_of(&account, 4))
        .answer(UPDATE, &true);
    let outcome = change(&telegram, UnreadableSecret::Delete(LosePassportData));
    assert_eq!(outcome.expect("stored"), Outcome::Stored);
    let deleted: functions::account::UpdatePasswordSettings = telegram.sent(4);
    assert_eq!(bits(&deleted.new_settings), 0b100);
    assert_no_secret(&deleted.new_settings);
    let changed: functions::account::UpdatePasswordSettings = telegram.sent(6);
    assert_eq!(bits(&changed.new_settings), 0b001);
    assert_new_password(&changed.new_settings, OTHER, "");
    telegram.assert_finished();

    let telegram = Scripted::new();
    let empty = NewPassword::new("".into());
    let unreadable = UnreadableSecret::Delete(LosePassportData);
    let refused = wait(password::change(
        &telegram,
        &PASSWORD.into(),
        &empty,
        unreadable,
        &mut rng(),
    ));
    assert!(matches!(refused, Err(PasswordError::EmptyPassword)));
}

/// Section 9.6: bit 0, of nothing.
#[test]
fn a_removal() {
    let account = account();
    let telegram = Scripted::new()
        .answer(GET, &state_of(&account, 5))
        .answer(UPDATE, &true);
    let removal = wait(password::remove(
        &telegram,
        &PASSWORD.into(),
        LosePassportData,
        &mut rng(),
    ));
    assert_eq!(removal.expect("stored"), Outcome::Stored);
    let sent: functions::account::UpdatePasswordSettings = telegram.sent(1);
    assert!(account.accepts(proof(&sent.password)));
    assert_eq!(bits(&sent.new_settings), 0b001);
    let new = sent.new_settings.new_algo.as_ref().expect("bit 0");
    assert_eq!(new.new_algo, enums::PasswordKdfAlgo::Unknown);
    assert!(new.new_password_hash.is_empty() && new.hint.is_empty());

    let telegram = Scripted::new()
        .answer(GET, &state_of(&account, 5))
        .answer(UPDATE, &false);
    let removal = wait(password::remove(
        &telegram,
        &PASSWORD.into(),
        LosePassportData,
        &mut rng(),
    ));
    assert!(matches!(removal, Err(PasswordError::Declined)));
}

#[test]
fn a_forgotten_password_is_recovered_by_email() {
    let sent = types::auth::PasswordRecovery {
        email_pattern: "a***@example.org".to_owned(),
    };
    let authorization =
        enums::auth::Authorization::SignUpRequired(types::auth::AuthorizationSignUpRequired {
            terms_of_service: None,
        });
    let telegram = Scripted::new()
        .answer("auth.requestPasswordRecovery", &Boxed(sent))
        .answer("auth.checkRecoveryPassword", &false)
        .answer(GET, &state_of(&account(), 1))
        .answer("auth.recoverPassword", &authorization)
        .answer("auth.recoverPassword", &authorization);
    let pattern = wait(password::request_recovery(&telegram)).expect("sent");
    assert_eq!(pattern, "a***@example.org");
    let right = wait(password::check_recovery_code(&telegram, "1234"));
    assert!(!right.expect("an answer"));

    let new = NewPassword::new(OTHER.into());
    for (new, at) in [(Some(&new), 3), (None, 4)] {
        let lost = LosePassportData;
        let recovered = wait(password::recover(&telegram, "1235", new, lost, &mut rng()));
        assert_eq!(recovered.expect("an answer"), authorization);
        let sent: functions::auth::RecoverPassword = telegram.sent(at);
        assert_eq!(sent.code, "1235");
        assert_eq!(sent.new_settings.is_some(), new.is_some());
        if let Some(settings) = &sent.new_settings {
            assert_eq!(bits(settings), 0b001);
            assert_new_password(settings, OTHER, "");
        }
    }
    telegram.assert_finished();
}

#[test]
fn a_forgotten_password_is_reset_after_a_wait() {
    use enums::account::ResetPasswordResult as Answer;
    let until = types::account::ResetPasswordRequestedWait { until_date: 7 };
    let retry = types::account::ResetPasswordFailedWait { retry_date: 8 };
    let telegram = Scripted::new()
        .answer("account.resetPassword", &Answer::from(until))
        .answer("account.declinePasswordReset", &true)
        .answer("account.resetPassword", &Answer::from(retry))
        .answer("account.resetPassword", &Answer::ResetPasswordOk)
        .refuse("account.declinePasswordReset", 400, "RESET_REQUEST_MISSING");
    let reset = || wait(password::reset(&telegram, LosePassportData)).expect("an answer");
    assert_eq!(reset(), Reset::Requested { until_date: 7 });
    assert!(wait(password::decline_reset(&telegram)).is_ok());
    assert_eq!(reset(), Reset::Refused { retry_date: 8 });
    assert_eq!(reset(), Reset::Removed);
    assert!(wait(password::decline_reset(&telegram)).is_err());
    telegram.assert_finished();
}

#[test]
fn a_lost_answer_is_no_success() {
    let account = account();
    let telegram = Scripted::new()
        .answer(GET, &state_of(&account, 1))
        .answer(SETTINGS, &no_settings())
        .answer(GET, &state_of(&account, 2))
        .cut(UPDATE);
    let result = change(&telegram, UnreadableSecret::Refuse);
    assert!(matches!(
        result,
        Err(PasswordError::Call(Failure::Connection(_)))
    ));
    assert_eq!(telegram.count(), 4, "nothing is repeated");
}

fn change(
    telegram: &Scripted,
    unreadable: UnreadableSecret,
) -> Result<Outcome, PasswordError<conformance::scripted::Cut>> {
    let new = NewPassword::new(OTHER.into());
    wait(password::change(
        telegram,
        &PASSWORD.into(),
        &new,
        unreadable,
        &mut rng(),
    ))
}

/// That the settings make this the password, by another implementation's count.
fn assert_new_password(settings: &PasswordInputSettings, password: &str, hint: &str) {
    let new = settings.new_algo.as_ref().expect("bit 0");
    let algo = known(&new.new_algo);
    assert_eq!(algo.salt1.len(), SALT1.len() + 32);
    assert!(
        algo.salt1.starts_with(SALT1),
        "the server's part comes first"
    );
    assert_eq!(&new.hint, hint);
    let x = x(password, &algo.salt1, &algo.salt2);
    let p = number(&algo.p);
    let v = BigUint::from(algo.g.unsigned_abs()).modpow(&x, &p);
    assert_eq!(new.new_password_hash, padded(&v));
}

/// That the settings hold a secret under this password; its bytes.
pub(super) fn assert_secret(settings: &PasswordInputSettings, password: &str) -> Vec<u8> {
    let stored = settings.new_secure_settings.as_ref().expect("bit 2");
    let enums::SecurePasswordKdfAlgo::Pbkdf2Hmacsha512iter100000(algo) = &stored.secure_algo else {
        panic!("another algorithm");
    };
    assert_eq!(algo.salt.len(), SECURE_SALT.len() + 32);
    assert!(
        algo.salt.starts_with(SECURE_SALT),
        "the server's part comes first"
    );
    let kdf = PasswordKdf::Pbkdf2 {
        salt: algo.salt.clone(),
    };
    let (encrypted, id) = (&stored.secure_secret, stored.secure_secret_id);
    let secret = unwrap_passport_secret(encrypted, id, password, &kdf).expect("it opens");
    secret.expose().to_vec()
}

pub(super) fn assert_no_secret(settings: &PasswordInputSettings) {
    let stored = settings.new_secure_settings.as_ref().expect("bit 2");
    assert_eq!(stored.secure_algo, enums::SecurePasswordKdfAlgo::Unknown);
    assert!(stored.secure_secret.is_empty());
    assert_eq!(stored.secure_secret_id, 0);
}

/// The word of flags as it is on the wire, behind the constructor id.
pub(super) fn bits(settings: &enums::account::PasswordInputSettings) -> u32 {
    let bytes = settings.to_bytes().expect("it can be written");
    u32::from_le_bytes(bytes[4..8].try_into().expect("four bytes"))
}

/// The account of a shared vector, whose verifier was computed elsewhere.
pub(super) fn account() -> Account {
    static ACCOUNT: LazyLock<Account> = LazyLock::new(|| {
        let (_, vector) = vectors::one("srp", 25);
        assert_eq!(vector["password"], PASSWORD);
        let field = |name: &str| hex(vector[name].as_str().expect("a text"));
        let algo = SrpAlgo {
            salt1: field("salt1"),
            salt2: field("salt2"),
            g: 3,
            p: field("p"),
        };
        Account::with_verifier(&algo.into(), &field("v"))
    });
    ACCOUNT.clone()
}

pub(super) fn state_of(account: &Account, srp_id: i64) -> enums::account::Password {
    Boxed(account_password(Some((account, srp_id))))
}

fn state_of_none() -> enums::account::Password {
    Boxed(account_password(None))
}

pub(super) fn account_password(account: Option<(&Account, i64)>) -> types::account::Password {
    let of = self::account();
    let new_algo = SrpAlgo {
        salt1: SALT1.to_vec(),
        salt2: b"another salt".to_vec(),
        g: 3,
        p: padded(&of.p),
    };
    let salt = SECURE_SALT.to_vec();
    types::account::Password {
        has_recovery: false,
        has_secure_values: false,
        has_password: account.map(|(account, srp_id)| PasswordHasPassword {
            current_algo: account.algo(),
            srp_b: account.srp_b().to_bytes_be(),
            srp_id,
        }),
        hint: None,
        email_unconfirmed_pattern: None,
        new_algo: new_algo.into(),
        new_secure_algo: types::SecurePasswordKdfAlgoPbkdf2Hmacsha512iter100000 { salt }.into(),
        secure_random: b"random bytes of the server".to_vec(),
        pending_reset_date: None,
        login_email_pattern: None,
    }
}

pub(super) fn no_settings() -> enums::account::PasswordSettings {
    Boxed(PasswordSettings {
        email: None,
        secure_settings: None,
    })
}

/// A passport secret stored under [`PASSWORD`], and its bytes. That its encryption is right is shown
/// by the shared vectors and the anchors.
pub(super) fn stored_secret() -> (PasswordSettings, Vec<u8>) {
    use telegram_passport::secret::PassportSecret;
    use telegram_passport::wrap::wrap_passport_secret;

    let mut bytes: Vec<u8> = (0..32).collect();
    // The sum of 1 to 31 is 496.
    bytes[0] = 253;
    let secret = PassportSecret::from_slice(&bytes).expect("its sum is right");
    let salt = b"salt of the stored secret".to_vec();
    let kdf = PasswordKdf::Pbkdf2 { salt: salt.clone() };
    let stored = types::SecureSecretSettings {
        secure_algo: types::SecurePasswordKdfAlgoPbkdf2Hmacsha512iter100000 { salt }.into(),
        secure_secret: wrap_passport_secret(&secret, PASSWORD, &kdf).to_vec(),
        secure_secret_id: secret.id(),
    };
    let settings = PasswordSettings {
        email: None,
        secure_settings: Some(stored.into()),
    };
    (settings, bytes)
}

pub(super) fn rng() -> SeededRng {
    SeededRng::new(0x9a55)
}
