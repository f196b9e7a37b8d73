//! An account with a password as prepared answers show it, and what is asserted of requests.

use std::sync::LazyLock;

use conformance::seeded::SeededRng;
use conformance::vectors;
use num_bigint::BigUint;
use telegram_passport::secret::PassportSecret;
use telegram_passport::wrap::{PasswordKdf, unwrap_passport_secret, wrap_passport_secret};
use telegram_passport_tl::types::account::{
    PasswordHasPassword, PasswordInputSettings, PasswordSettings,
};
use telegram_passport_tl::{Boxed, Encode, enums, types};

use super::passport_srp_server::{Account, hex, known, number, padded, x};

pub(super) const GET: &str = "account.getPassword";
pub(super) const SETTINGS: &str = "account.getPasswordSettings";
pub(super) const UPDATE: &str = "account.updatePasswordSettings";

/// The password of the account, and another one.
pub(super) const PASSWORD: &str = "new password";
pub(super) const OTHER: &str = "another password";

/// The salts that the server gives for new ones.
const SALT1: &[u8] = b"eight by";
const SECURE_SALT: &[u8] = b"secure s";

pub(super) type SrpAlgo = types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow;

/// That the settings make this the password, by another implementation's count.
pub(super) fn assert_new_password(settings: &PasswordInputSettings, password: &str, hint: &str) {
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

pub(super) fn state_of_none() -> enums::account::Password {
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
