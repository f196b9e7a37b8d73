//! The body and what it holds to: `conformance::fuzz::form`.

#![cfg_attr(fuzzing, no_main)]

conformance_fuzz::target!(form);
