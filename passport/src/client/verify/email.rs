//! An e-mail address.

use telegram_passport_tl::{enums, functions, types};

use super::{VerifyError, code_of_length, known_length};
use crate::client::Connection;
use crate::document::EmailAddress;

/// A code that is on its way to an e-mail address.
///
/// ```
/// # async fn example<C: telegram_passport::client::Connection>(connection: &C) -> Result<(), Box<dyn std::error::Error>> {
/// use telegram_passport::{client::EmailVerification, document::EmailAddress};
///
/// let address = EmailAddress::new("anna@example.org");
/// let sent = EmailVerification::send(connection, &address).await?;
/// println!("We have written to {}", sent.pattern());
/// sent.confirm(connection, "123456").await?;
/// // Now save the address again.
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct EmailVerification {
    pattern: String,
    length: Option<usize>,
}

impl EmailVerification {
    /// Has a code sent. To send another one, call it again.
    ///
    /// # Errors
    ///
    /// [`VerifyError::Refused`] for an address that Telegram does not take; [`VerifyError::Call`].
    pub async fn send<C: Connection>(
        connection: &C,
        email: &EmailAddress,
    ) -> Result<Self, VerifyError<C::Error>> {
        let call = functions::account::SendVerifyEmailCode {
            purpose: enums::EmailVerifyPurpose::Passport,
            email: email.as_str().to_owned(),
        };
        let sent = connection.invoke(&call).await?.into_inner();
        Ok(Self {
            pattern: sent.email_pattern,
            length: known_length(sent.length),
        })
    }

    /// Where the code went, with most of the address hidden: for the user to read.
    #[must_use]
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// How many characters the code has, if Telegram has told.
    #[must_use]
    pub fn code_length(&self) -> Option<usize> {
        self.length
    }

    /// Gives Telegram the code that the user has typed.
    ///
    /// # Errors
    ///
    /// [`VerifyError::CodeEmpty`] and [`VerifyError::CodeLength`] before anything is sent;
    /// [`VerifyError::Refused`] for a wrong code or one that has expired; [`VerifyError::Call`].
    pub async fn confirm<C: Connection>(
        &self,
        connection: &C,
        code: &str,
    ) -> Result<(), VerifyError<C::Error>> {
        let code = code_of_length(code, self.length)?;
        let call = functions::account::VerifyEmail {
            purpose: enums::EmailVerifyPurpose::Passport,
            verification: types::EmailVerificationCode { code }.into(),
        };
        match connection.invoke(&call).await? {
            enums::account::EmailVerified::Verified(_) => Ok(()),
            enums::account::EmailVerified::Login(_) => Err(VerifyError::Unexpected),
        }
    }
}
