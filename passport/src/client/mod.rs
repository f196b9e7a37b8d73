//! The user's side: what a client app does to fill a Passport and to hand it over.

mod connection;
mod error;
mod unlocked;

pub use self::connection::{Connection, Request, wait};
pub use self::error::Failure;
pub use self::unlocked::Unlocked;
