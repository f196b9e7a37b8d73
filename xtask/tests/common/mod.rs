//! Running the program, and folders to run it in.

#![allow(dead_code, reason = "not every test file uses all of it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder of its own for one test, empty.
pub(crate) fn folder(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// What came of a command.
pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Calls the program in `folder`, which it takes for the workspace.
pub(crate) fn xtask(folder: &Path, arguments: &[&str]) -> Outcome {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_MANIFEST_DIR", folder.join("xtask"))
        .output()
        .unwrap();
    Outcome {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: without_progress(&String::from_utf8(output.stderr).unwrap()),
    }
}

/// Progress lines come and go with the speed of the machine.
pub(crate) fn without_progress(stderr: &str) -> String {
    let lines = stderr.split_inclusive('\n');
    let is_progress = |line: &&str| PROGRESS.contains(&line.trim_end());
    lines.filter(|line| !is_progress(line)).collect()
}

const PROGRESS: [&str; 3] = ["checking ...", "generating ...", "importing ..."];

/// A summary without the time at its end.
pub(crate) fn untimed(summary: &str) -> &str {
    summary.rsplit_once(", ").map_or(summary, |(rest, _)| rest)
}
