//! The parameters that the server names, checked.

use core::fmt;

use rand_core::TryCryptoRng;
use telegram_passport_tl::{enums, types};

use super::arithmetic::{NUMBER_LENGTH, Number, remainder};
use super::error::{DrawError, SrpError};
use super::hash::PasswordHash;
use super::prime::{PrimeCache, SHARED};
use crate::client::Password;

/// How a password becomes a number, and the group in which it is proved: a `PasswordKdfAlgo` that
/// passed every check.
///
/// Source: protocol reference, sections 9.2 and 9.3.
#[derive(Clone, PartialEq, Eq)]
pub struct KdfAlgo {
    pub(super) salt1: Vec<u8>,
    pub(super) salt2: Vec<u8>,
    pub(super) g: u32,
    pub(super) p: Number,
}

impl KdfAlgo {
    /// Checks `current_algo` or `new_algo` of `account.password`.
    ///
    /// # Errors
    ///
    /// [`SrpError::UnknownAlgorithm`], `PrimeLength`, `NotSafePrime`, `GeneratorRange` or
    /// `GeneratorResidue`.
    pub fn check(algo: &enums::PasswordKdfAlgo) -> Result<Self, SrpError> {
        Self::check_with(algo, &SHARED)
    }

    /// As [`check`](Self::check), with a memory of primes that the caller keeps.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    pub fn check_with(
        algo: &enums::PasswordKdfAlgo,
        primes: &PrimeCache,
    ) -> Result<Self, SrpError> {
        let enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(algo) = algo
        else {
            return Err(SrpError::UnknownAlgorithm);
        };
        let p = Number::try_from(algo.p.as_slice()).map_err(|_| SrpError::PrimeLength)?;
        if p.first().is_none_or(|&first| first < 0x80) {
            return Err(SrpError::PrimeLength);
        }
        let g = u32::try_from(algo.g).map_err(|_| SrpError::GeneratorRange)?;
        check_generator(g, &p)?;
        if !primes.is_safe_prime(&p) {
            return Err(SrpError::NotSafePrime);
        }
        Ok(Self {
            salt1: algo.salt1.clone(),
            salt2: algo.salt2.clone(),
            g,
            p,
        })
    }

    /// The same with 32 random bytes behind `salt1`: for a new password, made from `new_algo`.
    ///
    /// # Errors
    ///
    /// [`SrpError::SaltTooShort`], or that of the source of randomness.
    pub fn with_new_salt<R>(&self, rng: &mut R) -> Result<Self, DrawError<R::Error>>
    where
        R: TryCryptoRng + ?Sized,
    {
        if self.salt1.len() < LEAST_SALT {
            return Err(SrpError::SaltTooShort.into());
        }
        let mut random = [0; SALT_EXTENSION];
        rng.try_fill_bytes(&mut random)
            .map_err(DrawError::Randomness)?;
        let mut algo = self.clone();
        algo.salt1.extend_from_slice(&random);
        Ok(algo)
    }

    /// The hash of a password under these parameters. Takes as long as 100 000 rounds of
    /// HMAC-SHA512.
    #[must_use]
    pub fn hash(&self, password: &Password) -> PasswordHash {
        PasswordHash::new(self.clone(), password)
    }

    /// The parameters as they are sent.
    #[must_use]
    pub fn to_tl(&self) -> enums::PasswordKdfAlgo {
        types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow {
            salt1: self.salt1.clone(),
            salt2: self.salt2.clone(),
            // 2 to 7.
            g: self.g as i32,
            p: self.p.to_vec(),
        }
        .into()
    }

    /// g as 256 bytes.
    pub(super) fn padded_g(&self) -> Number {
        let mut padded = [0; NUMBER_LENGTH];
        if let Some(last) = padded.last_mut() {
            // 2 to 7.
            *last = self.g as u8;
        }
        padded
    }
}

impl fmt::Debug for KdfAlgo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KdfAlgo")
            .field("g", &self.g)
            .finish_non_exhaustive()
    }
}

/// Whether g is one of 2 to 7 and a square modulo p, if p is a safe prime.
fn check_generator(g: u32, p: &Number) -> Result<(), SrpError> {
    let fits = match g {
        2 => remainder(p, 8) == 7,
        3 => remainder(p, 3) == 2,
        4 => true,
        5 => matches!(remainder(p, 5), 1 | 4),
        6 => matches!(remainder(p, 24), 19 | 23),
        7 => matches!(remainder(p, 7), 3 | 5 | 6),
        _ => return Err(SrpError::GeneratorRange),
    };
    if fits {
        Ok(())
    } else {
        Err(SrpError::GeneratorResidue)
    }
}

/// The server's part of `salt1`, in bytes.
const LEAST_SALT: usize = 8;

/// What the client adds to it, in bytes.
const SALT_EXTENSION: usize = 32;
