//! The body and what it holds to: `conformance::fuzz::image`.

#![cfg_attr(fuzzing, no_main)]

conformance_fuzz::target!(image);
