//! The recovery e-mail, and its confirmation.

use rand_core::TryCryptoRng;
use telegram_passport_tl::{Identifiable, RemoteCall, functions};

use super::error::PasswordError;
use super::outcome::Outcome;
use super::session::Session;
use super::settings;
use super::typed::Password;
use crate::client::Connection;

/// Sets the recovery e-mail. As a rule it has to be confirmed: [`Outcome::EmailUnconfirmed`].
///
/// # Errors
///
/// As [`prove`](super::prove), and `Declined`; [`PasswordError::Call`] with `EMAIL_INVALID`.
///
/// Source: protocol reference, section 9.6.
pub async fn set_recovery_email<C, R>(
    connection: &C,
    password: &Password,
    email: &str,
    rng: &mut R,
) -> Result<Outcome, PasswordError<C::Error>>
where
    C: Connection,
    R: TryCryptoRng + ?Sized,
{
    let mut session = Session::new(connection, password, rng);
    let update = session.update(|_, _| Ok(settings::recovery_email(email)));
    update.await
}

/// Confirms the recovery e-mail by the code that was sent to it.
///
/// # Errors
///
/// [`PasswordError::Call`] with `CODE_INVALID` or `EMAIL_HASH_EXPIRED`, or `Declined`.
///
/// Source: protocol reference, section 3.4.
pub async fn confirm_email<C: Connection>(
    connection: &C,
    code: &str,
) -> Result<(), PasswordError<C::Error>> {
    let code = code.to_owned();
    yes(
        connection,
        &functions::account::ConfirmPasswordEmail { code },
    )
    .await
}

/// Has the code sent again.
///
/// # Errors
///
/// [`PasswordError::Call`] with `EMAIL_HASH_EXPIRED`, or `Declined`.
///
/// Source: protocol reference, section 3.4.
pub async fn resend_email<C: Connection>(connection: &C) -> Result<(), PasswordError<C::Error>> {
    yes(connection, &functions::account::ResendPasswordEmail {}).await
}

/// Gives the unconfirmed recovery e-mail up.
///
/// # Errors
///
/// [`PasswordError::Call`] with `EMAIL_HASH_EXPIRED`, or `Declined`.
///
/// Source: protocol reference, section 3.4.
pub async fn cancel_email<C: Connection>(connection: &C) -> Result<(), PasswordError<C::Error>> {
    yes(connection, &functions::account::CancelPasswordEmail {}).await
}

/// A call that should be answered by `boolTrue`.
pub(super) async fn yes<C, F>(connection: &C, call: &F) -> Result<(), PasswordError<C::Error>>
where
    C: Connection,
    F: RemoteCall<Return = bool> + Identifiable,
{
    match connection.invoke(call).await? {
        true => Ok(()),
        false => Err(PasswordError::Declined),
    }
}
