//! The passport secret on a Telegram of prepared answers: unlocked, made, encrypted anew, given up;
//! and everything that can be wrong with a stored one.

use conformance::scripted::Scripted;
use conformance::vectors;
use serde_json::Value;
use telegram_passport::client::password::{self, PasswordError, UnreadableSecret};
use telegram_passport::client::{
    Connection, Failure, LosePassportData, NewPassword, Password, Request, StoredSecretError,
    create_secret, delete_secret, reencrypt_secret, reset_secret, unlock, wait,
};
use telegram_passport_tl::types::account::{PasswordInputSettings, PasswordSettings};
use telegram_passport_tl::{Boxed, enums, functions, types};

use super::passport_account::{
    GET, PASSWORD, SETTINGS, UPDATE, account, account_password, assert_no_secret, assert_secret,
    bits, no_settings, rng, state_of, stored_secret,
};
use super::passport_srp_server::{Account, hex, proof};

#[test]
fn a_stored_secret_is_unlocked() {
    let account = account();
    let (settings, secret) = stored_secret();
    let telegram = proved(&account, 1).answer(SETTINGS, &Boxed(settings.clone()));
    let unlocked = wait(unlock(&telegram, &PASSWORD.into(), &mut rng())).expect("it opens");
    assert_eq!(unlocked.passport_secret().expose().to_vec(), secret);
    let stored = settings.secure_settings.expect("there is one");
    assert_eq!(unlocked.secret_id(), stored.secure_secret_id);
    assert!(!unlocked.is_legacy());
    assert_eq!(format!("{unlocked:?}"), "Unlocked(..)");
    let sent: functions::account::GetPasswordSettings = telegram.sent(1);
    assert!(account.accepts(proof(&sent.password)));
    telegram.assert_finished();
}

/// The anchors of the protocol reference, section 15.3, as a server would hold them. The proof of
/// another password than the account's is not looked at here.
#[test]
fn anchors_open_with_their_password_only() {
    let account = account();
    let salt = || (0..40).collect();
    for (algo, encrypted) in [
        (pbkdf2(salt()), ANCHOR_PBKDF2),
        (sha512(salt()), ANCHOR_SHA512),
    ] {
        let settings = stored(algo, hex(encrypted), ANCHOR_ID);
        let telegram = proved(&account, 1).answer(SETTINGS, &settings);
        let unlocked = wait(unlock(&telegram, &"passport".into(), &mut rng())).expect("it opens");
        assert_eq!(unlocked.secret_id(), ANCHOR_ID);
        let secret = [&[0xfd][..], &(1..32).collect::<Vec<u8>>()].concat();
        assert_eq!(unlocked.passport_secret().expose().to_vec(), secret);

        let telegram = proved(&account, 1).answer(SETTINGS, &settings);
        let result = wait(unlock(&telegram, &PASSWORD.into(), &mut rng()));
        assert_eq!(stored_error(result), StoredSecretError::Checksum);
    }
}

#[test]
fn each_damage_is_an_error_of_its_own() {
    let account = account();
    let (settings, _) = stored_secret();
    let good = settings.secure_settings.expect("there is one").into_inner();
    let changed = |change: &dyn Fn(&mut types::SecureSecretSettings)| {
        let mut settings = good.clone();
        change(&mut settings);
        Boxed(PasswordSettings {
            email: None,
            secure_settings: Some(settings.into()),
        })
    };
    for (settings, expected) in [
        (no_settings(), StoredSecretError::Absent),
        (
            changed(&|it| it.secure_secret.truncate(31)),
            StoredSecretError::Length,
        ),
        (
            changed(&|it| it.secure_secret.push(0)),
            StoredSecretError::Length,
        ),
        (
            changed(&|it| it.secure_secret.clear()),
            StoredSecretError::Length,
        ),
        (
            changed(&|it| it.secure_secret[0] ^= 1),
            StoredSecretError::Checksum,
        ),
        (
            changed(&|it| it.secure_secret_id ^= 1),
            StoredSecretError::Id,
        ),
        (
            changed(&|it| it.secure_algo = pbkdf2(b"another salt".to_vec())),
            StoredSecretError::Checksum,
        ),
        (
            changed(&|it| it.secure_algo = enums::SecurePasswordKdfAlgo::Unknown),
            StoredSecretError::UnknownAlgorithm,
        ),
        (
            stored(enums::SecurePasswordKdfAlgo::Unknown, Vec::new(), 0),
            StoredSecretError::Absent,
        ),
    ] {
        let telegram = proved(&account, 1).answer(SETTINGS, &settings);
        let result = wait(unlock(&telegram, &PASSWORD.into(), &mut rng()));
        assert_eq!(stored_error(result), expected);
        telegram.assert_finished();

        // Nor is another one stored in its place, if it is there.
        if expected != StoredSecretError::Absent {
            let telegram = proved(&account, 1).answer(SETTINGS, &settings);
            let result = wait(create_secret(&telegram, &PASSWORD.into(), &mut rng()));
            assert_eq!(stored_error(result), expected);
            let telegram = proved(&account, 1).answer(SETTINGS, &settings);
            let result = wait(reencrypt_secret(&telegram, &PASSWORD.into(), &mut rng()));
            assert_eq!(stored_error(result), expected);
        }
    }
}

