//! What is no key, or none that is taken: each refused for what it is, quickly, without a panic.

use base64ct::{Base64, Encoding};
use telegram_passport::key::{CredentialsKey, KeyError, PrivateKey, PublicKey};

use super::passport_keys_samples::*;
use super::snapshots::snapshot;

/// Every error that a text can meet, with its hint, and no error without a text that meets it.
#[test]
fn every_error_is_shown() {
    let mut shown = String::new();
    for (what, text) in private_texts() {
        let error = PrivateKey::from_pem(&text).expect_err(&what);
        shown += &entry("private", &what, error);
    }
    for (what, text) in public_texts() {
        let error = PublicKey::from_pem(&text).expect_err(&what);
        shown += &entry("public", &what, error);
    }
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/../passport/src/key/error.rs");
    let source = std::fs::read_to_string(source).expect("the source can be read");
    let (_, variants) = source
        .split_once("pub enum KeyError {")
        .expect("it is there");
    let (variants, _) = variants.split_once("\n}\n").expect("it ends");
    let names = variants.lines().filter_map(|line| {
        let name = line.strip_prefix("    ")?.split([',', ' ']).next()?;
        name.starts_with(char::is_uppercase).then_some(name)
    });
    let names: Vec<_> = names.collect();
    assert!(names.len() > 20, "{names:?}");
    for name in names {
        // No key is known that is read but cannot be written.
        let met = shown.contains(&format!("\n{name}")) || name == "Internal";
        assert!(met, "no text meets {name}");
    }
    snapshot("passport", "key_errors", &shown);
}

fn entry(wanted: &str, what: &str, error: KeyError) -> String {
    let hint = error.hint().unwrap_or("(none)");
    format!("{wanted} key from {what}\n{error:?}\nerror: {error}\nhint: {hint}\n\n")
}

