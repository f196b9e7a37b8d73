//! Telegram Passport's TL types and methods, layer 230: encoded, decoded, inspected.
//!
//! ```
//! use telegram_passport_tl::{Decode, Encode, LAYER, enums, functions};
//!
//! let call = functions::account::DeleteSecureValue {
//!     types: vec![enums::SecureValueType::RentalAgreement],
//! };
//! let bytes = call.to_bytes()?;
//! assert_eq!(functions::account::DeleteSecureValue::from_bytes(&bytes)?, call);
//! assert_eq!(LAYER, 230);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where things are
//!
//! [`types`] has a struct for each constructor, [`enums`] an enum for each type, [`functions`] a
//! struct for each method. Those of [`types`] are *bare*: their encoding has no constructor id
//! before it. Enums and functions are *boxed*: it has. A type with only one constructor is that
//! struct in a [`Boxed`], which dereferences to it. A constructor without fields is a variant of
//! its enum and nothing more.
//!
//! [`borrowed`] has the same three modules in the form whose strings are slices of the input.
//! Choose it where the buffer outlives the value; take the owned form if in doubt. Both are names
//! for the definitions in [`generic`].
//!
//! # Reading
//!
//! [`Decode::from_bytes`] accepts exactly what [`Encode`] writes: no other spelling of a string's
//! length, no padding but zeros, no unknown flag bit, no byte left over. [`DecodeError`] tells the
//! [`Fault`], the offset and the path of fields. Whatever the input, nothing panics, recursion is
//! bounded, and no more than 16 times the input plus 64 KiB is held; see [`Limits`].
//!
//! # Writing
//!
//! [`Encode::to_bytes`] measures first and allocates once. A conditional field is an `Option`;
//! fields that share a flag bit are one `Option` of a struct of their own, so a value that could
//! not be written does not compile. What is left to refuse is in [`EncodeError`].
//!
//! # Calling
//!
//! [`RemoteCall`] ties a function to its result, to who may call it and to the errors it is known
//! to answer with. [`RpcError`] takes a received error apart.
//!
//! # Looking
//!
//! Values print, compare and hash by their encoding: two are equal if they are written alike, and
//! `Debug` speaks TL. [`SCHEMA`] has every definition by its id. With the feature `serde`, all
//! types have a JSON form, described in `json`.
//!
//! # Compatibility
//!
//! A new layer is a new version of this crate: it changes types. The traits follow semantic
//! versioning. The oldest supported compiler is 1.85.
#![no_std]

extern crate alloc;

mod boxed;
mod decode;
mod encode;
mod error;
mod fields;
mod form;
#[rustfmt::skip]
mod generated;
pub mod inspect;
#[cfg(feature = "serde")]
pub mod json;
mod locate;
mod primitives;
mod rpc;
mod tree;
mod value;

pub use boxed::{Boxed, Identifiable};
pub use decode::{Decode, DecodeOwned, Limits, Reader, Stop};
pub use encode::{Encode, EncodeError, MAX_BYTES, Sink};
pub use error::{DecodeError, Fault};
pub use form::{Borrowed, DecodeForm, Form, Owned};
pub use generated::{GENERIC_ERRORS, LAYER, SCHEMA, borrowed, enums, functions, generic, types};
pub use inspect::Described;
pub use primitives::{BareVec, Object};
pub use rpc::{Caller, KnownError, RemoteCall, RpcError};

/// What generated code names, wherever it stands.
#[doc(hidden)]
pub mod prelude {
    pub use alloc::boxed::Box;
    pub use alloc::vec::Vec;

    pub use crate::fields::{
        has, members, optional, optionals, variant, with, with_some, write, write_optional,
        write_variant,
    };
    pub use crate::read_field as read;
    pub use crate::value::{debug, equal, hash};
    #[cfg(feature = "serde")]
    pub use serde;

    /// Stops the build if one of the types has outgrown what was planned for it.
    pub const fn at_most(max: usize, mut sizes: &[usize]) {
        while let [size, rest @ ..] = sizes {
            assert!(*size <= max, "a generated enum is larger than it may be");
            sizes = rest;
        }
    }
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
