//! The two-step password and the passport secret against a Telegram of prepared answers: which
//! requests are sent, bit by bit, and whether a server that computes otherwise accepts them.

use conformance::scripted::{Cut, Scripted};
use telegram_passport::client::password::{self, Outcome, PasswordError, UnreadableSecret};
use telegram_passport::client::srp::SrpError;
use telegram_passport::client::{Failure, LosePassportData, NewPassword, wait};
use telegram_passport_tl::types::account::PasswordHasPassword;
use telegram_passport_tl::{Boxed, enums, functions};

use super::passport_account::{
    GET, OTHER, PASSWORD, SETTINGS, SrpAlgo, UPDATE, account, account_password,
    assert_new_password, assert_no_secret, assert_secret, bits, no_settings, rng, state_of,
    state_of_none, stored_secret,
};
use super::passport_srp_server::{known, number, padded, proof};

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
    // There was none when it was asked: a call that came twice, or another app.
    let telegram =
        Scripted::new()
            .answer(GET, &state_of_none())
            .refuse(UPDATE, 400, "PASSWORD_HASH_INVALID");
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
) -> Result<Outcome, PasswordError<Cut>> {
    let new = NewPassword::new(OTHER.into());
    wait(password::change(
        telegram,
        &PASSWORD.into(),
        &new,
        unreadable,
        &mut rng(),
    ))
}
