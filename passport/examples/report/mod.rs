//! How the examples read files, and how they tell what went wrong.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;
use std::{env, fs};

use telegram_passport::OpenError;
use telegram_passport::file::FileError;
use telegram_passport::key::KeyError;

/// What an example comes to.
pub(crate) type Outcome = Result<(), Box<dyn Error>>;

/// Calls an example with the arguments of the command line.
pub(crate) fn main(run: fn(&[String], &mut dyn Write) -> Outcome) -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match run(&arguments, &mut io::stdout()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprint!("{}", tell(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

/// An `error:` line, and one more if there is more to say.
pub(crate) fn tell(error: &(dyn Error + 'static)) -> String {
    let mut text = format!("error: {error}\n");
    if let Some(hint) = error.downcast_ref().and_then(KeyError::hint) {
        text += &format!("hint: {hint}\n");
    }
    // For the operator alone: a sender must not learn which check failed.
    let opening = match error.downcast_ref() {
        Some(FileError::Open(error)) => Some(error),
        _ => error.downcast_ref::<OpenError>(),
    };
    if let Some(error) = opening {
        text += &format!("detail: {}\n", error.detail());
    }
    text
}

/// The bytes of a file, or an error that names it.
pub(crate) fn read(path: &str) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("cannot read {path}: {error}"))
}
