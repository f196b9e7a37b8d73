//! `cargo xtask examples`

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::corpora::cargo;
use crate::failure::{Failure, say, shown, tell};
use crate::passport::workspace;

/// Build and test the examples that are packages of their own
///
/// These are the folders in passport/examples that have a manifest. They stand outside of the
/// workspace, so that what they pull in, such as tokio, is none of its business; no other command
/// here looks at them. For each: cargo fmt --check, cargo clippy with warnings as errors, cargo build,
/// cargo test. What is built goes to target/examples. Lock files are not changed.
///
/// The first run fetches some 150 crates and compiles them, which takes two minutes or so on two
/// cores; another one takes seconds. The tests themselves use no network.
///
/// Exit codes: 0 all as it should be; 1 something is not, see what cargo says; 2 there is no such
/// example, or cargo could not be run.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// Only these, by the names of their folders
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Let cargo change the lock files, which it must after a dependency of the workspace has changed
    #[arg(long)]
    unlocked: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let begin = Instant::now();
    let root = workspace();
    let packages = packages(&root.join("passport/examples"), &arguments.names)?;
    for (number, package) in packages.iter().enumerate() {
        for step in STEPS {
            let (number, of) = (number + 1, packages.len());
            tell(format_args!(
                "example {number} of {of}, {}: {} ...\n",
                package.name, step.name
            ));
            step.run(package, &root.join("target/examples"), arguments.unlocked)?;
        }
    }
    let (count, time) = (packages.len(), begin.elapsed().as_secs_f64());
    let noun = if count == 1 { "example" } else { "examples" };
    say(format_args!(
        "{count} {noun} formatted, linted, built and tested, {time:.1} s\n"
    ))
}

/// An example with a manifest.
struct Package {
    name: String,
    folder: PathBuf,
}

/// Those of the given names, or all, in the order of their names.
fn packages(folder: &Path, names: &[String]) -> Result<Vec<Package>, Failure> {
    let entries = fs::read_dir(folder).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
    let entries = entries.map_err(|error| Failure::file("list", folder, &error))?;
    let mut packages: Vec<_> = entries
        .iter()
        .map(|entry| Package {
            name: entry.file_name().to_string_lossy().into_owned(),
            folder: entry.path(),
        })
        .filter(|package| package.folder.join("Cargo.toml").exists())
        .collect();
    packages.sort_by(|one, other| one.name.cmp(&other.name));
    let known = |name: &String| packages.iter().any(|package| package.name == *name);
    if let Some(unknown) = names.iter().find(|name| !known(name)) {
        let known: Vec<_> = packages.iter().map(|it| it.name.as_str()).collect();
        return Err(
            Failure::trouble(format_args!("{} has no package {unknown:?}", shown(folder)))
                .hint(format_args!("there are: {}", known.join(", "))),
        );
    }
    if !names.is_empty() {
        packages.retain(|package| names.contains(&package.name));
    }
    Ok(packages)
}

/// A call of cargo.
struct Step {
    name: &'static str,
    arguments: &'static [&'static str],
    builds: bool,
    /// What goes behind `--`.
    more: &'static [&'static str],
    hint: &'static str,
}

impl Step {
    fn run(&self, package: &Package, target: &Path, unlocked: bool) -> Result<(), Failure> {
        let mut cargo = Command::new(cargo());
        cargo.args(self.arguments).current_dir(&package.folder);
        if self.builds {
            cargo.arg("--quiet").arg("--target-dir").arg(target);
            cargo.args((!unlocked).then_some("--locked"));
        }
        if !self.more.is_empty() {
            cargo.arg("--").args(self.more);
        }
        let status = cargo
            .status()
            .map_err(|error| Failure::trouble(format_args!("cannot run cargo: {error}")))?;
        match status.success() {
            true => Ok(()),
            false => Err(Failure::finding(format_args!(
                "{}: {} failed, see above",
                shown(&package.folder),
                self.name
            ))
            .hint(self.hint)),
        }
    }
}

const STEPS: [Step; 4] = [
    Step {
        name: "format",
        arguments: &["fmt", "--check"],
        builds: false,
        more: &[],
        hint: "cargo fmt, in that folder",
    },
    Step {
        name: "lints",
        arguments: &["clippy", "--all-targets"],
        builds: true,
        more: &["-D", "warnings"],
        hint: "if it is the lock file: cargo xtask examples --unlocked",
    },
    Step {
        name: "build",
        arguments: &["build"],
        builds: true,
        more: &[],
        hint: "the lints have passed, so this may be the linker's",
    },
    Step {
        name: "tests",
        arguments: &["test"],
        builds: true,
        more: &[],
        hint: "the tests stand in src/tests.rs",
    },
];
