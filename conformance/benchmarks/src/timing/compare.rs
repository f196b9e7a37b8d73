//! What is compared and decoded in constant time.

use std::error::Error;
use std::hint::black_box;

use base64ct::{Base64, Encoding};
use getrandom::SysRng;
use telegram_passport::hash::FileHash;
use telegram_passport::secret::ValueSecret;

use super::measure::{Make, Subject, random};

/// Hashes, secrets, and their base64.
pub(crate) fn subjects() -> Result<Vec<Subject>, Box<dyn Error>> {
    let hashes = |classes, make| Subject {
        name: "`FileHash`, `==`".to_owned(),
        classes,
        make,
        run: Box::new(|input| {
            let (one, other) = input.split_at(32);
            let hash = |bytes| FileHash::from_slice(bytes).expect("it has 32 bytes");
            let (one, other) = (hash(one), hash(other));
            for _ in 0..REPEAT {
                black_box(black_box(&one) == black_box(&other));
            }
        }),
    };
    let secrets = Subject {
        name: "`ValueSecret`, `==`".to_owned(),
        classes: ["differ in bytes 0 and 1", "in bytes 30 and 31"],
        make: Box::new(|is_second| {
            let one = secret();
            let mut other = one;
            // The sum stays, so that it still is a secret.
            let at = if is_second { 30 } else { 0 };
            other.swap(at, at + 1);
            [one, other].concat()
        }),
        run: Box::new(|input| {
            let (one, other) = input.split_at(32);
            let secret = |bytes| ValueSecret::from_slice(bytes).expect("the sum is right");
            let (one, other) = (secret(one), secret(other));
            for _ in 0..REPEAT {
                black_box(black_box(&one) == black_box(&other));
            }
        }),
    };
    let checksum = Subject {
        name: "`ValueSecret::from_slice`".to_owned(),
        classes: ["many ones in it", "few"],
        make: Box::new(|is_second| sum_239(if is_second { 0x01 } else { 0xfe }).to_vec()),
        run: Box::new(|input| {
            for _ in 0..REPEAT {
                black_box(ValueSecret::from_slice(black_box(input)).is_ok());
            }
        }),
    };
    Ok(vec![
        hashes(["equal", "differ in the first byte"], pair(None, Some(0))),
        hashes(
            ["differ in the first byte", "in the last byte"],
            pair(Some(0), Some(31)),
        ),
        secrets,
        checksum,
        base64(["random", "all zero"], |is_second| match is_second {
            true => [0; 32],
            false => random(),
        }),
        base64(["all zero", "all ones"], |is_second| match is_second {
            true => [0xff; 32],
            false => [0; 32],
        }),
    ])
}

/// Decodes 32 bytes, such as a secret of the credentials.
fn base64(classes: [&'static str; 2], bytes: fn(bool) -> [u8; 32]) -> Subject {
    Subject {
        name: "base64 of 32 bytes, decoded".to_owned(),
        classes,
        make: Box::new(move |is_second| Base64::encode_string(&bytes(is_second)).into_bytes()),
        run: Box::new(|input| {
            let mut bytes = [0; 32];
            for _ in 0..REPEAT {
                let _ = black_box(Base64::decode(black_box(input), &mut bytes));
            }
        }),
    }
}

/// Random bytes twice, with a random change at a place of the class.
fn pair(first: Option<usize>, second: Option<usize>) -> Make {
    Box::new(move |is_second| {
        let one: [u8; 32] = random();
        let mut other = one;
        if let Some(at) = if is_second { second } else { first } {
            let [change] = random();
            other[at] ^= change | 1;
        }
        [one, other].concat()
    })
}

/// A secret with two unlike bytes at each end.
fn secret() -> [u8; 32] {
    loop {
        let secret = ValueSecret::generate(&mut SysRng).expect("the system has randomness");
        let bytes = *secret.expose();
        if bytes[0] != bytes[1] && bytes[30] != bytes[31] {
            return bytes;
        }
    }
}

/// The same byte again and again, but for the last ones, which make it a secret.
fn sum_239(byte: u8) -> [u8; 32] {
    let mut bytes = [byte; 32];
    let rest: u32 = bytes[..31].iter().map(|&byte| u32::from(byte)).sum();
    bytes[31] = ((239 + 255 - rest % 255) % 255) as u8;
    bytes
}

/// Operations of one sample: one alone is too short for the clock.
const REPEAT: usize = 32;
