//! Generated code behind one face, so that one test body serves every definition.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
pub use telegram_passport_tl::Boxed;
use telegram_passport_tl::{Decode, DecodeError, DecodeOwned, Encode, EncodeError, Identifiable};
pub use tl_schema_codegen::emit::Kind;

/// A constructor, a type or a function of a schema, with what the code generated for it can do.
///
/// A constructor is written as [`Boxed`] does it, with its id before it.
#[derive(Debug, Clone, Copy)]
pub struct Subject {
    /// What it is.
    pub kind: Kind,
    /// The TL name.
    pub tl: &'static str,
    /// Reads the owned form.
    pub decode: fn(&[u8]) -> Decoded<'static>,
    /// Reads the form that borrows from the input.
    pub decode_borrowed: fn(&[u8]) -> Decoded<'_>,
    /// Reads both inputs and compares the values by `==`.
    pub equal: fn(&[u8], &[u8]) -> Result<bool, DecodeError>,
    /// The JSON form, if the code was generated with it.
    pub json: Option<Json>,
}

/// What became of some bytes.
pub type Decoded<'v> = Result<Box<dyn Value + 'v>, DecodeError>;

/// The JSON form of a [`Subject`].
#[derive(Debug, Clone, Copy)]
pub struct Json {
    /// From bytes to JSON, by way of the generated type.
    pub read: fn(&[u8]) -> Result<serde_json::Value, JsonError>,
    /// From JSON to bytes.
    pub write: fn(&serde_json::Value) -> Result<Vec<u8>, JsonError>,
}

/// Bytes or JSON that were refused on the way from one to the other.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JsonError {
    /// The bytes are no such value.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// The value cannot be written.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// The JSON is no such value.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// A value of a generated type, whichever it is.
pub trait Value: Debug {
    /// [`Encode::encoded_len`].
    fn encoded_len(&self) -> Result<usize, EncodeError>;
    /// [`Encode::to_bytes`].
    fn to_bytes(&self) -> Result<Vec<u8>, EncodeError>;
    /// [`Encode::append_to`].
    fn append_to(&self, out: &mut Vec<u8>) -> Result<(), EncodeError>;
}

impl<T: Encode + Debug> Value for T {
    fn encoded_len(&self) -> Result<usize, EncodeError> {
        Encode::encoded_len(self)
    }

    fn to_bytes(&self) -> Result<Vec<u8>, EncodeError> {
        Encode::to_bytes(self)
    }

    fn append_to(&self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        Encode::append_to(self, out)
    }
}

/// Reads a value and forgets its type.
pub fn decode<'de, 'v, T: Decode<'de> + Encode + Debug + 'v>(bytes: &'de [u8]) -> Decoded<'v> {
    T::from_bytes(bytes).map(|value| Box::new(value) as Box<dyn Value + 'v>)
}

/// Are these the same value?
pub fn equal<T: DecodeOwned + PartialEq>(one: &[u8], other: &[u8]) -> Result<bool, DecodeError> {
    Ok(T::from_bytes(one)? == T::from_bytes(other)?)
}

/// The JSON form of a type or a function.
pub const fn plain_json<T: DecodeOwned + Encode + Serialize + DeserializeOwned>() -> Json {
    Json {
        read: |bytes| Ok(serde_json::to_value(T::from_bytes(bytes)?)?),
        write: |json| Ok(T::deserialize(json)?.to_bytes()?),
    }
}

/// The JSON form of a constructor on its own.
pub const fn lone_json<T>() -> Json
where
    T: Identifiable + DecodeOwned + Encode + Serialize + DeserializeOwned,
{
    Json {
        read: |bytes| Ok(serde_json::to_value(Boxed::<T>::from_bytes(bytes)?.0)?),
        write: |json| Ok(Boxed(T::deserialize(json)?).to_bytes()?),
    }
}

/// A table of [`Subject`]s.
///
/// A line has the kind, the TL name, `lone` for what needs its id written before it and `plain`
/// for the rest, `json` if there is a JSON form, and the owned and the borrowed type.
#[macro_export]
macro_rules! subjects {
    ($($kind:ident $tl:literal $shape:ident $($json:ident)? ($owned:ty, $borrowed:ty);)*) => {
        &[$($crate::Subject {
            kind: $crate::Kind::$kind,
            tl: $tl,
            decode: |bytes| $crate::subject::decode::<$crate::subjects!(@type $shape $owned)>(bytes),
            decode_borrowed: |bytes| {
                $crate::subject::decode::<$crate::subjects!(@type $shape $borrowed)>(bytes)
            },
            equal: $crate::subject::equal::<$crate::subjects!(@type $shape $owned)>,
            json: $crate::subjects!(@json $shape $($json)? $owned),
        }),*]
    };
    (@type plain $type:ty) => { $type };
    (@type lone $type:ty) => { $crate::subject::Boxed<$type> };
    (@json plain json $type:ty) => { Some($crate::subject::plain_json::<$type>()) };
    (@json lone json $type:ty) => { Some($crate::subject::lone_json::<$type>()) };
    (@json $shape:ident $type:ty) => { None };
}
