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

use std::collections::{BTreeMap, BTreeSet};
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

/// A file of vectors, or a reason why there is nothing in it, or in some of its groups, for this
/// runner.
#[derive(Debug)]
pub struct Suite {
    /// The file's name, with that of its folder only if it takes both to tell it from others.
    pub file: String,
    /// Its kind, such as `PassportValue`; the type of the groups if it is that which is not known.
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

/// Reads all files of vectors in these folders. Groups of an unknown type are suites of their own,
/// without cases.
///
/// A file has the name of its folder before its own if another folder has one of the same name, since
/// lists of known failures name cases by file and number.
///
/// # Errors
///
/// A folder or a file that cannot be read or understood, with the reason, and a folder that is given
/// twice.
pub fn suites(folders: &[PathBuf]) -> Result<Vec<Suite>, String> {
    let mut suites = Vec::new();
    let named = folders_by_name(folders)?;
    let mut files = Vec::new();
    for (folder, name) in &named {
        for (path, file) in vectors::in_folder(folder).map_err(|error| error.to_string())? {
            let stem = path.file_stem().unwrap_or_default();
            let stem = stem.to_string_lossy().into_owned();
            files.push((folder, name, path, stem, file));
        }
    }
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (_, _, _, stem, _) in &files {
        *places.entry(stem.clone()).or_default() += 1;
    }
    for (folder, name, path, stem, file) in files {
        let stem = match places.get(&stem) {
            Some(1) => stem,
            _ => format!("{name}/{stem}"),
        };
        let at = |error| format!("{}: {error}", path.display());
        let cases = cases::of_file(&file, folder).map_err(at)?;
        let suite = |algorithm: &str, cases, notes| Suite {
            file: stem.clone(),
            algorithm: algorithm.to_owned(),
            cases,
            notes,
        };
        if cases.is_some() {
            let unknown = cases::unknown_groups(&file).into_iter();
            suites.extend(unknown.map(|kind| suite(kind, None, BTreeMap::new())));
        }
        suites.push(suite(&file.algorithm, cases, file.notes.clone()));
    }
    Ok(suites)
}

/// Each folder as it is called from anywhere, since shims run in folders of their own; and a name:
/// as many of the last parts of its path as it takes to tell it from the others.
fn folders_by_name(folders: &[PathBuf]) -> Result<Vec<(PathBuf, String)>, String> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in folders {
        let at = |error| format!("{}: {error}", folder.display());
        let path = folder.canonicalize().map_err(at)?;
        if paths.contains(&path) {
            let path = path.display();
            return Err(format!("{path}: this folder is given twice"));
        }
        paths.push(path);
    }
    let longest = paths.iter().map(|path| path.components().count()).max();
    let mut names = (1..=longest.unwrap_or_default()).map(|parts| {
        let names = paths.iter().map(|path| last_parts(path, parts));
        names.collect::<Vec<_>>()
    });
    let differ = |names: &Vec<_>| names.iter().collect::<BTreeSet<_>>().len() == paths.len();
    let names = names.find(differ);
    let name = |at: usize| names.as_ref().map(|names| names[at].clone());
    let named = paths.iter().enumerate().map(|(at, path)| {
        let name = name(at).unwrap_or_else(|| last_parts(path, usize::MAX));
        (path.clone(), name)
    });
    Ok(named.collect())
}

fn last_parts(path: &Path, parts: usize) -> String {
    let all: Vec<_> = path.iter().collect();
    let last: PathBuf = all[all.len().saturating_sub(parts)..].iter().collect();
    last.to_string_lossy().into_owned()
}

/// Asks an implementation all cases. `progress` is called before each.
pub fn run(
    implementation: &mut dyn Implementation,
    suites: &[Suite],
    mut progress: impl FnMut(usize),
) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    let mut asked = 0;
    for suite in suites {
        for case in suite.cases.iter().flatten() {
            progress(verdicts.len());
            let (outcome, note) = one(implementation, case, &mut asked);
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

/// A case may take several requests; the first that fails decides. The id of each is the number of
/// the request in the whole run, behind that of the case: a late answer to another is none to this.
fn one(implementation: &mut dyn Implementation, case: &Case, asked: &mut u64) -> (Outcome, String) {
    for step in &case.steps {
        *asked += 1;
        let mut request = step.request.clone();
        request["id"] = json!(format!("{}-{asked}", case.tc_id));
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
