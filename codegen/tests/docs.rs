//! What the documentation of generated code says of functions and of comments.

mod common;

use std::collections::BTreeMap;

use tl_schema_codegen::annotations::{Annotations, Notes, RpcError};
use tl_schema_codegen::emit::{Options, emit};

const SCHEMA: &str = "
ns.thing name:string = ns.Thing;
plain = Plain;
---functions---
ns.save#1 thing:ns.Thing = ns.Thing;
ns.all name:string = Vector<ns.Thing>;
ns.count = Vector<int>;
is name:string = Bool;
wrap {X:Type} text:string query:!X = X;
";

/// Its definition and its name in the owned form, by which it is called, say the same.
#[test]
fn functions_have_all_that_is_known_of_them() {
    let expected = |up: &str| {
        format!(
            "\
/// Saves a thing.
///
/// ```text
/// ns.save#1 thing:ns.Thing = ns.Thing
/// ```
///
/// Returns [`ns.Thing`]({up}enums::ns::Thing).
///
/// Called by: user, bot.
///
/// # Errors
///
/// * 400 `THING_INVALID`: It is none
///
/// [Reference](https://example.org/method/ns.save)
pub "
        )
    };
    let files = generated();
    for (path, up) in [
        ("functions/ns.rs", "super::super::"),
        ("generic/functions/ns.rs", "super::super::super::"),
    ] {
        assert!(files[path].contains(&expected(up)), "{}", files[path]);
    }
    let borrowed = "\
/// Saves a thing.
///
/// ```text
/// ns.save#1 thing:ns.Thing = ns.Thing
/// ```
///
/// Result, callers and errors: as for the owned [`ns.save`](super::super::super::functions::ns::Save).
pub type Save<'a> = ";
    let file = &files["borrowed/functions/ns.rs"];
    assert!(file.contains(borrowed), "{file}");
}

#[test]
fn results_are_linked_in_the_owned_form() {
    let files = generated();
    for (path, line) in [
        (
            "functions/ns.rs",
            "Returns a vector of [`ns.Thing`](super::super::enums::ns::Thing).",
        ),
        ("generic/functions/ns.rs", "Returns `Vector<int>`."),
        ("functions.rs", "Returns `Bool`."),
        ("functions.rs", "Returns what `query` returns."),
    ] {
        let file = &files[path];
        assert!(file.contains(&format!("\n/// {line}\n")), "{line}\n{file}");
    }
}

/// By path.
fn generated() -> BTreeMap<String, String> {
    let notes = Notes {
        about: "Saves a thing.".to_owned(),
        callers: vec!["user".to_owned(), "bot".to_owned()],
        errors: vec![RpcError {
            code: 400,
            name: "THING_INVALID".to_owned(),
            meaning: "It is none".to_owned(),
        }],
        ..Notes::default()
    };
    let annotations = Annotations {
        combinators: BTreeMap::from([("ns.save".to_owned(), notes)]),
        reference: Some("https://example.org".to_owned()),
        ..Annotations::default()
    };
    let options = Options {
        runtime: "::telegram_passport_tl".to_owned(),
        header: Vec::new(),
        serde: false,
    };
    let files = emit(&common::schema(SCHEMA), &annotations, &options).unwrap();
    files
        .into_iter()
        .map(|file| (file.path, file.text))
        .collect()
}
