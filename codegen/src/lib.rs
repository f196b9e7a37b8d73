//! TL schemas: read, check, select, print, compare, and turn into Rust.
//!
//! Each stage has its own type and its own file, and none reaches back:
//!
//! | stage | from | to | module |
//! | --- | --- | --- | --- |
//! | parse | text | [`syntax::Tree`], every node with its position | [`parser`] |
//! | check | trees | [`schema::Schema`], names resolved, ids settled | [`check`] |
//! | select | schema and roots | a smaller schema, and why each part is in it | [`select`] |
//! | emit | schema | Rust source files | [`emit`] |
//!
//! Beside them, [`load`] does the first two in one call, [`mod@print`] writes a tree down in canonical
//! form, and [`diff`] compares two schemas.

pub mod annotations;
pub mod check;
mod circles;
pub mod diagnostic;
pub mod diff;
pub mod emit;
pub mod ids;
mod lexer;
pub mod load;
pub mod names;
pub mod parser;
pub mod print;
pub mod schema;
pub mod select;
mod sizes;
pub mod source;
pub mod syntax;

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
