//! The bodies of the fuzz targets: what must hold for any bytes at all.
//!
//! Each body takes bytes and panics if a promise is broken, and promises are more than not to panic:
//! what is accepted is written back to the same bytes, two ways to the same answer give the same
//! answer, what was sealed here by the letter of the reference opens exactly if it should, and memory
//! stays within bounds. Where bytes at random would never get past a hash or the RSA step, the body
//! seals them first.
//!
//! The package `conformance/fuzz` gives the bodies to libFuzzer; the tests of this crate run them with
//! the seeds and a bounded number of their mutations. So nothing in here needs a nightly compiler.

mod credentials;
mod documents;
mod files;
mod form;
mod json;
mod keys;
mod links;
mod message;
mod meter;
mod schema;
mod seal;
mod seeds;
mod shim;
mod srp;
mod tl;

pub use self::credentials::credentials;
pub use self::documents::documents;
pub use self::files::{file_path, file_stream, image, value_decrypt};
pub use self::form::form;
pub use self::json::tl_json;
pub use self::keys::pem;
pub use self::links::link_and_scope;
pub use self::message::{bot_api_update, mtproto_action};
pub use self::meter::{Meter, set_meter};
pub use self::schema::schema_text;
pub use self::shim::shim_line;
pub use self::srp::srp_parameters;
pub use self::tl::{tl_decode_function, tl_decode_type};

/// A fuzz target.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name: that of the body, of the program in `conformance/fuzz`, and of its folder of seeds.
    pub name: &'static str,
    /// The body.
    pub run: fn(&[u8]),
    /// Inputs to begin with, made of the committed vectors; the same on every run.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// All of them.
pub const TARGETS: &[Target] = &[
    target("tl_decode_type", tl_decode_type, tl::seeds_of_types),
    target(
        "tl_decode_function",
        tl_decode_function,
        tl::seeds_of_functions,
    ),
    target("tl_json", tl_json, json::seeds),
    target("schema_text", schema_text, schema::seeds),
    target("value_decrypt", value_decrypt, files::seeds_of_values),
    target("credentials", credentials, credentials::seeds),
    target("bot_api_update", bot_api_update, message::seeds_of_updates),
    target("mtproto_action", mtproto_action, message::seeds_of_actions),
    target("link_and_scope", link_and_scope, links::seeds),
    target("pem", pem, keys::seeds),
    target("file_stream", file_stream, files::seeds_of_streams),
    target("shim_line", shim_line, shim::seeds),
    target("form", form, form::seeds),
    target("documents", documents, documents::seeds),
    target("image", image, files::seeds_of_images),
    target("file_path", file_path, files::seeds_of_paths),
    target("srp_parameters", srp_parameters, srp::seeds),
];

const fn target(name: &'static str, run: fn(&[u8]), seeds: fn() -> Vec<Vec<u8>>) -> Target {
    Target { name, run, seeds }
}
