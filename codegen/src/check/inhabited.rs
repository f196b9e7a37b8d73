//! Third pass: can a value of each constructor exist, and does it take space?

use crate::diagnostic::{Diagnostic, Diagnostics, quoted};
use crate::schema::{Combinator, Schema, Type};

/// Reports constructors that contain themselves whatever one chooses, and vectors of elements
/// without a size, of which a few bytes could announce billions.
///
/// Expects a schema without other errors. Takes time in proportion to its size.
pub(super) fn check(schema: &Schema, diagnostics: &mut Diagnostics) {
    let (inhabited, empty) = classify(schema);
    for (index, constructor) in schema.constructors.iter().enumerate() {
        if !inhabited[index] {
            diagnostics.error(|| {
                let name = quoted(&constructor.name);
                let message =
                    format!("no value of {name} can exist: it always contains another one");
                Diagnostic::error(constructor.span, message)
                    .with_hint("give its type a constructor that ends the recursion, or use a flag")
            });
        }
    }
    for combinator in schema.constructors.iter().chain(&schema.functions) {
        let types = combinator
            .fields
            .iter()
            .map(|field| &field.ty)
            .chain([&combinator.result]);
        if types.into_iter().any(|ty| has_empty_elements(ty, &empty)) {
            diagnostics.error(|| {
                let message = "a vector of elements that take no bytes is not supported";
                Diagnostic::error(combinator.span, message).with_hint("use a number instead")
            });
        }
    }
}

/// For each constructor: can it have a value, and does its bare value take no bytes?
fn classify(schema: &Schema) -> (Vec<bool>, Vec<bool>) {
    let count = schema.constructors.len();
    let mut waiting = Waiting {
        missing: vec![0; count],
        for_type: vec![Vec::new(); schema.types.len()],
        for_constructor: vec![Vec::new(); count],
    };
    for (index, constructor) in schema.constructors.iter().enumerate() {
        for ty in needed(constructor) {
            waiting.add(index, ty);
        }
    }
    let mut ready: Vec<usize> = (0..count)
        .filter(|&index| waiting.missing[index] == 0)
        .collect();
    let mut inhabited = vec![false; count];
    let mut empty = vec![false; count];
    while let Some(index) = ready.pop() {
        let constructor = &schema.constructors[index];
        inhabited[index] = true;
        // What it contains was classified before.
        empty[index] = needed(constructor).all(|ty| is_empty(ty, &empty));
        let mut satisfied = std::mem::take(&mut waiting.for_constructor[index]);
        if let Type::Boxed(ty) = constructor.result {
            satisfied.append(&mut waiting.for_type[ty]);
        }
        for user in satisfied {
            waiting.missing[user] -= 1;
            if waiting.missing[user] == 0 {
                ready.push(user);
            }
        }
    }
    (inhabited, empty)
}

/// Which constructors wait for a value of what.
struct Waiting {
    missing: Vec<usize>,
    for_type: Vec<Vec<usize>>,
    for_constructor: Vec<Vec<usize>>,
}

impl Waiting {
    fn add(&mut self, user: usize, ty: &Type) {
        match ty {
            Type::Boxed(ty) => self.for_type[*ty].push(user),
            Type::Bare(constructor) => self.for_constructor[*constructor].push(user),
            Type::Repeat {
                count: 1..,
                element,
            } => return self.add(user, element),
            _ => return,
        }
        self.missing[user] += 1;
    }
}

/// The types of which every value of a constructor contains one.
fn needed(constructor: &Combinator) -> impl Iterator<Item = &Type> {
    let always = constructor
        .fields
        .iter()
        .filter(|field| field.condition.is_none());
    always.map(|field| &field.ty)
}

fn is_empty(ty: &Type, empty: &[bool]) -> bool {
    match ty {
        Type::True => true,
        Type::Bare(constructor) => empty[*constructor],
        Type::Repeat { count, element } => *count == 0 || is_empty(element, empty),
        _ => false,
    }
}

fn has_empty_elements(ty: &Type, empty: &[bool]) -> bool {
    match ty {
        Type::Vector { element, .. } => {
            is_empty(element, empty) || has_empty_elements(element, empty)
        }
        Type::Repeat { element, .. } => has_empty_elements(element, empty),
        _ => false,
    }
}
