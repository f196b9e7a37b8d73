//! Why a draft is not saved.

use core::fmt;
use std::io;

use super::{MAX_FILE_LENGTH, MAX_FILES};
use crate::document::{AddressField, IdDocumentField, PersonalDetailsField, Violations};
use crate::element::ElementType;
use crate::submission::FilePart;

/// A draft cannot be saved as it is. Nothing was sent.
#[derive(Debug)]
pub struct DraftError {
    element: ElementType,
    problems: Vec<DraftProblem>,
}

impl DraftError {
    /// The kind of the value.
    #[must_use]
    pub fn element_type(&self) -> ElementType {
        self.element
    }

    /// Everything that is wrong: at least one problem, that of the document first.
    #[must_use]
    pub fn problems(&self) -> &[DraftProblem] {
        &self.problems
    }

    pub(crate) fn new(element: ElementType, problems: Vec<DraftProblem>) -> Self {
        Self { element, problems }
    }

    pub(super) fn unless_empty(
        element: ElementType,
        problems: Vec<DraftProblem>,
    ) -> Result<(), Self> {
        match problems.is_empty() {
            true => Ok(()),
            false => Err(Self::new(element, problems)),
        }
    }
}

impl fmt::Display for DraftError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} cannot be saved: ", self.element)?;
        for (index, problem) in self.problems.iter().enumerate() {
            let semicolon = if index == 0 { "" } else { "; " };
            write!(f, "{semicolon}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for DraftError {}

/// What is wrong with a draft.
#[derive(Debug)]
#[non_exhaustive]
pub enum DraftProblem {
    /// Fields of the personal details break rules.
    PersonalDetails(Violations<PersonalDetailsField>),
    /// Fields of an identity document break rules.
    IdentityDocument(Violations<IdDocumentField>),
    /// Fields of the address break rules.
    Address(Violations<AddressField>),
    /// The phone number or the e-mail address is none.
    Plain(Violations<ElementType>),
    /// The document has no page: one at least must be there.
    NoFiles,
    /// More than [`MAX_FILES`] files.
    TooManyFiles {
        /// How many there are.
        count: usize,
    },
    /// More than [`MAX_FILES`] pages of a translation.
    TooManyTranslations {
        /// How many there are.
        count: usize,
    },
    /// A file without a byte.
    EmptyFile {
        /// Which.
        part: FilePart,
    },
    /// A file of more than [`MAX_FILE_LENGTH`] bytes.
    FileTooLong {
        /// Which.
        part: FilePart,
        /// How many bytes it has.
        length: u64,
    },
    /// Two of front side, reverse side and selfie are the same picture.
    SameFile(FilePart, FilePart),
    /// A file cannot be read.
    Source {
        /// Which.
        part: FilePart,
        /// What was said to reading it.
        error: io::Error,
    },
}

impl DraftProblem {
    pub(super) fn source(part: FilePart, error: io::Error) -> Self {
        Self::Source { part, error }
    }
}

impl fmt::Display for DraftProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PersonalDetails(violations) => violations.fmt(f),
            Self::IdentityDocument(violations) => violations.fmt(f),
            Self::Address(violations) => violations.fmt(f),
            Self::Plain(violations) => violations.fmt(f),
            Self::NoFiles => f.write_str("it must have a file at least"),
            Self::TooManyFiles { count } => {
                write!(f, "it has {count} files, more than the {MAX_FILES} allowed")
            }
            Self::TooManyTranslations { count } => write!(
                f,
                "its translation has {count} files, more than the {MAX_FILES} allowed"
            ),
            Self::EmptyFile { part } => write!(f, "{part}: the file is empty"),
            Self::FileTooLong { part, length } => write!(
                f,
                "{part}: the file has {length} bytes, more than the {MAX_FILE_LENGTH} allowed; \
                 scale the picture down"
            ),
            Self::SameFile(one, other) => {
                write!(f, "{one} and {other} are the same file, and must not be")
            }
            Self::Source { part, error } => write!(f, "{part}: the file cannot be read: {error}"),
        }
    }
}
