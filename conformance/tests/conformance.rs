//! All tests of the crate, below the one module by which `cargo test conformance` finds them.

mod conformance {
    mod anchors;
    mod bad_bytes;
    mod extremes;
    mod fields;
    mod guard;
    mod laws;
    mod memory;
    mod peers;
    mod properties;
    mod random;
    mod tiny;
    mod vectors;
}
