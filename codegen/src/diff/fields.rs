//! What is different between two definitions that belong together.

use std::collections::BTreeMap;

use super::{Breaks, Impact, Kind};
use crate::schema::{Combinator, Schema, Type};

/// One difference between two definitions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// What is different.
    pub what: What,
    /// Whom it breaks.
    pub impact: Impact,
}

/// A kind of difference; texts are TL as in the definition's line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum What {
    /// The id.
    Id([u32; 2]),
    /// The name; the id stayed, so that the wire is the same.
    Name([String; 2]),
    /// What a constructor belongs to, or what a function returns.
    Result([String; 2]),
    /// The `{X:Type}` parameters.
    TypeParams,
    /// A field that only the new one has.
    FieldAdded(String),
    /// A field that only the old one has.
    FieldRemoved(String),
    /// Type or condition of a field.
    Field([String; 2]),
    /// The name of a field that otherwise stayed as it was.
    FieldName([String; 2]),
    /// The order of the fields.
    Order,
    /// Only the way of writing it, as in `%Foo` for `foo`.
    Spelling,
}

/// A definition and the schema that its types are indices of.
type InSchema<'a> = (&'a Schema, &'a Combinator);

pub(super) fn details(kind: Kind, old: InSchema, new: InSchema) -> Vec<Detail> {
    let mut details = Vec::new();
    let mut add = |what, impact| details.push(Detail { what, impact });
    let (before, after) = (old.1, new.1);
    if before.id != after.id {
        add(What::Id([before.id, after.id]), Impact::ALL);
    }
    if before.name != after.name {
        add(
            What::Name([before.name.clone(), after.name.clone()]),
            Impact::default(),
        );
    }
    if before.type_params != after.type_params {
        add(What::TypeParams, Impact::ALL);
    }
    // Arguments of a function are written by those whose readers read the answer alone.
    let of_fields = |impact: Impact| match kind {
        Kind::Constructor => impact,
        Kind::Function => Impact {
            readers: Breaks::Never,
            ..impact
        },
    };
    let (olds, news) = (fields(old), fields(new));
    let mut renamed = BTreeMap::new();
    for (at, field) in olds.iter().enumerate() {
        if let Some(same) = find(&news, &field.name) {
            if field != same {
                let impact = of_fields(changed(field, same));
                add(What::Field([field.text(), same.text()]), impact);
            }
        } else if let Some(now) = new_name(at, &olds, &news, &renamed) {
            add(
                What::FieldName([field.name.clone(), now.name.clone()]),
                Impact::default(),
            );
            renamed.insert(&*field.name, &*now.name);
        } else {
            let (writers, readers) = unknown(field, &news);
            add(
                What::FieldRemoved(field.text()),
                of_fields(Impact { readers, writers }),
            );
        }
    }
    let is_added = |field: &&Shape| {
        find(&olds, &field.name).is_none() && !renamed.values().any(|name| **name == field.name)
    };
    for field in news.iter().filter(is_added) {
        let (readers, writers) = unknown(field, &olds);
        add(
            What::FieldAdded(field.text()),
            of_fields(Impact { readers, writers }),
        );
    }
    if let Some(breaks) = reordered(&olds, &news) {
        add(
            What::Order,
            of_fields(Impact {
                readers: breaks,
                writers: breaks,
            }),
        );
    }
    let results = [
        type_text(old, &before.result),
        type_text(new, &after.result),
    ];
    if results[0] != results[1] {
        let impact = match kind {
            Kind::Constructor => Impact::ALL,
            Kind::Function => Impact {
                readers: Breaks::Always,
                writers: Breaks::Never,
            },
        };
        add(What::Result(results), impact);
    }
    if details.is_empty() {
        details.push(Detail {
            what: What::Spelling,
            impact: Impact::default(),
        });
    }
    details
}

/// A field by names instead of indices, so that fields of two schemas compare.
#[derive(PartialEq, Eq)]
struct Shape {
    name: String,
    /// The name of the flags word, and the bit.
    condition: Option<(String, u8)>,
    ty: String,
}

impl Shape {
    fn is_flag(&self) -> bool {
        self.ty == "true"
    }

    fn text(&self) -> String {
        let Self {
            name,
            condition,
            ty,
        } = self;
        match condition {
            Some((flags, bit)) => format!("{name}:{flags}.{bit}?{ty}"),
            None => format!("{name}:{ty}"),
        }
    }
}

fn fields((schema, combinator): InSchema) -> Vec<Shape> {
    let name = |at: usize| {
        let name = combinator
            .fields
            .get(at)
            .and_then(|field| field.name.clone());
        name.unwrap_or_else(|| format!("_{at}"))
    };
    let shape = combinator
        .fields
        .iter()
        .enumerate()
        .map(|(at, field)| Shape {
            name: name(at),
            condition: field
                .condition
                .map(|condition| (name(condition.flags), condition.bit)),
            ty: type_text((schema, combinator), &field.ty),
        });
    shape.collect()
}

