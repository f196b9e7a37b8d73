//! The worked numbers of the protocol reference's section 15 that concern Passport. Those of TL are
//! in `anchors`, the example link of 15.8 in `passport_links`.

use std::collections::BTreeMap;

use base64ct::{Base64, Encoding};
use conformance::seeded::SeededRng;
use serde_json::json;
use telegram_passport::cipher::{
    Padding, decrypt_credentials, decrypt_data, encrypt_credentials, encrypt_data,
};
use telegram_passport::hash::{CredentialsHash, DataHash, FileHash};
use telegram_passport::key::{CredentialsKey, PrivateKey, PublicKey};
use telegram_passport::secret::{CredentialsSecret, PassportSecret, ValueSecret};
use telegram_passport::submission::Part;
use telegram_passport::wrap::{
    PasswordKdf, UnwrapError, unwrap_passport_secret, unwrap_value_secret, wrap_passport_secret,
    wrap_value_secret,
};
use telegram_passport::{ElementType, bot_api};

use super::passport_documents::ANCHOR;
use super::passport_doors::{Door, open};
use super::passport_keys_samples::SMALL_1024;
use super::passport_links::{OFFICIAL_LINK, read};
use super::passport_sealed::{Carried, Message, PlainKey, Travelling, base64};

/// Section 15.3.
#[test]
fn passport_secret() {
    let secret = secret_of_15_3();
    assert_eq!(secret.id(), 545_721_962_416_044_289);
    assert_eq!(secret.id(), 0x0792_cb3b_c3ef_f901);

    let salt: Vec<u8> = (0..0x28).collect();
    let pbkdf2 = PasswordKdf::Pbkdf2 { salt: salt.clone() };
    let sha512 = PasswordKdf::Sha512 { salt };
    let stored = [
        (
            pbkdf2,
            "ef2d615fbb1006a1fd45a327d87c92d078cf0fd272f119c4c477dfffa274b37d",
        ),
        (
            sha512,
            "c74e935c2e08c7c6a1aace8fbb564f946246fffbe5e4687874758c78c232939f",
        ),
    ];
    for (kdf, encrypted) in stored {
        let encrypted = hex(encrypted);
        let wrapped = wrap_passport_secret(&secret, "passport", &kdf);
        assert_eq!(wrapped.as_slice(), encrypted);
        let unwrap = |id, password| unwrap_passport_secret(&encrypted, id, password, &kdf);
        assert_eq!(unwrap(secret.id(), "passport").as_ref(), Ok(&secret));
        if matches!(kdf, PasswordKdf::Sha512 { .. }) {
            // The other one is slow on purpose; the vectors of `secrets` do the same with it.
            assert_eq!(unwrap(secret.id() + 1, "passport"), Err(UnwrapError::Id));
            let other = unwrap(secret.id(), "Passport");
            assert_eq!(other, Err(UnwrapError::Checksum));
        }
    }
}

/// Section 15.4.
#[test]
fn one_value() {
    let plaintext = ANCHOR.as_bytes();
    let padding = Padding::from_bytes(&padding(0x2b, 0xaa)).expect("43 bytes");
    let secret = ValueSecret::from_slice(&last(0xef)).expect("the checksum is right");
    let sealed = encrypt_data(plaintext, &padding, &secret).expect("96 bytes");
    assert_eq!(sealed.bytes, hex(DATA));
    let hash = DataHash::from_slice(&hex(DATA_HASH)).expect("32 bytes");
    assert_eq!(sealed.hash, hash);
    let opened = decrypt_data(&secret, &hash, hex(DATA)).expect("it is sound");
    assert_eq!(opened.as_bytes(), plaintext);

    let encrypted = hex("944c517581353703763ee04d3adbdb7103e3b5834650124780d24a70e48dac21");
    let passport_secret = secret_of_15_3();
    let wrapped = wrap_value_secret(&passport_secret, &hash, &secret);
    assert_eq!(wrapped.as_slice(), encrypted);
    let unwrapped = unwrap_value_secret(&passport_secret, &hash, &encrypted);
    assert_eq!(unwrapped, Ok(secret));
}

