//! Test vectors of values, secrets, credentials, whole messages, fulfilment and element errors;
//! messages also through the MTProto door.

use std::cell::RefCell;
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::LazyLock;

use base64ct::{Base64, Encoding};
use conformance::vectors::{self, Group, Verdict};
use rand_core::{TryCryptoRng, TryRng};
use serde::Deserialize;
use serde_json::{Value, json};
use telegram_passport::cipher::{self, Padding};
use telegram_passport::hash::{CredentialsHash, FileHash};
use telegram_passport::key::{CredentialsKey, PrivateKey};
use telegram_passport::scope::Scope;
use telegram_passport::secret::{PassportSecret, ValueSecret};
use telegram_passport::wrap::{
    PasswordKdf, unwrap_passport_secret, unwrap_value_secret, wrap_passport_secret,
    wrap_value_secret,
};
use telegram_passport::{bot_api, mtproto};
use telegram_passport_tl::Encode;

use super::passport_samples::{
    action_of, blame, elements_of, files_without_location, without_empty,
};

include!(concat!(env!("OUT_DIR"), "/vectors/value.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/value_keys.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/value_padding.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/value_tamper.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/secrets.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/secrets_kdf.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/secrets_made.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/credentials_made.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/credentials_text.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/messages.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/messages_container.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/messages_damaged.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/messages_made.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/required.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/errors.rs"));

/// These credentials as a whole; their RSA step alone is tested with the keys.
#[test]
fn credentials() {
    let mut files = COMMITTED.iter();
    let file = files.find(|(path, _)| path.file_stem().is_some_and(|it| it == "credentials"));
    let file = file.expect("the file is there").clone();
    assert_eq!(run_all(&[file], |_| true), 18);
}

/// What the folder named by `PASSPORT_VECTORS` holds; without it there is nothing to do.
#[test]
fn further_files() {
    let files = vectors::further().expect("the further files can be read");
    let known = [
        "PassportValue",
        "PassportSecrets",
        "PassportCredentials",
        "PassportMessage",
    ];
    let known = [&known[..], &["PassportRequired", "PassportErrors"]].concat();
    println!(
        "{} further vectors",
        run_all(&files, |algorithm| known.contains(&algorithm))
    );
}

#[test]
fn a_wrong_expectation_is_noticed() {
    let mut noticed = 0;
    for (_, file) in &*COMMITTED {
        for group in &file.test_groups {
            for test in &group.tests {
                let wrong = match test["result"].as_str() {
                    Some("valid") => "invalid",
                    Some("invalid") => "valid",
                    _ => continue,
                };
                let mut changed = test.clone();
                changed["result"] = wrong.into();
                match run(group, &changed) {
                    None => {}
                    Some(Err(_)) => noticed += 1,
                    Some(Ok(())) => panic!("{} {} passed as {wrong}", group.kind, test["tcId"]),
                }
            }
        }
    }
    assert!(noticed > 90, "only {noticed}");
}

fn check(stem: &str, id: u64) {
    let mut tests = vectors::file(stem)
        .test_groups
        .iter()
        .flat_map(|group| group.tests.iter().map(move |test| (group, test)));
    let (group, test) = tests
        .find(|(_, test)| test["tcId"] == id)
        .expect("the vector is there");
    run(group, test).expect("the kind is known").unwrap();
}

static COMMITTED: LazyLock<Vec<(PathBuf, vectors::File)>> =
    LazyLock::new(|| vectors::committed().expect("the committed files can be read"));

