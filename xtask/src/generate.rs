//! `cargo xtask generate`

use std::path::PathBuf;

use tl_schema_codegen::annotations::Annotations;
use tl_schema_codegen::emit::{self, Options};
use tl_schema_codegen::schema::Schema;
use tl_schema_codegen::select::{Counts, Manifest, Selection, explain, select};

use crate::data::Roots;
use crate::failure::{Failure, say, shown, tell};
use crate::output::{self, Beside, Mode, existing, is_made_by};
use crate::progress::Progress;
use crate::regenerate::header;
use crate::schemas::{Facts, Files};

/// Make Rust from any TL schema
///
/// Writes a module tree into a folder; its root is mod.rs, so a crate takes it in by
/// `mod generated;` if the folder is src/generated. The code needs the runtime of the crate
/// telegram-passport-tl, which it reaches by the path given with --runtime, and a crate of edition
/// 2021 or 2024.
///
/// All of the schema is generated unless roots are named: then it is these methods, types and
/// single constructors, with all that they reach.
///
/// A folder that holds other files is refused, unless --force says that this is meant. Written over
/// and removed are in either case only files whose first line says that this command made them, and
/// removed only those of an earlier run into the same folder.
///
/// Exit codes: 0 done; 1 the schema or the roots are wrong, or the folder is refused;
/// 2 something could not be read or written, or the path of the runtime is none.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// Schema files, which make up one schema together
    #[arg(long, value_name = "FILE", required = true, num_args = 1..)]
    schema: Vec<PathBuf>,
    #[command(flatten)]
    facts: Facts,
    /// Methods, types and single constructors to keep, by their TL names
    #[arg(long, value_name = "NAME", num_args = 1.., conflicts_with = "manifest")]
    root: Vec<String>,
    /// A file like tl/schema/selection.toml with the roots and the opaque types
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// Tell what drags in what: each type with the number of types and constructors that would go
    /// without it, that it reaches, and how it was reached first
    #[arg(long, verbatim_doc_comment)]
    explain: bool,
    /// The folder to write to
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Where the generated code finds the runtime
    #[arg(long, value_name = "PATH", default_value = "::telegram_passport_tl")]
    runtime: String,
    /// Implement serde's traits, under the feature `serde` of the crate that the code goes into;
    /// in its Cargo.toml: serde = ["telegram-passport-tl/serde"]
    #[arg(long, verbatim_doc_comment)]
    serde: bool,
    /// Write even if the folder holds files that this command did not make; they stay as they are,
    /// and if one is where a file has to be written, that is an error
    #[arg(long, verbatim_doc_comment)]
    force: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let progress = Progress::start("generating");
    if !arguments.force {
        refuse_strangers(arguments)?;
    }
    let files = Files::read(&arguments.schema, &arguments.facts)?;
    let schema = selected(arguments, files.load()?.schema)?;
    let options = Options {
        runtime: arguments.runtime.clone(),
        header: header(&files.sources, schema.layer, COMMAND),
        serde: arguments.serde,
    };
    let generated = emit::emit(&schema, &Annotations::default(), &options)?;
    let changes = output::sync(
        &arguments.out,
        &generated,
        Mode::Write,
        COMMAND,
        Beside::Others,
    )?;
    let (counts, count, time) = (Counts::of(&schema), generated.len(), progress.elapsed());
    say(format_args!("{counts}, {count} files, {changes}, {time}\n"))
}

/// The part of the schema that the roots reach; all of it if there are none.
fn selected(arguments: &Arguments, schema: Schema) -> Result<Schema, Failure> {
    let manifest = match &arguments.manifest {
        Some(path) => Roots::read(path)?.manifest(),
        None if arguments.root.is_empty() => return Ok(schema),
        None => Manifest::from_names(&schema, &arguments.root),
    };
    let selection = select(&schema, &manifest)?;
    warn_of_idle(&selection);
    if arguments.explain {
        say(explain(&schema, &manifest)?)?;
    }
    Ok(selection.schema)
}

/// Tells of opaque types that are listed in vain.
pub(crate) fn warn_of_idle(selection: &Selection) {
    for name in &selection.idle {
        tell(format_args!(
            "warning: nothing reaches the opaque type {name}\n"
        ));
    }
}

fn refuse_strangers(arguments: &Arguments) -> Result<(), Failure> {
    for path in existing(&arguments.out)? {
        if !is_made_by(COMMAND, &path)? {
            let message = format!("{} was not made by `{COMMAND}`", shown(&path));
            return Err(Failure::finding(message)
                .hint("choose another folder, or --force: then it stays as it is"));
        }
    }
    Ok(())
}

const COMMAND: &str = "cargo xtask generate";
