//! All tests of the crate, below the one module by which `cargo test conformance` finds them.

mod conformance {
    mod anchors;
    mod bad_bytes;
    mod bad_text;
    mod extremes;
    mod fields;
    mod guard;
    mod laws;
    mod memory;
    mod messages;
    mod messages_checker;
    mod messages_parser;
    mod passport_files;
    mod passport_files_disk;
    mod passport_files_download;
    mod passport_files_tampered;
    mod peers;
    mod properties;
    mod snapshots;
    mod tiny;
    mod vectors;
}
