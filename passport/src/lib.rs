//! Telegram Passport: a person uploads identity documents once, end-to-end encrypted, and hands
//! them to a service that asks.

pub mod answer;
pub mod bot_api;
pub mod cipher;
pub mod document;
pub mod file;
pub mod fulfilment;
pub mod hash;
pub mod key;
pub mod link;
pub mod mtproto;
pub mod nonce;
pub mod scope;
pub mod secret;
pub mod submission;
pub mod wrap;

mod container;
mod credentials;
mod element;
mod error;
mod json;
mod location;

pub use container::{ContainerError, ElementHash, ElementName, PassportData, Problem};
pub use element::{ElementType, UnknownElementType};
pub use error::{Check, Detail, OpenError};
pub use location::{BotApiFile, FileLocation};
