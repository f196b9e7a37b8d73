//! Test vectors of the service's key: forms of PEM, and the RSA step of the credentials.
//!
//! Every key is tried as `PrivateKey`, and with the feature `aws-lc-rs` as `AwsLcKey`, too.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::LazyLock;

use base64ct::{Base64, Encoding};
use conformance::seeded::SeededRng;
use conformance::vectors::{self, File, Group, Verdict};
use serde::Deserialize;
use serde_json::Value;
use telegram_passport::key::{CredentialsKey, KeyError, PrivateKey, PublicKey, Refused};
use telegram_passport::secret::CredentialsSecret;

include!(concat!(env!("OUT_DIR"), "/vectors/credentials.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/oaep.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/pem.rs"));

/// What the folder named by `PASSPORT_VECTORS` holds; without it there is nothing to do.
#[test]
fn further_files() {
    let mut failures = Vec::new();
    let mut count = 0;
    for (path, file) in vectors::further().expect("the further files can be read") {
        for group in &file.test_groups {
            let Some(check) = check_of(group) else {
                continue;
            };
            for test in &group.tests {
                count += 1;
                if let Err(error) = check(group, test) {
                    failures.push(format!("{} {}: {error}", path.display(), test["tcId"]));
                }
            }
        }
    }
    println!("{count} further vectors");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_wrong_expectation_is_noticed() {
    for (_, file) in COMMITTED.iter() {
        for group in &file.test_groups {
            let Some(check) = check_of(group) else {
                continue;
            };
            for test in &group.tests {
                let mut wrong = test.clone();
                wrong["result"] = match test["result"].as_str() {
                    Some("valid") => "invalid".into(),
                    Some("invalid") => "valid".into(),
                    _ => continue,
                };
                // Whether the rest of the credentials is sound does not show in the RSA step.
                if group.kind != "CredentialsDecrypt" {
                    assert!(check(group, &wrong).is_err(), "{}", test["comment"]);
                }
            }
            let mut wrong = group.tests[0].clone();
            if group.kind == "CredentialsSecretOpen" {
                wrong["secret"] = Value::from(format!("ef{}", "00".repeat(31)));
                assert!(check(group, &wrong).is_err());
            }
        }
    }
}

/// Padding, length, range, checksum, another key: nothing tells them apart.
#[test]
fn all_refusals_are_the_same() {
    let mut seen = BTreeSet::new();
    let mut flags = BTreeSet::new();
    for (_, file) in COMMITTED.iter() {
        for group in &file.test_groups {
            if group.kind != "CredentialsSecretOpen" {
                continue;
            }
            for key in keys(text(&group.fields["privateKeyPem"])).expect("the key is sound") {
                for test in &group.tests {
                    if test["result"] == "invalid" {
                        let ciphertext = unhex(text(&test["ciphertext"]));
                        let error = key.open(&ciphertext).expect_err("it is invalid");
                        assert!(std::error::Error::source(&error).is_none());
                        seen.insert(format!("{error} / {error:?} / {error:#?}"));
                        flags.insert(test["flags"][0].as_str());
                    }
                }
            }
        }
    }
    assert!(flags.len() >= 11, "{flags:?}");
    let one = "the credentials cannot be opened: they are damaged, or were not encrypted with the \
               public key of this service / Refused / Refused";
    assert_eq!(seen, BTreeSet::from([one.to_owned()]));
}

static COMMITTED: LazyLock<Vec<(PathBuf, File)>> =
    LazyLock::new(|| vectors::committed().expect("the committed files can be read"));

fn check(file: &str, tc_id: u32) {
    let groups = vectors::file(file).test_groups.iter();
    let mut tests = groups.flat_map(|group| group.tests.iter().map(move |test| (group, test)));
    let found = tests.find(|(_, test)| test["tcId"] == tc_id);
    let (group, test) = found.expect("the build script has seen the vector");
    let check = check_of(group).expect("the kind of the group is known");
    if let Err(error) = check(group, test) {
        panic!("{}: {error}", test["comment"]);
    }
}

type Check = fn(&Group, &Value) -> Result<(), String>;

fn check_of(group: &Group) -> Option<Check> {
    Some(match group.kind.as_str() {
        "CredentialsDecrypt" => rsa_step,
        "CredentialsSecretOpen" => secret_open,
        "PemPrivateKey" => pem_private,
        "PemPublicKey" => pem_public,
        _ => return None,
    })
}

/// Only what the damage of the secret makes invalid is refused here; the rest comes later.
fn rsa_step(group: &Group, test: &Value) -> Result<(), String> {
    let flags = test["flags"].as_array().expect("each has flags");
    let damaged = |flag: &Value| flag == "TamperedSecret" || flag == "WrongRsaPadding";
    let expected = match flags.iter().any(damaged) {
        true => Verdict::Invalid,
        false => Verdict::Valid,
    };
    for key in keys(text(&group.fields["privateKeyPem"])).map_err(|error| error.to_string())? {
        opens(&*key, &unbase64(&test["credentials"]["secret"]), expected)?;
    }
    Ok(())
}

fn secret_open(group: &Group, test: &Value) -> Result<(), String> {
    for key in keys(text(&group.fields["privateKeyPem"])).map_err(|error| error.to_string())? {
        let opened = opens(&*key, &unhex(text(&test["ciphertext"])), verdict(test))?;
        if let Some(opened) = opened {
            let expected = CredentialsSecret::from_slice(&unhex(text(&test["secret"])));
            if opened != expected.map_err(|error| error.to_string())? {
                return Err("it was opened to another secret".into());
            }
        }
    }
    Ok(())
}

fn pem_private(group: &Group, test: &Value) -> Result<(), String> {
    let pem = match &test["pem"] {
        Value::String(pem) => pem.clone().into_bytes(),
        _ => unhex(text(&test["keyHex"])),
    };
    match (verdict(test), keys(&pem)) {
        (Verdict::Invalid | Verdict::Acceptable, Err(error)) => {
            assert_ne!(error, KeyError::Internal);
            Ok(())
        }
        (Verdict::Invalid, Ok(_)) => Err("the key was accepted".into()),
        (Verdict::Valid, Err(error)) => Err(format!("the key was refused: {error}")),
        (Verdict::Valid | Verdict::Acceptable, Ok(keys)) => {
            let secret = unbase64(&group.fields["credentials"]["secret"]);
            for key in keys {
                opens(&*key, &secret, Verdict::Valid)?;
            }
            Ok(())
        }
    }
}

/// The sound public keys belong to the sound private keys of the same file.
fn pem_public(_: &Group, test: &Value) -> Result<(), String> {
    let pem = text(&test["pem"]);
    match (verdict(test), PublicKey::from_pem(pem)) {
        (Verdict::Invalid | Verdict::Acceptable, Err(error)) => {
            assert_ne!(error, KeyError::Internal);
            Ok(())
        }
        (Verdict::Invalid, Ok(_)) => Err("the key was accepted".into()),
        (Verdict::Valid, Err(error)) => Err(format!("the key was refused: {error}")),
        (Verdict::Valid | Verdict::Acceptable, Ok(key)) => {
            assert_eq!(key.text(), pem, "the registered text is kept");
            assert_eq!(key.fingerprint().to_string(), FINGERPRINT);
            let mut rng = SeededRng::new(1);
            let Ok(secret) = CredentialsSecret::generate(&mut rng);
            let encrypted = key
                .encrypt(&mut rng, &secret)
                .map_err(|it| it.to_string())?;
            for key in keys(text(&pem_of_the_pair())).expect("the key is sound") {
                let opened = opens(&*key, &encrypted, Verdict::Valid)?;
                assert_eq!(opened, Some(secret.clone()));
            }
            Ok(())
        }
    }
}

fn pem_of_the_pair() -> Value {
    vectors::file("pem").test_groups[0].tests[0]["pem"].clone()
}

/// `openssl rsa -in key.pem -pubout -outform DER | sha256sum`, for the key of `pem.json`.
const FINGERPRINT: &str = "2ef6ed1182a2ebcae13930449af5c2ebb6afbecdb665cd56ec5098ceaa139401";

/// The key in every form that there is.
fn keys(pem: impl AsRef<[u8]>) -> Result<Vec<Box<dyn CredentialsKey>>, KeyError> {
    let key = PrivateKey::from_pem(pem)?;
    Ok(vec![
        #[cfg(feature = "aws-lc-rs")]
        Box::new(telegram_passport::key::AwsLcKey::new(&key)?),
        Box::new(key),
    ])
}

fn opens(
    key: &dyn CredentialsKey,
    encrypted: &[u8],
    verdict: Verdict,
) -> Result<Option<CredentialsSecret>, String> {
    match (verdict, key.open(encrypted)) {
        (Verdict::Valid, Err(Refused)) => Err("it was refused".into()),
        (Verdict::Invalid, Ok(_)) => Err("it was opened".into()),
        (_, opened) => Ok(opened.ok()),
    }
}

fn verdict(test: &Value) -> Verdict {
    Verdict::deserialize(&test["result"]).expect("each has a result")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("it is text")
}

fn unbase64(value: &Value) -> Vec<u8> {
    Base64::decode_vec(text(value)).expect("it is base64")
}

fn unhex(text: &str) -> Vec<u8> {
    let byte = |at| u8::from_str_radix(&text[at..at + 2], 16).expect("it is hexadecimal");
    (0..text.len()).step_by(2).map(byte).collect()
}
