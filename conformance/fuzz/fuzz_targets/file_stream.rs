//! The body and what it holds to: `conformance::fuzz::file_stream`.

#![cfg_attr(fuzzing, no_main)]

conformance_fuzz::target!(file_stream);
