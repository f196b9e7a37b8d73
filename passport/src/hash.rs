//! Hashes of 32 bytes, one type for each kind.
//!
//! Source: protocol reference, sections 8.5 (encrypting data or a file) and 8.10 (encodings).

use core::fmt;

use base64ct::{Base64, Encoding};
use subtle::ConstantTimeEq;

/// Length of every hash, in bytes: SHA-256.
pub const HASH_LENGTH: usize = 32;

/// Bytes that are no hash: not 32, or text that is not canonical base64 of 32 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashError;

impl fmt::Display for HashError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a hash has 32 bytes, or 44 characters of standard base64")
    }
}

impl std::error::Error for HashError {}

macro_rules! hashes {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        ///
        /// It authenticates what it is the hash of, so it compares in constant time.
        #[derive(Clone, Copy)]
        pub struct $name([u8; HASH_LENGTH]);

        impl $name {
            /// Takes 32 raw bytes.
            ///
            /// # Errors
            ///
            /// [`HashError`] for another length.
            pub fn from_slice(bytes: &[u8]) -> Result<Self, HashError> {
                bytes.try_into().map(Self).map_err(|_| HashError)
            }

            /// Takes base64: standard alphabet, padded, canonical.
            ///
            /// # Errors
            ///
            /// [`HashError`] for any other text, or another length.
            pub fn from_base64(text: &str) -> Result<Self, HashError> {
                let mut bytes = [0; HASH_LENGTH];
                match Base64::decode(text, &mut bytes) {
                    Ok(decoded) if decoded.len() == HASH_LENGTH => Ok(Self(bytes)),
                    _ => Err(HashError),
                }
            }

            /// The hash as the Bot API and the credentials write it: 44 characters.
            #[must_use]
            pub fn to_base64(&self) -> String {
                Base64::encode_string(&self.0)
            }

            /// The 32 bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; HASH_LENGTH] {
                &self.0
            }

            #[allow(dead_code, reason = "not every kind is computed here")]
            pub(crate) const fn new(bytes: [u8; HASH_LENGTH]) -> Self {
                Self(bytes)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.ct_eq(&other.0).into()
            }
        }

        impl Eq for $name {}

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.to_base64())
            }
        }
    )*};
}

hashes! {
    /// The `data_hash`: SHA-256 of the padded JSON document of an element.
    ///
    /// ```
    /// use telegram_passport::hash::DataHash;
    ///
    /// let hash = DataHash::from_base64("NCXjuD7YE9ngzoqk1wQLaRVGUK6i+cxX6x2xJ55759s=")?;
    /// assert_eq!(hash.as_bytes()[..2], [0x34, 0x25]);
    /// assert_eq!(hash, DataHash::from_slice(hash.as_bytes())?);
    /// # Ok::<(), telegram_passport::hash::HashError>(())
    /// ```
    DataHash;
    /// The `file_hash`: SHA-256 of the padded content of a file.
    FileHash;
    /// The `hash` of the encrypted credentials: SHA-256 of their padded JSON.
    CredentialsHash;
}
