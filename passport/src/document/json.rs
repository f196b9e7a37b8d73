//! Between JSON text and the fields of a document.
//!
//! `serde_json` checks the grammar and finds where each value begins and ends; it skips values
//! without recursion, so depth costs no stack. The text of a field is unescaped here, straight into
//! memory that will be overwritten: `serde_json` would leave it in a buffer that is not. For the
//! same reason a number is taken as the characters that were sent, never as a number.
//!
//! It is more lenient than `crate::json`, which reads containers and credentials, and by intent. A
//! document comes from clients of all ages, so what is unknown in it is passed over whatever it
//! holds, a number is text, null is as good as nothing (section 7.9), and a fault is told by its
//! field. Hashes and secrets, on the other hand, must be the same to every reader: there no key may
//! occur twice, known or not, and none may hold anything but text.

use core::fmt;

use serde::de::{self, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::error::{DocumentError, MAX_DOCUMENT_LENGTH};
use super::text::PrivateText;

/// Reads the fields of those names. Missing, null and empty are the same.
pub(super) fn read<const N: usize>(
    bytes: &[u8],
    names: [&'static str; N],
) -> Result<[PrivateText; N], DocumentError> {
    if bytes.len() > MAX_DOCUMENT_LENGTH {
        let length = bytes.len();
        return Err(DocumentError::TooLong { length });
    }
    let text = core::str::from_utf8(bytes).map_err(|error| DocumentError::NotUtf8 {
        valid_up_to: error.valid_up_to(),
    })?;
    let mut slots = names.map(|name| Slot { name, text: None });
    let mut fault = None;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let object = Object {
        slots: &mut slots,
        fault: &mut fault,
    };
    deserializer
        .deserialize_map(object)
        .and_then(|()| deserializer.end())
        .map_err(|error| fault.unwrap_or_else(|| of_json(&error)))?;
    Ok(slots.map(|slot| slot.text.unwrap_or_default()))
}

/// Writes the fields in the order given, empty ones, too.
pub(super) fn write(fields: &[(&'static str, &str)]) -> PrivateText {
    let mut length = 0;
    object(fields, &mut |piece| length += piece.len());
    let mut text = PrivateText::with_capacity(length);
    object(fields, &mut |piece| text.push_str(piece));
    text
}

/// The field of a document while it is read.
struct Slot {
    name: &'static str,
    text: Option<PrivateText>,
}

/// Reads an object into slots. Leaves a fault of its own beside the error of `serde_json`, which
/// could only hold it as text.
struct Object<'a> {
    slots: &'a mut [Slot],
    fault: &'a mut Option<DocumentError>,
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(index) = map.next_key_seed(Key(self.slots))? {
            let Some(slot) = index.and_then(|index| self.slots.get_mut(index)) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let value: &RawValue = map.next_value()?;
            if let Err(fault) = slot.fill(value.get()) {
                *self.fault = Some(fault);
                return Err(de::Error::custom(""));
            }
        }
        Ok(())
    }
}

impl Slot {
    fn fill(&mut self, value: &str) -> Result<(), DocumentError> {
        let field = self.name;
        if self.text.is_some() {
            return Err(DocumentError::DuplicateKey { field });
        }
        self.text = Some(match value.as_bytes().first() {
            Some(b'"') => unescape(value).ok_or(DocumentError::LoneSurrogate { field })?,
            Some(b'-' | b'0'..=b'9') => value.into(),
            Some(b'n') => PrivateText::default(),
            _ => return Err(DocumentError::NotText { field }),
        });
        Ok(())
    }
}

/// Reads a key as the index of its slot, if it has one.
struct Key<'a>(&'a [Slot]);

impl<'de> de::DeserializeSeed<'de> for Key<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().position(|slot| slot.name == key))
    }
}

fn of_json(error: &serde_json::Error) -> DocumentError {
    match error.classify() {
        Category::Data => DocumentError::NotAnObject,
        Category::Io | Category::Syntax | Category::Eof => DocumentError::NotJson {
            line: error.line(),
            column: error.column(),
        },
    }
}

/// The text of a JSON string whose grammar has been checked; none if it has a lone surrogate.
fn unescape(string: &str) -> Option<PrivateText> {
    let inside = string.strip_prefix('"')?.strip_suffix('"')?;
    // No escape is shorter than what it stands for.
    let mut text = PrivateText::with_capacity(inside.len());
    let mut rest = inside.chars();
    while let Some(character) = rest.next() {
        text.push(match character {
            '\\' => escape(&mut rest)?,
            character => character,
        });
    }
    Some(text)
}

/// The character of an escape, of which the backslash has been read.
fn escape(rest: &mut core::str::Chars<'_>) -> Option<char> {
    Some(match rest.next()? {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return unicode(rest),
        character => character,
    })
}

/// The character of one or two escapes, of which the first `\u` has been read.
fn unicode(rest: &mut core::str::Chars<'_>) -> Option<char> {
    let first = hexadecimal(rest)?;
    if !(0xd800..0xdc00).contains(&first) {
        return char::from_u32(first.into());
    }
    if (rest.next()?, rest.next()?) != ('\\', 'u') {
        return None;
    }
    char::decode_utf16([first, hexadecimal(rest)?]).next()?.ok()
}

fn hexadecimal(rest: &mut core::str::Chars<'_>) -> Option<u16> {
    let mut number = 0;
    for _ in 0..4 {
        number = number << 4 | u16::try_from(rest.next()?.to_digit(16)?).ok()?;
    }
    Some(number)
}

/// Hands out an object, piece by piece.
fn object(fields: &[(&'static str, &str)], put: &mut dyn FnMut(&str)) {
    put("{");
    for (index, (name, text)) in fields.iter().enumerate() {
        put(if index == 0 { "\"" } else { ",\"" });
        put(name);
        put("\":\"");
        string(text, put);
        put("\"");
    }
    put("}");
}

/// Hands out a text with the escapes that JSON demands, and none beside.
pub(crate) fn string(text: &str, put: &mut dyn FnMut(&str)) {
    for piece in text.split_inclusive(|character| matches!(character, '"' | '\\' | '\0'..='\x1f')) {
        let Some((end, special @ ('"' | '\\' | '\0'..='\x1f'))) = piece.char_indices().next_back()
        else {
            put(piece);
            continue;
        };
        put(piece.get(..end).unwrap_or_default());
        let mut escaped = [0; 6];
        put(control(special, &mut escaped));
    }
}

/// The escape of a quotation mark, a backslash or a control character.
fn control(character: char, room: &mut [u8; 6]) -> &str {
    match character {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => {
            let digit = |number: u32| char::from_digit(number & 15, 16).unwrap_or('0') as u8;
            let number = u32::from(character);
            *room = [b'\\', b'u', b'0', b'0', digit(number >> 4), digit(number)];
            core::str::from_utf8(room).unwrap_or_default()
        }
    }
}
