//! A constructor on its own, with its id before it.

use crate::decode::{Decode, Reader, Stop};
use crate::encode::{Encode, Sink};
use crate::inspect::{Schema, Shape};

/// A constructor or function of the schema: it has an id, a name and a line of TL.
pub trait Identifiable {
    /// The constructor id.
    const ID: u32;
    /// The TL name, with its namespace: `account.saveSecureValue`.
    const NAME: &'static str;
    /// The schema that it belongs to.
    const SCHEMA: &'static Schema;
}

/// The boxed form of a single constructor: its id, then its fields.
///
/// For constructors that one meets alone, without the other constructors of their type:
///
/// ```
/// use telegram_passport_tl::{Boxed, Decode, Encode, enums, types};
///
/// let sent = types::MessageActionSecureValuesSent {
///     types: vec![enums::SecureValueType::Email],
/// };
/// let bytes = Boxed(sent.clone()).to_bytes()?;
/// assert_eq!(bytes[..4], 0xd95c6154_u32.to_le_bytes());
/// assert_eq!(Boxed::from_bytes(&bytes)?, Boxed(sent));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Boxed<T>(pub T);

impl<T: Identifiable + Encode> Encode for Boxed<T> {
    #[inline]
    fn encode<S: Sink>(&self, sink: &mut S) {
        sink.word(T::ID);
        self.0.encode(sink);
    }
}

impl<'de, T: Identifiable + Decode<'de>> Decode<'de> for Boxed<T> {
    const MIN_LEN: usize = 4 + T::MIN_LEN;
    const SHAPE: Shape = Shape::Exactly(T::SCHEMA, T::ID);

    #[inline]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, Stop> {
        reader.expect(T::ID, T::NAME)?;
        T::decode(reader).map(Self)
    }
}
