//! Encryption and decryption of data, files and credentials.
//!
//! One construction serves all three: random padding in front, SHA-256 over padding and plaintext as
//! hash, and AES-256-CBC with key and IV from SHA-512 of secret and hash. The hash is what
//! authenticates; nothing is handed out before it was compared.
//!
//! Source: protocol reference, sections 8.5 (encrypting), 8.7 (credentials), 8.8 (decryption).
//!
//! Large files need not be in memory as a whole: see [`file`](crate::file).

mod buffer;
mod core;
mod padding;
mod plaintext;
mod seal;

pub use self::padding::{Padding, PaddingError};
pub use self::plaintext::Plaintext;
pub use self::seal::{Sealed, encrypt_credentials, encrypt_data, encrypt_file};

pub(crate) use self::buffer::Buffer;
pub(crate) use self::core::{BLOCK, Keys, Opening};
pub(crate) use self::padding::MIN as SHORTEST;

use crate::error::{Check, OpenError};
use crate::hash::{CredentialsHash, DataHash, FileHash};
use crate::secret::{CredentialsSecret, ValueSecret};

/// Decrypts the `data` of an element: a JSON document.
///
/// The buffer is decrypted in place and becomes the [`Plaintext`]; a slice is copied first. On
/// failure it is overwritten.
///
/// # Errors
///
/// [`OpenError`] if the encrypted bytes are not at least 32 and a multiple of 16, their hash differs,
/// or the padding is not from 32 to 255 bytes.
///
/// ```
/// use telegram_passport::cipher::{Padding, decrypt_data, encrypt_data};
/// use telegram_passport::secret::ValueSecret;
///
/// # let rng = &mut getrandom::SysRng;
/// let secret = ValueSecret::generate(rng)?;
/// let sealed = encrypt_data(b"{}", &Padding::random(rng, 2)?, &secret)?;
/// let plaintext = decrypt_data(&secret, &sealed.hash, sealed.bytes)?;
/// assert_eq!(plaintext.as_bytes(), b"{}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn decrypt_data(
    secret: &ValueSecret,
    hash: &DataHash,
    encrypted: impl Into<Vec<u8>>,
) -> Result<Plaintext, OpenError> {
    decrypt(secret.expose(), hash.as_bytes(), encrypted.into())
}

/// Decrypts a file that is in memory as a whole.
///
/// # Errors
///
/// As [`decrypt_data`].
pub fn decrypt_file(
    secret: &ValueSecret,
    hash: &FileHash,
    encrypted: impl Into<Vec<u8>>,
) -> Result<Plaintext, OpenError> {
    decrypt(secret.expose(), hash.as_bytes(), encrypted.into())
}

/// Decrypts the `data` of the credentials: a JSON object. It is not to be used before the nonce in
/// it was checked; [`PassportData::open`](crate::PassportData::open) does both.
///
/// # Errors
///
/// As [`decrypt_data`].
pub fn decrypt_credentials(
    secret: &CredentialsSecret,
    hash: &CredentialsHash,
    encrypted: impl Into<Vec<u8>>,
) -> Result<Plaintext, OpenError> {
    decrypt(secret.expose(), hash.as_bytes(), encrypted.into())
}

fn decrypt(secret: &[u8; 32], hash: &[u8; 32], encrypted: Vec<u8>) -> Result<Plaintext, OpenError> {
    // From here on the buffer is overwritten when dropped, whatever happens.
    let mut padded = Buffer::new(encrypted);
    if padded.len() < padding::MIN || !padded.len().is_multiple_of(BLOCK) {
        return Err(OpenError::new(Check::Length));
    }
    let mut opening = Opening::new(&Keys::derive(secret, hash));
    for piece in padded.chunks_mut(PIECE) {
        opening.update(piece);
    }
    let start = opening.finish(hash)?;
    Ok(Plaintext::new(padded, start))
}

/// Decrypted and hashed at a time: small enough to stay in the first caches between the two.
pub(crate) const PIECE: usize = 16 * 1024;