fn run_all(files: &[(PathBuf, vectors::File)], wanted: impl Fn(&str) -> bool) -> usize {
    let (mut count, mut failures) = (0, Vec::new());
    for (path, file) in files.iter().filter(|(_, file)| wanted(&file.algorithm)) {
        for group in &file.test_groups {
            for test in &group.tests {
                count += 1;
                if let Some(Err(error)) = run(group, test) {
                    failures.push(format!("{} {}: {error}", path.display(), test["tcId"]));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    count
}

/// `None` for a kind that is tested elsewhere.
fn run(group: &Group, test: &Value) -> Option<Result<(), String>> {
    let outcome = match group.kind.as_str() {
        "ValueDecrypt" => value_decrypt(test),
        "SecretCheck" => secret_check(test),
        "SecretGenerate" => secret_generate(test),
        "ValueSecretWrap" => value_secret_wrap(test),
        "PassportSecretWrap" => passport_secret_wrap(test),
        "CredentialsDecrypt" => credentials_decrypt(group, test),
        "PassportMessage" => message(group, test),
        "PassportMessageTl" => message_tl(group, test),
        "ErrorsBuild" => errors_build(group, test),
        // The list of what is missing is the answer, whatever the verdict says of it.
        "ScopeFulfilled" => {
            let valid = test["missing"].as_array().is_some_and(Vec::is_empty);
            let named = Verdict::deserialize(&test["result"]).expect("a verdict");
            let outcome = scope_fulfilled(group, test);
            return Some(match (named, valid) {
                (Verdict::Valid, false) | (Verdict::Invalid, true) => Err("verdict".to_owned()),
                _ => outcome,
            });
        }
        _ => return None,
    };
    let verdict = Verdict::deserialize(&test["result"]).expect("a verdict");
    Some(match (verdict, outcome) {
        (Verdict::Valid, outcome) => outcome,
        (Verdict::Invalid, Ok(())) => Err("was accepted".to_owned()),
        (Verdict::Invalid, Err(error)) if error.starts_with("differs") => Err(error),
        (Verdict::Acceptable, Err(error)) if error.starts_with("differs") => Err(error),
        (Verdict::Invalid | Verdict::Acceptable, _) => Ok(()),
    })
}

fn value_decrypt(test: &Value) -> Result<(), String> {
    let secret = ValueSecret::from_slice(&hex(&test["secret"])).map_err(text)?;
    let hash = FileHash::from_slice(&hex(&test["hash"])).map_err(text)?;
    let plaintext = cipher::decrypt_file(&secret, &hash, hex(&test["ct"])).map_err(text)?;
    equal(
        "plaintext",
        plaintext.as_bytes(),
        hex(&test["msg"]).as_slice(),
    )?;
    if test.get("padded").is_some() {
        let padded = hex(&test["padded"]);
        let padding = Padding::from_bytes(&padded[..usize::from(padded[0])]).map_err(text)?;
        let sealed = cipher::encrypt_file(plaintext.as_bytes(), &padding, &secret).map_err(text)?;
        equal("ciphertext", &sealed.bytes, &hex(&test["ct"]))?;
        equal("hash", &sealed.hash, &hash)?;
    }
    Ok(())
}

fn secret_check(test: &Value) -> Result<(), String> {
    let secret = PassportSecret::from_slice(&hex(&test["secret"])).map_err(text)?;
    equal("id", secret.id().to_string().as_str(), string(&test["id"]))
}

fn secret_generate(test: &Value) -> Result<(), String> {
    let Ok(secret) = ValueSecret::generate(&mut Given(hex(&test["random"])));
    equal("secret", secret.expose().as_slice(), &hex(&test["secret"]))
}

fn value_secret_wrap(test: &Value) -> Result<(), String> {
    let passport = PassportSecret::from_slice(&hex(&test["passportSecret"])).map_err(text)?;
    let hash = FileHash::from_slice(&hex(&test["hash"])).map_err(text)?;
    let secret = unwrap_value_secret(&passport, &hash, &hex(&test["encrypted"])).map_err(text)?;
    equal(
        "secret",
        secret.expose().as_slice(),
        &hex(&test["valueSecret"]),
    )?;
    let encrypted = wrap_value_secret(&passport, &hash, &secret);
    equal("encrypted", encrypted.as_slice(), &hex(&test["encrypted"]))
}

fn passport_secret_wrap(test: &Value) -> Result<(), String> {
    let salt = hex(&test["salt"]);
    let kdf = match string(&test["algorithm"]) {
        "securePasswordKdfAlgoSHA512" => PasswordKdf::Sha512 { salt },
        "securePasswordKdfAlgoPBKDF2HMACSHA512iter100000" => PasswordKdf::Pbkdf2 { salt },
        other => return Err(text(format!("{other} is not known"))),
    };
    let (password, encrypted) = (string(&test["password"]), hex(&test["encrypted"]));
    let id = string(&test["secretId"]).parse().map_err(text)?;
    let secret = unwrap_passport_secret(&encrypted, id, password, &kdf).map_err(text)?;
    equal("secret", secret.expose().as_slice(), &hex(&test["secret"]))?;
    equal(
        "encrypted",
        wrap_passport_secret(&secret, password, &kdf).as_slice(),
        &encrypted,
    )
}

fn credentials_decrypt(group: &Group, test: &Value) -> Result<(), String> {
    let key = key(group);
    let data = bot_api::read_passport_data(&json!({
        "data": [], "credentials": test["credentials"]
    }));
    let data = data.map_err(text)?;
    let expected = &test["expected"];
    let presented = RefCell::new(None);
    let take = |nonce: &str| {
        *presented.borrow_mut() = Some(nonce.to_owned());
        true
    };
    let (name, opened) = match expected.get("payload") {
        Some(_) => ("payload", data.open_version_1_0(&key, take)),
        None => ("nonce", data.open(&key, take)),
    };
    opened.map_err(text)?;
    equal(
        "nonce",
        &presented.into_inner().as_deref(),
        &expected
            .get(name)
            .or_else(|| test.get("nonce"))
            .and_then(Value::as_str),
    )?;
    let part = |name: &str| Base64::decode_vec(string(&test["credentials"][name])).map_err(text);
    let secret = key.open(&part("secret")?).map_err(text)?;
    let hash = CredentialsHash::from_slice(&part("hash")?).map_err(text)?;
    let plaintext = cipher::decrypt_credentials(&secret, &hash, part("data")?).map_err(text)?;
    equal(
        "plaintext",
        plaintext.as_bytes(),
        string(&test["plaintext"]).as_bytes(),
    )
}

fn message(group: &Group, test: &Value) -> Result<(), String> {
    let key = key(group);
    let data = bot_api::read_passport_data(&test["passportData"]).map_err(text)?;
    let nonce = |presented: &str| match test.get("expectedNonce") {
        Some(expected) => expected == presented,
        None => true,
    };
    let submission = data.open(&key, nonce).map_err(text)?;
    let expected = without_empty(test["expected"]["elements"].clone());
    equal("elements", &elements_of(&submission), &expected)?;
    if let Some(plaintext) = test.get("credentialsPlaintext") {
        let action = action_of(&test["passportData"], plaintext);
        let bytes = telegram_passport_tl::Boxed(action)
            .to_bytes()
            .map_err(text)?;
        let data = mtproto::read_action_bytes(&bytes).map_err(text)?;
        let other = data.open(&key, nonce).map_err(text)?;
        let (ours, theirs) = (elements_of(&submission), elements_of(&other));
        let without = files_without_location;
        equal("elements over MTProto", &without(theirs), &without(ours))?;
    }
    Ok(())
}

fn message_tl(group: &Group, test: &Value) -> Result<(), String> {
    let data = mtproto::read_action_bytes(&hex(&test["action"])).map_err(text)?;
    let nonce = |presented: &str| match test.get("expectedNonce") {
        Some(expected) => expected == presented,
        None => true,
    };
    let submission = data.open(&key(group), nonce).map_err(text)?;
    let expected = without_empty(test["expected"]["elements"].clone());
    equal("elements", &elements_of(&submission), &expected)
}

fn scope_fulfilled(group: &Group, test: &Value) -> Result<(), String> {
    let data = bot_api::read_passport_data(&test["passportData"]).map_err(text)?;
    let submission = data
        .open(&key(group), |nonce: &str| nonce == "req")
        .map_err(text)?;
    let scope = Scope::parse(&test["scope"].to_string()).map_err(text)?;
    let missing: Vec<_> = scope
        .check(&submission)
        .unmet()
        .map(|row| row.index())
        .collect();
    equal("missing", &json!(missing), &test["missing"])
}

fn errors_build(group: &Group, test: &Value) -> Result<(), String> {
    let data = bot_api::read_passport_data(&group.fields["passportData"]).map_err(text)?;
    let submission = data.open(&key(group), |_: &str| true).map_err(text)?;
    let error = blame(&submission, &test["request"]).ok_or("nothing to blame")?;
    equal("botApi", &error.to_bot_api(), &test["botApi"])?;
    let tl = error.to_tl().map_err(text)?.to_bytes().map_err(text)?;
    equal("tlBytes", &tl, &hex(&test["tlBytes"]))
}

fn key(group: &Group) -> PrivateKey {
    let pem = string(&group.fields["privateKeyPem"]);
    PrivateKey::from_pem_allowing_small(pem, 1024).expect("the key of the group can be read")
}

/// An error of a comparison says "differs"; all others are refusals.
fn equal<T: PartialEq + std::fmt::Debug + ?Sized>(
    what: &str,
    is: &T,
    should: &T,
) -> Result<(), String> {
    if is == should {
        return Ok(());
    }
    Err(format!("differs: {what} is {is:?}, should be {should:?}"))
}

fn text(error: impl std::fmt::Display) -> String {
    format!("refused: {error}")
}

fn string(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn hex(value: &Value) -> Vec<u8> {
    let text = string(value);
    let byte = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).expect("hexadecimal");
    (0..text.len()).step_by(2).map(byte).collect()
}

/// Gives the bytes of a vector for random ones.
struct Given(Vec<u8>);

impl TryRng for Given {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        unimplemented_words()
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        unimplemented_words()
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.copy_from_slice(&self.0);
        Ok(())
    }
}

impl TryCryptoRng for Given {}

fn unimplemented_words<T>() -> T {
    panic!("a secret is made of bytes")
}
