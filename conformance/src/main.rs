//! Runs test vectors of Telegram Passport against our crates or any other implementation.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use conformance::runner::expected::Expected;
use conformance::runner::process::Process;
use conformance::runner::report::{Format, Run};
use conformance::runner::{self, Implementation, OurCrates};
use conformance::shim;

/// Test vectors for Telegram Passport and TL, and what runs them.
#[derive(Parser)]
#[command(name = "conformance", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run vectors against our own crates, or against a program that speaks the shim protocol.
    ///
    /// Exit status: 0 if every case came out as its `result` says and every known failure is one,
    /// 1 if not, 2 if the vectors could not be run.
    Run {
        /// A folder with vectors; may be given more than once. Default: those of this repository.
        #[arg(long, value_name = "DIR")]
        vectors: Vec<PathBuf>,
        /// The command line of a program that answers requests, a JSON object per line. Default:
        /// our own crates.
        #[arg(long, value_name = "COMMAND")]
        shim: Option<String>,
        /// The form of the report, which goes to the standard output.
        #[arg(long, value_enum, default_value = "text")]
        report: Format,
        /// A file of known failures: lines such as `messages 14 wrong-accept # why`. An entry that
        /// is not true any more is an error.
        #[arg(long, value_name = "FILE")]
        known_failures: Option<PathBuf>,
        /// Seconds to wait for one answer of the program.
        #[arg(long, value_name = "SECONDS", default_value_t = 20)]
        timeout: u64,
    },
    /// Answer requests of the shim protocol with our own crates: one JSON object per line on the
    /// standard input, one answer per line on the standard output.
    Shim,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Run {
            vectors,
            shim,
            report,
            known_failures,
            timeout,
        } => run(&vectors, shim, report, known_failures, timeout),
        Command::Shim => shim::serve(io::stdin().lock(), io::stdout().lock())
            .map(|()| true)
            .map_err(|error| error.to_string()),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(
    folders: &[PathBuf],
    shim: Option<String>,
    report: Format,
    known_failures: Option<PathBuf>,
    timeout: u64,
) -> Result<bool, String> {
    let ours = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/vectors"));
    let ours = [ours];
    let folders = if folders.is_empty() { &ours } else { folders };
    let suites = runner::suites(folders)?;
    let expected = match known_failures {
        None => Expected::default(),
        Some(path) => {
            let at = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
            let text = std::fs::read_to_string(&path).map_err(|error| at(&error))?;
            Expected::parse(&text).map_err(|error| at(&error))?
        }
    };
    let total: usize = suites.iter().flat_map(|it| &it.cases).map(Vec::len).sum();
    if total == 0 {
        return Err("there is not one case in these folders: name one with --vectors".to_owned());
    }
    let mut implementation: Box<dyn Implementation> = match shim {
        None => Box::new(OurCrates),
        Some(command) => Box::new(Process::new(&command, Duration::from_secs(timeout))),
    };
    let seen = io::stderr().is_terminal();
    let verdicts = runner::run(&mut *implementation, &suites, |done| {
        if seen && done.is_multiple_of(16) {
            eprint!("\r{done} of {total}");
        }
    });
    if seen {
        eprint!("\r\x1b[K");
    }
    let unknown = suites.into_iter().filter(|suite| suite.cases.is_none());
    let known = verdicts.iter().enumerate();
    let run = Run {
        implementation: implementation.name().to_owned(),
        unknown: unknown.map(|it| (it.file, it.algorithm)).collect(),
        untrue: expected.untrue(&verdicts),
        known: known
            .filter(|(_, verdict)| expected.knows(verdict))
            .map(|(at, _)| at)
            .collect(),
        verdicts,
    };
    let mut out = io::stdout().lock();
    let printed = out.write_all(run.print(report).as_bytes());
    printed.map_err(|error| format!("the report cannot be written: {error}"))?;
    Ok(run.is_clean())
}
