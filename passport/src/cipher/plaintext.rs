//! What was decrypted and verified.

use core::fmt;
use core::ops::{Deref, DerefMut};

use zeroize::{Zeroize, ZeroizeOnDrop};

/// Decrypted bytes whose hash and padding were right. There is no other way to get one.
///
/// Overwritten when dropped; prints only its length.
pub struct Plaintext {
    padded: Buffer,
    start: usize,
}

impl Plaintext {
    /// The bytes, without the padding.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.padded.get(self.start..).unwrap_or_default()
    }

    /// How many bytes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.as_bytes().len()
    }

    /// Whether there was nothing behind the padding. That is no error of cryptography.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn new(padded: Buffer, start: usize) -> Self {
        Self { padded, start }
    }

    /// What was decrypted in pieces, without the padding. The caller has verified it.
    pub(crate) fn verified(bytes: Vec<u8>) -> Self {
        Self::new(Buffer::new(bytes), 0)
    }
}

impl fmt::Debug for Plaintext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Plaintext(..; {})", self.len())
    }
}

impl ZeroizeOnDrop for Plaintext {}

/// Bytes that are overwritten when dropped.
pub(super) struct Buffer(Vec<u8>);

impl Buffer {
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl Deref for Buffer {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [u8] {
        &mut self.0
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
