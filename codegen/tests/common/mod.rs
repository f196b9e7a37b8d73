//! What several test files need.

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
