//! The user's side: what a client app does to fill a Passport and to hand it over.

mod config;
mod connection;
mod error;
mod form;
mod unlocked;
mod verify;

pub use self::config::{NativeNamesForm, PassportConfig};
pub use self::connection::{Connection, Request, wait};
pub use self::error::Failure;
pub use self::form::{Blame, Form, FormError, FormRefusal, FormRow, LoadError, Place};
pub use self::unlocked::Unlocked;
pub use self::verify::{Delivery, EmailVerification, PhoneVerification, Refusal, VerifyError};
