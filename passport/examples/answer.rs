//! Answers a submission with an error about one part of it, in both forms.
//!
//! ```console
//! $ cd passport/examples/sample
//! $ cargo run --example answer -- private_key.pem update.json sample-nonce-of-user-6011972 \
//!       passport.front_side "The picture is too dark"
//! ```
//!
//! The error is made by the part that it blames, so its hash is right and only what was received can
//! be blamed: `utility_bill`, `utility_bill.files`, `utility_bill.files[1]`, `passport.document_no`.

use std::io::Write;
use std::process::ExitCode;

use telegram_passport::answer::{self, ElementError};
use telegram_passport::document::{AddressField, IdDocumentField, PersonalDetailsField};
use telegram_passport::key::PrivateKey;
use telegram_passport::nonce::Nonce;
use telegram_passport::submission::{Element, Submission};
use telegram_passport::{ElementType, bot_api};
use telegram_passport_tl::{Encode, types};

mod report;

fn main() -> ExitCode {
    report::main(run)
}

pub(crate) fn run(arguments: &[String], out: &mut dyn Write) -> report::Outcome {
    let [key, update, nonce, place, message] = arguments else {
        return Err("usage: answer PRIVATE_KEY.pem UPDATE.json NONCE PLACE MESSAGE".into());
    };
    let key = PrivateKey::from_pem(report::read(key)?)?;
    let incoming = bot_api::read_update(&report::read(update)?)?;
    let incoming = incoming.ok_or("this update carries no passport_data")?;
    let nonce = Nonce::from_text(nonce)?;
    let submission = incoming.passport_data.open(&key, &nonce)?;
    let errors = [blame(&submission, place, message).ok_or("this was not received")?];

    let body = answer::set_passport_data_errors(incoming.user_id, &errors);
    writeln!(out, "setPassportDataErrors {body}")?;

    // A bot over MTProto has the access_hash of the user from the update.
    let user = types::InputUser {
        user_id: incoming.user_id,
        access_hash: 0,
    };
    let request = answer::set_secure_value_errors(user.into(), &errors)?;
    writeln!(out, "{request:?}")?;
    for byte in request.to_bytes()? {
        write!(out, "{byte:02x}")?;
    }
    writeln!(out)?;
    Ok(())
}

fn blame(submission: &Submission, place: &str, message: &str) -> Option<ElementError> {
    let (kind, part) = place.split_once('.').unwrap_or((place, ""));
    let element = submission.get(kind.parse::<ElementType>().ok()?)?;
    let mut files = element.files();
    if let Some(file) = files.find(|file| file.part().to_string() == part) {
        return Some(file.error(message));
    }
    Some(match (element, part) {
        (_, "") => element.error(message),
        (Element::AddressDocument(it), "files") => it.files()?.error(message),
        (Element::AddressDocument(it), "translation") => it.translation()?.error(message),
        (Element::IdentityDocument(it), "translation") => it.translation()?.error(message),
        (Element::IdentityDocument(it), _) => {
            it.data()?.error(IdDocumentField::from_name(part)?, message)
        }
        (Element::Address(it), _) => it.data()?.error(AddressField::from_name(part)?, message),
        (Element::PersonalDetails(it), _) => it
            .data()?
            .error(PersonalDetailsField::from_name(part)?, message),
        _ => return None,
    })
}
