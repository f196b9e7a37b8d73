//! Documents of a Passport: what is read, what is refused, what is written.

use std::thread;

use allocation_counter::measure;
use telegram_passport::document::{
    AddressField, CalendarDate, DocumentError, Gender, IdDocumentData, IdDocumentField,
    MAX_DOCUMENT_LENGTH, PersonalDetails, PersonalDetailsField, PrivateText, ResidentialAddress,
};

use super::snapshots::snapshot;

/// The plaintext of the reference's section 15.4.
pub(crate) const ANCHOR: &str = r#"{"document_no":"AB123456","expiry_date":"31.12.2030"}"#;

#[test]
fn the_value_of_the_reference() {
    assert_eq!(ANCHOR.len(), 53);
    let data = IdDocumentData::from_json(ANCHOR.as_bytes()).expect("the anchor is sound");
    assert_eq!(data.document_no(), Some("AB123456"));
    let expiry = data.expiry_date().expect("there is one");
    assert_eq!(expiry.as_str(), "31.12.2030");
    assert_eq!(expiry.calendar(), CalendarDate::new(2030, 12, 31));
    assert_eq!(data.to_json().as_str(), ANCHOR);
}

/// Ten keys with names in capitals, as in the data that section 15.6 tells of.
#[test]
fn all_ten_fields_of_personal_details() {
    let names = PersonalDetailsField::ALL.map(PersonalDetailsField::name);
    let expected = [
        "first_name",
        "middle_name",
        "last_name",
        "birth_date",
        "gender",
        "country_code",
        "residence_country_code",
        "first_name_native",
        "middle_name_native",
        "last_name_native",
    ];
    assert_eq!(names, expected);
    let json = r#"{"birth_date":"01.01.2001","country_code":"DK","first_name":"FIRSTNAME",
        "first_name_native":"FIRSTNAMENATIVE","gender":"female","last_name":"LASTNAME",
        "last_name_native":"LASTNAMENATIVE","middle_name":"MIDDLENAME",
        "middle_name_native":"MIDDLENAMENATIVE","residence_country_code":"SE"}"#;
    let details = PersonalDetails::from_json(json.as_bytes()).expect("sound");
    assert_eq!(details.first_name(), Some("FIRSTNAME"));
    assert_eq!(details.middle_name(), Some("MIDDLENAME"));
    assert_eq!(details.last_name(), Some("LASTNAME"));
    assert_eq!(details.first_name_native(), Some("FIRSTNAMENATIVE"));
    assert_eq!(details.middle_name_native(), Some("MIDDLENAMENATIVE"));
    assert_eq!(details.last_name_native(), Some("LASTNAMENATIVE"));
    assert_eq!(details.gender(), Some(Gender::Female));
    let text = |country: Option<_>| country.map(telegram_passport::document::CountryCode::as_str);
    assert_eq!(text(details.country_code()), Some("DK"));
    assert_eq!(text(details.residence_country_code()), Some("SE"));
    let birth_date = details.birth_date().expect("there is one");
    assert_eq!(birth_date.calendar(), CalendarDate::new(2001, 1, 1));
    let compact: String = json.split_whitespace().collect();
    assert_eq!(details.to_json().as_str(), compact);
}

#[test]
fn all_six_fields_of_an_address() {
    let names = AddressField::ALL.map(AddressField::name);
    let expected = [
        "street_line1",
        "street_line2",
        "city",
        "state",
        "country_code",
        "post_code",
    ];
    assert_eq!(names, expected);
    let json = concat!(
        r#"{"city":"CITY","country_code":"DK","post_code":"1000","state":"STATE","#,
        r#""street_line1":"LINE 1","street_line2":"LINE 2"}"#
    );
    let address = ResidentialAddress::from_json(json.as_bytes()).expect("sound");
    assert_eq!(address.street_line1(), Some("LINE 1"));
    assert_eq!(address.street_line2(), Some("LINE 2"));
    assert_eq!(address.city(), Some("CITY"));
    assert_eq!(address.state(), Some("STATE"));
    assert_eq!(
        address.country_code().map(|it| it.as_str().to_owned()),
        Some("DK".to_owned())
    );
    assert_eq!(address.post_code(), Some("1000"));
    assert_eq!(address.to_json().as_str(), json);
}

