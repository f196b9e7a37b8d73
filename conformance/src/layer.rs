//! The whole layer that the Passport schema was taken from.
//!
//! Its files lie in the package `grammers-tl-types`, which the tests compare with and cargo has
//! therefore at hand. They are another project's, so nothing of them is in this repository.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use tl_schema_codegen::source::Source;

/// `api.tl` of layer 230: what Telegram's servers speak of.
///
/// # Panics
///
/// As [`package`], or if the file cannot be read.
pub fn api() -> Source {
    source("api.tl")
}

/// `mtproto.tl` of the same package: the protocol below.
///
/// # Panics
///
/// As [`package`], or if the file cannot be read.
pub fn mtproto() -> Source {
    source("mtproto.tl")
}

/// The folder of a package that this one is built with.
///
/// # Panics
///
/// If cargo cannot be called, or does not know the package.
pub fn package(name: &str, version: &str) -> PathBuf {
    // Cargo names itself to what it runs; otherwise there is the one of the build.
    let cargo = env::var_os("CARGO").unwrap_or_else(|| env!("CARGO").into());
    let output = Command::new(cargo)
        // What has been built has been fetched: with the lock file as it is, and nothing asked
        // about other platforms, there is no need of the network.
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(["--filter-platform", env!("CONFORMANCE_TARGET")])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output();
    let output = output.expect("cargo can be called");
    let problem = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo metadata failed: {problem}");
    let metadata: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON");
    let mut packages = metadata["packages"].as_array().into_iter().flatten();
    let is_it = |it: &&serde_json::Value| it["name"] == name && it["version"] == version;
    let found = packages
        .find(is_it)
        .and_then(|it| it["manifest_path"].as_str());
    let Some(folder) = found.and_then(|it| Path::new(it).parent()) else {
        panic!("cargo does not know {name} {version}");
    };
    folder.to_owned()
}

fn source(name: &str) -> Source {
    let path = package("grammers-tl-types", "0.11.0").join("tl").join(name);
    match fs::read_to_string(&path) {
        Ok(text) => Source::new(name, text),
        Err(error) => panic!("{}: {error}", path.display()),
    }
}
