//! What the server says about the password, before and while it is proved.

use std::sync::OnceLock;

use num_bigint::BigUint;
use serde_json::Value;
use sha2::{Digest, Sha256};
use telegram_passport::client::srp::{KdfAlgo, PasswordHash, PrimeCache, SecretExponent, SrpError};
use telegram_passport::client::{Connection, Failure, Password, wait};
use telegram_passport::testing::{Account, SimulatedConnection, Telegram};
use telegram_passport_tl::{Boxed, Decode, Encode, enums, functions, types};

use super::seeds;

/// A byte that says what is done with it, and the bytes of an `account.password`; `secure_random` gives
/// the client's number a.
///
/// An algorithm is refused exactly for what is wrong with it, and comes out as it went in otherwise. Only
/// what passed all other checks is tested for a prime, so that no server can make a client test numbers
/// of any size. Then one of three:
///
/// * B is refused exactly if its length, its range or the distance of B - k * v from 0 and p is wrong.
///   What is answered has A = g^a.
/// * The simulated server, whose arithmetic is another, takes the proof for its own B.
/// * It refuses one with a changed bit.
///
/// PBKDF2 runs twice for all inputs together: its 100 000 rounds are the vectors' business.
pub fn srp_parameters(data: &[u8]) {
    let Some((&how, bytes)) = data.split_first() else {
        return;
    };
    let Ok(Boxed(state)) = Boxed::<types::account::Password>::from_bytes(bytes) else {
        return;
    };
    check_algo(&state.new_algo);
    let Some(has_password) = state.has_password else {
        return;
    };
    if has_password.current_algo != state.new_algo {
        check_algo(&has_password.current_algo);
    }
    let mut a = [0; LENGTH];
    for (to, from) in a.iter_mut().rev().zip(state.secure_random.iter().rev()) {
        *to = *from;
    }
    match how % 4 {
        0 => {}
        1 => answer(has_password.srp_id, &has_password.srp_b, &a),
        2 => assert!(is_taken(&a, None)),
        _ => assert!(!is_taken(&a, Some(how))),
    }
}

/// Source: protocol reference, section 9.3.
fn check_algo(algo: &enums::PasswordKdfAlgo) {
    let enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(sent) = algo
    else {
        return assert_eq!(KdfAlgo::check(algo), Err(SrpError::UnknownAlgorithm));
    };
    let p = BigUint::from_bytes_be(&sent.p);
    let is_safe = safe_primes().contains(&p);
    let new = PrimeCache::new();
    let primes = if is_safe { known_primes() } else { &new };
    let checked = KdfAlgo::check_with(algo, primes);

    let has_length = sent.p.len() == LENGTH && p.bits() == 2048;
    let rest = |n: u32| u32::try_from(&p % n).expect("it is below n");
    let fits = match sent.g {
        2 => rest(8) == 7,
        3 => rest(3) == 2,
        4 => true,
        5 => [1, 4].contains(&rest(5)),
        6 => [19, 23].contains(&rest(24)),
        7 => [3, 5, 6].contains(&rest(7)),
        _ => false,
    };
    let expected = match checked {
        Ok(_) => has_length && fits && (is_safe || looks_safe(&p)),
        Err(SrpError::PrimeLength) => !has_length,
        Err(SrpError::GeneratorRange) => !(2..=7).contains(&sent.g),
        Err(SrpError::GeneratorResidue) => (2..=7).contains(&sent.g) && !fits,
        Err(SrpError::NotSafePrime) => has_length && fits && !is_safe,
        Err(_) => false,
    };
    assert!(expected, "{checked:?}");
    assert_eq!(new.len(), usize::from(has_length && fits && !is_safe));

    if let Ok(checked) = checked {
        assert_eq!(checked.to_tl(), *algo);
        let salted = checked.with_new_salt(&mut crate::seeded::SeededRng::new(1));
        assert_eq!(salted.is_ok(), sent.salt1.len() >= 8);
    }
}