/// Section 15.5.
#[test]
fn credentials() {
    assert_eq!(CREDENTIALS.len(), 168);
    let padding = Padding::from_bytes(&padding(0x28, 0xbb)).expect("40 bytes");
    let secret = CredentialsSecret::from_slice(&first(0xef)).expect("the checksum is right");
    let sealed = encrypt_credentials(CREDENTIALS.as_bytes(), &padding, &secret);
    let sealed = sealed.expect("208 bytes");
    assert_eq!(sealed.bytes, hex(CREDENTIALS_DATA));
    let hash = CredentialsHash::from_slice(&hex(CREDENTIALS_HASH)).expect("32 bytes");
    assert_eq!(sealed.hash, hash);
    let opened = decrypt_credentials(&secret, &hash, hex(CREDENTIALS_DATA));
    assert_eq!(
        opened.expect("it is sound").as_bytes(),
        CREDENTIALS.as_bytes()
    );
}

/// The value of 15.4 with the credentials of 15.5 and an RSA step make a submission.
#[test]
fn value_and_credentials() {
    let key = PrivateKey::from_pem_allowing_small(SMALL_1024, 1024).expect("it is asked for");
    let secret = CredentialsSecret::from_slice(&first(0xef)).expect("the checksum is right");
    let block = key.public_key().encrypt(&mut SeededRng::new(1), &secret);
    let block = block.expect("the source does not fail");
    let keys: [(&dyn CredentialsKey, _); 2] =
        [(&key, block), (&PlainKey, PlainKey::block(&first(0xef)))];
    for (key, secret) in keys {
        let data = Carried {
            bytes: hex(DATA),
            hash: hex(DATA_HASH),
        };
        let passport = Travelling {
            kind: ElementType::Passport,
            hash: vec![1],
            text: None,
            parts: BTreeMap::from([(Part::Data, data)]),
        };
        let message = Message {
            data: hex(CREDENTIALS_DATA),
            hash: hex(CREDENTIALS_HASH),
            secret,
            elements: vec![passport],
        };
        for door in Door::BOTH {
            let outcome = open(door, &message, &key, "n-1");
            let opened = outcome.opened.expect("it is sound");
            let fields = opened.contents[0].fields.as_ref().expect("a document");
            let texts: Vec<_> = fields
                .iter()
                .map(|(name, text)| (&**name, &**text))
                .collect();
            let expected = [("document_no", "AB123456"), ("expiry_date", "31.12.2030")];
            assert_eq!(texts, expected);
            assert_eq!(opened.findings, []);
            assert!(open(door, &message, &key, "n-2").opened.is_err());
        }
    }
}

/// Section 15.6: what is said of the encrypted JPEG. Its bytes are not here.
#[test]
fn hash_and_secret_of_the_jpeg() {
    let text = "Oq3G4sX+bKZthoyms1YlPqvWou9esb+z0Bi/KqQUG8s=";
    let hash = FileHash::from_base64(text).expect("32 bytes");
    assert_eq!(hash.to_base64(), text);
    let secret = "Pt7fKPgYWKA/7a8E64Ea1X8C+Wf7Ky1tF4ANBl63vl4=";
    let bytes = Base64::decode_vec(secret).expect("base64");
    let secret = ValueSecret::from_slice(&bytes).expect("the checksum is right");
    assert_eq!(secret.expose().as_slice(), bytes);
}

/// Section 15.6: an element hash that is not base64 is no fault until it is needed, and then only
/// where it must be bytes.
#[test]
fn an_element_hash_that_is_not_base64() {
    let data = json!([{ "type": "email", "email": "a@b.example", "hash": "wQd2-nothing of that" }]);
    let credentials = json!({
        "data": base64(&hex(CREDENTIALS_DATA)),
        "hash": base64(&hex(CREDENTIALS_HASH)),
        "secret": base64(&PlainKey::block(&first(0xef))),
    });
    let data = bot_api::read_passport_data(&json!({ "data": data, "credentials": credentials }));
    let submission = data
        .expect("a container")
        .open(&PlainKey, |nonce: &str| nonce == "n-1");
    let submission = submission.expect("it is sound");
    let element = submission.email().expect("an e-mail address");
    assert_eq!(element.hash().to_bytes(), None);
    let error = element.error("Please confirm it");
    assert!(error.to_tl().is_err());
    let expected = json!({
        "source": "unspecified",
        "type": "email",
        "element_hash": "wQd2-nothing of that",
        "message": "Please confirm it",
    });
    assert_eq!(error.to_bot_api(), expected);
}

