//! What of a stored value is handed over.

use core::fmt;

use crate::client::StoredValue;
use crate::element::ElementType;
use crate::file::FileCredentials;
use crate::hash::DataHash;
use crate::scope::Required;
use crate::secret::ValueSecret;
use crate::submission::FilePart;

/// What was asked for beyond what is always sent. Made from a [`Required`] of a form or a scope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// `selfie_required`
    pub selfie: bool,
    /// `translation_required`
    pub translation: bool,
}

impl From<Required> for Asked {
    fn from(required: Required) -> Self {
        Self {
            selfie: required.selfie,
            translation: required.translation,
        }
    }
}

/// One value that is handed over, with the keys to exactly those of its parts that were asked for.
///
/// The server sends the bot the value as it is stored; what the bot has no keys for it cannot read.
///
/// Source: protocol reference, sections 1.3 (selfie and translation filtering) and 7.3.
#[derive(Clone)]
pub struct Disclosure {
    pub(in crate::client) element: ElementType,
    pub(in crate::client) hash: Vec<u8>,
    pub(in crate::client) data: Option<(DataHash, ValueSecret)>,
    /// In the order of their places.
    pub(in crate::client) files: Vec<(FilePart, FileCredentials)>,
}

impl Disclosure {
    /// Of a stored value: document, sides and files always, selfie and translation only if asked for.
    ///
    /// # Errors
    ///
    /// [`NotStored`] if a selfie or a translation is asked for that the value may have and has not.
    pub fn of(stored: &StoredValue, asked: impl Into<Asked>) -> Result<Self, NotStored> {
        let data = stored
            .data_key()
            .map(|(hash, secret)| (*hash, secret.clone()));
        let files = stored
            .all_files()
            .map(|(part, file)| (part, file.credentials().clone()));
        let (element, asked) = (stored.element_type(), asked.into());
        Self::from_keys(element, stored.hash(), data, files, asked)
    }

    /// Of keys that the caller has kept: those of all parts that are stored. `hash` is the server's, of
    /// that version of the value. Files are put in the order of their places; of two in one place the
    /// first is taken.
    ///
    /// # Errors
    ///
    /// As [`of`](Self::of).
    pub fn from_keys(
        element: ElementType,
        hash: impl Into<Vec<u8>>,
        data: Option<(DataHash, ValueSecret)>,
        files: impl IntoIterator<Item = (FilePart, FileCredentials)>,
        asked: Asked,
    ) -> Result<Self, NotStored> {
        let is_asked = |part: FilePart| match part {
            FilePart::Selfie => asked.selfie,
            FilePart::Translation(_) => asked.translation,
            FilePart::FrontSide | FilePart::ReverseSide | FilePart::Files(_) => true,
        };
        let mut files: Vec<_> = files.into_iter().collect();
        files.retain(|(part, _)| is_asked(*part));
        files.sort_by_key(|(part, _)| *part);
        files.dedup_by_key(|(part, _)| *part);
        let has = |wanted: fn(&FilePart) -> bool| files.iter().any(|(part, _)| wanted(part));
        let has_selfie = has(|part| matches!(part, FilePart::Selfie));
        if asked.selfie && element.may_have_selfie() && !has_selfie {
            let part = FilePart::Selfie;
            return Err(NotStored { element, part });
        }
        let has_translation = has(|part| matches!(part, FilePart::Translation(_)));
        if asked.translation && element.may_have_translation() && !has_translation {
            let part = FilePart::Translation(0);
            return Err(NotStored { element, part });
        }
        Ok(Self {
            element,
            hash: hash.into(),
            data,
            files,
        })
    }

    /// The kind of the value.
    #[must_use]
    pub fn element_type(&self) -> ElementType {
        self.element
    }
}

impl fmt::Debug for Disclosure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<_> = self.files.iter().map(|(part, _)| part).collect();
        f.debug_struct("Disclosure")
            .field("element_type", &self.element)
            .field("files", &parts)
            .finish_non_exhaustive()
    }
}

/// A part that was asked for is not stored: the user must add it first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotStored {
    /// The kind of the value.
    pub element: ElementType,
    /// The part.
    pub part: FilePart,
}

impl fmt::Display for NotStored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = match self.part {
            FilePart::Selfie => "selfie",
            _ => "translation",
        };
        write!(
            f,
            "the {} has no {part}, which was asked for: add it first",
            self.element
        )
    }
}

impl std::error::Error for NotStored {}
