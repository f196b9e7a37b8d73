//! What a bot asks for, from the text of its scope.
//!
//! A scope that breaks a rule is `SIMULATION_SCOPE_INVALID`, since Telegram's error for it is not
//! known; one that asks for nothing is `SCOPE_EMPTY`. The key is compared as text, but for CR LF:
//! what Telegram compares is not known, and whoever sends another text than the registered one had
//! better know.
//!
//! Source: protocol reference, sections 3.3, 5 and 13.

use telegram_passport_tl::{enums, types};

use super::super::submission::read_scope;
use super::refusal::{Refusal, refuse};
use super::state::{Bot, World};
use crate::element::ElementType;
use crate::key::PublicKey;
use crate::scope::{Required, Scope, ScopeProblem};

/// A bot and what it asks for.
pub(super) struct Request<'a> {
    pub(super) bot: &'a Bot,
    scope: Scope,
}

impl<'a> Request<'a> {
    pub(super) fn read(
        world: &'a World,
        bot_id: i64,
        scope: &str,
        public_key: &str,
    ) -> Result<Self, Refusal> {
        let Some(bot) = world.bots.get(&bot_id) else {
            return refuse("BOT_INVALID");
        };
        if public_key.is_empty() {
            return refuse("PUBLIC_KEY_REQUIRED");
        }
        let same = lines(public_key) == lines(&bot.public_key);
        if !same || PublicKey::from_pem(public_key).is_err() {
            return refuse("PUBLIC_KEY_INVALID");
        }
        if scope.is_empty() {
            return refuse("SCOPE_EMPTY");
        }
        match read_scope(scope) {
            Ok(scope) => Ok(Self { bot, scope }),
            Err(error) if *error.problem() == ScopeProblem::Empty => refuse("SCOPE_EMPTY"),
            Err(_) => refuse("SIMULATION_SCOPE_INVALID"),
        }
    }

    /// Everything that would do.
    pub(super) fn elements(&self) -> impl Iterator<Item = ElementType> {
        let rows = self.scope.elements().iter();
        rows.flat_map(|row| row.alternatives().map(|required| required.element))
    }

    pub(super) fn asks_for(&self, element: ElementType) -> bool {
        self.elements().any(|other| other == element)
    }

    pub(super) fn required_types(&self) -> Vec<enums::SecureRequiredType> {
        let row = |row: &crate::scope::ScopeElement| {
            let mut types: Vec<_> = row.alternatives().map(required_type).collect();
            match types.pop() {
                Some(only) if types.is_empty() => only,
                last => {
                    types.extend(last);
                    types::SecureRequiredTypeOneOf { types }.into()
                }
            }
        };
        self.scope.elements().iter().map(row).collect()
    }
}

fn required_type(required: Required) -> enums::SecureRequiredType {
    types::SecureRequiredType {
        native_names: required.native_names,
        selfie_required: required.selfie,
        translation_required: required.translation,
        r#type: required.element.into(),
    }
    .into()
}

fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}
