//! The body and what it holds to: `conformance::fuzz::srp_parameters`.

#![cfg_attr(fuzzing, no_main)]

conformance_fuzz::target!(srp_parameters);
