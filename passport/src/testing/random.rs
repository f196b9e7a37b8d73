//! Randomness that is the same on every run.

use core::convert::Infallible;
use core::fmt;

use rand_core::{TryCryptoRng, TryRng};
use sha2::{Digest, Sha256};

/// An endless stream of bytes that follows from a seed: SHA-256 of the seed and a counter.
///
/// It serves wherever this crate wants a `TryCryptoRng`. Whoever knows the seed knows the bytes, so
/// it is for tests alone.
///
/// ```
/// use telegram_passport::nonce::Nonce;
/// use telegram_passport::testing::Randomness;
///
/// let nonce = Nonce::generate(&mut Randomness::new(1))?;
/// assert!(nonce.is(Nonce::generate(&mut Randomness::new(1))?.as_str()));
/// assert!(!nonce.is(Nonce::generate(&mut Randomness::new(2))?.as_str()));
/// # Ok::<(), std::convert::Infallible>(())
/// ```
#[derive(Clone)]
pub struct Randomness {
    seed: u64,
    blocks: u64,
    rest: Vec<u8>,
}

impl Randomness {
    /// The stream of that seed, from its beginning.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            blocks: 0,
            rest: Vec::new(),
        }
    }

    pub(super) fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.byte()).collect()
    }

    pub(super) fn long(&mut self) -> i64 {
        i64::from_le_bytes([(); 8].map(|()| self.byte()))
    }

    /// So many decimal digits, as codes have them.
    pub(super) fn digits(&mut self, length: usize) -> String {
        let digit = |random: &mut Self| char::from(b'0' + random.byte() % 10);
        (0..length).map(|_| digit(self)).collect()
    }

    fn byte(&mut self) -> u8 {
        loop {
            if let Some(byte) = self.rest.pop() {
                return byte;
            }
            let block = Sha256::new()
                .chain_update(self.seed.to_le_bytes())
                .chain_update(self.blocks.to_le_bytes());
            self.rest.extend(block.finalize());
            self.blocks = self.blocks.wrapping_add(1);
        }
    }
}

impl TryRng for Randomness {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes([(); 4].map(|()| self.byte())))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes([(); 8].map(|()| self.byte())))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.fill_with(|| self.byte());
        Ok(())
    }
}

impl TryCryptoRng for Randomness {}

impl fmt::Debug for Randomness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Randomness")
            .field("seed", &self.seed)
            .finish_non_exhaustive()
    }
}
