//! Randomness that is the same on every run.

use std::convert::Infallible;

use rand_core::{TryCryptoRng, TryRng};
use sha2::{Digest, Sha256};

/// An endless stream of bytes that follows from a seed: SHA-256 of the seed and a counter.
///
/// Whoever knows the seed knows the bytes, so it is for tests alone. Written here because it is
/// shorter than what a crate would bring along.
///
/// ```
/// use conformance::seeded::SeededRng;
/// use rand_core::Rng;
///
/// assert_eq!(SeededRng::new(1).next_u64(), SeededRng::new(1).next_u64());
/// assert_ne!(SeededRng::new(1).next_u64(), SeededRng::new(2).next_u64());
/// ```
#[derive(Debug, Clone)]
pub struct SeededRng {
    seed: u64,
    blocks: u64,
    block: [u8; 32],
    used: usize,
}

impl SeededRng {
    /// The stream of that seed, from its beginning.
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            blocks: 0,
            block: [0; 32],
            used: 32,
        }
    }

    fn next_byte(&mut self) -> u8 {
        if self.used == self.block.len() {
            let hash = Sha256::new()
                .chain_update(self.seed.to_le_bytes())
                .chain_update(self.blocks.to_le_bytes());
            self.block = hash.finalize().into();
            self.blocks += 1;
            self.used = 0;
        }
        self.used += 1;
        self.block[self.used - 1]
    }
}

impl TryRng for SeededRng {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes([(); 4].map(|()| self.next_byte())))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes([(); 8].map(|()| self.next_byte())))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.fill_with(|| self.next_byte());
        Ok(())
    }
}

impl TryCryptoRng for SeededRng {}
