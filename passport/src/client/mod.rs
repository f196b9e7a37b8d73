//! The user's side: what a client app does to fill a Passport and to hand it over.

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
