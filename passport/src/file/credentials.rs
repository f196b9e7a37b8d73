//! The key of one file.

use crate::cipher::{Plaintext, decrypt_file};
use crate::error::OpenError;
use crate::hash::FileHash;
use crate::secret::ValueSecret;

/// `FileCredentials`: the hash and the secret of one file, which together are its key.
///
/// A service has them from the credentials of the submission. A user's client has the secret from
/// [`unwrap_value_secret`](crate::wrap::unwrap_value_secret).
///
/// Source: protocol reference, sections 7.4 and 8.9.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileCredentials {
    hash: FileHash,
    secret: ValueSecret,
}

impl FileCredentials {
    /// Takes `file_hash` and `secret`.
    #[must_use]
    pub const fn new(hash: FileHash, secret: ValueSecret) -> Self {
        Self { hash, secret }
    }

    /// The `file_hash`: SHA-256 of padding and content. It also names the file where one is blamed.
    #[must_use]
    pub const fn hash(&self) -> &FileHash {
        &self.hash
    }

    /// The `secret` of the file.
    #[must_use]
    pub const fn secret(&self) -> &ValueSecret {
        &self.secret
    }

    /// Decrypts a file that is in memory as a whole, in place; a slice is copied first.
    ///
    /// # Errors
    ///
    /// [`OpenError`] if the encrypted bytes are not at least 32 and a multiple of 16, their hash
    /// differs, or the padding is not from 32 to 255 bytes.
    ///
    /// ```
    /// use telegram_passport::cipher::{Padding, encrypt_file};
    /// use telegram_passport::file::FileCredentials;
    /// use telegram_passport::secret::ValueSecret;
    ///
    /// # let rng = &mut getrandom::SysRng;
    /// let secret = ValueSecret::generate(rng)?;
    /// let sealed = encrypt_file(b"a picture", &Padding::random(rng, 9)?, &secret)?;
    /// let credentials = FileCredentials::new(sealed.hash, secret);
    /// assert_eq!(credentials.decrypt(sealed.bytes)?.as_bytes(), b"a picture");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn decrypt(&self, encrypted: impl Into<Vec<u8>>) -> Result<Plaintext, OpenError> {
        decrypt_file(&self.secret, &self.hash, encrypted)
    }
}
