//! JSON documents, as they stand behind the encryption, and the server's table of languages.

use telegram_passport::client::PassportConfig;
use telegram_passport::document::{
    AddressField, CalendarDate, IdDocumentData, IdDocumentField, NativeNames, PersonalDetails,
    PersonalDetailsField, ResidentialAddress,
};

use super::meter::bounded;

/// A text as each kind of document.
///
/// What is read is written, and what is written is read as the same and written the same; unknown keys
/// do not come back, and every field is there, if only as an empty text. A document that is read is
/// JSON for others, too. Little more than the text is held.
pub fn documents(data: &[u8]) {
    let most = 4 * data.len() + 16 * 1024;
    macro_rules! document {
        ($document:ident, $field:ident) => {
            if let Ok(document) = bounded(most, || $document::from_json(data)) {
                let written = document.to_json();
                let again = $document::from_json(written.as_bytes());
                let again = again.expect("what is written can be read");
                assert_eq!(again.to_json().as_str(), written.as_str());
                for field in $field::ALL {
                    assert_eq!(again.get(field), document.get(field));
                    assert_ne!(document.get(field), Some(""));
                }
                is_json(
                    data,
                    written.as_str(),
                    $field::ALL.map(|it| it.name()).as_slice(),
                );
                assert!(format!("{document:?}").len() < 200, "{document:?}");
                Some(document)
            } else {
                None
            }
        };
    }
    if let Some(details) = document!(PersonalDetails, PersonalDetailsField) {
        let lenient = details.validate(NativeNames::NotRequired);
        let strict = details.validate(NativeNames::Required);
        assert!(strict.is_err() || lenient.is_ok());
        let day = CalendarDate::new(2026, 11, 23).expect("a day of the calendar");
        if lenient.is_ok() {
            let date = details.birth_date().and_then(|it| it.calendar());
            assert!(
                date.is_some(),
                "a date that keeps the rules is one of the calendar"
            );
        }
        assert!(details.age_on(day).is_none_or(|age| age <= 9999));
    }
    if let Some(address) = document!(ResidentialAddress, AddressField) {
        let _ = address.validate();
    }
    if let Some(document) = document!(IdDocumentData, IdDocumentField) {
        let _ = document.validate();
        let day = CalendarDate::new(2026, 11, 23).expect("a day of the calendar");
        let date = document.expiry_date().and_then(|it| it.calendar());
        assert_eq!(document.expired_on(day), date.map(|date| date < day));
    }
    if let Ok(text) = str::from_utf8(data)
        && let Some(config) = PassportConfig::from_json(7, text)
    {
        assert_eq!(config.hash(), 7);
    }
}

/// What was read, to a reader that is not ours: the fields are those of the text.
fn is_json(data: &[u8], written: &str, names: &[&str]) {
    use serde_json::Value;

    let written: Value = serde_json::from_str(written).expect("a document is JSON");
    // Beyond 128 levels, which the documents pass over, that reader gives up; so it does for numbers
    // that no double holds.
    let Ok(read) = serde_json::from_slice::<Value>(data) else {
        return;
    };
    for name in names {
        let (ours, theirs) = (&written[name], &read[name]);
        match theirs {
            Value::String(text) if !text.is_empty() => assert_eq!(ours, theirs, "{name}"),
            Value::Number(_) => assert!(ours.is_string(), "{name}"),
            _ => assert_eq!(*ours, "", "{name}"),
        }
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let texts = [
        r#"{"first_name":"Ada","middle_name":"","last_name":"Lovelace","first_name_native":"Ада","last_name_native":"Лавлейс","birth_date":"10.12.1985","gender":"female","country_code":"GB","residence_country_code":"GB"}"#,
        r#"{"birth_date":"29.02.2000","gender":"male","first_name":null,"unknown":{"a":[1,2]},"last_name":"O'Br\u0069en \ud83d\ude00"}"#,
        r#"{"street_line1":"Street 1","street_line2":"","city":"Berlin","state":"B","country_code":"DE","post_code":"10115"}"#,
        r#"{"post_code":10115,"city":1.5e3}"#,
        r#"{"document_no":"AB123456","expiry_date":"1.2.2030"}"#,
        r#"{"document_no":"","expiry_date":"00.13.0000"}"#,
        r#"{"DE":"de","GB":"en","AT":"de","RU":"ru"}"#,
        " {} ",
        r#"{"\u0063ity":"x","city":"y"}"#,
    ];
    texts.map(|it| it.as_bytes().to_vec()).into()
}
