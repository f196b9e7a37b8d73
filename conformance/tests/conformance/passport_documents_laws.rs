//! Laws of documents: any content, any bytes.

use conformance::random::for_each;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use telegram_passport::document::{
    AddressField, CalendarDate, DocumentError, Gender, IdDocumentData, IdDocumentField,
    PersonalDetails, PersonalDetailsField, ResidentialAddress,
};

use super::passport_documents::ANCHOR;

/// What is written is what another reader of JSON reads, and is read here as what was written.
#[test]
fn written_and_read_again() {
    for_each(256, texts(), |texts| {
        let mut details = PersonalDetails::new();
        let mut expected = Map::new();
        for (field, text) in PersonalDetailsField::ALL.into_iter().zip(&texts) {
            details.set(field, text.as_str());
            expected.insert(field.name().to_owned(), json!(text));
        }
        let json = details.to_json();
        let other: Value = serde_json::from_slice(json.as_bytes())?;
        prop_assert_eq!(other, Value::Object(expected.clone()));
        // Its keys are in alphabetical order, and so must ours be.
        prop_assert_eq!(
            keys(json.as_str()),
            expected.keys().cloned().collect::<Vec<_>>()
        );
        prop_assert!(PersonalDetails::from_json(json.as_bytes()) == Ok(details));
        Ok(())
    });
}

/// What other writers write is read: with as few escapes as may be, and with as many (TDLib).
#[test]
fn written_by_others() {
    for_each(256, texts(), |texts| {
        let fields = AddressField::ALL.into_iter().zip(&texts);
        let pair = |(field, text): (AddressField, &String)| (field.name().to_owned(), json!(text));
        let plain = Value::Object(fields.clone().map(pair).collect()).to_string();
        let escaped = fields.clone().map(|(field, text)| {
            let units = text.encode_utf16().map(|unit| format!(r"\u{unit:04X}"));
            format!(r#""{field}":"{}""#, units.collect::<String>())
        });
        let escaped = format!("{{{}}}", escaped.collect::<Vec<_>>().join(","));
        for json in [plain, escaped] {
            let address = ResidentialAddress::from_json(json.as_bytes())?;
            for (field, text) in fields.clone() {
                prop_assert_eq!(address.get(field).unwrap_or_default(), text);
            }
        }
        Ok(())
    });
}

#[test]
fn any_bytes_get_an_answer() {
    for_each(512, any::<Vec<u8>>(), |bytes| {
        // Hardly any of these is a document; what matters is that it returns.
        prop_assert!(IdDocumentData::from_json(&bytes).is_err());
        Ok(())
    });
    let change = (any::<prop::sample::Index>(), any::<u8>());
    for_each(2048, prop::collection::vec(change, 1..4), |changes| {
        let mut json = ANCHOR.as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at.index(json.len());
            json[at] = byte;
        }
        agrees_with_serde_json(&json)
    });
    for_each(
        4096,
        prop::collection::vec(prop::sample::select(TOKENS), 0..16),
        |tokens| {
            let json = format!("{{{}}}", tokens.concat());
            agrees_with_serde_json(json.as_bytes())
        },
    );
}

/// Pieces of JSON that make documents now and then.
const TOKENS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ",",
    ",",
    ":",
    ":",
    " ",
    "\n",
    "null",
    "true",
    "1",
    "-2.5e3",
    "\"\"",
    "\"document_no\":",
    "\"document_no\":\"AB\"",
    "\"expiry_date\":",
    "\"expiry_date\":null",
    "\"x\":",
    "\"x\":[]",
    "\"\\u00e9\"",
    "\"",
    "\\",
];

/// Where another reader sees an object, only a rule of documents may be held against it.
fn agrees_with_serde_json(json: &[u8]) -> Result<(), TestCaseError> {
    let read = IdDocumentData::from_json(json);
    match serde_json::from_slice(json) {
        Ok(Value::Object(map)) => match read {
            Ok(data) => {
                for field in IdDocumentField::ALL {
                    match map.get(field.name()) {
                        None | Some(Value::Null) => prop_assert_eq!(data.get(field), None),
                        Some(Value::String(text)) => {
                            prop_assert_eq!(data.get(field).unwrap_or_default(), text);
                        }
                        Some(value) => prop_assert!(value.is_number()),
                    }
                }
            }
            Err(DocumentError::NotText { .. } | DocumentError::DuplicateKey { .. }) => {}
            Err(error) => prop_assert!(false, "{}", error),
        },
        Ok(_) => prop_assert_eq!(read, Err(DocumentError::NotAnObject)),
        // It reads unknown values, too, and numbers up to a size.
        Err(error) if error.to_string().starts_with("lone") => {}
        Err(error) if error.to_string().starts_with("number out of range") => {}
        Err(_) => prop_assert!(read.is_err()),
    }
    Ok(())
}

