//! What holds for every proof: a server that computes otherwise accepts it, and parameters outside
//! their ranges are refused, each as what it is.

use std::convert::Infallible;
use std::sync::LazyLock;

use aes::cipher::{BlockModeEncrypt, KeyIvInit};
use conformance::seeded::SeededRng;
use conformance::vectors;
use num_bigint::BigUint;
use rand_core::{Rng, TryCryptoRng, TryRng};
use sha2::Sha512;
use telegram_passport::client::Password;
use telegram_passport::client::srp::{
    DrawError, KdfAlgo, PasswordHash, PrimeCache, SecretExponent, SrpError,
};
use telegram_passport::secret::PassportSecret;
use telegram_passport::wrap::{PasswordKdf, wrap_passport_secret};
use telegram_passport_tl::{enums, types};

use super::passport_srp_server::{Account, hash, hex, known, number, padded, telegrams_prime, x};

/// Eight proofs with random numbers on both sides, and one of another password.
#[test]
fn a_server_of_its_own_accepts_the_proof() {
    let (mut account, password_hash) = account();
    let rng = &mut SeededRng::new(0x5290);
    for srp_id in 0..8 {
        let mut b = [0; 256];
        rng.fill_bytes(&mut b);
        account.b = number(&b);
        let srp_b = account.srp_b().to_bytes_be();
        let proof = password_hash.prove(srp_id, &srp_b, rng).expect("sound");
        assert_eq!(proof.srp_id, srp_id);
        assert!(account.accepts(&proof));
        account.v += 1_u32;
        assert!(!account.accepts(&proof), "another verifier");
        account.v -= 1_u32;
    }
}

/// x and v by another implementation, with a text that is not ASCII and salts of odd lengths.
#[test]
fn the_verifier_is_that_of_another_implementation() {
    let (salt1, salt2) = (vec![9; 41], vec![]);
    let algo = KdfAlgo::check(&algo(&telegrams_prime(), 7, &salt1, &salt2)).expect("sound");
    let ours = algo.hash(&Password::from("пароль 🔑")).verifier();
    let theirs = BigUint::from(7_u32).modpow(&x("пароль 🔑", &salt1, &salt2), &telegrams_prime());
    assert_eq!(ours.to_vec(), padded(&theirs));
}

/// Passwords of every kind of length go through PBKDF2 whole: key and iv are its first 48 bytes.
#[test]
fn a_secret_is_wrapped_under_the_key_of_its_password() {
    for (length, salt_length) in [(0, 0), (128, 111), (129, 128), (300, 400)] {
        let (password, salt) = ("p".repeat(length), vec![0x5a; salt_length]);
        let mut key = [0; 64];
        pbkdf2::pbkdf2_hmac::<Sha512>(password.as_bytes(), &salt, 100_000, &mut key);
        let mut expected = SECRET;
        let mut cipher = cbc::Encryptor::<aes::Aes256>::new_from_slices(&key[..32], &key[32..48])
            .expect("the lengths are right");
        for block in expected.chunks_exact_mut(16) {
            cipher.encrypt_block(block.try_into().expect("16 bytes"));
        }
        let secret = PassportSecret::from_slice(&SECRET).expect("its sum is right");
        let wrapped = wrap_passport_secret(&secret, &password, &PasswordKdf::Pbkdf2 { salt });
        assert_eq!(wrapped, expected, "{length} bytes, salt of {salt_length}");
    }
}

/// g is taken exactly if it is one of 2 to 7 and a square modulo p: Euler's criterion says which
/// are. A generator that is none would tell a bit of every exponent.
#[test]
fn generators_are_those_of_the_large_subgroup() {
    let mut taken = Vec::new();
    for p in [
        telegrams_prime(),
        number(&hex(MODP_2048)),
        number(&hex(OTHER_PRIME)),
    ] {
        let half = (&p - 1_u32) / 2_u32;
        for g in -1..=9 {
            let result = KdfAlgo::check(&algo(&p, g, b"salt", b"salt"));
            let square = |g: u32| BigUint::from(g).modpow(&half, &p) == BigUint::from(1_u32);
            match u32::try_from(g) {
                Ok(g @ 2..=7) if square(g) => {
                    assert!(result.is_ok(), "g = {g}");
                    taken.push(g);
                }
                Ok(2..=7) => assert_eq!(result, Err(SrpError::GeneratorResidue), "g = {g}"),
                _ => assert_eq!(result, Err(SrpError::GeneratorRange), "g = {g}"),
            }
        }
    }
    taken.sort_unstable();
    taken.dedup();
    assert_eq!(
        taken,
        [2, 3, 4, 5, 6, 7],
        "every generator is taken somewhere"
    );
}

