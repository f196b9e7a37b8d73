//! JSON from outside, as a tree whose size, depth and keys were checked.
//!
//! A key that occurs twice is refused: two readers that choose differently could be told different
//! things by one text. Depth is bounded by `serde_json` (128), the text and the number of values
//! here. A text is borrowed from the input unless it has escapes, so that what may be a secret in
//! base64 is in no other place than the input; one that cannot be borrowed is overwritten when
//! dropped. `serde_json` resolves the escapes in a buffer of its own, though, which is not.

use core::cell::Cell;
use core::fmt;
use core::ops::Deref;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use zeroize::Zeroizing;

/// A JSON value.
pub(crate) enum Json<'a> {
    Null,
    Bool,
    /// The number if it is an integer of 64 bits with a sign.
    Number(Option<i64>),
    String(Text<'a>),
    Array(Vec<Self>),
    /// Keys are unique.
    Object(Vec<(Text<'a>, Self)>),
}

impl<'a> Json<'a> {
    /// Reads a text of at most [`MAX_BYTES`].
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, JsonError> {
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
    pub(crate) fn from_value(value: &'a Value) -> Result<Self, JsonError> {
        borrow(value, &Cell::new(MAX_VALUES), MAX_DEPTH)
    }

    /// The value of a key of an object. `null` counts as absent.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Object(members) = self else {
            return None;
        };
        let (_, value) = members.iter().find(|(name, _)| **name == *key)?;
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
        if let Self::Number(number) = self {
            *number
        } else {
            None
        }
    }

    pub(crate) fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }
}

/// A text: borrowed, or overwritten when dropped.
pub(crate) enum Text<'a> {
    Borrowed(&'a str),
    Owned(Zeroizing<String>),
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Owned(text) => text,
        }
    }
}

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Key)
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
    type Value = Json<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json<'de>, D::Error> {
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
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool)
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(number.try_into().ok()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(Some(number)))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Json<'de>, E> {
        Ok(Json::Number(None))
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Json<'de>, E> {
        Key.visit_borrowed_str(text).map(Json::String)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Json<'de>, E> {
        Key.visit_str(text).map(Json::String)
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Json<'de>, E> {
        Key.visit_string(text).map(Json::String)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json<'de>, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            array.push(item);
        }
        Ok(Json::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Json<'de>, A::Error> {
        let mut object: Vec<(Text<'de>, Json<'de>)> = Vec::new();
        while let Some(key) = members.next_key()? {
            object.push((key, members.next_value_seed(self)?));
        }
        // If somebody in the user's tree of crates has turned on `arbitrary_precision`, a number
        // comes as an object with this one key.
        if let [(key, Json::String(number))] = object.as_slice()
            && **key == *"$serde_json::private::Number"
        {
            return Ok(Json::Number(number.parse().ok()));
        }
        unique(&object).map_err(de::Error::custom)?;
        Ok(Json::Object(object))
    }
}

/// Reads a key; also the text of a value.
struct Key;

impl<'de> Visitor<'de> for Key {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text::Owned(text.to_owned().into()))
    }

    fn visit_string<E>(self, text: String) -> Result<Text<'de>, E> {
        Ok(Text::Owned(text.into()))
    }
}

/// Refuses keys that occur twice, in time that does not grow with the square of their number.
fn unique(object: &[(Text<'_>, Json<'_>)]) -> Result<(), &'static str> {
    let keys = object.iter().map(|(key, _)| &**key);
    let twice = if object.len() <= FEW {
        keys.clone()
            .enumerate()
            .any(|(index, key)| keys.clone().take(index).any(|other| other == key))
    } else {
        let mut keys: Vec<&str> = keys.collect();
        keys.sort_unstable();
        keys.windows(2).any(|pair| pair.first() == pair.last())
    };
    if twice {
        return Err("a key occurs twice");
    }
    Ok(())
}

fn borrow<'a>(value: &'a Value, budget: &Cell<usize>, depth: usize) -> Result<Json<'a>, JsonError> {
    let left = budget.get().checked_sub(1).ok_or(JsonError::TooMany)?;
    budget.set(left);
    let depth = depth.checked_sub(1).ok_or(JsonError::TooDeep)?;
    Ok(match value {
        Value::Null => Json::Null,
        Value::Bool(_) => Json::Bool,
        Value::Number(number) => Json::Number(number.as_i64()),
        Value::String(text) if text.len() > MAX_BYTES => return Err(JsonError::TooLarge),
        Value::String(text) => Json::String(Text::Borrowed(text)),
        Value::Array(items) => {
            let items = items.iter().map(|item| borrow(item, budget, depth));
            Json::Array(items.collect::<Result<_, _>>()?)
        }
        Value::Object(members) => {
            let members = members.iter();
            let members = members
                .map(|(key, value)| Ok((Text::Borrowed(key), borrow(value, budget, depth)?)));
            Json::Object(members.collect::<Result<_, _>>()?)
        }
    })
}

/// The largest text read, in bytes. A submission of all 13 elements with 20 files and 20
/// translations each is below 100 KiB; an update may hold other things beside it.
pub(crate) const MAX_BYTES: usize = 4 * 1024 * 1024;

/// The most values in one text. With the bound on the text it bounds what the tree can hold.
const MAX_VALUES: usize = 65_536;

/// Up to here comparing each key with each takes less time than sorting them.
const FEW: usize = 16;

/// As `serde_json` has it for texts.
const MAX_DEPTH: usize = 128;
