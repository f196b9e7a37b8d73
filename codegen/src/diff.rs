//! What changed between two schemas, and whom it breaks.
//!
//! Programs are taken to be built from the old schema and to meet peers built from the new one:
//! *readers* decode what such a peer sends, *writers* encode what such a peer is to decode. Of a
//! function, writers make the call and readers read the answer.

mod display;
mod fields;

pub use fields::{Detail, What};

use std::collections::{BTreeMap, BTreeSet};

use crate::schema::{Combinator, Schema, Type};
use fields::details;

/// The differences between two schemas, each list in the order of the schema that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diff {
    /// The layers of the old and the new schema.
    pub layers: [Option<u32>; 2],
    /// Definitions that only the new schema has.
    pub added: Vec<Definition>,
    /// Definitions that only the old schema has.
    pub removed: Vec<Definition>,
    /// Definitions that both have, under the same name or the same id, and that differ.
    pub changed: Vec<Change>,
}

/// A definition that only one of the schemas has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Whether it is a constructor or a function.
    pub kind: Kind,
    /// Its TL line in canonical form.
    pub text: String,
    /// Whom its coming or going breaks.
    pub impact: Impact,
}

/// A definition that differs between the schemas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whether it is a constructor or a function.
    pub kind: Kind,
    /// Its name in the old schema.
    pub name: String,
    /// Its TL lines in canonical form, the old and the new one.
    pub texts: [String; 2],
    /// Whether the id stays, so that only the text tells old and new apart.
    pub id_kept: bool,
    /// What is different, in the order of the fields.
    pub details: Vec<Detail>,
    /// Whom it breaks.
    pub impact: Impact,
}

/// The two kinds of definitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A constructor of a type.
    Constructor,
    /// A function.
    Function,
}

/// Whom a change breaks: programs that are built from the old schema and meet the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Impact {
    /// Programs that decode what the other side sends.
    pub readers: Breaks,
    /// Programs that encode what the other side decodes.
    pub writers: Breaks,
}

/// How often something fails, from never to always.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Breaks {
    /// Nothing fails.
    #[default]
    Never,
    /// Only decoders that refuse unknown flag bits fail, on values that have the bit set.
    IfStrict,
    /// Some values fail, such as those that carry a new field.
    Sometimes,
    /// Every value fails.
    Always,
}

impl Impact {
    /// Both sides break on every value.
    const ALL: Self = Self {
        readers: Breaks::Always,
        writers: Breaks::Always,
    };

    /// The worse of two for each side.
    fn and(self, other: Self) -> Self {
        Self {
            readers: self.readers.max(other.readers),
            writers: self.writers.max(other.writers),
        }
    }
}

impl Diff {
    /// Whether the schemas define the same, text for text.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }

    /// The changed definitions that keep their id although their text changes: a program cannot
    /// tell from the bytes which of the two it has before it.
    pub fn id_kept(&self) -> impl Iterator<Item = &Change> {
        self.changed.iter().filter(|change| change.id_kept)
    }
}

/// Compares two schemas.
///
/// Definitions belong together if they have the same name or, failing that, the same id.
pub fn diff(old: &Schema, new: &Schema) -> Diff {
    let mut diff = Diff {
        layers: [old.layer, new.layer],
        added: Vec::new(),
        removed: Vec::new(),
        changed: Vec::new(),
    };
    for kind in [Kind::Constructor, Kind::Function] {
        compare(&mut diff, kind, old, new);
    }
    diff
}

fn compare(diff: &mut Diff, kind: Kind, old: &Schema, new: &Schema) {
    let (olds, news) = (kind.of(old), kind.of(new));
    let pairs = pairs(olds, news);
    for (old_at, before) in olds.iter().enumerate() {
        let Some(&new_at) = pairs.get(&old_at) else {
            let impact = Impact {
                writers: lone(kind, old, before, new),
                ..Impact::default()
            };
            diff.removed.push(Definition {
                kind,
                text: before.text.clone(),
                impact,
            });
            continue;
        };
        let after = &news[new_at];
        if before.text != after.text || before.id != after.id {
            let details = details(kind, (old, before), (new, after));
            diff.changed.push(Change {
                kind,
                name: before.name.clone(),
                texts: [before.text.clone(), after.text.clone()],
                id_kept: before.id == after.id,
                impact: details
                    .iter()
                    .map(|at| at.impact)
                    .fold(Impact::default(), Impact::and),
                details,
            });
        }
    }
    let paired: BTreeSet<usize> = pairs.into_values().collect();
    for (_, after) in news
        .iter()
        .enumerate()
        .filter(|(at, _)| !paired.contains(at))
    {
        // Nobody built from the old schema calls a new function, so none of them reads its answer.
        let readers = match kind {
            Kind::Constructor => lone(kind, new, after, old),
            Kind::Function => Breaks::Never,
        };
        let impact = Impact {
            readers,
            ..Impact::default()
        };
        diff.added.push(Definition {
            kind,
            text: after.text.clone(),
            impact,
        });
    }
}

impl Kind {
    fn of(self, schema: &Schema) -> &[Combinator] {
        match self {
            Kind::Constructor => &schema.constructors,
            Kind::Function => &schema.functions,
        }
    }
}

/// Which new definition each old one became, by index.
fn pairs(old: &[Combinator], new: &[Combinator]) -> BTreeMap<usize, usize> {
    let names: BTreeMap<&str, usize> = new
        .iter()
        .enumerate()
        .map(|(at, it)| (&*it.name, at))
        .collect();
    let mut pairs: BTreeMap<usize, usize> = (old.iter().enumerate())
        .filter_map(|(at, it)| Some((at, *names.get(&*it.name)?)))
        .collect();
    let taken: BTreeSet<usize> = pairs.values().copied().collect();
    let ids: BTreeMap<u32, usize> = (new.iter().enumerate())
        .filter(|(at, _)| !taken.contains(at))
        .map(|(at, it)| (it.id, at))
        .collect();
    for (at, it) in old.iter().enumerate() {
        if let (false, Some(&renamed)) = (pairs.contains_key(&at), ids.get(&it.id)) {
            pairs.insert(at, renamed);
        }
    }
    pairs
}

/// How often `it` fails with programs built from the `other` schema, which has no such definition.
///
/// A constructor fails wherever its type is known; nobody meets values of a type not known.
fn lone(kind: Kind, schema: &Schema, it: &Combinator, other: &Schema) -> Breaks {
    match (kind, &it.result) {
        (Kind::Constructor, Type::Boxed(at)) => {
            let name = &schema.types[*at].name;
            let known = other.types.iter().any(|ty| ty.name == *name);
            if known {
                Breaks::Sometimes
            } else {
                Breaks::Never
            }
        }
        (Kind::Constructor, _) => Breaks::Never,
        (Kind::Function, _) => Breaks::Always,
    }
}
