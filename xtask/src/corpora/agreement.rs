//! Samples of the whole of layer 230 in another implementation's code: the same bytes.
//!
//! The samples come from `conformance`, which writes them by rules of its own. A package below
//! `target/corpora` reads each with the code generated here and with `grammers-tl-types`, and
//! compares what either makes of it. Tables of plain functions, one for each boxed type and each
//! function, keep the compiler's work small: structs are reached through the enums around them.

use std::fmt::{self, Write as _};
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

use tl_schema_codegen::emit::{Kind, index};
use tl_schema_codegen::schema::Schema;

use super::catalogue::{CATALOGUE, LAYER_230, Package};
use super::fetch::{Places, cargo};
use crate::failure::{Failure, tell};
use crate::output::{Mode, sync_file};
use crate::passport::workspace;

/// What both implementations say with the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Agreement {
    definitions: usize,
    samples: usize,
}

impl fmt::Display for Agreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            definitions,
            samples,
        } = self;
        write!(
            f,
            "{samples} samples of {definitions} definitions agree with the peer"
        )
    }
}

/// Compares, in `folder`; beside the numbers come those that are not alike, the first of them.
pub(super) fn compare(places: &Places, folder: &Path) -> Result<(Agreement, Vec<String>), Failure> {
    let corpus = CATALOGUE
        .iter()
        .find(|it| it.package == LAYER_230)
        .ok_or_else(|| Failure::trouble("the layer is not in the catalogue"))?;
    let files = corpus.read(places)?;
    let schema = files.check()?.schema;
    write_package(folder, &schema, corpus.name)?;

    let samples = folder.join("samples.tsv");
    tell(format_args!("sampling {} ...\n", corpus.name));
    let place = places.get(&corpus.package).into_iter();
    let schemas = place.flat_map(|place| corpus.files.iter().map(move |file| place.join(file)));
    let mut sample = Command::new(cargo());
    sample
        .args(["run", "--quiet", "--bin", "samples", "--"])
        .args(schemas)
        .current_dir(workspace());
    let out = File::create(&samples).map_err(|error| Failure::file("create", &samples, &error))?;
    output(sample.stdout(out))?;

    tell(format_args!("compiling {} and its peer ...\n", corpus.name));
    let mut compare = Command::new(cargo());
    compare
        .args(["run", "--quiet", "--offline", "--"])
        .arg(&samples)
        .current_dir(folder)
        .env_remove("CARGO_TARGET_DIR")
        .stdout(Stdio::piped());
    let all = schema.constructors.len() + schema.functions.len();
    report(&output(&mut compare)?, all)
}

/// The numbers on the last line, and the lines before it; `all` definitions should be among them.
fn report(text: &str, all: usize) -> Result<(Agreement, Vec<String>), Failure> {
    let (problems, last) = match text.trim_end().rsplit_once('\n') {
        Some((problems, last)) => (problems, last),
        None => ("", text.trim_end()),
    };
    let numbers: Result<Vec<usize>, _> = last.split('\t').map(str::parse).collect();
    let Ok([definitions, samples, wrong]) = numbers.as_deref() else {
        return Err(Failure::trouble(format_args!(
            "no numbers were given: {last}"
        )));
    };
    let agreement = Agreement {
        definitions: *definitions,
        samples: *samples,
    };
    let mut problems: Vec<String> = problems.lines().take(TOLD).map(str::to_owned).collect();
    if agreement.definitions != all {
        problems.push(format!("{agreement}, but there are {all}"));
    }
    if *wrong > 0 {
        problems.push(format!(
            "{wrong} samples are not the same in both implementations"
        ));
    }
    Ok((agreement, problems))
}

/// Problems named before one is expected to have seen the pattern.
const TOLD: usize = 20;

