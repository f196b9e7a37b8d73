//! The body and what it holds to: `conformance::fuzz::link_and_scope`.

#![cfg_attr(fuzzing, no_main)]

conformance_fuzz::target!(link_and_scope);
