//! The schema of the whole layer, as it comes with grammers-tl-types.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The text of `api.tl` that the peer's types are generated from.
pub(crate) fn api_tl() -> Result<String, Box<dyn Error>> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version=1", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let manifest = metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|package| package["name"] == "grammers-tl-types")
        .filter(|package| is_wanted(&package["version"]))
        .find_map(|package| package["manifest_path"].as_str())
        .ok_or("cargo knows no grammers-tl-types 0.11")?;
    Ok(fs::read_to_string(
        Path::new(manifest).with_file_name("tl").join("api.tl"),
    )?)
}

/// Other packages of the workspace may have older ones beside it.
fn is_wanted(version: &Value) -> bool {
    version
        .as_str()
        .is_some_and(|version| version.starts_with("0.11."))
}
