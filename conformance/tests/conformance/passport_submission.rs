//! Submissions that were changed on their way: by whom they are refused, in which order, and that
//! all refusals look alike. And containers that are none.

use std::cell::Cell;

use conformance::vectors;
use serde_json::{Value, json};
use telegram_passport::key::PrivateKey;
use telegram_passport::submission::{FilePart, Finding, Part};
use telegram_passport::{Check, ElementType, OpenError, bot_api, mtproto};

use super::passport_samples::action_of;

#[test]
fn a_sound_submission_asks_for_its_nonce_once() {
    let sample = Sample::new();
    let asked = Cell::new(0);
    let data = bot_api::read_passport_data(&sample.passport_data).expect("a container");
    let submission = data.open(&sample.key, |nonce: &str| {
        asked.set(asked.get() + 1);
        nonce == sample.nonce
    });
    assert_eq!(submission.expect("it opens").elements().len(), 13);
    assert_eq!(asked.get(), 1);
}

#[test]
fn all_refusals_look_alike() {
    let sample = Sample::new();
    let refusals = [
        (
            Check::Key,
            sample.changed(|it| flip(&mut it["credentials"]["secret"])),
        ),
        (
            Check::Hash,
            sample.changed(|it| flip(&mut it["credentials"]["data"])),
        ),
        (
            Check::Hash,
            sample.changed(|it| flip(&mut it["credentials"]["hash"])),
        ),
        (
            Check::Length,
            sample.changed(|it| it["credentials"]["data"] = "AAAA".into()),
        ),
        (Check::Nonce, sample.open(&sample.passport_data, "another")),
        (
            Check::Hash,
            sample.changed(|it| flip(&mut it["data"][0]["data"])),
        ),
        (Check::Count, sample.changed(|it| drop(files(it).pop()))),
    ];
    for (check, refused) in refusals {
        let error = refused.expect_err("it was changed");
        assert_eq!(error.detail().check(), check, "{}", error.detail());
        assert_eq!(
            error.to_string(),
            "the Telegram Passport data could not be opened"
        );
        assert_eq!(format!("{error:?} {error:#?}"), "OpenError OpenError");
    }
}

#[test]
fn the_nonce_is_checked_before_any_element() {
    let sample = Sample::new();
    let mut damaged = sample.passport_data.clone();
    flip(&mut damaged["data"][0]["data"]);
    let error = sample
        .open(&damaged, "another")
        .expect_err("both are wrong");
    assert_eq!(error.detail().check(), Check::Nonce);
}

#[test]
fn a_damaged_message_never_asks_for_the_nonce() {
    let sample = Sample::new();
    for field in ["secret", "data", "hash"] {
        let mut damaged = sample.passport_data.clone();
        flip(&mut damaged["credentials"][field]);
        let data = bot_api::read_passport_data(&damaged).expect("a container");
        let refused = data.open(&sample.key, |_: &str| {
            panic!("asked with a damaged {field}")
        });
        assert!(refused.is_err());
    }
}

#[test]
fn another_key_opens_nothing() {
    let sample = Sample::new();
    let other = PrivateKey::generate(&mut conformance::seeded::SeededRng::new(7));
    let data = bot_api::read_passport_data(&sample.passport_data).expect("a container");
    let error = data
        .open(&other.expect("a key"), |_: &str| true)
        .expect_err("the wrong key");
    assert_eq!(
        error.detail().to_string().split(':').next(),
        Some("credentials.secret")
    );
}

#[test]
fn what_is_missing_or_more_is_found_and_refuses_nothing() {
    let sample = Sample::new();
    let submission = sample.changed(|it| {
        let elements = it["data"].as_array_mut().expect("a list");
        elements.retain(|element| element["type"] != "address");
        elements[1]
            .as_object_mut()
            .expect("an object")
            .remove("selfie");
        elements.push(json!({ "type": "library_card", "data": 5 }));
        elements[0]["front_side"] = json!({ "file_id": "x" });
    });
    let submission = submission.expect("it opens");
    let kind = ElementType::Passport;
    let selfie = Part::File(FilePart::Selfie);
    let front = Part::File(FilePart::FrontSide);
    let mut findings = submission.findings().to_vec();
    findings.sort_by_key(ToString::to_string);
    let mut expected = vec![
        Finding::NotSent(ElementType::Address, Part::Data),
        Finding::NotSent(kind, selfie),
        Finding::UnknownElement("library_card".to_owned()),
        Finding::Unexpected(ElementType::PersonalDetails, front),
    ];
    expected.sort_by_key(ToString::to_string);
    assert_eq!(findings, expected);
    assert!(submission.get(ElementType::Address).is_none());
}

