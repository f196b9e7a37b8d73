//! From a checked schema to Rust source text, the same bytes on any machine.
//!
//! The files form a module tree with four branches: `generic` has the definitions, which take the
//! [form](crate) of their strings as a parameter; `types`, `enums` and `functions` name them in
//! the owned form and `borrowed` in the other.

mod aliases;
mod docs;
mod enums;
mod files;
mod layout;
mod members;
mod plan;
mod structs;
mod table;

use crate::annotations::Annotations;
use crate::schema::Schema;

/// How the generated code is to look.
#[derive(Debug, Clone)]
pub struct Options {
    /// Path of the runtime module as the generated code names it: `crate` inside the crate that
    /// has it, `::telegram_passport_tl` elsewhere. It has to mean the same in every module.
    pub runtime: String,
    /// Lines for the head of each file: schema, layer, digest, command. Without `//`.
    pub header: Vec<String>,
    /// Whether to implement serde's traits, under the feature `serde` of the crate that the code
    /// goes into. That feature has to turn on the one of the runtime:
    /// `serde = ["telegram-passport-tl/serde"]`.
    pub serde: bool,
}

/// One file of generated text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Path below the output folder, with `/` between its parts.
    pub path: String,
    /// The text, ended by a newline.
    pub text: String,
}

/// Generates the files of a module tree whose root is `mod.rs`.
///
/// # Errors
///
/// If [`Options::runtime`] is no path, or a token stream does not parse as Rust, which would be a
/// defect of this crate.
pub fn emit(
    schema: &Schema,
    annotations: &Annotations,
    options: &Options,
) -> Result<Vec<File>, Error> {
    let plan = plan::Plan::of(schema);
    files::write(&plan, annotations, options)
}

/// Where the definitions of a schema stand in the code that [`emit`] generates for it.
///
/// For those who generate more code over the same definitions: tests, tables, strategies.
pub fn index(schema: &Schema) -> Vec<Entry> {
    plan::Plan::of(schema).index()
}

/// The place of one definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub kind: Kind,
    /// The TL name, with its namespace.
    pub tl: String,
    /// The Rust path below the root of the generated module: `types::account::Password`.
    pub path: String,
    /// Whether it has a borrowed form, under `borrowed::` and the same path.
    pub has_form: bool,
}

/// The kind of a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A struct of `types`.
    Constructor,
    /// An enum of `enums`.
    Type,
    /// A struct of `functions`.
    Function,
}

/// The generated code could not be formatted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The path of the runtime cannot be used in a `use` declaration.
    #[error("`{path}` is not a path of a Rust module: {source}")]
    Runtime {
        /// The path as given.
        path: String,
        /// Why it is none.
        source: syn::Error,
    },
    /// A defect of this crate, reported rather than hidden.
    #[error("the code generated for {path} is not Rust: {source}")]
    NotRust {
        /// The file.
        path: String,
        /// What is wrong with it.
        source: syn::Error,
    },
}
