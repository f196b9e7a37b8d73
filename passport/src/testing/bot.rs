//! A bot, as a service under test has it: over the Bot API and over MTProto.

use core::fmt;
use std::collections::BTreeMap;

use serde_json::{Value, json};
use telegram_passport_tl::types;

use super::account::Account;
use super::connection::SimulatedConnection;
use super::container;
use super::error_json;
use super::seal::{DATE, DC_ID, SealedDocument};
use super::server::errors;
use super::server::state::{Caller, StoredFile, World};
use super::submission::Submission;
use super::telegram::{Telegram, lock};
use crate::link::BotId;

/// A bot: from [`Telegram::bot`].
#[derive(Clone)]
pub struct Bot {
    telegram: Telegram,
    id: BotId,
}

impl Bot {
    pub(super) fn new(telegram: Telegram, id: BotId) -> Self {
        Self { telegram, id }
    }

    /// The same bot in a [branch](Telegram::branch) of its world. Where there is no such bot, nothing
    /// comes.
    #[must_use]
    pub fn in_world(&self, telegram: &Telegram) -> Self {
        Self::new(telegram.clone(), self.id)
    }

    /// The bot's id, for links.
    #[must_use]
    pub fn id(&self) -> BotId {
        self.id
    }

    /// The MTProto connection of the bot: for `upload.getFile` and `users.setSecureValueErrors`.
    #[must_use]
    pub fn connection(&self) -> SimulatedConnection {
        SimulatedConnection::new(self.telegram.clone(), Caller::Bot(self.id.get()))
    }

    /// The URL of the privacy policy, which forms show.
    pub fn set_privacy_policy(&self, url: impl Into<String>) {
        let mut world = lock(&self.telegram.world);
        if let Some(bot) = world.bots.get_mut(&self.id.get()) {
            bot.privacy_policy_url = Some(url.into());
        }
    }

    /// What came since the last call.
    #[must_use]
    pub fn updates(&self) -> Vec<Update> {
        let mut world = lock(&self.telegram.world);
        let bot = world.bots.get_mut(&self.id.get());
        bot.map(|bot| core::mem::take(&mut bot.updates))
            .unwrap_or_default()
    }

    /// The answer to the Bot API method `getFile`.
    #[must_use]
    pub fn get_file(&self, file_id: &str) -> Value {
        let Some(file) = self.file(file_id) else {
            return refused("invalid file_id");
        };
        json!({
            "ok": true,
            "result": {
                "file_id": file_id,
                "file_unique_id": format!("unique-{file_id}"),
                "file_size": file.len(),
                "file_path": format!("{FOLDER}{file_id}"),
            },
        })
    }

    /// What lies at a `file_path` that [`get_file`](Self::get_file) gave.
    #[must_use]
    pub fn download(&self, file_path: &str) -> Option<Vec<u8>> {
        self.file(file_path.strip_prefix(FOLDER)?)
    }

    /// The encrypted file of a `file_id` that this bot was sent.
    #[must_use]
    pub fn file(&self, file_id: &str) -> Option<Vec<u8>> {
        let id = container::of_file_id(file_id)?;
        let world = lock(&self.telegram.world);
        let file = world.files.get(&id)?;
        let mine = file.access.contains_key(&Caller::Bot(self.id.get()));
        mine.then(|| file.bytes.clone())
    }

    /// The answer to the Bot API method `setPassportDataErrors` with that body.
    #[must_use]
    pub fn set_passport_data_errors(&self, body: &str) -> Value {
        let (user_id, errors) = match error_json::read(body) {
            Ok(read) => read,
            Err(description) => return refused(&description),
        };
        let mut world = lock(&self.telegram.world);
        match errors::set(&mut world, self.id.get(), user_id, errors) {
            Ok(()) => json!({ "ok": true, "result": true }),
            Err(refusal) => refused(refusal.to_rpc(&[]).name()),
        }
    }

    /// Sends the bot a submission that was made without this Telegram, as if the user had: a spoiled
    /// one, for instance. The bot can download its files.
    pub fn deliver(&self, account: &Account, submission: &Submission) {
        let mut world = lock(&self.telegram.world);
        let World { bots, files, .. } = &mut *world;
        let sealed = submission.documents.iter();
        for file in sealed.flat_map(SealedDocument::all_files) {
            let stored = StoredFile {
                bytes: file.sealed.bytes.clone(),
                dc_id: DC_ID,
                date: DATE,
                secret_id: 0,
                access: BTreeMap::from([(Caller::Bot(self.id.get()), file.access_hash)]),
            };
            files.insert(file.id, stored);
        }
        let json = submission.update(account.id());
        let update = Update::new(account.id(), submission.action(), json);
        if let Some(bot) = bots.get_mut(&self.id.get()) {
            bot.updates.push(update);
        }
    }
}

impl fmt::Debug for Bot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bot")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// A submission as it reaches a bot.
#[derive(Clone)]
pub struct Update {
    user_id: i64,
    action: types::MessageActionSecureValuesSentMe,
    json: Value,
}

impl Update {
    pub(super) fn new(
        user_id: i64,
        action: types::MessageActionSecureValuesSentMe,
        json: Value,
    ) -> Self {
        Self {
            user_id,
            action,
            json,
        }
    }

    /// Who sent it.
    #[must_use]
    pub fn user_id(&self) -> i64 {
        self.user_id
    }

    /// The action of the MTProto message.
    #[must_use]
    pub fn action(&self) -> &types::MessageActionSecureValuesSentMe {
        &self.action
    }

    /// The update of the Bot API.
    #[must_use]
    pub fn json(&self) -> &Value {
        &self.json
    }
}

impl fmt::Debug for Update {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Update")
            .field("user_id", &self.user_id)
            .finish_non_exhaustive()
    }
}

fn refused(description: &str) -> Value {
    json!({
        "ok": false,
        "error_code": 400,
        "description": format!("Bad Request: {description}"),
    })
}

/// Where files lie.
const FOLDER: &str = "passport/";
