//! The user's side: what a client app does to fill a Passport and to hand it over.
//!
//! Everything here goes over a [`Connection`], a trait of one method: bytes of a call out, bytes of its
//! answer in. Any MTProto client of a signed-in user will do. There is no runtime: the flows are
//! futures that wait for nothing but the connection, and [`wait`] runs them in blocking code.
//!
//! # From the link to the callback
//!
//! | | step | by |
//! | --- | --- | --- |
//! | 1 | read the link that the user has opened | [`RequestLink::parse`](crate::link::RequestLink::parse) |
//! | 2 | fetch the form: what is asked for, what is stored, what the service complains about | [`Form::load`] |
//! | 3 | ask for the two-step password, prove it, decrypt the passport secret | [`unlock`]; the first time [`password::set`] and [`create_secret`] |
//! | 4 | which names are to be given in which language | [`PassportConfig`] |
//! | 5 | open what is stored and compare: what is there, what is missing | [`Form::review`] |
//! | 6 | have the user fill in what is missing: a document anew, or what is stored with parts replaced or dropped | [`Draft`], [`Draft::from_stored`] |
//! | 7 | encrypt, upload, save, look at what comes back | [`save`], or a [`Save`] that can be continued |
//! | 8 | where Telegram wants a phone number or an e-mail address verified: send a code, save again | [`PhoneVerification`], [`EmailVerification`] |
//! | 9 | put what was saved into the form, until nothing is missing | [`Review::put`], [`Review::lacks`] |
//! | 10 | choose a value for each row, and hand over the keys to what was asked for, and to no more | [`Review::choose`], [`Choice::submit`] |
//! | 11 | open the callback, also after a refusal and when the user closes the form | [`Form::callback`], [`LoadError::outcome`] |
//!
//! ```
//! use telegram_passport::client::{
//!     Connection, Draft, Form, Incomplete, PassportConfig, Password, save, unlock,
//! };
//! use telegram_passport::link::{Outcome, RequestLink};
//!
//! # fn main() {}
//! /// Gives the URL to open at the end, if there is one.
//! async fn answer<C>(
//!     telegram: &C,
//!     url: &str,
//!     password: &Password,
//!     ask_user: impl Fn(&Incomplete) -> Option<Draft>,
//! ) -> Result<Option<String>, Box<dyn std::error::Error>>
//! where
//!     C: Connection,
//! {
//!     let rng = &mut getrandom::SysRng;
//!     let link = RequestLink::parse(url)?;
//!     let form = match Form::load(telegram, &link).await {
//!         Ok(form) => form,
//!         // The service is told why, if it is its own mistake.
//!         Err(error) => return Ok(Form::callback_of(&link, &error.outcome())),
//!     };
//!     let unlocked = unlock(telegram, password, rng).await?;
//!     let mut review = form.review(&unlocked, &PassportConfig::unknown());
//!     loop {
//!         let incomplete = match review.choose() {
//!             Ok(choice) => {
//!                 choice.submit(telegram, rng).await?;
//!                 return Ok(review.form().callback(&Outcome::Success));
//!             }
//!             Err(incomplete) => incomplete,
//!         };
//!         let Some(draft) = ask_user(&incomplete) else {
//!             return Ok(review.form().callback(&Outcome::Cancel));
//!         };
//!         let stored = save(telegram, &unlocked, draft, rng, |_| ()).await?;
//!         review.put(stored);
//!     }
//! }
//! ```
//!
//! Beside forms: [`all_stored_values`], [`stored_values`] and [`delete_stored_values`] manage what is
//! stored; [`StoredFile::fetch`] shows a stored file; the module [`password`] changes, removes and
//! recovers the password.
//!
//! # Where errors come
//!
//! Each step has its own type, and every variant says what to do next. What they have in common:
//!
//! * A call that did not come through is a [`Failure`]: Telegram's refusal by name, the connection's own
//!   error, or an answer that is no TL. Whatever has a meaning in a step is a variant of that step
//!   instead: [`PasswordError::WrongPassword`], [`SaveError::PhoneVerificationNeeded`],
//!   [`SubmitError::ValueChanged`].
//! * Telegram's `FLOOD_WAIT_X` comes back with its seconds (`Wait`, or
//!   [`PasswordError::flood_wait`]). Nothing here sleeps, nor repeats what the protocol does not say to
//!   repeat: a stale proof of the password once, parts of an upload that the server misses, a download
//!   in another data centre.
//! * After a lost answer nobody knows whether the call was carried out. A [`Save`] that is run again
//!   looks first; submissions may arrive twice, and services take a nonce once.
//! * Drafts and documents fail with all their faults at once ([`DraftError`]), so that the user can mend
//!   them in one go; a form with all of its rows ([`Incomplete`]).
//! * A stored value that does not open is no failure of the whole: it is listed
//!   ([`StoredValues::unusable`], [`Review::unusable`]) and all others can be used.
//!
//! # What is never overwritten
//!
//! * **The passport secret.** Without it, all that is stored is lost. [`create_secret`] makes one only
//!   where there is none, and reads it back; [`password::change`] takes the secret along under the new
//!   password in the same call; if it cannot be read, both fail, unless the caller says otherwise.
//!   What loses it takes a [`LosePassportData`], which nobody types by mistake: [`reset_secret`],
//!   [`delete_secret`], [`password::remove`].
//! * **Stored values.** [`Save`] replaces a value by one call and deletes nothing before. Whatever
//!   fails on the way, the old value or the new one is there, whole. What does not open stays until
//!   the user saves another in its place.
//! * **Stored files and texts** that a draft keeps: they stay where they are, word for word, also with
//!   fields that are not known here.
//! * **The caller's files**: they are read, and encrypted in memory, a part at a time.
//!
//! # What is not here
//!
//! Storage of the password or of what is unlocked, time limits for it (other clients forget it after 30
//! to 60 minutes), user interfaces, image conversion, and MTProto itself. To try all of it without a
//! network, a phone or a token, switch on the feature `testing`: it has a Telegram in memory.
//!
//! Source: protocol reference, section 1.3 (the user's side, U1 to U11).

