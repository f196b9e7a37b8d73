//! The RSA step: whether the time of a refusal tells what was wrong.

use std::error::Error;
use std::hint::black_box;
use std::rc::Rc;

use base64ct::{Base64, Encoding};
use getrandom::SysRng;
use num_bigint::BigUint;
use rsa::RsaPrivateKey;
use rsa::pkcs8::DecodePrivateKey;
use rsa::traits::PublicKeyParts;
use serde_json::Value;
use sha1::{Digest, Sha1};
use telegram_passport::bot_api;
#[cfg(feature = "aws-lc-rs")]
use telegram_passport::key::AwsLcKey;
use telegram_passport::key::{CredentialsKey, PrivateKey};
use telegram_passport::nonce::Nonce;
use telegram_passport::secret::CredentialsSecret;

use super::measure::{Subject, random};

/// Each key with each pair of flaws, and the whole of a message.
pub(crate) fn subjects() -> Result<Vec<Subject>, Box<dyn Error>> {
    let maker = Rc::new(Maker::new()?);
    let mut subjects = Vec::new();
    for pair in PAIRS {
        subjects.push(subject(&maker, "`PrivateKey::open`", maker.key()?, pair));
    }
    #[cfg(feature = "aws-lc-rs")]
    for pair in PAIRS {
        let key = AwsLcKey::new(&maker.key()?)?;
        subjects.push(subject(&maker, "`AwsLcKey::open`", key, pair));
    }
    subjects.push(message(&maker)?);
    Ok(subjects)
}

/// The same class twice: nothing is to be seen.
pub(crate) fn same_class() -> Result<Subject, Box<dyn Error>> {
    let maker = Rc::new(Maker::new()?);
    let (what, pair) = ("control: `PrivateKey::open`", [Flaw::LabelHash; 2]);
    Ok(Subject {
        classes: ["wrong label hash", "the same again"],
        ..subject(&maker, what, maker.key()?, pair)
    })
}

/// What is wrong with a message that a service is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flaw {
    /// Nothing.
    None,
    /// The first byte of the encoded message is not zero: Manger's oracle.
    FirstByte,
    /// The hash of the label is a random one.
    LabelHash,
    /// There are only zeros behind the hash.
    NoSeparator,
    /// Among the zeros there is a byte that is neither 0 nor 1.
    PaddingByte,
    /// The padding is good, the sum of the secret is not.
    Checksum,
    /// The padding is good, the secret too short by a byte.
    Length,
}

impl Flaw {
    const fn describe(self) -> &'static str {
        match self {
            Self::None => "valid",
            Self::FirstByte => "first byte not zero",
            Self::LabelHash => "wrong label hash",
            Self::NoSeparator => "no separator",
            Self::PaddingByte => "wrong padding byte",
            Self::Checksum => "wrong checksum",
            Self::Length => "31 bytes",
        }
    }
}

/// The first three are the padding's, which must not be told apart. The others differ in what is
/// done after it, and are told for completeness.
const PAIRS: [[Flaw; 2]; 6] = [
    [Flaw::FirstByte, Flaw::LabelHash],
    [Flaw::NoSeparator, Flaw::LabelHash],
    [Flaw::PaddingByte, Flaw::FirstByte],
    [Flaw::Checksum, Flaw::LabelHash],
    [Flaw::Length, Flaw::LabelHash],
    [Flaw::None, Flaw::LabelHash],
];

fn subject<K>(maker: &Rc<Maker>, what: &str, key: K, pair: [Flaw; 2]) -> Subject
where
    K: CredentialsKey + 'static,
{
    for flaw in pair {
        let opened = key.open(&maker.encrypted(flaw));
        assert_eq!(opened.is_ok(), flaw == Flaw::None, "{}", flaw.describe());
    }
    let maker = Rc::clone(maker);
    Subject {
        name: what.to_owned(),
        classes: pair.map(Flaw::describe),
        make: Box::new(move |is_second| maker.encrypted(pair[usize::from(is_second)])),
        run: Box::new(move |input| {
            // What is opened is overwritten before the clock stops, as with every caller.
            let _ = black_box(key.open(input));
        }),
    }
}

