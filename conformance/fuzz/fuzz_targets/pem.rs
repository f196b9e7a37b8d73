//! The body and what it holds to: `conformance::fuzz::pem`.

#![cfg_attr(fuzzing, no_main)]

conformance_fuzz::target!(pem);
