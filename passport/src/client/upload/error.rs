//! Why a file is not uploaded.

use core::fmt;
use std::io;

use crate::client::Failure;

/// A new file cannot be encrypted. The fault is on this side.
#[derive(Debug)]
#[non_exhaustive]
pub enum SourceError {
    /// The file cannot be read. It may be tried again.
    Read(io::Error),
    /// The file is not what it was when its hash was made, or has not the length that was said.
    /// Begin anew, with a file that stays as it is.
    Changed,
    /// The file has more than 4000 parts: take larger ones.
    TooManyParts,
    /// The source of randomness failed; what it said.
    Randomness(String),
}

impl SourceError {
    pub(super) fn randomness(error: impl fmt::Display) -> Self {
        Self::Randomness(error.to_string())
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => write!(f, "the file cannot be read: {error}"),
            Self::Changed => f.write_str(
                "the file was changed while it was uploaded, or has not the length that was said",
            ),
            Self::TooManyParts => {
                f.write_str("the file has more than 4000 parts: choose a larger part size")
            }
            Self::Randomness(error) => write!(f, "the source of randomness failed: {error}"),
        }
    }
}

impl std::error::Error for SourceError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read(error) => Some(error),
            _ => None,
        }
    }
}

/// An upload has stopped. What the server has accepted stays so; the upload can be continued.
#[derive(Debug)]
#[non_exhaustive]
pub enum UploadError<E> {
    /// The server asks to wait. Continue afterwards.
    Wait {
        /// How many seconds; the number is the server's.
        seconds: u64,
    },
    /// A call failed. After a failure of the connection the upload can be continued.
    Failed(Failure<E>),
    /// The server has answered a part with `boolFalse`: it did not take it.
    Refused {
        /// The number of the part, from 0.
        part: i32,
    },
    /// The file cannot be encrypted.
    Source(SourceError),
}

impl<E: fmt::Display> fmt::Display for UploadError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wait { seconds } => write!(
                f,
                "Telegram asks to wait {seconds} seconds before the upload goes on"
            ),
            Self::Failed(error) => error.fmt(f),
            Self::Refused { part } => write!(f, "Telegram did not take part {part} of the file"),
            Self::Source(error) => error.fmt(f),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for UploadError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Failed(error) => Some(error),
            Self::Source(error) => Some(error),
            Self::Wait { .. } | Self::Refused { .. } => None,
        }
    }
}

impl<E> From<SourceError> for UploadError<E> {
    fn from(error: SourceError) -> Self {
        Self::Source(error)
    }
}

impl<E> From<Failure<E>> for UploadError<E> {
    fn from(failure: Failure<E>) -> Self {
        match failure.flood_wait() {
            Some(seconds) => Self::Wait { seconds },
            None => Self::Failed(failure),
        }
    }
}
