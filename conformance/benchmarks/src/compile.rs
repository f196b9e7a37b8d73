//! What it costs to build the crates: processor time and memory of their compiler process.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tl_schema_codegen::annotations::Annotations;
use tl_schema_codegen::emit::{self, emit};
use tl_schema_codegen::ids::Dialect;
use tl_schema_codegen::load::load;
use tl_schema_codegen::source::Source;

use crate::layer;
use crate::report::markdown;
use crate::rustc::{self, Usage};

/// Builds each crate as a dependency, cold and with Cargo's defaults, in each of three ways.
pub(crate) fn report(rounds: usize) -> Result<String, Box<dyn Error>> {
    let folder = folder()?;
    write_layer(&folder.join("layer"))?;
    let rows = MODES
        .iter()
        .map(|mode| {
            let passport = build(&folder, &PASSPORT, mode, rounds)?;
            let layer = build(&folder, &LAYER, mode, rounds)?;
            let grammers = build(&folder, &GRAMMERS, mode, rounds)?;
            Ok(row(mode, passport, layer, grammers))
        })
        .collect::<Result<Vec<_>, Box<dyn Error>>>()?;
    let head = [
        "Compiler, seconds of processor and MB",
        "`telegram-passport-tl`",
        "whole layer, ours",
        "`grammers-tl-types`",
        "Passport / grammers",
        "Passport, MB",
        "layer / grammers",
    ];
    let mut out = String::new();
    markdown(&mut out, &head, &rows);
    Ok(out)
}

/// One way to build, and what is asked of it.
struct Mode {
    name: &'static str,
    command: &'static str,
    profile: &'static str,
    /// Passport's types take at most this part of the peer's time.
    passport: f64,
    /// The whole layer takes at most this share of the peer's time.
    layer: Option<f64>,
}

const MODES: [Mode; 3] = [
    Mode {
        name: "check",
        command: "check",
        profile: "dev",
        passport: 14.0,
        layer: Some(0.75),
    },
    Mode {
        name: "debug",
        command: "build",
        profile: "dev",
        passport: 13.0,
        layer: None,
    },
    Mode {
        name: "release",
        command: "build",
        profile: "release",
        passport: 17.0,
        layer: Some(0.7),
    },
];

/// The most memory that Passport's types may need, in MB.
const MEMORY: f64 = 220.0;

/// A crate to build.
struct Subject {
    package: &'static str,
    /// What stands in the manifest behind its name.
    dependency: &'static str,
}

const PASSPORT: Subject = Subject {
    package: "telegram-passport-tl",
    dependency: concat!("{ path = '", env!("CARGO_MANIFEST_DIR"), "/../../tl' }"),
};

const LAYER: Subject = Subject {
    package: "generated-layer",
    dependency: "{ path = '../layer' }",
};

const GRAMMERS: Subject = Subject {
    package: "grammers-tl-types",
    dependency: "'0.11'",
};

/// A folder beside what Cargo has built this program into.
fn folder() -> Result<PathBuf, Box<dyn Error>> {
    let program = std::env::current_exe()?;
    let target = program.ancestors().nth(2).ok_or("no target folder")?;
    Ok(target.join("build-cost"))
}

/// Writes a crate with the types of all of `api.tl`.
fn write_layer(folder: &Path) -> Result<(), Box<dyn Error>> {
    let sources = [(Source::new("api.tl", layer::api_tl()?), Dialect::Server)];
    let schema = load(&sources, &Default::default())?.schema;
    let options = emit::Options {
        runtime: "::telegram_passport_tl".to_owned(),
        header: Vec::new(),
        serde: false,
    };
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    for file in emit(&schema, &Annotations::default(), &options)? {
        let path = folder.join("src/generated").join(file.path);
        fs::create_dir_all(path.parent().ok_or("no folder")?)?;
        fs::write(path, file.text)?;
    }
    fs::write(
        folder.join("src/lib.rs"),
        "#![no_std]\nmod generated;\npub use generated::*;\n",
    )?;
    fs::write(
        folder.join("Cargo.toml"),
        manifest(LAYER.package, &PASSPORT),
    )?;
    Ok(())
}

fn manifest(name: &str, dependency: &Subject) -> String {
    format!(
        "[package]\nname = '{name}'\nedition = '2024'\n\n[dependencies]\n{} = {}\n",
        dependency.package, dependency.dependency
    )
}

/// Builds a package that has nothing but the dependency, and gives the least that the
/// dependency's own compiler needed.
fn build(
    folder: &Path,
    subject: &Subject,
    mode: &Mode,
    rounds: usize,
) -> Result<Usage, Box<dyn Error>> {
    let user = folder.join(format!("user-of-{}", subject.package));
    fs::create_dir_all(user.join("src"))?;
    fs::write(user.join("src/lib.rs"), "")?;
    let manifest = manifest("user", subject) + "\n[workspace]\n";
    fs::write(user.join("Cargo.toml"), manifest)?;
    // The versions of this workspace.
    fs::copy(
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.lock"),
        user.join("Cargo.lock"),
    )?;
    let log = user.join("rustc.log");
    let mut least: Option<Usage> = None;
    for _ in 0..rounds.max(1) {
        eprintln!("{} {}", mode.name, subject.package);
        let profile = ["--profile", mode.profile];
        cargo(
            &user,
            &["clean", "--package", subject.package],
            &profile,
            None,
        )?;
        fs::write(&log, "")?;
        cargo(&user, &[mode.command], &profile, Some(&log))?;
        let usage = rustc::read(
            &fs::read_to_string(&log)?,
            &subject.package.replace('-', "_"),
        )
        .ok_or("the compiler was not called for the dependency")?;
        least = Some(match least {
            None => usage,
            Some(least) => Usage {
                seconds: least.seconds.min(usage.seconds),
                megabytes: least.megabytes.min(usage.megabytes),
            },
        });
    }
    least.ok_or_else(|| "no round".into())
}

fn cargo(
    folder: &Path,
    command: &[&str],
    profile: &[&str],
    log: Option<&Path>,
) -> Result<(), Box<dyn Error>> {
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(folder)
        .args(command)
        .args(profile)
        .args(["--quiet", "--target-dir", "target"])
        .env("CARGO_INCREMENTAL", "0");
    if let Some(log) = log {
        cargo
            .env("RUSTC_WRAPPER", std::env::current_exe()?)
            .env(rustc::LOG, log);
    }
    let output = cargo.output()?;
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).into()),
    }
}

fn row(mode: &Mode, passport: Usage, layer: Usage, grammers: Usage) -> Vec<String> {
    let cell = |usage: Usage| format!("{:.2} s, {:.0} MB", usage.seconds, usage.megabytes);
    let parts = grammers.seconds / passport.seconds;
    let share = layer.seconds / grammers.seconds;
    vec![
        mode.name.to_owned(),
        cell(passport),
        cell(layer),
        cell(grammers),
        match parts >= mode.passport {
            true => format!("1/{parts:.1} ≤ 1/{}", mode.passport),
            false => format!("**1/{parts:.1} > 1/{}**", mode.passport),
        },
        crate::report::at_most(passport.megabytes, MEMORY),
        crate::report::against(share, mode.layer),
    ]
}
