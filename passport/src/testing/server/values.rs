//! Stored values: `account.saveSecureValue`, `account.getSecureValue`,
//! `account.getAllSecureValues`, `account.deleteSecureValue`.
//!
//! Values are stored as they come: nothing encrypted is looked into. What the reference leaves open,
//! with errors of the simulation's own:
//!
//! * A part that the type does not have is `SIMULATION_PART_NOT_ALLOWED`; the empty data that TDLib
//!   writes is taken for none. A value without any part is `SIMULATION_VALUE_EMPTY`. What a type
//!   must have is not enforced.
//! * A kept file that is not among the stored values of the account, has another access hash, or was
//!   stored under another passport secret is `SIMULATION_FILE_NOT_STORED`.
//! * The hash of a value is 32 random bytes, new with every save.
//!
//! Source: protocol reference, sections 3.3, 6, 8.6 and 10.4.

use std::collections::BTreeMap;

use telegram_passport_tl::{enums, functions, types};

use super::dispatch::Answer;
use super::errors;
use super::refusal::{Refusal, refuse};
use super::state::{Call, Caller, StoredFile, User, World, files_of};
use super::upload::uploaded;
use super::verify::{digits, is_email};
use crate::element::ElementType;

impl Answer for functions::account::SaveSecureValue {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let (user, _, _) = call.user()?;
        if user.password.current.is_none() {
            return refuse("PASSWORD_REQUIRED");
        }
        let secret_id = secret_id(user)?;
        if secret_id != self.secure_secret_id {
            return refuse("SECURE_SECRET_INVALID");
        }
        let value = without_empty_data(self.value.into_inner());
        let element = ElementType::from(&value.r#type);
        check_parts(&value, element)?;
        check_text(user, &value)?;

        let user_id = user.id;
        let mut files = Files {
            world: call.world,
            user_id,
            secret_id,
            new: BTreeMap::new(),
        };
        let stored = types::SecureValue {
            front_side: files.one(&value.front_side)?,
            reverse_side: files.one(&value.reverse_side)?,
            selfie: files.one(&value.selfie)?,
            translation: files.all(&value.translation)?,
            files: files.all(&value.files)?,
            r#type: value.r#type,
            data: value.data,
            plain_data: value.plain_data,
            hash: files.world.random.bytes(HASH_LENGTH),
        };
        let mut new = files.new;
        call.world.files.append(&mut new);
        let (user, _, _) = call.user()?;
        errors::clear_resolved(&mut user.errors, &stored);
        user.values.insert(element, stored.clone());
        Ok(stored.into())
    }
}

impl Answer for functions::account::GetSecureValue {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let (user, _, _) = call.user()?;
        secret_id(user)?;
        let types = self.types.iter().map(ElementType::from);
        let values = types.filter_map(|element| user.values.get(&element));
        Ok(values.cloned().map(Into::into).collect())
    }
}

impl Answer for functions::account::GetAllSecureValues {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let (user, _, _) = call.user()?;
        secret_id(user)?;
        Ok(user.values.values().cloned().map(Into::into).collect())
    }
}

impl Answer for functions::account::DeleteSecureValue {
    /// What is not there is deleted already.
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let (user, _, _) = call.user()?;
        for element in self.types.iter().map(ElementType::from) {
            user.values.remove(&element);
            errors::clear(&mut user.errors, element);
        }
        Ok(true)
    }
}

/// The files of a value that is being saved. Nothing is stored before all of them are sound.
struct Files<'a> {
    world: &'a mut World,
    user_id: i64,
    secret_id: i64,
    new: BTreeMap<i64, StoredFile>,
}

