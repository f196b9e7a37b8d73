//! Changing password, recovery e-mail and passport secret: `account.updatePasswordSettings`.
//!
//! Everything is checked before anything changes.
//!
//! Source: protocol reference, sections 3.3 and 9.6.

use num_bigint::BigUint;
use telegram_passport_tl::{enums, functions, types};

use super::dispatch::Answer;
use super::password::{CLIENT_SALT_LENGTH, CODE_LENGTH, Password, PasswordState, Pending};
use super::refusal::{Refusal, refuse};
use super::srp;
use super::state::Call;
use super::verify::is_email;

impl Answer for functions::account::UpdatePasswordSettings {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let (user, random, now) = call.user()?;
        user.password.check(&self.password)?;
        let settings = self.new_settings.into_inner();
        let password = settings
            .new_algo
            .as_ref()
            .map(|new| new_password(&user.password, new))
            .transpose()?;
        let secret = settings
            .new_secure_settings
            .as_ref()
            .map(|new| new_secret(&user.password, new))
            .transpose()?;
        if password.is_none() && secret.is_none() && settings.email.is_none() {
            return refuse("NEW_SETTINGS_EMPTY");
        }
        let removed = matches!(password, Some(None));
        if removed && user.password.current.is_none() {
            return refuse("NEW_SETTINGS_EMPTY");
        }
        let stays = !removed && (password.is_some() || user.password.current.is_some());
        if !stays && (secret.is_some() || settings.email.is_some()) {
            return refuse("NEW_SETTINGS_INVALID");
        }
        let email = settings.email.as_deref();
        if email.is_some_and(|email| !email.is_empty() && !is_email(email)) {
            return refuse("EMAIL_INVALID");
        }

        if let Some(password) = password {
            user.password.replace(password, random);
        }
        if removed {
            user.lose_passport();
        }
        if let Some(secret) = secret {
            user.password.secret = secret;
            user.password.new_secure_salt = random.bytes(user.password.new_secure_salt.len());
        }
        let Some(email) = email else {
            return Ok(true);
        };
        let state = &mut user.password;
        state.unconfirmed = None;
        if email.is_empty() {
            state.recovery_email = None;
            return Ok(true);
        }
        if state.recovery_email.as_deref() == Some(email) {
            return Ok(true);
        }
        state.unconfirmed = Some(Pending::send(email, now, random, &mut user.codes));
        Err(Refusal::with_number(
            "EMAIL_UNCONFIRMED_X",
            CODE_LENGTH as u64,
        ))
    }
}

/// The password that is to be set, or none.
pub(super) fn new_password(
    state: &PasswordState,
    new: &types::account::PasswordInputSettingsNewAlgo,
) -> Result<Option<Password>, Refusal> {
    let algorithm = match &new.new_algo {
        enums::PasswordKdfAlgo::Unknown => {
            let empty = new.new_password_hash.is_empty() && new.hint.is_empty();
            return match empty {
                true => Ok(None),
                false => refuse("NEW_SETTINGS_INVALID"),
            };
        }
        enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(it) => it,
    };
    let same_group =
        algorithm.g == i32::from(srp::GENERATOR) && algorithm.p == srp::pad(&srp::prime());
    if !same_group {
        return refuse("NEW_SETTINGS_INVALID");
    }
    if !extends(&algorithm.salt1, &state.new_salt1) || algorithm.salt2 != state.new_salt2 {
        return refuse("NEW_SALT_INVALID");
    }
    let verifier = BigUint::from_bytes_be(&new.new_password_hash);
    let in_range = verifier > BigUint::from(1_u8) && verifier < srp::prime();
    if new.new_password_hash.len() != srp::LENGTH || !in_range {
        return refuse("NEW_SETTINGS_INVALID");
    }
    Ok(Some(Password {
        verifier,
        salt1: algorithm.salt1.clone(),
        salt2: algorithm.salt2.clone(),
        hint: new.hint.clone(),
    }))
}

/// The passport secret that is to be stored, or none.
fn new_secret(
    state: &PasswordState,
    new: &types::SecureSecretSettings,
) -> Result<Option<types::SecureSecretSettings>, Refusal> {
    use enums::SecurePasswordKdfAlgo as Algo;
    match &new.secure_algo {
        Algo::Unknown => match new.secure_secret.is_empty() && new.secure_secret_id == 0 {
            true => Ok(None),
            false => refuse("NEW_SETTINGS_INVALID"),
        },
        // Only to be read.
        Algo::Sha512(_) => refuse("NEW_SETTINGS_INVALID"),
        Algo::Pbkdf2Hmacsha512iter100000(algorithm) => {
            if !extends(&algorithm.salt, &state.new_secure_salt) {
                return refuse("NEW_SALT_INVALID");
            }
            if new.secure_secret.len() != SECRET_LENGTH {
                return refuse("NEW_SETTINGS_INVALID");
            }
            Ok(Some(new.clone()))
        }
    }
}

/// Whether a salt is the server's part and a client's part of the right length.
fn extends(salt: &[u8], server: &[u8]) -> bool {
    salt.strip_prefix(server)
        .is_some_and(|rest| rest.len() == CLIENT_SALT_LENGTH)
}

/// Bytes of an encrypted passport secret.
const SECRET_LENGTH: usize = 32;
