//! What official clients let into a document: each rule on both sides of its edge.
//!
//! Source: protocol reference, sections 7.5 to 7.9.

use std::fmt::Display;

use telegram_passport::ElementType;
use telegram_passport::document::{
    AddressField, CalendarDate, CountryCode, Date, EmailAddress, Gender, IdDocumentData,
    IdDocumentField, NativeNames, PersonalDetails, PersonalDetailsField, PhoneNumber,
    ResidentialAddress, Rule, Violations,
};

use super::snapshots::snapshot;

const COUNTRY: &[Rule] = &[Rule::NotACountryCode];
const CONTROL: &[Rule] = &[Rule::ControlCharacter];
const MISSING: &[Rule] = &[Rule::Missing];
const LATIN: &[Rule] = &[Rule::NotLatin];

#[test]
fn sound_documents_break_nothing() {
    assert_eq!(details().validate(NativeNames::NotRequired), Ok(()));
    assert_eq!(address().validate(), Ok(()));
    assert_eq!(id_document().validate(), Ok(()));
}

#[test]
fn names_in_latin_letters() {
    use PersonalDetailsField::{FirstName, LastName, MiddleName};
    let (longest, too_long) = ("x".repeat(255), "x".repeat(256));
    let both = &[Rule::TooLong { max: 255 }, Rule::NotLatin];
    for field in [FirstName, MiddleName, LastName] {
        person(field, "", if field == MiddleName { &[] } else { MISSING });
        person(field, "x", &[]);
        person(field, &longest, &[]);
        person(field, &too_long, &[Rule::TooLong { max: 255 }]);
        person(field, &"é".repeat(255), LATIN);
        person(field, &"é".repeat(256), both);
        person(field, "azAZ09.,/&-' ", &[]);
        for wrong in [
            "é", "Я", "_", "(", ";", "’", "@", "[", "`", "{", "\u{7f}", "*", "+", ":",
        ] {
            person(field, wrong, LATIN);
        }
        let control = &[Rule::NotLatin, Rule::ControlCharacter];
        person(field, "a\tb", control);
        person(field, "a\u{202e}b", control);
        person(field, "a\nb", LATIN);
    }
}

#[test]
fn native_names() {
    use PersonalDetailsField::{FirstNameNative, LastNameNative, MiddleNameNative};
    for field in [FirstNameNative, MiddleNameNative, LastNameNative] {
        let long = &[Rule::TooLong { max: 255 }];
        person(field, "", &[]);
        person(field, "Ж", &[]);
        person(field, &"Ж".repeat(255), &[]);
        person(field, &"Ж".repeat(256), long);
        // 2 UTF-16 units each.
        person(field, &"🦀".repeat(127), &[]);
        person(field, &"🦀".repeat(128), long);
        person(
            field,
            "A\u{30a}\u{333}\u{33f}\n\u{7f}\u{85}\u{2027}\u{202f}",
            &[],
        );
        for control in [
            "\0", "\u{1f}", "\r", "\t", "\u{2028}", "\u{2029}", "\u{202a}", "\u{202e}",
        ] {
            person(field, control, CONTROL);
        }
    }
    let violations = details().validate(NativeNames::Required);
    let expected = [
        (FirstNameNative, Rule::Missing),
        (LastNameNative, Rule::Missing),
    ];
    assert_eq!(listed(violations), expected);
    let whole = details()
        .with(FirstNameNative, "Анна")
        .with(LastNameNative, "Å");
    assert_eq!(whole.validate(NativeNames::Required), Ok(()));
}

#[test]
fn gender() {
    let field = PersonalDetailsField::Gender;
    person(field, "male", &[]);
    person(field, "female", &[]);
    person(field, "", MISSING);
    for wrong in ["Male", "FEMALE", "m", "other", " male", "male ", "males"] {
        person(field, wrong, &[Rule::NotAGender]);
    }
    assert_eq!(Gender::new("male"), Gender::Male);
    assert_eq!(Gender::new("Male"), Gender::Other("Male"));
    for text in ["male", "female", "other"] {
        assert_eq!(Gender::new(text).as_str(), text);
    }
}

#[test]
fn countries() {
    use PersonalDetailsField::{CountryCode as Citizenship, ResidenceCountryCode};
    for field in [Citizenship, ResidenceCountryCode] {
        for right in ["DK", "AA", "ZZ"] {
            person(field, right, &[]);
        }
        person(field, "", MISSING);
        for wrong in [
            "D", "DNK", "dk", "Dk", "dK", "D1", "D ", "@A", "[[", "Ä", "ДК",
        ] {
            person(field, wrong, COUNTRY);
        }
        person(
            field,
            "D\0",
            &[Rule::NotACountryCode, Rule::ControlCharacter],
        );
    }
    place(AddressField::CountryCode, "", MISSING);
    place(AddressField::CountryCode, "DE", &[]);
    place(AddressField::CountryCode, "Germany", COUNTRY);
    assert!(CountryCode::new("DE").is_alpha_2() && !CountryCode::new("de").is_alpha_2());
}