impl Files<'_> {
    fn one(
        &mut self,
        file: &Option<enums::InputSecureFile>,
    ) -> Result<Option<enums::SecureFile>, Refusal> {
        file.as_ref().map(|file| self.file(file)).transpose()
    }

    fn all(
        &mut self,
        files: &Option<Vec<enums::InputSecureFile>>,
    ) -> Result<Option<Vec<enums::SecureFile>>, Refusal> {
        let files = files.as_ref().filter(|files| !files.is_empty());
        let all = |files: &Vec<_>| files.iter().map(|file| self.file(file)).collect();
        files.map(all).transpose()
    }

    fn file(&mut self, file: &enums::InputSecureFile) -> Result<enums::SecureFile, Refusal> {
        Ok(match file {
            enums::InputSecureFile::Uploaded(file) => self.uploaded(file)?.into(),
            enums::InputSecureFile::File(file) => self.kept(file)?.into(),
        })
    }

    fn uploaded(
        &mut self,
        file: &types::InputSecureFileUploaded,
    ) -> Result<types::SecureFile, Refusal> {
        let caller = Caller::User(self.user_id);
        let bytes = uploaded(self.world, caller, file)?;
        let (id, access_hash) = (self.world.random.long(), self.world.random.long());
        let stored = types::SecureFile {
            id,
            access_hash,
            size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            dc_id: self.world.file_dc_id,
            date: self.world.date(),
            file_hash: file.file_hash.clone(),
            secret: file.secret.clone(),
        };
        let new = StoredFile {
            bytes,
            dc_id: stored.dc_id,
            date: stored.date,
            secret_id: self.secret_id,
            access: BTreeMap::from([(caller, access_hash)]),
        };
        self.new.insert(id, new);
        Ok(stored)
    }

    fn kept(&self, file: &types::InputSecureFile) -> Result<types::SecureFile, Refusal> {
        let user = self.world.users.get(&self.user_id);
        let values = user.into_iter().flat_map(|user| user.values.values());
        let found = values
            .flat_map(files_of)
            .find(|it| it.id == file.id && it.access_hash == file.access_hash);
        let current = |file: &&types::SecureFile| {
            let stored = self.world.files.get(&file.id);
            stored.is_some_and(|stored| stored.secret_id == self.secret_id)
        };
        found
            .filter(current)
            .cloned()
            .ok_or(Refusal::new("SIMULATION_FILE_NOT_STORED"))
    }
}

/// The id of the stored passport secret.
pub(super) fn secret_id(user: &User) -> Result<i64, Refusal> {
    match &user.password.secret {
        Some(secret) => Ok(secret.secure_secret_id),
        None => refuse("SECURE_SECRET_REQUIRED"),
    }
}

/// TDLib writes empty data where a type has none.
fn without_empty_data(mut value: types::InputSecureValue) -> types::InputSecureValue {
    value.data = value.data.filter(|data| {
        let parts = [&data.data, &data.data_hash, &data.secret];
        parts.into_iter().any(|part| !part.is_empty())
    });
    value
}

fn check_parts(value: &types::InputSecureValue, element: ElementType) -> Result<(), Refusal> {
    let parts = [
        (value.data.is_some(), element.has_data()),
        (value.front_side.is_some(), element.has_front_side()),
        (value.reverse_side.is_some(), element.has_reverse_side()),
        (value.selfie.is_some(), element.may_have_selfie()),
        (value.translation.is_some(), element.may_have_translation()),
        (value.files.is_some(), element.has_files()),
        (value.plain_data.is_some(), element.is_plain()),
    ];
    if parts.iter().any(|(is_there, may_be)| *is_there && !may_be) {
        return refuse("SIMULATION_PART_NOT_ALLOWED");
    }
    if !parts.iter().any(|(is_there, _)| *is_there) {
        return refuse("SIMULATION_VALUE_EMPTY");
    }
    Ok(())
}

/// Phone number and e-mail must be verified.
fn check_text(user: &User, value: &types::InputSecureValue) -> Result<(), Refusal> {
    use enums::SecurePlainData as Plain;
    use enums::SecureValueType as Type;
    match (&value.r#type, &value.plain_data) {
        (_, None) => Ok(()),
        (Type::Phone, Some(Plain::SecurePlainPhone(plain))) => match digits(&plain.phone) {
            None => refuse("PHONE_NUMBER_INVALID"),
            Some(digits) if user.verification.phones.contains(&digits) => Ok(()),
            Some(_) => refuse("PHONE_VERIFICATION_NEEDED"),
        },
        (Type::Email, Some(Plain::SecurePlainEmail(plain))) => {
            if !is_email(&plain.email) {
                return refuse("EMAIL_INVALID");
            }
            match user.verification.emails.contains(&plain.email) {
                true => Ok(()),
                false => refuse("EMAIL_VERIFICATION_NEEDED"),
            }
        }
        (_, Some(_)) => refuse("SIMULATION_PART_NOT_ALLOWED"),
    }
}

/// Bytes of a value's hash.
pub(super) const HASH_LENGTH: usize = 32;
