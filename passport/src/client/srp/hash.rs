//! The hash of a password: x, and the verifier that follows from it.

use core::fmt;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::algo::KdfAlgo;
use super::arithmetic::Modulus;
use crate::client::Password;
use crate::kdf::pbkdf2_hmac_sha512;

/// A password under certain parameters: the number x, from which proofs and the verifier are made.
///
/// As good as the password itself. Overwritten when dropped, and prints nothing.
///
/// Source: protocol reference, section 9.2.
pub struct PasswordHash {
    pub(super) algo: KdfAlgo,
    pub(super) x: Zeroizing<[u8; 32]>,
}

impl PasswordHash {
    pub(super) fn new(algo: KdfAlgo, password: &Password) -> Self {
        let inner = salted(password.expose().as_bytes(), &algo.salt1);
        let ph1 = salted(&*inner, &algo.salt2);
        let stretched = pbkdf2_hmac_sha512(&*ph1, &algo.salt1);
        let x = salted(&*stretched, &algo.salt2);
        Self { algo, x }
    }

    /// The parameters that it was made with.
    #[must_use]
    pub fn algo(&self) -> &KdfAlgo {
        &self.algo
    }

    /// v = g^x mod p, the `new_password_hash`: 256 bytes, big endian.
    ///
    /// Whoever has it can try passwords against it, but not use it as one.
    #[must_use]
    pub fn verifier(&self) -> Zeroizing<[u8; 256]> {
        match Modulus::new(&self.algo.p) {
            Some(modulus) => modulus.power_of(self.algo.g, &*self.x),
            // p was checked to be a prime of 2048 bits, so it is odd.
            None => Zeroizing::new([0; 256]),
        }
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(..)")
    }
}

/// SH(d, s) = SHA-256(s || d || s).
fn salted(data: &[u8], salt: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut hash = Zeroizing::new([0; 32]);
    let digest = Sha256::new().chain_update(salt).chain_update(data);
    digest.chain_update(salt).finalize_into((&mut *hash).into());
    hash
}
