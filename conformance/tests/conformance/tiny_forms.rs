//! The JSON form and the printed form of what Passport's schema has none of.

use conformance::tiny::{doubles, object, repetitions, unnamed};
use serde_json::json;
use telegram_passport_tl::{Decode, Encode, EncodeError, Fault, Object, enums};

#[test]
fn each_double_survives_json() {
    // What is not a number, too, whichever of them it is; and what readers of JSON round.
    for (bits, text) in [
        (0x7ff0_0000_0000_0000, "inf"),
        (0xfff0_0000_0000_0000, "-inf"),
        (0x7ff8_0000_0000_0000, "0x7ff8000000000000"),
        (0xfff8_0000_0000_0123, "0xfff8000000000123"),
        (0x8000_0000_0000_0000, "-0"),
        (0x3ff0_0000_0000_0001, "1.0000000000000002"),
        (0x3fb9_9999_9999_999a, "0.1"),
    ] {
        let geo = doubles::types::Geo {
            lat: f64::from_bits(bits),
            long: 1.5,
        };
        let json = serde_json::to_string(&geo).expect("a plain value");
        assert_eq!(
            json,
            format!(r#"{{"_":"geo","lat":"{text}","long":"1.5"}}"#)
        );
        let read: doubles::types::Geo = serde_json::from_str(&json).expect("what was written");
        assert_eq!(read.lat.to_bits(), bits);
    }
    // Numbers are taken as they come.
    let numbers = json!({"_": "geo", "lat": 0.5, "long": -3});
    let read: doubles::types::Geo = serde_json::from_value(numbers).expect("two numbers");
    assert_eq!((read.lat, read.long), (0.5, -3.0));
}

#[test]
fn no_text_but_a_number_is_a_double() {
    for text in ["", "0x", "0x1g", "0x10000000000000000", "1,5", "one", " 1"] {
        let json = json!({"_": "geo", "lat": text, "long": "0"});
        let error = serde_json::from_value::<doubles::types::Geo>(json).expect_err(text);
        assert_eq!(
            error.to_string(),
            "lat: a `double` is decimal text, or 0x and its 64 bits"
        );
    }
}

#[test]
fn fields_without_a_name_are_told_apart() {
    let pair = unnamed::types::Pair {
        field_1: 7,
        field_2: "b".into(),
    };
    assert_eq!(format!("{pair:?}"), r#"pair { field_1: 7, field_2: "b" }"#);
    let json = json!({"_": "pair", "field_1": 7, "field_2": "b"});
    assert_eq!(serde_json::to_value(&pair).expect("a plain value"), json);
    assert_eq!(
        serde_json::from_value::<unnamed::types::Pair>(json).expect("what was written"),
        pair
    );
}

#[test]
fn a_vector_that_is_repeated_is_printed() {
    let rows = repetitions::types::Rows {
        cells: [vec!["a".into(), "b".into()], vec![]],
    };
    assert_eq!(format!("{rows:?}"), r#"rows { cells: [["a", "b"], []] }"#);
    // The second string of the first vector is not UTF-8.
    let mut bytes = rows.to_bytes().expect("a plain value");
    bytes[13] = 0xFF;
    let error = repetitions::types::Rows::from_bytes(&bytes).expect_err("a string of 0xFF");
    assert_eq!(
        error.to_string(),
        "rows.cells[0][1]: byte 12: a string is not UTF-8"
    );
}

#[test]
fn an_object_is_a_boxed_value_or_refused() {
    for len in [0, 1, 3, 5, 6, 7, 9] {
        let message = object::types::Message {
            id: 1,
            body: Object(vec![0; len]),
        };
        assert_eq!(message.to_bytes(), Err(EncodeError::NotBoxed { len }));
        let bytes = [&1_u64.to_le_bytes()[..], &vec![0; len]].concat();
        let error = object::types::Message::from_bytes(&bytes).expect_err("no boxed value");
        assert_eq!((error.fault(), error.offset()), (Fault::UnexpectedEnd, 8));
    }
    let message = object::types::Message {
        id: 1,
        body: Object(vec![9; 8]),
    };
    let bytes = message.to_bytes().expect("two words");
    assert_eq!(object::types::Message::from_bytes(&bytes), Ok(message));
}

/// Looking for each key among all others would take a day.
#[test]
fn a_million_keys_are_refused() {
    let keys = (0..1_000_000).map(|key| format!(r#""{key}":0"#));
    let text = format!("{{{}}}", keys.collect::<Vec<_>>().join(","));
    let error = serde_json::from_str::<enums::InputSecureFile>(&text).expect_err("no such keys");
    assert!(
        error.to_string().contains("\"_\" names the constructor"),
        "{error}"
    );
    let twice = r#"{"_":"inputSecureFile","id":"1","id":"1","access_hash":"2"}"#;
    let error = serde_json::from_str::<enums::InputSecureFile>(twice).expect_err("a key twice");
    assert!(
        error.to_string().starts_with("`id` stands twice"),
        "{error}"
    );
}
