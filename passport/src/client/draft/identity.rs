//! Identity documents to be saved.

use core::fmt;

use super::same::{keep_first, refuse_same};
use super::{DataDraft, DraftFile, DraftProblem};
use crate::client::stored::StoredIdentityDocument;
use crate::document::IdDocumentData;
use crate::element::ElementType;
use crate::submission::FilePart;

/// One of the four identity documents, to be saved. Passports have one side to be shown; driver's
/// licenses and identity cards have two, and are not made without either.
///
/// ```
/// use telegram_passport::client::{IdentityDocumentDraft, NewFile};
/// use telegram_passport::document::IdDocumentData;
///
/// let file = |content: &str| NewFile::from_bytes(content);
/// let mut card =
///     IdentityDocumentDraft::identity_card(IdDocumentData::new(), file("front"), file("back"));
/// *card.selfie_mut() = Some(file("selfie").into());
/// if let Some(reverse_side) = card.reverse_side_mut() {
///     *reverse_side = file("a better picture").into();
/// }
/// card.translation_mut().push(file("page 1").into());
/// ```
#[derive(Clone)]
pub struct IdentityDocumentDraft {
    sides: Sides,
    data: DataDraft<IdDocumentData>,
    selfie: Option<DraftFile>,
    translation: Vec<DraftFile>,
}

/// The kind, and what it has to show.
#[derive(Clone)]
enum Sides {
    Passport(DraftFile),
    InternalPassport(DraftFile),
    DriverLicense(DraftFile, DraftFile),
    IdentityCard(DraftFile, DraftFile),
}

impl IdentityDocumentDraft {
    /// An international passport.
    #[must_use]
    pub fn passport(
        data: impl Into<DataDraft<IdDocumentData>>,
        front_side: impl Into<DraftFile>,
    ) -> Self {
        Self::new(data.into(), Sides::Passport(front_side.into()))
    }

    /// An internal passport.
    #[must_use]
    pub fn internal_passport(
        data: impl Into<DataDraft<IdDocumentData>>,
        front_side: impl Into<DraftFile>,
    ) -> Self {
        Self::new(data.into(), Sides::InternalPassport(front_side.into()))
    }

    /// A driver's license.
    #[must_use]
    pub fn driver_license(
        data: impl Into<DataDraft<IdDocumentData>>,
        front_side: impl Into<DraftFile>,
        reverse_side: impl Into<DraftFile>,
    ) -> Self {
        let sides = Sides::DriverLicense(front_side.into(), reverse_side.into());
        Self::new(data.into(), sides)
    }

    /// An identity card.
    #[must_use]
    pub fn identity_card(
        data: impl Into<DataDraft<IdDocumentData>>,
        front_side: impl Into<DraftFile>,
        reverse_side: impl Into<DraftFile>,
    ) -> Self {
        let sides = Sides::IdentityCard(front_side.into(), reverse_side.into());
        Self::new(data.into(), sides)
    }

    /// Its kind.
    #[must_use]
    pub fn element_type(&self) -> ElementType {
        match self.sides {
            Sides::Passport(_) => ElementType::Passport,
            Sides::InternalPassport(_) => ElementType::InternalPassport,
            Sides::DriverLicense(..) => ElementType::DriverLicense,
            Sides::IdentityCard(..) => ElementType::IdentityCard,
        }
    }

    /// Number and expiry date.
    #[must_use]
    pub fn data(&self) -> &DataDraft<IdDocumentData> {
        &self.data
    }

    /// The same, to change it.
    pub fn data_mut(&mut self) -> &mut DataDraft<IdDocumentData> {
        &mut self.data
    }

    /// The front side, or the main page.
    #[must_use]
    pub fn front_side(&self) -> &DraftFile {
        self.sides.both().0
    }

    /// The same, to replace it.
    pub fn front_side_mut(&mut self) -> &mut DraftFile {
        match &mut self.sides {
            Sides::Passport(front) | Sides::InternalPassport(front) => front,
            Sides::DriverLicense(front, _) | Sides::IdentityCard(front, _) => front,
        }
    }

    /// The reverse side; driver's licenses and identity cards have one.
    #[must_use]
    pub fn reverse_side(&self) -> Option<&DraftFile> {
        self.sides.both().1
    }

    /// The same, to replace it.
    pub fn reverse_side_mut(&mut self) -> Option<&mut DraftFile> {
        match &mut self.sides {
            Sides::Passport(_) | Sides::InternalPassport(_) => None,
            Sides::DriverLicense(_, reverse) | Sides::IdentityCard(_, reverse) => Some(reverse),
        }
    }

    /// The user holding the document.
    #[must_use]
    pub fn selfie(&self) -> Option<&DraftFile> {
        self.selfie.as_ref()
    }

    /// The same, to add, replace or drop it.
    pub fn selfie_mut(&mut self) -> &mut Option<DraftFile> {
        &mut self.selfie
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

    pub(super) fn from_stored(kind: ElementType, stored: &StoredIdentityDocument) -> Self {
        let front = DraftFile::from(stored.front_side());
        let reverse = stored.reverse_side().map(DraftFile::from);
        let sides = match (kind, reverse) {
            (ElementType::DriverLicense, Some(reverse)) => Sides::DriverLicense(front, reverse),
            (_, Some(reverse)) => Sides::IdentityCard(front, reverse),
            (ElementType::InternalPassport, None) => Sides::InternalPassport(front),
            (_, None) => Sides::Passport(front),
        };
        Self {
            selfie: stored.selfie().map(DraftFile::from),
            translation: stored.translation().iter().map(DraftFile::from).collect(),
            ..Self::new(DataDraft::from_stored(stored.data()), sides)
        }
    }

    pub(super) fn all_files(&self) -> Vec<(FilePart, &DraftFile)> {
        let translation = self.translation.iter().enumerate();
        let mut files = self.singles();
        files.extend(translation.map(|(at, file)| (FilePart::Translation(at), file)));
        files
    }

    pub(super) fn remove_duplicates(&mut self) -> Result<(), DraftProblem> {
        refuse_same(&self.singles())?;
        let mut translation = core::mem::take(&mut self.translation);
        let others: Vec<_> = self.singles().into_iter().map(|(_, file)| file).collect();
        let outcome = keep_first(&mut translation, FilePart::Translation, &others);
        self.translation = translation;
        outcome
    }

    fn singles(&self) -> Vec<(FilePart, &DraftFile)> {
        let (front, reverse) = self.sides.both();
        let reverse = reverse.map(|file| (FilePart::ReverseSide, file));
        let selfie = self.selfie().map(|file| (FilePart::Selfie, file));
        let front = Some((FilePart::FrontSide, front));
        [front, reverse, selfie].into_iter().flatten().collect()
    }

    fn new(data: DataDraft<IdDocumentData>, sides: Sides) -> Self {
        Self {
            sides,
            data,
            selfie: None,
            translation: Vec::new(),
        }
    }
}

impl Sides {
    fn both(&self) -> (&DraftFile, Option<&DraftFile>) {
        match self {
            Self::Passport(front) | Self::InternalPassport(front) => (front, None),
            Self::DriverLicense(front, reverse) | Self::IdentityCard(front, reverse) => {
                (front, Some(reverse))
            }
        }
    }
}

impl fmt::Debug for IdentityDocumentDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdentityDocumentDraft({}, ..)", self.element_type())
    }
}
