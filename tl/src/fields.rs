//! What generated code says of every field, in the form that is quickest to compile: calls of
//! plain functions, and a match where `?` would convert the error.

use crate::decode::{Decode, Reader, Stop};
use crate::encode::{Encode, Sink};

/// Reads a field, or a conditional one by its flags word and bit; returns if there is a fault.
#[doc(hidden)]
#[macro_export]
macro_rules! read_field {
    ($reader:ident) => {
        match Decode::decode($reader) {
            Ok(value) => value,
            Err(stop) => return Err(stop),
        }
    };
    ($reader:ident, $flags:ident, $bit:literal) => {
        match $crate::prelude::optional($reader, $flags, $bit) {
            Ok(value) => value,
            Err(stop) => return Err(stop),
        }
    };
}

/// Whether a bit is set.
#[inline]
pub const fn has(flags: u32, bit: u8) -> bool {
    flags >> bit & 1 == 1
}

/// The flags with a bit set, if it is to be.
#[inline]
pub const fn with(flags: u32, bit: u8, set: bool) -> u32 {
    flags | (set as u32) << bit
}

/// Reads a conditional field, if its bit is set.
///
/// # Errors
///
/// Those of the field.
#[inline]
pub fn optional<'de, T: Decode<'de>>(
    reader: &mut Reader<'de>,
    flags: u32,
    bit: u8,
) -> Result<Option<T>, Stop> {
    if has(flags, bit) {
        T::decode(reader).map(Some)
    } else {
        Ok(None)
    }
}

/// Writes a conditional field, if it is there.
#[inline]
pub fn write_optional<T: Encode, S: Sink>(field: &Option<T>, sink: &mut S) {
    if let Some(value) = field {
        value.encode(sink);
    }
}
