//! Text of a test for each committed vector.

use std::collections::BTreeMap;
use std::{error, fs};

/// A test for each vector, which calls `check` with the name of the file and its number: one text
/// for all files of the same algorithm.
pub(crate) fn tests() -> Result<BTreeMap<String, String>, Box<dyn error::Error>> {
    let mut texts = BTreeMap::new();
    let mut paths = fs::read_dir("vectors")?
        .map(|entry| entry.map(|it| it.path()))
        .collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    for path in paths {
        let (Some("json"), Some(stem)) = (
            path.extension().and_then(|it| it.to_str()),
            path.file_stem().and_then(|it| it.to_str()),
        ) else {
            continue;
        };
        let file: serde_json::Value = serde_json::from_str(&fs::read_to_string(&path)?)?;
        let algorithm = file["algorithm"]
            .as_str()
            .ok_or("a file has no algorithm")?;
        let text: &mut String = texts.entry(algorithm.to_owned()).or_default();
        *text += &format!("mod {stem} {{\n");
        let groups = file["testGroups"].as_array().into_iter().flatten();
        for test in groups.flat_map(|group| group["tests"].as_array().into_iter().flatten()) {
            let id = test["tcId"].as_u64().ok_or("a vector has no number")?;
            let comment = test["comment"].as_str().unwrap_or_default();
            let name = identifier(comment);
            *text +=
                &format!("#[test] fn tc_{id:03}_{name}() {{ super::check({stem:?}, {id}) }}\n");
        }
        *text += "}\n";
    }
    Ok(texts)
}

/// What a sentence says, as a name of at most eight words.
fn identifier(sentence: &str) -> String {
    let words = sentence.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).take(8).collect();
    words.join("_").to_lowercase()
}
