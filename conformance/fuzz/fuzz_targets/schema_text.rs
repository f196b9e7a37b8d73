//! The body and what it holds to: `conformance::fuzz::schema_text`.

#![cfg_attr(fuzzing, no_main)]

conformance_fuzz::target!(schema_text);
