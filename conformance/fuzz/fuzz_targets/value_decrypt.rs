//! The body and what it holds to: `conformance::fuzz::value_decrypt`.

#![cfg_attr(fuzzing, no_main)]

conformance_fuzz::target!(value_decrypt);
