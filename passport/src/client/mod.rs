//! The user's side: what a client app does to fill a Passport and to hand it over.

mod connection;
mod draft;
mod error;
mod save;
mod stored;
mod unlocked;
mod upload;

pub use self::connection::{Connection, Request, wait};
pub use self::draft::{
    AddressDocumentDraft, DataDraft, Draft, DraftError, DraftFile, DraftProblem,
    IdentityDocumentDraft, MAX_FILE_LENGTH, MAX_FILES, NewFile,
};
pub use self::error::Failure;
pub use self::save::{PrepareError, Save, SaveError, SaveProgress, save};
pub use self::stored::{
    FetchError, StoredAddressDocument, StoredContent, StoredData, StoredDownload, StoredError,
    StoredFile, StoredIdentityDocument, StoredProblem, StoredValue,
};
pub use self::unlocked::Unlocked;
pub use self::upload::{PartSize, PartSizeError, SourceError, Upload, UploadError};
