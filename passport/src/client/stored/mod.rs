//! What the server has stored for the user, decrypted and verified.
//!
//! A value opens as a whole or not at all: every check of the reference holds, every part that its
//! type must have is there, and none that it has not. Files are not fetched by opening. What is
//! known of them then is where they lie and the key to them; that the key fits is proved by
//! fetching them.
//!
//! Reading documents is tolerant, as it is for services: what another client has stored is shown to
//! the user, who can mend it. Saving is strict.
//!
//! Source: protocol reference, sections 6 (secure value types) and 8.9 (decryption on the user side).

mod error;
mod file;
mod open;

pub use self::error::{StoredError, StoredProblem};
pub use self::file::{FetchError, StoredDownload, StoredFile};

use core::fmt;

use crate::document::{
    EmailAddress, IdDocumentData, PersonalDetails, PhoneNumber, PrivateText, ResidentialAddress,
};
use crate::element::ElementType;
use crate::hash::DataHash;
use crate::secret::ValueSecret;
use crate::submission::FilePart;

/// A value as the server has it, opened by [`StoredValue::open`].
///
/// Overwritten when dropped; prints only its kind.
#[derive(Clone)]
pub struct StoredValue {
    element: ElementType,
    hash: Vec<u8>,
    secret_id: i64,
    content: StoredContent,
}

/// A value, by what it consists of.
#[derive(Clone)]
#[non_exhaustive]
pub enum StoredContent {
    /// `personal_details`
    PersonalDetails(StoredData<PersonalDetails>),
    /// `passport`, `driver_license`, `identity_card`, `internal_passport`
    IdentityDocument(Box<StoredIdentityDocument>),
    /// `address`
    Address(StoredData<ResidentialAddress>),
    /// `utility_bill`, `bank_statement`, `rental_agreement`, `passport_registration`,
    /// `temporary_registration`
    AddressDocument(StoredAddressDocument),
    /// `phone_number`
    PhoneNumber(PhoneNumber),
    /// `email`
    Email(EmailAddress),
}

impl StoredValue {
    /// Its kind.
    #[must_use]
    pub fn element_type(&self) -> ElementType {
        self.element
    }

    /// The server's hash of this version of the value: opaque bytes of any length, which go back to
    /// the server when the value is submitted.
    ///
    /// Source: protocol reference, section 8.6.
    #[must_use]
    pub fn hash(&self) -> &[u8] {
        &self.hash
    }

    /// The id of the passport secret that opened it. Files can only be kept under the same.
    #[must_use]
    pub fn secret_id(&self) -> i64 {
        self.secret_id
    }

    /// What it consists of.
    #[must_use]
    pub fn content(&self) -> &StoredContent {
        &self.content
    }

    /// The document, if this is `personal_details`.
    #[must_use]
    pub fn personal_details(&self) -> Option<&StoredData<PersonalDetails>> {
        match &self.content {
            StoredContent::PersonalDetails(data) => Some(data),
            _ => None,
        }
    }

    /// The parts, if this is one of the four identity documents.
    #[must_use]
    pub fn identity_document(&self) -> Option<&StoredIdentityDocument> {
        match &self.content {
            StoredContent::IdentityDocument(document) => Some(document),
            _ => None,
        }
    }

    /// The document, if this is `address`.
    #[must_use]
    pub fn address(&self) -> Option<&StoredData<ResidentialAddress>> {
        match &self.content {
            StoredContent::Address(data) => Some(data),
            _ => None,
        }
    }

    /// The parts, if this is one of the five documents that prove an address.
    #[must_use]
    pub fn address_document(&self) -> Option<&StoredAddressDocument> {
        match &self.content {
            StoredContent::AddressDocument(document) => Some(document),
            _ => None,
        }
    }

    /// The number, if this is `phone_number`.
    #[must_use]
    pub fn phone_number(&self) -> Option<&PhoneNumber> {
        match &self.content {
            StoredContent::PhoneNumber(phone) => Some(phone),
            _ => None,
        }
    }

    /// The address, if this is `email`.
    #[must_use]
    pub fn email(&self) -> Option<&EmailAddress> {
        match &self.content {
            StoredContent::Email(email) => Some(email),
            _ => None,
        }
    }

    /// The front side, if the value has one.
    #[must_use]
    pub fn front_side(&self) -> Option<&StoredFile> {
        Some(&self.identity_document()?.front_side)
    }

    /// The reverse side, if the value has one.
    #[must_use]
    pub fn reverse_side(&self) -> Option<&StoredFile> {
        self.identity_document()?.reverse_side.as_ref()
    }

    /// The selfie, if the value has one.
    #[must_use]
    pub fn selfie(&self) -> Option<&StoredFile> {
        self.identity_document()?.selfie.as_ref()
    }

