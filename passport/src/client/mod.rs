//! The user's side: what a client app does to fill a Passport and to hand it over.

mod config;
mod connection;
mod draft;
mod error;
mod form;
mod stored;
mod unlocked;
mod verify;

pub use self::config::{NativeNamesForm, PassportConfig};
pub use self::connection::{Connection, Request, wait};
pub use self::draft::{
    AddressDocumentDraft, DataDraft, Draft, DraftError, DraftFile, DraftProblem,
    IdentityDocumentDraft, MAX_FILE_LENGTH, MAX_FILES, NewFile,
};
pub use self::error::Failure;
pub use self::form::{
    Blame, Choice, Form, FormError, FormRefusal, FormRow, Incomplete, Lack, LoadError, MissingRow,
    Place, Review,
};
pub use self::stored::{
    FetchError, StoredAddressDocument, StoredContent, StoredData, StoredDownload, StoredError,
    StoredFile, StoredIdentityDocument, StoredProblem, StoredValue,
};
pub use self::unlocked::Unlocked;
pub use self::verify::{Delivery, EmailVerification, PhoneVerification, Refusal, VerifyError};
