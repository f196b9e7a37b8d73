//! The compiler, watched: Cargo runs this program instead (`RUSTC_WRAPPER`), and it writes down
//! what each call of the real one used.

use std::env;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// Names the file that the usage is appended to; while it is set, this program is the compiler.
pub(crate) const LOG: &str = "BENCHMARKS_RUSTC_LOG";

/// What one run of the compiler used.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Usage {
    /// Processor time of the process with all its threads, user and system, in seconds.
    pub(crate) seconds: f64,
    /// The most memory it held, in MB.
    pub(crate) megabytes: f64,
}

/// Whether this program was started as the compiler, and where it is to write.
pub(crate) fn wanted() -> Option<PathBuf> {
    env::var_os(LOG).map(PathBuf::from)
}

/// Runs the compiler that the first argument names with the others.
pub(crate) fn run(log: &Path) -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let Some(rustc) = arguments.next() else {
        eprintln!("error: no compiler is named");
        return ExitCode::FAILURE;
    };
    let mut arguments: Vec<_> = arguments.collect();
    // Cargo keeps the compiler from looking for lints in what comes from a registry, as the peer
    // does; what lies beside this package is built by its users in the same way.
    if !arguments.iter().any(|argument| argument == "--cap-lints") {
        arguments.extend(["--cap-lints".into(), "allow".into()]);
    }
    let code = match Command::new(rustc).args(&arguments).status() {
        Ok(status) => status.code().and_then(|code| u8::try_from(code).ok()),
        Err(error) => {
            eprintln!("error: the compiler does not start: {error}");
            None
        }
    };
    let name = arguments
        .windows(2)
        .find_map(|pair| (pair[0] == "--crate-name").then_some(&pair[1]));
    if let Some(name) = name
        && let Err(error) = write(log, &name.to_string_lossy())
    {
        eprintln!("error: {}: {error}", log.display());
        return ExitCode::FAILURE;
    }
    ExitCode::from(code.unwrap_or(1))
}

fn write(log: &Path, name: &str) -> std::io::Result<()> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let time = usage.user_time() + usage.system_time();
    let line = format!(
        "{name} {} {}\n",
        time.num_microseconds(),
        usage.max_rss() // in KB on Linux
    );
    let mut file = OpenOptions::new().create(true).append(true).open(log)?;
    file.write_all(line.as_bytes())
}

/// Reads what was written about the crate `name`.
pub(crate) fn read(log: &str, name: &str) -> Option<Usage> {
    log.lines().find_map(|line| {
        let [crate_name, microseconds, kilobytes] = line.split(' ').collect::<Vec<_>>()[..] else {
            return None;
        };
        if crate_name != name {
            return None;
        }
        Some(Usage {
            seconds: microseconds.parse::<f64>().ok()? / 1e6,
            megabytes: kilobytes.parse::<f64>().ok()? * 1024.0 / 1e6,
        })
    })
}
