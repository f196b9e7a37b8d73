//! A tiny schema for each feature of TL: the generated code compiles, since it is part of the
//! library, and its values keep the same laws as Passport's.

use conformance::{schemas, tiny};

use super::laws;

include!(concat!(env!("OUT_DIR"), "/tiny_tests.rs"));

for_tiny_schemas!(check);

fn check(name: &str) {
    let (schema, _) = schemas::tiny(name).expect("the build script has seen the file");
    let found = tiny::ALL.iter().find(|(it, _)| *it == name);
    let (_, subjects) = found.expect("and listed its definitions");
    assert!(!subjects.is_empty());
    for subject in *subjects {
        laws::hold(&schema, subject);
    }
}
