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
    mod passport_callbacks;
    mod passport_client_by_hand;
    mod passport_client_samples;
    mod passport_client_save;
    mod passport_client_shelf;
    mod passport_documents;
    mod passport_documents_laws;
    mod passport_documents_rules;
    mod passport_files;
    mod passport_files_disk;
    mod passport_files_download;
    mod passport_files_tampered;
    mod passport_images;
    mod passport_keys;
    mod passport_keys_bad;
    mod passport_keys_laws;
    mod passport_keys_made;
    mod passport_keys_samples;
    mod passport_links;
    mod passport_links_text;
    mod passport_nonce;
    mod passport_page;
    mod passport_samples;
    mod passport_scope;
    mod passport_scope_laws;
    mod passport_scope_text;
    mod passport_submission;
    mod passport_vectors;
    mod peers;
    mod properties;
    mod snapshots;
    mod tiny;
    mod vectors;
}
