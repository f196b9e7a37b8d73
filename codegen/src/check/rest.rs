//! Sixth pass: values of any type, and what stands behind them.

use super::declare::Declaration;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::schema::{Combinator, Schema, Type};
use crate::source::Span;

/// Warns of fields and elements behind a value of any type.
///
/// Such a value has no length and takes all bytes that are left, so it can be read only at the very
/// end. That goes for what ends in one, too. MTProto itself has a vector of messages with one at
/// the end of each, so it is no error.
///
/// Expects a schema without errors. Takes time in proportion to its size.
pub(super) fn check(
    schema: &Schema,
    [constructors, functions]: [&[Declaration<'_>]; 2],
    diagnostics: &mut Diagnostics,
) {
    let all = schema.constructors.iter().chain(&schema.functions);
    let mut types = all.flat_map(|it| it.fields.iter().map(|field| &field.ty).chain([&it.result]));
    if !types.any(|ty| *leaf(ty) == Type::Object) {
        return;
    }
    let open = Open::of(schema);
    let constructors = schema.constructors.iter().zip(constructors);
    let functions = schema.functions.iter().zip(functions);
    for (combinator, Declaration { definition, .. }) in constructors.chain(functions) {
        let last = last(combinator);
        let spans = definition.fields().iter().map(|field| field.span);
        for (at, (field, span)) in combinator.fields.iter().zip(spans).enumerate() {
            if !open.is(leaf(&field.ty)) {
                continue;
            }
            if has_elements(&field.ty) {
                warn_of_elements(span, diagnostics);
            } else if last != Some(at) {
                diagnostics.warning(|| {
                    let message = "this ends in a value of any type, which takes all bytes that \
                                   are left: the fields behind it cannot be read";
                    Diagnostic::warning(span, message)
                        .with_hint("let it be the last field, or make it `bytes`")
                });
            }
        }
        if has_elements(&combinator.result) && open.is(leaf(&combinator.result)) {
            warn_of_elements(definition.result.span, diagnostics);
        }
    }
}

fn warn_of_elements(span: Span, diagnostics: &mut Diagnostics) {
    diagnostics.warning(|| {
        let message = "each of these elements ends in a value of any type, which takes all bytes \
                       that are left: no more than one can be read";
        Diagnostic::warning(span, message)
            .with_hint("read the elements by code of your own, or make the value `bytes`")
    });
}

/// What ends in a value of any type.
struct Open {
    constructors: Vec<bool>,
    types: Vec<bool>,
}

impl Open {
    fn of(schema: &Schema) -> Self {
        let mut open = Self {
            constructors: vec![false; schema.constructors.len()],
            types: vec![false; schema.types.len()],
        };
        // Which constructors end in a constructor, and which in a type.
        let mut after_constructor = vec![Vec::new(); schema.constructors.len()];
        let mut after_type = vec![Vec::new(); schema.types.len()];
        let mut found = Vec::new();
        for (at, constructor) in schema.constructors.iter().enumerate() {
            match last(constructor).map(|last| leaf(&constructor.fields[last].ty)) {
                Some(Type::Object) => found.push(at),
                Some(Type::Bare(inner)) => after_constructor[*inner].push(at),
                Some(Type::Boxed(inner)) => after_type[*inner].push(at),
                _ => {}
            }
        }
        while let Some(at) = found.pop() {
            if std::mem::replace(&mut open.constructors[at], true) {
                continue;
            }
            found.append(&mut after_constructor[at]);
            if let Type::Boxed(ty) = schema.constructors[at].result {
                open.types[ty] = true;
                found.append(&mut after_type[ty]);
            }
        }
        open
    }

    fn is(&self, ty: &Type) -> bool {
        match ty {
            Type::Object => true,
            Type::Bare(at) => self.constructors[*at],
            Type::Boxed(at) => self.types[*at],
            _ => false,
        }
    }
}

/// The last field that takes bytes.
fn last(combinator: &Combinator) -> Option<usize> {
    combinator
        .fields
        .iter()
        .rposition(|field| field.ty != Type::True)
}

/// What a type refers to, through any vectors and repetitions.
pub(super) fn leaf(mut ty: &Type) -> &Type {
    while let Type::Vector { element, .. } | Type::Repeat { element, .. } = ty {
        ty = element;
    }
    ty
}

/// Whether it can hold more than one of its leaf.
fn has_elements(mut ty: &Type) -> bool {
    while let Type::Repeat {
        count: 0 | 1,
        element,
    } = ty
    {
        ty = element;
    }
    matches!(ty, Type::Vector { .. } | Type::Repeat { .. })
}
