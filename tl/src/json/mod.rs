//! The JSON form of values, under the feature `serde`.
//!
//! An object's `"_"` names the constructor or function. An `int` is a number; a `long` is decimal
//! text, since JSON's numbers lose its last digits, and so is a `double`, with `inf` and `-inf` and, for
//! what is not a number, `0x` and its bits; `bytes` and `int128` are hexadecimal text.
//! Optional fields are there or not, a `?true` field is `true` or not there, and flags words are
//! not listed. A field without a name is `field_` and its number, counted from one.
//!
//! ```
//! use telegram_passport_tl::{enums, types};
//!
//! let value: enums::InputSecureFile = types::InputSecureFile { id: 7, access_hash: -1 }.into();
//! let json = serde_json::to_string(&value)?;
//! assert_eq!(json, r#"{"_":"inputSecureFile","id":"7","access_hash":"-1"}"#);
//! assert_eq!(serde_json::from_str::<enums::InputSecureFile>(&json)?, value);
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! No code is generated for it: a value is encoded, and the bytes are read by the schema.

mod from_tree;
mod tree;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _};
use serde::ser::{Error as _, Serialize, Serializer};

use crate::boxed::{Boxed, Identifiable};
use crate::decode::DecodeOwned;
use crate::encode::Encode;
use crate::inspect::{Described, Shape};

/// Writes a value whose encoding has this shape.
///
/// # Errors
///
/// If the value has no encoding, or the serializer fails.
#[doc(hidden)]
pub fn serialize<T: Encode, S: Serializer>(
    value: &T,
    shape: &Shape,
    to: S,
) -> Result<S::Ok, S::Error> {
    let bytes = value.to_bytes().map_err(S::Error::custom)?;
    match crate::tree::read(shape, &bytes) {
        Some(tree) => tree.serialize(to),
        None => Err(S::Error::custom(
            "the value is nested too deeply for the JSON form",
        )),
    }
}

/// Reads a value whose encoding has this shape.
///
/// # Errors
///
/// If the deserializer fails, or gives something else than such a value in its JSON form.
#[doc(hidden)]
pub fn deserialize<'de, T: DecodeOwned, D: Deserializer<'de>>(
    shape: &Shape,
    from: D,
) -> Result<T, D::Error> {
    let tree = tree::Seed::new().deserialize(from)?;
    let bytes = from_tree::write(shape, &tree).map_err(D::Error::custom)?;
    T::from_bytes(&bytes).map_err(D::Error::custom)
}

impl<T: Identifiable + Encode> Serialize for Boxed<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        serialize(self, &Self::SHAPE, to)
    }
}

impl<'de, T: Identifiable + DecodeOwned> Deserialize<'de> for Boxed<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        deserialize(&Self::SHAPE, from)
    }
}

/// Implements serde's traits for generated types: `[F]` stands before those that take a form.
#[doc(hidden)]
#[macro_export]
macro_rules! impl_serde {
    ($([$($form:ident)?] $($name:ident)::+;)*) => {$(
        $crate::impl_serde!(@ [$($form)?] $($name)::+);
    )*};
    (@ [F] $($name:ident)::+) => {
        impl<F: $crate::Form> $crate::prelude::serde::Serialize for $($name)::+<F> {
            fn serialize<S: $crate::prelude::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                $crate::json::serialize(self, &<$($name)::+<$crate::Owned> as $crate::inspect::Described>::SHAPE, to)
            }
        }

        impl<'de> $crate::prelude::serde::Deserialize<'de> for $($name)::+<$crate::Owned> {
            fn deserialize<D: $crate::prelude::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::json::deserialize(&<Self as $crate::inspect::Described>::SHAPE, from)
            }
        }
    };
    (@ [] $($name:ident)::+) => {
        impl $crate::prelude::serde::Serialize for $($name)::+ {
            fn serialize<S: $crate::prelude::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                $crate::json::serialize(self, &<Self as $crate::inspect::Described>::SHAPE, to)
            }
        }

        impl<'de> $crate::prelude::serde::Deserialize<'de> for $($name)::+ {
            fn deserialize<D: $crate::prelude::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::json::deserialize(&<Self as $crate::inspect::Described>::SHAPE, from)
            }
        }
    };
}