/// Text, the day that TDLib reads (none: it refuses), and the rules that it breaks.
const DATES: &[(&str, Day, &[Rule])] = &[
    ("29.02.2000", Some((2000, 2, 29)), &[]),
    ("29.02.2004", Some((2004, 2, 29)), &[]),
    ("28.02.1900", Some((1900, 2, 28)), &[]),
    ("01.01.0001", Some((1, 1, 1)), &[]),
    ("31.12.9999", Some((9999, 12, 31)), &[]),
    ("31.01.2020", Some((2020, 1, 31)), &[]),
    ("31.03.2020", Some((2020, 3, 31)), &[]),
    ("30.04.2020", Some((2020, 4, 30)), &[]),
    ("31.05.2020", Some((2020, 5, 31)), &[]),
    ("30.06.2020", Some((2020, 6, 30)), &[]),
    ("31.07.2020", Some((2020, 7, 31)), &[]),
    ("31.08.2020", Some((2020, 8, 31)), &[]),
    ("30.09.2020", Some((2020, 9, 30)), &[]),
    ("31.10.2020", Some((2020, 10, 31)), &[]),
    ("30.11.2020", Some((2020, 11, 30)), &[]),
    ("29.02.1900", None, NO_DAY),
    ("29.02.2100", None, NO_DAY),
    ("29.02.2001", None, NO_DAY),
    ("30.02.2000", None, NO_DAY),
    ("31.04.2020", None, NO_DAY),
    ("31.06.2020", None, NO_DAY),
    ("31.09.2020", None, NO_DAY),
    ("31.11.2020", None, NO_DAY),
    ("32.01.2020", None, NO_DAY),
    ("00.01.2020", None, NO_DAY),
    ("01.00.2020", None, NO_DAY),
    ("01.13.2020", None, NO_DAY),
    ("99.99.9999", None, NO_DAY),
    ("01.01.0000", None, NO_DAY),
    ("1.1.2020", Some((2020, 1, 1)), FORM),
    ("1.01.2020", Some((2020, 1, 1)), FORM),
    ("01.1.2020", Some((2020, 1, 1)), FORM),
    ("31.4.2020", None, &[Rule::NotADate, Rule::NotACalendarDate]),
    ("0.1.2020", None, &[Rule::NotADate, Rule::NotACalendarDate]),
    ("001.01.2020", None, FORM),
    ("01.001.2020", None, FORM),
    ("01.01.020", None, FORM),
    ("01.01.20", None, FORM),
    ("01.01.02020", None, FORM),
    ("01.01.2020.", None, FORM),
    (".01.01.2020", None, FORM),
    ("01..2020", None, FORM),
    ("01.01.", None, FORM),
    ("..", None, FORM),
    ("01.01", None, FORM),
    ("01012020", None, FORM),
    ("01/01/2020", None, FORM),
    ("01-01-2020", None, FORM),
    ("2020-01-01", None, FORM),
    ("2020.01.01", None, FORM),
    (" 1.01.2020", None, FORM),
    ("01.01.2020 ", None, FORM),
    ("+1.01.2020", None, FORM),
    ("01.-1.2020", None, FORM),
    ("01.01.+202", None, FORM),
    ("aa.bb.cccc", None, FORM),
    ("٠١.٠١.٢٠٢٠", None, FORM),
    ("01.01.2020\n", None, FORM),
];

type Day = Option<(u16, u8, u8)>;

const FORM: &[Rule] = &[Rule::NotADate];
const NO_DAY: &[Rule] = &[Rule::NotACalendarDate];

#[test]
fn dates() {
    let (birth_date, expiry_date) = (PersonalDetailsField::BirthDate, IdDocumentField::ExpiryDate);
    for &(text, day, rules) in DATES {
        let date = Date::new(text);
        assert_eq!(date.as_str(), text);
        assert_eq!(date.is_padded(), !rules.contains(&Rule::NotADate), "{text}");
        let numbers = |day: CalendarDate| (day.year(), day.month(), day.day());
        assert_eq!(date.calendar().map(numbers), day, "{text}");
        person(birth_date, text, rules);
        document(expiry_date, text, rules);
    }
    person(birth_date, "", MISSING);
    document(expiry_date, "", &[]);
    person(birth_date, "\t", &[Rule::NotADate, Rule::ControlCharacter]);
}

