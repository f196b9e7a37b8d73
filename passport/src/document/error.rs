//! Why a document cannot be read.

use core::fmt;

/// The longest JSON text that is read as a document: 256 KiB.
///
/// The fields of a document have at most a few hundred characters. Clients add keys over time, so
/// there is room.
pub const MAX_DOCUMENT_LENGTH: usize = 256 * 1024;

/// Why a document cannot be read. The sender's fault, always; says nothing of the content.
///
/// Meant for the local log. To the person who sent the document all of these are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DocumentError {
    /// Longer than [`MAX_DOCUMENT_LENGTH`].
    TooLong {
        /// The length, in bytes.
        length: usize,
    },
    /// Not UTF-8.
    NotUtf8 {
        /// How many bytes before the fault are UTF-8.
        valid_up_to: usize,
    },
    /// Not JSON: broken off, a byte order mark, something after the end, a comma too many.
    NotJson {
        /// Line of the fault, counted from 1.
        line: usize,
        /// Column of the fault, counted in bytes from 1; 0 before the first byte of a line.
        column: usize,
    },
    /// JSON, but not an object.
    NotAnObject,
    /// A known key stands twice. Readers differ in which of the two they believe.
    DuplicateKey {
        /// The key.
        field: &'static str,
    },
    /// A known key holds a boolean, an array or an object, instead of text, a number or null.
    NotText {
        /// The key.
        field: &'static str,
    },
    /// The text of a known key escapes one half of a surrogate pair, which is no character.
    LoneSurrogate {
        /// The key.
        field: &'static str,
    },
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { length } => write!(
                f,
                "the sender's document has {length} bytes, more than the {MAX_DOCUMENT_LENGTH} that are read"
            ),
            Self::NotUtf8 { valid_up_to } => {
                write!(
                    f,
                    "the sender's document is not UTF-8 at byte {valid_up_to}"
                )
            }
            Self::NotJson { line, column } => write!(
                f,
                "the sender's document is not JSON at line {line}, column {column}"
            ),
            Self::NotAnObject => f.write_str("the sender's document is JSON, but not an object"),
            Self::DuplicateKey { field } => {
                write!(f, "the sender's document has the key `{field}` twice")
            }
            Self::NotText { field } => write!(
                f,
                "the sender's document has neither text nor a number nor null in `{field}`"
            ),
            Self::LoneSurrogate { field } => write!(
                f,
                "the sender's document has half a surrogate pair in `{field}`"
            ),
        }
    }
}

impl std::error::Error for DocumentError {}
