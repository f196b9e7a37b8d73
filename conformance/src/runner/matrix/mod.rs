//! Several implementations side by side: what each lets through.

mod findings;
mod html;
mod markdown;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;

use super::judge::Outcome;
use super::process::Process;
use super::{OurCrates, Suite, Verdict, run};
use crate::vectors::Note;

/// The implementations of a file such as `shims/shims.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shims {
    /// In the order of the columns.
    pub shim: Vec<Shim>,
}

/// An implementation that is driven through a shim.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shim {
    /// What it is called.
    pub name: String,
    /// The version that is installed.
    pub version: String,
    /// Where the shim lies, from the folder of the file.
    pub folder: PathBuf,
    /// What installs it, a line of a POSIX shell.
    pub install: String,
    /// What runs the shim, a line of a POSIX shell.
    pub command: String,
    /// What has to be known beside the numbers.
    #[serde(default)]
    pub remarks: Vec<String>,
}

impl Shims {
    /// Reads a file; the folders in it are from its own.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub fn read(path: &Path) -> Result<Self, String> {
        let at = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let text = fs::read_to_string(path).map_err(|error| at(&error))?;
        let mut shims: Self = toml::from_str(&text).map_err(|error| at(&error))?;
        let folder = path.parent().unwrap_or(Path::new("."));
        for shim in &mut shims.shim {
            shim.folder = folder.join(&shim.folder);
        }
        Ok(shims)
    }
}

impl Shim {
    /// Installs the implementation below that folder.
    ///
    /// # Errors
    ///
    /// What the command said.
    pub fn install(&self, below: &Path) -> Result<(), String> {
        let installed = self.installed(below);
        let parent = installed.parent().unwrap_or(below);
        fs::create_dir_all(parent).map_err(|error| format!("{}: {error}", parent.display()))?;
        let said = Command::new("sh")
            .args(["-c", &self.install])
            .current_dir(&self.folder)
            .env("INSTALLED", &installed)
            .output()
            .map_err(|error| format!("{}: {error}", self.name))?;
        if said.status.success() {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&said.stderr);
        Err(format!(
            "{} cannot be installed: {}",
            self.name,
            text.trim()
        ))
    }

    /// The shim as a process.
    ///
    /// # Errors
    ///
    /// If the implementation is not installed.
    pub fn process(&self, below: &Path, timeout: Duration) -> Result<Process, String> {
        let installed = self.installed(below);
        if !installed.is_dir() {
            return Err(format!(
                "{} is not installed: run with --install",
                self.name
            ));
        }
        let mut process = Process::new(&self.command, timeout);
        process.in_folder(&self.folder);
        process.with_variable("INSTALLED", &installed);
        Ok(process)
    }

    fn installed(&self, below: &Path) -> PathBuf {
        below.join(self.folder.file_name().unwrap_or_default())
    }
}

/// What became of the same cases in several implementations.
#[derive(Debug)]
pub struct Matrix {
    columns: Vec<Column>,
    /// What a flag of a file means.
    notes: BTreeMap<(String, String), Note>,
}

/// One implementation.
#[derive(Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What became of each case, in the order of the suites.
    pub verdicts: Vec<Verdict>,
    /// What has to be known beside the numbers.
    pub remarks: Vec<String>,
}

impl Matrix {
    /// Runs all cases on our own crates and on the shims. `progress` is told who is running.
    ///
    /// # Errors
    ///
    /// If one of them is not installed.
    pub fn run(
        suites: &[Suite],
        shims: &[Shim],
        below: &Path,
        timeout: Duration,
        mut progress: impl FnMut(&str),
    ) -> Result<Self, String> {
        progress("our crates");
        let mut columns = vec![Column {
            name: "telegram-passport (Rust)".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            verdicts: run(&mut OurCrates, suites, |_| ()),
            remarks: Vec::new(),
        }];
        for shim in shims {
            progress(&shim.name);
            columns.push(Column {
                name: shim.name.clone(),
                version: shim.version.clone(),
                verdicts: run(&mut shim.process(below, timeout)?, suites, |_| ()),
                remarks: shim.remarks.clone(),
            });
        }
        Ok(Self::of(suites, columns))
    }

    /// A matrix of runs of these suites that were made elsewhere.
    #[must_use]
    pub fn of(suites: &[Suite], columns: Vec<Column>) -> Self {
        let notes = suites.iter().flat_map(|suite| {
            let notes = suite.notes.iter();
            notes.map(|(flag, note)| ((suite.file.clone(), flag.clone()), note.clone()))
        });
        Self {
            columns,
            notes: notes.collect(),
        }
    }

    /// A table and lists, for people.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        markdown::print(self)
    }

    /// One page without outside resources, whose table can be sorted.
    #[must_use]
    pub fn to_html(&self) -> String {
        html::print(self)
    }

    /// Whether the first column, our own crates, has nothing but passes.
    #[must_use]
    pub fn ours_is_clean(&self) -> bool {
        let ours = self.columns.first();
        ours.is_some_and(|it| it.verdicts.iter().all(|it| it.outcome == Outcome::Pass))
    }

    /// The groups in their order: file and type.
    fn groups(&self) -> Vec<(String, String)> {
        let mut groups: Vec<(String, String)> = Vec::new();
        for verdict in self.columns.iter().flat_map(|it| &it.verdicts) {
            let group = (verdict.file.clone(), verdict.case.kind.clone());
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        groups
    }
}

impl Column {
    fn count(&self, (file, kind): &(String, String), outcome: Outcome) -> usize {
        let verdicts = self.verdicts.iter();
        verdicts
            .filter(|it| it.file == *file && it.case.kind == *kind && it.outcome == outcome)
            .count()
    }

    /// A cell of the table: how many passed of those that are implemented, and what else became of
    /// them; `None` if the implementation has no such operation.
    fn cell(&self, group: &(String, String)) -> Option<Cell> {
        let count = |outcome| self.count(group, outcome);
        let passed = count(Outcome::Pass);
        let wrong: Vec<_> = WRONG
            .into_iter()
            .map(|outcome| (outcome, count(outcome)))
            .filter(|(_, count)| *count > 0)
            .collect();
        let all = passed + wrong.iter().map(|(_, count)| count).sum::<usize>();
        (all > 0).then_some(Cell { passed, all, wrong })
    }
}

struct Cell {
    passed: usize,
    all: usize,
    wrong: Vec<(Outcome, usize)>,
}

/// What is wrong, the worst first: what lets an attack through, then what breaks.
const WRONG: [Outcome; 5] = [
    Outcome::WrongAccept,
    Outcome::WrongOutput,
    Outcome::Crash,
    Outcome::WrongReject,
    Outcome::WrongReason,
];

/// What the outcomes mean, for those who read the table only.
const LEGEND: [(Outcome, &str); 5] = [
    (
        Outcome::WrongAccept,
        "an invalid case was taken: what an attacker may send gets through",
    ),
    (
        Outcome::WrongOutput,
        "a case was taken, with another result than it has",
    ),
    (Outcome::Crash, "it died, or gave no answer in time"),
    (Outcome::WrongReject, "a valid case was refused"),
    (
        Outcome::WrongReason,
        "an invalid case was refused, but not for what is wrong with it: that check may be missing",
    ),
];