    /// The pages of a translation; empty if there are none.
    #[must_use]
    pub fn translation(&self) -> &[StoredFile] {
        match &self.content {
            StoredContent::IdentityDocument(document) => &document.translation,
            StoredContent::AddressDocument(document) => &document.translation,
            _ => &[],
        }
    }

    /// The pages of a document that proves an address; empty for other kinds.
    #[must_use]
    pub fn files(&self) -> &[StoredFile] {
        match &self.content {
            StoredContent::AddressDocument(document) => &document.files,
            _ => &[],
        }
    }

    /// All its files with their places: front side, reverse side, selfie, translation, files.
    pub fn all_files(&self) -> impl Iterator<Item = (FilePart, &StoredFile)> {
        let front = self.front_side().map(|file| (FilePart::FrontSide, file));
        let reverse = self.reverse_side();
        let reverse = reverse.map(|file| (FilePart::ReverseSide, file));
        let selfie = self.selfie().map(|file| (FilePart::Selfie, file));
        let translation = self.translation().iter().enumerate();
        let translation = translation.map(|(at, file)| (FilePart::Translation(at), file));
        let files = self.files().iter().enumerate();
        let files = files.map(|(at, file)| (FilePart::Files(at), file));
        let singles = [front, reverse, selfie].into_iter().flatten();
        singles.chain(translation).chain(files)
    }

    /// Hash and secret of the document, if the value has one.
    pub(crate) fn data_key(&self) -> Option<(&DataHash, &ValueSecret)> {
        match &self.content {
            StoredContent::PersonalDetails(data) => Some((&data.hash, &data.secret)),
            StoredContent::Address(data) => Some((&data.hash, &data.secret)),
            StoredContent::IdentityDocument(document) => {
                Some((&document.data.hash, &document.data.secret))
            }
            _ => None,
        }
    }
}

impl fmt::Debug for StoredValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoredValue({}, ..)", self.element)
    }
}

impl fmt::Debug for StoredContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoredContent(..)")
    }
}

/// A JSON document that was decrypted and verified.
#[derive(Clone)]
pub struct StoredData<D> {
    document: D,
    json: PrivateText,
    hash: DataHash,
    secret: ValueSecret,
}

impl<D> StoredData<D> {
    /// The document.
    #[must_use]
    pub fn document(&self) -> &D {
        &self.document
    }

    /// The text of the document as it was decrypted. It may have keys that the typed document does
    /// not know.
    #[must_use]
    pub fn json(&self) -> &PrivateText {
        &self.json
    }

    /// The `data_hash`: SHA-256 of padding and text.
    #[must_use]
    pub fn hash(&self) -> &DataHash {
        &self.hash
    }

    /// The value secret of the document.
    #[must_use]
    pub fn secret(&self) -> &ValueSecret {
        &self.secret
    }
}

impl<D> fmt::Debug for StoredData<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoredData(..)")
    }
}

/// One of the four identity documents. Its front side is always there, its reverse side exactly if
/// the kind has one.
#[derive(Clone)]
pub struct StoredIdentityDocument {
    data: StoredData<IdDocumentData>,
    front_side: StoredFile,
    reverse_side: Option<StoredFile>,
    selfie: Option<StoredFile>,
    translation: Vec<StoredFile>,
}

impl StoredIdentityDocument {
    /// Number and expiry date.
    #[must_use]
    pub fn data(&self) -> &StoredData<IdDocumentData> {
        &self.data
    }

    /// The front side, or the main page.
    #[must_use]
    pub fn front_side(&self) -> &StoredFile {
        &self.front_side
    }

    /// The reverse side; driver's licenses and identity cards have one.
    #[must_use]
    pub fn reverse_side(&self) -> Option<&StoredFile> {
        self.reverse_side.as_ref()
    }

    /// The user holding the document.
    #[must_use]
    pub fn selfie(&self) -> Option<&StoredFile> {
        self.selfie.as_ref()
    }

    /// The pages of a translation; empty if there are none.
    #[must_use]
    pub fn translation(&self) -> &[StoredFile] {
        &self.translation
    }
}

impl fmt::Debug for StoredIdentityDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoredIdentityDocument(..)")
    }
}

/// One of the five documents that prove an address. It has at least one page.
#[derive(Clone)]
pub struct StoredAddressDocument {
    files: Vec<StoredFile>,
    translation: Vec<StoredFile>,
}

impl StoredAddressDocument {
    /// The pages of the document, in the order of the server.
    #[must_use]
    pub fn files(&self) -> &[StoredFile] {
        &self.files
    }

    /// The pages of a translation; empty if there are none.
    #[must_use]
    pub fn translation(&self) -> &[StoredFile] {
        &self.translation
    }
}

impl fmt::Debug for StoredAddressDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoredAddressDocument(..)")
    }
}