/// Whatever a document holds, `Debug` says the same.
#[test]
fn debug_shows_nothing() {
    for_each(256, texts(), |texts| {
        let mut details = PersonalDetails::new();
        for (field, text) in PersonalDetailsField::ALL.into_iter().zip(&texts) {
            details.set(field, text.as_str());
        }
        let mut address = ResidentialAddress::new();
        for (field, text) in AddressField::ALL.into_iter().zip(&texts) {
            address.set(field, text.as_str());
        }
        let mut data = IdDocumentData::new();
        for (field, text) in IdDocumentField::ALL.into_iter().zip(&texts) {
            data.set(field, text.as_str());
        }
        prop_assert_eq!(
            format!("{details:?}{details:#?}"),
            "PersonalDetails(..)".repeat(2)
        );
        prop_assert_eq!(
            format!("{address:?}{address:#?}"),
            "ResidentialAddress(..)".repeat(2)
        );
        prop_assert_eq!(format!("{data:?}{data:#?}"), "IdDocumentData(..)".repeat(2));
        prop_assert_eq!(format!("{:?}", details.to_json()), "PrivateText(..)");
        if let Some(date) = details.birth_date() {
            prop_assert_eq!(format!("{date:?}"), "Date(..)");
        }
        if let Some(gender) = details.gender() {
            prop_assert_eq!(format!("{gender:?}"), "Gender(..)");
        }
        if let Some(country) = details.country_code() {
            prop_assert_eq!(format!("{country:?}"), "CountryCode(..)");
        }
        Ok(())
    });
    let day = CalendarDate::new(2000, 2, 29);
    assert_eq!(format!("{day:?}"), "Some(CalendarDate(..))");
    assert_eq!(format!("{:?}", Gender::Female), "Gender(..)");
}

/// Errors and violations say nothing of the content either.
#[test]
fn errors_show_nothing() {
    const PRIVATE: &str = "Wiedergutmachung";
    for json in [
        format!(r#"{{"document_no":["{PRIVATE}"]}}"#),
        format!(r#"{{"document_no":"{PRIVATE}\ud800"}}"#),
        format!(r#"{{"document_no":"{PRIVATE}","document_no":"{PRIVATE}"}}"#),
        format!(r#"{{"document_no":"{PRIVATE}","#),
        format!(r#"{{"{PRIVATE}":{PRIVATE}}}"#),
        format!(r#""{PRIVATE}""#),
        PRIVATE.to_owned(),
    ] {
        let error = IdDocumentData::from_json(json.as_bytes()).expect_err("each is wrong");
        assert!(!format!("{error} {error:?} {error:#?}").contains(PRIVATE));
    }
    let data = IdDocumentData::new().with(IdDocumentField::ExpiryDate, PRIVATE);
    let violations = data.validate().expect_err("this is no date");
    assert!(!format!("{violations} {violations:?}").contains(PRIVATE));
}

/// Texts of any characters, empty ones among them, for each field of the longest document.
fn texts() -> impl Strategy<Value = [String; 10]> {
    let text = prop_oneof![
        prop::collection::vec(any::<char>(), 0..8).prop_map(String::from_iter),
        "[\\x00-\\x7f]{0,16}",
        "[A-Za-z]{1,8}",
    ];
    prop::array::uniform10(text)
}

/// The keys of an object whose values are all text, in the order in which they stand.
fn keys(json: &str) -> Vec<String> {
    let names = PersonalDetailsField::ALL.map(PersonalDetailsField::name);
    let at = |name: &str| {
        json.find(&format!("{{\"{name}\":\""))
            .or_else(|| json.find(&format!("\",\"{name}\":\"")))
    };
    let mut found: Vec<_> = names
        .iter()
        .filter_map(|name| Some((at(name)?, *name)))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, name)| name.to_owned()).collect()
}
