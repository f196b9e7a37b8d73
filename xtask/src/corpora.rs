//! `cargo xtask corpora`

mod agreement;
mod build;
mod catalogue;
mod examine;
mod fetch;
mod layers;
mod oracle;

use std::path::PathBuf;
use std::time::Instant;

use crate::failure::{Failure, say};
use crate::passport::workspace;
use crate::progress::Progress;
pub(crate) use fetch::cargo;

use catalogue::CATALOGUE;
use examine::Row;
use oracle::Oracle;

/// Try the generator on other systems' schemas, and on other layers of this one
///
/// Fetches schemas from crates.io and PyPI, by cargo and pip, into target/corpora, where they stay.
/// Each is then parsed, without losing a definition; checked; printed and parsed back; its ids are
/// compared with the explicit ones and, if there is a list of them, with those of the original
/// parser; it is made into Rust, and all of that Rust is compiled with warnings as errors. With
/// layers 222 and 230 at hand, the numbers of the protocol reference that need whole layers are
/// checked, too. At last several values of every definition of layer 230, among them random ones,
/// are read and written by the code that was generated and by grammers-tl-types: both must give
/// the same bytes.
///
/// Takes some minutes, most of it for the compiler.
///
/// Exit codes: 0 all as it should be; 1 something is not; 2 something could not be fetched, read
/// or written.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// Ids by the original parser: schema, name and id in hexadecimal, separated by tabs
    /// [default: conformance/vectors/reference_ids.tsv if it exists]
    #[arg(long, value_name = "FILE", verbatim_doc_comment)]
    ids: Option<PathBuf>,
    /// Do not compile the generated code
    #[arg(long)]
    no_compile: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let begin = Instant::now();
    let root = workspace();
    let folder = root.join("target/corpora");
    let places = fetch::fetch(&folder)?;
    let oracle = Oracle::read(&root, arguments.ids.as_deref())?;
    let mut rows = Vec::new();
    for corpus in CATALOGUE {
        let _progress = Progress::start(format!("examining {}", corpus.name));
        rows.push(examine::examine(
            corpus,
            &places,
            &oracle,
            &folder.join("build"),
        )?);
    }
    let mut problems: Vec<String> = rows.iter().flat_map(Row::problems).collect();
    problems.extend(layers::check(&places)?);
    if !arguments.no_compile {
        problems.extend(build::compile(&folder.join("build"))?);
    }
    let mut agreed = String::new();
    if !arguments.no_compile && problems.is_empty() {
        let (agreement, different) = agreement::compare(&places, &folder.join("agreement"))?;
        problems.extend(different);
        agreed = format!(", {agreement}");
    }
    say(examine::table(&rows))?;
    let definitions: usize = rows.iter().map(|row| row.definitions).sum();
    let (schemas, time) = (rows.len(), begin.elapsed().as_secs_f64());
    let summary = format!("{schemas} schemas, {definitions} definitions{agreed}, {time:.1} s");
    match problems.is_empty() {
        true => say(format_args!("{summary}, all as it should be\n")),
        false => Err(Failure::finding(problems.join("\nerror: ")).hint(summary)),
    }
}
