//! `examples` with a package of a few lines.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{Outcome, folder, untimed, xtask};

const SOUND: &str = "fn main() {}\n\n#[test]\nfn sound() {\n    assert_eq!(\"a\".len(), 1);\n}\n";

#[test]
fn sound_ones_are_built_beside_the_workspace_and_nothing_is_left() {
    let workspace = workspace("examples", SOUND);
    fs::create_dir_all(workspace.join("passport/examples/sample")).unwrap();
    let before = names(&workspace.join("passport/examples/tiny"));
    let done = examples(&workspace, &[]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    let last = done.stdout.lines().last().unwrap();
    assert_eq!(
        untimed(last),
        "1 example formatted, linted, built and tested"
    );
    for step in ["format", "lints", "build", "tests"] {
        let line = format!("example 1 of 1, tiny: {step} ...\n");
        assert!(done.stderr.contains(&line), "{}", done.stderr);
    }
    assert!(workspace.join("target/examples/debug").exists());
    assert_eq!(names(&workspace.join("passport/examples/tiny")), before);
}

#[test]
fn each_step_can_fail() {
    let cases = [
        ("format", SOUND.replace("{}", "{ }"), "format"),
        (
            "lints",
            SOUND.replace("main() {}", "main() {\n    let x = 1;\n}"),
            "lints",
        ),
        ("tests", SOUND.replace("1);", "2);"), "tests"),
    ];
    for (name, program, step) in cases {
        let workspace = workspace(&format!("examples_{name}"), &program);
        let failed = examples(&workspace, &["tiny"]);
        let line = format!("error: passport/examples/tiny: {step} failed, see above\nhint: ");
        assert_eq!(failed.code, Some(1), "{}", failed.stderr);
        assert!(failed.stderr.contains(&line), "{}", failed.stderr);
    }
}

#[test]
fn a_lock_file_is_made_only_if_told() {
    let workspace = workspace("examples_lock", SOUND);
    let lock = workspace.join("passport/examples/tiny/Cargo.lock");
    fs::remove_file(&lock).unwrap();
    let failed = examples(&workspace, &[]);
    assert_eq!(failed.code, Some(1));
    assert!(
        failed.stderr.ends_with("cargo xtask examples --unlocked\n"),
        "{}",
        failed.stderr
    );
    assert!(!lock.exists());
    let done = examples(&workspace, &["--unlocked"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert!(lock.exists());
}

#[test]
fn an_unknown_name_is_told_with_the_known_ones() {
    let workspace = workspace("examples_name", SOUND);
    let failed = examples(&workspace, &["tny"]);
    let expected = "error: passport/examples has no package \"tny\"\nhint: there are: tiny\n";
    assert_eq!((failed.code, &*failed.stderr), (Some(2), expected));
}

fn examples(workspace: &Path, arguments: &[&str]) -> Outcome {
    xtask(workspace, &[&["examples"], arguments].concat())
}

/// One with the package `tiny`.
fn workspace(test: &str, program: &str) -> PathBuf {
    let workspace = folder(test);
    let package = workspace.join("passport/examples/tiny");
    fs::create_dir_all(package.join("src")).unwrap();
    let head = "name = \"tiny\"\nversion = \"0.0.0\"\n";
    let manifest = format!("[workspace]\n\n[package]\n{head}edition = \"2024\"\n");
    let files = [
        ("Cargo.toml", manifest),
        ("Cargo.lock", format!("version = 4\n\n[[package]]\n{head}")),
        ("src/main.rs", program.to_owned()),
    ];
    for (name, text) in files {
        fs::write(package.join(name), text).unwrap();
    }
    workspace
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