#[test]
fn a_secret_is_made_where_there_is_none() {
    let account = account();
    let begun = || proved(&account, 1).answer(SETTINGS, &no_settings());

    // What is read back has to be what was stored.
    let (other, _) = stored_secret();
    for read_back in [no_settings(), Boxed(other)] {
        let telegram = begun()
            .answer(GET, &state_of(&account, 2))
            .answer(UPDATE, &true)
            .answer(GET, &state_of(&account, 3))
            .answer(SETTINGS, &read_back);
        let result = wait(create_secret(&telegram, &PASSWORD.into(), &mut rng()));
        assert!(matches!(result, Err(PasswordError::ReadBack)));
        telegram.assert_finished();
    }

    // With the same randomness the same is sent, so the answer is known beforehand.
    let telegram = begun().answer(GET, &state_of(&account, 2)).cut(UPDATE);
    assert!(wait(create_secret(&telegram, &PASSWORD.into(), &mut rng())).is_err());
    let sent: functions::account::UpdatePasswordSettings = telegram.sent(3);
    assert_eq!(proof(&sent.password).srp_id, 2);
    assert!(account.accepts(proof(&sent.password)));
    assert_eq!(bits(&sent.new_settings), 0b100);
    let secret = assert_secret(&sent.new_settings, PASSWORD);

    let telegram = begun()
        .answer(GET, &state_of(&account, 2))
        .answer(UPDATE, &true)
        .answer(GET, &state_of(&account, 3))
        .answer(SETTINGS, &read_back(&sent.new_settings));
    let unlocked = wait(create_secret(&telegram, &PASSWORD.into(), &mut rng())).expect("stored");
    assert_eq!(unlocked.passport_secret().expose().to_vec(), secret);
    telegram.assert_finished();
}

#[test]
fn no_secret_is_made_where_there_is_one() {
    let (settings, _) = stored_secret();
    let telegram = proved(&account(), 1).answer(SETTINGS, &Boxed(settings));
    let result = wait(create_secret(&telegram, &PASSWORD.into(), &mut rng()));
    assert!(matches!(result, Err(PasswordError::SecretExists)));
    telegram.assert_finished();
}

/// The server's random bytes change what is drawn; the own ones do, too.
#[test]
fn randomness_of_both_sides_goes_into_the_secret() {
    let account = account();
    let made = |secure_random: &[u8], seed: u64| {
        let mut state = account_password(Some((&account, 1)));
        state.secure_random = secure_random.to_vec();
        let state = Boxed(state);
        let telegram = Scripted::new()
            .answer(GET, &state)
            .answer(SETTINGS, &no_settings())
            .answer(GET, &state)
            .cut(UPDATE);
        let rng = &mut conformance::seeded::SeededRng::new(seed);
        assert!(wait(create_secret(&telegram, &PASSWORD.into(), rng)).is_err());
        let sent: functions::account::UpdatePasswordSettings = telegram.sent(3);
        assert_secret(&sent.new_settings, PASSWORD)
    };
    let secrets = [
        made(b"", 1),
        made(b"server", 1),
        made(b"Server", 1),
        made(b"server", 2),
    ];
    for (at, secret) in secrets.iter().enumerate() {
        assert!(!secrets[..at].contains(secret), "number {at}");
    }
    assert_eq!(made(b"server", 1), secrets[1]);
}

