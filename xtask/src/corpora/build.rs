//! The generated code of all schemas, compiled as one workspace.

use std::path::Path;
use std::process::Command;

use tl_schema_codegen::emit::File;

use super::catalogue::CATALOGUE;
use super::examine::COMMAND;
use super::fetch::cargo;
use crate::failure::{Failure, shown, tell};
use crate::output::{Beside, Mode, sync, sync_file};

/// Writes the crate of one schema.
pub(super) fn add(build: &Path, name: &str, generated: &[File]) -> Result<(), Failure> {
    let folder = build.join(name);
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\ntelegram-passport-tl.workspace = true\n"
    );
    sync_file(&folder.join("Cargo.toml"), &manifest, Mode::Write)?;
    let root = "#![forbid(unsafe_code)]\n#![deny(warnings)]\n\npub mod generated;\n";
    sync_file(&folder.join("src/lib.rs"), root, Mode::Write)?;
    let folder = folder.join("src/generated");
    sync(&folder, generated, Mode::Write, COMMAND, Beside::Nothing)?;
    Ok(())
}

/// Compiles all crates in `build`, which is `target/corpora/build` of this workspace; the names of those that fail.
pub(super) fn compile(build: &Path) -> Result<Vec<String>, Failure> {
    let names: Vec<&str> = CATALOGUE.iter().map(|corpus| corpus.name).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = {names:?}\n\n\
         [workspace.dependencies]\ntelegram-passport-tl = {{ path = \"../../../tl\" }}\n"
    );
    sync_file(&build.join("Cargo.toml"), &manifest, Mode::Write)?;
    tell(format_args!("compiling {} crates ...\n", names.len()));
    let status = Command::new(cargo())
        .args([
            "check",
            "--quiet",
            "--offline",
            "--workspace",
            "--keep-going",
        ])
        .current_dir(build)
        // Whatever this program was built with is no business of theirs.
        .env_remove("CARGO_TARGET_DIR")
        .status()
        .map_err(|error| Failure::trouble(format_args!("cannot run cargo: {error}")))?;
    match status.success() {
        true => Ok(Vec::new()),
        false => Ok(vec![format!(
            "generated code does not compile, see above and {}",
            shown(build)
        )]),
    }
}
