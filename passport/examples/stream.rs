//! Decrypts a file of a submission, piece by piece, into a file that appears only when it is verified.
//!
//! ```console
//! $ cd passport/examples/sample
//! $ cargo run --example stream -- private_key.pem update.json sample-nonce-of-user-6011972 \
//!       passport.front_side passport.front_side.enc front_side.jpg
//! ```
//!
//! Here the encrypted bytes come from a file; the body of an HTTP response would do as well.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::process::ExitCode;

use telegram_passport::bot_api;
use telegram_passport::file::{ImageReport, decrypt_to_path};
use telegram_passport::key::PrivateKey;
use telegram_passport::nonce::Nonce;

mod report;

fn main() -> ExitCode {
    report::main(run)
}

pub(crate) fn run(arguments: &[String], out: &mut dyn Write) -> report::Outcome {
    let [key, update, nonce, place, encrypted, target] = arguments else {
        return Err(
            "usage: stream PRIVATE_KEY.pem UPDATE.json NONCE PLACE ENCRYPTED TARGET".into(),
        );
    };
    let key = PrivateKey::from_pem(report::read(key)?)?;
    let incoming = bot_api::read_update(&report::read(update)?)?;
    let incoming = incoming.ok_or("this update carries no passport_data")?;
    let submission = incoming
        .passport_data
        .open(&key, &Nonce::from_text(nonce)?)?;

    let name = |element, part| format!("{element}.{part}");
    let mut files = submission.files();
    let file = files.find(|file| name(file.element_type(), file.part()) == *place);
    let file = file.ok_or("there is no such file: PLACE is, for example, passport.front_side")?;

    let source = File::open(encrypted).map_err(|error| format!("{encrypted}: {error}"))?;
    let total = source.metadata()?.len();
    let mut progress = Ok(());
    let written = decrypt_to_path(source, target, file.credentials(), |bytes| {
        progress = write!(out, "\r{bytes} of {total} bytes").and_then(|()| out.flush());
    });
    writeln!(out)?;
    let written = written?;
    progress?;

    let mut start = Vec::new();
    let opened = fs::File::open(written.path())?;
    opened.take(ENOUGH).read_to_end(&mut start)?;
    let report = ImageReport::of_start(&start, written.length());
    writeln!(out, "{target}: {} bytes, verified", written.length())?;
    if let Some(size) = report.size() {
        writeln!(out, "{} x {} pixels", size.width(), size.height())?;
    }
    for finding in report.findings() {
        writeln!(out, "note: {finding}")?;
    }
    Ok(())
}

/// What tells the size of nearly every JPEG.
const ENOUGH: u64 = 256 * 1024;
