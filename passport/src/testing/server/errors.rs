//! Errors that bots set: `users.setSecureValueErrors`, and when they are resolved.
//!
//! What the reference calls uncertain: a call replaces the bot's earlier errors for that user, and
//! an empty list clears them. The server cannot see which field of a document changed, so an error
//! about a field is resolved as soon as the document is another one.
//!
//! Source: protocol reference, sections 3.3, 11.1 and 11.3.

use telegram_passport_tl::{enums, functions, types};

use super::dispatch::Answer;
use super::refusal::{Refusal, refuse};
use super::state::{Call, Caller, World};
use super::values::HASH_LENGTH;
use crate::element::ElementType;

impl Answer for functions::users::SetSecureValueErrors {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let Caller::Bot(bot_id) = call.caller else {
            return refuse("USER_BOT_REQUIRED");
        };
        let enums::InputUser::User(id) = self.id else {
            return refuse("USER_ID_INVALID");
        };
        let user = call.world.users.get(&id.user_id);
        if user.is_none_or(|user| user.access_hash != id.access_hash) {
            return refuse("USER_ID_INVALID");
        }
        set(call.world, bot_id, id.user_id, self.errors)?;
        Ok(true)
    }
}

/// Sets the errors of a bot for a user.
pub(in crate::testing) fn set(
    world: &mut World,
    bot_id: i64,
    user_id: i64,
    errors: Vec<enums::SecureValueError>,
) -> Result<(), Refusal> {
    errors.iter().try_for_each(check_sizes)?;
    let Some(user) = world.users.get_mut(&user_id) else {
        return refuse("USER_ID_INVALID");
    };
    user.errors.retain(|(other, _)| *other != bot_id);
    let errors = errors.into_iter().map(|error| (bot_id, error));
    user.errors.extend(errors);
    Ok(())
}

/// Drops the errors about a type.
pub(super) fn clear(errors: &mut Vec<(i64, enums::SecureValueError)>, element: ElementType) {
    errors.retain(|(_, error)| element_of(error) != element);
}

/// Drops the errors that a new version of a value resolves.
pub(super) fn clear_resolved(
    errors: &mut Vec<(i64, enums::SecureValueError)>,
    value: &types::SecureValue,
) {
    let element = ElementType::from(&value.r#type);
    errors.retain(|(_, error)| element_of(error) != element || remains(error, value));
}

/// What an error is about.
pub(super) fn element_of(error: &enums::SecureValueError) -> ElementType {
    use enums::SecureValueError as Error;
    ElementType::from(match error {
        Error::Data(error) => &error.r#type,
        Error::FrontSide(error) => &error.r#type,
        Error::ReverseSide(error) => &error.r#type,
        Error::Selfie(error) => &error.r#type,
        Error::File(error) => &error.r#type,
        Error::Files(error) => &error.r#type,
        Error::Error(error) => &error.r#type,
        Error::TranslationFile(error) => &error.r#type,
        Error::TranslationFiles(error) => &error.r#type,
    })
}

/// Whether what the error blames is still there.
fn remains(error: &enums::SecureValueError, value: &types::SecureValue) -> bool {
    use enums::SecureValueError as Error;
    let one = |file: &Option<enums::SecureFile>, hash: &Vec<u8>| {
        file.as_ref().and_then(hash_of) == Some(hash)
    };
    let all = |files: &Option<Vec<enums::SecureFile>>| -> Vec<Vec<u8>> {
        let files = files.iter().flatten().filter_map(hash_of);
        files.cloned().collect()
    };
    match error {
        Error::Data(error) => {
            let data = value.data.as_ref();
            data.is_some_and(|data| data.data_hash == error.data_hash)
        }
        Error::FrontSide(error) => one(&value.front_side, &error.file_hash),
        Error::ReverseSide(error) => one(&value.reverse_side, &error.file_hash),
        Error::Selfie(error) => one(&value.selfie, &error.file_hash),
        Error::File(error) => all(&value.files).contains(&error.file_hash),
        Error::TranslationFile(error) => all(&value.translation).contains(&error.file_hash),
        Error::Files(error) => all(&value.files) == error.file_hash,
        Error::TranslationFiles(error) => all(&value.translation) == error.file_hash,
        Error::Error(error) => value.hash == error.hash,
    }
}

fn hash_of(file: &enums::SecureFile) -> Option<&Vec<u8>> {
    match file {
        enums::SecureFile::File(file) => Some(&file.file_hash),
        enums::SecureFile::Empty => None,
    }
}

fn check_sizes(error: &enums::SecureValueError) -> Result<(), Refusal> {
    use enums::SecureValueError as Error;
    let hashes = match error {
        Error::Data(error) => core::slice::from_ref(&error.data_hash),
        Error::FrontSide(error) => core::slice::from_ref(&error.file_hash),
        Error::ReverseSide(error) => core::slice::from_ref(&error.file_hash),
        Error::Selfie(error) => core::slice::from_ref(&error.file_hash),
        Error::File(error) => core::slice::from_ref(&error.file_hash),
        Error::TranslationFile(error) => core::slice::from_ref(&error.file_hash),
        Error::Files(error) => error.file_hash.as_slice(),
        Error::TranslationFiles(error) => error.file_hash.as_slice(),
        Error::Error(error) => {
            return match error.hash.len() {
                HASH_LENGTH => Ok(()),
                _ => refuse("HASH_SIZE_INVALID"),
            };
        }
    };
    match hashes.iter().all(|hash| hash.len() == PART_HASH_LENGTH) {
        true => Ok(()),
        false => refuse("DATA_HASH_SIZE_INVALID"),
    }
}

/// Bytes of a `data_hash` or `file_hash`.
const PART_HASH_LENGTH: usize = 32;