/// Section 9.6: the same secret and id, encrypted anew, and nothing if that is not due.
#[test]
fn a_legacy_secret_is_encrypted_anew() {
    use telegram_passport::secret::PassportSecret;
    use telegram_passport::wrap::{PasswordKdf, wrap_passport_secret};

    let account = account();
    let (settings, secret) = stored_secret();
    let telegram = proved(&account, 1).answer(SETTINGS, &Boxed(settings));
    let unlocked = wait(reencrypt_secret(&telegram, &PASSWORD.into(), &mut rng()));
    assert!(!unlocked.expect("it opens").is_legacy());
    telegram.assert_finished();

    let salt = b"legacy".to_vec();
    let kdf = PasswordKdf::Sha512 { salt: salt.clone() };
    let of = PassportSecret::from_slice(&secret).expect("its sum is right");
    let encrypted = wrap_passport_secret(&of, PASSWORD, &kdf).to_vec();
    let legacy = stored(sha512(salt), encrypted, of.id());
    let telegram = proved(&account, 1).answer(SETTINGS, &legacy);
    let unlocked = wait(unlock(&telegram, &PASSWORD.into(), &mut rng())).expect("it opens");
    assert!(unlocked.is_legacy());

    let begun = || {
        let telegram = proved(&account, 1).answer(SETTINGS, &legacy);
        telegram.answer(GET, &state_of(&account, 2))
    };
    let telegram = begun().cut(UPDATE);
    assert!(wait(reencrypt_secret(&telegram, &PASSWORD.into(), &mut rng())).is_err());
    let sent: functions::account::UpdatePasswordSettings = telegram.sent(3);
    assert_eq!(bits(&sent.new_settings), 0b100);
    assert_eq!(assert_secret(&sent.new_settings, PASSWORD), secret);

    let telegram = begun()
        .answer(UPDATE, &true)
        .answer(GET, &state_of(&account, 3))
        .answer(SETTINGS, &read_back(&sent.new_settings));
    let unlocked = wait(reencrypt_secret(&telegram, &PASSWORD.into(), &mut rng()));
    let unlocked = unlocked.expect("stored");
    assert_eq!(unlocked.secret_id(), of.id());
    assert!(!unlocked.is_legacy());
    telegram.assert_finished();
}

#[test]
fn a_secret_is_deleted_or_reset_by_call_only() {
    let account = account();
    let lost = LosePassportData;
    let telegram = proved(&account, 1).answer(UPDATE, &true);
    assert!(wait(delete_secret(&telegram, &PASSWORD.into(), lost, &mut rng())).is_ok());
    let sent: functions::account::UpdatePasswordSettings = telegram.sent(1);
    assert!(account.accepts(proof(&sent.password)));
    assert_eq!(bits(&sent.new_settings), 0b100);
    assert_no_secret(&sent.new_settings);
    telegram.assert_finished();

    let begun = || {
        let telegram = proved(&account, 1).answer(UPDATE, &true);
        telegram.answer(GET, &state_of(&account, 2))
    };
    let telegram = begun().cut(UPDATE);
    assert!(wait(reset_secret(&telegram, &PASSWORD.into(), lost, &mut rng())).is_err());
    let deleted: functions::account::UpdatePasswordSettings = telegram.sent(1);
    assert_no_secret(&deleted.new_settings);
    let sent: functions::account::UpdatePasswordSettings = telegram.sent(3);
    assert_eq!(bits(&sent.new_settings), 0b100);
    let secret = assert_secret(&sent.new_settings, PASSWORD);
    let telegram = begun()
        .answer(UPDATE, &true)
        .answer(GET, &state_of(&account, 3))
        .answer(SETTINGS, &read_back(&sent.new_settings));
    let unlocked = wait(reset_secret(&telegram, &PASSWORD.into(), lost, &mut rng()));
    let unlocked = unlocked.expect("stored");
    assert_eq!(unlocked.passport_secret().expose().to_vec(), secret);
    telegram.assert_finished();
}

#[test]
fn no_secret_is_stored_by_an_algorithm_that_is_not_in_use() {
    let account = account();
    let state = |algo: enums::SecurePasswordKdfAlgo| {
        let mut state = account_password(Some((&account, 2)));
        state.new_secure_algo = algo;
        Boxed(state)
    };
    for (algo, short) in [
        (enums::SecurePasswordKdfAlgo::Unknown, false),
        (sha512(b"eight by".to_vec()), false),
        (pbkdf2(b"seven b".to_vec()), true),
    ] {
        let telegram = proved(&account, 1)
            .answer(SETTINGS, &no_settings())
            .answer(GET, &state(algo));
        match wait(create_secret(&telegram, &PASSWORD.into(), &mut rng())) {
            Err(PasswordError::SecureSaltTooShort) => assert!(short),
            Err(PasswordError::UnknownSecureAlgorithm) => assert!(!short),
            other => panic!("{other:?}"),
        }
        telegram.assert_finished();
    }
}

