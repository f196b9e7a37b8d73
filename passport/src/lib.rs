//! Telegram Passport: a person uploads identity documents once, end-to-end encrypted, and hands
//! them to a service that asks.

pub mod hash;
pub mod key;
pub mod secret;

mod element;

pub use element::{ElementType, UnknownElementType};
