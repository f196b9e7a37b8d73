//! The body and what it holds to: `conformance::fuzz::tl_json`.

#![cfg_attr(fuzzing, no_main)]

conformance_fuzz::target!(tl_json);