#[test]
fn number_of_a_document() {
    let field = IdDocumentField::DocumentNo;
    document(field, "", MISSING);
    document(field, "1", &[]);
    document(field, &"x".repeat(24), &[]);
    document(field, &"x".repeat(25), &[Rule::TooLong { max: 24 }]);
    document(field, &"Ж".repeat(24), &[]);
    // 12 code points for TDLib, but 24 and 26 units for Telegram Desktop.
    document(field, &"🦀".repeat(12), &[]);
    document(field, &"🦀".repeat(13), &[Rule::TooLong { max: 24 }]);
    document(field, "№ 12/3_4", &[]);
    document(field, "1\u{2028}", CONTROL);
}

#[test]
fn addresses() {
    use AddressField::{City, PostCode, State, StreetLine1, StreetLine2};
    let long = &[Rule::TooLong { max: 64 }];
    for field in [StreetLine1, StreetLine2, State, City] {
        let required = [StreetLine1, City].contains(&field);
        place(field, "", if required { MISSING } else { &[] });
        let short: &[Rule] = &[Rule::TooShort { min: 2 }];
        place(field, "x", if field == City { short } else { &[] });
        // 2 UTF-16 units, but 1 code point.
        place(field, "🦀", if field == City { short } else { &[] });
        place(field, "xy", &[]);
        place(field, &"я".repeat(64), &[]);
        place(field, &"я".repeat(65), long);
        place(field, "a\rb", CONTROL);
        place(field, "a\nb", &[]);
    }
    place(PostCode, "", MISSING);
    place(PostCode, "1", &[Rule::TooShort { min: 2 }]);
    for right in ["12", "SW1A-1AA", "zZ", "1234567890", "--"] {
        place(PostCode, right, &[]);
    }
    place(PostCode, "12345678901", &[Rule::TooLong { max: 10 }]);
    for wrong in ["SW1A 1AA", "12.3", "_12", "12é", "１２"] {
        place(PostCode, wrong, &[Rule::NotAPostCode]);
    }
    let both = &[Rule::TooShort { min: 2 }, Rule::NotAPostCode];
    place(PostCode, "é", both);
}

#[test]
fn phone_numbers() {
    let plain = ElementType::PhoneNumber;
    let wrong: &[Rule] = &[Rule::NotAPhoneNumber];
    for (text, digits, rules) in [
        ("12", "12", &[][..]),
        ("+12-34", "1234", &[]),
        ("+999 66 (12) 345-67", "999661234567", &[]),
        ("123456789012", "123456789012", &[]),
        ("1234567890123", "1234567890123", wrong),
        ("+1", "1", wrong),
        ("٣٤", "", wrong),
        ("unknown", "", wrong),
        ("", "", MISSING),
        ("12\0", "12", CONTROL),
    ] {
        let phone = PhoneNumber::new(text);
        assert_eq!(phone.as_str(), text);
        assert_eq!(phone.digits().as_str(), digits);
        assert_eq!(format!("{phone:?}"), "PhoneNumber(..)");
        just(plain, text, rules, phone.validate());
    }
}

#[test]
fn email_addresses() {
    let plain = ElementType::Email;
    let wrong: &[Rule] = &[Rule::NotAnEmailAddress];
    for (text, rules) in [
        ("a@b.c", &[][..]),
        ("a.b@c.d", &[]),
        (" a@b.c ", &[]),
        ("a@.", &[]),
        ("a.b@c", wrong),
        ("@b.c", wrong),
        (" @b.c", wrong),
        ("a@b", wrong),
        ("a.b", wrong),
        ("a", wrong),
        ("", MISSING),
        (" ", wrong),
        ("a@b\u{202e}.c", CONTROL),
    ] {
        let email = EmailAddress::new(text);
        assert_eq!(email.as_str(), text);
        assert_eq!(format!("{email:?}"), "EmailAddress(..)");
        just(plain, text, rules, email.validate());
    }
}

#[test]
fn everything_broken_is_told_at_once() {
    let details = PersonalDetails::new()
        .with(PersonalDetailsField::FirstName, "é\0".repeat(128))
        .with(PersonalDetailsField::BirthDate, "31.4.2020")
        .with(PersonalDetailsField::Gender, "x")
        .with(PersonalDetailsField::ResidenceCountryCode, "dk");
    let address = ResidentialAddress::new()
        .with(AddressField::City, "\t")
        .with(AddressField::PostCode, "1234567890_");
    let data = IdDocumentData::new().with(IdDocumentField::ExpiryDate, "2030");
    let phone = PhoneNumber::new("1");
    let email = EmailAddress::new("\u{202e}a.b@c");
    let text = [
        sentences(details.validate(NativeNames::Required)),
        sentences(address.validate()),
        sentences(data.validate()),
        sentences(phone.validate()),
        sentences(email.validate()),
        details
            .validate(NativeNames::NotRequired)
            .unwrap_err()
            .to_string(),
    ];
    snapshot("passport", "violations_of_documents", &text.join("\n"));
}

