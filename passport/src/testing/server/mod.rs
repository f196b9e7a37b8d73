//! What Telegram's server knows and does. One file for each group of methods; [`dispatch`] leads
//! from bytes to them.
//!
//! Everything here is on the server's side of the wire: nothing can read what users encrypt, and no
//! secret of theirs is ever seen.

pub(super) mod config;
pub(super) mod dispatch;
mod download;
pub(super) mod errors;
mod form;
mod mail;
pub(super) mod password;
mod people;
mod proof;
mod recovery;
pub(super) mod refusal;
mod required;
mod reset;
mod settings;
pub(super) mod srp;
pub(super) mod state;
mod submit;
mod upload;
mod values;
mod verify;
