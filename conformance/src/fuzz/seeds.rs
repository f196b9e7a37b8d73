//! Fields of the committed vectors.

use serde_json::Value;

use crate::vectors::{self, File};

/// A file by its name without the ending.
pub(super) fn file(stem: &str) -> File {
    let files = vectors::committed().expect("the committed files can be read");
    let mut files = files.into_iter();
    let found = files.find(|(path, _)| path.file_stem().is_some_and(|it| it == stem));
    found.expect("the file is committed").1
}

/// All vectors of a file, whatever their group.
pub(super) fn tests(stem: &str) -> Vec<Value> {
    let groups = file(stem).test_groups.into_iter();
    groups.flat_map(|group| group.tests).collect()
}

/// A field in hexadecimal of each vector that has it.
pub(super) fn hex_fields(stem: &str, field: &str) -> Vec<Vec<u8>> {
    let tests = tests(stem);
    tests
        .iter()
        .filter_map(|it| unhex(it[field].as_str()?))
        .collect()
}

/// A text of each vector that has it.
pub(super) fn text_fields(stem: &str, field: &str) -> Vec<Vec<u8>> {
    let tests = tests(stem);
    let texts = tests.iter().filter_map(|it| it[field].as_str());
    texts.map(|it| it.as_bytes().to_vec()).collect()
}

/// JSON of each vector that has it, as text.
pub(super) fn json_fields(stem: &str, field: &str) -> Vec<Vec<u8>> {
    let tests = tests(stem);
    let values = tests.iter().filter_map(|it| it.get(field));
    values.map(|it| it.to_string().into_bytes()).collect()
}

pub(super) fn unhex(text: &str) -> Option<Vec<u8>> {
    let pair = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    (0..text.len()).step_by(2).map(pair).collect()
}
