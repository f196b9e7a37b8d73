//! The body and what it holds to: `conformance::fuzz::mtproto_action`.

#![cfg_attr(fuzzing, no_main)]

conformance_fuzz::target!(mtproto_action);
