//! Opens a submission that was kept in a file, and says what is in it.
//!
//! `cargo run -p telegram-passport --example open -- PRIVATE_KEY.pem UPDATE.json NONCE`
//!
//! Prints kinds and validity, never the content of a document.

use std::error::Error;
use std::{env, fs};

use telegram_passport::document::NativeNames;
use telegram_passport::key::PrivateKey;
use telegram_passport::nonce::Nonce;
use telegram_passport::{answer, bot_api};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(key), Some(update), Some(nonce)) =
        (arguments.next(), arguments.next(), arguments.next())
    else {
        return Err("usage: open PRIVATE_KEY.pem UPDATE.json NONCE".into());
    };
    let key = PrivateKey::from_pem(fs::read(key)?)?;
    let nonce = Nonce::from_text(&nonce)?;
    let Some(incoming) = bot_api::read_update(&fs::read(update)?)? else {
        return Err("this update carries no passport_data".into());
    };
    // The operator may know what failed; the sender must not.
    let submission = incoming.passport_data.open(&key, &nonce).map_err(|error| {
        let detail = error.detail();
        format!("{error}: {detail}")
    })?;
    for element in submission.elements() {
        println!(
            "{}, {} files",
            element.element_type(),
            element.files().count()
        );
    }
    for finding in submission.findings() {
        println!("note: {finding}");
    }
    let details = submission
        .personal_details()
        .and_then(|element| element.data());
    if let Some(Err(violations)) =
        details.map(|details| details.document().validate(NativeNames::NotRequired))
    {
        let details = details.ok_or("there are details")?;
        let errors: Vec<_> = violations
            .iter()
            .map(|violation| details.error(violation.field, violation.rule.to_string()))
            .collect();
        let body = answer::set_passport_data_errors(incoming.user_id, &errors);
        println!("setPassportDataErrors {body}");
    }
    Ok(())
}
