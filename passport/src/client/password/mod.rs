//! The two-step password: its state, proving, setting, changing and removing it.
//!
//! The passport secret is stored under the password. So a change re-encrypts it in the same call,
//! and whatever cannot do so asks for a [`LosePassportData`]. What the server names as parameters is
//! checked before anything is answered ([`srp`](super::srp)); each call has a proof of its own, and
//! is repeated once, with fresh parameters, if Telegram says `SRP_ID_INVALID`. Nothing else is
//! repeated.
//!
//! A password takes a tenth of a second and more to be hashed. That is done where the future is
//! polled: put the flow on a thread of its own if others must not wait.
//!
//! A change whose answer is lost has been made or not, as a whole: password and secret go together.
//! [`state`] tells nothing about it, but [`unlock`](super::unlock()) with the new password and then
//! with the old one does.
//!
//! ```
//! use telegram_passport::client::{Connection, NewPassword, Password};
//! use telegram_passport::client::password::{self, Outcome, PasswordError, UnreadableSecret};
//!
//! async fn renew<C: Connection>(
//!     telegram: &C,
//!     old: &Password,
//!     new: &NewPassword,
//! ) -> Result<(), PasswordError<C::Error>> {
//!     let rng = &mut getrandom::SysRng;
//!     match password::change(telegram, old, new, UnreadableSecret::Refuse, rng).await? {
//!         Outcome::EmailUnconfirmed { .. } => println!("type the code of the e-mail"),
//!         _ => println!("done"),
//!     }
//!     Ok(())
//! }
//! ```
//!
//! Source: protocol reference, section 9.

mod change;
mod email;
mod error;
mod outcome;
mod recovery;
pub(crate) mod session;
pub(crate) mod settings;
mod state;
mod typed;

pub use self::change::{UnreadableSecret, change, remove, set};
pub use self::email::{cancel_email, confirm_email, resend_email, set_recovery_email};
pub use self::error::PasswordError;
pub use self::outcome::Outcome;
pub use self::recovery::{
    Reset, check_recovery_code, decline_reset, recover, request_recovery, reset,
};
pub use self::session::prove;
pub use self::state::{PasswordState, state};
pub use self::typed::{LosePassportData, NewPassword, Password};
