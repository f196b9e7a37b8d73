//! All tests of the crate, below the one module by which `cargo test conformance` finds them.

mod conformance {
    mod guard;
    mod peers;
    mod properties;
    mod random;
    mod vectors;
}
