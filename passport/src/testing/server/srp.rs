//! The server's half of SRP, by arithmetic that has nothing in common with the client's: plain big
//! integers, neither constant in time nor careful with secrets. For tests alone.
//!
//! Source: protocol reference, sections 9.2 to 9.4; the prime is the one of 15.2.

use num_bigint::BigUint;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::kdf::pbkdf2_hmac_sha512;

/// The prime, 256 bytes.
pub(in crate::testing) fn prime() -> BigUint {
    BigUint::parse_bytes(PRIME.as_bytes(), 16).unwrap_or_default()
}

/// `pad(n)`: 256 bytes, big endian, zeros on the left.
pub(in crate::testing) fn pad(number: &BigUint) -> Vec<u8> {
    let bytes = number.to_bytes_be();
    let mut padded = vec![0; LENGTH.saturating_sub(bytes.len())];
    padded.extend(bytes);
    padded
}

/// The verifier of a password: what a client sends as `new_password_hash`.
pub(in crate::testing) fn verifier(password: &str, salt1: &[u8], salt2: &[u8]) -> BigUint {
    let salted = |data: &[u8], salt: &[u8]| hash(&[salt, data, salt]);
    let ph1 = salted(&salted(password.as_bytes(), salt1), salt2);
    let stretched = pbkdf2_hmac_sha512(&ph1, salt1);
    let x = BigUint::from_bytes_be(&salted(stretched.as_slice(), salt2));
    generator().modpow(&x, &prime())
}

/// `B` for a verifier and the server's secret number.
pub(in crate::testing) fn public(verifier: &BigUint, secret: &BigUint) -> BigUint {
    let prime = prime();
    (multiplier(&prime) * verifier + generator().modpow(secret, &prime)) % prime
}

/// What a proof is checked against.
pub(in crate::testing) struct Expected<'a> {
    pub(in crate::testing) verifier: &'a BigUint,
    pub(in crate::testing) salt1: &'a [u8],
    pub(in crate::testing) salt2: &'a [u8],
    /// The server's secret number of this exchange.
    pub(in crate::testing) secret: &'a BigUint,
}

/// Whether `A` and `M1` prove the password.
///
/// `S` is computed here as `(A * v^u)^b`, where the client takes `(B - k*v)^(a + u*x)`.
pub(in crate::testing) fn proves(expected: &Expected<'_>, a: &[u8], m1: &[u8]) -> bool {
    let prime = prime();
    let number = BigUint::from_bytes_be(a);
    if a.len() != LENGTH || number == BigUint::ZERO || number >= prime {
        return false;
    }
    let b = public(expected.verifier, expected.secret);
    let u = BigUint::from_bytes_be(&hash(&[a, &pad(&b)]));
    let base = number * expected.verifier.modpow(&u, &prime) % &prime;
    let key = hash(&[&pad(&base.modpow(expected.secret, &prime))]);
    let hash_p = hash(&[&pad(&prime)]);
    let hash_g = hash(&[&pad(&generator())]);
    let mixed: Vec<u8> = hash_p.iter().zip(hash_g).map(|(p, g)| p ^ g).collect();
    let own = hash(&[
        &mixed,
        &hash(&[expected.salt1]),
        &hash(&[expected.salt2]),
        a,
        &pad(&b),
        &key,
    ]);
    own.ct_eq(m1).into()
}

fn generator() -> BigUint {
    BigUint::from(GENERATOR)
}

/// `k`
fn multiplier(prime: &BigUint) -> BigUint {
    BigUint::from_bytes_be(&hash(&[&pad(prime), &pad(&generator())]))
}

fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

/// Bytes of every number.
pub(in crate::testing) const LENGTH: usize = 256;

/// `g`
pub(in crate::testing) const GENERATOR: u8 = 3;

const PRIME: &str = "\
    c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f\
    48198a0aa7c14058229493d22530f4dbfa336f6e0ac925139543aed44cce7c37\
    20fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64\
    2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4\
    a4a695811051907e162753b56b0f6b410dba74d8a84b2a14b3144e0ef1284754\
    fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4\
    e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f\
    0d8115f635b105ee2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b";

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        BigUint::parse_bytes(hex.as_bytes(), 16)
            .expect("hexadecimal")
            .to_bytes_be()
    }

    /// Source: protocol reference, section 15.2, vector C.
    #[test]
    fn the_verifier_of_the_reference() {
        let salt1 = bytes(
            "9b3accc457c0d5288e8cff31eb21094048bc11902f6614dbb9afb839ee7641c37619537d8ebe749e\
             29afd26df40fb8ed10b6b4ad6d56ef5df9453f88e6ee6adb6e0544ba635dc6a8",
        );
        let salt2 = bytes("6c619bb0786dc4ed1bf211d23f6e4065");
        let verifier = pad(&verifier("123qwe", &salt1, &salt2));
        assert_eq!(verifier[..16], bytes("2540539ceeffd4543cd845bf319b8392"));
        assert_eq!(verifier[240..], bytes("eebdae890c167459449b2c205b3ecde4"));
    }

    #[test]
    fn the_prime_is_whole() {
        assert_eq!(prime().bits(), 2048);
        assert_eq!(prime() % 3_u8, BigUint::from(2_u8));
    }
}
