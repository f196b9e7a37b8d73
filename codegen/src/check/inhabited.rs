//! Third pass: can a value of each constructor exist, and do the elements of vectors take space?

use crate::diagnostic::{Diagnostic, Diagnostics, quoted};
use crate::schema::{Combinator, Schema, Type};
use crate::source::Span;

/// What the second pass noted for this one.
#[derive(Debug, Default)]
pub(super) struct Needs {
    /// Constructors by index, each with the type of a field that is always present.
    always: Vec<(usize, Needed)>,
    /// Bare elements of vectors.
    elements: Vec<(Type, Span)>,
}

#[derive(Debug, Clone, Copy)]
enum Needed {
    Type(usize),
    Constructor(usize),
}

impl Needs {
    /// Every value of a constructor contains one of this type.
    pub(super) fn add(&mut self, constructor: usize, ty: &Type) {
        match ty {
            Type::Boxed(ty) => self.always.push((constructor, Needed::Type(*ty))),
            Type::Bare(bare) => self.always.push((constructor, Needed::Constructor(*bare))),
            Type::Repeat {
                count: 1..,
                element,
            } => self.add(constructor, element),
            _ => {}
        }
    }

    /// A vector has elements of this type.
    pub(super) fn add_element(&mut self, element: &Type, span: Span) {
        if matches!(element, Type::True | Type::Bare(_)) {
            self.elements.push((element.clone(), span));
        }
    }
}

/// Reports constructors that contain themselves whatever one chooses, and vectors of elements
/// without a size, of which a few bytes could announce billions.
///
/// Expects a schema without other errors. Takes time in proportion to its size.
pub(super) fn check(schema: &Schema, needs: &Needs, diagnostics: &mut Diagnostics) {
    let order = inhabited(schema, &needs.always);
    if order.len() < schema.constructors.len() {
        let mut inhabited = vec![false; schema.constructors.len()];
        order.iter().for_each(|&index| inhabited[index] = true);
        for (constructor, _) in schema.constructors.iter().zip(inhabited).filter(|it| !it.1) {
            diagnostics.error(|| {
                let name = quoted(&constructor.name);
                let message =
                    format!("no value of {name} can exist, since it always contains another one");
                Diagnostic::error(constructor.span, message)
                    .with_hint("give its type a constructor that ends this, or use a flag")
            });
        }
    }
    if needs.elements.is_empty() {
        return;
    }
    let mut empty = vec![false; schema.constructors.len()];
    for index in order {
        // What it contains stands before it in this order.
        let fields = &schema.constructors[index].fields;
        empty[index] = fields.iter().all(|field| is_empty(&field.ty, &empty));
    }
    for (_, span) in needs
        .elements
        .iter()
        .filter(|(element, _)| is_empty(element, &empty))
    {
        diagnostics.error(|| {
            Diagnostic::error(
                *span,
                "a vector of elements that take no bytes is not supported",
            )
            .with_hint("write their number as an `int`")
        });
    }
}

/// The constructors that can have a value, each after what it needs.
fn inhabited(schema: &Schema, needs: &[(usize, Needed)]) -> Vec<usize> {
    let types = schema.types.len();
    let node = |needed| match needed {
        Needed::Type(ty) => ty,
        Needed::Constructor(constructor) => types + constructor,
    };
    // Who needs a node: `users[starts[node]..starts[node + 1]]`.
    let count = schema.constructors.len();
    let mut starts = vec![0; types + count + 1];
    let mut missing = vec![0_usize; count];
    for &(user, needed) in needs {
        starts[node(needed) + 1] += 1;
        missing[user] += 1;
    }
    for node in 1..starts.len() {
        starts[node] += starts[node - 1];
    }
    let mut users = vec![0; needs.len()];
    let mut next = starts.clone();
    for &(user, needed) in needs {
        let place = &mut next[node(needed)];
        users[*place] = user;
        *place += 1;
    }

    let mut order: Vec<usize> = (0..count).filter(|&index| missing[index] == 0).collect();
    let mut has_value = vec![false; types];
    let mut done = 0;
    while let Some(&index) = order.get(done) {
        done += 1;
        let mut satisfy = |node: usize| {
            for &user in &users[starts[node]..starts[node + 1]] {
                missing[user] -= 1;
                if missing[user] == 0 {
                    order.push(user);
                }
            }
        };
        satisfy(types + index);
        match schema.constructors[index] {
            Combinator {
                result: Type::Boxed(ty),
                ..
            } if !has_value[ty] => {
                has_value[ty] = true;
                satisfy(ty);
            }
            _ => {}
        }
    }
    order
}

fn is_empty(ty: &Type, empty: &[bool]) -> bool {
    match ty {
        Type::True => true,
        Type::Bare(constructor) => empty[*constructor],
        Type::Repeat { count, element } => *count == 0 || is_empty(element, empty),
        _ => false,
    }
}
