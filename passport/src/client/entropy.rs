//! The server's random bytes, mixed in.

use rand_core::{TryCryptoRng, TryRng};
use sha2::{Digest, Sha512};
use zeroize::{Zeroize, Zeroizing};

/// A source of randomness to which the server's `secure_random` is added.
///
/// Every byte is one of the own source, combined by exclusive or with a stream that follows from
/// `secure_random` and from 64 further bytes of the own source. So the result is at least as good as
/// the own source, whatever the server sends; and where the own source is weak, the server's bytes
/// help against everybody but the server.
///
/// Source: protocol reference, sections 8.1 and 9.1.
pub(crate) struct Mixed<'a, R: ?Sized> {
    own: &'a mut R,
    seed: Zeroizing<[u8; 64]>,
    count: u64,
}

impl<'a, R: TryCryptoRng + ?Sized> Mixed<'a, R> {
    /// Fails as the own source does.
    pub(crate) fn new(own: &'a mut R, secure_random: &[u8]) -> Result<Self, R::Error> {
        let mut mixed = Self {
            own,
            seed: Zeroizing::new([0; 64]),
            count: 0,
        };
        mixed.own.try_fill_bytes(&mut *mixed.seed)?;
        let mut seed: [u8; 64] = Sha512::new()
            .chain_update(*mixed.seed)
            .chain_update(secure_random)
            .finalize()
            .into();
        mixed.seed.copy_from_slice(&seed);
        seed.zeroize();
        Ok(mixed)
    }

    fn block(&mut self) -> Zeroizing<[u8; 64]> {
        let mut block = Zeroizing::new([0; 64]);
        let digest = Sha512::new().chain_update(*self.seed);
        let digest = digest.chain_update(self.count.to_le_bytes());
        digest.finalize_into((&mut *block).into());
        self.count = self.count.wrapping_add(1);
        block
    }
}

impl<R: TryCryptoRng + ?Sized> TryRng for Mixed<'_, R> {
    type Error = R::Error;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let mut bytes = Zeroizing::new([0; 4]);
        self.try_fill_bytes(&mut *bytes)?;
        Ok(u32::from_le_bytes(*bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut bytes = Zeroizing::new([0; 8]);
        self.try_fill_bytes(&mut *bytes)?;
        Ok(u64::from_le_bytes(*bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        self.own.try_fill_bytes(bytes)?;
        for part in bytes.chunks_mut(64) {
            for (byte, added) in part.iter_mut().zip(self.block().iter()) {
                *byte ^= added;
            }
        }
        Ok(())
    }
}

impl<R: TryCryptoRng + ?Sized> TryCryptoRng for Mixed<'_, R> {}

#[cfg(test)]
mod tests {
    use super::*;
    use core::convert::Infallible;

    /// Says the same byte for ever.
    struct Same(u8);

    impl TryRng for Same {
        type Error = Infallible;

        fn try_next_u32(&mut self) -> Result<u32, Infallible> {
            Ok(u32::from_le_bytes([self.0; 4]))
        }

        fn try_next_u64(&mut self) -> Result<u64, Infallible> {
            Ok(u64::from_le_bytes([self.0; 8]))
        }

        fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
            bytes.fill(self.0);
            Ok(())
        }
    }

    impl TryCryptoRng for Same {}

    fn drawn(own: u8, secure_random: &[u8]) -> [u8; 200] {
        let mut own = Same(own);
        let mut bytes = [0; 200];
        let mut mixed = Mixed::new(&mut own, secure_random).unwrap();
        mixed.try_fill_bytes(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn both_sources_matter() {
        assert_eq!(drawn(1, b"server"), drawn(1, b"server"));
        assert_ne!(drawn(1, b"server"), drawn(1, b"Server"));
        assert_ne!(drawn(1, b"server"), drawn(2, b"server"));
        assert_ne!(drawn(1, b""), [1; 200]);
    }

    #[test]
    fn nothing_repeats() {
        let bytes = drawn(0, b"server");
        let (first, rest) = bytes.split_at(64);
        assert_ne!(first, &rest[..64]);
        let mut own = Same(0);
        let mut mixed = Mixed::new(&mut own, b"server").unwrap();
        let words = [
            mixed.try_next_u64().unwrap(),
            mixed.try_next_u64().unwrap(),
            mixed.try_next_u32().unwrap().into(),
        ];
        assert!(words[0] != words[1] && words[2] != words[0] & 0xffff_ffff);
    }
}
