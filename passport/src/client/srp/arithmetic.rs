//! Arithmetic modulo p. No other file names the crate that does it.
//!
//! Powers and products take the same time for all numbers of a length. What is secret is overwritten
//! here when dropped; the table of powers inside an exponentiation is out of reach and is not.

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, ConcatenatingMul, Odd};
use crypto_primes::hazmat::MillerRabin;
use crypto_primes::{Flavor, is_prime};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// A number below 2^2048: 256 bytes, big endian, zeros in front.
pub(super) type Number = [u8; NUMBER_LENGTH];

/// Length of p, A, B and whatever is modulo p, in bytes.
pub(super) const NUMBER_LENGTH: usize = 256;

/// An odd modulus of 2048 bits, made ready.
pub(super) struct Modulus(BoxedMontyParams);

impl Modulus {
    /// `None` if p is even.
    pub(super) fn new(p: &Number) -> Option<Self> {
        Some(Self(BoxedMontyParams::new_vartime(odd(number(p))?)))
    }

    /// g^exponent mod p. The length of the exponent is no secret, and is at most 256 bytes.
    pub(super) fn power_of(&self, g: u32, exponent: &[u8]) -> Zeroizing<Number> {
        let base = BoxedMontyForm::new(unsigned(&g.to_be_bytes(), BITS), &self.0);
        let bits = if exponent.len() > 32 { BITS } else { 256 };
        let exponent = Zeroizing::new(unsigned(exponent, bits));
        bytes(&Zeroizing::new(base.pow_bounded_exp(&exponent, bits)))
    }

    /// B - k * v mod p, where B and v are below p.
    pub(super) fn difference(&self, b: &Number, k: &[u8; 32], v: &Number) -> Zeroizing<Number> {
        let v = Zeroizing::new(BoxedMontyForm::new(number(v), &self.0));
        let k = unsigned(k, BITS);
        let product = Zeroizing::new(v.mul(&BoxedMontyForm::new(k, &self.0)));
        let b = BoxedMontyForm::new(number(b), &self.0);
        bytes(&Zeroizing::new(b.sub(&product)))
    }

    /// t^(a + u * x) mod p, the exponent as it is.
    pub(super) fn shared(
        &self,
        t: &Number,
        a: &Number,
        u: &[u8; 32],
        x: &[u8; 32],
    ) -> Zeroizing<Number> {
        let u = unsigned(u, 256);
        let x = Zeroizing::new(unsigned(x, 256));
        let product = Zeroizing::new(u.concatenating_mul(&*x));
        // One bit more than a has, so that the sum fits.
        let a = Zeroizing::new(unsigned(a, BITS + 1));
        let exponent = Zeroizing::new(a.wrapping_add(&*product));
        let t = Zeroizing::new(BoxedMontyForm::new(number(t), &self.0));
        bytes(&Zeroizing::new(t.pow_bounded_exp(&exponent, BITS + 1)))
    }
}

/// Whether 2^1984 <= n <= p - 2^1984, the range check of MTProto.
pub(super) fn is_in_range(n: &Number, p: &Number) -> bool {
    let (rest, borrow) = number(p).underflowing_sub(&*Zeroizing::new(number(n)));
    let rest = padded(&Zeroizing::new(rest));
    // The 64 highest of the 2048 bits say whether a number is below 2^1984.
    let highest = |number: &Number| number.iter().take(8).fold(0, |all, byte| all | byte);
    !bool::from(borrow) & (highest(n) != 0) & (highest(&rest) != 0)
}

/// Whether 0 < n < p.
pub(super) fn is_below(n: &Number, p: &Number) -> bool {
    // Big endian and of one length, so numbers compare as their bytes do.
    n < p && n.iter().any(|&byte| byte != 0)
}

/// Whether p and (p - 1) / 2 are prime.
///
/// The numbers may have been chosen to deceive. So q = (p - 1) / 2 has to pass, beside the tests of
/// Baillie and Pomerance, 64 rounds of Miller and Rabin's with bases that the hash of p gives: of
/// all bases at most one in four deceives for a composite number, for a chosen p as for any
/// other, so that 2^128 tries are to be expected. If q is prime, then p is by Pocklington's
/// criterion: q is above its root, 2^(p - 1) = 1 mod p as the test with base 2 shows, and
/// 2^2 - 1 = 3 does not divide p.
pub(super) fn is_safe_prime(p: &Number) -> bool {
    let p_number = number(p);
    if remainder(p, 3) == 0 || !is_prime(Flavor::Safe, &p_number) {
        return false;
    }
    let q = p_number.shr(1);
    let Some(odd_q) = odd(q.clone()) else {
        return false;
    };
    let test = MillerRabin::new(odd_q);
    let mut bases = (0_u32..).map(|at| base(p, at)).filter(|base| base < &q);
    bases
        .by_ref()
        .take(ROUNDS)
        .all(|base| test.test(&base).is_probably_prime())
}

/// p mod n, for n below 2^24.
pub(super) fn remainder(p: &Number, n: u32) -> u32 {
    p.iter()
        .fold(0, |rest, &byte| ((rest << 8) | u32::from(byte)) % n)
}

/// The base of that number: 2047 bits that follow from p.
fn base(p: &Number, at: u32) -> BoxedUint {
    let mut bytes = [0; NUMBER_LENGTH];
    let blocks = bytes.chunks_exact_mut(32);
    for (block, count) in blocks.zip(0_u32..) {
        let hash = Sha256::new().chain_update(p).chain_update(at.to_be_bytes());
        block.copy_from_slice(&hash.chain_update(count.to_be_bytes()).finalize());
    }
    bytes[0] &= 0x7f;
    number(&bytes)
}

fn number(bytes: &Number) -> BoxedUint {
    unsigned(bytes, BITS)
}

/// The number in big endian, held in so many bits; there must not be more bytes than fit.
fn unsigned(bytes: &[u8], bits: u32) -> BoxedUint {
    BoxedUint::from_be_slice_truncated(bytes, bits)
}

fn odd(number: BoxedUint) -> Option<Odd<BoxedUint>> {
    number.into_odd().into_option()
}

fn bytes(form: &BoxedMontyForm) -> Zeroizing<Number> {
    padded(&Zeroizing::new(form.retrieve()))
}

/// A number of 2048 bits as bytes.
fn padded(number: &BoxedUint) -> Zeroizing<Number> {
    let bytes = Zeroizing::new(number.to_be_bytes());
    let mut padded = Zeroizing::new([0; NUMBER_LENGTH]);
    for (to, from) in padded.iter_mut().rev().zip(bytes.iter().rev()) {
        *to = *from;
    }
    padded
}

/// The size of p.
const BITS: u32 = 2048;

/// Rounds of the Miller-Rabin test with bases that nobody chose.
const ROUNDS: usize = 64;
