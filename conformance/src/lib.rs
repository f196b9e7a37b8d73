//! What every implementation of Telegram Passport's TL types is held to: test vectors.
//!
//! * [`vectors`] reads files of test vectors.
//! * [`subject`] is generated code behind one face, so that one test serves every definition.
//! * [`subjects`](fn@subjects) is the code generated from the Passport schema.
//!
//! The tests stand in `tests/`, all below one module `conformance`.

pub mod subject;
pub mod vectors;

pub use subject::{Kind, Subject};

// The macro `subjects!` names this crate as a stranger would.
extern crate self as conformance;

/// Every definition of the Passport schema, with the code generated for it.
pub fn subjects() -> &'static [Subject] {
    const SUBJECTS: &[Subject] = include!(concat!(env!("OUT_DIR"), "/passport.rs"));
    SUBJECTS
}