#[test]
fn only_safe_primes_of_2048_bits_are_taken() {
    let p = telegrams_prime();
    let modp = number(&hex(MODP_2048));
    let one = BigUint::from(1_u32);
    let wrong_length = [
        Vec::new(),
        vec![0; 256],
        p.to_bytes_be()[..255].to_vec(),
        [&[0][..], &padded(&p)].concat(),
        padded(&(&p >> 1)),
        padded(&((&one << 2047) - &one)),
        [&[1][..], &[0; 256]].concat(),
    ];
    for bytes in wrong_length {
        assert_eq!(of_prime(&bytes), Err(SrpError::PrimeLength), "{bytes:02x?}");
    }
    let composite = [
        &p - 2_u32,
        &p + 12_u32,
        (&one << 2048) - &one,
        (&one << 2047) + 11_u32,
        // Of two primes.
        number(&hex(FACTOR)) * number(&hex(OTHER_FACTOR)),
        // A prime p whose (p - 1) / 2 is none.
        number(&hex(PRIME_BUT_NOT_SAFE)),
        // A prime (p - 1) / 2 whose p is none.
        number(&hex(PRIME_HALF_OF_A_COMPOSITE)) * 2_u32 + 1_u32,
    ];
    for number in composite {
        // p mod 3 is of no matter for g = 4.
        let result = of_prime(&padded(&number));
        assert_eq!(result, Err(SrpError::NotSafePrime), "{number:x}");
    }
    assert_eq!(of_prime(&padded(&p)), Ok(()));
    assert_eq!(of_prime(&padded(&modp)), Ok(()));
}

#[test]
fn results_of_primes_are_kept_and_bounded() {
    let primes = PrimeCache::new();
    let modp = hex(MODP_2048);
    for _ in 0..2 {
        assert!(primes.is_safe_prime(&modp));
        assert!(!primes.is_safe_prime(&[0xff; 256]));
        assert!(primes.is_safe_prime(&padded(&telegrams_prime())));
    }
    assert_eq!(primes.len(), 2, "the known one needs no place");
    for other in 0..40 {
        let mut bytes = [0xff; 256];
        bytes[1] = other;
        assert!(!primes.is_safe_prime(&bytes));
    }
    assert_eq!(primes.len(), 16);
    assert!(primes.is_safe_prime(&modp), "found out anew");
    assert_eq!(primes.len(), 16);
}

#[test]
fn an_unknown_algorithm_asks_for_an_update() {
    let error = KdfAlgo::check(&enums::PasswordKdfAlgo::Unknown).expect_err("it is unknown");
    assert_eq!(error, SrpError::UnknownAlgorithm);
    assert!(error.to_string().contains("update the client"));
}

#[test]
fn b_is_between_0_and_p() {
    let (account, password_hash) = account();
    let (p, one) = (&account.p, BigUint::from(1_u32));
    let prove = |srp_b: &[u8]| password_hash.prove_with(0, srp_b, &exponent(5));
    for (bytes, error) in [
        (Vec::new(), SrpError::ServerNumberLength),
        (vec![0xff; 247], SrpError::ServerNumberLength),
        (vec![0xff; 257], SrpError::ServerNumberLength),
        (
            [&[0][..], &padded(&account.srp_b())].concat(),
            SrpError::ServerNumberLength,
        ),
        (vec![0; 256], SrpError::ServerNumberRange),
        (vec![0; 248], SrpError::ServerNumberRange),
        (padded(p), SrpError::ServerNumberRange),
        (padded(&(p + &one)), SrpError::ServerNumberRange),
        (vec![0xff; 256], SrpError::ServerNumberRange),
    ] {
        assert_eq!(prove(&bytes), Err(error), "{bytes:02x?}");
    }
    for b in [one.clone(), p - &one] {
        assert!(prove(&padded(&b)).is_ok());
    }
    assert!(prove(&[0xff; 248]).is_ok());
    assert_eq!(
        prove(&[0xff; 248]),
        prove(&[&[0; 8][..], &[0xff; 248]].concat())
    );
}

/// t = B - k * v has to be between 2^1984 and p - 2^1984.
#[test]
fn the_difference_is_far_from_0_and_p() {
    let (account, password_hash) = account();
    let (p, kv, one) = (&account.p, account.kv(), BigUint::from(1_u32));
    let edge: BigUint = &one << 1984;
    for (t, in_range) in [
        (BigUint::ZERO, false),
        (one.clone(), false),
        (&edge - &one, false),
        (edge.clone(), true),
        (p - &edge, true),
        (p - &edge + &one, false),
        (p - &one, false),
    ] {
        let srp_b = padded(&((&kv + &t) % p));
        let result = password_hash.prove_with(0, &srp_b, &exponent(5));
        match in_range {
            true => assert!(result.is_ok(), "{t:x}"),
            false => assert_eq!(result, Err(SrpError::DifferenceRange), "{t:x}"),
        }
    }
}

