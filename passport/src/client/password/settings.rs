//! The contents of `account.passwordInputSettings` for each purpose: its bits say what changes, and
//! what is absent stays as it is.
//!
//! Source: protocol reference, section 9.6.

use rand_core::TryCryptoRng;
use telegram_passport_tl::enums::SecurePasswordKdfAlgo;
use telegram_passport_tl::types::account::{PasswordInputSettings, PasswordInputSettingsNewAlgo};
use telegram_passport_tl::{enums, types};

use super::error::PasswordError;
use super::state::PasswordState;
use super::typed::{NewPassword, Password};
use crate::client::srp::{DrawError, KdfAlgo};
use crate::secret::PassportSecret;
use crate::wrap::{PasswordKdf, wrap_passport_secret};

/// Bit 0: this password, under `new_algo` of the state.
pub(crate) fn new_password<E, R: TryCryptoRng + ?Sized>(
    state: &PasswordState,
    new: &NewPassword,
    rng: &mut R,
) -> Result<PasswordInputSettings, PasswordError<E>> {
    if new.password.expose().is_empty() {
        return Err(PasswordError::EmptyPassword);
    }
    let algo = KdfAlgo::check(&state.0.new_algo)?;
    let algo = algo.with_new_salt(rng).map_err(|error| match error {
        DrawError::Parameter(error) => PasswordError::Parameter(error),
        other => PasswordError::draw(other),
    })?;
    let verifier = algo.hash(&new.password).verifier();
    Ok(PasswordInputSettings {
        new_algo: Some(PasswordInputSettingsNewAlgo {
            new_algo: algo.to_tl(),
            new_password_hash: verifier.to_vec(),
            hint: new.hint.clone(),
        }),
        ..nothing()
    })
}

/// Bit 0: no password.
pub(crate) fn no_password() -> PasswordInputSettings {
    PasswordInputSettings {
        new_algo: Some(PasswordInputSettingsNewAlgo {
            new_algo: enums::PasswordKdfAlgo::Unknown,
            new_password_hash: Vec::new(),
            hint: String::new(),
        }),
        ..nothing()
    }
}

/// Bit 1: this recovery e-mail.
pub(crate) fn recovery_email(email: &str) -> PasswordInputSettings {
    PasswordInputSettings {
        email: Some(email.to_owned()),
        ..nothing()
    }
}

/// Bit 2: this passport secret, encrypted with this password under `new_secure_algo` of the state.
pub(crate) fn new_secret<E, R: TryCryptoRng + ?Sized>(
    state: &PasswordState,
    secret: &PassportSecret,
    password: &Password,
    rng: &mut R,
) -> Result<PasswordInputSettings, PasswordError<E>> {
    let SecurePasswordKdfAlgo::Pbkdf2Hmacsha512iter100000(algo) = &state.0.new_secure_algo else {
        return Err(PasswordError::UnknownSecureAlgorithm);
    };
    if algo.salt.len() < LEAST_SALT {
        return Err(PasswordError::SecureSaltTooShort);
    }
    let mut random = [0; SALT_EXTENSION];
    rng.try_fill_bytes(&mut random)
        .map_err(PasswordError::randomness)?;
    let salt = [&algo.salt[..], &random].concat();
    let kdf = PasswordKdf::Pbkdf2 { salt: salt.clone() };
    let secure_secret = wrap_passport_secret(secret, password.expose(), &kdf);
    let secure_algo = types::SecurePasswordKdfAlgoPbkdf2Hmacsha512iter100000 { salt };
    Ok(PasswordInputSettings {
        new_secure_settings: Some(
            types::SecureSecretSettings {
                secure_algo: secure_algo.into(),
                secure_secret: secure_secret.to_vec(),
                secure_secret_id: secret.id(),
            }
            .into(),
        ),
        ..nothing()
    })
}

/// Bit 2: no passport secret.
pub(crate) fn no_secret() -> PasswordInputSettings {
    PasswordInputSettings {
        new_secure_settings: Some(
            types::SecureSecretSettings {
                secure_algo: SecurePasswordKdfAlgo::Unknown,
                secure_secret: Vec::new(),
                secure_secret_id: 0,
            }
            .into(),
        ),
        ..nothing()
    }
}

fn nothing() -> PasswordInputSettings {
    PasswordInputSettings {
        new_algo: None,
        email: None,
        new_secure_settings: None,
    }
}

/// The server's part of the salt of the passport secret, in bytes.
const LEAST_SALT: usize = 8;

/// What the client adds to it, in bytes.
const SALT_EXTENSION: usize = 32;
