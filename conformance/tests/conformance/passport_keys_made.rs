//! Keys that are made here: written and read again, and what becomes of the text of a key.

use std::fmt;
use std::sync::Arc;

use conformance::seeded::SeededRng;
use rand_core::{TryCryptoRng, TryRng};
use telegram_passport::key::{CredentialsKey, PrivateKey, PublicKey, RandomError, Refused};
use telegram_passport::secret::CredentialsSecret;

#[test]
fn a_key_is_the_same_after_writing_and_reading() {
    let Ok(key) = PrivateKey::generate(&mut SeededRng::new(7)) else {
        panic!("the source does not fail");
    };
    assert_eq!(key.public_key().bits(), 2048);
    let again = PrivateKey::from_pem(key.to_pem().as_str()).expect("what was written is read");
    assert_eq!(again.to_pem().as_str(), key.to_pem().as_str());
    assert_eq!(again.public_key(), key.public_key());

    let mut rng = SeededRng::new(8);
    let Ok(secret) = CredentialsSecret::generate(&mut rng);
    let encrypted = key.public_key().encrypt(&mut rng, &secret);
    let encrypted = encrypted.expect("the source does not fail");
    assert_eq!(encrypted.len(), 256);
    for key in [&key, &again] {
        assert_eq!(key.open(&encrypted), Ok(secret.clone()));
        assert_eq!(Box::new(key).open(&encrypted), Ok(secret.clone()));
        assert_eq!(
            (&key as &dyn CredentialsKey).open(&encrypted),
            Ok(secret.clone())
        );
    }
    let other = PrivateKey::generate(&mut SeededRng::new(9)).expect("the source does not fail");
    assert_eq!(other.open(&encrypted), Err(Refused));
    assert_ne!(other.public_key(), key.public_key());
}

#[test]
fn what_is_made_follows_from_the_randomness() {
    let make = || PrivateKey::generate(&mut SeededRng::new(7)).expect("the source does not fail");
    let (first, second) = (make(), make());
    assert_eq!(first.to_pem().as_str(), second.to_pem().as_str());

    let Ok(secret) = CredentialsSecret::generate(&mut SeededRng::new(1));
    let encrypt = |seed| {
        first
            .public_key()
            .encrypt(&mut SeededRng::new(seed), &secret)
    };
    assert_eq!(encrypt(2), encrypt(2));
    assert_ne!(encrypt(2), encrypt(3));
}

/// The text looks as OpenSSL's does.
#[test]
fn lines_have_64_characters() {
    let key = PrivateKey::generate(&mut SeededRng::new(7)).expect("the source does not fail");
    let public = key.public_key();
    for (text, label) in [
        (key.to_pem().as_str(), "PRIVATE KEY"),
        (public.to_pem(), "PUBLIC KEY"),
    ] {
        let body = text.strip_prefix(&format!("-----BEGIN {label}-----\n"));
        let body = body.and_then(|it| it.strip_suffix(&format!("\n-----END {label}-----\n")));
        let lines: Vec<_> = body.expect("the markers are there").split('\n').collect();
        let (last, full) = lines.split_last().expect("there are lines");
        assert!(full.iter().all(|line| line.len() == 64), "{text}");
        assert!((1..=64).contains(&last.len()), "{text}");
    }
    assert_eq!(public.text(), public.to_pem());
}

/// The text of a key as people have it: each is read, and the link carries it as it was given.
#[test]
fn texts_as_people_have_them() {
    let key = PrivateKey::generate(&mut SeededRng::new(7)).expect("the source does not fail");
    let public = key.public_key();
    for (what, change) in FORMS {
        let text = change(key.to_pem().as_str());
        let read = PrivateKey::from_pem(&text).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(read.to_pem().as_str(), key.to_pem().as_str(), "{what}");

        let text = change(public.to_pem());
        let read = PublicKey::from_pem(&text).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(read.fingerprint(), public.fingerprint(), "{what}");
        assert_eq!(read.to_pem(), public.to_pem(), "{what}");
        let kept = match text.contains('\\') {
            true => public.to_pem(),
            false => &text,
        };
        assert_eq!(read.text(), kept, "{what}");
    }
    let both = format!("{}{}", public.to_pem(), key.to_pem().as_str());
    assert_eq!(
        PrivateKey::from_pem(&both)
            .expect("there is one")
            .public_key(),
        public
    );
    assert_eq!(PublicKey::from_pem(&both).expect("there is one"), public);
}

