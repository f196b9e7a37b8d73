//! What of a stored value is handed over.

use core::fmt;

use crate::client::StoredValue;
use crate::element::ElementType;
use crate::file::FileCredentials;
use crate::hash::DataHash;
use crate::secret::ValueSecret;
use crate::submission::FilePart;

/// What was asked for beyond what is always sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// `selfie_required`
    pub selfie: bool,
    /// `translation_required`
    pub translation: bool,
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
    pub fn of(stored: &StoredValue, asked: Asked) -> Result<Self, NotStored> {
        let element = stored.element_type();
        let missing = |part| Err(NotStored { element, part });
        if asked.selfie && element.may_have_selfie() && stored.selfie().is_none() {
            return missing(FilePart::Selfie);
        }
        let is_translated = !stored.translation().is_empty();
        if asked.translation && element.may_have_translation() && !is_translated {
            return missing(FilePart::Translation(0));
        }
        let is_asked = |part: &FilePart| match part {
            FilePart::Selfie => asked.selfie,
            FilePart::Translation(_) => asked.translation,
            _ => true,
        };
        let files = stored.all_files().filter(|(part, _)| is_asked(part));
        Ok(Self {
            element,
            hash: stored.hash().to_vec(),
            data: stored
                .data_key()
                .map(|(hash, secret)| (*hash, secret.clone())),
            files: files
                .map(|(part, file)| (part, file.credentials().clone()))
                .collect(),
        })
    }

    /// Of keys that the caller has kept. `hash` is the server's, of that version of the value. Files
    /// are put in the order of their places; of two in one place the first is taken.
    #[must_use]
    pub fn from_keys(
        element: ElementType,
        hash: impl Into<Vec<u8>>,
        data: Option<(DataHash, ValueSecret)>,
        files: impl IntoIterator<Item = (FilePart, FileCredentials)>,
    ) -> Self {
        let mut files: Vec<_> = files.into_iter().collect();
        files.sort_by_key(|(part, _)| *part);
        files.dedup_by_key(|(part, _)| *part);
        Self {
            element,
            hash: hash.into(),
            data,
            files,
        }
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
