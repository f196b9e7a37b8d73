//! Opens a submission that was kept in a file, and says what is in it.
//!
//! ```console
//! $ cd passport/examples/sample
//! $ cargo run --example open -- private_key.pem update.json sample-nonce-of-user-6011972
//! ```
//!
//! Prints kinds and shortcomings, never the content of a document.

use std::io::Write;
use std::process::ExitCode;

use telegram_passport::bot_api;
use telegram_passport::document::NativeNames;
use telegram_passport::key::PrivateKey;
use telegram_passport::nonce::Nonce;

mod report;

fn main() -> ExitCode {
    report::main(run)
}

pub(crate) fn run(arguments: &[String], out: &mut dyn Write) -> report::Outcome {
    let [key, update, nonce] = arguments else {
        return Err("usage: open PRIVATE_KEY.pem UPDATE.json NONCE".into());
    };
    let key = PrivateKey::from_pem(report::read(key)?)?;
    let incoming = bot_api::read_update(&report::read(update)?)?;
    let incoming = incoming.ok_or("this update carries no passport_data")?;
    let nonce = Nonce::from_text(nonce)?;
    let submission = incoming.passport_data.open(&key, &nonce)?;

    writeln!(out, "from user {}", incoming.user_id)?;
    for element in submission.elements() {
        writeln!(out, "{}", element.element_type())?;
        for file in element.files() {
            writeln!(out, "  {}", file.part())?;
        }
    }
    for finding in submission.findings() {
        writeln!(out, "note: {finding}")?;
    }
    let details = submission.personal_details();
    if let Some(details) = details.and_then(|element| element.data()) {
        let violations = details.document().validate(NativeNames::NotRequired);
        for violation in violations.err().iter().flatten() {
            writeln!(out, "personal_details: {violation}")?;
        }
    }
    Ok(())
}
