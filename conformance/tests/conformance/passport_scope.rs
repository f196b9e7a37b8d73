//! Scopes: which may be asked for, by the vectors and the tables of the reference, and how they
//! are read and written.

use conformance::vectors;
use serde_json::{Value, json};
use telegram_passport::ElementType;
use telegram_passport::scope::{
    AddressDocument, AddressRequest, IdentityDocument, IdentityRequest, NativeNames, Required,
    Scope, ScopeProblem,
};

include!(concat!(env!("OUT_DIR"), "/vectors/scope.rs"));

fn check(file: &str, tc_id: u32) {
    let (kind, vector) = vectors::one(file, tc_id);
    if let Err(error) = run(&kind, &vector) {
        panic!("{error}");
    }
}

#[test]
fn further_files() {
    vectors::run_further("PassportScope", run);
}

#[test]
fn a_wrong_expectation_is_noticed() {
    let (kind, mut vector) = vectors::one("scope", 1);
    vector["result"] = json!("invalid");
    assert!(run(&kind, &vector).is_err());
    vector["result"] = json!("valid");
    vector["scope"] = json!({"data": ["pass"], "v": 1});
    assert!(run(&kind, &vector).is_err());
}

fn run(_: &str, vector: &Value) -> Result<(), String> {
    let long = &vector["scope"];
    for text in [long.to_string(), shortened(long).to_string()] {
        let read = [Scope::parse(&text), Scope::parse_strict(&text)];
        if read[0] != read[1] {
            return Err(format!("{text}: read strictly it is {:?}", read[1]));
        }
        match (&read[0], vector["result"].as_str()) {
            (Err(error), Some("valid")) => return Err(format!("{text}: {error}")),
            (Ok(_), Some("invalid")) => return Err(format!("{text} was accepted")),
            (Ok(scope), _) if meaning(scope) != expected(long) => {
                return Err(format!("{text} is taken for {:?}", meaning(scope)));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Section 5.5, example 1: the official example page.
#[test]
fn example_of_the_official_page() {
    let scope = Scope::parse_strict(OFFICIAL).expect("it is official");
    assert_eq!(scope.to_short(), OFFICIAL);
    let types: Vec<Vec<_>> = meaning(&scope).into_iter().map(types).collect();
    use ElementType::*;
    assert_eq!(
        types,
        [
            vec![PersonalDetails],
            vec![Address],
            vec![PhoneNumber],
            vec![Email],
            vec![Passport, InternalPassport, DriverLicense, IdentityCard],
            vec![
                UtilityBill,
                BankStatement,
                RentalAgreement,
                PassportRegistration,
                TemporaryRegistration
            ],
        ]
    );
    let flags: Vec<_> = meaning(&scope)
        .concat()
        .into_iter()
        .filter(|it| it.selfie || it.translation || it.native_names)
        .collect();
    assert_eq!(
        flags,
        [
            required(PersonalDetails, false, false, true),
            required(Passport, true, true, false)
        ]
    );

    let built = Scope::builder()
        .personal_details(NativeNames::Required)
        .address()
        .phone_number()
        .email()
        .identity_document(IdentityRequest::one_of([
            IdentityDocument::Passport.with_selfie().with_translation(),
            IdentityDocument::InternalPassport.into(),
            IdentityDocument::DriverLicense.into(),
            IdentityDocument::IdentityCard.into(),
        ]))
        .address_document(AddressRequest::one_of(AddressDocument::ALL));
    assert_eq!(built.build().as_ref(), Ok(&scope));
}

/// Section 5.5, examples 2 to 4.
#[test]
fn examples_that_are_valid() {
    use ElementType::*;
    for (text, expected) in [
        (
            r#"{"data":["email"],"v":1}"#,
            vec![required(Email, false, false, false)],
        ),
        (
            r#"{"v":1,"d":[{"_":"idd","s":1}]}"#,
            vec![
                required(Passport, true, false, false),
                required(DriverLicense, true, false, false),
                required(IdentityCard, true, false, false),
            ],
        ),
        (
            r#"{"v":1,"d":[{"_":["pp","dl"],"s":true,"t":true}]}"#,
            vec![
                required(Passport, true, true, false),
                required(DriverLicense, true, true, false),
            ],
        ),
    ] {
        let scope = Scope::parse_strict(text).expect("the example is valid");
        assert_eq!(meaning(&scope), [expected], "{text}");
    }
}

/// Section 5.5, example 5.
#[test]
fn examples_that_are_not() {
    for (text, path) in [
        (r#"{"v":1,"d":["pp","pp"]}"#, "data[1]"),
        (r#"{"v":1,"d":[{"_":["pp","ub"]}]}"#, "data[0].one_of[1]"),
        (r#"{"v":2,"d":["pp"]}"#, "v"),
        (r#"{"v":1,"d":[{"_":"ub","s":1}]}"#, "data[0].selfie"),
        (r#"{"v":1,"d":[{"_":"pn","t":1}]}"#, "data[0].translation"),
        (r#"{"v":1,"d":[{"_":["idd"]}]}"#, "data[0].one_of[0]"),
        (r#"{"v":1,"d":[]}"#, "data"),
    ] {
        let error = Scope::parse(text).expect_err("the example is invalid");
        assert_eq!(error.path(), path, "{text}");
    }
}

/// Section 5.1, every cell: a type alone, with each option, and among alternatives, in either form.
#[test]
fn table_of_types() {
    for (long, short, selfie, translation, native_names, group) in TYPES {
        let options = [
            ("selfie", "s", selfie),
            ("translation", "t", translation),
            ("native_names", "n", native_names),
        ];
        for text in [
            format!(r#"{{"v":1,"data":["{long}"]}}"#),
            format!(r#"{{"v":1,"d":["{short}"]}}"#),
        ] {
            let scope = Scope::parse_strict(&text).expect("each may be asked for");
            assert!([scope.to_long(), scope.to_short()].contains(&text));
        }
        for (option, o, allowed) in options {
            let texts = [
                format!(r#"{{"v":1,"data":[{{"type":"{long}","{option}":true}}]}}"#),
                format!(r#"{{"v":1,"d":[{{"_":"{short}","{o}":1}}]}}"#),
            ];
            for text in &texts {
                match Scope::parse_strict(text) {
                    Ok(scope) => {
                        assert!(allowed, "{text}");
                        assert_eq!([scope.to_long(), scope.to_short()], texts);
                    }
                    Err(error) => {
                        assert!(!allowed, "{text}: {error}");
                        assert_eq!(error.path(), format!("data[0].{option}"));
                    }
                }
            }
        }
        for (other, _, _, _, _, other_group) in TYPES.into_iter().filter(|it| it.0 != long) {
            let text = format!(r#"{{"v":1,"data":[{{"one_of":["{long}","{other}"]}}]}}"#);
            let allowed = group != ' ' && group == other_group;
            assert_eq!(Scope::parse(&text).is_ok(), allowed, "{text}");
        }
    }
}

/// Options of a row hold for each of its documents, so they are judged like those of a document.
#[test]
fn options_of_a_row_with_alternatives() {
    let scope = |documents: &str, option: &str| {
        Scope::parse(&format!(
            r#"{{"v":1,"data":[{{"one_of":[{documents}],"{option}":true}}]}}"#
        ))
    };
    let identity = r#""passport","driver_license""#;
    let address = r#""utility_bill",{"type":"bank_statement","translation":true}"#;
    assert!(scope(identity, "selfie").is_ok());
    assert!(scope(identity, "translation").is_ok());
    assert!(scope(identity, "native_names").is_err());
    assert!(scope(address, "selfie").is_err());
    assert!(scope(address, "native_names").is_err());
    let both = scope(address, "translation").expect("both say so");
    assert!(meaning(&both).concat().iter().all(|it| it.translation));
}

/// Aliases count as what they stand for, but not as what they do not.
#[test]
fn an_alias_and_its_members() {
    for (alias, member, once) in [
        ("id_document", "passport", false),
        ("id_document", "driver_license", false),
        ("id_document", "identity_card", false),
        ("id_document", "internal_passport", true),
        ("address_document", "utility_bill", false),
        ("address_document", "bank_statement", false),
        ("address_document", "rental_agreement", false),
        ("address_document", "passport_registration", true),
        ("address_document", "temporary_registration", true),
    ] {
        for (first, second) in [(alias, member), (member, alias)] {
            let text = format!(r#"{{"v":1,"data":["{first}","{second}"]}}"#);
            match Scope::parse(&text) {
                Ok(_) => assert!(once, "{text}"),
                Err(error) => {
                    assert!(!once, "{text}: {error}");
                    assert!(matches!(error.problem(), ScopeProblem::Twice { .. }));
                    assert_eq!(error.path(), "data[1]");
                }
            }
        }
    }
}

#[test]
fn what_the_builder_cannot_rule_out() {
    let path = |builder: telegram_passport::scope::ScopeBuilder| {
        builder.build().expect_err("it is not allowed").path()
    };
    let start = || Scope::builder().email();
    assert_eq!(path(Scope::builder()), "data");
    assert_eq!(path(start().phone_number().email()), "data[2]");
    let none: [IdentityDocument; 0] = [];
    let request = IdentityRequest::one_of(none);
    assert_eq!(path(start().identity_document(request)), "data[1].one_of");
    let twice = [AddressDocument::UtilityBill, AddressDocument::UtilityBill];
    let request = AddressRequest::one_of(twice).with_translation();
    assert_eq!(path(start().address_document(request)), "data[1].one_of[1]");
    let builder = start()
        .identity_document(IdentityRequest::id_document().with_selfie())
        .identity_document(IdentityDocument::IdentityCard);
    assert_eq!(path(builder), "data[2]");
}

/// The builder says the same as the text.
#[test]
fn what_the_builder_says() {
    let scope = Scope::builder()
        .personal_details(NativeNames::NotRequired)
        .identity_document(
            IdentityRequest::id_document()
                .with_selfie()
                .with_translation(),
        )
        .identity_document(IdentityDocument::InternalPassport.with_translation())
        .address_document(AddressRequest::address_document().with_translation())
        .address_document(
            AddressRequest::one_of([
                AddressDocument::PassportRegistration.into(),
                AddressDocument::TemporaryRegistration.with_translation(),
            ])
            .with_translation(),
        )
        .build()
        .expect("it is allowed");
    assert_eq!(
        scope.to_short(),
        concat!(
            r#"{"v":1,"d":["pd",{"_":"idd","s":1,"t":1},{"_":"ip","t":1},{"_":"add","t":1},"#,
            r#"{"_":["pr",{"_":"tr","t":1}],"t":1}]}"#
        )
    );
    assert_eq!(
        scope.to_long(),
        concat!(
            r#"{"v":1,"data":["personal_details","#,
            r#"{"type":"id_document","selfie":true,"translation":true},"#,
            r#"{"type":"internal_passport","translation":true},"#,
            r#"{"type":"address_document","translation":true},"#,
            r#"{"one_of":["passport_registration","#,
            r#"{"type":"temporary_registration","translation":true}],"translation":true}]}"#
        )
    );
}

fn meaning(scope: &Scope) -> Vec<Vec<Required>> {
    let rows = scope.elements().iter();
    rows.map(|row| row.alternatives().collect()).collect()
}

fn types(row: Vec<Required>) -> Vec<ElementType> {
    row.into_iter().map(|it| it.element).collect()
}

fn required(element: ElementType, selfie: bool, translation: bool, native_names: bool) -> Required {
    Required {
        element,
        selfie,
        translation,
        native_names,
    }
}

/// What a valid scope in the long form asks for, by the words of the reference.
pub(crate) fn expected(scope: &Value) -> Vec<Vec<Required>> {
    let rows = scope["data"].as_array().into_iter().flatten();
    let row = |row: &Value| {
        let members = match row["one_of"].as_array() {
            Some(members) => members.clone(),
            None => vec![row.clone()],
        };
        let alternatives = members.iter().flat_map(|member| {
            let name = member.as_str().or_else(|| member["type"].as_str());
            let names = match name.expect("a member has a type") {
                "id_document" => vec!["passport", "driver_license", "identity_card"],
                "address_document" => vec!["utility_bill", "bank_statement", "rental_agreement"],
                name => vec![name],
            };
            names.into_iter().map(|name| {
                let flag = |key: &str| row[key] == true || member[key] == true;
                let element = name.parse().expect("the name is one of a type");
                required(
                    element,
                    flag("selfie"),
                    flag("translation"),
                    flag("native_names"),
                )
            })
        });
        alternatives.collect()
    };
    rows.map(row).collect()
}

/// The short form of any JSON in the long form, as the official JavaScript SDK makes it.
pub(crate) fn shortened(long: &Value) -> Value {
    match long {
        Value::Object(object) => {
            let entries = object.iter().map(|(key, value)| {
                let key = match key.as_str() {
                    "data" => "d",
                    "type" | "one_of" => "_",
                    "selfie" => "s",
                    "translation" => "t",
                    "native_names" => "n",
                    key => key,
                };
                let value = if *value == true {
                    json!(1)
                } else {
                    shortened(value)
                };
                (key.to_owned(), value)
            });
            Value::Object(entries.collect())
        }
        Value::Array(items) => items.iter().map(shortened).collect(),
        Value::String(name) => {
            let mut types = TYPES.into_iter();
            let short = types
                .find(|it| it.0 == name)
                .map_or(name.as_str(), |it| it.1);
            json!(short)
        }
        other => other.clone(),
    }
}

/// Section 5.1: long and short name, selfie, translation, native names, and the group within which
/// it may be an alternative.
pub(crate) const TYPES: [(&str, &str, bool, bool, bool, char); 15] = [
    ("personal_details", "pd", false, false, true, ' '),
    ("passport", "pp", true, true, false, 'i'),
    ("driver_license", "dl", true, true, false, 'i'),
    ("identity_card", "ic", true, true, false, 'i'),
    ("internal_passport", "ip", true, true, false, 'i'),
    ("id_document", "idd", true, true, false, ' '),
    ("address", "ad", false, false, false, ' '),
    ("utility_bill", "ub", false, true, false, 'a'),
    ("bank_statement", "bs", false, true, false, 'a'),
    ("rental_agreement", "ra", false, true, false, 'a'),
    ("passport_registration", "pr", false, true, false, 'a'),
    ("temporary_registration", "tr", false, true, false, 'a'),
    ("address_document", "add", false, true, false, ' '),
    ("phone_number", "pn", false, false, false, ' '),
    ("email", "em", false, false, false, ' '),
];

/// Section 5.5, example 1.
pub(crate) const OFFICIAL: &str = r#"{"v":1,"d":[{"_":"pd","n":1},"ad","pn","em",{"_":[{"_":"pp","s":1,"t":1},"ip","dl","ic"]},{"_":["ub","bs","ra","pr","tr"]}]}"#;
