//! What the user wants to have stored, before it is encrypted.
//!
//! A draft has the parts that its kind has and no others: a passport has no reverse side to be
//! filled, a driver's license is not made without one. It is made new, or
//! [from a stored value](Draft::from_stored), of which parts are kept, replaced or dropped.
//!
//! Files are taken as they are. Clients scale pictures to 2048 pixels and write them as JPEG before
//! this point; [`ImageReport`](crate::file::ImageReport) tells whether a file looks like one.
//!
//! Nothing is encrypted or sent here.
//!
//! Source: protocol reference, sections 6 (secure value types), 7.5 to 7.9 (documents), 10 (files).

mod address;
mod data;
mod error;
mod file;
mod identity;
mod same;

pub use self::address::AddressDocumentDraft;
pub use self::data::DataDraft;
pub use self::error::{DraftError, DraftProblem};
pub use self::file::{DraftFile, NewFile};
pub use self::identity::IdentityDocumentDraft;

pub(crate) use self::file::FileReader;

use core::fmt;

use super::stored::{StoredContent, StoredValue};
use crate::document::{
    EmailAddress, NativeNames, PersonalDetails, PhoneNumber, ResidentialAddress,
};
use crate::element::ElementType;
use crate::submission::FilePart;

/// A value to be saved.
///
/// ```
/// use telegram_passport::ElementType;
/// use telegram_passport::client::{Draft, IdentityDocumentDraft, NewFile};
/// use telegram_passport::document::{IdDocumentData, IdDocumentField};
///
/// let data = IdDocumentData::new().with(IdDocumentField::DocumentNo, "AB123456");
/// let front = NewFile::from_bytes(*b"\xff\xd8\xff\xe0 the main page \xff\xd9");
/// let draft = Draft::from(IdentityDocumentDraft::passport(data, front));
/// assert_eq!(draft.element_type(), ElementType::Passport);
/// assert!(draft.validate().is_ok());
///
/// let nothing = Draft::from(IdentityDocumentDraft::passport(
///     IdDocumentData::new(),
///     NewFile::from_bytes(*b""),
/// ));
/// let error = nothing.validate().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "the passport cannot be saved: `document_no` must not be empty; front_side: the file is empty",
/// );
/// ```
///
/// Prints nothing of its content.
#[derive(Clone)]
#[non_exhaustive]
pub enum Draft {
    /// `personal_details`
    PersonalDetails {
        /// Names, birth date, gender, countries.
        data: DataDraft<PersonalDetails>,
        /// Whether the names must be there in the native form, too.
        native_names: NativeNames,
    },
    /// `passport`, `driver_license`, `identity_card`, `internal_passport`
    IdentityDocument(Box<IdentityDocumentDraft>),
    /// `address`
    Address(DataDraft<ResidentialAddress>),
    /// `utility_bill`, `bank_statement`, `rental_agreement`, `passport_registration`,
    /// `temporary_registration`
    AddressDocument(AddressDocumentDraft),
    /// `phone_number`. Telegram has it verified before it stores it.
    PhoneNumber(PhoneNumber),
    /// `email`. Telegram has it verified before it stores it.
    Email(EmailAddress),
}

impl Draft {
    /// Personal details.
    #[must_use]
    pub fn personal_details(details: PersonalDetails, native_names: NativeNames) -> Self {
        Self::PersonalDetails {
            data: DataDraft::new(details),
            native_names,
        }
    }

    /// A residential address.
    #[must_use]
    pub fn address(address: ResidentialAddress) -> Self {
        Self::Address(DataDraft::new(address))
    }

    /// What is stored, unchanged so far: everything is kept.
    ///
    /// A document whose text is kept is encrypted anew, word for word. Files that are kept stay
    /// where they are. Native names are not asked for: set `native_names` where they are.
    #[must_use]
    pub fn from_stored(stored: &StoredValue) -> Self {
        match stored.content() {
            StoredContent::PersonalDetails(data) => Self::PersonalDetails {
                data: DataDraft::from_stored(data),
                native_names: NativeNames::NotRequired,
            },
            StoredContent::Address(data) => Self::Address(DataDraft::from_stored(data)),
            StoredContent::IdentityDocument(document) => {
                let kind = stored.element_type();
                IdentityDocumentDraft::from_stored(kind, document).into()
            }
            StoredContent::AddressDocument(document) => {
                let kind = stored.element_type();
                AddressDocumentDraft::from_stored(kind, document).into()
            }
            StoredContent::PhoneNumber(phone) => Self::PhoneNumber(phone.clone()),
            StoredContent::Email(email) => Self::Email(email.clone()),
        }
    }

