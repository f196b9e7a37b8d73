//! The body and what it holds to: `conformance::fuzz::bot_api_update`.

#![cfg_attr(fuzzing, no_main)]

conformance_fuzz::target!(bot_api_update);