/// With a = 1 A would be 3, with a = 0 it would be 1.
#[test]
fn a_is_drawn_again_until_its_power_is_in_range() {
    let (account, password_hash) = account();
    let srp_b = padded(&account.srp_b());
    let good = padded(&number(&hash(&[b"some a"])));
    let mut rng = Given(vec![
        padded(&BigUint::ZERO),
        padded(&BigUint::from(1_u32)),
        good.clone(),
    ]);
    let drawn = password_hash
        .prove(1, &srp_b, &mut rng)
        .expect("the third is good");
    let given = SecretExponent::from_bytes(&good.try_into().expect("256 bytes"));
    assert_eq!(Ok(drawn), password_hash.prove_with(1, &srp_b, &given));

    let mut broken = Given(vec![padded(&BigUint::from(1_u32))]);
    let error = password_hash.prove(1, &srp_b, &mut broken);
    assert_eq!(error, Err(DrawError::Unsuitable));
    let error = password_hash.prove(1, &[0; 256], &mut broken);
    assert_eq!(
        error,
        Err(DrawError::Parameter(SrpError::ServerNumberRange))
    );
}

#[test]
fn a_new_salt_is_the_servers_and_32_random_bytes() {
    let salted = |salt1: &[u8]| {
        let algo = KdfAlgo::check(&algo(&telegrams_prime(), 3, salt1, b"salt2")).expect("sound");
        let algo = algo.with_new_salt(&mut Given(vec![vec![0xa5; 32]]))?;
        Ok::<_, DrawError<Infallible>>(known(&algo.to_tl()).clone())
    };
    let algo = salted(b"8 bytes.").expect("long enough");
    assert_eq!(algo.salt1, [&b"8 bytes."[..], &[0xa5; 32]].concat());
    assert_eq!((algo.salt2, algo.g), (b"salt2".to_vec(), 3));
    assert_eq!(algo.p, padded(&telegrams_prime()));
    let error = salted(b"7 bytes").expect_err("too short");
    assert_eq!(error, DrawError::Parameter(SrpError::SaltTooShort));
}

#[test]
fn nothing_secret_is_printed() {
    let (_, password_hash) = account();
    assert_eq!(format!("{password_hash:?}"), "PasswordHash(..)");
    assert_eq!(format!("{:?}", exponent(5)), "SecretExponent(..)");
    assert_eq!(format!("{:?}", Password::from("hunter2")), "Password(..)");
    assert_eq!(
        format!("{:?}", password_hash.algo()),
        "KdfAlgo { g: 3, .. }"
    );
}

/// The account of a shared vector, whose verifier was computed elsewhere.
fn account() -> (Account, &'static PasswordHash) {
    let account = Account::with_verifier(&ALGO.0, &ALGO.1);
    (account, &HASH)
}

static ALGO: LazyLock<(enums::PasswordKdfAlgo, Vec<u8>)> = LazyLock::new(|| {
    let (_, vector) = vectors::one("srp", 25);
    let field = |name: &str| hex(vector[name].as_str().expect("a text"));
    let algo = algo(&telegrams_prime(), 3, &field("salt1"), &field("salt2"));
    (algo, field("v"))
});

static HASH: LazyLock<PasswordHash> = LazyLock::new(|| {
    let algo = KdfAlgo::check(&ALGO.0).expect("sound");
    algo.hash(&Password::from("new password"))
});

fn algo(p: &BigUint, g: i32, salt1: &[u8], salt2: &[u8]) -> enums::PasswordKdfAlgo {
    types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow {
        salt1: salt1.to_vec(),
        salt2: salt2.to_vec(),
        g,
        p: padded(p),
    }
    .into()
}

/// What is said of these bytes as p.
fn of_prime(bytes: &[u8]) -> Result<(), SrpError> {
    let mut algo = known(&algo(&BigUint::ZERO, 4, b"", b"")).clone();
    algo.p = bytes.to_vec();
    KdfAlgo::check_with(&algo.into(), &PrimeCache::new()).map(|_| ())
}

fn exponent(seed: u64) -> SecretExponent {
    let mut bytes = [0; 256];
    SeededRng::new(seed).fill_bytes(&mut bytes);
    SecretExponent::from_bytes(&bytes)
}

/// Gives these numbers one after the other, and the last one for ever.
struct Given(Vec<Vec<u8>>);

impl TryRng for Given {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        unreachable!("only bytes are drawn")
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        unreachable!("only bytes are drawn")
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        let next = match self.0.len() {
            1 => self.0[0].clone(),
            _ => self.0.remove(0),
        };
        bytes.copy_from_slice(&next);
        Ok(())
    }
}

impl TryCryptoRng for Given {}

