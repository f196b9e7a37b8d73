//! `cargo xtask lint`

use std::fmt::{self, Write as _};
use std::path::PathBuf;

use tl_schema_codegen::ids::{self, Dialect};
use tl_schema_codegen::print::print;
use tl_schema_codegen::syntax::Tree;

use crate::failure::{Failure, say, tell};
use crate::progress::Progress;
use crate::schemas::{Facts, Files};

/// Look for mistakes in TL schemas
///
/// Each file is a schema of its own unless --together says that they make up one. Every mistake is
/// told with its place, the line and, if there is one, a hint; the last line sums up.
///
/// Exit codes: 0 no errors, though perhaps warnings; 1 errors; 2 a file cannot be read.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// Schema files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Take the files as parts of one schema
    #[arg(long)]
    together: bool,
    #[command(flatten)]
    facts: Facts,
    /// Print the schema in canonical form, comments kept
    #[arg(long, conflicts_with = "ids")]
    print: bool,
    /// List the id of each definition: name, explicit id, computed id, and whether they differ
    #[arg(long)]
    ids: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let progress = Progress::start("checking");
    let all = Files::read(&arguments.files, &arguments.facts)?;
    let groups = if arguments.together {
        vec![all]
    } else {
        all.split()
    };
    let mut summary = Summary {
        files: arguments.files.len(),
        ..Summary::default()
    };
    for files in &groups {
        match files.check() {
            Ok(checked) => {
                tell(files.render(&checked.warnings));
                summary.warnings += checked.warnings.warnings();
                for (tree, &(_, dialect)) in checked.trees.iter().zip(&files.sources) {
                    summary.definitions += tree.definitions().count();
                    if arguments.print {
                        say(print(tree))?;
                    } else if arguments.ids {
                        say(list_ids(tree, dialect))?;
                    }
                }
            }
            Err(error) => {
                tell(format_args!("{error}\n"));
                summary.errors += error.diagnostics.errors();
                summary.warnings += error.diagnostics.warnings();
            }
        }
    }
    let text = format!("{summary}, {}\n", progress.elapsed());
    if summary.errors > 0 {
        return Err(Failure::told(text));
    }
    if arguments.print || arguments.ids {
        // Standard output is the list or the schema, and nothing else.
        tell(text);
        return Ok(());
    }
    say(text)
}

#[derive(Default)]
struct Summary {
    files: usize,
    definitions: usize,
    errors: usize,
    warnings: usize,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            files,
            definitions,
            errors,
            warnings,
        } = *self;
        let files = counted(files, "file");
        let warnings = counted(warnings, "warning");
        match errors {
            0 => {
                let definitions = counted(definitions, "definition");
                write!(f, "{definitions} in {files}, no errors, {warnings}")
            }
            _ => write!(f, "{}, {warnings} in {files}", counted(errors, "error")),
        }
    }
}

fn counted(count: usize, of: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {of}{plural}")
}

fn list_ids(tree: &Tree, dialect: Dialect) -> String {
    let mut list = String::new();
    for (_, definition) in tree.definitions() {
        let computed = ids::compute(definition, dialect);
        let explicit = definition
            .id
            .map_or("-".to_owned(), |id| format!("{id:08x}"));
        let mark = match definition.id {
            Some(id) if id != computed => "\tdiffers",
            _ => "",
        };
        // Writing to a `String` cannot fail.
        let _ = writeln!(
            list,
            "{}\t{explicit}\t{computed:08x}{mark}",
            definition.name.text
        );
    }
    list
}
