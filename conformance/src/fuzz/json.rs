//! The JSON form of TL values.

use serde::de::DeserializeOwned;
use serde_json::Value;
use telegram_passport_tl::{Encode, enums};

use super::meter::bounded;
use super::seeds;
use crate::{Kind, subjects};

/// A text as the JSON form of every type, constructor and function.
///
/// What is accepted has an encoding that decodes, whose JSON form gives the same encoding again. A text
/// that is accepted is accepted as a tree, too, and is the same value.
pub fn tl_json(data: &[u8]) {
    let Ok(value) = serde_json::from_slice::<Value>(data) else {
        refused_as_text(data);
        return;
    };
    let name = value.get("_").and_then(Value::as_str).unwrap_or_default();
    for subject in subjects() {
        if subject.kind != Kind::Type && subject.tl != name && !name.is_empty() {
            continue;
        }
        let Some(json) = subject.json else { continue };
        let Ok(bytes) = bounded(most(data), || (json.write)(&value)) else {
            continue;
        };
        let tl = subject.tl;
        let decoded = (subject.decode)(&bytes).map(drop);
        assert_eq!(decoded, Ok(()), "{tl}: what JSON says does not decode");
        let again = (json.read)(&bytes);
        let again = again.unwrap_or_else(|error| panic!("{tl}: no JSON form: {error}"));
        assert_eq!((json.write)(&again).ok(), Some(bytes), "{tl}: {again}");
    }
    as_text_and_tree::<enums::SecureValue>(data, &value);
    as_text_and_tree::<enums::InputSecureValue>(data, &value);
    as_text_and_tree::<enums::account::AuthorizationForm>(data, &value);
    as_text_and_tree::<enums::account::Password>(data, &value);
}

fn as_text_and_tree<T: DeserializeOwned + Encode>(data: &[u8], value: &Value) {
    let Ok(text) = bounded(most(data), || serde_json::from_slice::<T>(data)) else {
        return;
    };
    let tree = T::deserialize(value).expect("a text that is accepted is accepted as a tree");
    assert_eq!(text.to_bytes().ok(), tree.to_bytes().ok());
}

/// What is not JSON is not the JSON form of anything.
fn refused_as_text(data: &[u8]) {
    let read = serde_json::from_slice::<enums::SecureValue>(data);
    assert!(read.is_err(), "this is no JSON");
}

/// A tree takes more than the bytes of a value: a number of one digit becomes one of several words.
fn most(data: &[u8]) -> usize {
    256 * data.len() + 64 * 1024
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = seeds::json_fields("tl_wire", "value");
    for sample in crate::samples::samples(crate::schemas::passport(), 0) {
        let subject = subjects().iter().find(|it| it.tl == sample.definition);
        if let Some(json) = subject.and_then(|it| it.json)
            && let Ok(value) = (json.read)(&sample.bytes)
        {
            seeds.push(value.to_string().into_bytes());
        }
    }
    seeds
}