/// Section 15.7, the first property; the others are in `passport_files` and `passport_files_tampered`,
/// and those of whole submissions in `passport_submission_laws`.
#[test]
fn cucumber() {
    let secret = secret_of_15_3();
    let kdf = PasswordKdf::Sha512 { salt: Vec::new() };
    let encrypted = wrap_passport_secret(&secret, "cucumber", &kdf);
    assert_ne!(encrypted, *secret.expose());
    let opened = unwrap_passport_secret(&encrypted, secret.id(), "cucumber", &kdf);
    assert_eq!(opened, Ok(secret.clone()));
    let opened = unwrap_passport_secret(&encrypted, secret.id(), "cucumbers", &kdf);
    assert!(opened.is_err());
}

/// Section 15.8: the key of the example link.
#[test]
fn key_of_the_official_link() {
    let link = read(OFFICIAL_LINK);
    let key = PublicKey::from_pem(link.public_key()).expect("it is official");
    assert_eq!(key.bits(), 2048);
    assert_eq!(key.text(), link.public_key());
    assert_eq!(key.to_pem(), link.public_key());
    // The last number of the structure: 65537, in three bytes.
    let base64 = link.public_key().lines().rev().nth(1);
    assert!(base64.is_some_and(|line| line.ends_with("IDAQAB")));
}

fn secret_of_15_3() -> PassportSecret {
    let mut bytes: Vec<u8> = (0..32).collect();
    bytes[0] = 0xfd;
    PassportSecret::from_slice(&bytes).expect("the checksum is right")
}

/// So many bytes, the first of which says how many.
fn padding(length: u8, filler: u8) -> Vec<u8> {
    let mut padding = vec![filler; length.into()];
    padding[0] = length;
    padding
}

/// Zeros but for the first byte.
fn first(byte: u8) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[0] = byte;
    bytes
}

/// Zeros but for the last byte.
fn last(byte: u8) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[31] = byte;
    bytes
}

fn hex(text: &str) -> Vec<u8> {
    let text = text.replace([' ', '\n'], "");
    let byte = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).expect("hexadecimal");
    (0..text.len()).step_by(2).map(byte).collect()
}

const DATA: &str = "
    d9ec0ba490de4b981f24d0223bf93e25322cb47ce5f0bf9a60cec3278fe8e54c
    8a9da6c2f39cce92691e2c95e3638767436e4b3d7ae8c5d48bd885a3f42bdb03
    b8421eb594a889f30fc74cc4bb531308514c8433d8198af6979ba14b3eee9fa9";

const DATA_HASH: &str = "7678f050d469c047dd00ffeb83fdfed9c4454748fd21debf7b368e8021b42620";

const CREDENTIALS: &str = concat!(
    r#"{"secure_data":{"passport":{"data":{"#,
    r#""data_hash":"dnjwUNRpwEfdAP/rg/3+2cRFR0j9Id6/ezaOgCG0JiA=","#,
    r#""secret":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAO8="}}},"nonce":"n-1"}"#,
);

const CREDENTIALS_HASH: &str = "b3d9bb2d9ac293b76b6454a32dbee56b49c9470ca02f1ff0d81c50a442a2ef7f";

const CREDENTIALS_DATA: &str = "
    a9c7f70c897eaa7e199ea199b36e9735bdecd7579f831eaea81ab29b402c6ad5
    6f6bd5cae53cdd6beaed7f3e3dc95376e38d2f04214336713159dc6a585d537c
    d0ffe0db4eecadde37fbee0b429deba11ad3af276b1f5ba37e9220d429ef35bd
    2edd27b891f7109ab95905336f7bc6a02c674ad6ff35cbc826f33ed737494d7c
    1ace3c2187d6bd0217b9b6e5bb518060355c94105e027f8a7e61a36acd688bc7
    f63af8afefc8e5b04bd001c095b606c47dcce4f7f986e02461654eab4baa0d8e
    68ac023fba16a76ffab87d199ba81349";
