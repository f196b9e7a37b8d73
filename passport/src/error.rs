//! The one error of everything that is opened.
//!
//! A service's answers reach the sender of a submission. If they differed by the check that failed,
//! or by where it failed, a sender could learn about the key or about somebody else's document by
//! trying. So all failures from the RSA step on look alike; what failed is told only to those who
//! ask for it by name.
//!
//! Source: protocol reference, sections 8.8 (order of the checks) and 13 (public key).

use core::fmt;

/// Encrypted data could not be opened. Always the same text, also in `Debug`.
///
/// ```
/// use telegram_passport::hash::DataHash;
/// use telegram_passport::secret::ValueSecret;
/// use telegram_passport::{Check, cipher};
///
/// let mut secret = [0; 32];
/// secret[0] = 239;
/// let secret = ValueSecret::from_slice(&secret)?;
/// let hash = DataHash::from_slice(&[0; 32])?;
/// let error = cipher::decrypt_data(&secret, &hash, [0; 64]).unwrap_err();
/// // This may go anywhere:
/// assert_eq!(error.to_string(), "the Telegram Passport data could not be opened");
/// // This belongs into the local log and nowhere else:
/// assert_eq!(error.detail().check(), Check::Hash);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct OpenError {
    detail: Box<Detail>,
}

impl OpenError {
    /// What failed, and where. For the local log; never for an answer to anybody.
    #[must_use]
    pub fn detail(&self) -> &Detail {
        &self.detail
    }

    pub(crate) fn new(check: Check) -> Self {
        Self {
            detail: Box::new(Detail {
                check,
                place: String::new(),
            }),
        }
    }

    pub(crate) fn at(check: Check, place: impl Into<String>) -> Self {
        Self {
            detail: Box::new(Detail {
                check,
                place: place.into(),
            }),
        }
    }

    /// The same failure, its place known now.
    pub(crate) fn in_place(mut self, place: impl Into<String>) -> Self {
        self.detail.place = place.into();
        self
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the Telegram Passport data could not be opened")
    }
}

impl fmt::Debug for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OpenError")
    }
}

impl std::error::Error for OpenError {}

/// What failed, and where: names of fields and numbers of elements, never their content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    check: Check,
    place: String,
}

impl Detail {
    /// The first check that failed.
    #[must_use]
    pub const fn check(&self) -> Check {
        self.check
    }

    /// Where: a path such as `data[1].front_side`, or empty if there is only one place.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        self.check.fmt(f)
    }
}

/// A check that data from outside did not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Check {
    /// The RSA step: the sender used another public key than the one of this private key, or the
    /// `secret` of the credentials is damaged or forged.
    Key,
    /// A field is not base64, or its content has not the length that it must have.
    Encoding,
    /// The sum of a secret's bytes is not 239 modulo 255: it is none, or was changed.
    Checksum,
    /// The encrypted bytes are none, fewer than 32, or not a multiple of 16.
    Length,
    /// SHA-256 of the decrypted bytes is not the hash that was given: the data or the hash was
    /// changed, or the secret belongs to something else.
    Hash,
    /// The hash is right but the first byte is not a length of padding from 32 to 255, or exceeds
    /// the data: made by a client that is broken or hostile.
    Padding,
    /// The hash is right but the text is not UTF-8, not JSON, or not of the right shape: a field is
    /// missing or of another kind.
    Json,
    /// The nonce is missing, or is none that this user was given and has not yet used.
    Nonce,
    /// The credentials have another number of files than the element.
    Count,
    /// The hash of a part is another in the element than in the credentials.
    HashMismatch,
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Key => {
                "the RSA step failed: the request was made with another public key, or the \
                 credentials are damaged"
            }
            Self::Encoding => "this is not base64 of the right length",
            Self::Checksum => "the secret is not one: its checksum is wrong",
            Self::Length => "the encrypted bytes are not at least 32 and a multiple of 16",
            Self::Hash => "the hash of the decrypted bytes differs from the one given",
            Self::Padding => "the padding is not from 32 to 255 bytes long, or exceeds the data",
            Self::Json => "the decrypted text is not JSON of the right shape",
            Self::Nonce => "the nonce is missing or none that this user may use now",
            Self::Count => "the element has another number of files than the credentials",
            Self::HashMismatch => "the hash in the element is not the one in the credentials",
        })
    }
}
