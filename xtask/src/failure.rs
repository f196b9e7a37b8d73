//! Why a command did not end well, told to a person.

use std::fmt;
use std::io::{ErrorKind, Write as _, stderr, stdout};
use std::path::Path;

/// What is told on standard error, and the exit code that goes with it.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    /// Whole lines, `error:` at the beginning of the first one.
    text: String,
}

impl Failure {
    /// The command could not do its work.
    pub(crate) fn trouble(message: impl fmt::Display) -> Self {
        Self {
            code: 2,
            text: format!("error: {message}\n"),
        }
    }

    /// The command did its work and found what it looks for.
    pub(crate) fn finding(message: impl fmt::Display) -> Self {
        Self {
            code: 1,
            ..Self::trouble(message)
        }
    }

    /// The same, with a text that has its `error:` lines already.
    pub(crate) fn told(text: String) -> Self {
        Self { code: 1, text }
    }

    /// The command found what it looks for, and has told it on standard output.
    pub(crate) fn silent() -> Self {
        Self::told(String::new())
    }

    /// The same failure where it means that the command could not do its work.
    pub(crate) fn into_trouble(self) -> Self {
        Self { code: 2, ..self }
    }

    /// A file that cannot be read, written or listed.
    pub(crate) fn file(doing: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::trouble(format_args!("cannot {doing} {}: {error}", shown(path)))
    }

    /// What the reader can do about it.
    pub(crate) fn hint(mut self, hint: impl fmt::Display) -> Self {
        self.text.push_str(&format!("hint: {hint}\n"));
        self
    }

    pub(crate) fn code(&self) -> u8 {
        self.code
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<tl_schema_codegen::select::Error> for Failure {
    fn from(error: tl_schema_codegen::select::Error) -> Self {
        let told = error.problems.iter().map(|problem| {
            let failure = Failure::finding(problem);
            match problem.hint() {
                Some(hint) => failure.hint(hint).text,
                None => failure.text,
            }
        });
        Failure::told(told.collect())
    }
}

impl From<tl_schema_codegen::emit::Error> for Failure {
    fn from(error: tl_schema_codegen::emit::Error) -> Self {
        use tl_schema_codegen::emit::Error;
        let hint = match error {
            Error::Runtime { .. } => "name a module, as in ::telegram_passport_tl or crate::tl",
            _ => "this is a defect of the generator, please report it",
        };
        Failure::trouble(error).hint(hint)
    }
}

/// Writes to standard output. A reader who has seen enough, such as `head`, is no failure.
pub(crate) fn say(text: impl fmt::Display) -> Result<(), Failure> {
    match write!(stdout(), "{text}").and_then(|()| stdout().flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::trouble(format_args!(
            "cannot write to standard output: {error}"
        ))),
        _ => Ok(()),
    }
}

/// Writes to standard error. Should nobody read it any more, there is nobody to tell, either; the exit
/// code remains.
pub(crate) fn tell(text: impl fmt::Display) {
    let _ = write!(stderr(), "{text}").and_then(|()| stderr().flush());
}

/// A path as a person wants to see it: from where the command was called, if it is below.
pub(crate) fn shown(path: &Path) -> impl fmt::Display {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).display()
}
