//! Prints a link that asks for documents.
//!
//! `cargo run -p telegram-passport --example ask -- PUBLIC_KEY.pem BOT_ID`
//!
//! The key must be the one that was registered for the bot. A service would keep the nonce for the user
//! whom it shows the link.

use std::error::Error;
use std::{env, fs};

use telegram_passport::key::PublicKey;
use telegram_passport::link::{BotId, RequestLink};
use telegram_passport::nonce::Nonce;
use telegram_passport::scope::{IdentityDocument, IdentityRequest, NativeNames, Scope};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(path), Some(bot_id)) = (arguments.next(), arguments.next()) else {
        return Err("usage: ask PUBLIC_KEY.pem BOT_ID".into());
    };
    let key = PublicKey::from_pem(fs::read_to_string(path)?)?;
    let scope = Scope::builder()
        .personal_details(NativeNames::NotRequired)
        .identity_document(IdentityRequest::one_of([
            IdentityDocument::Passport.with_selfie(),
            IdentityDocument::IdentityCard.into(),
        ]))
        .build()?;
    let nonce = Nonce::generate(&mut getrandom::SysRng)?;
    let link = RequestLink::new(BotId::new(bot_id.parse()?)?, &scope, key.text(), &nonce)?;
    println!("{link}");
    Ok(())
}
