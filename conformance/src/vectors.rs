//! Test vectors: JSON files of the manner of C2SP Wycheproof.
//!
//! The committed files lie in the folder `vectors` of this crate. Whoever has others names their
//! folder in the environment variable [`FOLDER_VARIABLE`]; files whose algorithm is not known
//! here are passed over.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;

/// The environment variable that names a folder with further files.
pub const FOLDER_VARIABLE: &str = "PASSPORT_VECTORS";

/// A file of test vectors.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct File {
    /// What kind of vectors, such as `TlWire`.
    pub algorithm: String,
    /// How many there are in all groups together.
    pub number_of_tests: usize,
    /// What each flag of a vector means.
    #[serde(default)]
    pub notes: BTreeMap<String, Note>,
    /// The vectors.
    pub test_groups: Vec<Group>,
}

/// What a flag means.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// The kind of bug, such as `AUTH_BYPASS`.
    #[serde(default)]
    pub bug_type: String,
    /// What is wrong with whoever fails, and who gains by it.
    #[serde(default)]
    pub description: String,
}

/// Vectors that have their fields in common.
#[derive(Debug, Clone, Deserialize)]
pub struct Group {
    /// What is asked, such as `TlEncode`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Where recorded data is from; such a group is not for committing.
    pub source: Option<serde_json::Value>,
    /// The vectors.
    pub tests: Vec<serde_json::Value>,
    /// Everything else, such as keys.
    #[serde(flatten)]
    pub fields: serde_json::Map<String, serde_json::Value>,
}

/// What must come of a vector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Exactly the expected values.
    Valid,
    /// An error, and nothing but that.
    Invalid,
    /// An error or the expected values.
    Acceptable,
}

/// A vector of the algorithm `TlWire`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WireVector {
    /// Its number, unique in the file.
    pub tc_id: u32,
    /// What it shows.
    pub comment: String,
    /// The constructor or function.
    pub name: Option<String>,
    /// The boxed type of a constructor; the type that a function returns.
    pub result_type: Option<String>,
    /// The boxed type, or the name of a function.
    #[serde(rename = "type")]
    pub ty: Option<String>,
    /// The value in JSON form.
    pub value: Option<serde_json::Value>,
    /// The bytes in hexadecimal.
    pub bytes: String,
    /// What must come of it.
    pub result: Verdict,
}

/// A vector of the algorithm `PassportFile`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileVector {
    /// Its number, unique in the file.
    pub tc_id: u32,
    /// What it shows.
    pub comment: String,
    /// The encrypted file: its path from the folder of the vectors.
    pub file: PathBuf,
    /// The secret in base64.
    pub secret: String,
    /// The hash in base64.
    pub file_hash: String,
    /// How many bytes the decrypted file has.
    pub plaintext_size: Option<usize>,
    /// Its SHA-256 in hexadecimal.
    pub plaintext_sha256: Option<String>,
    /// What must come of it.
    pub result: Verdict,
}

/// A file cannot be read, or is no file of test vectors.
#[derive(Debug, thiserror::Error)]
#[error("{}: {source}", path.display())]
pub struct Error {
    /// The file or folder.
    pub path: PathBuf,
    /// Why not.
    pub source: Box<dyn std::error::Error + Send + Sync>,
}

/// The vectors of one group as their own type.
///
/// # Errors
///
/// If one of them lacks a field that its kind has.
pub fn parse<T: for<'de> Deserialize<'de>>(group: &Group) -> Result<Vec<T>, serde_json::Error> {
    group.tests.iter().map(T::deserialize).collect()
}

/// The committed files.
///
/// # Errors
///
/// If one of them cannot be read.
pub fn committed() -> Result<Vec<(PathBuf, File)>, Error> {
    in_folder(Path::new(COMMITTED))
}

/// The files of the folder that the environment names; none if it names no folder.
///
/// # Errors
///
/// If one of them cannot be read.
pub fn further() -> Result<Vec<(PathBuf, File)>, Error> {
    match std::env::var_os(FOLDER_VARIABLE) {
        Some(path) => in_folder(Path::new(&path)),
        None => Ok(Vec::new()),
    }
}

/// A committed file, given by its name without the ending. Tests ask for one vector after the other,
/// so it is read once and kept.
///
/// # Panics
///
/// If there is none, or it cannot be read.
pub fn file(stem: &str) -> &'static File {
    static FILES: Mutex<BTreeMap<String, &'static File>> = Mutex::new(BTreeMap::new());
    let mut files = FILES.lock().unwrap_or_else(PoisonError::into_inner);
    files.entry(stem.to_owned()).or_insert_with(|| {
        let path = Path::new(COMMITTED).join(format!("{stem}.json"));
        let file = read(path).unwrap_or_else(|error| panic!("{error}"));
        Box::leak(Box::new(file.1))
    })
}

/// The committed vector of a file, given by its name without the ending, and of a number; with the
/// kind of its group.
///
/// # Panics
///
/// If there is none.
pub fn one(stem: &str, tc_id: u32) -> (String, serde_json::Value) {
    let groups = file(stem).test_groups.iter();
    let mut vectors = groups.flat_map(|group| group.tests.iter().map(move |it| (group, it)));
    let found = vectors.find(|(_, vector)| vector["tcId"] == tc_id);
    let (group, vector) = found.expect("the vector is in the file");
    (group.kind.clone(), vector.clone())
}

/// Holds `run` against the vectors of an algorithm in the folder that the environment names; it is
/// given the kind of the group and the vector, and returns what went wrong.
///
/// # Panics
///
/// If a file cannot be read, or something went wrong.
pub fn run_further(algorithm: &str, run: impl Fn(&str, &serde_json::Value) -> Result<(), String>) {
    let mut failures = Vec::new();
    let files = further().expect("the further files can be read");
    for (path, file) in files.iter().filter(|(_, it)| it.algorithm == algorithm) {
        for group in &file.test_groups {
            for vector in &group.tests {
                if let Err(error) = run(&group.kind, vector) {
                    let (id, comment) = (&vector["tcId"], &vector["comment"]);
                    failures.push(format!("{} {id} ({comment}): {error}", path.display()));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// All files of a folder that end in `.json`, in the order of their names.
///
/// # Errors
///
/// If the folder or one of them cannot be read.
pub fn in_folder(path: &Path) -> Result<Vec<(PathBuf, File)>, Error> {
    let entries = fs::read_dir(path).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
    let entries = entries.map_err(|error| Error {
        path: path.to_owned(),
        source: error.into(),
    })?;
    let mut paths: Vec<_> = entries.iter().map(|entry| entry.path()).collect();
    paths.sort();
    let paths = paths
        .into_iter()
        .filter(|it| it.extension().is_some_and(|it| it == "json"));
    paths.map(read).collect()
}

fn read(path: PathBuf) -> Result<(PathBuf, File), Error> {
    let text = fs::read_to_string(&path).map_err(Into::into);
    let file = text.and_then(|text| serde_json::from_str(&text).map_err(Into::into));
    match file {
        Ok(file) => Ok((path, file)),
        Err(source) => Err(Error { path, source }),
    }
}

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors");
