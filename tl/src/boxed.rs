//! A constructor on its own, with its id before it.

use core::fmt;
use core::ops::{Deref, DerefMut};

use crate::decode::{Decode, Reader, Stop};
use crate::encode::{Encode, Sink};
use crate::inspect::{Described, Schema, Shape};

/// A constructor or function of the schema: it has an id, a name and a line of TL.
///
/// All of it follows from what the type is described by, so that a line of generated code says it.
pub trait Identifiable: Described {
    /// The constructor id.
    const ID: u32 = Self::DEFINED.2;
    /// The TL name, with its namespace: `account.saveSecureValue`.
    const NAME: &'static str = Self::DEFINED.1;
    /// The schema that it belongs to.
    const SCHEMA: &'static Schema = Self::DEFINED.0;
}

/// The boxed form of a single constructor: its id, then its fields.
///
/// Types that have only one constructor are this around its struct, `enums::SecureData` for
/// instance. It dereferences to the struct and is made from it by `into`. It serves for
/// constructors that one meets alone, too:
///
/// ```
/// use telegram_passport_tl::{Boxed, Decode, Encode, enums, types};
///
/// let sent = types::MessageActionSecureValuesSent {
///     types: vec![enums::SecureValueType::Email],
/// };
/// let bytes = Boxed(sent).to_bytes()?;
/// assert_eq!(bytes[..4], 0xd95c6154_u32.to_le_bytes());
/// let read = Boxed::<types::MessageActionSecureValuesSent>::from_bytes(&bytes)?;
/// assert_eq!(read.types, [enums::SecureValueType::Email]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Boxed<T>(pub T);

impl<T> Boxed<T> {
    /// The struct inside.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> From<T> for Boxed<T> {
    fn from(inner: T) -> Self {
        Self(inner)
    }
}

impl<T> Deref for Boxed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Boxed<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: fmt::Debug> fmt::Debug for Boxed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Identifiable + Encode> Encode for Boxed<T> {
    #[inline]
    fn encode<S: Sink>(&self, sink: &mut S) {
        sink.word(T::ID);
        self.0.encode(sink);
    }
}

impl<T: Identifiable> Described for Boxed<T> {
    const SHAPE: Shape = Shape::Exactly(T::SCHEMA, T::ID, 4 + T::MIN_LEN);
}

impl<'de, T: Identifiable + Decode<'de>> Decode<'de> for Boxed<T> {
    #[inline]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, Stop> {
        reader.expect(T::ID, T::NAME)?;
        T::decode(reader).map(Self)
    }
}
