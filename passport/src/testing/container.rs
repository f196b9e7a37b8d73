//! Values as the Bot API shows them to a bot.
//!
//! Source: protocol reference, section 12 (Bot API JSON container).

use base64ct::{Base64, Base64UrlUnpadded, Encoding};
use serde_json::{Map, Value, json};
use telegram_passport_tl::{enums, types};

use crate::element::ElementType;

/// An update with a message that carries these values.
pub(super) fn update(message: Message<'_>) -> Value {
    json!({
        "update_id": message.number,
        "message": {
            "message_id": message.number,
            "from": { "id": message.user_id, "is_bot": false, "first_name": "Anna" },
            "chat": { "id": message.user_id, "type": "private", "first_name": "Anna" },
            "date": message.date,
            "passport_data": passport_data(message.action, message.complete_only),
        },
    })
}

/// What a message says.
#[derive(Clone, Copy)]
pub(super) struct Message<'a> {
    pub(super) number: i64,
    pub(super) user_id: i64,
    pub(super) date: i64,
    pub(super) action: &'a types::MessageActionSecureValuesSentMe,
    /// Whether values that lack what they must have are left out, as Telegram's own conversion does.
    pub(super) complete_only: bool,
}

/// The `file_id` of a file.
pub(super) fn file_id(id: i64) -> String {
    Base64UrlUnpadded::encode_string(&id.to_le_bytes())
}

/// The file of a `file_id`.
pub(super) fn of_file_id(file_id: &str) -> Option<i64> {
    let mut bytes = [0; 8];
    let decoded = Base64UrlUnpadded::decode(file_id, &mut bytes).ok()?;
    (decoded.len() == 8).then(|| i64::from_le_bytes(bytes))
}

/// The object PassportData; empty files are left out of lists.
fn passport_data(action: &types::MessageActionSecureValuesSentMe, complete_only: bool) -> Value {
    let elements = action
        .values
        .iter()
        .filter_map(|it| element(it, complete_only));
    let credentials = &action.credentials;
    json!({
        "data": elements.collect::<Vec<_>>(),
        "credentials": {
            "data": Base64::encode_string(&credentials.data),
            "hash": Base64::encode_string(&credentials.hash),
            "secret": Base64::encode_string(&credentials.secret),
        },
    })
}

fn element(value: &types::SecureValue, complete_only: bool) -> Option<Value> {
    let kind = ElementType::from(&value.r#type);
    let mut object = Map::new();
    object.insert("type".to_owned(), kind.name().into());
    let text = match &value.plain_data {
        Some(enums::SecurePlainData::SecurePlainPhone(plain)) => {
            Some(("phone_number", &plain.phone))
        }
        Some(enums::SecurePlainData::SecurePlainEmail(plain)) => Some(("email", &plain.email)),
        None => None,
    };
    if let Some((name, text)) = text.filter(|_| kind.is_plain()) {
        object.insert(name.to_owned(), text.as_str().into());
    }
    if let Some(data) = value.data.as_ref().filter(|_| kind.has_data()) {
        object.insert("data".to_owned(), Base64::encode_string(&data.data).into());
    }
    let single = |it: &Option<enums::SecureFile>| it.as_ref().and_then(file);
    for (name, part) in [
        ("front_side", &value.front_side),
        ("reverse_side", &value.reverse_side),
        ("selfie", &value.selfie),
    ] {
        if let Some(file) = single(part) {
            object.insert(name.to_owned(), file);
        }
    }
    for (name, list) in [("translation", &value.translation), ("files", &value.files)] {
        let list = list.iter().flatten().filter_map(file);
        let list: Vec<_> = list.collect();
        if !list.is_empty() {
            object.insert(name.to_owned(), list.into());
        }
    }
    let complete = (!kind.has_data() || object.contains_key("data"))
        && (!kind.has_front_side() || object.contains_key("front_side"))
        && (!kind.has_reverse_side() || object.contains_key("reverse_side"))
        && (!kind.has_files() || object.contains_key("files"));
    object.insert("hash".to_owned(), Base64::encode_string(&value.hash).into());
    (complete || !complete_only).then_some(Value::Object(object))
}

fn file(file: &enums::SecureFile) -> Option<Value> {
    let enums::SecureFile::File(file) = file else {
        return None;
    };
    Some(json!({
        "file_id": file_id(file.id),
        "file_unique_id": format!("unique-{}", file_id(file.id)),
        "file_size": file.size,
        "file_date": file.date,
    }))
}
