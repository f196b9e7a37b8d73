//! The least that a value can be: how many constructors must be nested to write it down, and the
//! shortest one.

use tl_schema_codegen::schema::{Combinator, Schema, Type};

use crate::dynamic::{Definition, Dynamic, Object, inner_call};

/// A measure of the least value of each constructor and type.
pub struct Least<'s> {
    schema: &'s Schema,
    /// The measure of a type that is no constructor's, and how those of fields come together.
    plain: fn(&Type) -> u32,
    together: fn(u32, u32) -> u32,
    /// What a constructor adds to its fields, and what a boxed type adds to its constructors.
    own: (u32, u32),
    pub(crate) constructors: Vec<u32>,
    pub(crate) types: Vec<u32>,
}

impl<'s> Least<'s> {
    /// How many constructors stand one within another.
    pub fn height(schema: &'s Schema) -> Self {
        Self::of(schema, |_| 0, u32::max, (1, 0))
    }

    /// How many bytes the fields take; of a type, with the constructor id.
    pub fn size(schema: &'s Schema) -> Self {
        Self::of(schema, plain_size, u32::saturating_add, (0, 4))
    }

    fn of(
        schema: &'s Schema,
        plain: fn(&Type) -> u32,
        together: fn(u32, u32) -> u32,
        own: (u32, u32),
    ) -> Self {
        let mut least = Self {
            schema,
            plain,
            together,
            own,
            constructors: vec![u32::MAX; schema.constructors.len()],
            types: vec![u32::MAX; schema.types.len()],
        };
        // From "never" down, until nothing changes.
        let mut changed = true;
        while changed {
            changed = false;
            for (at, constructor) in schema.constructors.iter().enumerate() {
                let measure = least.combinator(constructor);
                changed |= measure < least.constructors[at];
                least.constructors[at] = measure;
            }
            for (at, ty) in schema.types.iter().enumerate() {
                let constructors = ty.constructors.iter().map(|&it| least.constructors[it]);
                let measure = constructors.min().unwrap_or(u32::MAX);
                least.types[at] = measure.saturating_add(own.1);
            }
        }
        least
    }

    /// The measure of the least value of a type.
    pub fn ty(&self, ty: &Type) -> u32 {
        match ty {
            Type::Boxed(at) => self.types[*at],
            Type::Bare(at) => self.constructors[*at],
            Type::Repeat { count, element } => {
                let elements = std::iter::repeat_n(self.ty(element), *count as usize);
                elements.fold(0, self.together)
            }
            Type::Call(_) => self.combinator(inner_call(self.schema).of(self.schema)),
            plain => (self.plain)(plain),
        }
    }

    fn combinator(&self, combinator: &Combinator) -> u32 {
        let always = combinator.fields.iter().filter(|it| it.condition.is_none());
        let fields = always
            .map(|field| self.ty(&field.ty))
            .fold(0, self.together);
        fields.saturating_add(self.own.0)
    }
}

/// The shortest value of a type: zeros, nothing optional, nothing in vectors.
pub fn shortest(sizes: &Least<'_>, ty: &Type) -> Dynamic {
    let schema = sizes.schema;
    match ty {
        Type::Int => Dynamic::Int(0),
        Type::Flags => Dynamic::Word(0),
        Type::Long => Dynamic::Long(0),
        Type::Double => Dynamic::Double(0.0),
        Type::String => Dynamic::Text(String::new()),
        Type::Bytes => Dynamic::Bytes(Vec::new()),
        Type::Int128 => Dynamic::Raw(vec![0; 16]),
        Type::Int256 => Dynamic::Raw(vec![0; 32]),
        Type::Int512 => Dynamic::Raw(vec![0; 64]),
        Type::Object => Dynamic::Raw(vec![0; 4]),
        Type::True => Dynamic::True,
        Type::Bool => Dynamic::Bool(false),
        Type::Vector { .. } => Dynamic::List(Vec::new()),
        Type::Repeat { count, element } => {
            Dynamic::List(vec![shortest(sizes, element); *count as usize])
        }
        Type::Boxed(at) => {
            let constructors = schema.types[*at].constructors.iter().copied();
            let least = constructors.min_by_key(|&it| sizes.constructors[it]);
            let constructor = Definition::Constructor(least.unwrap_or_default());
            Dynamic::Object(shortest_of(sizes, constructor))
        }
        Type::Bare(at) => Dynamic::Object(shortest_of(sizes, Definition::Constructor(*at))),
        Type::Call(_) | Type::Param(_) => Dynamic::Object(shortest_of(sizes, inner_call(schema))),
    }
}

/// As [`shortest`], for a constructor or a function.
pub fn shortest_of(sizes: &Least<'_>, definition: Definition) -> Object {
    let fields = definition.of(sizes.schema).fields.iter();
    let fields = fields.map(|field| match field.condition {
        Some(_) => None,
        None => Some(shortest(sizes, &field.ty)),
    });
    Object {
        definition,
        fields: fields.collect(),
    }
}

fn plain_size(ty: &Type) -> u32 {
    match ty {
        Type::Int | Type::Flags | Type::String | Type::Bytes | Type::Bool | Type::Object => 4,
        Type::Long | Type::Double => 8,
        Type::Int128 => 16,
        Type::Int256 => 32,
        Type::Int512 => 64,
        Type::Vector { boxed, .. } => 4 + 4 * u32::from(*boxed),
        _ => 0,
    }
}
