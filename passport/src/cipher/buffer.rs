//! Bytes that are overwritten when dropped.

use core::ops::{Deref, DerefMut};
use std::collections::TryReserveError;

use zeroize::Zeroize;

/// Bytes that are overwritten when dropped, all at once: `Zeroizing<Vec<u8>>` would go byte by byte,
/// which adds a fifth to the time of decrypting a file.
#[derive(Default)]
pub(crate) struct Buffer(Vec<u8>);

impl Buffer {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// Puts bytes behind the others. A `Vec` that grows by itself would leave copies behind; here
    /// the place that has become too small is overwritten.
    pub(crate) fn extend(&mut self, bytes: &[u8]) -> Result<(), TryReserveError> {
        let needed = self.0.len().saturating_add(bytes.len());
        if needed > self.0.capacity() {
            let capacity = self.0.capacity().saturating_mul(2).max(needed);
            let mut grown = Self::default();
            grown.0.try_reserve_exact(capacity)?;
            grown.0.extend_from_slice(&self.0);
            *self = grown;
        }
        self.0.extend_from_slice(bytes);
        Ok(())
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
        // Of the room behind them nothing was used here.
        self.0.as_mut_slice().zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::Buffer;

    #[test]
    fn it_grows() {
        let mut buffer = Buffer::default();
        for length in [0, 1, 100, 5000, 3] {
            let before = buffer.to_vec();
            let more: Vec<_> = (0..length).map(|at| at as u8).collect();
            assert!(buffer.extend(&more).is_ok());
            assert_eq!(*buffer, [before, more].concat());
        }
        assert_eq!(buffer.len(), 5104);
    }
}
