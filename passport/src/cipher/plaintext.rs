//! What was decrypted and verified.

use core::fmt;

use zeroize::ZeroizeOnDrop;

use super::Buffer;

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
    pub(crate) fn verified(bytes: Buffer) -> Self {
        Self::new(bytes, 0)
    }
}

impl fmt::Debug for Plaintext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Plaintext(..; {})", self.len())
    }
}

impl ZeroizeOnDrop for Plaintext {}
