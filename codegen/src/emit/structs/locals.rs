//! The local variables of `decode`, chosen in one place so that none hides another or a function.

use std::collections::BTreeSet;

use proc_macro2::Ident;

use super::super::members::{Kind, Member};
use super::super::plan::ident;
use super::decode::together;

/// A local variable for each field, by its index among the fields.
///
/// It has the name of the field where it can, since a struct is then put together in the short
/// form.
pub(super) struct Locals(Vec<String>);

impl Locals {
    pub(super) fn of(members: &[Member]) -> Self {
        let names = members.iter().map(|member| &*member.name);
        let mut taken: BTreeSet<String> = names.chain(USED).map(str::to_owned).collect();
        let mut locals = Vec::with_capacity(members.len());
        for (at, member) in members.iter().enumerate() {
            let apart = members.iter().any(|it| is_apart(&it.kind, at));
            let behind = match &member.kind {
                // A member has its name.
                Kind::Word => "bits",
                // It stays in the variable until all of the group are read.
                _ if apart => "field",
                _ if USED.contains(&&*member.name) => "member",
                _ => {
                    locals.push(member.name.clone());
                    continue;
                }
            };
            let mut local = format!("{}_{behind}", member.name.trim_end_matches('_'));
            while !taken.insert(local.clone()) {
                local.push('_');
            }
            locals.push(local);
        }
        Self(locals)
    }

    /// The variable of the field with this index.
    pub(super) fn ident(&self, at: usize) -> Ident {
        ident(&self.0[at])
    }
}

/// Whether the field belongs to a group with other fields in between.
fn is_apart(kind: &Kind, at: usize) -> bool {
    let Kind::Group { values, .. } = kind else {
        return false;
    };
    !together(values) && values.iter().any(|value| value.at == at)
}

/// What `decode` calls by its name.
const USED: [&str; 5] = ["reader", "has", "members", "optional", "optionals"];
