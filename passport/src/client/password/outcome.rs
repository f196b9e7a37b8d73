//! What came of changing the settings.

use super::error::PasswordError;
use crate::client::Failure;

/// The settings are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// Nothing is left to do.
    Stored,
    /// Only the recovery e-mail awaits its confirmation, by the code that was sent to it:
    /// [`confirm_email`](super::confirm_email), [`resend_email`](super::resend_email) and
    /// [`cancel_email`](super::cancel_email) go on from here.
    ///
    /// Telegram says so by an error, `EMAIL_UNCONFIRMED` or `EMAIL_UNCONFIRMED_X`.
    EmailUnconfirmed {
        /// How many digits the code has, if Telegram said so.
        code_length: Option<u64>,
    },
}

/// Takes `EMAIL_UNCONFIRMED` for what it is. Source: protocol reference, section 9.6.
pub(super) fn outcome<E>(
    result: Result<bool, PasswordError<E>>,
) -> Result<Outcome, PasswordError<E>> {
    match result {
        Ok(true) => Ok(Outcome::Stored),
        Ok(false) => Err(PasswordError::Declined),
        Err(PasswordError::Call(Failure::Rpc(error))) => match error.name() {
            "EMAIL_UNCONFIRMED" => Ok(Outcome::EmailUnconfirmed { code_length: None }),
            "EMAIL_UNCONFIRMED_X" => Ok(Outcome::EmailUnconfirmed {
                code_length: error.value().filter(|&length| length > 0),
            }),
            _ => Err(PasswordError::Call(Failure::Rpc(error))),
        },
        Err(error) => Err(error),
    }
}
