//! What TL cannot say about a schema, and documentation wants to: given beside it, as plain data.

use std::collections::BTreeMap;

/// Sentences and facts by name; whatever is missing is simply not printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annotations {
    /// A sentence for each boxed type, by its TL name.
    pub types: BTreeMap<String, String>,
    /// What is known of each constructor and function, by its TL name.
    pub combinators: BTreeMap<String, Notes>,
    /// RPC errors that every function can answer with.
    pub generic_errors: Vec<RpcError>,
    /// Where the reference pages are, without a slash at the end: `https://core.telegram.org`.
    ///
    /// The pages are taken to be `/constructor/NAME`, `/method/NAME` and `/type/NAME` below it.
    pub reference: Option<String>,
}

/// What is known of one constructor or function.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    /// What it is, in a sentence.
    pub about: String,
    /// A sentence for each field, by its TL name.
    pub fields: BTreeMap<String, String>,
    /// Who may call the function: `user`, `bot`.
    pub callers: Vec<String>,
    /// The RPC errors that the function is known to answer with, beside the generic ones.
    pub errors: Vec<RpcError>,
}

/// An RPC error that a function can answer with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RpcError {
    /// The code, as in `400`.
    pub code: i32,
    /// The name; `X` as a word of its own stands for a number, as in `FILE_MIGRATE_X`.
    pub name: String,
    /// What it means, without a full stop at the end.
    pub meaning: String,
}
