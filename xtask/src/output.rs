//! Generated files: compared with those in a folder, then written or complained about.

mod owned;

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use tl_schema_codegen::emit::File;

use crate::failure::{Failure, shown};
pub(crate) use owned::{is_made_by, mark};

/// What a folder holds beside the files of a command.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beside {
    /// Nothing: a file of somebody else in it is an error.
    Nothing,
    /// Anything. It stays as it is: removed is only what the command itself made in this folder.
    Others,
}

/// What to do about a file that is not as it should be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Mend it.
    Write,
    /// Fail, and name `mend`, the command that mends it.
    Check {
        /// The command line.
        mend: &'static str,
    },
}

/// How many files were not as they should be.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    pub(crate) written: usize,
    pub(crate) removed: usize,
}

impl Changes {
    pub(crate) fn count(&mut self, state: &State) {
        self.written += usize::from(matches!(state, State::Written));
    }
}

impl std::fmt::Display for Changes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Changes {
                written: 0,
                removed: 0,
            } => write!(f, "nothing changed"),
            Changes {
                written,
                removed: 0,
            } => write!(f, "{written} written"),
            Changes { written, removed } => write!(f, "{written} written, {removed} removed"),
        }
    }
}

/// Makes `folder` hold exactly `files` of those that `command` makes, or fails if it does not, as
/// `mode` says.
///
/// What somebody else made is never written over and never removed. Nothing is changed before all
/// of that was looked at.
pub(crate) fn sync(
    folder: &Path,
    files: &[File],
    mode: Mode,
    command: &str,
    beside: Beside,
) -> Result<Changes, Failure> {
    let mut changes = Changes::default();
    let mut stale = Vec::new();
    let expected: BTreeSet<PathBuf> = files.iter().map(|file| folder.join(&file.path)).collect();
    let mut superfluous = match beside {
        Beside::Nothing => existing(folder)?,
        Beside::Others => owned::made_before(folder, command)?,
    };
    superfluous.retain(|path| !expected.contains(path));
    for path in &superfluous {
        if !is_made_by(command, path)? {
            let message = "is among generated files, but its first line does not say so";
            let message = format_args!("{} {message}", shown(path)).to_string();
            return Err(Failure::finding(message).hint("move it elsewhere, or delete it"));
        }
    }
    owned::refuse_in_the_way(folder, files, command)?;
    match mode {
        Mode::Write => {
            owned::remove(folder, &superfluous)?;
            changes.removed = superfluous.len();
        }
        Mode::Check { .. } => {
            let paths = superfluous.iter();
            stale.extend(paths.map(|path| format!("{} is not generated any more", shown(path))));
        }
    }
    for file in files {
        let state = sync_file(&folder.join(&file.path), &file.text, mode)?;
        changes.count(&state);
        if let State::Stale(message) = state {
            stale.push(message);
        }
    }
    match (stale.first(), mode) {
        (Some(first), Mode::Check { mend }) => {
            let more = match stale.len() - 1 {
                0 => String::new(),
                more => format!("\nand {more} more files are not as they should be"),
            };
            Err(Failure::finding(format_args!("{first}{more}")).hint(mend))
        }
        _ => Ok(changes),
    }
}

/// What became of one file.
pub(crate) enum State {
    /// It was as it should be.
    Same,
    /// It is now.
    Written,
    /// It is not, for the reason told.
    Stale(String),
}

/// Makes one file hold exactly `text`, or tells how it differs, as `mode` says.
pub(crate) fn sync_file(path: &Path, text: &str, mode: Mode) -> Result<State, Failure> {
    let current = match fs::read(path) {
        Ok(bytes) => Some(lf(&String::from_utf8_lossy(&bytes))),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(Failure::file("read", path, &error)),
    };
    match (current, mode) {
        (Some(current), _) if current == text => Ok(State::Same),
        (Some(current), Mode::Check { .. }) => {
            let difference = first_difference(&current, text);
            Ok(State::Stale(format!(
                "{} is out of date\n{difference}",
                shown(path)
            )))
        }
        (None, Mode::Check { .. }) => Ok(State::Stale(format!("{} is missing", shown(path)))),
        (_, Mode::Write) => {
            let folder = path.parent().unwrap_or(Path::new(""));
            fs::create_dir_all(folder).map_err(|error| Failure::file("create", folder, &error))?;
            fs::write(path, text).map_err(|error| Failure::file("write", path, &error))?;
            Ok(State::Written)
        }
    }
}

/// The text with line feeds alone, as it is on every machine whatever a checkout made of it.
pub(crate) fn lf(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// All files below a folder; none if it does not exist.
pub(crate) fn existing(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let list = |error| Failure::file("list", &folder, &error);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(list(error)),
        };
        for entry in entries {
            let entry = entry.map_err(list)?;
            // Links are files here: nothing is followed out of the folder.
            match entry.file_type().map_err(list)?.is_dir() {
                true => folders.push(entry.path()),
                false => files.push(entry.path()),
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The first place where two texts differ, a few lines of it, in the manner of `diff -u`.
fn first_difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let same = old
        .iter()
        .zip(&new)
        .take_while(|(old, new)| old == new)
        .count();
    let rest = old.len().min(new.len()) - same;
    let same_end = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take_while(|(old, new)| old == new);
    let same_end = same_end.count().min(rest);
    let mut text = format!("@@ line {} @@", same + 1);
    for (mark, lines) in [('-', &old), ('+', &new)] {
        let different = &lines[same..lines.len() - same_end];
        for line in different.iter().take(SHOWN) {
            let cut: String = line.chars().take(WIDTH).collect();
            text.push_str(&format!("\n{mark}{cut}"));
        }
        if different.len() > SHOWN {
            text.push_str(&format!(
                "\n{mark}... {} more lines",
                different.len() - SHOWN
            ));
        }
    }
    text
}

/// Lines of either text in a short diff, and characters of each.
const SHOWN: usize = 5;
const WIDTH: usize = 160;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_diff() {
        let old = "a\nb\nc\nd\n";
        assert_eq!(
            first_difference(old, "a\nx\nc\nd\n"),
            "@@ line 2 @@\n-b\n+x"
        );
        assert_eq!(first_difference(old, "a\nb\nb\nc\nd\n"), "@@ line 3 @@\n+b");
        assert_eq!(first_difference(old, "a\nb\nc\n"), "@@ line 4 @@\n-d");
        assert_eq!(
            first_difference("", "1\n2\n3\n4\n5\n6\n7\n")
                .lines()
                .count(),
            7
        );
        assert!(first_difference("", "1\n2\n3\n4\n5\n6\n7\n").ends_with("+... 2 more lines"));
    }
}
