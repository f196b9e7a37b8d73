//! What stands beside a TL file in TOML: roots, callers, errors, sentences, exceptions.

mod gaps;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use tl_schema_codegen::annotations::{Annotations, Notes, RpcError};
use tl_schema_codegen::schema::Schema;
use tl_schema_codegen::select::Manifest;

use crate::failure::{Failure, shown};
use crate::output::{existing, lf};

/// `selection.toml`: what to take of a layer's whole schema.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Roots {
    /// The layer that was selected from.
    pub(crate) layer: Option<u32>,
    #[serde(default)]
    methods: Vec<String>,
    #[serde(default)]
    types: Vec<String>,
    #[serde(default)]
    constructors: Vec<String>,
    #[serde(default)]
    opaque: Vec<String>,
}

impl Roots {
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        read_toml(path)
    }

    pub(crate) fn manifest(&self) -> Manifest {
        Manifest {
            methods: self.methods.clone(),
            types: self.types.clone(),
            constructors: self.constructors.clone(),
            opaque: self.opaque.clone(),
        }
    }
}

/// Reads a list of definitions whose id is known to differ from what their text says, each with the
/// reason: their names.
pub(crate) fn explained_exceptions(path: &Path) -> Result<Vec<String>, Failure> {
    let list: Exceptions = read_toml(path)?;
    let mut unexplained = list
        .exceptions
        .iter()
        .filter(|(_, why)| why.trim().is_empty());
    match unexplained.next() {
        Some((name, _)) => {
            let message = format!("{} does not say why {name} is an exception", shown(path));
            Err(Failure::finding(message))
        }
        None => Ok(list.exceptions.into_keys().collect()),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exceptions {
    exceptions: BTreeMap<String, String>,
}

/// Reads `methods.toml` and `docs/*.toml` below `folder`, which must tell of everything in
/// `schema` and of nothing else.
pub(crate) fn annotations(folder: &Path, schema: &Schema) -> Result<Annotations, Failure> {
    let methods: Methods = read_toml(&folder.join("methods.toml"))?;
    let mut docs = Docs::default();
    let mut problems = Vec::new();
    for path in existing(&folder.join("docs"))? {
        let part: Docs = read_toml(&path)?;
        let twice = [
            merge(&mut docs.types, part.types),
            merge(&mut docs.constructors, part.constructors),
            merge(&mut docs.methods, part.methods),
        ];
        let twice = twice.into_iter().flatten();
        problems.extend(twice.map(|name| format!("{} tells of {name} again", shown(&path))));
    }
    problems.extend(gaps::gaps(schema, &methods, &docs));
    if problems.is_empty() {
        return Ok(join(methods, docs));
    }
    let told = problems.len().min(TOLD);
    let mut message = problems[..told].join("\nerror: ");
    if problems.len() > told {
        message.push_str(&format!("\nerror: and {} more", problems.len() - told));
    }
    let hint = format!("mend methods.toml and docs/*.toml in {}", shown(folder));
    Err(Failure::finding(message).hint(hint))
}

/// Problems named before one is expected to have seen the pattern.
const TOLD: usize = 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Methods {
    generic: Generic,
    methods: BTreeMap<String, Method>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Generic {
    errors: Vec<ErrorEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Method {
    callers: Vec<String>,
    errors: Vec<ErrorEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ErrorEntry {
    code: i32,
    name: String,
    meaning: String,
    /// The code is a conclusion: documentation has the name alone, or clients have.
    #[serde(default)]
    inferred: bool,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Docs {
    types: BTreeMap<String, String>,
    constructors: BTreeMap<String, Sentences>,
    methods: BTreeMap<String, Sentences>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentences {
    about: String,
    #[serde(default)]
    fields: BTreeMap<String, String>,
}

/// Moves all entries over; the names of those that were there already.
fn merge<V>(all: &mut BTreeMap<String, V>, part: BTreeMap<String, V>) -> Vec<String> {
    let moved = part.into_iter().filter_map(|(name, value)| {
        let twice = all.contains_key(&name).then(|| name.clone());
        all.insert(name, value);
        twice
    });
    moved.collect()
}

fn join(methods: Methods, docs: Docs) -> Annotations {
    let mut callers = methods.methods;
    let combinators = docs
        .constructors
        .into_iter()
        .chain(docs.methods)
        .map(|(name, sentences)| {
            let method = callers.remove(&name);
            let (callers, errors) = method.map(|at| (at.callers, at.errors)).unwrap_or_default();
            let notes = Notes {
                about: sentences.about,
                fields: sentences.fields,
                callers,
                errors: errors.into_iter().map(rpc_error).collect(),
            };
            (name, notes)
        });
    Annotations {
        combinators: combinators.collect(),
        types: docs.types,
        generic_errors: methods.generic.errors.into_iter().map(rpc_error).collect(),
        reference: Some(REFERENCE.to_owned()),
    }
}

fn rpc_error(entry: ErrorEntry) -> RpcError {
    let ErrorEntry {
        code,
        name,
        mut meaning,
        inferred,
    } = entry;
    if inferred {
        meaning.push_str(" (the code is inferred)");
    }
    RpcError {
        code,
        name,
        meaning,
    }
}

/// Where the reference pages of Telegram's API are.
const REFERENCE: &str = "https://core.telegram.org";

fn read_toml<T: DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::file("read", path, &error))?;
    toml::from_str(&lf(&text)).map_err(|error| {
        let details = error.to_string();
        Failure::finding(format!(
            "{} is not as expected\n{}",
            shown(path),
            details.trim_end()
        ))
    })
}