fn find<'a>(fields: &'a [Shape], name: &str) -> Option<&'a Shape> {
    fields.iter().find(|field| field.name == name)
}

/// The new field that took the place of the old one at `at`: alike but for its name, and behind
/// the same field.
fn new_name<'a>(
    at: usize,
    olds: &[Shape],
    news: &'a [Shape],
    renamed: &BTreeMap<&str, &str>,
) -> Option<&'a Shape> {
    let before = |fields: &[Shape], at: usize| Some(fields.get(at.checked_sub(1)?)?.name.clone());
    let previous = before(olds, at).map(|name| {
        renamed
            .get(&*name)
            .map_or(name.clone(), |name| (*name).to_owned())
    });
    let old = &olds[at];
    let candidate = news.iter().enumerate().find(|&(new_at, new)| {
        new.ty == old.ty
            && new.condition == old.condition
            && find(olds, &new.name).is_none()
            && before(news, new_at) == previous
    });
    candidate.map(|(_, new)| new)
}

/// How programs that do not know `field` fare with values of those who do: reading, and writing.
fn unknown(field: &Shape, known: &[Shape]) -> (Breaks, Breaks) {
    let Some(condition) = &field.condition else {
        return (Breaks::Always, Breaks::Always);
    };
    let bit_known = known
        .iter()
        .any(|other| other.condition.as_ref() == Some(condition));
    match (field.is_flag(), bit_known) {
        (true, true) => (Breaks::Never, Breaks::Never),
        (true, false) => (Breaks::IfStrict, Breaks::Never),
        // They set the bit for another field, and leave this one out.
        (false, true) => (Breaks::Sometimes, Breaks::Sometimes),
        (false, false) => (Breaks::Sometimes, Breaks::Never),
    }
}

fn changed(old: &Shape, new: &Shape) -> Impact {
    let (readers, writers) = match (&old.condition, &new.condition) {
        (old, new) if old == new => (Breaks::Never, Breaks::Never),
        // The old side leaves the bit unset, or does not look at it, whatever follows.
        (None, Some(_)) => (Breaks::Sometimes, Breaks::Always),
        (Some(_), None) => (Breaks::Always, Breaks::Sometimes),
        _ => (Breaks::Sometimes, Breaks::Sometimes),
    };
    let of_condition = Impact { readers, writers };
    let worst = if old.condition.is_some() {
        Breaks::Sometimes
    } else {
        Breaks::Always
    };
    let of_type = match (&*old.ty, &*new.ty) {
        (old, new) if old == new => Impact::default(),
        ("int", "#") | ("#", "int") => Impact::default(),
        // The same bytes, but not all of them are UTF-8.
        ("string", "bytes") => Impact {
            readers: Breaks::Sometimes,
            ..Impact::default()
        },
        ("bytes", "string") => Impact {
            writers: Breaks::Sometimes,
            ..Impact::default()
        },
        _ => Impact {
            readers: worst,
            writers: worst,
        },
    };
    of_condition.and(of_type)
}

/// Whether fields that both have, and that occupy bytes, stand in another order; if so, how often
/// it shows.
fn reordered(olds: &[Shape], news: &[Shape]) -> Option<Breaks> {
    let order = |of: &[Shape], other: &[Shape], all: bool| -> Vec<String> {
        let common = of.iter().filter(|field| {
            find(other, &field.name).is_some_and(|same| {
                let always = field.condition.is_none() && same.condition.is_none();
                !field.is_flag() && (all || always)
            })
        });
        common.map(|field| field.name.clone()).collect()
    };
    let differs = |all| order(olds, news, all) != order(news, olds, all);
    match (differs(true), differs(false)) {
        (_, true) => Some(Breaks::Always),
        (true, false) => Some(Breaks::Sometimes),
        (false, false) => None,
    }
}

/// A type in TL, with names for indices.
fn type_text((schema, combinator): InSchema, mut ty: &Type) -> String {
    let mut text = String::new();
    let mut end = String::new();
    loop {
        match ty {
            Type::Vector { boxed, element } => {
                text.push_str(if *boxed { "Vector<" } else { "vector<" });
                end.insert(0, '>');
                ty = element;
            }
            Type::Repeat { count, element } => {
                text.push_str(&format!("{count}*[ "));
                end.insert_str(0, " ]");
                ty = element;
            }
            _ => break,
        }
    }
    if let Type::Call(_) = ty {
        text.push('!');
    }
    text.push_str(match ty {
        Type::Int => "int",
        Type::Long => "long",
        Type::Double => "double",
        Type::String => "string",
        Type::Bytes => "bytes",
        Type::Int128 => "int128",
        Type::Int256 => "int256",
        Type::Int512 => "int512",
        Type::Flags => "#",
        Type::True => "true",
        Type::Bool => "Bool",
        Type::Object => "Object",
        Type::Boxed(at) => &schema.types[*at].name,
        Type::Bare(at) => &schema.constructors[*at].name,
        Type::Call(at) | Type::Param(at) => &combinator.type_params[*at],
        Type::Vector { .. } | Type::Repeat { .. } => "",
    });
    text + &end
}
