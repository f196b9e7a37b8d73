//! RSA by the crate `rsa`. No other file names that crate.
//!
//! Its arithmetic is constant-time, and yet RUSTSEC-2023-0071 (timing) has no patched version, so
//! the private key is never used without blinding.

use core::convert::Infallible;

use getrandom::SysRng;
use rand_core::{TryCryptoRng, TryRng};
use rsa::pkcs1::{EncodeRsaPrivateKey, RsaPrivateKey as Pkcs1, RsaPublicKeyRef, UintRef, Version};
use rsa::pkcs8::der::{Decode, Encode};
use rsa::pkcs8::spki::AlgorithmIdentifierRef;
use rsa::pkcs8::{
    EncodePrivateKey, EncodePublicKey, ObjectIdentifier, PrivateKeyInfoRef, SubjectPublicKeyInfoRef,
};
use rsa::traits::{PaddingScheme, PublicKeyParts};
use rsa::{BoxedUint, Oaep, RsaPrivateKey, RsaPublicKey};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::{KeyError, RandomError, Refused};

/// A private key whose numbers have been checked.
pub(super) struct Private(RsaPrivateKey);

impl Private {
    /// Reads PKCS#8 or PKCS#1; which of them it is shows in the structure.
    pub(super) fn from_der(der: &[u8], minimum_bits: u32) -> Result<Self, KeyError> {
        let pkcs1 = match PrivateKeyInfoRef::from_der(der) {
            Ok(info) => {
                rsa_only(&info.algorithm)?;
                Pkcs1::<UintRef<'_>>::from_der(info.private_key.as_bytes())
            }
            Err(_) => Pkcs1::from_der(der),
        };
        let pkcs1 = pkcs1.map_err(|_| KeyError::Damaged)?;
        check_public(&pkcs1.modulus, &pkcs1.public_exponent, minimum_bits)?;
        if pkcs1.version() != Version::TwoPrime {
            return Err(KeyError::MultiPrime);
        }
        let given = pkcs1.to_der().map(Zeroizing::new);
        let given = given.map_err(|_| KeyError::Damaged)?;
        let key = RsaPrivateKey::try_from(pkcs1).map_err(|_| KeyError::Inconsistent)?;
        // The crate computes the numbers of the Chinese remainder theorem anew; those of the file
        // are compared here. There are none if both primes are equal.
        let own = key.to_pkcs1_der().map_err(|_| KeyError::Inconsistent)?;
        match own.as_bytes().ct_eq(&given).into() {
            true => Ok(Self(key)),
            false => Err(KeyError::Inconsistent),
        }
    }

    /// Makes one of so many bits, with the public exponent 65537.
    pub(super) fn generate<R: TryCryptoRng + ?Sized>(
        rng: &mut R,
        bits: usize,
    ) -> Result<Self, RandomError<R::Error>> {
        let mut rng = Recorded::new(rng);
        let key = RsaPrivateKey::new(&mut rng, bits);
        rng.outcome()?;
        key.map(Self).map_err(|_| RandomError::Internal)
    }

    pub(super) fn to_pkcs8_der(&self) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let document = self.0.to_pkcs8_der().map_err(|_| KeyError::Internal)?;
        Ok(document.to_bytes())
    }

    pub(super) fn public(&self) -> Public {
        Public(self.0.to_public_key())
    }

    /// RSAES-OAEP, blinded by the system's randomness.
    pub(super) fn open(&self, encrypted: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refused> {
        let opened = Oaep::<Sha1>::new().decrypt(Some(&mut SysRng), &self.0, encrypted);
        opened.map(Zeroizing::new).map_err(|_| Refused)
    }
}

/// A public key whose numbers have been checked.
#[derive(Clone)]
pub(super) struct Public(RsaPublicKey);

impl Public {
    /// Reads a SubjectPublicKeyInfo.
    pub(super) fn from_spki_der(der: &[u8], minimum_bits: u32) -> Result<Self, KeyError> {
        let info = SubjectPublicKeyInfoRef::from_der(der).map_err(|_| KeyError::Damaged)?;
        rsa_only(&info.algorithm)?;
        let bytes = info.subject_public_key.as_bytes();
        let numbers = RsaPublicKeyRef::from_der(bytes.ok_or(KeyError::Damaged)?);
        let numbers = numbers.map_err(|_| KeyError::Damaged)?;
        let (n, e) = (&numbers.modulus, &numbers.public_exponent);
        check_public(n, e, minimum_bits)?;
        let limits = 0..=MAXIMUM_BITS as usize;
        RsaPublicKey::new_with_size_limits(number(n)?, number(e)?, limits)
            .map(Self)
            .map_err(|_| KeyError::Inconsistent)
    }

    pub(super) fn to_spki_der(&self) -> Result<Vec<u8>, KeyError> {
        let document = self.0.to_public_key_der().map_err(|_| KeyError::Internal)?;
        Ok(document.into_vec())
    }

    pub(super) fn bits(&self) -> u32 {
        self.0.n().bit_width_vartime()
    }

