//! The server's side of SRP with the arithmetic of num-bigint and the crate `pbkdf2`, so that a proof
//! is judged by other means than those it was made with; and an account with a password.

use num_bigint::BigUint;
use sha2::{Digest, Sha256, Sha512};
use telegram_passport_tl::{enums, types};

/// One password under one set of parameters, as the server knows it.
#[derive(Clone)]
pub(super) struct Account {
    pub(super) salt1: Vec<u8>,
    pub(super) salt2: Vec<u8>,
    pub(super) g: u32,
    pub(super) p: BigUint,
    pub(super) v: BigUint,
    /// The server's secret number of the next proof.
    pub(super) b: BigUint,
}

impl Account {
    /// The account that a `new_password_hash` makes, with its algorithm.
    pub(super) fn with_verifier(algo: &enums::PasswordKdfAlgo, verifier: &[u8]) -> Self {
        let algo = known(algo);
        Self {
            salt1: algo.salt1.clone(),
            salt2: algo.salt2.clone(),
            g: u32::try_from(algo.g).expect("g is small"),
            p: BigUint::from_bytes_be(&algo.p),
            v: BigUint::from_bytes_be(verifier),
            b: BigUint::from_bytes_be(&[0x5a; 256]),
        }
    }

    pub(super) fn algo(&self) -> enums::PasswordKdfAlgo {
        types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow {
            salt1: self.salt1.clone(),
            salt2: self.salt2.clone(),
            g: i32::try_from(self.g).expect("g is small"),
            p: padded(&self.p),
        }
        .into()
    }

    fn k(&self) -> BigUint {
        let g = padded(&BigUint::from(self.g));
        number(&hash(&[&padded(&self.p), &g]))
    }

    /// k * v + g^b mod p.
    pub(super) fn srp_b(&self) -> BigUint {
        let public = BigUint::from(self.g).modpow(&self.b, &self.p);
        (self.k() * &self.v + public) % &self.p
    }

    /// k * v mod p.
    pub(super) fn kv(&self) -> BigUint {
        self.k() * &self.v % &self.p
    }

    /// Whether this proof shows that the client knows the password.
    pub(super) fn accepts(&self, proof: &types::InputCheckPasswordSrp) -> bool {
        let (p, g) = (padded(&self.p), padded(&BigUint::from(self.g)));
        let srp_b = padded(&self.srp_b());
        assert_eq!(proof.a.len(), 256, "A is padded");
        let a = number(&proof.a);
        let u = number(&hash(&[&proof.a, &srp_b]));
        // (A * v^u)^b
        let s = (&a * self.v.modpow(&u, &self.p)).modpow(&self.b, &self.p);
        let key = hash(&[&padded(&s)]);
        let group: Vec<u8> = (hash(&[&p]).iter().zip(hash(&[&g])))
            .map(|(of_p, of_g)| of_p ^ of_g)
            .collect();
        let salts = [hash(&[&self.salt1]), hash(&[&self.salt2])];
        hash(&[&group, &salts[0], &salts[1], &proof.a, &srp_b, &key]) == proof.m1
    }
}

/// x by the crate `pbkdf2`.
pub(super) fn x(password: &str, salt1: &[u8], salt2: &[u8]) -> BigUint {
    let salted = |data: &[u8], salt: &[u8]| hash(&[salt, data, salt]);
    let ph1 = salted(&salted(password.as_bytes(), salt1), salt2);
    let mut stretched = [0; 64];
    pbkdf2::pbkdf2_hmac::<Sha512>(&ph1, salt1, 100_000, &mut stretched);
    number(&salted(&stretched, salt2))
}

/// The algorithm if it is the one that is known.
pub(super) fn known(
    algo: &enums::PasswordKdfAlgo,
) -> &types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow {
    match algo {
        enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(algo) => algo,
        enums::PasswordKdfAlgo::Unknown => panic!("the algorithm is unknown"),
    }
}

pub(super) fn proof(proof: &enums::InputCheckPasswordSrp) -> &types::InputCheckPasswordSrp {
    match proof {
        enums::InputCheckPasswordSrp::Srp(proof) => proof,
        enums::InputCheckPasswordSrp::InputCheckPasswordEmpty => panic!("no proof"),
    }
}

/// As 256 bytes.
pub(super) fn padded(number: &BigUint) -> Vec<u8> {
    let bytes = number.to_bytes_be();
    [vec![0; 256 - bytes.len()], bytes].concat()
}

pub(super) fn number(bytes: &[u8]) -> BigUint {
    BigUint::from_bytes_be(bytes)
}

pub(super) fn hash(parts: &[&[u8]]) -> Vec<u8> {
    Sha256::digest(parts.concat()).to_vec()
}

pub(super) fn hex(text: &str) -> Vec<u8> {
    let text: Vec<_> = text
        .bytes()
        .filter(|it| !it.is_ascii_whitespace())
        .collect();
    let pairs = text
        .chunks(2)
        .map(|pair| std::str::from_utf8(pair).expect("ASCII"));
    pairs
        .map(|pair| u8::from_str_radix(pair, 16).expect("hexadecimal"))
        .collect()
}

/// Telegram's prime. Source: protocol reference, section 15.2.
pub(super) fn telegrams_prime() -> BigUint {
    number(&hex(TELEGRAMS_PRIME))
}

/// Hexadecimal.
const TELEGRAMS_PRIME: &str = "\
    c71caeb9c6b1c9048e6c522f70f13f73980d40238e3e21c14934d037563d930f \
    48198a0aa7c14058229493d22530f4dbfa336f6e0ac925139543aed44cce7c37 \
    20fd51f69458705ac68cd4fe6b6b13abdc9746512969328454f18faf8c595f64 \
    2477fe96bb2a941d5bcd1d4ac8cc49880708fa9b378e3c4f3a9060bee67cf9a4 \
    a4a695811051907e162753b56b0f6b410dba74d8a84b2a14b3144e0ef1284754 \
    fd17ed950d5965b4b9dd46582db1178d169c6bc465b0d6ff9ca3928fef5b9ae4 \
    e418fc15e83ebea0f87fa9ff5eed70050ded2849f47bf959d956850ce929851f \
    0d8115f635b105ee2e4e15d04b2454bf6f4fadf034b10403119cd8e3b92fcc5b";
