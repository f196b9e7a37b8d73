//! What stands between a form and its submission.

use core::fmt;

use super::blame::Blame;
use crate::document::Rule;
use crate::element::ElementType;
use crate::fulfilment::Ingredient;

/// Something that stands between a value and its submission.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lack {
    /// It is asked for and not stored.
    Missing(Ingredient),
    /// A field breaks a rule.
    Invalid {
        /// The field by its name; for a phone number and an e-mail address the type.
        field: String,
        /// The rule.
        rule: Rule,
    },
    /// What is stored does not open: see [`Review::unusable`](super::Review::unusable).
    Unusable,
    /// The service complains about it.
    Blamed(Blame),
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(ingredient) => write!(f, "{ingredient} is missing"),
            Self::Invalid { field, rule } => write!(f, "`{field}` {rule}"),
            Self::Unusable => f.write_str("what is stored does not open: save it anew"),
            Self::Blamed(blame) => write!(f, "the service says: {}", blame.text()),
        }
    }
}

/// Rows of a form that are not ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incomplete {
    rows: Vec<MissingRow>,
}

impl Incomplete {
    pub(super) fn new(rows: Vec<MissingRow>) -> Self {
        Self { rows }
    }

    /// The rows, in the order of the form. Never empty.
    #[must_use]
    pub fn rows(&self) -> &[MissingRow] {
        &self.rows
    }
}

/// A row that is not ready, with what each alternative lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MissingRow {
    /// Its place in the form, from 0.
    pub row: usize,
    /// Its alternatives, each with what it lacks.
    pub alternatives: Vec<(ElementType, Vec<Lack>)>,
}

impl fmt::Display for Incomplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the form is not complete")?;
        for (row, missing) in self.rows.iter().enumerate() {
            f.write_str(if row == 0 { ": " } else { "; " })?;
            for (index, (element, lacks)) in missing.alternatives.iter().enumerate() {
                let or = if index == 0 { "" } else { ", or " };
                write!(f, "{or}{element}")?;
                for (index, lack) in lacks.iter().enumerate() {
                    let sign = if index == 0 { " (" } else { ", " };
                    write!(f, "{sign}{lack}")?;
                }
                if !lacks.is_empty() {
                    f.write_str(")")?;
                }
            }
        }
        Ok(())
    }
}

impl std::error::Error for Incomplete {}