/// A whole message whose RSA step is refused, and one whose secret is that of another.
fn message(maker: &Rc<Maker>) -> Result<Subject, Box<dyn Error>> {
    let key = maker.key()?;
    let file: Value = serde_json::from_str(MESSAGES)?;
    let vectors = file["testGroups"][0]["tests"].as_array();
    let vector = vectors
        .into_iter()
        .flatten()
        .find(|it| it["result"] == "valid");
    let vector = vector.ok_or("messages.json has no valid message")?;
    let nonce = vector["expectedNonce"]
        .as_str()
        .ok_or("there is no nonce")?;
    let nonce = Nonce::from_text(nonce)?;
    let data = vector["passportData"].clone();
    let text = move |maker: &Maker, flaw| {
        let mut data = data.clone();
        data["credentials"]["secret"] = Base64::encode_string(&maker.encrypted(flaw)).into();
        data.to_string().into_bytes()
    };
    let maker = Rc::clone(maker);
    Ok(Subject {
        name: "`PassportData::open`".to_owned(),
        classes: ["RSA refuses", "secret of another message"],
        make: Box::new(move |is_second| {
            text(
                &maker,
                if is_second {
                    Flaw::None
                } else {
                    Flaw::LabelHash
                },
            )
        }),
        run: Box::new(move |input| {
            let data = bot_api::read_passport_data(input);
            let opened = data.map(|data| data.open(&key, &nonce));
            assert!(matches!(black_box(opened), Ok(Err(_))), "it is opened");
        }),
    })
}

/// Makes ciphertexts whose flaws are known. There is no other way than by the plain arithmetic.
struct Maker {
    pem: String,
    modulus: BigUint,
    exponent: BigUint,
}

impl Maker {
    /// With the key of the vectors.
    fn new() -> Result<Self, Box<dyn Error>> {
        let file: Value = serde_json::from_str(MESSAGES)?;
        let pem = file["testGroups"][0]["privateKeyPem"].as_str();
        let pem = pem.ok_or("there is no key")?.to_owned();
        let lines = pem.lines().filter(|line| !line.starts_with('-'));
        let der = Base64::decode_vec(&lines.collect::<String>())?;
        let key = RsaPrivateKey::from_pkcs8_der(&der)?;
        Ok(Self {
            pem,
            modulus: BigUint::from_bytes_be(&key.n().to_be_bytes()),
            exponent: BigUint::from_bytes_be(&key.e().to_be_bytes()),
        })
    }

    fn key(&self) -> Result<PrivateKey, Box<dyn Error>> {
        Ok(PrivateKey::from_pem(&self.pem)?)
    }

    /// RSAES-OAEP with SHA-1 of a new secret by RFC 8017, section 7.1.1, but for the flaw.
    fn encrypted(&self, flaw: Flaw) -> Vec<u8> {
        let encoded = BigUint::from_bytes_be(&encoded(flaw));
        let encrypted = encoded.modpow(&self.exponent, &self.modulus).to_bytes_be();
        let mut filled = vec![0; KEY_LENGTH - encrypted.len()];
        filled.extend(encrypted);
        filled
    }
}

/// The encoded message.
fn encoded(flaw: Flaw) -> [u8; KEY_LENGTH] {
    let secret = CredentialsSecret::generate(&mut SysRng).expect("the system has randomness");
    let mut message = secret.expose().to_vec();
    match flaw {
        Flaw::Checksum => message[7] ^= 1,
        Flaw::Length => message.truncate(31),
        _ => {}
    }
    let mut encoded = [0; KEY_LENGTH];
    let (seed, block) = encoded[1..].split_at_mut(HASH_LENGTH);
    seed.copy_from_slice(&random::<HASH_LENGTH>());
    match flaw {
        Flaw::LabelHash => block[..HASH_LENGTH].copy_from_slice(&random::<HASH_LENGTH>()),
        _ => block[..HASH_LENGTH].copy_from_slice(&Sha1::digest(b"")),
    }
    if flaw != Flaw::NoSeparator {
        let at = block.len() - message.len();
        block[at - 1] = 1;
        block[at..].copy_from_slice(&message);
    }
    if flaw == Flaw::PaddingByte {
        let [at, byte] = random();
        block[HASH_LENGTH + usize::from(at) % 180] = byte | 2;
    }
    mask(block, seed);
    mask(seed, block);
    if flaw == Flaw::FirstByte {
        // Below the first byte of the modulus.
        let [byte] = random();
        encoded[0] = byte % 0x7f + 1;
    }
    encoded
}

/// MGF1 with SHA-1.
fn mask(bytes: &mut [u8], seed: &[u8]) {
    for (number, chunk) in (0_u32..).zip(bytes.chunks_mut(HASH_LENGTH)) {
        let mask = Sha1::new()
            .chain_update(seed)
            .chain_update(number.to_be_bytes())
            .finalize();
        for (byte, mask) in chunk.iter_mut().zip(mask) {
            *byte ^= mask;
        }
    }
}

const MESSAGES: &str = include_str!("../../../vectors/messages.json");

/// 2048 bits.
const KEY_LENGTH: usize = 256;

/// SHA-1.
const HASH_LENGTH: usize = 20;
