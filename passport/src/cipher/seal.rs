//! Encryption: what a user's client does, and what tests need.

use sha2::{Digest, Sha256};

use super::core::{BLOCK, Keys};
use super::padding::{Padding, PaddingError};
use crate::hash::{CredentialsHash, DataHash, FileHash};
use crate::secret::{CredentialsSecret, ValueSecret};

/// Encrypted bytes with the hash that authenticates them.
#[derive(Clone, Debug)]
pub struct Sealed<H> {
    /// The ciphertext: padding and plaintext, a multiple of 16 bytes.
    pub bytes: Vec<u8>,
    /// SHA-256 of padding and plaintext.
    pub hash: H,
}

/// Encrypts a JSON document, the `data` of an element. The secret must be fresh.
///
/// # Errors
///
/// [`PaddingError::Alignment`] if padding and plaintext are not a multiple of 16 bytes.
pub fn encrypt_data(
    plaintext: &[u8],
    padding: &Padding,
    secret: &ValueSecret,
) -> Result<Sealed<DataHash>, PaddingError> {
    encrypt(plaintext, padding, secret.expose(), DataHash::new)
}

/// Encrypts a file. The secret must be fresh.
///
/// # Errors
///
/// [`PaddingError::Alignment`] if padding and plaintext are not a multiple of 16 bytes.
pub fn encrypt_file(
    plaintext: &[u8],
    padding: &Padding,
    secret: &ValueSecret,
) -> Result<Sealed<FileHash>, PaddingError> {
    encrypt(plaintext, padding, secret.expose(), FileHash::new)
}

/// Encrypts the JSON of the credentials. The secret must be fresh; it goes to the service under the
/// service's RSA key.
///
/// # Errors
///
/// [`PaddingError::Alignment`] if padding and plaintext are not a multiple of 16 bytes.
pub fn encrypt_credentials(
    plaintext: &[u8],
    padding: &Padding,
    secret: &CredentialsSecret,
) -> Result<Sealed<CredentialsHash>, PaddingError> {
    encrypt(plaintext, padding, secret.expose(), CredentialsHash::new)
}

fn encrypt<H>(
    plaintext: &[u8],
    padding: &Padding,
    secret: &[u8; 32],
    hash: impl FnOnce([u8; 32]) -> H,
) -> Result<Sealed<H>, PaddingError> {
    let mut bytes = Vec::with_capacity(padding.as_bytes().len() + plaintext.len());
    bytes.extend_from_slice(padding.as_bytes());
    bytes.extend_from_slice(plaintext);
    if !bytes.len().is_multiple_of(BLOCK) {
        use zeroize::Zeroize as _;
        bytes.zeroize();
        return Err(PaddingError::Alignment);
    }
    let digest: [u8; 32] = Sha256::digest(&bytes).into();
    Keys::derive(secret, &digest).encrypt(&mut bytes);
    Ok(Sealed {
        bytes,
        hash: hash(digest),
    })
}
