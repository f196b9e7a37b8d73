//! JSON made to do harm, at each place where JSON comes in: the container, the credentials inside it,
//! and the documents. The readers of documents and scopes have tests of their own; memory is measured
//! in `passport_hostile_memory`.

use std::thread;

use serde_json::{Value, json};
use telegram_passport::submission::Part;
use telegram_passport::{Check, ElementType, Problem, bot_api};

use super::passport_contents::{NONCE, content, many};
use super::passport_doors::{Door, Refusal, open};
use super::passport_sealed::{Message, PlainKey, Sender, Submitted};

/// Of every kind, in place of every field.
#[test]
fn wrong_types_in_a_container() {
    let update = update();
    let mut tried = 0;
    for (path, null, kind) in FIELDS {
        for wrong in wrong_types() {
            let mut changed = update.clone();
            *changed.pointer_mut(path).expect(path) = wrong.clone();
            let read = bot_api::read_update(&changed.to_string());
            let problem = match (&wrong, kind) {
                (Value::Null, _) if null == NullIs::Absent => None,
                (Value::Null, _) if null == NullIs::Missing => Some(Problem::Missing),
                (Value::String(_), "a string") => continue,
                (Value::String(_), "base64") => Some(Problem::Base64),
                (_, "base64") => Some(Problem::Expected("a string")),
                (Value::Object(_), "an object") => continue,
                (Value::Array(_), "an array") => continue,
                (Value::Number(number), "an integer") if number.is_i64() => continue,
                (_, "anything") => None,
                (_, kind) => Some(Problem::Expected(kind)),
            };
            tried += 1;
            let Some(problem) = problem else {
                assert!(read.is_ok(), "{path} {wrong}");
                continue;
            };
            let error = read.expect_err(path);
            assert_eq!(*error.problem(), problem, "{path} {wrong}");
            assert_eq!(error.place(), dotted(path), "{wrong}");
            let same = bot_api::read_update(&changed).expect_err(path);
            assert_eq!(same, error);
        }
    }
    assert!(tried > 200, "{tried}");
}

/// Anywhere, also where nobody looks, and spelt in another way.
#[test]
fn keys_that_stand_twice() {
    let mut update = update();
    update["unknown"] = json!([{ "a": 1 }]);
    let keys = count_keys(&update);
    assert!(keys > 60, "{keys}");
    for escaped in [false, true] {
        for nth in 0..keys {
            let text = with_key_twice(&update, nth, escaped);
            let error = bot_api::read_update(&text).expect_err("a key stands twice");
            assert!(matches!(error.problem(), Problem::Json(_)), "{error}");
        }
    }
    let text = with_key_twice(&update, keys, false);
    assert!(bot_api::read_update(&text).is_ok(), "there is no such key");

    let submitted = submission();
    let keys = count_keys(&submitted.credentials);
    assert!(keys > 30, "{keys}");
    for nth in 0..keys {
        let text = with_key_twice(&submitted.credentials, nth, nth % 2 == 0);
        refused(
            &submitted.with_credentials(text.as_bytes()).message,
            Check::Json,
            0,
        );
    }
}