type Change = fn(&str) -> String;

const FORMS: [(&str, Change); 9] = [
    ("as written", str::to_owned),
    ("CR LF", |text| text.replace('\n', "\r\n")),
    ("CR", |text| text.replace('\n', "\r")),
    ("indented", |text| {
        format!("    {}", text.replace('\n', "\n\t  "))
    }),
    ("white space at the ends of lines", |text| {
        text.replace('\n', " \t\n")
    }),
    ("line ends written out", |text| text.replace('\n', "\\n")),
    ("CR LF written out", |text| text.replace('\n', "\\r\\n")),
    ("no line end at the end, a byte order mark", |text| {
        format!("\u{feff}{}", text.trim_end())
    }),
    ("other text around", |text| {
        format!("Bag Attributes: none\n\n{text}\n# the end\n")
    }),
];

/// When randomness fails, nothing is made of what stands in its place.
#[test]
fn failing_randomness_is_an_error() {
    let key = PrivateKey::generate(&mut SeededRng::new(7)).expect("the source does not fail");
    let Ok(secret) = CredentialsSecret::generate(&mut SeededRng::new(1));
    let failing = || Failing {
        rng: SeededRng::new(7),
        left: 0,
    };
    let encrypted = key.public_key().encrypt(&mut failing(), &secret);
    assert_eq!(encrypted, Err(RandomError::Randomness(Failure)));
    for left in [0, 1] {
        let mut rng = Failing { left, ..failing() };
        match PrivateKey::generate(&mut rng) {
            Err(error) => {
                assert_eq!(error, RandomError::Randomness(Failure));
                assert_eq!(error.to_string(), "the source of randomness failed");
            }
            Ok(_) => panic!("a key was made without randomness, after {left} calls"),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Failure;

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no more")
    }
}

impl std::error::Error for Failure {}

/// Randomness for so many calls.
struct Failing {
    rng: SeededRng,
    left: usize,
}

impl TryRng for Failing {
    type Error = Failure;

    fn try_next_u32(&mut self) -> Result<u32, Failure> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Failure> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Failure> {
        self.left = self.left.checked_sub(1).ok_or(Failure)?;
        let Ok(()) = self.rng.try_fill_bytes(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Failing {}

/// A service opens what comes on many threads with one key.
#[test]
fn keys_are_shared_between_threads() {
    let key = PrivateKey::generate(&mut SeededRng::new(7)).expect("the source does not fail");
    let Ok(secret) = CredentialsSecret::generate(&mut SeededRng::new(1));
    let encrypted = key.public_key().encrypt(&mut SeededRng::new(2), &secret);
    let encrypted = encrypted.expect("the source does not fail");
    let keys: Vec<Arc<dyn CredentialsKey + Send + Sync>> = vec![
        #[cfg(feature = "aws-lc-rs")]
        Arc::new(telegram_passport::key::AwsLcKey::new(&key).expect("it is sound")),
        Arc::new(key),
    ];
    std::thread::scope(|scope| {
        for key in keys.iter().chain(&keys) {
            scope.spawn(|| assert_eq!(key.open(&encrypted), Ok(secret.clone())));
        }
    });
}

#[test]
fn private_keys_show_nothing() {
    let key = PrivateKey::generate(&mut SeededRng::new(7)).expect("the source does not fail");
    assert_eq!(format!("{key:?} {key:#?}"), "PrivateKey(..) PrivateKey(..)");
    assert_eq!(format!("{:?}", key.to_pem()), "PrivateKeyPem(..)");
    let public = key.public_key();
    let fingerprint = public.fingerprint().to_string();
    assert_eq!(fingerprint.len(), 64);
    assert_eq!(format!("{public:?}"), format!("PublicKey({fingerprint})"));
}
