//! What generated code says of its members, in the form that is quickest to compile: one call for
//! all members that stand together, and a match where `?` would convert the error.
//!
//! rustc spends more on a statement for each member than on all the rest of a type. So members go
//! through these functions as tuples, which the optimizer takes apart again.

use crate::decode::{Decode, Reader, Stop};
use crate::encode::{Encode, Sink};

/// Reads a value, or takes what a function of the reader gives; returns if there is a fault.
#[doc(hidden)]
#[macro_export]
macro_rules! read_field {
    ($reader:ident) => {
        match Decode::decode($reader) {
            Ok(value) => value,
            Err(stop) => return Err(stop),
        }
    };
    ($result:expr) => {
        match $result {
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

/// The flags with a bit set, if the member is there.
#[inline]
pub const fn with_some<T>(flags: u32, bit: u8, member: &Option<T>) -> u32 {
    with(flags, bit, member.is_some())
}

/// Reads several members.
///
/// # Errors
///
/// Those of the members.
#[inline]
pub fn members<'de, T: Members<'de>>(reader: &mut Reader<'de>) -> Result<T, Stop> {
    T::read(reader)
}

/// Reads a conditional member, if its bit is set.
///
/// # Errors
///
/// Those of the member.
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

/// Reads several conditional members, each if its bit is set.
///
/// # Errors
///
/// Those of the members.
#[inline]
pub fn optionals<'de, T: Optionals<'de>, const N: usize>(
    reader: &mut Reader<'de>,
    flags: u32,
    bits: [u8; N],
) -> Result<T, Stop> {
    T::read(reader, flags, &bits)
}

/// Reads the content of a variant.
///
/// # Errors
///
/// Those of the content.
#[inline]
pub fn variant<'de, T: Decode<'de>, E>(
    reader: &mut Reader<'de>,
    variant: fn(T) -> E,
) -> Result<E, Stop> {
    T::decode(reader).map(variant)
}

/// Writes several members.
#[inline]
pub fn write<T: References, S: Sink>(members: T, sink: &mut S) {
    members.write(sink);
}

/// Writes a conditional member, if it is there.
#[inline]
pub fn write_optional<T: Encode, S: Sink>(member: &Option<T>, sink: &mut S) {
    if let Some(value) = member {
        value.encode(sink);
    }
}

/// Writes the id and the content of a variant.
#[inline]
pub fn write_variant<T: Encode, S: Sink>(id: u32, content: &T, sink: &mut S) {
    sink.word(id);
    content.encode(sink);
}

/// Members that stand together, as a tuple.
pub trait Members<'de>: Sized {
    /// Reads one after the other.
    ///
    /// # Errors
    ///
    /// Those of the members.
    fn read(reader: &mut Reader<'de>) -> Result<Self, Stop>;
}

/// Conditional members that stand together, as a tuple.
pub trait Optionals<'de>: Sized {
    /// Reads one after the other, each if its bit is set.
    ///
    /// # Errors
    ///
    /// Those of the members.
    fn read(reader: &mut Reader<'de>, flags: u32, bits: &[u8]) -> Result<Self, Stop>;
}

/// References to members that stand together, as a tuple.
pub trait References {
    /// Writes one after the other.
    fn write<S: Sink>(self, sink: &mut S);
}

/// The bit at this place of the list; more bits are never asked for than there are.
#[inline]
fn bit(bits: &[u8], at: usize) -> u8 {
    bits.get(at).copied().unwrap_or_default()
}

/// How many of the first members have a fixed length, and how long these are together.
const fn head<const N: usize>(lens: [usize; N]) -> (usize, usize) {
    let (mut count, mut len) = (0, 0);
    while count < N && lens[count] > 0 {
        len += lens[count];
        count += 1;
    }
    (count, len)
}

macro_rules! tuple {
    ($($member:ident $value:ident $at:literal),*) => {
        impl<'de, $($member: Decode<'de>),*> Members<'de> for ($($member,)*) {
            #[inline]
            fn read(reader: &mut Reader<'de>) -> Result<Self, Stop> {
                Ok(($(crate::read_field!($member::decode(reader)),)*))
            }
        }

        impl<'de, $($member: Decode<'de>),*> Optionals<'de> for ($(Option<$member>,)*) {
            #[inline]
            fn read(reader: &mut Reader<'de>, flags: u32, bits: &[u8]) -> Result<Self, Stop> {
                Ok(($(crate::read_field!(optional(reader, flags, bit(bits, $at))),)*))
            }
        }

        impl<$($member: Encode),*> References for ($(&$member,)*) {
            #[inline]
            fn write<S: Sink>(self, sink: &mut S) {
                let ($($value,)*) = self;
                // One look at the room for all members up to the first of a length of its own: that is
                // a quarter of the instructions.
                let (count, len) = const { head([$($member::FIXED_LEN),*]) };
                let start = match count {
                    0 => 0,
                    _ => match sink.room(len) {
                        Some(mut room) => {
                            $(if $at < count { $value.encode(&mut room); })*
                            count
                        }
                        None => 0,
                    },
                };
                $(if $at >= start { $value.encode(sink); })*
            }
        }
    };
}

// The generator makes no longer ones.
tuple!(A a 0, B b 1);
tuple!(A a 0, B b 1, C c 2);
tuple!(A a 0, B b 1, C c 2, D d 3);
tuple!(A a 0, B b 1, C c 2, D d 3, E e 4);
tuple!(A a 0, B b 1, C c 2, D d 3, E e 4, F f 5);