fn private_texts() -> Vec<(String, Vec<u8>)> {
    let n = |bits: usize| vec![0xff; bits / 8];
    let small = [3, 5, 7, 11, 13, 17].map(|number| vec![number]);
    let key = |n: Vec<u8>, e: &[u8]| {
        let rest: Vec<&[u8]> = small.iter().map(Vec::as_slice).collect();
        pkcs1(&[&[&n, e], &*rest].concat())
    };
    let e: &[u8] = &[1, 0, 1];
    let good = good();
    let of = |label, der: &[u8]| pem(label, der).into_bytes();
    let oid = |oid: &[u8]| {
        let algorithm = sequence(&[der(6, oid)]);
        of(
            "PRIVATE KEY",
            &sequence(&[integer(&[0]), algorithm, der(4, &[4, 0])]),
        )
    };
    let mut texts: Vec<(&str, Vec<u8>)> = vec![
        ("nothing", vec![]),
        ("white space", b" \r\n\t\n".to_vec()),
        ("64 KiB of A", vec![b'A'; 64 * 1024]),
        ("64 KiB and a byte", vec![b'A'; 64 * 1024 + 1]),
        ("16 MiB", vec![b'-'; 16 << 20]),
        ("DER", good_der()),
        ("DER that was read as text", "0\u{fffd}\u{4}".into()),
        ("random bytes", vec![0x80, 0xfe, 0xff, 0x30]),
        ("UTF-16", b"-\0-\0-\0-\0-\0B\0E\0G\0I\0N\0".to_vec()),
        (
            "base64 without markers",
            Base64::encode_string(&good_der()).into(),
        ),
        (
            "a key without its last line",
            good[..good.len() - 30].into(),
        ),
        ("a begin line alone", "-----BEGIN PRIVATE KEY-----\n".into()),
        ("a begin line cut off", "-----BEGIN PRIV".into()),
        (
            "an end line of another label",
            good.replace("END RSA", "END").into(),
        ),
        (
            "a key inside of a key",
            format!("-----BEGIN PRIVATE KEY-----\n{good}").into(),
        ),
        (
            "a begin line twice",
            format!("-----BEGIN RSA PRIVATE KEY-----\n{good}").into(),
        ),
        ("two keys", format!("{good}{good}").into()),
        (
            "a letter that is not base64",
            good.replacen("MII", "M*I", 1).into(),
        ),
        (
            "base64 without its padding",
            good.replace("==\n", "\n").into(),
        ),
        (
            "empty base64",
            "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----".into(),
        ),
        (
            "a structure cut off",
            of("RSA PRIVATE KEY", &good_der()[..600]),
        ),
        (
            "a byte behind the structure",
            of("RSA PRIVATE KEY", &[good_der(), vec![0]].concat()),
        ),
        ("text of another kind", of("PGP PRIVATE KEY BLOCK", b"abc")),
        ("encrypted PKCS#8", of("ENCRYPTED PRIVATE KEY", b"abc")),
        ("encrypted PKCS#1", ENCRYPTED_PKCS1.into()),
        ("OpenSSH", of("OPENSSH PRIVATE KEY", b"openssh-key-v1")),
        ("a certificate", of("CERTIFICATE", b"abc")),
        ("a certificate request", of("CERTIFICATE REQUEST", b"abc")),
        ("a public key", of("PUBLIC KEY", b"abc")),
        ("a PKCS#1 public key", of("RSA PUBLIC KEY", b"abc")),
        ("elliptic curve, PKCS#8", EC.into()),
        ("elliptic curve, SEC1", EC_SEC1.into()),
        ("Ed25519", ED25519.into()),
        ("DSA", of("DSA PRIVATE KEY", b"abc")),
        ("RSA-PSS", oid(b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a")),
        ("an algorithm that nobody knows", oid(b"\x2a\x03\x04")),
        ("1024 bits", of("RSA PRIVATE KEY", &key(n(1024), e))),
        ("2040 bits", of("RSA PRIVATE KEY", &key(n(2040), e))),
        ("8200 bits", of("RSA PRIVATE KEY", &key(n(8200), e))),
        ("16384 bits", of("RSA PRIVATE KEY", &key(n(16384), e))),
        (
            "an enormous exponent",
            of("RSA PRIVATE KEY", &key(n(2048), &n(2040))),
        ),
        (
            "an exponent of 34 bits",
            of("RSA PRIVATE KEY", &key(n(2048), &[2, 0, 0, 0, 1])),
        ),
        ("the exponent 1", of("RSA PRIVATE KEY", &key(n(2048), &[1]))),
        ("the exponent 0", of("RSA PRIVATE KEY", &key(n(2048), &[0]))),
        (
            "an even exponent",
            of("RSA PRIVATE KEY", &key(n(2048), &[1, 0, 0])),
        ),
        (
            "numbers of other keys",
            of("RSA PRIVATE KEY", &key(n(2048), e)),
        ),
        (
            "an even modulus",
            of("RSA PRIVATE KEY", &key([n(2040), vec![2]].concat(), e)),
        ),
    ];
    let mut three = sequence(&[integer(&[1]), integer(&n(2048)), integer(e)]);
    let more: Vec<_> = small.iter().map(|number| integer(number)).collect();
    let info = sequence(&[sequence(&[integer(&[3]), integer(&[5]), integer(&[7])])]);
    three = sequence(&[three[4..].to_vec(), more.concat(), info]);
    texts.push(("three primes", of("RSA PRIVATE KEY", &three)));
    for (name, p, q) in [("0", 0, 5), ("1", 1, 5), ("even", 2, 6), ("equal", 5, 5)] {
        let numbers: [&[u8]; 8] = [&n(2048), e, &[3], &[p], &[q], &[1], &[1], &[1]];
        let text = of("RSA PRIVATE KEY", &pkcs1(&numbers));
        assert_eq!(
            PrivateKey::from_pem(text).unwrap_err(),
            KeyError::Inconsistent,
            "{name}"
        );
    }
    owned(texts)
}

fn public_texts() -> Vec<(String, Vec<u8>)> {
    let rsa = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01";
    let key = |n: &[u8], e: &[u8]| {
        let numbers = [&[0][..], &sequence(&[integer(n), integer(e)])].concat();
        let algorithm = sequence(&[der(6, rsa), der(5, &[])]);
        pem("PUBLIC KEY", &sequence(&[algorithm, der(3, &numbers)])).into_bytes()
    };
    owned(vec![
        ("nothing", vec![]),
        ("a private key", good().into()),
        (
            "an encrypted private key",
            pem("ENCRYPTED PRIVATE KEY", b"abc").into(),
        ),
        ("PKCS#1", pem("RSA PUBLIC KEY", b"abc").into()),
        (
            "OpenSSH",
            "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ somebody\n".into(),
        ),
        ("a certificate", pem("CERTIFICATE", b"abc").into()),
        ("text of another kind", pem("X509 CRL", b"abc").into()),
        ("elliptic curve", EC_PUBLIC.into()),
        ("no structure", pem("PUBLIC KEY", b"abc").into()),
        ("1024 bits", key(&[0xff; 128], &[1, 0, 1])),
        ("16384 bits", key(&[0xff; 2048], &[1, 0, 1])),
        ("an enormous exponent", key(&[0xff; 256], &[0xff; 255])),
        ("the exponent 1", key(&[0xff; 256], &[1])),
        (
            "an even modulus",
            key(&[[0xff; 255].as_slice(), &[2]].concat(), &[1, 0, 1]),
        ),
    ])
}

/// A small key is taken by those who ask for it, and not below what a secret needs.
#[test]
fn small_keys_are_an_explicit_choice() {
    for (bits, accepted) in [(1024, 1024), (768, 592), (576, 592)] {
        let text = small_key(bits);
        let error = PrivateKey::from_pem(text).unwrap_err();
        let minimum = 2048;
        assert_eq!(error, KeyError::TooSmall { bits, minimum });
        let key = PrivateKey::from_pem_allowing_small(text, bits);
        match bits >= accepted {
            true => assert_eq!(key.expect("it was asked for").public_key().bits(), bits),
            false => {
                let minimum = 592;
                assert_eq!(key.unwrap_err(), KeyError::TooSmall { bits, minimum });
            }
        }
    }
    let key = PrivateKey::from_pem_allowing_small(small_key(768), 0).expect("it is large enough");
    assert!(key.open(&[0; 96]).is_err());
}

#[test]
fn every_truncation_is_refused() {
    let (good, whole) = (good(), good_der());
    assert!(PrivateKey::from_pem(good.trim_end()).is_ok());
    for end in 0..good.trim_end().len() {
        assert!(PrivateKey::from_pem(&good[..end]).is_err(), "{end}");
    }
    for end in 0..whole.len() {
        let error = PrivateKey::from_pem(pem("PRIVATE KEY", &whole[..end])).unwrap_err();
        assert_eq!(error, KeyError::Damaged, "{end}");
    }
}

/// A changed character gives an error; never a panic, and never another key.
#[test]
fn every_changed_character_is_refused() {
    let good = pem("PRIVATE KEY", &good_der());
    let start = good.find('\n').expect("it has lines") + 1;
    let end = good.rfind("\n-").expect("it has lines");
    for at in start..end {
        let mut changed = good.clone().into_bytes();
        changed[at] = match changed[at] {
            b'\n' => continue,
            b'A' => b'B',
            b'=' => b'A',
            _ => b'A',
        };
        let key = PrivateKey::from_pem(&changed);
        assert!(key.is_err(), "character {at} does not matter");
    }
}

fn owned(texts: Vec<(&str, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    texts
        .into_iter()
        .map(|(what, text)| (what.to_owned(), text))
        .collect()
}