mod config;
mod connection;
mod credentials;
mod draft;
mod entropy;
mod error;
mod form;
mod manage;
pub mod password;
mod save;
pub mod srp;
mod stored;
mod submit;
mod unlock;
mod unlocked;
mod upload;
mod verify;

pub use self::config::{NativeNamesForm, PassportConfig};
pub use self::connection::{Connection, Request, wait};
pub use self::credentials::{credentials_json, seal_credentials};
pub use self::draft::{
    AddressDocumentDraft, DataDraft, Draft, DraftError, DraftFile, DraftProblem,
    IdentityDocumentDraft, MAX_FILE_LENGTH, MAX_FILES, NewFile,
};
pub use self::error::Failure;
pub use self::form::{
    Blame, Choice, Form, FormError, FormRefusal, FormRow, Incomplete, Lack, LoadError, MissingRow,
    Place, Review,
};
pub use self::manage::{
    StoredValues, ValuesError, all_stored_values, delete_stored_values, stored_values,
};
pub use self::password::{LosePassportData, NewPassword, Password, PasswordError};
pub use self::save::{PrepareError, Save, SaveError, SaveProgress, save};
pub use self::stored::{
    FetchError, StoredAddressDocument, StoredContent, StoredData, StoredDownload, StoredError,
    StoredFile, StoredIdentityDocument, StoredProblem, StoredValue,
};
pub use self::submit::{Asked, Disclosure, NotStored, SubmitError, submit};
pub use self::unlock::{
    StoredSecretError, create_secret, delete_secret, reencrypt_secret, reset_secret, unlock,
};
pub use self::unlocked::Unlocked;
pub use self::upload::{PartSize, PartSizeError, SourceError, Upload, UploadError};
pub use self::verify::{Delivery, EmailVerification, PhoneVerification, Refusal, VerifyError};