    /// RSAES-OAEP.
    pub(super) fn encrypt<R: TryCryptoRng + ?Sized>(
        &self,
        rng: &mut R,
        message: &[u8],
    ) -> Result<Vec<u8>, RandomError<R::Error>> {
        let mut rng = Recorded::new(rng);
        let encrypted = Oaep::<Sha1>::new().encrypt(&mut rng, &self.0, message);
        rng.outcome()?;
        encrypted.map_err(|_| RandomError::Internal)
    }
}

/// Sizes are checked before any arithmetic: its time grows with the cube of them.
fn check_public(n: &UintRef<'_>, e: &UintRef<'_>, minimum_bits: u32) -> Result<(), KeyError> {
    let bits = bits(n.as_bytes());
    if bits > MAXIMUM_BITS {
        return Err(KeyError::TooLarge { bits });
    }
    let minimum = minimum_bits.max(LEAST_BITS);
    if bits < minimum {
        return Err(KeyError::TooSmall { bits, minimum });
    }
    let odd = |number: &UintRef<'_>| number.as_bytes().last().is_some_and(|last| last % 2 == 1);
    if !(2..=33).contains(&self::bits(e.as_bytes())) || !odd(e) {
        return Err(KeyError::Exponent);
    }
    if odd(n) {
        Ok(())
    } else {
        Err(KeyError::Inconsistent)
    }
}

fn rsa_only(algorithm: &AlgorithmIdentifierRef<'_>) -> Result<(), KeyError> {
    if algorithm.oid == rsa::pkcs1::ALGORITHM_OID {
        return match algorithm.parameters {
            Some(parameters) if !parameters.is_null() => Err(KeyError::Damaged),
            _ => Ok(()),
        };
    }
    let known = OTHERS.iter().find(|(oid, _)| *oid == algorithm.oid);
    let found = known.map_or("of an unknown kind", |(_, name)| name);
    Err(KeyError::NotRsa { found })
}

/// The bits of a number without leading zero bytes.
fn bits(bytes: &[u8]) -> u32 {
    let Some((first, rest)) = bytes.split_first() else {
        return 0;
    };
    let rest = u32::try_from(rest.len()).unwrap_or(u32::MAX);
    rest.saturating_mul(8)
        .saturating_add(u8::BITS - first.leading_zeros())
}

fn number(number: &UintRef<'_>) -> Result<BoxedUint, KeyError> {
    let bytes = number.as_bytes();
    let bits = u32::try_from(bytes.len() * 8).map_err(|_| KeyError::Damaged)?;
    BoxedUint::from_be_slice(bytes, bits).map_err(|_| KeyError::Damaged)
}

/// The caller's source of randomness, for functions that take none that can fail.
///
/// After a failure it goes on with numbers that are not random, so that a search for primes still
/// ends; [`outcome`](Self::outcome) then throws away what was made of them.
struct Recorded<'a, R: TryRng + ?Sized> {
    rng: &'a mut R,
    failure: Option<R::Error>,
    blocks: u64,
}

impl<'a, R: TryRng + ?Sized> Recorded<'a, R> {
    fn new(rng: &'a mut R) -> Self {
        Self {
            rng,
            failure: None,
            blocks: 0,
        }
    }

    fn outcome(self) -> Result<(), RandomError<R::Error>> {
        self.failure
            .map_or(Ok(()), |error| Err(RandomError::Randomness(error)))
    }
}

impl<R: TryRng + ?Sized> TryRng for Recorded<'_, R> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        if self.failure.is_none() {
            self.failure = self.rng.try_fill_bytes(bytes).err();
        }
        if self.failure.is_some() {
            for chunk in bytes.chunks_mut(32) {
                self.blocks = self.blocks.wrapping_add(1);
                let block = Sha256::digest(self.blocks.to_le_bytes());
                for (byte, filler) in chunk.iter_mut().zip(block) {
                    *byte = filler;
                }
            }
        }
        Ok(())
    }
}

impl<R: TryCryptoRng + ?Sized> TryCryptoRng for Recorded<'_, R> {}

/// 74 bytes: a secret of 32, two hashes of 20, and 2. OAEP does not fit into less.
const LEAST_BITS: u32 = 592;

/// Four times what is usual; a decryption takes some 60 times as long as with that.
const MAXIMUM_BITS: u32 = 8192;

/// What people have instead of plain RSA.
const OTHERS: [(ObjectIdentifier, &str); 8] = [
    (oid("1.2.840.10045.2.1"), "elliptic-curve"),
    (oid("1.3.101.112"), "Ed25519"),
    (oid("1.3.101.113"), "Ed448"),
    (oid("1.3.101.110"), "X25519"),
    (oid("1.3.101.111"), "X448"),
    (oid("1.2.840.113549.1.1.10"), "RSA-PSS (signatures only)"),
    (oid("1.2.840.10040.4.1"), "DSA"),
    (oid("1.2.840.113549.1.3.1"), "Diffie-Hellman"),
];

const fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}
