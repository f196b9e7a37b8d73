//! python-telegram-bot, installed for the run.

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use serde_json::json;

use super::submission::{self, Message};
use crate::clock::Timed;

/// Installs it and starts the script that opens the submission, as often as it is told. The script
/// ends when the result is dropped.
pub(crate) fn timed(message: &Message) -> Result<Timed, Box<dyn Error>> {
    let folder = folder()?;
    let python = install(&folder)?;
    let given = folder.join("submission.json");
    let text = json!({
        "passport_data": message.text,
        "private_key": message.private_key_pem,
        "nonce": message.nonce,
        "elements": submission::elements(message)?,
    });
    fs::write(&given, text.to_string())?;
    let mut script = Command::new(python)
        .arg(SCRIPT)
        .arg(given)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut input = script.stdin.take().ok_or("no input")?;
    let mut answers = BufReader::new(script.stdout.take().ok_or("no output")?).lines();
    Ok(Box::new(move |times| {
        writeln!(input, "{times}")?;
        let answer = answers.next().ok_or("the script has ended")??;
        Ok(Duration::from_nanos(answer.parse()?))
    }))
}

/// A virtual environment beside what Cargo has built this program into; gives its Python.
fn install(folder: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let environment = folder.join("environment");
    let python = environment.join("bin").join("python");
    if !python.exists() {
        run(Command::new("python3")
            .args(["-m", "venv"])
            .arg(&environment))?;
    }
    let pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ];
    run(Command::new(&python).args(pip).args(PACKAGES))?;
    Ok(python)
}

fn run(command: &mut Command) -> Result<(), Box<dyn Error>> {
    let output = command.output();
    let program = command.get_program().display();
    let Output { status, stderr, .. } = output.map_err(|error| format!("{program}: {error}"))?;
    if status.success() {
        return Ok(());
    }
    let stderr = String::from_utf8_lossy(&stderr);
    let last = stderr.lines().last().unwrap_or_default();
    Err(format!("{program}: {status}: {last}").into())
}

fn folder() -> Result<PathBuf, Box<dyn Error>> {
    let program = std::env::current_exe()?;
    let target = program.ancestors().nth(2).ok_or("no target folder")?;
    let folder = target.join("python-telegram-bot");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// What it is called in tables.
pub(crate) const NAME: &str = "`python-telegram-bot` 22.8";

/// What it decrypts with is pinned, too.
const PACKAGES: [&str; 2] = [
    "python-telegram-bot[passport]==22.8",
    "cryptography==50.0.2",
];

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/python/submission.py");