/// The shared vectors of the passport secret, as a server would hold them.
#[test]
fn shared_vectors_open_through_the_flow() {
    let mut groups = vectors::file("secrets").test_groups.iter();
    let group = groups.find(|group| group.kind == "PassportSecretWrap");
    let mut count = 0;
    for vector in &group.expect("the group is there").tests {
        let text = |name: &str| vector[name].as_str().expect("a text");
        let password = text("password");
        let algo = match text("algorithm") {
            "securePasswordKdfAlgoSHA512" => sha512(hex(text("salt"))),
            _ => pbkdf2(hex(text("salt"))),
        };
        let id = text("secretId").parse().expect("a number");
        let settings = stored(algo, hex(text("encrypted")), id);
        // The proof is not looked at: the account has another password.
        let telegram = proved(&account(), 1).answer(SETTINGS, &settings);
        let result = wait(unlock(&telegram, &password.into(), &mut rng()));
        match (&vector["result"], result) {
            (Value::String(it), Ok(unlocked)) if it == "valid" => {
                let secret = unlocked.passport_secret().expose();
                assert_eq!(secret.to_vec(), hex(text("secret")), "{vector}");
            }
            (Value::String(it), Err(PasswordError::StoredSecret(_))) if it == "invalid" => {}
            (_, result) => panic!("{vector}: {result:?}"),
        }
        count += 1;
    }
    assert_eq!(count, 8);
}

/// A flow can be put on another thread if its connection can.
#[test]
fn flows_over_a_connection_that_may_move_may_move() {
    struct Nowhere;

    impl Connection for Nowhere {
        type Error = std::io::Error;

        async fn send(&self, _: Request<'_>) -> Result<Vec<u8>, Failure<Self::Error>> {
            Err(Failure::Connection(std::io::ErrorKind::NotConnected.into()))
        }
    }

    fn may_move<T: Send>(flow: T) -> T {
        flow
    }

    let (typed, new) = (Password::from(PASSWORD), NewPassword::new("new".into()));
    let (lost, refuse) = (LosePassportData, UnreadableSecret::Refuse);
    let rng = &mut rng();
    assert!(wait(may_move(unlock(&Nowhere, &typed, rng))).is_err());
    assert!(wait(may_move(create_secret(&Nowhere, &typed, rng))).is_err());
    assert!(wait(may_move(reset_secret(&Nowhere, &typed, lost, rng))).is_err());
    assert!(wait(may_move(password::set(&Nowhere, &new, None, rng))).is_err());
    let change = password::change(&Nowhere, &typed, &new, refuse, rng);
    assert!(wait(may_move(change)).is_err());
    assert!(wait(may_move(password::recover(&Nowhere, "1", None, lost, rng))).is_err());
}

/// The parameters of one proof.
fn proved(account: &Account, srp_id: i64) -> Scripted {
    Scripted::new().answer(GET, &state_of(account, srp_id))
}

fn stored(
    secure_algo: enums::SecurePasswordKdfAlgo,
    secure_secret: Vec<u8>,
    secure_secret_id: i64,
) -> enums::account::PasswordSettings {
    let stored = types::SecureSecretSettings {
        secure_algo,
        secure_secret,
        secure_secret_id,
    };
    Boxed(PasswordSettings {
        email: None,
        secure_settings: Some(stored.into()),
    })
}

/// What the server shows after it has stored this.
fn read_back(settings: &PasswordInputSettings) -> enums::account::PasswordSettings {
    Boxed(PasswordSettings {
        email: None,
        secure_settings: settings.new_secure_settings.clone(),
    })
}

fn stored_error<T, E>(result: Result<T, PasswordError<E>>) -> StoredSecretError {
    match result {
        Err(PasswordError::StoredSecret(error)) => error,
        Err(_) => panic!("another error"),
        Ok(_) => panic!("it opened"),
    }
}

fn pbkdf2(salt: Vec<u8>) -> enums::SecurePasswordKdfAlgo {
    types::SecurePasswordKdfAlgoPbkdf2Hmacsha512iter100000 { salt }.into()
}

fn sha512(salt: Vec<u8>) -> enums::SecurePasswordKdfAlgo {
    types::SecurePasswordKdfAlgoSha512 { salt }.into()
}

/// Section 15.3: a secret under the password `passport` and a salt of the bytes 0 to 39.
const ANCHOR_ID: i64 = 545_721_962_416_044_289;
const ANCHOR_PBKDF2: &str = "ef2d615fbb1006a1fd45a327d87c92d078cf0fd272f119c4c477dfffa274b37d";
const ANCHOR_SHA512: &str = "c74e935c2e08c7c6a1aace8fbb564f946246fffbe5e4687874758c78c232939f";
