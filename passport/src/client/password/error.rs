//! What can go wrong with the password and the passport secret.

use core::fmt;

use crate::client::srp::{DrawError, SrpError};
use crate::client::{Failure, StoredSecretError};

/// Why nothing came of a step with the password or the passport secret; `E` is the error of the
/// connection.
///
/// Unless it says otherwise, nothing was changed at Telegram.
///
/// Source: protocol reference, sections 9.3, 9.5 and 9.7.
#[derive(Debug)]
#[non_exhaustive]
pub enum PasswordError<E> {
    /// A call failed. After [`Failure::Connection`] in a call that changes something, the change may
    /// have been made.
    Call(Failure<E>),
    /// `PASSWORD_HASH_INVALID`: the password is wrong.
    WrongPassword,
    /// The password was changed meanwhile: `SRP_PASSWORD_CHANGED`, or it is wrong though Telegram has
    /// taken it a moment ago. Mostly another app did it; but a change that reached Telegram twice
    /// ends like this, too, and then the new password is the one that was to be set.
    PasswordChanged,
    /// `SRP_ID_INVALID` came twice, the second time after fresh parameters.
    StaleProof,
    /// The account has no password: it has to be set first.
    NoPassword,
    /// The account has a password already: it can be changed, not set.
    HasPassword,
    /// The new password is empty.
    EmptyPassword,
    /// The parameters that the server names must not be used.
    Parameter(SrpError),
    /// `new_secure_algo` is one that this layer does not know, or one that is only read: a secret
    /// cannot be stored.
    UnknownSecureAlgorithm,
    /// The server's part of the salt for the passport secret has fewer than 8 bytes.
    SecureSaltTooShort,
    /// The source of randomness failed, with this message.
    Randomness(String),
    /// Telegram answered `boolFalse`.
    Declined,
    /// A passport secret cannot be read.
    StoredSecret(StoredSecretError),
    /// There is a passport secret already; none was made.
    SecretExists,
    /// The passport secret was stored, and what was read back is another one, or none: another
    /// client was at work at the same time.
    ReadBack,
}

impl<E> From<Failure<E>> for PasswordError<E> {
    fn from(failure: Failure<E>) -> Self {
        let Failure::Rpc(error) = &failure else {
            return Self::Call(failure);
        };
        match error.name() {
            "PASSWORD_HASH_INVALID" => Self::WrongPassword,
            "SRP_PASSWORD_CHANGED" => Self::PasswordChanged,
            "SRP_ID_INVALID" => Self::StaleProof,
            _ => Self::Call(failure),
        }
    }
}

impl<E> From<SrpError> for PasswordError<E> {
    fn from(error: SrpError) -> Self {
        Self::Parameter(error)
    }
}

impl<E> From<StoredSecretError> for PasswordError<E> {
    fn from(error: StoredSecretError) -> Self {
        Self::StoredSecret(error)
    }
}

impl<E> PasswordError<E> {
    /// That of a source of randomness.
    pub(crate) fn randomness(error: impl fmt::Display) -> Self {
        Self::Randomness(error.to_string())
    }

    pub(crate) fn draw<R: fmt::Display>(error: DrawError<R>) -> Self {
        match error {
            DrawError::Parameter(error) => Self::Parameter(error),
            DrawError::Randomness(error) => Self::randomness(error),
            DrawError::Unsuitable => {
                Self::Randomness("only numbers that cannot be used".to_owned())
            }
        }
    }

    /// Seconds to wait before another try, if Telegram asks for that (`FLOOD_WAIT_X`).
    #[must_use]
    pub fn flood_wait(&self) -> Option<u64> {
        match self {
            Self::Call(failure) => failure.flood_wait(),
            _ => None,
        }
    }
}

impl<E: fmt::Display> fmt::Display for PasswordError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Call(failure) => return failure.fmt(f),
            Self::Parameter(error) => return error.fmt(f),
            Self::StoredSecret(error) => return error.fmt(f),
            Self::Randomness(text) => {
                return write!(f, "the source of randomness failed: {text}");
            }
            Self::WrongPassword => "the password is wrong",
            Self::PasswordChanged => "the password was changed meanwhile: ask for the new one",
            Self::StaleProof => {
                "Telegram did not take the proof of the password, even with fresh parameters"
            }
            Self::NoPassword => "the account has no two-step password: set one first",
            Self::HasPassword => "the account has a two-step password already",
            Self::EmptyPassword => "the new password is empty",
            Self::UnknownSecureAlgorithm => {
                "the passport secret is to be stored by an algorithm that is not known here: update \
                 the client"
            }
            Self::SecureSaltTooShort => {
                "the server's part of the salt for the passport secret is shorter than 8 bytes"
            }
            Self::Declined => "Telegram answered no",
            Self::SecretExists => "there is a passport secret already: unlock it instead",
            Self::ReadBack => {
                "the passport secret that was stored is not the one that is there now: unlock again"
            }
        })
    }
}

impl<E: std::error::Error + 'static> std::error::Error for PasswordError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(failure) => Some(failure),
            Self::Parameter(error) => Some(error),
            Self::StoredSecret(error) => Some(error),
            _ => None,
        }
    }
}
