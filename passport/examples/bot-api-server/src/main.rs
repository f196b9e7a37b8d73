//! A bot over the Bot API that asks for documents: a page with the button, and a webhook.
//!
//! ```console
//! $ export BOT_TOKEN=..          # as BotFather gave it
//! $ export BOT_API_METHODS=..    # the URL of the Bot API's methods, up to the name of the method
//! $ export BOT_API_FILES=..      # the URL of its files, up to the `file_path`
//! $ export UPDATES_SECRET=..     # a long random word of your own
//! $ cargo run -- private_key.pem public_key.pem 127.0.0.1:8080
//! ```
//!
//! `/request/USER` is the page for the user of that id; a service knows the user from its own log-in.
//! `/updates/UPDATES_SECRET` takes updates, so the HTTPS address of it is the bot's webhook. What a
//! user sends is opened and checked, its files are fetched, errors are answered. No document is kept.

mod bot;
mod http;
#[path = "../../service/mod.rs"]
mod service;
#[cfg(test)]
mod tests;

use std::process::ExitCode;
use std::sync::Arc;
use std::{env, fs};

use telegram_passport::nonce::Nonce;

use bot::{Bot, BotApi};
use service::{Failure, Service, tell};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", tell(&error));
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Failure> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [private_key, public_key, address] = &arguments[..] else {
        let usage = "usage: passport-bot-api-server PRIVATE_KEY.pem PUBLIC_KEY.pem ADDRESS";
        return Err(usage.into());
    };
    let token = variable("BOT_TOKEN")?;
    let service = Service::new(&read(private_key)?, &read(public_key)?, &token)?;
    let api = BotApi::new(variable("BOT_API_METHODS")?, variable("BOT_API_FILES")?);
    let bot = Arc::new(Bot { service, api });
    // Compares in constant time and prints nothing, as a nonce does.
    let secret = Nonce::from_text(&variable("UPDATES_SECRET")?)?;

    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("listening on {address}");
    axum::serve(listener, http::router(bot, secret)).await?;
    Ok(())
}

fn read(path: &str) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| format!("cannot read {path}: {error}").into())
}

fn variable(name: &str) -> Result<String, Failure> {
    env::var(name).map_err(|_| format!("the environment variable {name} is not set").into())
}
