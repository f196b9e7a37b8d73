//! What the server says of the password, before it is proved.

use core::fmt;

use telegram_passport_tl::{functions, types};

use super::error::PasswordError;
use crate::client::Connection;

/// Asks for the state of the two-step password.
///
/// The flows ask by themselves; this is for what is shown to the user: is there a password, what is
/// its hint, does a recovery e-mail await its confirmation.
///
/// # Errors
///
/// [`PasswordError::Call`].
pub async fn state<C: Connection>(
    connection: &C,
) -> Result<PasswordState, PasswordError<C::Error>> {
    let password = connection
        .invoke(&functions::account::GetPassword {})
        .await?;
    Ok(PasswordState(password.into_inner()))
}

/// An `account.password`: parameters that serve one proof, and what may be shown.
///
/// Source: protocol reference, section 9.1.
#[derive(Clone)]
pub struct PasswordState(pub(crate) types::account::Password);

impl PasswordState {
    /// Whether the account has a password. Without one Passport cannot be used.
    #[must_use]
    pub fn has_password(&self) -> bool {
        self.0.has_password.is_some()
    }

    /// Whether a recovery e-mail is set.
    #[must_use]
    pub fn has_recovery(&self) -> bool {
        self.0.has_recovery
    }

    /// Whether Passport holds values, which are lost with the password.
    #[must_use]
    pub fn has_secure_values(&self) -> bool {
        self.0.has_secure_values
    }

    /// The hint to the password.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// The masked recovery e-mail that awaits its confirmation.
    #[must_use]
    pub fn email_unconfirmed_pattern(&self) -> Option<&str> {
        self.0.email_unconfirmed_pattern.as_deref()
    }

    /// When a requested reset takes effect, in Unix seconds.
    #[must_use]
    pub fn pending_reset_date(&self) -> Option<i32> {
        self.0.pending_reset_date
    }
}

/// Prints neither hint nor e-mail.
impl fmt::Debug for PasswordState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PasswordState")
            .field("has_password", &self.has_password())
            .field("has_recovery", &self.has_recovery())
            .field("has_secure_values", &self.has_secure_values())
            .finish_non_exhaustive()
    }
}