fn sentences<F: Display + std::fmt::Debug>(violations: Result<(), Violations<F>>) -> String {
    let violations = violations.expect_err("much is broken");
    violations.iter().map(|it| format!("{it}\n")).collect()
}

#[test]
fn expired() {
    let data = |text: &str| IdDocumentData::new().with(IdDocumentField::ExpiryDate, text);
    let today = |year, month, day| CalendarDate::new(year, month, day).expect("a day");
    let leap = data("29.02.2024");
    assert_eq!(leap.expired_on(today(2024, 2, 28)), Some(false));
    assert_eq!(leap.expired_on(today(2024, 2, 29)), Some(false));
    assert_eq!(leap.expired_on(today(2024, 3, 1)), Some(true));
    let new_year = data("31.12.2030");
    assert_eq!(new_year.expired_on(today(2030, 12, 31)), Some(false));
    assert_eq!(new_year.expired_on(today(2031, 1, 1)), Some(true));
    assert_eq!(new_year.expired_on(today(2029, 12, 31)), Some(false));
    assert_eq!(data("1.3.2020").expired_on(today(2020, 3, 2)), Some(true));
    for text in ["", "29.02.2023", "never"] {
        assert_eq!(data(text).expired_on(today(2024, 2, 29)), None, "{text}");
    }
}

#[test]
fn age() {
    for (born, on, years) in [
        ("29.02.2000", (2018, 2, 28), Some(17)),
        ("29.02.2000", (2018, 3, 1), Some(18)),
        ("29.02.2000", (2020, 2, 28), Some(19)),
        ("29.02.2000", (2020, 2, 29), Some(20)),
        ("28.02.2000", (2018, 2, 28), Some(18)),
        ("01.03.2000", (2020, 2, 29), Some(19)),
        ("15.06.1990", (1990, 6, 15), Some(0)),
        ("15.06.1990", (1990, 6, 14), None),
        ("15.06.1990", (1989, 12, 31), None),
        ("15.06.1990", (1991, 6, 14), Some(0)),
        ("15.06.1990", (1991, 6, 15), Some(1)),
        ("31.12.1999", (2000, 1, 1), Some(0)),
        ("01.01.0001", (9999, 12, 31), Some(9998)),
        ("1.1.2000", (2018, 1, 1), Some(18)),
        ("30.02.2000", (2018, 1, 1), None),
        ("", (2018, 1, 1), None),
    ] {
        let details = PersonalDetails::new().with(PersonalDetailsField::BirthDate, born);
        let (year, month, day) = on;
        let on = CalendarDate::new(year, month, day).expect("a day of the calendar");
        assert_eq!(details.age_on(on), years, "{born} {year}-{month}-{day}");
    }
}

/// A sound document with that text breaks just these rules, all in that field.
fn person(field: PersonalDetailsField, text: &str, rules: &[Rule]) {
    let violations = details()
        .with(field, text)
        .validate(NativeNames::NotRequired);
    just(field, text, rules, violations);
}

fn place(field: AddressField, text: &str, rules: &[Rule]) {
    just(field, text, rules, address().with(field, text).validate());
}

fn document(field: IdDocumentField, text: &str, rules: &[Rule]) {
    let violations = id_document().with(field, text).validate();
    just(field, text, rules, violations);
}

fn just<F>(field: F, text: &str, rules: &[Rule], violations: Result<(), Violations<F>>)
where
    F: Copy + PartialEq + std::fmt::Debug,
{
    let expected: Vec<_> = rules.iter().map(|rule| (field, *rule)).collect();
    assert_eq!(listed(violations), expected, "{field:?}: {text:?}");
}

fn listed<F: Copy>(violations: Result<(), Violations<F>>) -> Vec<(F, Rule)> {
    let Err(violations) = violations else {
        return Vec::new();
    };
    assert!(!violations.as_slice().is_empty());
    violations.iter().map(|it| (it.field, it.rule)).collect()
}

fn details() -> PersonalDetails {
    PersonalDetails::new()
        .with(PersonalDetailsField::FirstName, "Anna")
        .with(PersonalDetailsField::LastName, "Example")
        .with(PersonalDetailsField::BirthDate, "29.02.2000")
        .with(PersonalDetailsField::Gender, "female")
        .with(PersonalDetailsField::CountryCode, "DK")
        .with(PersonalDetailsField::ResidenceCountryCode, "SE")
}

fn address() -> ResidentialAddress {
    ResidentialAddress::new()
        .with(AddressField::StreetLine1, "Street 1")
        .with(AddressField::City, "City")
        .with(AddressField::CountryCode, "DK")
        .with(AddressField::PostCode, "1000")
}

fn id_document() -> IdDocumentData {
    IdDocumentData::new().with(IdDocumentField::DocumentNo, "AB123456")
}
