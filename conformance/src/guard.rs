//! Counting tests: none may escape the filter by which they are run.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// The tests of this program that it would run if called with these arguments.
///
/// # Panics
///
/// If the program cannot be called.
pub fn listed(arguments: &[&str]) -> BTreeSet<String> {
    let program = env::current_exe().expect("a test knows its program");
    let output = Command::new(program)
        .args(arguments)
        .args(["--list", "--format", "terse"])
        .output();
    let output = output.expect("the program can be called");
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("names of tests are text");
    let names = text.lines().filter_map(|line| line.strip_suffix(": test"));
    names.map(str::to_owned).collect()
}

/// How many functions are marked as tests in the Rust files of a folder.
///
/// # Panics
///
/// If a file cannot be read.
pub fn attributes(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let count = |entry: Result<fs::DirEntry, _>| {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            return attributes(&path);
        }
        if path.extension().is_none_or(|it| it != "rs") {
            return 0;
        }
        let text = fs::read_to_string(&path).expect("a source file is text");
        text.lines().filter(|line| line.trim() == "#[test]").count()
    };
    entries.map(count).sum()
}
