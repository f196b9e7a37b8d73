//! Code generated from the tiny schemas of the folder `schemas`, one module for each.
#![allow(
    missing_docs,
    reason = "the schemas are a test of the generator and have few comments"
)]

use crate::Subject;

include!(concat!(env!("OUT_DIR"), "/tiny.rs"));

/// Every tiny schema by its name, with the code generated for its definitions.
pub const ALL: &[(&str, &[Subject])] = include!(concat!(env!("OUT_DIR"), "/tiny_subjects.rs"));
