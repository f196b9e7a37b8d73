//! Runs test vectors of Telegram Passport against our crates or any other implementation.

use std::fs;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::builder::RangedU64ValueParser;
use clap::{Parser, Subcommand, value_parser};
use conformance::made;
use conformance::runner::expected::Expected;
use conformance::runner::matrix::{Matrix, Shims};
use conformance::runner::process::Process;
use conformance::runner::report::{Format, Run};
use conformance::runner::{self, Implementation, OurCrates, Suite};
use conformance::{fuzz, shim};

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
    /// 1 if not, "not implemented" included; 2 if the vectors could not be run, for a case that is not
    /// understood, too.
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
        /// A file of known failures: lines such as `messages 14 wrong-accept # why`, or `form *
        /// unsupported # why` for all cases of a file that are not implemented. An entry that is not
        /// true any more is an error.
        #[arg(long, value_name = "FILE")]
        known_failures: Option<PathBuf>,
        /// Seconds to wait for one answer of the program; the first after a start has up to 20 more.
        #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = seconds())]
        timeout: u64,
    },
    /// Run vectors against our own crates and other implementations, side by side.
    ///
    /// Prints a table of what each lets through. Exit status: 0 if our own crates passed all, 1 if
    /// not, 2 if something could not be run.
    Matrix {
        /// A folder with vectors; may be given more than once. Default: those of this repository.
        #[arg(long, value_name = "DIR")]
        vectors: Vec<PathBuf>,
        /// The file that names the other implementations. Default: the one of this repository.
        #[arg(long, value_name = "FILE")]
        shims: Option<PathBuf>,
        /// Install the other implementations first, below the target folder; needs the network and
        /// their languages.
        #[arg(long)]
        install: bool,
        /// Write the table as one static HTML page, too.
        #[arg(long, value_name = "FILE")]
        html: Option<PathBuf>,
        /// Seconds to wait for one answer; the first after a start has up to 20 more.
        #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = seconds())]
        timeout: u64,
    },
    /// Let our user's side fill Passports and answer services on the simulated Telegram, and write
    /// what comes of it as vectors, for `run` and `matrix`: in the folder `submissions` what
    /// services receive, in `secrets` what the server stores, in `calls` what it is told.
    Made {
        /// The folder to write to; it is made if it is not there.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Another seed makes other keys, secrets and paddings; the same seed the same bytes.
        #[arg(long, value_name = "NUMBER", default_value_t = 1)]
        seed: u64,
    },
    /// Write the inputs that fuzzing begins with, made of the vectors: a folder for each target.
    Seeds {
        /// Where to. Default: `conformance/fuzz/seeds` of this repository.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Answer requests of the shim protocol with our own crates: one JSON object per line on the
    /// standard input, one answer per line on the standard output.
    Shim,
}

/// What may be waited for an answer: up to a day.
fn seconds() -> RangedU64ValueParser {
    value_parser!(u64).range(1..=86_400)
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
        Command::Matrix {
            vectors,
            shims,
            install,
            html,
            timeout,
        } => matrix(&vectors, shims, install, html, timeout),
        Command::Made { out, seed } => made(&out, seed),
        Command::Seeds { out } => seeds(out),
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
    let suites = suites(folders)?;
    let expected = match known_failures {
        None => Expected::default(),
        Some(path) => {
            let at = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
            let text = fs::read_to_string(&path).map_err(|error| at(&error))?;
            Expected::parse(&text).map_err(|error| at(&error))?
        }
    };
    let total: usize = suites.iter().flat_map(|it| &it.cases).map(Vec::len).sum();
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

fn matrix(
    folders: &[PathBuf],
    shims: Option<PathBuf>,
    install: bool,
    html: Option<PathBuf>,
    timeout: u64,
) -> Result<bool, String> {
    let suites = suites(folders)?;
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shims = Shims::read(&shims.unwrap_or_else(|| here.join("shims/shims.toml")))?.shim;
    let below = here.join("../target/shims");
    for shim in shims.iter().filter(|_| install) {
        eprintln!("installing {} {}", shim.name, shim.version);
        shim.install(&below)?;
    }
    let timeout = Duration::from_secs(timeout);
    let matrix = Matrix::run(&suites, &shims, &below, timeout, |name| eprintln!("{name}"))?;
    if let Some(path) = html {
        fs::write(&path, matrix.to_html())
            .map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let mut out = io::stdout().lock();
    let printed = out.write_all(matrix.to_markdown().as_bytes());
    printed.map_err(|error| format!("the table cannot be written: {error}"))?;
    Ok(matrix.ours_is_clean())
}

fn made(out: &Path, seed: u64) -> Result<bool, String> {
    let made = made::make(seed).map_err(|error| error.to_string())?;
    let at = |error: io::Error| format!("{}: {error}", out.display());
    made.write(out).map_err(at)?;
    eprintln!("{} vectors in {}", made.tests(), out.display());
    Ok(true)
}

/// Writes each seed under its number.
fn seeds(out: Option<PathBuf>) -> Result<bool, String> {
    let out = out.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds"));
    for target in fuzz::TARGETS {
        let folder = out.join(target.name);
        let at = |error: io::Error| format!("{}: {error}", folder.display());
        fs::create_dir_all(&folder).map_err(at)?;
        let seeds = (target.seeds)();
        for (number, seed) in seeds.iter().enumerate() {
            fs::write(folder.join(format!("{number:04}")), seed).map_err(at)?;
        }
        println!("{}: {} seeds", folder.display(), seeds.len());
    }
    Ok(true)
}

/// What is in these folders, or in that of this repository; it must be something.
fn suites(folders: &[PathBuf]) -> Result<Vec<Suite>, String> {
    let ours = [PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/vectors"
    ))];
    let suites = runner::suites(if folders.is_empty() { &ours } else { folders })?;
    if suites.iter().flat_map(|it| &it.cases).all(Vec::is_empty) {
        let unknown = suites.iter().filter(|it| it.cases.is_none());
        let unknown =
            unknown.map(|it| format!("{}: the kind {} is not known here", it.file, it.algorithm));
        let unknown: Vec<_> = unknown.collect();
        return Err(match unknown[..] {
            [] => "there is not one case in these folders: name one with --vectors".to_owned(),
            _ => format!(
                "there is not one case in these folders; {}",
                unknown.join("; ")
            ),
        });
    }
    Ok(suites)
}