#[test]
fn names_of_fields_lead_back_to_them() {
    for field in PersonalDetailsField::ALL {
        assert_eq!(PersonalDetailsField::from_name(field.name()), Some(field));
    }
    assert_eq!(IdDocumentField::ALL.map(IdDocumentField::name), FIELDS);
    assert_eq!(IdDocumentField::from_name("Document_no"), None);
    assert_eq!(AddressField::from_name("first_name"), None);
    assert_eq!(AddressField::City.to_string(), "city");
}

const FIELDS: [&str; 2] = ["document_no", "expiry_date"];

/// What a field may hold, and the text that is made of it. Source: section 7.9.
#[test]
fn text_null_and_numbers_are_read() {
    let long = "9".repeat(1000);
    for (value, expected) in [
        (r#""AB 12""#, Some("AB 12")),
        (r#""""#, None),
        ("null", None),
        ("0", Some("0")),
        ("-0", Some("-0")),
        ("123456", Some("123456")),
        ("1.50", Some("1.50")),
        ("1E5", Some("1E5")),
        ("-1e+400", Some("-1e+400")),
        ("18446744073709551616", Some("18446744073709551616")),
        ("0.10000000000000000001", Some("0.10000000000000000001")),
        (&long, Some(&*long)),
        (r#""  AB  ""#, Some("  AB  ")),
        (r#""\u0041\n\/\"\\""#, Some("A\n/\"\\")),
        (r#""\b\f\r\t\u0000""#, Some("\u{8}\u{c}\r\t\0")),
        (r#""\uD83E\udd80""#, Some("🦀")),
        ("\"\u{202e}A\u{30a}🦀\"", Some("\u{202e}A\u{30a}🦀")),
    ] {
        for json in [
            format!(r#"{{"document_no":{value}}}"#),
            format!("\n{{\t\"document_no\" :\r\n{value} , \"expiry_date\":null}} "),
            format!(r#"{{"other":[{{"document_no":1}}],"document\u005fno":{value},"z":true}}"#),
        ] {
            let data = IdDocumentData::from_json(json.as_bytes());
            let data = data.unwrap_or_else(|error| panic!("{json}: {error}"));
            assert_eq!(data.document_no(), expected, "{json}");
            assert_eq!(data.get(IdDocumentField::ExpiryDate), None);
        }
    }
    assert_eq!(IdDocumentData::from_json(b"{}"), Ok(IdDocumentData::new()));
}

#[test]
fn what_is_no_text_makes_the_document_unusable() {
    let field = "expiry_date";
    for value in ["true", "false", "[]", "{}", r#"["31.12.2030"]"#, "[[[]]]"] {
        let json = format!(r#"{{"document_no":"1","expiry_date":{value}}}"#);
        let read = IdDocumentData::from_json(json.as_bytes());
        assert_eq!(read, Err(DocumentError::NotText { field }), "{value}");
    }
}

#[test]
fn a_known_key_stands_once() {
    let field = "document_no";
    for json in [
        r#"{"document_no":"1","document_no":"2"}"#,
        r#"{"document_no":"1","document_no":"1"}"#,
        r#"{"document_no":null,"x":0,"document_no":"2"}"#,
        r#"{"document_no":"1","document_no":null}"#,
        r#"{"document_no":"1","\u0064ocument_no":[]}"#,
    ] {
        let read = IdDocumentData::from_json(json.as_bytes());
        assert_eq!(read, Err(DocumentError::DuplicateKey { field }), "{json}");
    }
    let unknown = br#"{"x":1,"x":2,"Document_no":3,"document_no":"1","Document_no":4}"#;
    let read = IdDocumentData::from_json(unknown).expect("only unknown keys stand twice");
    assert_eq!(read.document_no(), Some("1"));
}

#[test]
fn half_a_surrogate_pair_is_no_text() {
    let field = "document_no";
    for escaped in [
        r"\ud83e",
        r"\udd80",
        r"\ud83e\ud83e",
        r"\ud83eA",
        r"\ud83e\n",
        r"\udd80\ud83e",
        r"a\uDFFFb",
    ] {
        let json = format!(r#"{{"document_no":"{escaped}"}}"#);
        let read = IdDocumentData::from_json(json.as_bytes());
        assert_eq!(read, Err(DocumentError::LoneSurrogate { field }), "{json}");
        let json = format!(r#"{{"other":"{escaped}"}}"#);
        let read = IdDocumentData::from_json(json.as_bytes());
        assert_eq!(read, Ok(IdDocumentData::new()), "{json}");
        let json = format!(r#"{{"{escaped}":"1"}}"#);
        let read = IdDocumentData::from_json(json.as_bytes());
        assert!(
            matches!(read, Err(DocumentError::NotJson { .. })),
            "a key is always read: {json}"
        );
    }
}

#[test]
fn what_is_not_json() {
    for json in [
        "",
        " ",
        "{",
        "}",
        "{}{}",
        "{} x",
        "{}\0",
        "\u{feff}{}",
        "{'document_no':1}",
        "{document_no:1}",
        r#"{"document_no"}"#,
        r#"{"document_no":}"#,
        r#"{"document_no":1,}"#,
        r#"{,"document_no":1}"#,
        r#"{"document_no":1 "expiry_date":2}"#,
        r#"{"document_no":01}"#,
        r#"{"document_no":+1}"#,
        r#"{"document_no":.5}"#,
        r#"{"document_no":1.}"#,
        r#"{"document_no":1e}"#,
        r#"{"document_no":-}"#,
        r#"{"document_no":0x1}"#,
        r#"{"document_no":NaN}"#,
        r#"{"document_no":nul}"#,
        r#"{"document_no":undefined}"#,
        r#"{"document_no":"\x41"}"#,
        r#"{"document_no":"\u12"}"#,
        r#"{"document_no":"\u+123"}"#,
        "{\"document_no\":\"a\nb\"}",
        "{\"document_no\":\"a\0b\"}",
        r#"{/* */"document_no":1}"#,
        r#"{"other":[}"#,
        r#"{"other":[1,]}"#,
        r#"{"other":"#,
    ] {
        let read = IdDocumentData::from_json(json.as_bytes());
        assert!(
            matches!(read, Err(DocumentError::NotJson { .. })),
            "{json:?}: {read:?}"
        );
    }
    for length in 0..ANCHOR.len() {
        let read = IdDocumentData::from_json(&ANCHOR.as_bytes()[..length]);
        assert!(matches!(read, Err(DocumentError::NotJson { .. })));
    }
    let read = IdDocumentData::from_json(b"{\n\"document_no\":x}");
    let place = DocumentError::NotJson {
        line: 2,
        column: 15,
    };
    assert_eq!(read, Err(place));
}

#[test]
fn what_is_not_an_object() {
    for json in ["null", "true", "1", r#""document_no""#, "[]", r#"[{}]"#] {
        let read = IdDocumentData::from_json(json.as_bytes());
        assert_eq!(read, Err(DocumentError::NotAnObject), "{json}");
    }
}

#[test]
fn what_is_not_utf8() {
    for bad in [
        &[0x80][..],
        &[0xff],
        &[0xc3],
        &[0xc0, 0xaf],
        &[0xed, 0xa0, 0x80],
        &[0xf4, 0x90, 0x80, 0x80],
        &[0xe2, 0x82],
    ] {
        for key in ["document_no", "other"] {
            let start = format!(r#"{{"{key}":""#);
            let json = [start.as_bytes(), bad, br#""}"#].concat();
            let valid_up_to = start.len();
            let read = IdDocumentData::from_json(&json);
            assert_eq!(read, Err(DocumentError::NotUtf8 { valid_up_to }), "{bad:?}");
        }
        let json = [br#"{""#, bad, br#"":1}"#].concat();
        let valid_up_to = 2;
        let read = IdDocumentData::from_json(&json);
        assert_eq!(read, Err(DocumentError::NotUtf8 { valid_up_to }), "{bad:?}");
    }
}

/// On a stack of 128 KiB, which a reader that calls itself would overflow.
#[test]
fn depth_costs_no_stack() {
    let deep = || {
        for levels in [129, 10_000, 60_000] {
            for (open, close) in [("[", "]"), (r#"{"":"#, "}")] {
                let (open, close) = (open.repeat(levels), close.repeat(levels));
                if levels * 5 > MAX_DOCUMENT_LENGTH && open.len() > levels {
                    continue;
                }
                let json = format!(r#"{{"x":{open}0{close},"document_no":"1"}}"#);
                let read = IdDocumentData::from_json(json.as_bytes()).expect("skipped");
                assert_eq!(read.document_no(), Some("1"));

                let field = "document_no";
                let json = format!(r#"{{"document_no":{open}0{close}}}"#);
                let read = IdDocumentData::from_json(json.as_bytes());
                assert_eq!(read, Err(DocumentError::NotText { field }));

                for json in [open.clone(), format!(r#"{{"x":{open}"#)] {
                    assert!(IdDocumentData::from_json(json.as_bytes()).is_err());
                }
            }
        }
    };
    let thread = thread::Builder::new().stack_size(128 * 1024).spawn(deep);
    let ended = thread.expect("a thread can be started").join();
    assert!(ended.is_ok());
}

#[test]
fn length_is_bounded_before_anything_else() {
    let padded = |length: usize| {
        let mut json = vec![b' '; length - ANCHOR.len()];
        json.extend_from_slice(ANCHOR.as_bytes());
        json
    };
    assert_eq!(MAX_DOCUMENT_LENGTH, 262_144);
    let read = IdDocumentData::from_json(&padded(262_144)).expect("just fits");
    assert_eq!(read.document_no(), Some("AB123456"));
    for length in [262_145, 8 * 1024 * 1024] {
        let json = padded(length);
        let allocated = measure(|| {
            let read = IdDocumentData::from_json(&json);
            assert_eq!(read, Err(DocumentError::TooLong { length }));
        });
        assert_eq!(allocated.count_total, 0);
    }
}

/// A field takes as much as its text; a skipped value one byte for each level, and room to grow.
#[test]
fn memory_is_bounded_by_the_input() {
    let room = MAX_DOCUMENT_LENGTH - 100;
    let field = format!(r#"{{"document_no":"{}"}}"#, r"\n".repeat(room / 2));
    let deep = format!(r#"{{"x":{}"#, "[".repeat(room));
    let keys = r#""x":0,"#.repeat(room / 6);
    let keys = format!(r#"{{{keys}"x":0}}"#);
    for json in [field, deep, keys] {
        let allocated = measure(|| drop(IdDocumentData::from_json(json.as_bytes())));
        assert!(
            allocated.bytes_max <= 2 * MAX_DOCUMENT_LENGTH as u64,
            "{}",
            allocated.bytes_max
        );
    }
}

#[test]
fn what_is_written() {
    let day = CalendarDate::new(987, 6, 5).expect("a day of the calendar");
    let mut details = PersonalDetails::new()
        .with(
            PersonalDetailsField::LastName,
            "Ö\"\\/\n\u{7}\u{1f}\u{7f}\u{2028}🦀",
        )
        .with(PersonalDetailsField::BirthDate, day)
        .with(PersonalDetailsField::Gender, Gender::Male)
        .with(PersonalDetailsField::FirstName, "Anna");
    let expected = concat!(
        r#"{"birth_date":"05.06.0987","country_code":"","first_name":"Anna","#,
        r#""first_name_native":"","gender":"male","last_name":"Ö\"\\/\n\u0007\u001f"#,
        "\u{7f}\u{2028}🦀",
        r#"","last_name_native":"","middle_name":"","middle_name_native":"","#,
        r#""residence_country_code":""}"#
    );
    assert_eq!(details.to_json().as_str(), expected);
    details.set(PersonalDetailsField::LastName, "");
    details.set(PersonalDetailsField::BirthDate, PrivateText::default());
    let expected = concat!(
        r#"{"birth_date":"","country_code":"","first_name":"Anna","first_name_native":"","#,
        r#""gender":"male","last_name":"","last_name_native":"","middle_name":"","#,
        r#""middle_name_native":"","residence_country_code":""}"#
    );
    assert_eq!(details.to_json().as_bytes(), expected.as_bytes());
}

#[test]
fn messages_of_documents() {
    let field = "birth_date";
    let errors = [
        DocumentError::TooLong { length: 300_000 },
        DocumentError::NotUtf8 { valid_up_to: 17 },
        DocumentError::NotJson { line: 2, column: 9 },
        DocumentError::NotAnObject,
        DocumentError::DuplicateKey { field },
        DocumentError::NotText { field },
        DocumentError::LoneSurrogate { field },
    ];
    let text: String = errors.iter().map(|error| format!("{error}\n")).collect();
    snapshot("passport", "messages_of_documents", &text);
}
