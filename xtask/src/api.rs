//! `cargo xtask api`

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::corpora::cargo;
use crate::failure::{Failure, say, shown, tell};
use crate::output::{Changes, Mode, State, sync_file};
use crate::passport::workspace;

/// List what is public in the published crates, and see what changed
///
/// Writes conformance/api/NAME.txt: a line for each public item and each trait that a type
/// implements, with all features on; left out are blanket and auto traits, and what an implementation
/// of a trait repeats of it. So a change of the file is a change of the interface: a line that is gone
/// or different breaks somebody's code, a new one seldom does.
///
/// The listing is made by cargo-public-api from what rustdoc writes as JSON. That format changes with
/// the compiler, so the version of the tool has to fit it; the command says which is missing.
///
/// Exit codes: 0 all is up to date, now or before; 1 with --check, the interface is another one;
/// 2 the tool is missing or does not fit the compiler, or a crate does not compile.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// Write nothing, but fail with a short diff if the interface is another one
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let root = workspace();
    let mend = "cargo xtask api, if the change is meant; it belongs into the changelog";
    let mode = match arguments.check {
        true => Mode::Check { mend },
        false => Mode::Write,
    };
    require_tool()?;
    let (mut changes, mut lines, mut stale) = (Changes::default(), 0, Vec::new());
    for (package, target) in PACKAGES {
        let listing = listing(&root, package, &root.join(target))?;
        lines += listing.lines().count();
        let path = root.join(format!("conformance/api/{package}.txt"));
        let state = sync_file(&path, &listing, mode)?;
        changes.count(&state);
        if let State::Stale(message) = state {
            stale.push(message);
        }
    }
    match stale.is_empty() {
        true => say(format_args!("{lines} lines, {changes}\n")),
        false => Err(Failure::finding(stale.join("\n")).hint(mend)),
    }
}

fn require_tool() -> Result<(), Failure> {
    let output = Command::new(cargo())
        .args(["public-api", "--version"])
        .output();
    let version = output.map_or_else(|_| String::new(), |it| text(&it.stdout));
    match version.trim().ends_with(TOOL) {
        true => Ok(()),
        false => Err(
            Failure::trouble(format_args!("cargo-public-api {TOOL} is not installed")).hint(
                format_args!("cargo install cargo-public-api --version {TOOL} --locked"),
            ),
        ),
    }
}

/// What is public in a package.
fn listing(root: &Path, package: &str, target: &Path) -> Result<String, Failure> {
    tell(format_args!("documenting {package} ...\n"));
    // Rustdoc's JSON is unstable on each toolchain, and is asked for here in the same way on all.
    let status = Command::new(cargo())
        .args(["rustdoc", "--quiet", "--lib", "--all-features", "--package"])
        .arg(package)
        .arg("--target-dir")
        .arg(target)
        .args(["--", "-Z", "unstable-options", "--output-format", "json"])
        .args(["--cap-lints", "allow"])
        .env("RUSTC_BOOTSTRAP", "1")
        .current_dir(root)
        .status()
        .map_err(|error| Failure::trouble(format_args!("cannot run cargo: {error}")))?;
    if !status.success() {
        let message = format_args!("{package} cannot be documented, see above");
        return Err(Failure::trouble(message));
    }
    let name = package.replace('-', "_");
    let json = target.join(format!("doc/{name}.json"));
    require_format(&json)?;
    let output = Command::new(cargo())
        .args(["public-api", "-ss", "--color", "never", "--rustdoc-json"])
        .arg(&json)
        .output()
        .map_err(|error| Failure::trouble(format_args!("cannot run cargo: {error}")))?;
    match output.status.success() {
        true => Ok(shortened(&text(&output.stdout), &name)),
        false => Err(Failure::trouble(text(&output.stderr).trim())),
    }
}

/// Holds the format that rustdoc wrote against that which the tool reads.
fn require_format(json: &Path) -> Result<(), Failure> {
    let read = fs::read(json).map_err(|error| Failure::file("read", json, &error))?;
    let Format { format_version } = serde_json::from_slice(&read)
        .map_err(|error| Failure::trouble(format_args!("{}: {error}", shown(json))))?;
    match format_version == FORMAT {
        true => Ok(()),
        false => Err(Failure::trouble(format_args!(
            "rustdoc writes format {format_version}, cargo-public-api {TOOL} reads {FORMAT}"
        ))
        .hint("Rust 1.95 writes it; or change both constants at the end of xtask/src/api.rs")),
    }
}

/// The same without what implementations repeat of their traits, without lines that were there
/// before, for what is re-exported is listed again, and with `crate` for the crate's own name.
fn shortened(listing: &str, name: &str) -> String {
    let own = format!("{name}::");
    let mut seen = HashSet::new();
    let mut implementing: Option<&str> = None;
    let mut short = String::with_capacity(listing.len() / 4);
    for line in listing.lines() {
        if line.starts_with("impl") || line.starts_with("unsafe impl") {
            let (_, ty) = line.rsplit_once(" for ").unzip();
            implementing = ty.map(|ty| ty.split_once(" where ").map_or(ty, |(ty, _)| ty));
        } else if let (Some(ty), Some(item)) = (implementing, associated(line))
            && item.strip_prefix(ty).is_some_and(|it| it.starts_with("::"))
        {
            continue;
        }
        if seen.insert(line) {
            short.push_str(&line.replace(&own, "crate::"));
            short.push('\n');
        }
    }
    short
}

/// What follows the keywords of something that stands in implementations.
fn associated(line: &str) -> Option<&str> {
    let keywords = [
        "pub fn ",
        "pub const fn ",
        "pub unsafe fn ",
        "pub const ",
        "pub type ",
    ];
    keywords.iter().find_map(|it| line.strip_prefix(it))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The beginning of what rustdoc writes.
#[derive(serde::Deserialize)]
struct Format {
    format_version: u32,
}

/// The published crates, and where they are built: `tl-schema-codegen` apart, since some of its
/// dependencies, which this program has, too, are compiled anew if unstable features are allowed.
const PACKAGES: [(&str, &str); 3] = [
    ("telegram-passport", "target"),
    ("telegram-passport-tl", "target"),
    ("tl-schema-codegen", "target/api"),
];

/// The version of cargo-public-api.
const TOOL: &str = "0.52.0";

/// The format of rustdoc's JSON that it reads.
const FORMAT: u32 = 57;

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn implementations_do_not_repeat_their_traits() {
        let listing = "\
            pub struct own::One<T>\n\
            impl<T> own::One<T>\n\
            pub fn own::One<T>::new(T) -> Self\n\
            impl<T> core::clone::Clone for own::One<T> where T: core::clone::Clone\n\
            pub fn own::One<T>::clone(&self) -> Self\n\
            pub trait own::Open\n\
            pub fn own::Open::open(&self)\n\
            impl own::Open for bool\n\
            pub fn bool::open(&self)\n\
            pub fn own::free()\n\
            pub struct own::One<T>\n\
        ";
        let short = "\
            pub struct crate::One<T>\n\
            impl<T> crate::One<T>\n\
            pub fn crate::One<T>::new(T) -> Self\n\
            impl<T> core::clone::Clone for crate::One<T> where T: core::clone::Clone\n\
            pub trait crate::Open\n\
            pub fn crate::Open::open(&self)\n\
            impl crate::Open for bool\n\
            pub fn crate::free()\n\
        ";
        assert_eq!(shortened(listing, "own"), short);
    }
}
