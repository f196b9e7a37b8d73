//! Secrets encrypted for Telegram's server: value secrets under the passport secret, and the
//! passport secret under the password.
//!
//! Source: protocol reference, sections 8.3 and 8.4 (passport secret), 8.5 and 8.9 (value secret).

use core::fmt;

use sha2::{Digest, Sha512};
use zeroize::Zeroizing;

use crate::cipher::Keys;
use crate::hash::{DataHash, FileHash};
use crate::kdf::pbkdf2_hmac_sha512;
use crate::secret::{PassportSecret, SecretError, ValueSecret};

/// Length of an encrypted secret, in bytes.
pub const ENCRYPTED_SECRET_LENGTH: usize = 32;

/// How a password becomes the key of the passport secret: the `SecurePasswordKdfAlgo` of the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PasswordKdf {
    /// `securePasswordKdfAlgoPBKDF2HMACSHA512iter100000`: the one in use.
    Pbkdf2 {
        /// The complete salt: the server's part and the client's 32 bytes.
        salt: Vec<u8>,
    },
    /// `securePasswordKdfAlgoSHA512`: to read what old clients stored, never to write.
    Sha512 {
        /// The complete salt.
        salt: Vec<u8>,
    },
}

/// The hash of a part of a value: of its data or of a file.
pub trait PartHash: private::Sealed {
    /// The 32 bytes.
    fn bytes(&self) -> &[u8; 32];
}

impl PartHash for DataHash {
    fn bytes(&self) -> &[u8; 32] {
        self.as_bytes()
    }
}

impl PartHash for FileHash {
    fn bytes(&self) -> &[u8; 32] {
        self.as_bytes()
    }
}

/// Encrypts a value secret for storage beside its value.
///
/// ```
/// use telegram_passport::hash::FileHash;
/// use telegram_passport::secret::{PassportSecret, ValueSecret};
/// use telegram_passport::wrap::{unwrap_value_secret, wrap_value_secret};
///
/// # let rng = &mut getrandom::SysRng;
/// let (passport, value) = (PassportSecret::generate(rng)?, ValueSecret::generate(rng)?);
/// let hash = FileHash::from_slice(&[7; 32])?;
/// let stored = wrap_value_secret(&passport, &hash, &value);
/// assert!(unwrap_value_secret(&passport, &hash, &stored)? == value);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn wrap_value_secret(
    passport_secret: &PassportSecret,
    hash: &impl PartHash,
    secret: &ValueSecret,
) -> [u8; ENCRYPTED_SECRET_LENGTH] {
    let mut bytes = *secret.expose();
    Keys::derive(passport_secret.expose(), hash.bytes()).encrypt(&mut bytes);
    bytes
}

/// Decrypts a value secret that is stored beside its value.
///
/// # Errors
///
/// [`SecretError::Length`] if it is not 32 bytes, [`SecretError::Checksum`] if passport secret, hash
/// and encrypted secret do not belong together. One wrong triple in 255 passes: only the hash of the
/// value proves it.
pub fn unwrap_value_secret(
    passport_secret: &PassportSecret,
    hash: &impl PartHash,
    encrypted: &[u8],
) -> Result<ValueSecret, SecretError> {
    let encrypted = encrypted.try_into().map_err(|_| SecretError::Length)?;
    let keys = Keys::derive(passport_secret.expose(), hash.bytes());
    ValueSecret::from_slice(keys.decrypt_secret(encrypted).as_slice())
}

/// Encrypts the passport secret under the password, in UTF-8 as it was typed.
///
/// Takes as long as 100 000 rounds of HMAC-SHA512 for [`PasswordKdf::Pbkdf2`].
#[must_use]
pub fn wrap_passport_secret(
    secret: &PassportSecret,
    password: &str,
    kdf: &PasswordKdf,
) -> [u8; ENCRYPTED_SECRET_LENGTH] {
    let mut bytes = *secret.expose();
    kdf.keys(password).encrypt(&mut bytes);
    bytes
}

/// Decrypts the passport secret and compares it with its id, the `secure_secret_id`.
///
/// # Errors
///
/// See [`UnwrapError`]; all of them leave the stored secret as it is.
pub fn unwrap_passport_secret(
    encrypted: &[u8],
    secret_id: i64,
    password: &str,
    kdf: &PasswordKdf,
) -> Result<PassportSecret, UnwrapError> {
    let encrypted = encrypted.try_into().map_err(|_| UnwrapError::Length)?;
    let secret =
        PassportSecret::from_slice(kdf.keys(password).decrypt_secret(encrypted).as_slice())
            .map_err(|_| UnwrapError::Checksum)?;
    if secret.id() == secret_id {
        Ok(secret)
    } else {
        Err(UnwrapError::Id)
    }
}

/// Why a stored passport secret could not be decrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnwrapError {
    /// The stored secret is not 32 bytes.
    Length,
    /// The checksum is wrong: another password, or a damaged secret.
    Checksum,
    /// The secret is well formed, but it is not the one that the server names.
    Id,
}

impl fmt::Display for UnwrapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Length => "the stored passport secret is not 32 bytes long",
            Self::Checksum => {
                "the passport secret does not open: it was stored under another password, or is \
                 damaged"
            }
            Self::Id => "the passport secret opens, but the server names another one",
        })
    }
}

impl std::error::Error for UnwrapError {}

impl PasswordKdf {
    fn keys(&self, password: &str) -> Keys {
        let material = match self {
            Self::Pbkdf2 { salt } => pbkdf2_hmac_sha512(password.as_bytes(), salt),
            Self::Sha512 { salt } => {
                let mut material = Zeroizing::new([0; 64]);
                let digest = Sha512::new().chain_update(salt).chain_update(password);
                digest
                    .chain_update(salt)
                    .finalize_into((&mut *material).into());
                material
            }
        };
        Keys::split(&material)
    }
}

mod private {
    pub trait Sealed {}

    impl Sealed for crate::hash::DataHash {}
    impl Sealed for crate::hash::FileHash {}
}
