//! Why a value is not saved, and what to do about it.

use core::fmt;

use crate::client::upload::{SourceError, UploadError};
use crate::client::{DraftError, Failure, StoredError};
use crate::submission::FilePart;

/// A draft was not made ready to be saved. Nothing was sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum PrepareError {
    /// The draft breaks rules.
    Draft(DraftError),
    /// A file cannot be encrypted.
    Source {
        /// Which.
        part: FilePart,
        /// Why.
        error: SourceError,
    },
    /// The source of randomness failed; what it said.
    Randomness(String),
}

impl fmt::Display for PrepareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Draft(error) => error.fmt(f),
            Self::Source { part, error } => write!(f, "{part}: {error}"),
            Self::Randomness(error) => write!(f, "the source of randomness failed: {error}"),
        }
    }
}

impl std::error::Error for PrepareError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Draft(error) => Some(error),
            Self::Source { error, .. } => Some(error),
            Self::Randomness(_) => None,
        }
    }
}

impl From<DraftError> for PrepareError {
    fn from(error: DraftError) -> Self {
        Self::Draft(error)
    }
}

/// A value was not saved, or it is not known whether it was. What was stored before is not lost:
/// it is replaced by the new value at once, or stays.
#[derive(Debug)]
#[non_exhaustive]
pub enum SaveError<E> {
    /// The draft was not made ready. Mend it.
    Prepare(PrepareError),
    /// The phone number must be verified first (`PHONE_VERIFICATION_NEEDED`): have a code sent, verify
    /// it, and run the save again.
    PhoneVerificationNeeded,
    /// The e-mail address must be verified first (`EMAIL_VERIFICATION_NEEDED`): have a code sent,
    /// verify it, and run the save again.
    EmailVerificationNeeded,
    /// The server takes this for no phone number (`PHONE_NUMBER_INVALID`). Ask the user for another.
    PhoneNumberInvalid,
    /// The server takes this for no e-mail address (`EMAIL_INVALID`). Ask the user for another.
    EmailInvalid,
    /// The server has no passport secret (`SECURE_SECRET_REQUIRED`). Forget the one at hand, unlock
    /// again or create one, and run the save again with it.
    SecretRequired,
    /// The server has another passport secret by now (`SECURE_SECRET_INVALID`). Forget the one at
    /// hand, unlock again, and run the save again with it. Files that were to be kept must be
    /// drafted anew from what is stored.
    SecretInvalid,
    /// A file to be kept is stored under another passport secret than the one at hand. Draft the value
    /// anew, from what is stored now.
    KeptUnderOtherSecret {
        /// Which.
        part: FilePart,
    },
    /// The account has no two-step password any more (`PASSWORD_REQUIRED`). The user must set one.
    PasswordRequired,
    /// The server wants a newer layer (`APP_VERSION_OUTDATED`). Ask the user to update the app.
    AppVersionOutdated,
    /// The server asks to wait. Run the save again afterwards.
    Wait {
        /// How many seconds; the number is the server's.
        seconds: u64,
    },
    /// A file cannot be encrypted any more.
    Source {
        /// Which.
        part: FilePart,
        /// Why.
        error: SourceError,
    },
    /// The server did not take a part of a file: it answered `boolFalse`.
    PartRefused {
        /// Of which file.
        part: FilePart,
        /// The number of its part.
        number: i32,
    },
    /// The value that the server answered does not open. Run the save again: it looks at first what is
    /// stored.
    Returned(StoredError),
    /// The value that the server answered opens, but is not the one that was sent: other parts, or
    /// other hashes. Run the save again: it looks at first what is stored.
    NotAsSent,
    /// A call failed otherwise. If the connection did, run the save again.
    Failed(Failure<E>),
    /// A file is not uploaded though all of its parts are. This is a bug here.
    NotUploaded,
}

impl<E> SaveError<E> {
    pub(super) fn of_upload(part: FilePart, error: UploadError<E>) -> Self {
        match error {
            UploadError::Wait { seconds } => Self::Wait { seconds },
            UploadError::Failed(failure) => failure.into(),
            UploadError::Refused { part: number } => Self::PartRefused { part, number },
            UploadError::Source(error) => Self::Source { part, error },
        }
    }
}

impl<E> From<PrepareError> for SaveError<E> {
    fn from(error: PrepareError) -> Self {
        Self::Prepare(error)
    }
}

/// By the name alone: the codes of most of these are inferred. Source: sections 1.5 and 3.3.
impl<E> From<Failure<E>> for SaveError<E> {
    fn from(failure: Failure<E>) -> Self {
        if let Some(seconds) = failure.flood_wait() {
            return Self::Wait { seconds };
        }
        let Failure::Rpc(error) = &failure else {
            return Self::Failed(failure);
        };
        match error.name() {
            "PHONE_VERIFICATION_NEEDED" => Self::PhoneVerificationNeeded,
            "EMAIL_VERIFICATION_NEEDED" => Self::EmailVerificationNeeded,
            "PHONE_NUMBER_INVALID" => Self::PhoneNumberInvalid,
            "EMAIL_INVALID" => Self::EmailInvalid,
            "SECURE_SECRET_REQUIRED" => Self::SecretRequired,
            "SECURE_SECRET_INVALID" => Self::SecretInvalid,
            "PASSWORD_REQUIRED" => Self::PasswordRequired,
            "APP_VERSION_OUTDATED" => Self::AppVersionOutdated,
            _ => Self::Failed(failure),
        }
    }
}

impl<E: fmt::Display> fmt::Display for SaveError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Prepare(error) => return error.fmt(f),
            Self::PhoneVerificationNeeded => "the phone number must be verified by a code first",
            Self::EmailVerificationNeeded => "the e-mail address must be verified by a code first",
            Self::PhoneNumberInvalid => "Telegram takes this for no phone number",
            Self::EmailInvalid => "Telegram takes this for no e-mail address",
            Self::SecretRequired => {
                "Telegram has no passport secret of this account: unlock again or create one"
            }
            Self::SecretInvalid => {
                "the passport secret was replaced meanwhile: unlock again and save again"
            }
            Self::KeptUnderOtherSecret { part } => {
                return write!(
                    f,
                    "{part} cannot be kept: it is stored under another passport secret"
                );
            }
            Self::PasswordRequired => "the account has no two-step password: it must be set first",
            Self::AppVersionOutdated => "Telegram asks for a newer version of this app",
            Self::Wait { seconds } => {
                return write!(f, "Telegram asks to wait {seconds} seconds before going on");
            }
            Self::Source { part, error } => return write!(f, "{part}: {error}"),
            Self::PartRefused { part, number } => {
                return write!(f, "{part}: Telegram did not take part {number} of the file");
            }
            Self::Returned(error) => {
                return write!(f, "Telegram's answer to saving is unsound: {error}");
            }
            Self::NotAsSent => "Telegram's answer to saving is not the value that was sent",
            Self::Failed(error) => return error.fmt(f),
            Self::NotUploaded => "a file counts as uploaded and is not, which is a bug here",
        })
    }
}

impl<E: std::error::Error + 'static> std::error::Error for SaveError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Prepare(error) => Some(error),
            Self::Source { error, .. } => Some(error),
            Self::Returned(error) => Some(error),
            Self::Failed(error) => Some(error),
            _ => None,
        }
    }
}
