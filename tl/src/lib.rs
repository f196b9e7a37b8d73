//! Telegram Passport's TL types and methods.
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
pub use primitives::{BareVec, Object};
pub use rpc::{Caller, KnownError, RemoteCall, RpcError};

/// What generated code names, wherever it stands.
#[doc(hidden)]
pub mod prelude {
    pub use alloc::boxed::Box;
    pub use alloc::vec::Vec;

    pub use crate::fields::{has, optional, with, write_optional};
    pub use crate::read_field as read;
    pub use crate::value::{debug, equal, hash};
    #[cfg(feature = "serde")]
    pub use serde;

    /// Stops the build if a type has outgrown what was planned for it.
    pub const fn at_most(max: usize, size: usize) {
        assert!(size <= max, "a generated enum is larger than it may be");
    }
}
