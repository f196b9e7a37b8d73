//! Runs test vectors against an implementation, and says what it lets through.
//!
//! [`cases`] makes requests of the shim protocol out of vectors, an [`Implementation`] answers them,
//! [`judge`] compares, [`report`] prints. Our own crates are asked directly, any other
//! implementation through a [`process`].

pub mod cases;
pub mod expected;
pub mod judge;
mod link;
pub mod matrix;
pub mod process;
pub mod report;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::shim::{self, Answer};
use crate::vectors::{self, Note};
use cases::Case;
use judge::Outcome;

/// Something that answers requests of the shim protocol.
pub trait Implementation {
    /// What it calls itself in reports.
    fn name(&self) -> &str;

    /// Its answer to one request.
    fn ask(&mut self, request: &Value) -> Reply;
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// An answer.
    Answer(Answer),
    /// None: it died, or said something that is no answer.
    Crash(String),
    /// None in time.
    Timeout,
}

/// Our own crates, asked without a process in between.
pub struct OurCrates;

impl Implementation for OurCrates {
    fn name(&self) -> &str {
        concat!("telegram-passport ", env!("CARGO_PKG_VERSION"))
    }

    fn ask(&mut self, request: &Value) -> Reply {
        Reply::Answer(shim::answer(request))
    }
}

/// A file of vectors, or a reason why there is nothing in it for this runner.
#[derive(Debug)]
pub struct Suite {
    /// The file's name without its folder.
    pub file: String,
    /// Its kind, such as `PassportValue`.
    pub algorithm: String,
    /// What is asked; `None` for a kind that this runner does not know.
    pub cases: Option<Vec<Case>>,
    /// What the flags of its cases mean.
    pub notes: BTreeMap<String, Note>,
}

/// A case with what became of it.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The file it is from.
    pub file: String,
    /// The case.
    pub case: Case,
    /// What became of it.
    pub outcome: Outcome,
    /// What was answered, in words; empty if all is well.
    pub note: String,
}

/// Reads all files of vectors in these folders.
///
/// # Errors
///
/// A folder or a file that cannot be read, with the reason.
pub fn suites(folders: &[PathBuf]) -> Result<Vec<Suite>, String> {
    let mut suites = Vec::new();
    for folder in folders {
        let files = vectors::in_folder(folder).map_err(|error| error.to_string())?;
        for (path, file) in files {
            let stem = path.file_stem().unwrap_or_default();
            suites.push(Suite {
                file: stem.to_string_lossy().into_owned(),
                cases: cases::of_file(&file, folder),
                algorithm: file.algorithm,
                notes: file.notes,
            });
        }
    }
    Ok(suites)
}

/// Asks an implementation all cases. `progress` is called before each.
pub fn run(
    implementation: &mut dyn Implementation,
    suites: &[Suite],
    mut progress: impl FnMut(usize),
) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for suite in suites {
        for case in suite.cases.iter().flatten() {
            progress(verdicts.len());
            let (outcome, note) = one(implementation, case);
            verdicts.push(Verdict {
                file: suite.file.clone(),
                case: case.clone(),
                outcome,
                note,
            });
        }
    }
    verdicts
}

/// A case may take several requests; the first that fails decides.
fn one(implementation: &mut dyn Implementation, case: &Case) -> (Outcome, String) {
    for (number, step) in case.steps.iter().enumerate() {
        let mut request = step.request.clone();
        request["id"] = json!(format!("{}-{number}", case.tc_id));
        request["flags"] = json!(case.flags);
        let reply = implementation.ask(&request);
        let (outcome, note) = judge::judge(case.result, &case.failure, &step.expected, &reply);
        if outcome != Outcome::Pass {
            return (outcome, note);
        }
    }
    (Outcome::Pass, String::new())
}

/// A path inside of a folder of vectors, which must not lead out of it.
pub(crate) fn inside(folder: &Path, name: &str) -> Option<PathBuf> {
    let path = Path::new(name);
    let plain = path
        .components()
        .all(|part| matches!(part, std::path::Component::Normal(_)));
    plain.then(|| folder.join(path))
}