#[test]
fn ten_thousand_levels() {
    let deep = || {
        for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
            let deep = [open.repeat(10_000), "0".to_owned(), close.repeat(10_000)].concat();
            let texts = [
                deep.clone(),
                format!(r#"{{"update_id":{deep}}}"#),
                format!(r#"{{"message":{deep}}}"#),
                format!(r#"{{"message":{{"passport_data":{{"data":{deep}}}}}}}"#),
                open.repeat(10_000),
            ];
            for text in texts {
                let error = bot_api::read_update(&text).expect_err("it is too deep");
                assert!(matches!(error.problem(), Problem::Json(_)), "{error}");
            }
            let submitted = submission();
            let credentials = submitted.credentials.to_string();
            let texts = [
                deep.clone(),
                credentials.replacen('{', &format!(r#"{{"x":{deep},"#), 1),
                credentials.replacen(r#""passport":"#, &format!(r#""passport":{deep},"x":"#), 1),
            ];
            for text in texts {
                assert_ne!(text, credentials);
                refused(
                    &submitted.with_credentials(text.as_bytes()).message,
                    Check::Json,
                    0,
                );
            }
            // A document is read without a tree, so what nobody looks at may be as deep as it likes.
            let unknown = format!(r#"{{"x":{deep},"city":"Oslo"}}"#);
            assert_eq!(city(unknown.as_bytes()), Ok(Some("Oslo".to_owned())));
            assert_eq!(
                city(format!(r#"{{"city":{deep}}}"#).as_bytes()),
                Err(Check::Json)
            );
        }
    };
    // A reader that calls itself for each level would need more.
    let thread = thread::Builder::new().stack_size(1024 * 1024).spawn(deep);
    assert!(thread.expect("a thread can be started").join().is_ok());
}

/// One that others have read can be deep, too.
#[test]
fn a_tree_that_is_too_deep() {
    let mut deep = json!(0);
    for levels in 1..400 {
        deep = json!([deep]);
        let read = bot_api::read_update(&json!({ "x": deep }));
        assert_eq!(read.is_ok(), levels < 127, "{levels}");
    }
}

/// 255 is no part of UTF-8.
#[test]
fn what_is_not_utf8() {
    let update = update().to_string().into_bytes();
    for at in 0..update.len() {
        let mut changed = update.clone();
        changed[at] = 0xff;
        let error = bot_api::read_update(&changed).expect_err("it is no text");
        assert!(matches!(error.problem(), Problem::Json(_)), "{error}");
    }
    let submitted = submission();
    let credentials = submitted.credentials.to_string().into_bytes();
    for at in 0..credentials.len() {
        let mut changed = credentials.clone();
        changed[at] = 0xff;
        let message = submitted.with_credentials(&changed).message;
        let outcome = open(Door::Mtproto, &message, &PlainKey, NONCE);
        let Err(Refusal::Open(error)) = outcome.opened else {
            panic!("{at} is no text");
        };
        assert_eq!((error.detail().check(), outcome.asked), (Check::Json, 0));
    }
    let document = br#"{"city":"Oslo","x":"y"}"#;
    for at in 0..document.len() {
        let mut changed = document.to_vec();
        changed[at] = 0xff;
        assert_eq!(city(&changed), Err(Check::Json));
    }
}

/// Each field of the credentials, by a sender.
#[test]
fn wrong_types_in_credentials() {
    let submitted = submission();
    let one = "/secure_data/passport";
    let fields = [
        ("/secure_data", true, "an object"),
        (one, false, "an object"),
        ("/secure_data/passport/data", false, "credentials"),
        ("/secure_data/passport/data/data_hash", true, "32 bytes"),
        ("/secure_data/passport/data/secret", true, "32 bytes"),
        ("/secure_data/passport/front_side", false, "credentials"),
        (
            "/secure_data/passport/front_side/file_hash",
            true,
            "32 bytes",
        ),
        ("/secure_data/passport/selfie/secret", true, "32 bytes"),
        (
            "/secure_data/utility_bill/translation/1/secret",
            true,
            "32 bytes",
        ),
        ("/secure_data/utility_bill/files", false, "an array"),
        ("/secure_data/utility_bill/files/1", true, "credentials"),
    ];
    for (path, required, kind) in fields {
        for wrong in wrong_types() {
            let message = submitted.edited(|it| {
                *it.pointer_mut(path).expect(path) = wrong.clone();
            });
            let harmless = match (&wrong, kind) {
                (Value::Null, _) => !required,
                (Value::Object(_), "an object") => true,
                // No file has credentials then.
                (Value::Array(list), "an array") => list.is_empty(),
                _ => false,
            };
            for door in Door::BOTH {
                let outcome = open(door, &message, &PlainKey, NONCE);
                match outcome.opened {
                    Ok(opened) => {
                        assert!(harmless, "{path} {wrong}");
                        assert!(!opened.findings.is_empty(), "{path} {wrong}");
                    }
                    Err(Refusal::Open(error)) => {
                        assert!(!harmless, "{path} {wrong}");
                        let check = match (&wrong, kind) {
                            (Value::String(_), "32 bytes") => Check::Encoding,
                            _ => Check::Json,
                        };
                        assert_eq!(error.detail().check(), check, "{path} {wrong}");
                        assert!(
                            error
                                .detail()
                                .place()
                                .starts_with("credentials.secure_data")
                        );
                    }
                    Err(Refusal::Container(error)) => panic!("{error}"),
                }
                assert_eq!(outcome.asked, 1);
            }
        }
    }
}

/// What `null` is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NullIs {
    Absent,
    Missing,
    Wrong,
}

/// What the container may hold where; for items of a list, which cannot be absent, `null` is wrong.
const FIELDS: [(&str, NullIs, &str); 25] = [
    ("/update_id", NullIs::Absent, "anything"),
    ("/message", NullIs::Absent, "an object"),
    ("/message/chat", NullIs::Absent, "anything"),
    ("/message/from", NullIs::Missing, "an object"),
    ("/message/from/id", NullIs::Missing, "an integer"),
    ("/message/passport_data", NullIs::Absent, "an object"),
    (
        "/message/passport_data/credentials",
        NullIs::Missing,
        "an object",
    ),
    (
        "/message/passport_data/credentials/data",
        NullIs::Missing,
        "base64",
    ),
    (
        "/message/passport_data/credentials/hash",
        NullIs::Missing,
        "base64",
    ),
    (
        "/message/passport_data/credentials/secret",
        NullIs::Missing,
        "base64",
    ),
    ("/message/passport_data/data", NullIs::Missing, "an array"),
    ("/message/passport_data/data/1", NullIs::Wrong, "an object"),
    (
        "/message/passport_data/data/1/type",
        NullIs::Missing,
        "a string",
    ),
    (
        "/message/passport_data/data/1/hash",
        NullIs::Absent,
        "a string",
    ),
    (
        "/message/passport_data/data/1/data",
        NullIs::Absent,
        "base64",
    ),
    (
        "/message/passport_data/data/1/front_side",
        NullIs::Absent,
        "an object",
    ),
    (
        "/message/passport_data/data/1/selfie/file_id",
        NullIs::Missing,
        "a string",
    ),
    (
        "/message/passport_data/data/1/selfie/file_unique_id",
        NullIs::Absent,
        "a string",
    ),
    (
        "/message/passport_data/data/1/selfie/file_size",
        NullIs::Absent,
        "anything",
    ),
    (
        "/message/passport_data/data/1/selfie/file_date",
        NullIs::Absent,
        "anything",
    ),
    (
        "/message/passport_data/data/4/files",
        NullIs::Absent,
        "an array",
    ),
    (
        "/message/passport_data/data/4/files/1",
        NullIs::Wrong,
        "an object",
    ),
    (
        "/message/passport_data/data/4/translation/0/file_id",
        NullIs::Missing,
        "a string",
    ),
    (
        "/message/passport_data/data/6/phone_number",
        NullIs::Absent,
        "a string",
    ),
    (
        "/message/passport_data/data/7/email",
        NullIs::Absent,
        "a string",
    ),
];

/// An update with every field of the container.
fn update() -> Value {
    let mut passport_data = many(1).1.to_json();
    passport_data["data"][1]["selfie"]["file_size"] = 1000.into();
    passport_data["data"][1]["selfie"]["file_date"] = 1_700_000_000.into();
    let elements = passport_data["data"].as_array_mut().expect("a list");
    elements.push(json!({ "type": "phone_number", "phone_number": "1", "hash": "" }));
    elements.push(json!({ "type": "email", "email": "a@b.example", "hash": "" }));
    let message = json!({
        "message_id": 2,
        "from": { "id": 3, "is_bot": false, "first_name": "A" },
        "chat": { "id": 3, "type": "private" },
        "passport_data": passport_data,
    });
    json!({ "update_id": 1, "message": message })
}

pub(super) fn submission() -> Submitted {
    Sender::new(1, false).submit(&many(1).0, NONCE)
}

fn wrong_types() -> [Value; 13] {
    [
        json!(null),
        json!(true),
        json!(false),
        json!(1),
        json!(-1),
        json!(1.5),
        json!(1e300),
        json!(u64::MAX),
        json!("!"),
        json!([]),
        json!(["!"]),
        json!({}),
        json!({ "a": 1 }),
    ]
}

/// The place as errors name it.
fn dotted(pointer: &str) -> String {
    let mut place = String::new();
    for name in pointer.split('/').skip(1) {
        match name.parse::<usize>() {
            Ok(index) => place += &format!("[{index}]"),
            Err(_) if place.is_empty() => place += name,
            Err(_) => place += &format!(".{name}"),
        }
    }
    place
}

fn count_keys(value: &Value) -> usize {
    match value {
        Value::Object(object) => object.len() + object.values().map(count_keys).sum::<usize>(),
        Value::Array(items) => items.iter().map(count_keys).sum(),
        _ => 0,
    }
}

/// Its text, with the key of that number written twice.
fn with_key_twice(value: &Value, nth: usize, escaped: bool) -> String {
    fn write(value: &Value, nth: &mut Option<usize>, escaped: bool) -> String {
        match value {
            Value::Object(object) => {
                let members = object.iter().map(|(key, value)| {
                    let twice = match *nth {
                        Some(0) if escaped => {
                            let unit = |unit| format!("\\u{unit:04x}");
                            let key: String = key.encode_utf16().map(unit).collect();
                            format!("\"{key}\":null,")
                        }
                        Some(0) => format!("\"{key}\":null,"),
                        _ => String::new(),
                    };
                    *nth = nth.and_then(|nth| nth.checked_sub(1));
                    format!("{twice}\"{key}\":{}", write(value, nth, escaped))
                });
                format!("{{{}}}", members.collect::<Vec<_>>().join(","))
            }
            Value::Array(items) => {
                let items = items.iter().map(|item| write(item, nth, escaped));
                format!("[{}]", items.collect::<Vec<_>>().join(","))
            }
            other => other.to_string(),
        }
    }
    write(value, &mut Some(nth), escaped)
}

fn refused(message: &Message, check: Check, asked: usize) {
    for door in Door::BOTH {
        let outcome = open(door, message, &PlainKey, NONCE);
        assert_eq!(outcome.asked, asked);
        match outcome.opened {
            Err(Refusal::Open(error)) => assert_eq!(error.detail().check(), check),
            other => panic!("{other:?}"),
        }
    }
}

/// What a service sees of an address that was sent as this text.
fn city(document: &[u8]) -> Result<Option<String>, Check> {
    let mut sender = Sender::new(1, false);
    let sealed = sender.seal(document);
    let submitted = sender.submit(&[content(ElementType::Address, &[])], NONCE);
    let message = submitted.with_part(0, Part::Data, sealed).message;
    let cities = Door::BOTH.map(|door| {
        let opened = open(door, &message, &PlainKey, NONCE).opened;
        match opened {
            Ok(mut opened) => Ok(opened
                .contents
                .remove(0)
                .fields
                .and_then(|mut it| it.remove("city"))),
            Err(Refusal::Open(error)) => Err(error.detail().check()),
            Err(Refusal::Container(error)) => panic!("{error}"),
        }
    });
    assert_eq!(cities[0], cities[1]);
    let [city, _] = cities;
    city
}
