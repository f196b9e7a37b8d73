//! Telegram Passport: a person uploads identity documents once, end-to-end encrypted, and hands
//! them to a service that asks.

pub mod cipher;
pub mod document;
pub mod file;
pub mod hash;
pub mod key;
pub mod nonce;
pub mod scope;
pub mod secret;
pub mod wrap;

mod element;
mod error;

pub use element::{ElementType, UnknownElementType};
pub use error::{Check, Detail, OpenError};
