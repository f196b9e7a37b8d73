//! The body and what it holds to: `conformance::fuzz::documents`.

#![cfg_attr(fuzzing, no_main)]

conformance_fuzz::target!(documents);
