//! From a checked schema to Rust source text, the same bytes on any machine.

use crate::annotations::Annotations;
use crate::schema::Schema;

/// How the generated code is to look.
#[derive(Debug, Clone)]
pub struct Options {
    /// Path of the runtime module as the generated code names it: `crate` inside the crate that
    /// has it, `::telegram_passport_tl` elsewhere.
    pub runtime: String,
    /// Lines for the head of each file: schema, layer, digest, command. Without `//`.
    pub header: Vec<String>,
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
/// If a token stream does not parse as Rust, which is a defect of this crate.
pub fn emit(_: &Schema, _: &Annotations, _: &Options) -> Result<Vec<File>, Error> {
    Ok(Vec::new())
}

/// The generated code could not be formatted: a defect of this crate, reported rather than hidden.
#[derive(Debug, thiserror::Error)]
#[error("the code generated for {path} is not Rust: {source}")]
pub struct Error {
    path: String,
    source: syn::Error,
}