#[test]
fn over_mtproto_files_pair_by_hash_and_hashes_must_agree() {
    let sample = Sample::new();
    let action = action_of(&sample.passport_data, &sample.plaintext);
    let open = |action| {
        let data = mtproto::read_action(&action).expect("a container");
        data.open(&sample.key, |_: &str| true)
    };
    let hashes = |action| -> Vec<String> {
        let submission = open(action).expect("it opens");
        let bill = submission
            .address_document(ElementType::UtilityBill)
            .expect("a bill");
        bill.files()
            .expect("files")
            .iter()
            .map(|file| file.hash().to_base64())
            .collect()
    };
    let bill = action
        .values
        .iter()
        .position(|value| value.files.is_some())
        .expect("files");
    let mut turned = action.clone();
    turned.values[bill]
        .0
        .files
        .as_mut()
        .expect("files")
        .reverse();
    let (straight, turned) = (hashes(action.clone()), hashes(turned));
    assert_eq!(
        straight.iter().rev().collect::<Vec<_>>(),
        turned.iter().collect::<Vec<_>>()
    );

    let mut changed = action;
    changed.values[0].0.data.as_mut().expect("data").0.data_hash[0] ^= 1;
    let error = open(changed).expect_err("another hash");
    assert_eq!(error.detail().check(), Check::HashMismatch);
}

#[test]
fn what_is_no_container_says_why() {
    let credentials = json!({ "data": "", "hash": "", "secret": "" });
    let hash = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    let sound = json!({ "data": "", "hash": hash, "secret": "" });
    let cases = [
        (json!(5), "the field must be an object"),
        (json!({}), "credentials: the field is missing"),
        (
            json!({ "credentials": null }),
            "credentials: the field is missing",
        ),
        (
            json!({ "credentials": [] }),
            "credentials: the field must be an object",
        ),
        (
            json!({ "credentials": credentials, "data": [] }),
            "credentials.hash: a hash must have 32 bytes",
        ),
        (
            json!({ "credentials": sound }),
            "data: the field is missing",
        ),
        (
            json!({ "credentials": sound, "data": {} }),
            "data: the field must be an array",
        ),
        (
            json!({ "credentials": sound, "data": [1] }),
            "data[0]: the field must be an object",
        ),
        (
            json!({ "credentials": sound, "data": [{ "type": "email" }, { "type": "email" }] }),
            "data[1]: the same element type has occurred before",
        ),
        (
            json!({ "credentials": sound, "data": [{ "type": "address", "data": "a" }] }),
            "data[0].data: the field must be base64: standard alphabet, padded",
        ),
        (
            json!({ "credentials": sound, "data": [{ "type": "passport", "translation": [{}] }] }),
            "data[0].translation[0].file_id: the field is missing",
        ),
    ];
    for (json, message) in cases {
        let error = bot_api::read_passport_data(&json).expect_err(message);
        assert_eq!(error.to_string(), message);
        let error = bot_api::read_passport_data(&json.to_string()).expect_err(message);
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn hostile_json_is_refused() {
    let mut deep = "[".repeat(10_000);
    deep += &"]".repeat(10_000);
    let cases: [(&str, Vec<u8>); 8] = [
        ("empty", Vec::new()),
        ("cut", br#"{"message":{"from"#.to_vec()),
        ("not UTF-8", b"{\"message\":\"\xff\"}".to_vec()),
        (
            "a key twice",
            br#"{"message":{"from":1,"from":2}}"#.to_vec(),
        ),
        ("a key twice, escaped", br#"{"a":1,"\u0061":2}"#.to_vec()),
        ("deep", deep.into_bytes()),
        ("white space", vec![b' '; 64 * 1024 * 1024]),
        (
            "many values",
            format!("[{}1]", "1,".repeat(70_000)).into_bytes(),
        ),
    ];
    for (name, bytes) in cases {
        assert!(bot_api::read_update(bytes.as_slice()).is_err(), "{name}");
    }
}

/// The message with all 13 elements.
struct Sample {
    key: PrivateKey,
    nonce: String,
    passport_data: Value,
    plaintext: Value,
}

impl Sample {
    fn new() -> Self {
        let group = &vectors::file("messages").test_groups[0];
        let test = &group.tests[0];
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        Self {
            key: PrivateKey::from_pem(text(&group.fields["privateKeyPem"])).expect("a key"),
            nonce: text(&test["expectedNonce"]),
            passport_data: test["passportData"].clone(),
            plaintext: test["credentialsPlaintext"].clone(),
        }
    }

    fn open(&self, passport_data: &Value, nonce: &str) -> Opened {
        let data = bot_api::read_passport_data(passport_data).expect("a container");
        data.open(&self.key, |presented: &str| presented == nonce)
    }

    fn changed(&self, change: impl FnOnce(&mut Value)) -> Opened {
        let mut passport_data = self.passport_data.clone();
        change(&mut passport_data);
        self.open(&passport_data, &self.nonce)
    }
}

type Opened = Result<telegram_passport::submission::Submission, OpenError>;

/// Changes one bit of what base64 stands for.
fn flip(text: &mut Value) {
    let mut letters = text.as_str().expect("base64").to_owned();
    let other = if letters.starts_with('A') { "B" } else { "A" };
    letters.replace_range(..1, other);
    *text = letters.into();
}

/// The files of the utility bill.
fn files(passport_data: &mut Value) -> &mut Vec<Value> {
    let elements = passport_data["data"].as_array_mut().expect("a list");
    let bill = elements
        .iter_mut()
        .find(|element| element["type"] == "utility_bill");
    bill.expect("a bill")["files"]
        .as_array_mut()
        .expect("files")
}
