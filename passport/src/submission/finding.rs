//! What a submission holds beyond, or short of, what could be opened.

use core::fmt;

use crate::element::ElementType;

/// A part of an element: its document, or a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// `data`: the JSON document.
    Data,
    /// A file.
    File(FilePart),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Data => f.write_str("data"),
            Self::File(part) => part.fmt(f),
        }
    }
}

/// Which file of an element. Places in lists count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FilePart {
    /// `front_side`
    FrontSide,
    /// `reverse_side`
    ReverseSide,
    /// `selfie`
    Selfie,
    /// One of `translation`.
    Translation(usize),
    /// One of `files`.
    Files(usize),
}

impl fmt::Display for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FrontSide => f.write_str("front_side"),
            Self::ReverseSide => f.write_str("reverse_side"),
            Self::Selfie => f.write_str("selfie"),
            Self::Translation(index) => write!(f, "translation[{index}]"),
            Self::Files(index) => write!(f, "files[{index}]"),
        }
    }
}

/// Something about a submission that is neither an error nor quite as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// An element of a kind that this version does not know. It was left closed.
    UnknownElement(String),
    /// A part was sent, but no secret for it: it cannot be opened. Clients do so with selfies and
    /// translations that were not asked for.
    NoCredentials(ElementType, Part),
    /// There is a secret for a part that was not sent.
    NotSent(ElementType, Part),
    /// A part that elements of this kind do not have. It was left closed.
    Unexpected(ElementType, Part),
    /// A file was sent as empty: the server has lost it.
    EmptyFile(ElementType, Part),
    /// A phone number or e-mail element without its text.
    NoText(ElementType),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownElement(name) => write!(f, "unknown element type {name:?}, left closed"),
            Self::NoCredentials(element, part) => {
                write!(
                    f,
                    "{element}.{part}: sent without credentials, cannot be opened"
                )
            }
            Self::NotSent(element, part) => {
                write!(
                    f,
                    "{element}.{part}: there are credentials for it, but it was not sent"
                )
            }
            Self::Unexpected(element, part) => {
                write!(
                    f,
                    "{element}.{part}: this type has no such part, left closed"
                )
            }
            Self::EmptyFile(element, part) => write!(f, "{element}.{part}: sent as an empty file"),
            Self::NoText(element) => write!(f, "{element}: sent without its text"),
        }
    }
}
