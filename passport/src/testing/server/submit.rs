//! Handing values over: `account.acceptAuthorization`.
//!
//! What the reference leaves open: a value that was not asked for is
//! `SIMULATION_VALUE_NOT_REQUESTED`, one that is listed twice `SIMULATION_VALUE_TWICE`, one about
//! which an error of the bot remains `SIMULATION_ERROR_UNRESOLVED`. Whether the values fulfil the
//! request is for the service to find out. The bot gets no secrets, and access hashes of its own.
//!
//! Source: protocol reference, sections 1.3, 3.3 and 12.

use telegram_passport_tl::{enums, functions, types};

use super::super::bot::Update;
use super::super::container::{self, Message};
use super::dispatch::Answer;
use super::errors::element_of;
use super::refusal::{Refusal, refuse};
use super::required::Request;
use super::state::{Call, Caller, User, World, files_of_mut};
use super::values::secret_id;
use crate::element::ElementType;

impl Answer for functions::account::AcceptAuthorization {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let user_id = call.user()?.0.id;
        let world = &*call.world;
        let request = Request::read(world, self.bot_id, &self.scope, &self.public_key)?;
        let user = world.users.get(&user_id);
        let user = user.ok_or(Refusal::new("AUTH_KEY_UNREGISTERED"))?;
        if user.password.current.is_none() {
            return refuse("PASSWORD_REQUIRED");
        }
        secret_id(user)?;
        let values = listed(user, &request, &self.value_hashes)?;
        let action = types::MessageActionSecureValuesSentMe {
            values: values.into_iter().map(Into::into).collect(),
            credentials: self.credentials,
        };
        deliver(call.world, user_id, self.bot_id, action);
        Ok(true)
    }
}

/// The values that the user names, if all of them may be sent.
fn listed(
    user: &User,
    request: &Request<'_>,
    hashes: &[enums::SecureValueHash],
) -> Result<Vec<types::SecureValue>, Refusal> {
    let mut values: Vec<types::SecureValue> = Vec::new();
    for hash in hashes {
        let element = ElementType::from(&hash.r#type);
        if !request.asks_for(element) {
            return refuse("SIMULATION_VALUE_NOT_REQUESTED");
        }
        let Some(value) = user.values.get(&element) else {
            return refuse("SECURE_VALUE_EMPTY");
        };
        if value.hash != hash.hash {
            return refuse("SECURE_VALUE_HASH_INVALID");
        }
        if values.iter().any(|other| other.r#type == value.r#type) {
            return refuse("SIMULATION_VALUE_TWICE");
        }
        let blamed = |(bot_id, error): &(i64, enums::SecureValueError)| {
            *bot_id == request.bot.id && element_of(error) == element
        };
        if user.errors.iter().any(blamed) {
            return refuse("SIMULATION_ERROR_UNRESOLVED");
        }
        values.push(value.clone());
    }
    Ok(values)
}

/// Hands values to a bot, and shows in the user's chat that they were sent.
pub(in crate::testing) fn deliver(
    world: &mut World,
    user_id: i64,
    bot_id: i64,
    mut action: types::MessageActionSecureValuesSentMe,
) {
    let number = world.next_id();
    let World {
        bots,
        users,
        files,
        random,
        now,
        ..
    } = world;
    for value in &mut action.values {
        if let Some(data) = &mut value.data {
            data.secret.clear();
        }
        for file in files_of_mut(value) {
            file.secret.clear();
            if let Some(stored) = files.get_mut(&file.id) {
                let access = stored.access.entry(Caller::Bot(bot_id));
                file.access_hash = *access.or_insert_with(|| random.long());
            }
        }
    }
    let json = container::update(Message {
        number,
        user_id,
        date: *now,
        action: &action,
        complete_only: true,
    });
    let types = action.values.iter().map(|it| it.r#type).collect();
    if let Some(user) = users.get_mut(&user_id) {
        let sent = types::MessageActionSecureValuesSent { types };
        user.sent.push((bot_id, sent));
    }
    if let Some(bot) = bots.get_mut(&bot_id) {
        bot.updates.push(Update::new(user_id, action, json));
    }
}
