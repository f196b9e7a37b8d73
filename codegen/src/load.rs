//! All of the front in one call: texts in, a checked schema or readable errors out.

use crate::check::{File, Options, check};
use crate::diagnostic::Diagnostics;
use crate::ids::Dialect;
use crate::parser::parse;
use crate::schema::Schema;
use crate::source::Source;
use crate::syntax::Tree;

/// A schema, and what it was made from.
#[derive(Debug, Clone)]
pub struct Checked<'a> {
    /// What the files declare together.
    pub schema: Schema,
    /// What each file says, in the order of the sources.
    pub trees: Vec<Tree<'a>>,
    /// What somebody should look at: nothing but warnings.
    pub warnings: Diagnostics,
}

/// Parses and checks several files as one schema.
///
/// # Errors
///
/// Displays as everything that is wrong with the files, rendered for a person.
pub fn load<'a>(
    sources: &'a [(Source, Dialect)],
    options: &Options,
) -> Result<Checked<'a>, LoadError> {
    let mut diagnostics = Diagnostics::default();
    let mut trees = Vec::with_capacity(sources.len());
    for (file, (source, _)) in (0..).zip(sources) {
        let (tree, found) = parse(source, file);
        diagnostics.append(found);
        trees.push(tree);
    }
    let files: Vec<_> = trees
        .iter()
        .zip(sources)
        .map(|(tree, &(_, dialect))| File { tree, dialect })
        .collect();
    let outcome = check(&files, options);
    diagnostics.append(outcome.diagnostics);
    match outcome.schema {
        Some(schema) if diagnostics.errors() == 0 => Ok(Checked {
            schema,
            trees,
            warnings: diagnostics,
        }),
        _ => {
            let sources: Vec<_> = sources.iter().map(|(source, _)| source).collect();
            Err(LoadError {
                text: diagnostics.render(&sources),
                diagnostics,
            })
        }
    }
}

/// The files are no schema.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}", text.trim_end())]
pub struct LoadError {
    text: String,
    /// What is wrong, and warnings.
    pub diagnostics: Diagnostics,
}
