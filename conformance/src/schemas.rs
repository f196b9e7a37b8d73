//! The schemas that values are made for: Passport's, and a tiny one for each feature of TL.
//!
//! The build script reads them in the same way, so this file is part of it, too.

use std::path::Path;
use std::sync::OnceLock;
use std::{fs, io};

use tl_schema_codegen::check::Options;
use tl_schema_codegen::ids::Dialect;
use tl_schema_codegen::load::load;
use tl_schema_codegen::schema::Schema;
use tl_schema_codegen::select::{Manifest, select};
use tl_schema_codegen::source::Source;

/// The Passport schema, checked: what `telegram-passport-tl` was generated from.
pub fn passport() -> &'static Schema {
    static SCHEMA: OnceLock<Schema> = OnceLock::new();
    SCHEMA.get_or_init(|| passport_of(&checked("passport.tl", PASSPORT)))
}

/// What the roots of the Passport schema select from a schema of at least all that they name.
///
/// # Panics
///
/// If it has less than that; the message says what.
pub fn passport_of(whole: &Schema) -> Schema {
    match select(whole, &selection()) {
        Ok(selection) => selection.schema,
        Err(error) => panic!("{error}"),
    }
}

/// The roots that the Passport schema was selected by.
fn selection() -> Manifest {
    let table: toml::Table = match SELECTION.parse() {
        Ok(table) => table,
        Err(error) => panic!("selection.toml: {error}"),
    };
    let names = |key: &str| {
        let names = table.get(key).and_then(toml::Value::as_array);
        let names = names.into_iter().flatten().filter_map(toml::Value::as_str);
        names.map(str::to_owned).collect()
    };
    Manifest {
        methods: names("methods"),
        types: names("types"),
        constructors: names("constructors"),
        opaque: names("opaque"),
    }
}

/// A tiny schema of the folder `schemas`, by the name of its file, and its text.
///
/// # Errors
///
/// If there is no such file.
///
/// # Panics
///
/// As [`checked`].
pub fn tiny(name: &str) -> io::Result<(Schema, String)> {
    let path = format!("{FOLDER}/{name}.tl");
    let text = fs::read_to_string(&path)?;
    Ok((checked(&format!("{name}.tl"), &text), text))
}

/// The names of all tiny schemas.
///
/// # Errors
///
/// If the folder cannot be read.
pub fn tiny_names() -> io::Result<Vec<String>> {
    let entries = fs::read_dir(FOLDER)?.collect::<io::Result<Vec<_>>>()?;
    let stem = |path: &Path| Some(path.file_stem()?.to_str()?.to_owned());
    let mut names: Vec<_> = entries
        .iter()
        .filter_map(|entry| stem(&entry.path()))
        .collect();
    names.sort();
    Ok(names)
}

/// A schema of Telegram's dialect that is known to have no errors.
///
/// A comment `// Roots: a, b` says that only what these reach is wanted.
///
/// # Panics
///
/// If it has errors after all; the message shows them.
pub fn checked(name: &str, text: &str) -> Schema {
    let sources = [(Source::new(name, text), Dialect::Server)];
    let schema = match load(&sources, &Options::default()) {
        Ok(checked) => checked.schema,
        Err(error) => panic!("{error}"),
    };
    let roots = text
        .lines()
        .find_map(|line| line.strip_prefix("// Roots: "));
    let Some(roots) = roots else {
        return schema;
    };
    let roots: Vec<_> = roots.split(", ").collect();
    match select(&schema, &Manifest::from_names(&schema, &roots)) {
        Ok(selection) => selection.schema,
        Err(error) => panic!("{error}"),
    }
}

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas");
const SELECTION: &str = include_str!("../../tl/schema/selection.toml");
const PASSPORT: &str = include_str!("../../tl/schema/passport.tl");
