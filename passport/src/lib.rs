//! Telegram Passport for services: ask a person for identity documents, open and verify what they
//! send, and ask again where something is wrong.
//!
//! A person uploads documents once, end-to-end encrypted, and hands them to a service that asks. The
//! service holds an RSA key; the user's client encrypts for it. Telegram carries it all and can read
//! none of it.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let (pem, update) = ("", "");
//! # let nonce = telegram_passport::nonce::Nonce::from_text("kept for this user")?;
//! use telegram_passport::{bot_api, key::PrivateKey};
//!
//! let key = PrivateKey::from_pem(pem)?;
//! let Some(incoming) = bot_api::read_update(update)? else { return Ok(()) };
//! let submission = incoming.passport_data.open(&key, &nonce)?;
//! if let Some(details) = submission.personal_details().and_then(|element| element.data()) {
//!     let _name = details.document().first_name();
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # The way of a submission
//!
//! 1. **Ask**: [`scope`] says what, [`nonce`] ties the answer to this user and this time, [`link`] is
//!    what the user opens. The key is in [`key`].
//! 2. **Open**: [`bot_api`] or [`mtproto`] reads the container; [`PassportData::open`] checks and
//!    decrypts it in the order of the protocol and gives a [`submission::Submission`].
//! 3. **Use**: typed documents are in [`document`], [`mod@file`] fetches and decrypts pictures,
//!    [`fulfilment`] compares with what was asked.
//! 4. **Ask again**: [`answer`] has the errors for the user, made by the part that they blame.
//!
//! # Choices
//!
//! One nonce that you keep yourself, or a [`nonce::NonceStore`]: take the store if several requests can
//! be open at once. The crate `rsa` or, with the feature `aws-lc-rs`, AWS-LC: the first if in doubt, the
//! second under load. A key in a KMS or HSM: implement [`key::CredentialsKey`].
//!
//! # Promises
//!
//! Nothing decrypted leaves before its hash was compared. Whatever fails after the container was read is
//! one error with one text, [`OpenError`]; its [`detail`](OpenError::detail) is for your log. Secrets and
//! documents are overwritten when dropped and print nothing. Nothing here uses the network.
//!
//! `serde_json::Value` is taken and given where JSON passes through, and randomness comes in as
//! `rand_core::TryCryptoRng`; no other type of a dependency is in a signature.

pub mod answer;
pub mod bot_api;
pub mod cipher;
#[cfg(feature = "client")]
pub mod client;
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
#[cfg(feature = "testing")]
pub mod testing;
pub mod wrap;

mod container;
mod credentials;
mod element;
mod error;
mod json;
mod kdf;
mod location;

pub use container::{ContainerError, ElementHash, ElementName, PassportData, Problem};
pub use element::{ElementType, UnknownElementType};
pub use error::{Check, Detail, OpenError};
pub use location::{BotApiFile, FileLocation};
/// The TL types and functions that signatures here name.
pub use telegram_passport_tl as tl;
