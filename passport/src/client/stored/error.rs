//! Why a stored value does not open.

use core::fmt;

use crate::document::DocumentError;
use crate::element::ElementType;
use crate::error::OpenError;
use crate::submission::Part;

/// A stored value does not open. Nothing of it was handed out.
///
/// Other clients treat such a value as absent. It is still on the server: it is lost only when it is
/// deleted or saved anew, which is for the user to say.
#[derive(Debug)]
pub struct StoredError {
    element: ElementType,
    part: Option<Part>,
    problem: StoredProblem,
}

impl StoredError {
    /// The kind of the value.
    #[must_use]
    pub fn element_type(&self) -> ElementType {
        self.element
    }

    /// The part that is to blame; none for the text of a phone number or an e-mail address, or for
    /// the value as a whole.
    #[must_use]
    pub fn part(&self) -> Option<Part> {
        self.part
    }

    /// What is wrong with it.
    #[must_use]
    pub fn problem(&self) -> &StoredProblem {
        &self.problem
    }

    pub(crate) fn new(
        element: ElementType,
        part: impl Into<Option<Part>>,
        problem: StoredProblem,
    ) -> Self {
        let part = part.into();
        Self {
            element,
            part,
            problem,
        }
    }
}

impl fmt::Display for StoredError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the stored {}", self.element)?;
        if let Some(part) = self.part {
            write!(f, ".{part}")?;
        }
        write!(f, " cannot be used: {}", self.problem)
    }
}

impl std::error::Error for StoredError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.problem {
            StoredProblem::Open(error) => Some(error),
            StoredProblem::Document(error) => Some(error),
            _ => None,
        }
    }
}

/// What is wrong with a stored value.
#[derive(Debug)]
#[non_exhaustive]
pub enum StoredProblem {
    /// A part is missing that the type must have.
    Missing,
    /// There is a part that the type does not have.
    Unexpected,
    /// The text is of the other kind: an e-mail address in a phone number, or the reverse.
    OtherPlainData,
    /// The hash is not 32 bytes.
    Hash,
    /// The encrypted value secret is not 32 bytes, or does not open with this passport secret: the
    /// value was saved under another one, or is damaged.
    Secret,
    /// The data does not decrypt to what its hash says, or its padding is wrong.
    Open(OpenError),
    /// The data was decrypted and verified, but it is no document: some client stored it so.
    Document(DocumentError),
    /// The server has sent a second value of this type.
    Twice,
}

impl fmt::Display for StoredProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("the part is missing"),
            Self::Unexpected => f.write_str("the type has no such part"),
            Self::OtherPlainData => f.write_str("its text is of another kind"),
            Self::Hash => f.write_str("its hash is not 32 bytes long"),
            Self::Secret => f.write_str(
                "its secret does not open with the passport secret at hand: it was saved under \
                 another one, or is damaged",
            ),
            Self::Open(error) => error.fmt(f),
            Self::Document(error) => error.fmt(f),
            Self::Twice => f.write_str("the server has sent two values of this type"),
        }
    }
}
