//! The proof that the caller knows the password.

use core::fmt;

use rand_core::TryCryptoRng;
use sha2::{Digest, Sha256};
use telegram_passport_tl::types;
use zeroize::Zeroizing;

use super::arithmetic::{Modulus, NUMBER_LENGTH, Number, is_below, is_in_range};
use super::error::{DrawError, SrpError};
use super::hash::PasswordHash;

impl PasswordHash {
    /// Answers the server's `srp_B`, good for one call: `srp_id` says for which.
    ///
    /// Draws a until A is between 2^1984 and p - 2^1984 and u is not 0.
    ///
    /// # Errors
    ///
    /// [`DrawError::Parameter`] if B must not be answered (`ServerNumberLength`,
    /// `ServerNumberRange`, `DifferenceRange`), otherwise those of the source of randomness.
    pub fn prove<R>(
        &self,
        srp_id: i64,
        srp_b: &[u8],
        rng: &mut R,
    ) -> Result<types::InputCheckPasswordSrp, DrawError<R::Error>>
    where
        R: TryCryptoRng + ?Sized,
    {
        for _ in 0..DRAWS {
            let mut a = SecretExponent(Zeroizing::new([0; NUMBER_LENGTH]));
            rng.try_fill_bytes(&mut *a.0)
                .map_err(DrawError::Randomness)?;
            let challenge = self.challenge(srp_b, &a)?;
            if !is_in_range(&challenge.a_public, &self.algo.p) {
                continue;
            }
            match self.answer(srp_id, &challenge, &a) {
                Err(SrpError::ScramblingZero) => {}
                answer => return answer.map_err(DrawError::Parameter),
            }
        }
        Err(DrawError::Unsuitable)
    }

    /// As [`prove`](Self::prove), with an a that is given instead of drawn, and without the check of
    /// A: to compare with test vectors. An a that is small or was used before gives the password
    /// away.
    ///
    /// # Errors
    ///
    /// As [`prove`](Self::prove), and [`SrpError::ScramblingZero`].
    pub fn prove_with(
        &self,
        srp_id: i64,
        srp_b: &[u8],
        a: &SecretExponent,
    ) -> Result<types::InputCheckPasswordSrp, SrpError> {
        self.answer(srp_id, &self.challenge(srp_b, a)?, a)
    }

    /// A for this a, beside the B that it answers.
    fn challenge(&self, srp_b: &[u8], a: &SecretExponent) -> Result<Challenge, SrpError> {
        if !(LEAST_B..=NUMBER_LENGTH).contains(&srp_b.len()) {
            return Err(SrpError::ServerNumberLength);
        }
        let mut b = [0; NUMBER_LENGTH];
        for (to, from) in b.iter_mut().rev().zip(srp_b.iter().rev()) {
            *to = *from;
        }
        if !is_below(&b, &self.algo.p) {
            return Err(SrpError::ServerNumberRange);
        }
        let modulus = Modulus::new(&self.algo.p).ok_or(SrpError::NotSafePrime)?;
        let a_public = *modulus.power_of(self.algo.g, &*a.0);
        Ok(Challenge {
            modulus,
            b,
            a_public,
        })
    }

    fn answer(
        &self,
        srp_id: i64,
        challenge: &Challenge,
        a: &SecretExponent,
    ) -> Result<types::InputCheckPasswordSrp, SrpError> {
        let Challenge {
            modulus,
            b,
            a_public,
        } = challenge;
        let (p, g) = (&self.algo.p, self.algo.padded_g());
        let u = hash(&[a_public, b]);
        if u.iter().all(|&byte| byte == 0) {
            return Err(SrpError::ScramblingZero);
        }
        let k = hash(&[p, &g]);
        let v = modulus.power_of(self.algo.g, &*self.x);
        let t = modulus.difference(b, &k, &v);
        if !is_in_range(&t, p) {
            return Err(SrpError::DifferenceRange);
        }
        let s = modulus.shared(&t, &a.0, &u, &self.x);
        let key = hash(&[&*s]);

        let mut group = hash(&[p]);
        for (byte, other) in group.iter_mut().zip(hash(&[&g]).iter()) {
            *byte ^= other;
        }
        let salts = [&self.algo.salt1, &self.algo.salt2].map(|salt| hash(&[salt]));
        let [salt1, salt2] = &salts;
        let m1 = hash(&[&*group, &**salt1, &**salt2, a_public, b, &*key]);
        Ok(types::InputCheckPasswordSrp {
            srp_id,
            a: a_public.to_vec(),
            m1: m1.to_vec(),
        })
    }
}

/// The client's secret number a of one proof: 256 bytes, big endian.
///
/// Overwritten when dropped, and prints nothing.
pub struct SecretExponent(Zeroizing<Number>);

impl SecretExponent {
    /// An a that is known already: that of a test vector.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 256]) -> Self {
        Self(Zeroizing::new(*bytes))
    }
}

impl fmt::Debug for SecretExponent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretExponent(..)")
    }
}

/// What both sides see of each other.
struct Challenge {
    modulus: Modulus,
    b: Number,
    a_public: Number,
}

/// SHA-256 of the parts one after the other.
fn hash(parts: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    let mut hash = Zeroizing::new([0; 32]);
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part);
    }
    digest.finalize_into((&mut *hash).into());
    hash
}

/// How often a is drawn. A sound source of randomness misses once in 2^63.
const DRAWS: usize = 16;

/// The shortest B, in bytes.
const LEAST_B: usize = 248;
