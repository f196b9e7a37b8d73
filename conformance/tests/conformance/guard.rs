//! No test of this crate escapes the filter by which `cargo test conformance` runs them.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::Path;

use conformance::guard::{attributes, listed};
use conformance::{Kind, schemas, subjects, vectors};

/// Where the generated tests are used: by which files the constructors, the types, the functions.
const USES: [(Kind, usize); 3] = [(Kind::Constructor, 4), (Kind::Type, 3), (Kind::Function, 4)];

/// By how many files those of the tiny schemas.
const USES_OF_TINY: usize = 2;

#[test]
fn as_many_tests_run_as_exist() {
    let all = listed(&[]);
    let run = listed(&["conformance"]);
    let outside: Vec<_> = all.difference(&run).collect();
    assert!(
        outside.is_empty(),
        "these are not found by the filter: {outside:?}"
    );
    assert_eq!(
        listed(&["--ignored"]),
        BTreeSet::new(),
        "these are switched off"
    );

    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let vectors = vectors::committed().expect("the committed files can be read");
    let stems = vectors.iter().filter_map(|(path, _)| path.file_stem());
    let module = |stem: &OsStr| format!("::{}::", stem.to_string_lossy());
    let unused: Vec<_> = stems
        .filter(|stem| !run.iter().any(|test| test.contains(&module(stem))))
        .collect();
    assert!(
        unused.is_empty(),
        "these files of vectors have no tests: `include!` them in the test module of their kind, as \
         passport_made_flow.rs does: {unused:?}"
    );
    let vectors: usize = vectors.iter().map(|(_, file)| file.number_of_tests).sum();
    let count = |kind| subjects().iter().filter(|it| it.kind == kind).count();
    let definitions: usize = USES.iter().map(|(kind, uses)| uses * count(*kind)).sum();
    let tiny = schemas::tiny_names()
        .expect("the schemas can be listed")
        .len();
    let written = attributes(&folder);
    assert_eq!(
        run.len(),
        written + vectors + definitions + USES_OF_TINY * tiny,
        "tests are missing"
    );
}

#[test]
fn no_test_stands_elsewhere_in_the_crate() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert_eq!(attributes(&folder.join("src")), 0);
}