/// A secret: the sum of its bytes is 239 modulo 255.
const SECRET: [u8; 32] = {
    let mut secret = [0xff; 32];
    secret[31] = 239;
    secret
};

/// A safe prime: group 14 of RFC 3526.
const MODP_2048: &str = "\
    ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74 \
    020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f1437 \
    4fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed \
    ee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf05 \
    98da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb \
    9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3b \
    e39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf695581718 \
    3995497cea956ae515d2261898fa051015728e5a8aacaa68ffffffffffffffff";

/// A safe prime, by `openssl prime -generate -safe -bits 2048`.
const OTHER_PRIME: &str = "\
    e5ba4d7d791fd7079b09f08e8fd044e7d4749db215342c89ff24866f774ec823 \
    57fc684cb3022886013addccbf57a6c18786d2cfaf2823703bb87486598b261d \
    5279c28e9e060a94c6cdec07837dcb7e3f85a19862836f636cd81a69f8bb32dd \
    eec9f237f6a32c0207a495f9123326f083315ed8c95b39a77a66a0fcc0bdd69b \
    a82885d7f1cd3ee29fd7a0443cd41ec323a7fc1291b9a7581119b722229893b0 \
    c9448f092a0f6c7444ab49dde99f324c3731c2a975307461660ede2e476f957a \
    a2549bcacf51a902639baa185aaae18e1ce5a011f82da2cd9ef6e295896d1888 \
    634dc9c0cfbfcc2a22e3c1a682b23b06fab2e3a525fa7f6f446e53876d2e6af3";

/// A prime of 1024 bits.
const FACTOR: &str = "\
    c7bb64410c32f19e1bbbc6395a65cc5999ef0b946d6c1942e0ff3accdcb524f6 \
    db33568d2f1f3d310706d03f68628ce7874dc432c11aac105462600c09377c25 \
    d5998472161d9b9dfda11d8827c4d43a60be22f072a327b578e1ed170902f61e \
    96516640fa19673cff797b9d4ac9fdfcdfff461798b2bd8d70cdfd15ac7c5065";

/// Another; the product of both is 3 modulo 4 and 2 modulo 3, as a safe prime is.
const OTHER_FACTOR: &str = "\
    c88ef39332a3c191de7a617a8048f7708288d612f103fe117c1591fcfdd3baf4 \
    62895b53bfc59d00833de1233a6a33f590cdedb929a8add727eecc13a49a3f4e \
    c2d251c0b9cbf44617ba0c2bb0603cc94ca9cda1e2490ccd4c2077514a553b91 \
    fdf204ae1239ea16cf7bdf1faa1982d87db89daea17b7754371d7c0bd7199897";

/// A prime of 2048 bits whose half has no small factor.
const PRIME_BUT_NOT_SAFE: &str = "\
    e9b23b67229c171016ac5d2473c0402b166a992b2356bf2ea574dfe7c89d2eb3 \
    43a6af49df481d94c395b1e71dfdf83be4987e183ae48e61f213e6d63df48f22 \
    43ba9f7eaeebcb1e0a74e1a2027f0ad5db3f39ff3167892b9e418706827b6b2a \
    04e63840efb38a5ff4823bcdff1db5bac249f0f4e43c33f1b1538cdc5137ba04 \
    8fadea3fe17e672052acad5f1f7d1107171b2ba424abe7289799a72529f9ed56 \
    30c630cfc1d662df69fcaf49a7346a936c32958427a0cb754d4e4abb2a2e37ef \
    f0f8e9d164ea616f5449fbedf6af547706e76178de2191b440f24dc7ef0aa75a \
    df41b0b7b894ab78a02a1724812f1f901cc61f2913daf95598631517465a6dc3";

/// A prime of 2047 bits; twice it and one more has no small factor.
const PRIME_HALF_OF_A_COMPOSITE: &str = "\
    61a1deb8410aded8f5084575760ee71bfb935cfbbf10556ca4c77713b50fba3f \
    c6ddc50ada2aad3d7d64540a503b7fab063a991d2ca8a13b1c42b3fc2f3ceca7 \
    51881af0f510cfefa1e95d080d0cacece23b7e4c3e158bc5206ff864c6ceb5d7 \
    017ed95e989f365da1d766ebb16527d084487d4f9750744fb6eb3b41c205c645 \
    f2983533e15adde785d71c910c7fbc89e43b5cada9c62b0b2c5a4b7aeb0a5761 \
    b4673e8145da4901cafeb70f1bb2a0c09d33782043c071a07e149d367bc9f420 \
    788b96314ecbf0923846c6efcd916e707a7b8b3798790dc5c24dfb89e9587118 \
    77fa217c2c0f57d79931cf7f77c99de5e313978918f996a144982e6a6716e17d";
