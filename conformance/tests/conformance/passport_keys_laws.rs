//! What holds for every ciphertext and every text, and for the source that handles them.

use std::fs;
use std::path::{Path, PathBuf};

use conformance::random::for_each;
use conformance::seeded::SeededRng;
use proptest::prelude::*;
use telegram_passport::key::{CredentialsKey, KeyError, PrivateKey, PublicKey, Refused};
use telegram_passport::secret::CredentialsSecret;

use super::passport_keys_samples::{SMALL_1024, good, good_der, pem};

#[test]
fn every_changed_bit_of_a_ciphertext_is_refused() {
    let (key, secret, encrypted) = opened();
    assert_eq!(key.open(&encrypted), Ok(secret));
    for bit in 0..8 * encrypted.len() {
        let mut changed = encrypted.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(key.open(&changed), Err(Refused), "bit {bit}");
    }
}

#[test]
fn every_other_length_of_a_ciphertext_is_refused() {
    let (key, _, encrypted) = opened();
    for length in (0..=1024).filter(|&length| length != encrypted.len()) {
        let other: Vec<u8> = encrypted.iter().copied().cycle().take(length).collect();
        assert_eq!(key.open(&other), Err(Refused), "{length}");
        let (cut, rest) = other.split_at(length.min(encrypted.len()));
        let zeros = [&vec![0; rest.len()], cut].concat();
        assert_eq!(key.open(&zeros), Err(Refused), "{length}, zeros first");
    }
}

#[test]
fn random_ciphertexts_are_refused() {
    let (key, _, encrypted) = opened();
    for_each(
        256,
        prop::collection::vec(any::<u8>(), encrypted.len()),
        |bytes| {
            prop_assert_eq!(key.open(&bytes), Err(Refused));
            Ok(())
        },
    );
}

/// A small key, so that many ciphertexts are tried in little time.
fn opened() -> (PrivateKey, CredentialsSecret, Vec<u8>) {
    let key = PrivateKey::from_pem_allowing_small(SMALL_1024, 1024).expect("it is asked for");
    let mut rng = SeededRng::new(11);
    let Ok(secret) = CredentialsSecret::generate(&mut rng);
    let encrypted = key.public_key().encrypt(&mut rng, &secret);
    (key, secret, encrypted.expect("the source does not fail"))
}

/// Pieces of what PEM is made of, in any order: no panic, and no key.
#[test]
fn texts_made_of_pieces_are_refused() {
    let pieces = [
        "-----BEGIN ",
        "-----END ",
        "-----",
        "PRIVATE KEY",
        "RSA PRIVATE KEY",
        "PUBLIC KEY",
        "CERTIFICATE",
        "\n",
        "\r\n",
        "\\n",
        "\\",
        " ",
        "\t",
        "MIIB",
        "AAAA",
        "=",
        "==",
        ":",
        "Proc-Type: 4,ENCRYPTED",
        "ssh-rsa ",
        "\u{feff}",
        "\0",
        "é",
        "0\u{fffd}",
    ];
    let texts = prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..24);
    for_each(4096, texts, |pieces| {
        let text = pieces.concat();
        prop_assert!(sound(PrivateKey::from_pem(&text)));
        prop_assert!(sound(PublicKey::from_pem(&text)));
        Ok(())
    });
}

/// A sound key with a stretch of it replaced, in the text and in the structure.
#[test]
fn spoilt_keys_are_refused() {
    let (text, der) = (good().into_bytes(), good_der());
    let stretch = (
        any::<prop::sample::Index>(),
        0..8usize,
        prop::collection::vec(any::<u8>(), 0..8),
    );
    for_each(512, stretch, |(at, length, with)| {
        let spoil = |bytes: &[u8]| {
            let start = at.index(bytes.len());
            let end = bytes.len().min(start + length);
            [&bytes[..start], &with, &bytes[end..]].concat()
        };
        let changed = spoil(&der);
        if changed != der {
            prop_assert!(sound(PrivateKey::from_pem(pem("PRIVATE KEY", &changed))));
        }
        // White space may come and go; whatever else is read is the same key.
        if let Ok(key) = PrivateKey::from_pem(spoil(&text)) {
            let same = PrivateKey::from_pem(&text).expect("it is sound");
            let (key, same) = (key.to_pem(), same.to_pem());
            prop_assert_eq!(key.as_str(), same.as_str());
        }
        Ok(())
    });
}

#[test]
fn random_bytes_are_no_key() {
    for_each(1024, prop::collection::vec(any::<u8>(), 0..600), |bytes| {
        prop_assert!(sound(PrivateKey::from_pem(&bytes)));
        prop_assert!(sound(PrivateKey::from_pem(pem("RSA PRIVATE KEY", &bytes))));
        prop_assert!(sound(PublicKey::from_pem(pem("PUBLIC KEY", &bytes))));
        Ok(())
    });
}

/// Refused, and not because of a bug.
fn sound<T>(outcome: Result<T, KeyError>) -> bool {
    outcome.is_err_and(|error| error != KeyError::Internal)
}

/// One file uses the crate `rsa`, and it gives randomness for blinding to every decryption.
#[test]
fn rsa_is_in_one_file_and_always_blinded() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../passport/src");
    let mut using = Vec::new();
    for path in sources(&root) {
        let source = fs::read_to_string(&path).expect("a source file is text");
        let mut lines = source.lines().map(str::trim);
        if lines.any(|line| line.starts_with("use rsa::") || line.contains("::rsa::Rsa")) {
            using.push((path, source));
        }
    }
    let [(path, source)] = &using[..] else {
        panic!("{} files use it", using.len());
    };
    assert!(path.ends_with("key/rsa.rs"), "{}", path.display());
    // Comments aside, there is one decryption.
    let code = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let decrypting: Vec<_> = code.filter(|line| line.contains("decrypt")).collect();
    let [line] = &decrypting[..] else {
        panic!("{decrypting:?}");
    };
    assert!(line.contains(".decrypt(Some(&mut SysRng), "), "{line}");
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let paths = entries.map(|entry| entry.expect("the folder can be read").path());
    let found = paths.flat_map(|path| match path.is_dir() {
        true => sources(&path),
        false => vec![path],
    });
    found.collect()
}
