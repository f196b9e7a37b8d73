//! Verification of a phone number or an e-mail address by a code, which saving may ask for.
//!
//! Save first: an address that Telegram knows to be the user's is accepted at once. If the save
//! fails with `PHONE_VERIFICATION_NEEDED` or `EMAIL_VERIFICATION_NEEDED`, send a code, have the user
//! type it, confirm it, and save again.
//!
//! Source: protocol reference, sections 1.4 and 3.3.

mod email;
mod error;
mod phone;

pub use self::email::EmailVerification;
pub use self::error::{Refusal, VerifyError};
pub use self::phone::{Delivery, PhoneVerification};

/// What the user has typed, if it can be the code: not empty, and of the length that was told.
///
/// A length of 0 or less means that Telegram does not know it.
fn code_of_length<E>(code: &str, length: Option<usize>) -> Result<String, VerifyError<E>> {
    let code = code.trim();
    match length {
        _ if code.is_empty() => Err(VerifyError::CodeEmpty),
        Some(expected) if code.chars().count() != expected => {
            Err(VerifyError::CodeLength { expected })
        }
        _ => Ok(code.to_owned()),
    }
}

fn known_length(length: i32) -> Option<usize> {
    usize::try_from(length).ok().filter(|length| *length > 0)
}
