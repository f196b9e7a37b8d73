//! Snapshots of what is said about a schema.

use std::collections::BTreeSet;
use std::fs;

use tl_schema_codegen::check::Options;
use tl_schema_codegen::ids::Dialect;
use tl_schema_codegen::load::load;
use tl_schema_codegen::source::Source;

use super::snapshots::snapshot;

/// Compares what is said about a schema with the snapshot of that name.
pub(crate) fn check(folder: &str, name: &str, text: &str) {
    check_with(folder, name, text, &Options::default());
}

fn check_with(folder: &str, name: &str, text: &str, options: &Options) {
    let sources = [(Source::new("schema.tl", text), Dialect::Server)];
    let said = match load(&sources, options) {
        Ok(checked) => checked.warnings.render(&[&sources[0].0]),
        Err(error) => format!("{error}\n"),
    };
    assert!(!said.is_empty(), "nothing is said about this schema");
    snapshot(
        &format!("messages/{folder}"),
        name,
        &format!("{text}\n{said}"),
    );
}

#[test]
fn exception_that_is_none() {
    let options = Options {
        exceptions: BTreeSet::from(["boolean".to_owned()]),
        ..Options::default()
    };
    let text = "boolean#edf5fc98 value:int = A;\n";
    check_with("checker", "exception_that_is_none", text, &options);
}

/// Whoever adds a refusal to the parser adds a schema that shows it.
#[test]
fn every_refusal_of_the_parser_is_shown() {
    let folder = env!("CARGO_MANIFEST_DIR");
    let path = format!("{folder}/../codegen/src/parser/problem.rs");
    let source = fs::read_to_string(path).expect("the source can be read");
    let refusals = source.lines().filter_map(|line| {
        let message = line.trim().strip_prefix("message: \"")?;
        message.strip_suffix("\",")
    });
    let refusals: Vec<_> = refusals.collect();
    assert!(refusals.len() >= 20, "{refusals:?}");

    let snapshots = fs::read_dir(format!("{folder}/tests/snapshots/messages/parser"));
    let snapshots = snapshots
        .expect("the snapshots can be listed")
        .map(|entry| {
            let path = entry.expect("the snapshots can be listed").path();
            fs::read_to_string(path).expect("a snapshot is text")
        });
    let snapshots: String = snapshots.collect();
    for refusal in refusals {
        assert!(snapshots.contains(refusal), "no snapshot shows: {refusal}");
    }
}

/// Of many errors the first hundred are shown, and the rest is counted.
#[test]
fn more_errors_than_anybody_reads() {
    let text = "a = ;\n".repeat(102);
    let sources = [(Source::new("schema.tl", text), Dialect::Server)];
    let said = load(&sources, &Options::default())
        .expect_err("no line is right")
        .to_string();
    assert_eq!(said.matches("expected the result type").count(), 100);
    assert!(
        said.ends_with("error: 2 more errors are not shown"),
        "{said}"
    );
}
