//! What is wrong with a scope, and where.

use core::fmt;

use super::MAX_SCOPE_LENGTH;
use crate::ElementType;

/// A scope that Telegram's rules forbid, or text that is no scope.
///
/// It names the place by a path such as `data[2].one_of[1].selfie`, with the long names of the
/// keys whichever form the text has; indices count from zero. Nothing of the text is quoted but
/// the name of an unknown type or key, cut and with control characters escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeError {
    place: Place,
    problem: ScopeProblem,
}

impl ScopeError {
    /// Where: `data[2].one_of[1].selfie`, or `scope` for the whole.
    #[must_use]
    pub fn path(&self) -> String {
        self.place.to_string()
    }

    /// What.
    #[must_use]
    pub fn problem(&self) -> &ScopeProblem {
        &self.problem
    }
}

impl fmt::Display for ScopeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

impl std::error::Error for ScopeError {}

/// What is wrong at the place that a [`ScopeError`] names.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScopeProblem {
    /// The text is longer than [`MAX_SCOPE_LENGTH`].
    TooLong {
        /// How many bytes it has.
        bytes: usize,
    },
    /// The text is not JSON.
    Json {
        /// What the JSON parser says, with line and column.
        reason: String,
    },
    /// White space stands around the object (only if read strictly).
    WhiteSpace,
    /// A value is of the wrong type.
    Wrong {
        /// What belongs there.
        expected: &'static str,
        /// What stands there.
        found: &'static str,
    },
    /// A key that must be there is not.
    Missing {
        /// Its long name, or both where one of two will do.
        key: &'static str,
    },
    /// A key stands twice in one object, perhaps once long and once short.
    KeyTwice {
        /// The key, as it stands there the second time.
        key: String,
    },
    /// A key has no meaning here (only if read strictly).
    UnknownKey {
        /// The key.
        key: String,
    },
    /// The version is not 1.
    Version,
    /// Nothing is asked for.
    Empty,
    /// A name is neither a type nor an alias.
    UnknownType {
        /// The name.
        name: String,
    },
    /// An object has both `type` and `one_of`.
    TypeAndAlternatives,
    /// A list of alternatives is empty.
    NoAlternatives,
    /// A list of alternatives stands within another.
    NestedAlternatives,
    /// `id_document` or `address_document` is an alternative.
    AliasAmongAlternatives {
        /// The long name of the alias.
        name: &'static str,
    },
    /// A type that is no document is an alternative.
    NoAlternative {
        /// The type.
        element: ElementType,
    },
    /// Identity documents and address documents are alternatives to each other.
    MixedAlternatives,
    /// An option is set where it means nothing.
    OptionNotAllowed {
        /// The option.
        option: ScopeOption,
        /// The long name of the type or alias.
        name: &'static str,
    },
    /// A type stands twice in the scope.
    Twice {
        /// The type.
        element: ElementType,
        /// The path of the first time.
        first: String,
    },
}

