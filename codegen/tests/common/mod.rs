//! What several test files need.
#![allow(dead_code, reason = "each of them needs only a part")]

use tl_schema_codegen::check::Options;
use tl_schema_codegen::ids::Dialect;
use tl_schema_codegen::load::load;
use tl_schema_codegen::schema::Schema;
use tl_schema_codegen::source::Source;

/// The schema that a text declares.
#[track_caller]
pub(crate) fn schema(text: &str) -> Schema {
    match load(
        &[(Source::new("test.tl", text), Dialect::Server)],
        &Options::default(),
    ) {
        Ok(checked) => checked.schema,
        Err(error) => panic!("{error}"),
    }
}

/// What is wrong with a text, as shown to a person.
#[track_caller]
pub(crate) fn errors(text: &str) -> String {
    let sources = [(Source::new("test.tl", text), Dialect::Server)];
    let error = load(&sources, &Options::default()).unwrap_err();
    error.diagnostics.render(&[&sources[0].0])
}

/// The warnings about a text that is right otherwise, as shown to a person.
#[track_caller]
pub(crate) fn warnings(text: &str) -> String {
    let sources = [(Source::new("test.tl", text), Dialect::Server)];
    match load(&sources, &Options::default()) {
        Ok(checked) => checked.warnings.render(&[&sources[0].0]),
        Err(error) => panic!("{error}"),
    }
}
