//! Fifth pass: how large values are where they are held.

use super::declare::Declaration;
use crate::circles::{Circles, Containment, Node};
use crate::diagnostic::{Diagnostic, Diagnostics, quoted};
use crate::schema::{Combinator, Schema, Type};
use crate::sizes::Sizes;
use crate::source::Span;

/// Reports definitions and repetitions of which one value takes more than [`MOST`] bytes, and of
/// those that contain themselves more than [`MOST_NESTED`].
///
/// Values are put together on the stack, and a schema of a few lines can make them larger than any:
/// by repetitions, or by lines that each hold the next one twice. Only the place where it becomes
/// too much is reported, not what contains that.
///
/// Expects a schema without other errors. Takes time in proportion to its size.
pub(super) fn check(
    schema: &Schema,
    [constructors, functions]: [&[Declaration<'_>]; 2],
    diagnostics: &mut Diagnostics,
) {
    let sizes = Sizes::of(schema);
    let nested = Circles::find(schema, Containment::Nested);
    let mut pass = Pass {
        schema,
        sizes: &sizes,
        diagnostics,
    };
    for (at, (it, declaration)) in schema.constructors.iter().zip(constructors).enumerate() {
        let most = match nested.contains_itself(Node::Constructor(at)) {
            true => MOST_NESTED,
            false => MOST,
        };
        pass.definition(it, Some(at), *declaration, (sizes.constructor(at), most));
    }
    for (it, declaration) in schema.functions.iter().zip(functions) {
        pass.definition(it, None, *declaration, (sizes.function(it), MOST));
    }
}

struct Pass<'p> {
    schema: &'p Schema,
    sizes: &'p Sizes,
    diagnostics: &'p mut Diagnostics,
}

impl Pass<'_> {
    fn definition(
        &mut self,
        combinator: &Combinator,
        constructor: Option<usize>,
        Declaration { definition, .. }: Declaration<'_>,
        (size, most): (u64, u64),
    ) {
        let mut reported = false;
        let spans = definition.fields().iter().map(|field| field.span);
        for (field, span) in combinator.fields.iter().zip(spans) {
            reported |= self.repetition(&field.ty, span);
            // What it holds is too large itself, and reported there.
            let mut held = &field.ty;
            while let Type::Repeat { element, .. } = held {
                held = element;
            }
            let boxed = constructor.is_some_and(|at| self.sizes.boxed_field(self.schema, at, held));
            reported |= !boxed && self.sizes.ty(held) > MOST;
        }
        if size > most && !reported {
            self.diagnostics.error(|| {
                let name = quoted(&combinator.name);
                let nested = match most {
                    MOST_NESTED => "and since it can contain itself, ",
                    _ => "",
                };
                let takes = bytes(size);
                let message = format!(
                    "a value of {name} takes up to {takes} in memory, {nested}at most {most} are \
                     supported"
                );
                Diagnostic::error(definition.span, message)
                    .with_hint("use a vector for what is many: its elements lie elsewhere")
            });
        }
    }

    /// Reports a repetition that is too large, though its elements are not.
    fn repetition(&mut self, ty: &Type, span: Span) -> bool {
        match ty {
            Type::Repeat { element, .. } if self.repetition(element, span) => true,
            Type::Repeat { element, .. } => {
                let size = self.sizes.ty(ty);
                let is_cause = size > MOST && self.sizes.ty(element) <= MOST;
                if is_cause {
                    self.diagnostics.error(|| {
                        let takes = bytes(size);
                        let message = format!(
                            "this takes up to {takes} in memory, at most {MOST} are supported"
                        );
                        Diagnostic::error(span, message)
                            .with_hint("use a vector: its elements lie elsewhere")
                    });
                }
                is_cause
            }
            _ => false,
        }
    }
}

fn bytes(size: u64) -> String {
    match size {
        u64::MAX => "more bytes than can be counted".to_owned(),
        _ => format!("{size} bytes"),
    }
}

/// The largest value in bytes: some copies of it fit on the stack of any thread.
const MOST: u64 = 64 << 10;

/// The same for what contains itself: as many as the limit of depth allows are on the stack at once.
const MOST_NESTED: u64 = 2 << 10;
