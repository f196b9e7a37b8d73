//! From fields to the members of a struct: flags words vanish, fields that share a bit become one.

use std::collections::BTreeMap;

use crate::names;
use crate::schema::{Combinator, Condition, Field, Type};

/// A member of a generated struct, or a word of the wire that has none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Member<'s> {
    /// The Rust name, not yet escaped.
    pub(super) name: String,
    /// The TL field that gave the name.
    pub(super) field: &'s Field,
    pub(super) kind: Kind<'s>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind<'s> {
    /// A flags word: computed when writing, so it is no member.
    Flags,
    /// A word that conditions refer to, but that is not called flags: its bits that announce no
    /// field are its own, the others are computed.
    Word,
    /// Always present.
    Plain,
    /// `?true`: the bit is the value. The others are those that share the bit.
    True {
        condition: Condition,
        others: Vec<&'s Field>,
    },
    /// Present under its own bit.
    Optional { condition: Condition },
    /// Several fields under one bit, present together; those that are `?true` say nothing more.
    Group {
        condition: Condition,
        name: String,
        values: Vec<Value<'s>>,
    },
    /// A field that belongs to the group of an earlier member.
    Within,
}

/// A field of a group.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Value<'s> {
    pub(super) name: String,
    /// Its index among the fields of the combinator.
    pub(super) at: usize,
    pub(super) field: &'s Field,
}

/// One member for each field, in the order of the wire; `group` names the struct of a group by
/// its first field.
pub(super) fn of<'s>(
    combinator: &'s Combinator,
    mut group: impl FnMut(&str) -> String,
) -> Vec<Member<'s>> {
    let fields = &combinator.fields;
    let mut sharing: BTreeMap<Condition, Vec<usize>> = BTreeMap::new();
    for (at, field) in fields.iter().enumerate() {
        if let Some(condition) = field.condition {
            sharing.entry(condition).or_default().push(at);
        }
    }
    let rust_names = names::fields(fields);
    let kind = |(at, field): (usize, &'s Field)| {
        let Some(condition) = field.condition else {
            return match &field.ty {
                Type::Flags if is_flags(field) => Kind::Flags,
                Type::Flags if sharing.keys().any(|condition| condition.flags == at) => Kind::Word,
                _ => Kind::Plain,
            };
        };
        let shared = &sharing[&condition];
        if shared[0] != at {
            return Kind::Within;
        }
        let values: Vec<Value> = shared
            .iter()
            .filter(|&&at| fields[at].ty != Type::True)
            .map(|&at| Value {
                name: rust_names[at].clone(),
                at,
                field: &fields[at],
            })
            .collect();
        match (values.len(), shared.len()) {
            (0, _) => {
                let others = shared[1..].iter().map(|&at| &fields[at]).collect();
                Kind::True { condition, others }
            }
            (1, 1) => Kind::Optional { condition },
            _ => Kind::Group {
                condition,
                name: group(field.name.as_deref().unwrap_or_default()),
                values,
            },
        }
    };
    let kinds: Vec<Kind> = fields.iter().enumerate().map(kind).collect();
    fields
        .iter()
        .zip(rust_names.iter().zip(kinds))
        .map(|(field, (name, kind))| Member {
            name: name.clone(),
            field,
            kind,
        })
        .collect()
}

/// Whether the word says nothing beside which fields are there: `flags`, `flags2` and so on.
fn is_flags(field: &Field) -> bool {
    let name = field.name.as_deref().unwrap_or_default();
    name.trim_end_matches(|digit: char| digit.is_ascii_digit()) == "flags"
}
