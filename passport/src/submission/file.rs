//! The files of a submission, not yet fetched.

use core::fmt;
use core::ops::Deref;

use super::finding::FilePart;
use crate::answer::{ElementError, Source};
use crate::cipher::Plaintext;
use crate::element::ElementType;
use crate::error::OpenError;
use crate::file::FileCredentials;
use crate::hash::FileHash;
use crate::location::FileLocation;

/// A file that was sent: what it is, where it lies, and the key to it.
#[derive(Clone)]
pub struct PassportFile {
    pub(super) element: ElementType,
    pub(super) part: FilePart,
    pub(super) location: FileLocation,
    pub(super) credentials: FileCredentials,
}

impl PassportFile {
    /// The kind of the element that it belongs to.
    #[must_use]
    pub fn element_type(&self) -> ElementType {
        self.element
    }

    /// Which part of the element it is.
    #[must_use]
    pub fn part(&self) -> FilePart {
        self.part
    }

    /// Where to fetch it.
    #[must_use]
    pub fn location(&self) -> &FileLocation {
        &self.location
    }

    /// Hash and secret: what decrypts it, also as a stream.
    #[must_use]
    pub fn credentials(&self) -> &FileCredentials {
        &self.credentials
    }

    /// The hash that its decrypted bytes must have.
    #[must_use]
    pub fn hash(&self) -> &FileHash {
        self.credentials.hash()
    }

    /// Decrypts it, fetched as a whole.
    ///
    /// # Errors
    ///
    /// [`OpenError`] if these bytes are not the file that was submitted.
    pub fn decrypt(&self, encrypted: impl Into<Vec<u8>>) -> Result<Plaintext, OpenError> {
        self.credentials
            .decrypt(encrypted)
            .map_err(|error| error.in_place(format!("{}.{}", self.element, self.part)))
    }

    /// An error about this file, for the user: it is resolved when the file changes.
    #[must_use]
    pub fn error(&self, message: impl Into<String>) -> ElementError {
        let hash = *self.hash();
        let source = match self.part {
            FilePart::FrontSide => Source::FrontSide(hash),
            FilePart::ReverseSide => Source::ReverseSide(hash),
            FilePart::Selfie => Source::Selfie(hash),
            FilePart::Translation(_) => Source::TranslationFile(hash),
            FilePart::Files(_) => Source::File(hash),
        };
        ElementError::new(self.element, source, message)
    }
}

impl fmt::Debug for PassportFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PassportFile")
            .field("element_type", &self.element)
            .field("part", &self.part)
            .field("location", &self.location)
            .finish_non_exhaustive()
    }
}

/// The files of a list, `files` or `translation`: at least one, in the order of the sender.
#[derive(Clone, Debug)]
pub struct PassportFiles {
    element: ElementType,
    list: List,
    files: Vec<PassportFile>,
}

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    Translation,
    Files,
}

impl PassportFiles {
    /// An error about the list as a whole, such as a missing page, for the user: it is resolved when
    /// the list changes.
    #[must_use]
    pub fn error(&self, message: impl Into<String>) -> ElementError {
        let hashes = self.files.iter().map(|file| *file.hash()).collect();
        let source = match self.list {
            List::Translation => Source::TranslationFiles(hashes),
            List::Files => Source::Files(hashes),
        };
        ElementError::new(self.element, source, message)
    }

    pub(super) fn new(element: ElementType, list: List, files: Vec<PassportFile>) -> Option<Self> {
        if files.is_empty() {
            None
        } else {
            Some(Self {
                element,
                list,
                files,
            })
        }
    }
}

impl Deref for PassportFiles {
    type Target = [PassportFile];

    fn deref(&self) -> &[PassportFile] {
        &self.files
    }
}

impl<'a> IntoIterator for &'a PassportFiles {
    type Item = &'a PassportFile;
    type IntoIter = core::slice::Iter<'a, PassportFile>;

    fn into_iter(self) -> Self::IntoIter {
        self.files.iter()
    }
}
