//! Setting, changing and removing the password.

use rand_core::TryCryptoRng;
use telegram_passport_tl::enums::InputCheckPasswordSrp;
use telegram_passport_tl::functions;

use super::error::PasswordError;
use super::outcome::{Outcome, outcome};
use super::session::Session;
use super::settings;
use super::state::state;
use super::typed::{LosePassportData, NewPassword, Password};
use crate::client::entropy::Mixed;
use crate::client::srp::KdfAlgo;
use crate::client::unlock::open;
use crate::client::{Connection, StoredSecretError};

/// Sets the first password, with a recovery e-mail if one is given.
///
/// # Errors
///
/// [`PasswordError`]: `HasPassword`, `EmptyPassword`, `Parameter`, `Randomness`, `Declined` or
/// `Call` (`EMAIL_INVALID`, `NEW_SALT_INVALID` and other refusals).
///
/// Source: protocol reference, section 9.6.
pub async fn set<C, R>(
    connection: &C,
    new: &NewPassword,
    email: Option<&str>,
    rng: &mut R,
) -> Result<Outcome, PasswordError<C::Error>>
where
    C: Connection,
    R: TryCryptoRng + ?Sized,
{
    let state = state(connection).await?;
    if state.has_password() {
        return Err(PasswordError::HasPassword);
    }
    let mut rng = Mixed::new(rng, &state.0.secure_random).map_err(PasswordError::randomness)?;
    let mut new_settings = settings::new_password(&state, new, &mut rng)?;
    new_settings.email = email.map(str::to_owned);
    let call = functions::account::UpdatePasswordSettings {
        password: InputCheckPasswordSrp::InputCheckPasswordEmpty,
        new_settings: new_settings.into(),
    };
    let answer = connection.invoke(&call).await;
    outcome(answer.map_err(|failure| match failure.into() {
        // None was proved, so that there is one by now: another app's, or this one, which came twice.
        PasswordError::WrongPassword => PasswordError::HasPassword,
        error => error,
    }))
}

/// What to do with a passport secret that cannot be read, when the password is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnreadableSecret {
    /// Leave password and secret as they are, and say what is wrong. Take this one first.
    Refuse,
    /// Delete the secret, then change the password. A secret that can be read is kept all the same.
    Delete(LosePassportData),
}

/// Changes the password. The passport secret, if there is one, is encrypted with the new password
/// in the same call; its id stays, and so does everything that is stored.
///
/// # Errors
///
/// [`PasswordError::StoredSecret`] if the secret cannot be read and is not to be deleted; nothing is
/// changed then. Otherwise those of [`prove`](super::prove), and `EmptyPassword`,
/// `UnknownSecureAlgorithm`, `SecureSaltTooShort` or `Declined`.
///
/// Source: protocol reference, section 9.6.
pub async fn change<C, R>(
    connection: &C,
    current: &Password,
    new: &NewPassword,
    unreadable: UnreadableSecret,
    rng: &mut R,
) -> Result<Outcome, PasswordError<C::Error>>
where
    C: Connection,
    R: TryCryptoRng + ?Sized,
{
    if new.password.expose().is_empty() {
        return Err(PasswordError::EmptyPassword);
    }
    let mut session = Session::new(connection, current, rng);
    let secret = match open(&session.settings().await?, current) {
        Ok(stored) => Some(stored),
        Err(StoredSecretError::Absent) => None,
        Err(error) if unreadable == UnreadableSecret::Refuse => return Err(error.into()),
        Err(_) => {
            // What would refuse the new password is to be known before the secret is gone.
            KdfAlgo::check(&state(connection).await?.0.new_algo)?;
            session.update(|_, _| Ok(settings::no_secret())).await?;
            None
        }
    };
    let update = session.update(|state, rng| {
        let mut changed = settings::new_password(state, new, rng)?;
        if let Some(stored) = &secret {
            let secret = stored.passport_secret();
            let stored = settings::new_secret(state, secret, &new.password, rng)?;
            changed.new_secure_settings = stored.new_secure_settings;
        }
        Ok(changed)
    });
    update.await
}

/// Removes the password. All Passport data is lost.
///
/// # Errors
///
/// As [`prove`](super::prove), and [`PasswordError::Declined`].
///
/// Source: protocol reference, section 9.6.
pub async fn remove<C, R>(
    connection: &C,
    current: &Password,
    _: LosePassportData,
    rng: &mut R,
) -> Result<Outcome, PasswordError<C::Error>>
where
    C: Connection,
    R: TryCryptoRng + ?Sized,
{
    let mut session = Session::new(connection, current, rng);
    session.update(|_, _| Ok(settings::no_password())).await
}
