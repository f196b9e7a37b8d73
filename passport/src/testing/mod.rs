//! A Telegram in memory, to test an integration against: no network, no phone, no token.
//!
//! Switch on the feature `testing` for a development dependency:
//!
//! ```toml
//! [dev-dependencies]
//! telegram-passport = { version = "0.1", features = ["testing"] }
//! ```
//!
//! # For services
//!
//! [`submission`] makes, from a link and some [`Document`]s, what a service would receive: the update
//! of the Bot API with its encrypted files, or the action of MTProto. [`Submission::spoiled`] makes a
//! bad one of it by name; [`BadSubmission::ALL`] has them all, and each says where a sound service
//! notices it.
//!
//! # For client apps
//!
//! [`Telegram`] is a server with accounts, two-step passwords, stored values, files and bots. An
//! [`Account`] gives the [`Connection`](crate::client::Connection) of a user, a [`Bot`] receives what
//! the user hands over. It speaks TL: calls are decoded from bytes, answers are encoded to bytes.
//! All 29 methods of the selection are there, see [`Telegram::methods`], with the errors that the
//! protocol reference knows of them.
//!
//! [`Faults`] lets calls and answers get lost, come twice, or be refused; [`Meanwhile`] is what other
//! apps of the same user do at the wrong moment, and what befalls stored data.
//!
//! # What it is not
//!
//! The real server is closed: what is known of it is in the protocol reference, and where that is
//! silent the simulation does the plain thing. It is stricter than Telegram may be, never more
//! lenient on purpose. Where the reference knows no error, the name begins with `SIMULATION_`; no
//! client may make anything of that. Ids, hashes of values, numbers of data centres, digits of codes,
//! waiting periods and life times are the simulation's own.
//!
//! * The hash of a value is random, new with every save.
//! * After the passport secret was deleted or replaced, stored values stay, unreadable, until they
//!   are replaced or deleted. After the password was removed or recovered they are gone.
//! * An empty recovery e-mail in `account.updatePasswordSettings` gives the address up.
//! * Only the last `srp_id` is good, and once.
//! * The form has all stored values of the types that are asked for, and the errors of that bot.
//! * A bot gets values without their encrypted secrets, which are of no use to it.
//! * A bot's errors replace its earlier ones; they are resolved when what they name is no longer part
//!   of the value, or the value is deleted. While one remains, the value cannot be sent again.
//! * The public key is compared as text, but for CR LF.
//!
//! Randomness and clock are deterministic: a test that failed fails again. Nothing here is constant
//! in time or careful with secrets, so it must never hold those of a person.

mod account;
mod bad;
mod bot;
mod connection;
mod container;
mod document;
mod error_json;
mod faults;
mod meanwhile;
mod random;
mod seal;
mod server;
mod submission;
mod telegram;

pub use self::account::Account;
pub use self::bad::{BadSubmission, Noticed};
pub use self::bot::{Bot, Update};
pub use self::connection::{SimulatedConnection, SimulationError};
pub use self::document::{Document, picture};
pub use self::faults::{Fault, Faults};
pub use self::meanwhile::Meanwhile;
pub use self::random::Randomness;
pub use self::submission::{Submission, SubmissionError, submission};
pub use self::telegram::Telegram;
