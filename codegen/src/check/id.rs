//! Ids: the explicit one, else the computed one; both should agree, and no two be the same.

use super::Options;
use crate::diagnostic::{Diagnostic, Diagnostics, quoted};
use crate::ids::{self, Dialect};
use crate::syntax::Definition;

/// The ids given so far.
#[derive(Default)]
pub(super) struct Ids<'a> {
    /// With a running number.
    given: Vec<(u32, usize, &'a Definition<'a>)>,
}

impl<'a> Ids<'a> {
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
        self.given.push((id, self.given.len(), definition));
        id
    }

    /// Reports ids that were given twice.
    pub(super) fn finish(mut self, diagnostics: &mut Diagnostics) {
        self.given
            .sort_unstable_by_key(|&(id, number, _)| (id, number));
        for pair in self.given.windows(2) {
            if let [(id, _, first), (same, _, second)] = pair
                && id == same
            {
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
