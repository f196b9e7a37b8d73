//! `cargo xtask diff`

use std::path::PathBuf;

use tl_schema_codegen::diff::diff;

use crate::failure::{Failure, say};
use crate::schemas::{Facts, Files};

/// Compare two schemas, and tell whom each change breaks
///
/// Definitions belong together if they have the same name or, failing that, the same id. Programs
/// are taken to be built from the old schema: readers decode what the new one encodes, writers
/// encode what the new one decodes. Of a function, writers make the call and readers read the
/// answer.
///
/// Exit codes, as of diff: 0 both define the same; 1 they differ; 2 trouble.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// The old schema
    old: PathBuf,
    /// The new schema
    new: PathBuf,
    #[command(flatten)]
    facts: Facts,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let schema = |path| Ok(Files::read(&[path], &arguments.facts)?.load()?.schema);
    let old = schema(&arguments.old).map_err(Failure::into_trouble)?;
    let new = schema(&arguments.new).map_err(Failure::into_trouble)?;
    let diff = diff(&old, &new);
    say(&diff)?;
    if diff.is_empty() {
        Ok(())
    } else {
        Err(Failure::silent())
    }
}
