//! A bot over MTProto that asks for documents, by `grammers-client`.
//!
//! ```console
//! $ export API_ID=.. API_HASH=.. BOT_TOKEN=..
//! $ cargo run -- private_key.pem public_key.pem
//! ```
//!
//! Whoever writes to the bot is asked: the page with the button goes to `request_USER.html`, which a
//! service would show to that user over HTTPS. What the user sends is opened and checked, its files
//! are fetched, and errors are answered. No document is kept.

mod bot;
mod newtypes;
#[path = "../../service/mod.rs"]
mod service;
#[cfg(test)]
mod tests;

use std::process::ExitCode;
use std::sync::Arc;
use std::{env, fs};

use grammers_client::message::Message;
use grammers_client::sender::UpdatesConfiguration;
use grammers_client::session::storages::MemorySession;
use grammers_client::session::types::PeerKind;
use grammers_client::update::Update;
use grammers_client::{Client, SenderPool};
use telegram_passport_tl::types;

use bot::Grammers;
use service::{Failure, Service, tell};

#[tokio::main(flavor = "current_thread")]
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
    let [private_key, public_key] = &arguments[..] else {
        return Err("usage: passport-bot-grammers PRIVATE_KEY.pem PUBLIC_KEY.pem".into());
    };
    let api_id = variable("API_ID")?
        .parse()
        .map_err(|_| "API_ID is not a number")?;
    let api_hash = variable("API_HASH")?;
    let token = variable("BOT_TOKEN")?;
    let service = Service::new(&read(private_key)?, &read(public_key)?, &token)?;

    // It forgets the log-in at the end. Take grammers' `SqliteSession` in earnest.
    let session = Arc::new(MemorySession::default());
    let SenderPool {
        runner,
        handle,
        updates,
    } = SenderPool::new(Arc::clone(&session), api_id);
    let client = Client::new(handle.clone());
    let pool = tokio::spawn(runner.run());
    client.bot_sign_in(&token, &api_hash).await?;
    println!("signed in, waiting for messages");

    let configuration = UpdatesConfiguration { catch_up: false };
    let mut updates = client.stream_updates(updates, configuration).await?;
    let connection = Grammers { client, session };
    loop {
        let update = tokio::select! {
            _ = tokio::signal::ctrl_c() => break,
            update = updates.next() => update?,
        };
        if let Update::NewMessage(message) = update
            && !message.outgoing()
            && let Err(error) = handle_message(&service, &connection, &message).await
        {
            eprintln!("{}", tell(&error));
        }
    }
    handle.quit();
    pool.await?;
    Ok(())
}

async fn handle_message(
    service: &Service,
    connection: &Grammers<Arc<MemorySession>>,
    message: &Message,
) -> Result<(), Failure> {
    // What is said in groups is not for this bot.
    let user = message.sender_ref().await?;
    let user = user.filter(|user| user.id.kind() == PeerKind::User && user.id == message.peer_id());
    let Some((user, user_id)) = user.and_then(|user| Some((user, user.id.bare_id()?))) else {
        return Ok(());
    };
    match bot::submission_of(message.action()) {
        Some(sent) => {
            let user = types::InputUser {
                user_id,
                access_hash: user.auth.hash(),
            };
            let errors = bot::receive(service, connection, user, &sent?).await?;
            println!("{} errors for {user_id}", errors.len());
        }
        None => {
            // The page holds the nonce: it is for this user alone.
            let path = format!("request_{user_id}.html");
            fs::write(&path, service.request_page(user_id)?)?;
            println!("show {path} to {user_id}");
        }
    }
    Ok(())
}

fn read(path: &str) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| format!("cannot read {path}: {error}").into())
}

fn variable(name: &str) -> Result<String, Failure> {
    env::var(name).map_err(|_| format!("the environment variable {name} is not set").into())
}
