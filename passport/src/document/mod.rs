//! The JSON documents of a Passport: personal details, an address, the number of a document.
//!
//! Reading is tolerant and checking is strict, as two steps. A client may write a number where a
//! string belongs, or a date without its zero; that is no reason to lose a submission. What a
//! service wants to hold a person to, it asks of `validate`, which names every broken rule by its
//! field.
//!
//! What is read is kept as it was sent: nothing is trimmed, replaced or normalised, so that a
//! service judges the text that was hashed. [`Rule::ControlCharacter`] reports what a client would
//! have cleaned away.
//!
//! `from_json` wants bytes whose hash has been verified; it cannot know, and decrypts nothing.
//! There is no list of countries here, only the shape of a code: such lists change.
//!
//! Documents print nothing of their content in `Debug`, have no `Display` and no serialization but
//! `to_json`, and are overwritten when dropped.
//!
//! ```
//! use telegram_passport::document::{CalendarDate, IdDocumentData};
//!
//! let data = IdDocumentData::from_json(br#"{"document_no":123456,"expiry_date":"31.12.2030"}"#)?;
//! assert_eq!(data.document_no(), Some("123456"));
//! assert_eq!(format!("{data:?}"), "IdDocumentData(..)");
//!
//! let today = CalendarDate::new(2031, 1, 1).expect("a day of the calendar");
//! assert_eq!(data.expired_on(today), Some(true));
//! assert!(data.validate().is_ok());
//! # Ok::<(), telegram_passport::document::DocumentError>(())
//! ```
//!
//! Source: protocol reference, sections 7.5 to 7.9 (JSON documents) and 11.2 (names of fields).

#[macro_use]
mod macros;

mod address;
mod date;
mod error;
mod id_document;
mod json;
mod personal_details;
mod plain;
mod rules;
mod text;
mod words;

#[cfg(feature = "client")]
pub(crate) use json::string as json_string;

pub use address::{AddressField, ResidentialAddress};
pub use date::{CalendarDate, Date};
pub use error::{DocumentError, MAX_DOCUMENT_LENGTH};
pub use id_document::{IdDocumentData, IdDocumentField};
pub use personal_details::{NativeNames, PersonalDetails, PersonalDetailsField};
pub use plain::{EmailAddress, PhoneNumber};
pub use rules::{Rule, Violation, Violations};
pub use text::PrivateText;
pub use words::{CountryCode, Gender};
