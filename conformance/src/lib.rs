//! What every implementation of Telegram Passport's TL types is held to: test vectors, and
//! random values of any schema.
//!
//! * [`vectors`] reads files of test vectors.
//! * [`runner`] runs vectors against an implementation in any language, [`shim`] answers for our
//!   own crates.
//! * [`strategy`] makes random values of a checked schema, [`dynamic`] encodes them by rules of
//!   its own.
//! * [`failure`] are the classes of failure that vectors and shims name.
//! * [`made`] is what our user's side encrypts, as vectors; [`drafts`] is what it begins with.
//! * [`scripted`] is a connection to a Telegram that gives prepared answers.
//! * [`sealed`] makes stored values as a server would hold them.
//! * [`samples`] are a few values of each definition, as bytes for other programs.
//! * [`seeded`] is randomness that is the same on every run.
//! * [`subject`] is generated code behind one face, so that one test serves every definition.
//! * [`schemas`] and [`subjects`](fn@subjects) are the Passport schema and the code generated from
//!   it.
//! * [`fuzz`] is what must hold for any bytes at all: the bodies of the fuzz targets.
//! * [`layer`] is the schema of the whole layer, from another package.
//!
//! The tests stand in `tests/`, all below one module `conformance`.

pub mod drafts;
pub mod dynamic;
pub mod failure;
pub mod fuzz;
pub mod guard;
pub mod layer;
pub mod least;
pub mod made;
pub mod random;
pub mod runner;
pub mod samples;
pub mod schemas;
pub mod scripted;
pub mod sealed;
pub mod seeded;
pub mod shim;
pub mod strategy;
pub mod subject;
pub mod tiny;
pub mod vectors;

pub use subject::{Kind, Subject};

// The macro `subjects!` names this crate as a stranger would.
extern crate self as conformance;

/// Every definition of the Passport schema, with the code generated for it.
pub fn subjects() -> &'static [Subject] {
    const SUBJECTS: &[Subject] = include!(concat!(env!("OUT_DIR"), "/passport.rs"));
    SUBJECTS
}

/// The examples of the README at the top are tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct ReadmeOfTheWorkspace;
