//! Documents that prove an address, to be saved.

use core::fmt;

use super::same::keep_first;
use super::{DraftFile, DraftProblem};
use crate::client::stored::StoredAddressDocument;
use crate::element::ElementType;
use crate::scope::AddressDocument;
use crate::submission::FilePart;

/// One of the five documents that prove an address, to be saved.
///
/// ```
/// use telegram_passport::client::{AddressDocumentDraft, Draft, NewFile};
/// use telegram_passport::scope::AddressDocument;
///
/// let mut bill = AddressDocumentDraft::new(
///     AddressDocument::UtilityBill,
///     [NewFile::from_bytes("page 1"), NewFile::from_bytes("page 2")],
/// );
/// bill.files_mut().pop();
/// assert!(Draft::from(bill).validate().is_ok());
/// ```
#[derive(Clone)]
pub struct AddressDocumentDraft {
    kind: AddressDocument,
    files: Vec<DraftFile>,
    translation: Vec<DraftFile>,
}

impl AddressDocumentDraft {
    /// A document with these pages: one at least must be there when it is saved.
    #[must_use]
    pub fn new<F: Into<DraftFile>>(
        kind: AddressDocument,
        files: impl IntoIterator<Item = F>,
    ) -> Self {
        Self {
            kind,
            files: files.into_iter().map(F::into).collect(),
            translation: Vec::new(),
        }
    }

    /// Its kind.
    #[must_use]
    pub fn element_type(&self) -> ElementType {
        self.kind.into()
    }

    /// The pages of the document.
    #[must_use]
    pub fn files(&self) -> &[DraftFile] {
        &self.files
    }

    /// The same, to add, replace or drop them.
    pub fn files_mut(&mut self) -> &mut Vec<DraftFile> {
        &mut self.files
    }

    /// The pages of a translation.
    #[must_use]
    pub fn translation(&self) -> &[DraftFile] {
        &self.translation
    }

    /// The same, to add, replace or drop them.
    pub fn translation_mut(&mut self) -> &mut Vec<DraftFile> {
        &mut self.translation
    }

    pub(super) fn from_stored(kind: ElementType, stored: &StoredAddressDocument) -> Self {
        let mut kinds = AddressDocument::ALL.into_iter();
        let kind = kinds.find(|it| ElementType::from(*it) == kind);
        Self {
            // A stored one is of one of the five kinds.
            kind: kind.unwrap_or(AddressDocument::UtilityBill),
            files: stored.files().iter().map(DraftFile::from).collect(),
            translation: stored.translation().iter().map(DraftFile::from).collect(),
        }
    }

    pub(super) fn all_files(&self) -> Vec<(FilePart, &DraftFile)> {
        let translation = self.translation.iter().enumerate();
        let translation = translation.map(|(at, file)| (FilePart::Translation(at), file));
        let files = self.files.iter().enumerate();
        let files = files.map(|(at, file)| (FilePart::Files(at), file));
        translation.chain(files).collect()
    }

    pub(super) fn remove_duplicates(&mut self) -> Result<(), DraftProblem> {
        keep_first(&mut self.files, FilePart::Files, &[])?;
        let files: Vec<_> = self.files.iter().collect();
        keep_first(&mut self.translation, FilePart::Translation, &files)
    }
}

impl fmt::Debug for AddressDocumentDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AddressDocumentDraft({}, ..)", self.element_type())
    }
}