impl fmt::Display for ScopeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { bytes } => write!(
                f,
                "the text has {bytes} bytes, at most {MAX_SCOPE_LENGTH} are read"
            ),
            Self::Json { reason } => write!(f, "this is not JSON: {reason}"),
            Self::WhiteSpace => f.write_str(
                "white space around the object makes clients take the request for version 1.0, \
                 remove it",
            ),
            Self::Wrong { expected, found } => write!(f, "must be {expected}, but is {found}"),
            Self::Missing { key } => write!(f, "{key} is missing"),
            Self::KeyTwice { key } => write!(
                f,
                "the key {key:?} stands twice, counting its long and its short form as one"
            ),
            Self::UnknownKey { key } => write!(f, "the key {key:?} has no meaning here"),
            Self::Version => f.write_str("must be 1, the only version there is"),
            Self::Empty => f.write_str("nothing is asked for, name at least one type"),
            Self::UnknownType { name } => write!(
                f,
                "{name:?} is not the name of a type, which is one such as passport or pp"
            ),
            Self::TypeAndAlternatives => {
                f.write_str("this has both a type and one_of, leave one of them")
            }
            Self::NoAlternatives => {
                f.write_str("there is nothing to choose from, name at least one document")
            }
            Self::NestedAlternatives => {
                f.write_str("alternatives may not have alternatives, put all into one list")
            }
            Self::AliasAmongAlternatives { name } => write!(
                f,
                "{name} stands for several types and may not be an alternative, name them instead"
            ),
            Self::NoAlternative { element } => write!(
                f,
                "{element} is no document and may not be an alternative, ask for it by itself"
            ),
            Self::MixedAlternatives => f.write_str(
                "alternatives must be all identity documents or all address documents, \
                 ask for the others separately",
            ),
            Self::OptionNotAllowed { option, name } => {
                let who = match option {
                    ScopeOption::Selfie => "identity documents",
                    ScopeOption::Translation => "documents",
                    ScopeOption::NativeNames => "personal_details",
                };
                write!(f, "{name} has no {option}, only {who} can be asked for it")
            }
            Self::Twice { element, first } => write!(
                f,
                "{element} is asked for already by {first}, a type may stand only once"
            ),
        }
    }
}

/// What can be asked for beside an element itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScopeOption {
    /// `selfie`
    Selfie,
    /// `translation`
    Translation,
    /// `native_names`
    NativeNames,
}

impl ScopeOption {
    /// The key in the long form.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Selfie => "selfie",
            Self::Translation => "translation",
            Self::NativeNames => "native_names",
        }
    }

    /// The key in the short form.
    #[must_use]
    pub const fn short_name(self) -> &'static str {
        match self {
            Self::Selfie => "s",
            Self::Translation => "t",
            Self::NativeNames => "n",
        }
    }
}

impl fmt::Display for ScopeOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What was passed over in a scope that was read leniently.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScopeWarning {
    /// A key has no meaning where it stands.
    UnknownKey {
        /// The path of the object that has it.
        path: String,
        /// The key, cut and with control characters escaped when printed.
        key: String,
    },
    /// White space stands around the object. Clients that read the text take such a request for
    /// version 1.0 and look for `payload` instead of `nonce`.
    WhiteSpace,
}

impl fmt::Display for ScopeWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, problem) = match self {
            Self::UnknownKey { path, key } => {
                let key = key.clone();
                (path.as_str(), ScopeProblem::UnknownKey { key })
            }
            Self::WhiteSpace => ("scope", ScopeProblem::WhiteSpace),
        };
        write!(f, "{path}: {problem}")
    }
}

/// A place in a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    element: Option<usize>,
    member: Option<usize>,
    key: Option<&'static str>,
}

impl Place {
    pub(super) const SCOPE: Self = Self {
        element: None,
        member: None,
        key: None,
    };

    pub(super) const DATA: Self = Self::SCOPE.key("data");

    pub(super) const fn element(index: usize) -> Self {
        Self {
            element: Some(index),
            ..Self::SCOPE
        }
    }

    pub(super) const fn member(self, index: usize) -> Self {
        Self {
            member: Some(index),
            key: None,
            ..self
        }
    }

    pub(super) const fn key(self, key: &'static str) -> Self {
        Self {
            key: Some(key),
            ..self
        }
    }

    pub(super) const fn is_member(self) -> bool {
        self.member.is_some()
    }

    pub(super) fn error(self, problem: ScopeProblem) -> ScopeError {
        ScopeError {
            place: self,
            problem,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(element) = self.element else {
            return f.write_str(self.key.unwrap_or("scope"));
        };
        write!(f, "data[{element}]")?;
        if let Some(member) = self.member {
            write!(f, ".one_of[{member}]")?;
        }
        match self.key {
            Some(key) => write!(f, ".{key}"),
            None => Ok(()),
        }
    }
}
