//! Writes down what tests go by: a table of the Passport schema's definitions with the code that
//! was generated for them, and a named test for each definition and each vector.

#[path = "build/table.rs"]
mod table;

use std::path::PathBuf;
use std::{env, error, fs};

use tl_schema_codegen::check::Options;
use tl_schema_codegen::ids::Dialect;
use tl_schema_codegen::load::load;
use tl_schema_codegen::source::Source;

fn main() -> Result<(), Box<dyn error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=vectors");
    println!("cargo::rerun-if-changed={SCHEMA}");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);

    let source = Source::new(SCHEMA, fs::read_to_string(SCHEMA)?);
    let sources = [(source, Dialect::Server)];
    let schema = load(&sources, &Options::default())?.schema;
    let subjects = table::subjects(&schema, "::telegram_passport_tl", true);
    fs::write(out.join("passport.rs"), subjects)?;
    let peers = table::peers(&schema, "::grammers_tl_types");
    fs::write(out.join("peers.rs"), peers)?;
    let structs = table::structs(&schema, "::telegram_passport_tl");
    fs::write(out.join("structs.rs"), structs)?;
    fs::write(out.join("definitions.rs"), table::tests(&schema))?;
    fs::write(out.join("vectors.rs"), vector_tests()?)?;
    Ok(())
}

/// A test for each vector, which calls `check` with the name of the file and its number.
fn vector_tests() -> Result<String, Box<dyn error::Error>> {
    let mut text = String::new();
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
        text += &format!("mod {stem} {{\n");
        let groups = file["testGroups"].as_array().into_iter().flatten();
        for test in groups.flat_map(|group| group["tests"].as_array().into_iter().flatten()) {
            let id = test["tcId"].as_u64().ok_or("a vector has no number")?;
            let comment = test["comment"].as_str().unwrap_or_default();
            let name = identifier(comment);
            text += &format!("#[test] fn tc_{id:03}_{name}() {{ super::check({stem:?}, {id}) }}\n");
        }
        text += "}\n";
    }
    Ok(text)
}

/// What a sentence says, as a name of at most eight words.
fn identifier(sentence: &str) -> String {
    let words = sentence.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).take(8).collect();
    words.join("_").to_lowercase()
}

const SCHEMA: &str = "../tl/schema/passport.tl";
