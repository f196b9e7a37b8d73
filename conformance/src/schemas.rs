//! The schemas that values are made for.

use std::sync::OnceLock;

use tl_schema_codegen::check::Options;
use tl_schema_codegen::ids::Dialect;
use tl_schema_codegen::load::load;
use tl_schema_codegen::schema::Schema;
use tl_schema_codegen::source::Source;

/// The Passport schema, checked: what `telegram-passport-tl` was generated from.
pub fn passport() -> &'static Schema {
    static SCHEMA: OnceLock<Schema> = OnceLock::new();
    SCHEMA.get_or_init(|| checked("passport.tl", PASSPORT))
}

/// A schema of Telegram's dialect that is known to have no errors.
///
/// # Panics
///
/// If it has errors after all; the message shows them.
pub fn checked(name: &str, text: &str) -> Schema {
    let sources = [(Source::new(name, text), Dialect::Server)];
    match load(&sources, &Options::default()) {
        Ok(checked) => checked.schema,
        Err(error) => panic!("{error}"),
    }
}

const PASSPORT: &str = include_str!("../../tl/schema/passport.tl");
