//! What holds for every scope, and for every text.

use conformance::random::for_each;
use proptest::prelude::*;
use proptest::sample::{Index, subsequence};
use serde_json::{Map, Value, json};
use telegram_passport::scope::Scope;

use super::passport_scope::{TYPES, expected, shortened};

/// Scopes in the long form, put together from the table of types without the code under test:
/// they print as they are, and mean what they say, in either form.
#[test]
fn every_scope_prints_as_it_was_read() {
    for_each(512, scopes(), |json| {
        let (long, short) = (json.to_string(), shortened(&json).to_string());
        let scope = Scope::parse_strict(&long)?;
        prop_assert_eq!(&Scope::parse_strict(&short)?, &scope);
        let rows = scope.elements().iter();
        let meaning: Vec<Vec<_>> = rows.map(|row| row.alternatives().collect()).collect();
        prop_assert_eq!(meaning, expected(&json));

        for (printed, json) in [
            (scope.to_long(), &json),
            (scope.to_short(), &shortened(&json)),
        ] {
            prop_assert_eq!(&Scope::parse_strict(&printed)?, &scope);
            prop_assert_eq!(&serde_json::from_str::<Value>(&printed)?, json);
            let (start, end) = ("{\"v\":1,", "]}");
            prop_assert!(printed.starts_with(start) && printed.ends_with(end));
            prop_assert!(!printed.contains([' ', '\n']));
        }
        Ok(())
    });
}

/// A scope that is damaged somewhere is refused, or it is another one that prints as it was read.
#[test]
fn damaged_scopes() {
    let damage = (any::<Index>(), "[\\[\\]{}\":,_vdspt01 ]{0,2}", 0..3_usize);
    for_each(1024, (scopes(), damage), |(json, (at, new, removed))| {
        let text = shortened(&json).to_string();
        let at = at.index(text.len());
        let end = (at + removed).min(text.len());
        let damaged = format!("{}{new}{}", &text[..at], &text[end..]);
        if let Ok(scope) = Scope::parse(&damaged) {
            prop_assert!(serde_json::from_str::<Value>(&damaged).is_ok());
            prop_assert_eq!(Scope::parse_strict(&scope.to_long())?, scope);
        }
        Ok(())
    });
}

#[test]
fn any_text() {
    let text = prop_oneof![".{0,64}", "[\\[\\]{}\":,_vdpp01 ]{0,4096}"];
    for_each(512, text, |text| read_or_refused(&text));
}

/// JSON of any shape, with the names that a scope has.
#[test]
fn any_json() {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-1..3_i64).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any_name().prop_map(Value::from),
    ];
    let key = prop::sample::select(
        &[
            "v", "d", "data", "_", "type", "one_of", "s", "selfie", "t", "n", "x",
        ][..],
    );
    let json = leaf.prop_recursive(6, 64, 6, move |inner| {
        let entries = prop::collection::vec((key.clone(), inner.clone()), 0..6);
        prop_oneof![
            prop::collection::vec(inner, 0..6).prop_map(Value::from),
            entries.prop_map(|it| it.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()),
        ]
    });
    for_each(512, (json, any::<bool>()), |(json, wrapped)| {
        let json = if wrapped {
            json!({"v": 1, "d": [json]})
        } else {
            json
        };
        read_or_refused(&json.to_string())
    });
}

fn read_or_refused(text: &str) -> Result<(), TestCaseError> {
    let strict = Scope::parse_strict(text);
    match Scope::parse_with_warnings(text) {
        Ok((scope, warnings)) => prop_assert_eq!(strict.ok(), warnings.is_empty().then_some(scope)),
        Err(error) => {
            prop_assert!(strict.is_err());
            prop_assert!(!error.to_string().contains(char::is_control));
        }
    }
    Ok(())
}

fn any_name() -> impl Strategy<Value = String> {
    let names: Vec<_> = TYPES.into_iter().flat_map(|it| [it.0, it.1]).collect();
    prop_oneof![
        9 => prop::sample::select(names).prop_map(str::to_owned),
        1 => ".{0,4}",
    ]
}

/// Valid scopes in the long form, as they are printed: no option that is off, no object without
/// an option.
fn scopes() -> impl Strategy<Value = Value> {
    let others = subsequence(
        vec!["personal_details", "address", "phone_number", "email"],
        0..=4,
    );
    let group = |group: char, alias: &'static str, rest: &'static [&'static str]| {
        let all = TYPES.into_iter().filter(move |it| it.5 == group);
        let all: Vec<_> = all.map(|it| it.0).collect();
        let shuffled = subsequence(all.clone(), 0..=all.len()).prop_shuffle();
        let split = (shuffled, any::<Index>()).prop_map(|(all, at)| {
            let at = at.index(all.len() + 1);
            let (one_of, single) = all.split_at(at);
            let mut rows: Vec<_> = single.iter().map(|name| json!(name)).collect();
            if !one_of.is_empty() {
                rows.push(json!({"one_of": one_of}));
            }
            rows
        });
        let aliased = subsequence(rest, 0..=rest.len()).prop_map(move |rest| {
            let rows = rest.iter().map(|name| json!(name));
            rows.chain([json!(alias)]).collect::<Vec<_>>()
        });
        prop_oneof![3 => split, 1 => aliased]
    };
    let identity = group('i', "id_document", &["internal_passport"]);
    let registrations = &["passport_registration", "temporary_registration"];
    let address = group('a', "address_document", registrations);
    let rows = (others, identity, address).prop_map(|(others, identity, address)| {
        let others = others.into_iter().map(|name| json!(name));
        others.chain(identity).chain(address).collect::<Vec<_>>()
    });
    let rows = rows.prop_filter("something is asked for", |rows| !rows.is_empty());
    let flags = prop::collection::vec(any::<[bool; 3]>(), 32);
    (rows.prop_shuffle(), flags).prop_map(|(rows, flags)| {
        let mut flags = flags.into_iter();
        let rows = rows.into_iter().map(|row| with_options(row, &mut flags));
        json!({"v": 1, "data": rows.collect::<Vec<_>>()})
    })
}

/// Sets those of the options that the type may have.
fn with_options(row: Value, flags: &mut impl Iterator<Item = [bool; 3]>) -> Value {
    let (mut object, name) = match row {
        Value::String(name) => (Map::from_iter([("type".to_owned(), json!(name))]), name),
        Value::Object(mut object) => {
            let members = object["one_of"].as_array_mut().expect("it is a list");
            let name = members[0].as_str().expect("it is a name").to_owned();
            for member in members {
                *member = with_options(member.take(), flags);
            }
            (object, name)
        }
        other => return other,
    };
    let mut types = TYPES.into_iter();
    let (_, _, selfie, translation, native_names, _) =
        types.find(|it| it.0 == name).expect("it is in the table");
    let set = flags.next().expect("there are enough");
    let options = [
        ("selfie", selfie && set[0]),
        ("translation", translation && set[1]),
        ("native_names", native_names && set[2]),
    ];
    for (option, _) in options.into_iter().filter(|it| it.1) {
        object.insert(option.to_owned(), json!(true));
    }
    match object.remove("type") {
        Some(name) if object.is_empty() => name,
        Some(name) => {
            object.insert("type".to_owned(), name);
            Value::Object(object)
        }
        None => Value::Object(object),
    }
}
