//! Every test vector of the TL wire format: one test for each that is committed, and one for all
//! that are elsewhere.

use conformance::vectors::{self, File, Group, Verdict, WireVector};
use conformance::{Kind, Subject, schemas, subjects};
use serde::Deserialize;
use serde_json::Value;
use telegram_passport_tl::DecodeError;
use tl_schema_codegen::ids::{Dialect, compute};
use tl_schema_codegen::parser::parse;
use tl_schema_codegen::source::Source;

include!(concat!(env!("OUT_DIR"), "/vectors/tl_ids.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/tl_made.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/tl_wire.rs"));

/// What the folder named by `PASSPORT_VECTORS` holds; without it there is nothing to do.
#[test]
fn further_files() {
    let mut failures = Vec::new();
    let mut count = 0;
    for (path, file) in vectors::further().expect("the further files can be read") {
        if file.algorithm != "TlWire" {
            continue;
        }
        for (group, vector) in wire_vectors(&file) {
            count += 1;
            if let Err(error) = run(group, &vector) {
                let WireVector { tc_id, comment, .. } = vector;
                failures.push(format!("{} {tc_id} ({comment}): {error}", path.display()));
            }
        }
    }
    println!("{count} further vectors");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_wrong_expectation_is_noticed() {
    let mut vectors = wire_vectors(vectors::file("tl_wire"));
    let (group, vector) = vectors
        .find(|(_, it)| it.bytes.len() > 8)
        .expect("one is long enough");
    let wrong = [
        WireVector {
            result: Verdict::Invalid,
            ..vector.clone()
        },
        WireVector {
            bytes: format!("{}00000000", vector.bytes),
            ..vector.clone()
        },
        WireVector {
            value: None,
            ..vector.clone()
        },
        WireVector {
            name: None,
            result_type: None,
            ..vector
        },
    ];
    for vector in wrong {
        assert!(run(group, &vector).is_err(), "{vector:?}");
    }
}

fn check(file: &str, tc_id: u32) {
    let groups = vectors::file(file).test_groups.iter();
    let mut tests = groups.flat_map(|group| group.tests.iter().map(move |test| (group, test)));
    let (group, test) = tests
        .find(|(_, test)| test["tcId"] == tc_id)
        .expect("the build script has seen the vector");
    let outcome = match group.kind.as_str() {
        "TlConstructorId" => id(test),
        _ => {
            let vector = WireVector::deserialize(test).expect("it has the fields of its kind");
            run(group, &vector)
        }
    };
    if let Err(error) = outcome {
        panic!("{}: {error}", test["comment"]);
    }
}

/// The id that follows from a definition, by the generator's own reckoning.
fn id(test: &Value) -> Result<(), String> {
    let text = test["definition"]
        .as_str()
        .ok_or("there is no definition")?;
    let source = Source::new("definition", format!("{text};"));
    let (tree, diagnostics) = parse(&source, 0);
    let definition = tree.definitions().next();
    let (_, definition) = definition.ok_or_else(|| diagnostics.render(&[&source]))?;
    let id = format!("{:08x}", compute(definition, Dialect::Server));
    same("id", id.as_str(), test["id"].as_str().unwrap_or_default())
}

fn wire_vectors(file: &File) -> impl Iterator<Item = (&Group, WireVector)> {
    file.test_groups.iter().flat_map(|group| {
        let vectors = vectors::parse::<WireVector>(group).expect("each has the fields of its kind");
        vectors.into_iter().map(move |vector| (group, vector))
    })
}

/// Holds the generated code against one vector, in all its forms.
fn run(group: &Group, vector: &WireVector) -> Result<(), String> {
    let bytes = unhex(&vector.bytes)?;
    let subjects: Vec<_> = subjects()
        .iter()
        .filter(|it| concerns(vector, it))
        .collect();
    if subjects.is_empty() {
        return Err("nothing generated has this name".into());
    }
    for subject in subjects {
        let outcome = match group.kind.as_str() {
            "TlEncode" => {
                encodes(subject, vector, &bytes).and_then(|()| decodes(subject, vector, &bytes))
            }
            "TlDecode" | "TlDecodeInvalid" => decodes(subject, vector, &bytes),
            other => Err(format!("{other} is no kind of wire vectors")),
        };
        outcome.map_err(|error| format!("{:?} {}: {error}", subject.kind, subject.tl))?;
    }
    Ok(())
}

/// A constructor is tried as itself and as a value of its type.
fn concerns(vector: &WireVector, subject: &Subject) -> bool {
    let named = |name: &Option<String>| name.as_deref() == Some(subject.tl);
    match subject.kind {
        Kind::Function => named(&vector.name) || named(&vector.ty),
        Kind::Constructor => match vector.name {
            Some(_) => named(&vector.name),
            None => stands_for(subject.tl, vector.ty.as_deref()),
        },
        Kind::Type => {
            let function = subjects()
                .iter()
                .any(|it| it.kind == Kind::Function && vector.name.as_deref() == Some(it.tl));
            named(&vector.ty) || !function && named(&vector.result_type)
        }
    }
}

/// Whether the selection has a type by single constructors such as this one, but not the type.
fn stands_for(constructor: &str, ty: Option<&str>) -> bool {
    let schema = schemas::passport();
    let mut types = schema.types.iter();
    let found = types.find(|it| it.partial && Some(it.name.as_str()) == ty);
    let mut constructors = found.iter().flat_map(|it| &it.constructors);
    constructors.any(|at| schema.constructors[*at].name == constructor)
}

fn encodes(subject: &Subject, vector: &WireVector, expected: &[u8]) -> Result<(), String> {
    let json = subject.json.ok_or("there is no JSON form")?;
    let value = vector.value.as_ref().ok_or("the vector has no value")?;
    let bytes = (json.write)(value).map_err(|error| error.to_string())?;
    same("encoded from JSON", &*bytes, expected)
}

fn decodes(subject: &Subject, vector: &WireVector, bytes: &[u8]) -> Result<(), String> {
    let outcome = decodes_to(subject, bytes);
    match (vector.result, outcome) {
        (Verdict::Valid, Err(error)) => Err(format!("it was refused: {error}")),
        (Verdict::Invalid, Ok(_)) => Err("it was accepted".into()),
        (Verdict::Invalid | Verdict::Acceptable, Err(_)) => Ok(()),
        (Verdict::Valid | Verdict::Acceptable, Ok(forms)) => {
            same("encoded again", &*forms.owned, bytes)?;
            same("encoded again, borrowed", &*forms.borrowed, bytes)?;
            let expected = vector.value.as_ref().ok_or("the vector has no value")?;
            same("decoded to JSON", &forms.json, expected)
        }
    }
}

/// What bytes become in each form, as bytes again or as JSON.
struct Forms {
    owned: Vec<u8>,
    borrowed: Vec<u8>,
    json: serde_json::Value,
}

fn decodes_to(subject: &Subject, bytes: &[u8]) -> Result<Forms, DecodeError> {
    let (owned, borrowed) = ((subject.decode)(bytes), (subject.decode_borrowed)(bytes));
    assert_eq!(
        owned.as_ref().err(),
        borrowed.as_ref().err(),
        "the forms differ"
    );
    let json = subject.json.expect("the Passport types have a JSON form");
    Ok(Forms {
        owned: owned?.to_bytes().expect("what was read can be written"),
        borrowed: borrowed?.to_bytes().expect("what was read can be written"),
        json: (json.read)(bytes).expect("what can be read has a JSON form"),
    })
}

fn same<T: PartialEq + std::fmt::Debug + ?Sized>(
    what: &str,
    found: &T,
    expected: &T,
) -> Result<(), String> {
    match found == expected {
        true => Ok(()),
        false => Err(format!("{what}: {found:?} instead of {expected:?}")),
    }
}

fn unhex(text: &str) -> Result<Vec<u8>, String> {
    let byte = |at| {
        text.get(at..at + 2)
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
    };
    let bytes = (0..text.len()).step_by(2).map(byte).collect::<Option<_>>();
    bytes.ok_or_else(|| format!("{text} is not hexadecimal"))
}
