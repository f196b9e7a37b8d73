//! Why a file could not be decrypted into its place.

use core::fmt;
use std::io;

use crate::error::OpenError;

/// A file could not be decrypted into its place. Whatever the reason, nothing of it was released.
///
/// All that a sender could have caused by tampering is one variant with one text,
/// [`Open`](Self::Open). The others are about this machine, its connection and its settings.
#[derive(Debug)]
#[non_exhaustive]
pub enum FileError {
    /// The length, the hash or the padding is wrong: the file was damaged or forged, or belongs to
    /// other credentials.
    Open(OpenError),
    /// The encrypted file could not be read to its end: the connection failed, or the disk.
    Read(io::Error),
    /// The decrypted file could not be stored, by the [`Quarantine`](super::Quarantine).
    Write(io::Error),
    /// There were more encrypted bytes than allowed.
    TooLarge {
        /// How many bytes are allowed, see [`Decryptor::with_limit`](super::Decryptor::with_limit).
        limit: u64,
    },
    /// The caller went on after an error. What had been decrypted was discarded then.
    Abandoned,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(error) => error.fmt(f),
            Self::Read(error) => write!(f, "the encrypted file could not be read: {error}"),
            Self::Write(error) => write!(f, "the decrypted file could not be stored: {error}"),
            Self::TooLarge { limit } => {
                write!(
                    f,
                    "the encrypted file is larger than the {limit} bytes allowed"
                )
            }
            Self::Abandoned => {
                f.write_str("an earlier error ended the decryption of this file: start it anew")
            }
        }
    }
}

impl std::error::Error for FileError {}

impl From<OpenError> for FileError {
    fn from(error: OpenError) -> Self {
        Self::Open(error)
    }
}
