//! The body and what it holds to: `conformance::fuzz::shim_line`.

#![cfg_attr(fuzzing, no_main)]

conformance_fuzz::target!(shim_line);