    /// Its kind.
    #[must_use]
    pub fn element_type(&self) -> ElementType {
        match self {
            Self::PersonalDetails { .. } => ElementType::PersonalDetails,
            Self::IdentityDocument(document) => document.element_type(),
            Self::Address(_) => ElementType::Address,
            Self::AddressDocument(document) => document.element_type(),
            Self::PhoneNumber(_) => ElementType::PhoneNumber,
            Self::Email(_) => ElementType::Email,
        }
    }

    /// All its files with their places: front side, reverse side, selfie, translation, files.
    #[must_use]
    pub fn all_files(&self) -> Vec<(FilePart, &DraftFile)> {
        match self {
            Self::IdentityDocument(document) => document.all_files(),
            Self::AddressDocument(document) => document.all_files(),
            _ => Vec::new(),
        }
    }

    /// Holds the draft to every rule that can be checked without reading its files, all at once: the
    /// document as its own `validate` does, the number and the sizes of the files.
    ///
    /// # Errors
    ///
    /// Every rule that is broken.
    pub fn validate(&self) -> Result<(), DraftError> {
        let mut problems = Vec::new();
        match self {
            Self::PersonalDetails { data, native_names } => {
                let outcome = data.document().validate(*native_names);
                problems.extend(outcome.err().map(DraftProblem::PersonalDetails));
            }
            Self::IdentityDocument(document) => {
                let outcome = document.data().document().validate();
                problems.extend(outcome.err().map(DraftProblem::IdentityDocument));
            }
            Self::Address(data) => {
                let outcome = data.document().validate();
                problems.extend(outcome.err().map(DraftProblem::Address));
            }
            Self::AddressDocument(document) => {
                if document.files().is_empty() {
                    problems.push(DraftProblem::NoFiles);
                }
            }
            Self::PhoneNumber(phone) => {
                problems.extend(phone.validate().err().map(DraftProblem::Plain));
            }
            Self::Email(email) => problems.extend(email.validate().err().map(DraftProblem::Plain)),
        }
        self.validate_files(&mut problems);
        DraftError::unless_empty(self.element_type(), problems)
    }

    /// Takes away files that are there twice, as other clients do: the same file twice in a list, or
    /// a translation that is another part as well. Of new files the content counts; those of equal
    /// length are read for that.
    ///
    /// # Errors
    ///
    /// [`DraftProblem::SameFile`] if two of front side, reverse side and selfie are the same file,
    /// which no client allows; [`DraftProblem::Source`] if a file cannot be read.
    pub fn remove_duplicates(&mut self) -> Result<(), DraftError> {
        let outcome = match self {
            Self::IdentityDocument(document) => document.remove_duplicates(),
            Self::AddressDocument(document) => document.remove_duplicates(),
            _ => Ok(()),
        };
        let element = self.element_type();
        outcome.map_err(|problem| DraftError::new(element, vec![problem]))
    }

    fn validate_files(&self, problems: &mut Vec<DraftProblem>) {
        let (mut translations, mut files) = (0, 0);
        for (part, file) in self.all_files() {
            match part {
                FilePart::Translation(_) => translations += 1,
                FilePart::Files(_) => files += 1,
                _ => {}
            }
            let DraftFile::New(file) = file else { continue };
            match file.length() {
                0 => problems.push(DraftProblem::EmptyFile { part }),
                1..=MAX_FILE_LENGTH => {}
                length => problems.push(DraftProblem::FileTooLong { part, length }),
            }
        }
        if translations > MAX_FILES {
            let count = translations;
            problems.push(DraftProblem::TooManyTranslations { count });
        }
        if files > MAX_FILES {
            problems.push(DraftProblem::TooManyFiles { count: files });
        }
    }
}

impl From<IdentityDocumentDraft> for Draft {
    fn from(document: IdentityDocumentDraft) -> Self {
        Self::IdentityDocument(Box::new(document))
    }
}

impl From<AddressDocumentDraft> for Draft {
    fn from(document: AddressDocumentDraft) -> Self {
        Self::AddressDocument(document)
    }
}

impl From<PhoneNumber> for Draft {
    fn from(phone: PhoneNumber) -> Self {
        Self::PhoneNumber(phone)
    }
}

impl From<EmailAddress> for Draft {
    fn from(email: EmailAddress) -> Self {
        Self::Email(email)
    }
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Draft({}, ..)", self.element_type())
    }
}

/// The most files that a value may have as `files`, and the most as `translation`.
///
/// Source: protocol reference, section 10.2.
pub const MAX_FILES: usize = 20;

/// The most bytes that a file may have before it is encrypted: 10 MiB.
///
/// Source: protocol reference, section 10.1.
pub const MAX_FILE_LENGTH: u64 = crate::file::MAX_IMAGE_LENGTH;
