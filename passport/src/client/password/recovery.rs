//! A forgotten password: by the recovery e-mail, or without one after a waiting period.
//!
//! The passport secret is encrypted with the old password, which nobody has, so neither way can keep
//! it. All Passport data is lost.

use rand_core::TryCryptoRng;
use telegram_passport_tl::enums::account::ResetPasswordResult;
use telegram_passport_tl::{enums, functions};

use super::email::yes;
use super::error::PasswordError;
use super::settings;
use super::state::state;
use super::typed::{LosePassportData, NewPassword};
use crate::client::Connection;
use crate::client::entropy::Mixed;

/// Has a code sent to the recovery e-mail; gives that address, masked.
///
/// # Errors
///
/// [`PasswordError::Call`] with `PASSWORD_EMPTY` (the account has none) or `PASSWORD_RECOVERY_NA`
/// (there is no recovery e-mail).
///
/// Source: protocol reference, section 3.4.
pub async fn request_recovery<C: Connection>(
    connection: &C,
) -> Result<String, PasswordError<C::Error>> {
    let call = functions::auth::RequestPasswordRecovery {};
    let sent = connection.invoke(&call).await?.into_inner();
    Ok(sent.email_pattern)
}

/// Whether the code is right, before it is used.
///
/// # Errors
///
/// [`PasswordError::Call`] with `CODE_EMPTY` or `PASSWORD_RECOVERY_EXPIRED`.
///
/// Source: protocol reference, section 3.4.
pub async fn check_recovery_code<C: Connection>(
    connection: &C,
    code: &str,
) -> Result<bool, PasswordError<C::Error>> {
    let code = code.to_owned();
    let call = functions::auth::CheckRecoveryPassword { code };
    Ok(connection.invoke(&call).await?)
}

/// Uses the code: the old password is gone, the new one holds, or none does. All Passport data is
/// lost.
///
/// # Errors
///
/// [`PasswordError`]: `EmptyPassword`, `Parameter`, `Randomness` or `Call` (`CODE_EMPTY`,
/// `NEW_SETTINGS_INVALID` and other refusals).
///
/// Source: protocol reference, sections 3.4 and 9.6.
pub async fn recover<C, R>(
    connection: &C,
    code: &str,
    new: Option<&NewPassword>,
    _: LosePassportData,
    rng: &mut R,
) -> Result<enums::auth::Authorization, PasswordError<C::Error>>
where
    C: Connection,
    R: TryCryptoRng + ?Sized,
{
    let new_settings = match new {
        Some(new) => {
            let state = state(connection).await?;
            let mut rng =
                Mixed::new(rng, &state.0.secure_random).map_err(PasswordError::randomness)?;
            Some(settings::new_password(&state, new, &mut rng)?.into())
        }
        None => None,
    };
    let call = functions::auth::RecoverPassword {
        code: code.to_owned(),
        new_settings,
    };
    Ok(connection.invoke(&call).await?)
}

/// What came of asking for a reset. Dates are Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reset {
    /// The password is removed, and all Passport data with it.
    Removed,
    /// The waiting period has begun. Ask again after this date to have the password removed;
    /// [`decline_reset`] calls it off.
    Requested {
        /// When it ends.
        until_date: i32,
    },
    /// A reset was called off lately: ask again after this date.
    Refused {
        /// When it may be asked for again.
        retry_date: i32,
    },
}

/// Asks for the password to be removed without a recovery e-mail: first for the waiting period to
/// begin, and again when it is over. All Passport data is lost then.
///
/// # Errors
///
/// [`PasswordError::Call`] with `PASSWORD_EMPTY`: the account has none.
///
/// Source: protocol reference, sections 3.4 and 9.6.
pub async fn reset<C: Connection>(
    connection: &C,
    _: LosePassportData,
) -> Result<Reset, PasswordError<C::Error>> {
    let call = functions::account::ResetPassword {};
    Ok(match connection.invoke(&call).await? {
        ResetPasswordResult::ResetPasswordOk => Reset::Removed,
        ResetPasswordResult::ResetPasswordRequestedWait(wait) => Reset::Requested {
            until_date: wait.until_date,
        },
        ResetPasswordResult::ResetPasswordFailedWait(wait) => Reset::Refused {
            retry_date: wait.retry_date,
        },
    })
}

/// Calls a requested reset off.
///
/// # Errors
///
/// [`PasswordError::Call`] with `RESET_REQUEST_MISSING`, or `Declined`.
///
/// Source: protocol reference, section 3.4.
pub async fn decline_reset<C: Connection>(connection: &C) -> Result<(), PasswordError<C::Error>> {
    yes(connection, &functions::account::DeclinePasswordReset {}).await
}
