//! The password check: what the user's secret exponent and password do to its time.

use std::error::Error;
use std::hint::black_box;

use serde_json::Value;
use telegram_passport::client::Password;
use telegram_passport::client::srp::{KdfAlgo, SecretExponent};
use telegram_passport::tl::types;

use super::measure::{Subject, random};

/// The arithmetic, by the secret a, and by the password.
pub(crate) fn subjects() -> Result<Vec<Subject>, Box<dyn Error>> {
    let file: Value = serde_json::from_str(VECTORS)?;
    let vector = &file["testGroups"][0]["tests"][0];
    let bytes = |name: &str| hex(vector[name].as_str().unwrap_or_default());
    let algo = types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow {
        salt1: bytes("salt1")?,
        salt2: bytes("salt2")?,
        g: 3,
        p: bytes("p")?,
    };
    let algo = KdfAlgo::check(&algo.into())?;
    let hash = move |text: &str| algo.hash(&Password::new(text.to_owned()));
    let (one, b) = (hash("correct horse"), bytes("srpB")?);
    let exponent = Subject {
        name: "`PasswordHash::prove_with`".to_owned(),
        classes: ["a of 2048 random bits", "a of 256 bits"],
        make: Box::new(|is_second| {
            let mut a: [u8; 256] = random();
            if is_second {
                a[..224].fill(0);
            }
            a.to_vec()
        }),
        run: Box::new(move |input| {
            let a = input.try_into().expect("it has 256 bytes");
            let _ = black_box(one.prove_with(1, &b, &SecretExponent::from_bytes(a)));
        }),
    };
    let hashes: Vec<_> = (0..=OTHERS).map(|it| hash(&format!("p{it:03}"))).collect();
    let verifier = Subject {
        name: "`PasswordHash::verifier`".to_owned(),
        classes: ["one password", "15 others"],
        make: Box::new(|is_second| {
            let [other] = random();
            vec![if is_second { other % OTHERS + 1 } else { 0 }]
        }),
        run: Box::new(move |input| {
            if let Some(hash) = input.first().and_then(|&at| hashes.get(usize::from(at))) {
                black_box(hash.verifier());
            }
        }),
    };
    Ok(vec![exponent, verifier])
}

fn hex(text: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let pairs = (0..text.len()).step_by(2).map(|at| text.get(at..at + 2));
    pairs
        .map(|pair| Ok(u8::from_str_radix(pair.ok_or("half a byte")?, 16)?))
        .collect()
}

const OTHERS: u8 = 15;

const VECTORS: &str = include_str!("../../../vectors/srp.json");