/// Fermat's test to the base 2, of p and of (p - 1) / 2: bytes at random may come to a safe prime.
fn looks_safe(p: &BigUint) -> bool {
    let one = BigUint::from(1_u8);
    let passes = |n: &BigUint| BigUint::from(2_u8).modpow(&(n - 1_u8), n) == one;
    passes(p) && passes(&(p >> 1))
}

/// Proves the one password to a server that sends this B.
fn answer(srp_id: i64, srp_b: &[u8], a: &[u8; LENGTH]) {
    let One { hash, p, kv, .. } = one();
    let proof = hash.prove_with(srp_id, srp_b, &SecretExponent::from_bytes(a));
    let b = BigUint::from_bytes_be(srp_b);
    let error = if !(248..=256).contains(&srp_b.len()) {
        Some(SrpError::ServerNumberLength)
    } else if b == BigUint::ZERO || b >= *p {
        Some(SrpError::ServerNumberRange)
    } else {
        let (difference, edge) = ((b + p - kv) % p, edge());
        (difference < edge || difference > p - edge).then_some(SrpError::DifferenceRange)
    };
    match error {
        Some(error) => assert_eq!(proof, Err(error)),
        None => {
            let proof = proof.expect("nothing is wrong with B");
            let power = BigUint::from(G).modpow(&BigUint::from_bytes_be(a), p);
            assert_eq!((proof.srp_id, proof.a), (srp_id, padded(&power)));
            assert_eq!(proof.m1.len(), 32);
        }
    }
}

/// Whether the simulated server takes a proof of its password, perhaps with one bit changed in it.
fn is_taken(a: &[u8; LENGTH], changed: Option<u8>) -> bool {
    let One { account, hash, .. } = one();
    let connection = account.0.in_world(&account.1.branch()).connection();
    let state = state_of(&connection);
    let state = state.has_password.expect("it was set");
    let a = SecretExponent::from_bytes(a);
    let proof = hash.prove_with(state.srp_id, &state.srp_b, &a);
    let mut proof = proof.expect("the server's B is sound");
    if let Some(changed) = changed {
        proof.m1[usize::from(changed) / 8] ^= 1 << (changed % 8);
    }
    let call = functions::account::GetPasswordSettings {
        password: proof.into(),
    };
    match wait(connection.invoke(&call)) {
        Ok(_) => true,
        Err(Failure::Rpc(error)) => {
            assert_eq!(error.name(), "PASSWORD_HASH_INVALID");
            false
        }
        Err(error) => panic!("{error}"),
    }
}

/// An account with a password, by Telegram's own prime.
struct One {
    account: (Account, Telegram),
    hash: PasswordHash,
    p: BigUint,
    /// k * v mod p.
    kv: BigUint,
}

fn one() -> &'static One {
    static ONE: OnceLock<One> = OnceLock::new();
    ONE.get_or_init(|| {
        let telegram = Telegram::with_seed(1);
        let account = telegram.account("+15550100");
        account.set_password("correct horse");
        let state = state_of(&account.connection());
        let algo = state.has_password.expect("it was set").current_algo;
        let hash = KdfAlgo::check(&algo).expect("it is sound");
        let hash = hash.hash(&Password::from("correct horse"));
        let enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(algo) = algo
        else {
            panic!("the algorithm is known");
        };
        assert_eq!(algo.g, i32::from(G));
        let p = BigUint::from_bytes_be(&algo.p);
        let k = Sha256::new().chain_update(&algo.p);
        let k = k.chain_update(padded(&BigUint::from(G))).finalize();
        let v = BigUint::from_bytes_be(hash.verifier().as_slice());
        One {
            kv: BigUint::from_bytes_be(&k) * v % &p,
            account: (account, telegram),
            hash,
            p,
        }
    })
}

fn state_of(connection: &SimulatedConnection) -> types::account::Password {
    let state = wait(connection.invoke(&functions::account::GetPassword {}));
    let Boxed(state) = state.expect("the server answers");
    state
}

