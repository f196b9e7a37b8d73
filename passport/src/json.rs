//! JSON from outside, as a tree whose size, depth and keys were checked.
//!
//! A key that occurs twice is refused: two readers that choose differently could be told different
//! things by one text. Depth is bounded by `serde_json` (128), the text and the number of values
//! here. Texts are overwritten when dropped, since they may be secrets in base64.

use core::cell::Cell;
use core::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use zeroize::Zeroizing;

/// A JSON value.
pub(crate) enum Json {
    Null,
    Bool,
    /// The number as it can be written again: exact for integers of 64 bits.
    Number(Text),
    String(Text),
    Array(Vec<Json>),
    /// Keys are unique.
    Object(Vec<(Text, Json)>),
}

/// A text that is overwritten when dropped.
pub(crate) type Text = Zeroizing<String>;

impl Json {
    /// Reads a text of at most [`MAX_BYTES`].
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, JsonError> {
        if bytes.len() > MAX_BYTES {
            return Err(JsonError::TooLarge);
        }
        let budget = Cell::new(MAX_VALUES);
        let mut reader = serde_json::Deserializer::from_slice(bytes);
        let json = Tree(&budget).deserialize(&mut reader);
        json.and_then(|json| reader.end().map(|()| json))
            .map_err(|error| {
                if budget.get() == 0 {
                    JsonError::TooMany
                } else {
                    JsonError::Syntax {
                        line: error.line(),
                        column: error.column(),
                    }
                }
            })
    }

    /// The same of a tree that somebody else has read.
    pub(crate) fn from_value(value: &Value) -> Result<Self, JsonError> {
        copy(value, &Cell::new(MAX_VALUES), MAX_DEPTH)
    }

    /// The value of a key of an object. `null` counts as absent.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Object(members) = self else {
            return None;
        };
        let (_, value) = members.iter().find(|(name, _)| name.as_str() == key)?;
        (!matches!(value, Self::Null)).then_some(value)
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self {
            Some(text)
        } else {
            None
        }
    }

    pub(crate) fn as_array(&self) -> Option<&[Self]> {
        if let Self::Array(items) = self {
            Some(items)
        } else {
            None
        }
    }

    /// A number that is an integer of 64 bits.
    pub(crate) fn as_i64(&self) -> Option<i64> {
        if let Self::Number(text) = self {
            text.parse().ok()
        } else {
            None
        }
    }

    pub(crate) fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }
}

/// Why a text is not taken. Tells nothing of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonError {
    TooLarge,
    TooMany,
    TooDeep,
    Syntax { line: usize, column: usize },
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "the JSON text has more than {MAX_BYTES} bytes"),
            Self::TooMany => write!(f, "the JSON text has more than {MAX_VALUES} values"),
            Self::TooDeep => write!(f, "the JSON value is nested more than {MAX_DEPTH} deep"),
            Self::Syntax { line, column } => write!(
                f,
                "this is not JSON in UTF-8 with unique keys and at most {MAX_DEPTH} levels: line \
                 {line}, column {column}"
            ),
        }
    }
}

/// Reads one value, while the budget of values lasts.
#[derive(Clone, Copy)]
struct Tree<'a>(&'a Cell<usize>);

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        match self.0.get().checked_sub(1) {
            Some(left) if left > 0 => self.0.set(left),
            _ => {
                self.0.set(0);
                return Err(de::Error::custom("too many values"));
            }
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Json, E> {
        Ok(Json::Bool)
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Number(number.to_string().into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Number(number.to_string().into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Json::Number(number.to_string().into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::String(text.to_owned().into()))
    }

    fn visit_string<E>(self, text: String) -> Result<Json, E> {
        Ok(Json::String(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            array.push(item);
        }
        Ok(Json::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Json, A::Error> {
        let mut object: Vec<(Text, Json)> = Vec::new();
        while let Some(key) = members.next_key::<String>()? {
            let value = members.next_value_seed(self)?;
            object.push((key.into(), value));
        }
        // If somebody in the user's tree of crates has turned on `arbitrary_precision`, a number
        // comes as an object with this one key.
        if let [(key, Json::String(number))] = object.as_mut_slice()
            && key.as_str() == "$serde_json::private::Number"
        {
            return Ok(Json::Number(core::mem::take(number)));
        }
        unique(&object).map_err(de::Error::custom)?;
        Ok(Json::Object(object))
    }
}

/// Refuses keys that occur twice, in time that does not grow with the square of their number.
fn unique(object: &[(Text, Json)]) -> Result<(), &'static str> {
    let mut keys: Vec<&str> = object.iter().map(|(key, _)| key.as_str()).collect();
    keys.sort_unstable();
    if keys.windows(2).any(|pair| pair.first() == pair.last()) {
        return Err("a key occurs twice");
    }
    Ok(())
}

fn copy(value: &Value, budget: &Cell<usize>, depth: usize) -> Result<Json, JsonError> {
    let left = budget.get().checked_sub(1).ok_or(JsonError::TooMany)?;
    budget.set(left);
    let depth = depth.checked_sub(1).ok_or(JsonError::TooDeep)?;
    Ok(match value {
        Value::Null => Json::Null,
        Value::Bool(_) => Json::Bool,
        Value::Number(number) => Json::Number(number.to_string().into()),
        Value::String(text) if text.len() > MAX_BYTES => return Err(JsonError::TooLarge),
        Value::String(text) => Json::String(text.clone().into()),
        Value::Array(items) => {
            let items = items.iter().map(|item| copy(item, budget, depth));
            Json::Array(items.collect::<Result<_, _>>()?)
        }
        Value::Object(members) => {
            let members = members.iter();
            let members =
                members.map(|(key, value)| Ok((key.clone().into(), copy(value, budget, depth)?)));
            Json::Object(members.collect::<Result<_, _>>()?)
        }
    })
}

/// The largest text read, in bytes. A submission of all 13 elements with 20 files and 20
/// translations each is below 100 KiB; an update may hold other things beside it.
pub(crate) const MAX_BYTES: usize = 4 * 1024 * 1024;

/// The most values in one text. With the bound on the text it bounds what the tree can hold.
const MAX_VALUES: usize = 65_536;

/// As `serde_json` has it for texts.
const MAX_DEPTH: usize = 128;
