//! The user's side: what a client app does to fill a Passport and to hand it over.

mod connection;
mod entropy;
mod error;
pub mod password;
pub mod srp;
mod unlock;
mod unlocked;

pub use self::connection::{Connection, Request, wait};
pub use self::error::Failure;
pub use self::password::{LosePassportData, NewPassword, Password, PasswordError};
pub use self::unlock::{
    StoredSecretError, create_secret, delete_secret, reencrypt_secret, reset_secret, unlock,
};
pub use self::unlocked::Unlocked;
