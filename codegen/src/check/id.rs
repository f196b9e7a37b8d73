//! Ids: the explicit one, else the computed one; both should agree, and no two be the same.

use super::Options;
use super::repeated::may_repeat;
use crate::diagnostic::{Diagnostic, Diagnostics, quoted};
use crate::ids::{self, Dialect};
use crate::syntax::Definition;

/// The ids given so far.
pub(super) struct Ids<'a> {
    given: Vec<(u32, &'a Definition<'a>)>,
}

impl<'a> Ids<'a> {
    /// With room for so many.
    pub(super) fn with_capacity(count: usize) -> Self {
        let given = Vec::with_capacity(count);
        Self { given }
    }

    /// The id of a definition.
    pub(super) fn settle(
        &mut self,
        definition: &'a Definition<'a>,
        dialect: Dialect,
        options: &Options,
        diagnostics: &mut Diagnostics,
    ) -> u32 {
        let computed = ids::compute(definition, dialect);
        let id = definition.id.unwrap_or(computed);
        let name = definition.name;
        match (id == computed, options.exceptions.contains(name.text)) {
            (true, false) | (false, true) => {}
            (true, true) => diagnostics.warning(|| {
                let shown = quoted(name.text);
                let message = format!("{shown} is listed as an exception, but its id is right");
                Diagnostic::warning(name.span, message).with_hint("remove it from the list")
            }),
            (false, false) => diagnostics.warning(|| {
                let message = format!("the id is {id:08x}, but the text hashes to {computed:08x}");
                Diagnostic::warning(name.span, message)
                    .with_hint("if that is known and right, list the name among the exceptions")
            }),
        }
        self.given.push((id, definition));
        id
    }

    /// Reports ids that were given twice.
    pub(super) fn finish(self, diagnostics: &mut Diagnostics) {
        if !may_repeat(self.given.iter().map(|(id, _)| (*id).into())) {
            return;
        }
        // Small keys are sorted fast: the id, then which one it is.
        let numbers = (0_u32..).zip(&self.given);
        let mut keys: Vec<u64> = numbers
            .map(|(number, &(id, _))| u64::from(id) << 32 | u64::from(number))
            .collect();
        keys.sort_unstable();
        for pair in keys.windows(2) {
            let of = |key: u64| self.given.get(key as u32 as usize);
            let same = match *pair {
                [one, other] if one >> 32 == other >> 32 => of(one).zip(of(other)),
                _ => None,
            };
            if let Some(((id, first), (_, second))) = same {
                let (first, name) = (first.name, second.name);
                diagnostics.error(|| {
                    let (shown, other) = (quoted(name.text), quoted(first.text));
                    let message = format!("the id {id:08x} of {shown} is that of {other}");
                    Diagnostic::error(name.span, message).with_first(first.span)
                });
            }
        }
    }
}
