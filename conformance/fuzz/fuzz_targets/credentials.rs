//! The body and what it holds to: `conformance::fuzz::credentials`.

#![cfg_attr(fuzzing, no_main)]

conformance_fuzz::target!(credentials);
