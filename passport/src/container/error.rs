//! What is wrong with a message before anything is decrypted.

use core::fmt;

/// The message is not the container of a submission.
///
/// Nothing has been decrypted yet, and nothing in it is secret: this may be shown to anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContainerError {
    problem: Problem,
    place: String,
}

impl ContainerError {
    /// What is wrong.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// Where: a path such as `passport_data.data[1].front_side.file_id`, or empty.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    pub(crate) fn new(problem: Problem, place: impl fmt::Display) -> Self {
        Self {
            problem,
            place: place.to_string(),
        }
    }
}

impl fmt::Display for ContainerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        self.problem.fmt(f)
    }
}

impl std::error::Error for ContainerError {}

/// What is wrong with a container.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// It is not JSON, or more of it than a submission can be. The text says which, and where.
    Json(String),
    /// It is not the TL constructor. The text says what the bytes are instead.
    Tl(String),
    /// A field is missing that must be there.
    Missing,
    /// A field is of another kind; this is the kind that it must be.
    Expected(&'static str),
    /// A field is not base64 in the standard alphabet, padded and canonical.
    Base64,
    /// A hash is not 32 bytes long.
    HashLength,
    /// The element type has occurred before.
    Twice,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(text) | Self::Tl(text) => f.write_str(text),
            Self::Missing => f.write_str("the field is missing"),
            Self::Expected(kind) => write!(f, "the field must be {kind}"),
            Self::Base64 => f.write_str("the field must be base64: standard alphabet, padded"),
            Self::HashLength => f.write_str("a hash must have 32 bytes"),
            Self::Twice => f.write_str("the same element type has occurred before"),
        }
    }
}