/// Three crates: each implementation with its table, and the program that compares.
fn write_package(folder: &Path, schema: &Schema, generated: &str) -> Result<(), Failure> {
    let runtime = "telegram-passport-tl = { path = \"../../../../tl\" }";
    let ours = format!("{generated} = {{ path = \"../../build/{generated}\" }}\n{runtime}");
    let Package::Crate(peer, version) = LAYER_230 else {
        return Err(Failure::trouble("the layer is no crate"));
    };
    let theirs = format!(
        "{peer} = {{ version = \"={version}\", default-features = false, \
         features = [\"deserializable-functions\", \"tl-api\"] }}"
    );
    let compare = "ours = { path = \"ours\" }\ntheirs = { path = \"theirs\" }";
    // Nothing of it is debugged, and nothing compiled twice.
    let workspace = "\n[workspace]\nresolver = \"3\"\nmembers = [\"ours\", \"theirs\"]\n\n\
                     [profile.dev]\ndebug = 0\nincremental = false\n";
    let root = format!("{}{workspace}", manifest("agreement", compare));
    for (path, text) in [
        ("Cargo.toml", &*root),
        ("src/main.rs", include_str!("agreement/main.rs")),
        ("ours/Cargo.toml", &manifest("ours", &ours)),
        ("ours/src/lib.rs", include_str!("agreement/ours.rs")),
        (
            "ours/src/table.rs",
            &table(schema, &format!("::{generated}::generated")),
        ),
        ("theirs/Cargo.toml", &manifest("theirs", &theirs)),
        ("theirs/src/lib.rs", include_str!("agreement/theirs.rs")),
        ("theirs/src/table.rs", &table(schema, "::grammers_tl_types")),
    ] {
        sync_file(&folder.join(path), text, Mode::Write)?;
    }
    Ok(())
}

fn manifest(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\n{dependencies}\n"
    )
}

/// Every boxed type and function by its TL name; both crates have them at the same paths.
fn table(schema: &Schema, root: &str) -> String {
    let entries = index(schema);
    let mut functions = schema.functions.iter();
    // What stands for the calls that others wrap; the samples have the same.
    let inner = functions.find(|it| it.type_params.is_empty());
    let inner = entries
        .iter()
        .find(|it| it.kind == Kind::Function && inner.is_some_and(|inner| inner.name == it.tl));
    let inner = inner.map_or("", |it| &it.path);
    let mut table = String::from("&[\n");
    for entry in &entries {
        let (how, arguments) = match entry.kind {
            Kind::Constructor => continue,
            Kind::Type => ("value", 0),
            Kind::Function => {
                let function = schema.functions.iter().find(|it| it.name == entry.tl);
                ("call", function.map_or(0, |it| it.type_params.len()))
            }
        };
        let arguments = match arguments {
            0 => String::new(),
            count => format!(
                "<{}>",
                vec![format!("Inner<{root}::{inner}>"); count].join(", ")
            ),
        };
        // Writing to a `String` cannot fail.
        let _ = writeln!(
            table,
            "    ({:?}, {how}::<{root}::{}{arguments}>),",
            entry.tl, entry.path
        );
    }
    table + "]\n"
}

/// Runs a program to its end, for its standard output if that is piped.
fn output(command: &mut Command) -> Result<String, Failure> {
    let output = command
        .stderr(Stdio::inherit())
        .spawn()
        .and_then(|child| child.wait_with_output())
        .map_err(|error| Failure::trouble(format_args!("cannot run cargo: {error}")))?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(Failure::trouble(format_args!(
            "cargo failed: {}",
            output.status
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_program_says() {
        let agreement = Agreement {
            definitions: 2,
            samples: 16,
        };
        assert_eq!(report("2\t16\t0\n", 2).unwrap(), (agreement, vec![]));
        let (_, few) = report("2\t16\t0\n", 3).unwrap();
        assert_eq!(
            few,
            ["16 samples of 2 definitions agree with the peer, but there are 3"]
        );
        let (_, none) = report("0\t0\t0\n", 3).unwrap();
        assert_eq!(none.len(), 1);
        let (_, wrong) = report("a as A: refused\n2\t15\t1\n", 2).unwrap();
        let expected = [
            "a as A: refused",
            "1 samples are not the same in both implementations",
        ];
        assert_eq!(wrong, expected);
        assert!(report("", 2).is_err());
    }
}
