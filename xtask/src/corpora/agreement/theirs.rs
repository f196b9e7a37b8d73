//! The layer as the other implementation has it.
#![forbid(unsafe_code)]
#![deny(warnings)]

use grammers_tl_types::deserialize::{Error, Result as Read};
use grammers_tl_types::{Cursor, Deserializable, Identifiable, Serializable};

/// What is done with some bytes.
pub type Again = fn(&[u8]) -> Result<Vec<u8>, String>;

/// Every boxed type and function by its TL name.
pub static TABLE: &[(&str, Again)] = include!("table.rs");

/// Reads a value of a type and writes it again.
fn value<T: Deserializable + Serializable>(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut cursor = Cursor::from_slice(bytes);
    let value = T::deserialize(&mut cursor).map_err(|error| error.to_string())?;
    match bytes.len() - cursor.pos() {
        0 => Ok(value.to_bytes()),
        left => Err(format!("{left} bytes are left over")),
    }
}

/// The same for a function, which it reads without the id and writes with it.
fn call<T: Deserializable + Serializable + Identifiable>(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let id = T::CONSTRUCTOR_ID.to_le_bytes();
    let arguments = bytes.strip_prefix(&id).ok_or("the id is another one")?;
    value::<T>(arguments)
}

/// A call inside of another one. There, too, the peer reads without the id what it writes with it,
/// so that it does not understand itself: of all that is compared this alone is mended here.
struct Inner<T>(T);

impl<T: Deserializable + Identifiable> Deserializable for Inner<T> {
    fn deserialize(from: &mut Cursor<'_>) -> Read<Self> {
        match u32::deserialize(from)? {
            id if id == T::CONSTRUCTOR_ID => Ok(Self(T::deserialize(from)?)),
            id => Err(Error::UnexpectedConstructor { id }),
        }
    }
}

impl<T: Serializable> Serializable for Inner<T> {
    fn serialize(&self, to: &mut impl Extend<u8>) {
        self.0.serialize(to);
    }
}
