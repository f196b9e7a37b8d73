//! The random bytes in front of a plaintext.

use core::fmt;

use rand_core::TryCryptoRng;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::core::BLOCK;

/// Padding: 32 to 255 bytes, of which the first is their number and the others are random.
///
/// Source: protocol reference, section 8.5.
#[derive(Clone)]
pub struct Padding(Vec<u8>);

impl Padding {
    /// Padding for that many bytes of plaintext, of a random length from 32 to 254, which hides the
    /// length of the plaintext.
    ///
    /// No client is known to write 255, so this does not either; it is read all the same.
    ///
    /// # Errors
    ///
    /// Those of the source of randomness.
    pub fn random<R: TryCryptoRng + ?Sized>(
        rng: &mut R,
        plaintext_length: usize,
    ) -> Result<Self, R::Error> {
        let shortest = shortest(plaintext_length);
        let choices = (LONGEST_WRITTEN - shortest) / BLOCK + 1;
        let choice = rng.try_next_u32()? as usize % choices;
        Self::of_length(rng, shortest + choice * BLOCK)
    }

    /// The shortest padding for that many bytes of plaintext: 32 to 47 bytes. It tells the length
    /// of the plaintext to whoever sees the ciphertext.
    ///
    /// # Errors
    ///
    /// Those of the source of randomness.
    pub fn shortest<R: TryCryptoRng + ?Sized>(
        rng: &mut R,
        plaintext_length: usize,
    ) -> Result<Self, R::Error> {
        Self::of_length(rng, shortest(plaintext_length))
    }

    /// Takes padding as it is: for tests, and for whoever must repeat an encryption exactly.
    ///
    /// # Errors
    ///
    /// [`PaddingError`] if it is not 32 to 255 bytes long, or its first byte is not its length.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PaddingError> {
        match bytes.first() {
            Some(&first) if usize::from(first) == bytes.len() && bytes.len() >= MIN => {
                Ok(Self(bytes.to_vec()))
            }
            _ => Err(PaddingError::Length),
        }
    }

    /// The bytes, 32 to 255.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    fn of_length<R: TryCryptoRng + ?Sized>(rng: &mut R, length: usize) -> Result<Self, R::Error> {
        let mut padding = Self(vec![0; length]);
        rng.try_fill_bytes(&mut padding.0)?;
        if let Some(first) = padding.0.first_mut() {
            *first = length as u8;
        }
        Ok(padding)
    }
}

impl fmt::Debug for Padding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Padding(..; {})", self.0.len())
    }
}

impl Drop for Padding {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl ZeroizeOnDrop for Padding {}

/// Padding that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PaddingError {
    /// Not 32 to 255 bytes, or the first byte is not their number.
    Length,
    /// Padding and plaintext together are not a multiple of 16 bytes.
    Alignment,
}

impl fmt::Display for PaddingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Length => "padding has 32 to 255 bytes, and its first byte is their number",
            Self::Alignment => "padding and plaintext together must be a multiple of 16 bytes",
        })
    }
}

impl std::error::Error for PaddingError {}

/// The smallest length from 32 on that makes a multiple of 16 with the plaintext: at most 47.
fn shortest(plaintext_length: usize) -> usize {
    MIN + (BLOCK - plaintext_length % BLOCK) % BLOCK
}

/// The shortest padding allowed, in bytes; also the shortest ciphertext.
pub(crate) const MIN: usize = 32;

/// The longest padding that clients write.
const LONGEST_WRITTEN: usize = 254;