/// Those of the vectors that are valid: to find out takes long, so it is found out once.
fn safe_primes() -> &'static [BigUint] {
    static PRIMES: OnceLock<Vec<BigUint>> = OnceLock::new();
    PRIMES.get_or_init(|| {
        let valid = tests().into_iter().filter(|it| it["result"] == "valid");
        let mut primes: Vec<_> = valid.filter_map(|it| number(&it["p"])).collect();
        primes.sort_unstable();
        primes.dedup();
        primes
    })
}

fn known_primes() -> &'static PrimeCache {
    static PRIMES: PrimeCache = PrimeCache::new();
    &PRIMES
}

/// All vectors, as a server that sends such parameters: to be checked, and to be answered. B at the
/// edges of its range, and some numbers a.
pub(super) fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for test in tests() {
        let Some(state) = state(&test) else {
            continue;
        };
        seeds.push(bytes(0, &state));
        seeds.push(bytes(1, &state));
    }
    let One { account, p, kv, .. } = one();
    let mut state = state_of(&account.0.in_world(&account.1.branch()).connection());
    let edge = edge();
    let one = BigUint::from(1_u8);
    let around_edges = [
        BigUint::ZERO,
        &edge - &one,
        edge.clone(),
        p - &edge,
        p - &edge + &one,
        p - &one,
    ];
    for difference in around_edges {
        state.secure_random = vec![0x5a; LENGTH];
        if let Some(has_password) = &mut state.has_password {
            has_password.srp_b = padded(&((kv + difference) % p));
        }
        seeds.push(bytes(1, &state));
    }
    for a in [vec![], vec![1], vec![0x5a; 255], vec![0xff; LENGTH]] {
        state.secure_random = a;
        seeds.extend([bytes(2, &state), bytes(3, &state), bytes(255, &state)]);
    }
    seeds
}

fn tests() -> Vec<Value> {
    let mut tests = seeds::tests("srp");
    tests.extend(seeds::tests("srp_made"));
    tests
}

/// What a server with the parameters of a vector says.
fn state(test: &Value) -> Option<types::account::Password> {
    let field = |name: &str| seeds::unhex(test[name].as_str()?);
    let algo: enums::PasswordKdfAlgo =
        types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow {
            salt1: field("salt1")?,
            salt2: field("salt2")?,
            g: i32::try_from(test["g"].as_i64()?).ok()?,
            p: field("p")?,
        }
        .into();
    let has_password = types::account::PasswordHasPassword {
        current_algo: algo.clone(),
        srp_b: field("srpB").unwrap_or_default(),
        srp_id: 7,
    };
    Some(types::account::Password {
        has_recovery: false,
        has_secure_values: false,
        has_password: Some(has_password),
        hint: None,
        email_unconfirmed_pattern: None,
        new_algo: algo,
        new_secure_algo: enums::SecurePasswordKdfAlgo::Unknown,
        secure_random: field("a").unwrap_or_default(),
        pending_reset_date: None,
        login_email_pattern: None,
    })
}

fn bytes(how: u8, state: &types::account::Password) -> Vec<u8> {
    let state = Boxed(state.clone()).to_bytes().expect("it is short");
    [vec![how], state].concat()
}

fn number(hex: &Value) -> Option<BigUint> {
    Some(BigUint::from_bytes_be(&seeds::unhex(hex.as_str()?)?))
}

fn padded(number: &BigUint) -> Vec<u8> {
    let bytes = number.to_bytes_be();
    [vec![0; LENGTH.saturating_sub(bytes.len())], bytes].concat()
}

/// 2^1984: numbers nearer to 0 or p are not used.
fn edge() -> BigUint {
    BigUint::from(1_u8) << 1984
}

/// Bytes of every number.
const LENGTH: usize = 256;

/// The simulated server's generator.
const G: u8 = 3;
