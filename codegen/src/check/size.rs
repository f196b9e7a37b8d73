//! Fifth pass: how large values are where they are held.

use super::declare::Declaration;
use crate::circles::{Circles, Containment, Node};
use crate::diagnostic::{Diagnostic, Diagnostics, quoted};
use crate::schema::{Combinator, Schema, Type};
use crate::sizes::{Sizes, held};
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
    if !may_be_large(schema) {
        return;
    }
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

/// Can there be anything to tell? Nearly always not, and then taking circles apart would be a fifth
/// of all the work on a schema. A false alarm does no harm.
fn may_be_large(schema: &Schema) -> bool {
    let bounds = bounds(schema);
    if bounds.iter().all(|&bound| bound <= MOST_NESTED) {
        let mut functions = schema.functions.iter();
        return functions.any(|it| fields_bound(it, schema, &bounds) > MOST);
    }
    let in_circle = may_contain_themselves(schema);
    let mut constructors = schema.constructors.iter().zip(&bounds);
    let mut functions = schema.functions.iter();
    constructors.any(|(it, &bound)| match it.result {
        Type::Boxed(ty) if !in_circle[ty] => bound > MOST,
        _ => bound > MOST_NESTED,
    }) || functions.any(|it| fields_bound(it, schema, &bounds) > MOST)
}

/// Not less than the size of each constructor.
fn bounds(schema: &Schema) -> Vec<u64> {
    const UNSEEN: u64 = u64::MAX;
    // While a constructor is looked at, what it holds that holds it again is in a box.
    const OPEN: u64 = 8;
    let mut bounds = vec![UNSEEN; schema.constructors.len()];
    let mut path = Vec::new();
    for start in 0..bounds.len() {
        if bounds[start] != UNSEEN {
            continue;
        }
        bounds[start] = OPEN;
        path.push((start, 0));
        while let Some((at, field)) = path.pop() {
            let constructor = &schema.constructors[at];
            let rest = constructor.fields.iter().enumerate().skip(field);
            let mut held = rest.filter_map(|(n, field)| Some((n, held(&field.ty, schema)?)));
            match held.find(|&(_, inner)| bounds[inner] == UNSEEN) {
                Some((n, inner)) => {
                    path.push((at, n + 1));
                    bounds[inner] = OPEN;
                    path.push((inner, 0));
                }
                None => bounds[at] = fields_bound(constructor, schema, &bounds),
            }
        }
    }
    bounds
}

fn fields_bound(combinator: &Combinator, schema: &Schema, bounds: &[u64]) -> u64 {
    let sizes = combinator
        .fields
        .iter()
        .map(|field| type_bound(&field.ty, schema, bounds));
    // One below what marks an unseen one, and enough to be suspicious.
    sizes.fold(8, u64::saturating_add).min(u64::MAX - 1)
}

/// Not less than the size of a value, optional or not.
fn type_bound(ty: &Type, schema: &Schema, bounds: &[u64]) -> u64 {
    match ty {
        Type::True | Type::Bool => 1,
        Type::Int | Type::Flags => 8,
        Type::String | Type::Bytes | Type::Object | Type::Vector { .. } => 24,
        Type::Int512 => 72,
        Type::Repeat { count, element } => type_bound(element, schema, bounds)
            .saturating_mul(u64::from(*count))
            .saturating_add(8),
        Type::Boxed(_) | Type::Bare(_) => match held(ty, schema) {
            Some(inner) => bounds[inner].saturating_add(8),
            None => 136,
        },
        _ => 40,
    }
}

/// All types but those that are certainly in no circle: nobody uses them, or only such types do.
fn may_contain_themselves(schema: &Schema) -> Vec<bool> {
    let used = |ty: &Type| match super::rest::leaf(ty) {
        Type::Boxed(at) => Some(*at),
        Type::Bare(at) => match schema.constructors[*at].result {
            Type::Boxed(at) => Some(at),
            _ => None,
        },
        _ => None,
    };
    let mut users = vec![0_usize; schema.types.len()];
    let fields = schema.constructors.iter().flat_map(|it| &it.fields);
    for at in fields.filter_map(|field| used(&field.ty)) {
        users[at] += 1;
    }
    let mut unused: Vec<usize> = (0..users.len()).filter(|&at| users[at] == 0).collect();
    while let Some(at) = unused.pop() {
        for &constructor in &schema.types[at].constructors {
            let fields = schema.constructors[constructor].fields.iter();
            for inner in fields.filter_map(|field| used(&field.ty)) {
                users[inner] -= 1;
                if users[inner] == 0 {
                    unused.push(inner);
                }
            }
        }
    }
    users.iter().map(|&users| users > 0).collect()
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

#[cfg(test)]
mod tests {
    use super::{bounds, may_contain_themselves};
    use crate::check::Options;
    use crate::circles::{Circles, Containment, Node};
    use crate::ids::Dialect;
    use crate::load::load;
    use crate::sizes::Sizes;
    use crate::source::Source;

    /// Or something too large would pass unseen.
    #[test]
    fn what_is_looked_at_first_is_never_too_low() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tl/schema/passport.tl");
        let passport = std::fs::read_to_string(path).expect("it is in the repository");
        let files = [
            passport.as_str(),
            "a flags:# b:flags.0?b x:flags.1?long y:int = A;\nb z:3*[ c ] = B;\n\
             c flags:# a:flags.0?A t:flags.1?T i:int256 = C;\nd a:A = T;\ne = T;\nf a:2*[ A ] = F;\n\
             g flags:# o:flags.0?int512 p:flags.1?int128 q:flags.2?int256 v:vector<g> = G;",
        ];
        for text in files {
            let sources = [(Source::new("test.tl", text), Dialect::Server)];
            let schema = load(&sources, &Options::default())
                .expect("a schema")
                .schema;
            let (sizes, bounds) = (Sizes::of(&schema), bounds(&schema));
            for (at, bound) in bounds.into_iter().enumerate() {
                let name = &schema.constructors[at].name;
                assert!(sizes.constructor(at) <= bound, "{name}: {bound}");
            }
            let circles = Circles::find(&schema, Containment::Nested);
            for (at, may) in may_contain_themselves(&schema).into_iter().enumerate() {
                let does = circles.contains_itself(Node::Type(at));
                assert!(may || !does, "{}", schema.types[at].name);
            }
        }
    }
}
