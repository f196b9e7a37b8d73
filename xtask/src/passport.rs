//! The schema that this workspace is about: where its files are, and what is read from them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tl_schema_codegen::schema::Schema;
use tl_schema_codegen::select::{Selection, select};
use tl_schema_codegen::source::Source;

use crate::data::Roots;
use crate::failure::Failure;
use crate::generate::warn_of_idle;
use crate::schemas::Files;

/// The schema, the generated crate's folder, and the data beside the schema.
pub(crate) struct Passport {
    /// The folder of the workspace.
    pub(crate) root: PathBuf,
    /// `passport.tl`.
    pub(crate) files: Files,
    /// `selection.toml`.
    pub(crate) roots: Roots,
}

/// Where the definitions are, below the workspace.
pub(crate) const SCHEMA: &str = "tl/schema/passport.tl";
/// What they were selected by, below the workspace.
pub(crate) const SELECTION: &str = "tl/schema/selection.toml";
/// The folder of both and of the other data, below the workspace.
pub(crate) const DATA: &str = "tl/schema";
/// Where the generated files go, below the workspace.
pub(crate) const GENERATED: &str = "tl/src/generated";

impl Passport {
    pub(crate) fn read() -> Result<Self, Failure> {
        let root = workspace();
        let path = root.join(SCHEMA);
        let text =
            fs::read_to_string(&path).map_err(|error| Failure::file("read", &path, &error))?;
        // Named from the workspace, so that headers are the same on every machine.
        let files = Files::of(Source::new(SCHEMA, text));
        let roots = Roots::read(&root.join(SELECTION))?;
        Ok(Self { root, files, roots })
    }

    /// The part of the schema that the roots reach, which must be all of it.
    pub(crate) fn select(&self) -> Result<Selection, Failure> {
        let schema = self.files.load()?.schema;
        let selection = select(&schema, &self.roots.manifest())?;
        warn_of_idle(&selection);
        if schema.layer != self.roots.layer {
            let layer = |layer: Option<u32>| layer.map_or("none".to_owned(), |it| it.to_string());
            let (one, other) = (layer(schema.layer), layer(self.roots.layer));
            let message = format!("{SCHEMA} is of layer {one}, {SELECTION} of layer {other}");
            return Err(Failure::finding(message));
        }
        let idle = unreached(&schema, &selection.schema);
        if idle.is_empty() {
            return Ok(selection);
        }
        let message = format!(
            "no root reaches these definitions of {SCHEMA}: {}",
            idle.join(", ")
        );
        let hint = format!("remove them, or name a root in {SELECTION} that needs them");
        Err(Failure::finding(message).hint(hint))
    }
}

/// Names that the whole has and the part has not.
fn unreached<'a>(whole: &'a Schema, part: &Schema) -> Vec<&'a str> {
    let all = |schema: &'a Schema| schema.constructors.iter().chain(&schema.functions);
    let kept: BTreeSet<&str> = part
        .constructors
        .iter()
        .chain(&part.functions)
        .map(|it| &*it.name)
        .collect();
    all(whole)
        .map(|it| &*it.name)
        .filter(|name| !kept.contains(name))
        .collect()
}

/// The folder of the workspace, from wherever the command is called.
pub(crate) fn workspace() -> PathBuf {
    // Cargo sets it when it runs the program; the other one is where it was built.
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR");
    let own = manifest.map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    own.parent().map(Path::to_owned).unwrap_or(own)
}
