//! Prints a link that asks for documents.
//!
//! ```console
//! $ cargo run -p telegram-passport --example ask -- passport/examples/sample/public_key.pem 7
//! ```
//!
//! The key must be the one that was registered for the bot. A service would keep the nonce for the user
//! whom it shows the link.

use std::io::Write;
use std::process::ExitCode;

use telegram_passport::key::PublicKey;
use telegram_passport::link::{BotId, RequestLink};
use telegram_passport::nonce::Nonce;
use telegram_passport::scope::{IdentityDocument, IdentityRequest, NativeNames, Scope};

mod report;

fn main() -> ExitCode {
    report::main(run)
}

pub(crate) fn run(arguments: &[String], out: &mut dyn Write) -> report::Outcome {
    let [key, bot_id] = arguments else {
        return Err("usage: ask PUBLIC_KEY.pem BOT_ID".into());
    };
    let key = PublicKey::from_pem(report::read(key)?)?;
    let bot_id = bot_id.parse().map_err(|_| "BOT_ID is not a number")?;
    let scope = Scope::builder()
        .personal_details(NativeNames::NotRequired)
        .identity_document(IdentityRequest::one_of([
            IdentityDocument::Passport.with_selfie(),
            IdentityDocument::IdentityCard.into(),
        ]))
        .build()?;
    let nonce = Nonce::generate(&mut getrandom::SysRng)?;
    let link = RequestLink::new(BotId::new(bot_id)?, &scope, key.text(), &nonce)?;
    writeln!(out, "{link}")?;
    Ok(())
}
