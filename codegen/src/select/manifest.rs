//! What a selection starts from, and what it stops at.

use std::fmt;

use crate::check::suggest::similar;
use crate::schema::{Combinator, Schema};

/// The roots of a selection, by their TL names, and the types that it does not enter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Functions to keep, with all that they reach.
    pub methods: Vec<String>,
    /// Boxed types to keep whole, with all that they reach.
    pub types: Vec<String>,
    /// Constructors to keep by themselves, with all that their fields reach. Unless their type is
    /// reached by another way, it becomes [partial](crate::schema::TypeDef::partial).
    pub constructors: Vec<String>,
    /// Boxed types that exist wherever they are reached, but without their constructors: only
    /// those stay that `constructors` names, usually none. No other value of them can be decoded.
    pub opaque: Vec<String>,
}

impl Manifest {
    /// Sorts names of any kind into a manifest: methods, constructors and types of `schema`.
    ///
    /// A name that it does not have counts as a type if its last part begins with a capital, else
    /// as a method, so that [`select`](super::select) reports it.
    pub fn from_names<N: AsRef<str>>(schema: &Schema, names: &[N]) -> Self {
        let mut manifest = Self::default();
        for name in names.iter().map(AsRef::as_ref) {
            let base = name.rsplit('.').next().unwrap_or(name);
            let list = if find(&schema.constructors, name).is_some() {
                &mut manifest.constructors
            } else if base.starts_with(char::is_uppercase) {
                &mut manifest.types
            } else {
                &mut manifest.methods
            };
            list.push(name.to_owned());
        }
        manifest
    }
}

/// The manifest names what the schema does not have, or contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Error {
    /// Everything that is wrong with it, at least one problem.
    pub problems: Vec<Problem>,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.problems.iter().enumerate() {
            let separator = if at == 0 { "" } else { "\n" };
            write!(f, "{separator}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// One thing that is wrong with a manifest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The schema has nothing of that kind and name.
    #[error("the schema has no {kind} `{name}`")]
    Unknown {
        /// `method`, `type` or `constructor`.
        kind: &'static str,
        /// The name in the manifest.
        name: String,
        /// How to mend it, if there is a guess.
        hint: Option<String>,
    },
    /// A type is to be kept whole and opaque.
    #[error("the type `{name}` is listed as a root and as opaque")]
    OpaqueRoot {
        /// The name in the manifest.
        name: String,
    },
}

impl Problem {
    /// How a person can mend it.
    pub fn hint(&self) -> Option<&str> {
        match self {
            Problem::Unknown { hint, .. } => hint.as_deref(),
            Problem::OpaqueRoot { .. } => Some("remove it from one of the two lists"),
        }
    }
}

/// A manifest in indices.
pub(super) struct Roots {
    pub(super) methods: Vec<usize>,
    pub(super) types: Vec<usize>,
    pub(super) constructors: Vec<usize>,
    pub(super) opaque: Vec<usize>,
}

impl Roots {
    pub(super) fn resolve(schema: &Schema, manifest: &Manifest) -> Result<Self, Error> {
        let mut problems = Vec::new();
        let mut resolve = |kind: Kind, names: &[String]| -> Vec<usize> {
            let found = names.iter().filter_map(|name| {
                let found = kind.find(schema, name);
                if found.is_none() {
                    problems.push(unknown(schema, kind, name));
                }
                found
            });
            found.collect()
        };
        let roots = Self {
            methods: resolve(Kind::Method, &manifest.methods),
            types: resolve(Kind::Type, &manifest.types),
            constructors: resolve(Kind::Constructor, &manifest.constructors),
            opaque: resolve(Kind::Type, &manifest.opaque),
        };
        problems.extend(
            (roots.types.iter().filter(|at| roots.opaque.contains(at))).map(|&at| {
                Problem::OpaqueRoot {
                    name: schema.types[at].name.clone(),
                }
            }),
        );
        if problems.is_empty() {
            Ok(roots)
        } else {
            Err(Error { problems })
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Method,
    Type,
    Constructor,
}

impl Kind {
    const ALL: [Kind; 3] = [Kind::Method, Kind::Type, Kind::Constructor];

    fn name(self) -> &'static str {
        match self {
            Kind::Method => "method",
            Kind::Type => "type",
            Kind::Constructor => "constructor",
        }
    }

    fn find(self, schema: &Schema, name: &str) -> Option<usize> {
        match self {
            Kind::Method => find(&schema.functions, name),
            Kind::Type => schema.types.iter().position(|ty| ty.name == name),
            Kind::Constructor => find(&schema.constructors, name),
        }
    }

    fn names(self, schema: &Schema) -> Vec<&str> {
        match self {
            Kind::Method => schema.functions.iter().map(|at| &*at.name).collect(),
            Kind::Type => schema.types.iter().map(|at| &*at.name).collect(),
            Kind::Constructor => schema.constructors.iter().map(|at| &*at.name).collect(),
        }
    }
}

fn find(combinators: &[Combinator], name: &str) -> Option<usize> {
    combinators.iter().position(|at| at.name == name)
}

fn unknown(schema: &Schema, kind: Kind, name: &str) -> Problem {
    let other = Kind::ALL
        .into_iter()
        .find(|other| other.find(schema, name).is_some());
    let hint = match other {
        Some(other) => Some(format!("`{name}` is a {}", other.name())),
        None => similar(name, kind.names(schema).into_iter())
            .map(|guess| format!("did you mean `{guess}`?")),
    };
    Problem::Unknown {
        kind: kind.name(),
        name: name.to_owned(),
        hint,
    }
}
