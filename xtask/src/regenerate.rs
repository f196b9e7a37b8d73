//! `cargo xtask regenerate`

use sha2::{Digest, Sha256};
use tl_schema_codegen::emit::{self, Options};
use tl_schema_codegen::ids::Dialect;
use tl_schema_codegen::source::Source;

use crate::data;
use crate::failure::{Failure, say};
use crate::output::{self, Beside, Mode, lf, mark};
use crate::passport::{DATA, GENERATED, Passport};
use crate::progress::Progress;

/// Make the generated part of the crate `tl` from its schema
///
/// Reads the schema and the data beside it in tl/schema, checks that they agree, and writes
/// tl/src/generated: the same bytes on every machine. Files there that are not generated any more
/// are removed. Warnings about the schema go to standard error.
///
/// Exit codes: 0 all is up to date, now or before; 1 the schema or its data is wrong or, with
/// --check, a file is out of date; 2 something could not be read or written.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// Write nothing, but fail with a short diff if something is out of date
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let progress = Progress::start("generating");
    let passport = Passport::read()?;
    let selection = passport.select()?;
    let annotations = data::annotations(&passport.root.join(DATA), &selection.schema)?;
    let options = Options {
        runtime: "crate".to_owned(),
        header: header(&passport.files.sources, selection.schema.layer, COMMAND),
        serde: true,
    };
    let files = emit::emit(&selection.schema, &annotations, &options)?;
    let mode = match arguments.check {
        true => Mode::Check { mend: COMMAND },
        false => Mode::Write,
    };
    let folder = passport.root.join(GENERATED);
    let changes = output::sync(&folder, &files, mode, COMMAND, Beside::Nothing)?;
    let (counts, count, time) = (selection.counts, files.len(), progress.elapsed());
    say(format_args!("{counts}, {count} files, {changes}, {time}\n"))
}

/// The lines at the head of every generated file, which say where it comes from.
pub(crate) fn header(
    sources: &[(Source, Dialect)],
    layer: Option<u32>,
    command: &str,
) -> Vec<String> {
    let names: Vec<&str> = sources.iter().map(|(source, _)| source.name()).collect();
    let layer = layer.map_or_else(String::new, |layer| format!(", layer {layer}"));
    let first = format!(
        "{} from {}{layer}; edits are overwritten.",
        mark(command),
        names.join(", ")
    );
    let digests = sources.iter().map(|(source, _)| {
        let digest: String = Sha256::digest(lf(source.text()))
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("SHA-256 of {}: {digest}", source.name())
    });
    [first].into_iter().chain(digests).collect()
}

const COMMAND: &str = "cargo xtask regenerate";
