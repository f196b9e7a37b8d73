//! JSON as it stands in a text: objects keep their keys in order, and keys that stand twice.
//!
//! `serde_json::Value` cannot be used: of a repeated key it keeps the last one, other readers the
//! first, and a scope must not mean two things. Nesting is bounded by `serde_json` (128 levels).
//!
//! Nor can `crate::json`, which reads what may be secret: it says of a fault only where it is, and
//! does not keep whether a boolean was true. A scope is public and written by people, so its errors
//! name the row, quote the key and say what was found, and its options may be `true` or 1 (section
//! 5.2).

use core::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

#[derive(Debug)]
pub(super) enum Json {
    Null,
    Bool(bool),
    /// A whole number that fits.
    Integer(u64),
    /// Any other number.
    Number,
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// What it is, for messages.
    pub(super) fn describe(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "true or false",
            Self::Integer(_) | Self::Number => "a number",
            Self::Text(_) => "a string",
            Self::List(_) => "an array",
            Self::Object(_) => "an object",
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Integer(value))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Json, E> {
        Ok(Json::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Json, E> {
        Ok(Json::Number)
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut object = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            object.push(entry);
        }
        Ok(number(&object).unwrap_or(Json::Object(object)))
    }
}

/// With its feature `arbitrary_precision`, which anyone in the tree may turn on, `serde_json`
/// hands out numbers as objects of one key.
fn number(object: &[(String, Json)]) -> Option<Json> {
    match object {
        [(key, Json::Text(text))] if key == NUMBER_KEY => Some(match text.parse() {
            Ok(value) => Json::Integer(value),
            Err(_) => Json::Number,
        }),
        _ => None,
    }
}

const NUMBER_KEY: &str = "$serde_json::private::Number";
