//! The form: `account.getAuthorizationForm`.
//!
//! The values are all stored ones of the types that are asked for, whether they were sent to that
//! bot before or not.
//!
//! Source: protocol reference, sections 1.3, 3.3 and 5; on the values also 16, number 17.

use telegram_passport_tl::{functions, types};

use super::dispatch::Answer;
use super::errors::element_of;
use super::people;
use super::refusal::Refusal;
use super::required::Request;
use super::state::Call;

impl Answer for functions::account::GetAuthorizationForm {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let user_id = call.user()?.0.id;
        let world = &*call.world;
        let request = Request::read(world, self.bot_id, &self.scope, &self.public_key)?;
        let user = world.users.get(&user_id);
        let user = user.ok_or(Refusal::new("AUTH_KEY_UNREGISTERED"))?;
        let values = request.elements().filter_map(|it| user.values.get(&it));
        let errors = user.errors.iter().filter(|(bot_id, error)| {
            *bot_id == request.bot.id && request.asks_for(element_of(error))
        });
        Ok(types::account::AuthorizationForm {
            required_types: request.required_types(),
            values: values.cloned().map(Into::into).collect(),
            errors: errors.map(|(_, error)| error.clone()).collect(),
            users: vec![people::bot(request.bot)],
            privacy_policy_url: request.bot.privacy_policy_url.clone(),
        }
        .into())
    }
}
