//! What a value of each type takes in memory, and what must therefore be boxed.

use crate::circles::{Circles, Containment, Node};
use crate::schema::{Combinator, Schema, Type};

/// A variant whose struct is larger than this is boxed, so that no enum is larger than 128 bytes.
const MAX_INLINE: u64 = 120;

/// Sizes by the indices of a schema: at most, in the owned form, on a 64-bit machine.
#[derive(Debug)]
pub(crate) struct Sizes {
    constructors: Vec<Space>,
    types: Vec<Space>,
    values: Circles,
}

/// The room that a value takes where it is held.
#[derive(Debug, Clone, Copy, Default)]
struct Space {
    /// In bytes; the largest number stands for all larger ones.
    size: u64,
    align: u64,
    /// Whether `Option` of it takes no more room.
    niche: bool,
}

impl Sizes {
    pub(crate) fn of(schema: &Schema) -> Self {
        let mut sizes = Self {
            constructors: vec![Space::default(); schema.constructors.len()],
            types: vec![Space::default(); schema.types.len()],
            values: Circles::find(schema, Containment::ByValue),
        };
        let values = std::mem::take(&mut sizes.values);
        for circle in values.inside_out() {
            sizes.measure(schema, &values, circle);
        }
        sizes.values = values;
        sizes
    }

    /// A value of a type.
    pub(crate) fn ty(&self, ty: &Type) -> u64 {
        self.space(ty).size
    }

    /// The struct of a constructor.
    pub(crate) fn constructor(&self, at: usize) -> u64 {
        self.constructors[at].size
    }

    /// The struct of a function.
    pub(crate) fn function(&self, function: &Combinator) -> u64 {
        let fields = function.fields.iter().map(|field| {
            let space = self.space(&field.ty);
            match field.condition {
                Some(_) => space.optional(),
                None => space,
            }
        });
        struct_space(fields).size
    }

    /// Whether an enum holds this constructor in a box.
    pub(crate) fn boxed_variant(&self, ty: usize, constructor: usize) -> bool {
        self.values
            .same(Node::Type(ty), Node::Constructor(constructor))
            || self.constructors[constructor].size > MAX_INLINE
    }

    /// Whether a field of one constructor that has no enum around it needs a box, since the two
    /// contain each other.
    pub(crate) fn boxed_field(&self, schema: &Schema, owner: usize, field: &Type) -> bool {
        closes_circle(&self.values, schema, owner, field)
    }

    fn measure(&mut self, schema: &Schema, values: &Circles, circle: &[Node]) {
        // Within a circle enums hold their constructors in boxes, so they come first, and what has
        // no enum is not asked for: its owner holds it in a box.
        for node in circle {
            if let Node::Type(at) = *node {
                let ty = &schema.types[at];
                self.types[at] = enum_space(ty.constructors.iter().map(|&constructor| {
                    let space = self.constructors[constructor];
                    let boxed = values.same(*node, Node::Constructor(constructor))
                        || (!ty.is_single() && space.size > MAX_INLINE);
                    if boxed { BOX } else { space }
                }));
            }
        }
        for node in circle {
            if let Node::Constructor(at) = *node {
                let fields = schema.constructors[at].fields.iter().map(|field| {
                    let boxed = closes_circle(values, schema, at, &field.ty);
                    let space = if boxed { BOX } else { self.space(&field.ty) };
                    match field.condition {
                        Some(_) => space.optional(),
                        None => space,
                    }
                });
                self.constructors[at] = struct_space(fields);
            }
        }
        // A type without an enum is its constructor for all that stand outside of the circle.
        for node in circle {
            match *node {
                Node::Type(at) if schema.types[at].is_single() => {
                    self.types[at] = self.constructors[schema.types[at].constructors[0]];
                }
                _ => {}
            }
        }
    }

    fn space(&self, ty: &Type) -> Space {
        let fixed = |size, align, niche| Space { size, align, niche };
        match ty {
            Type::Int | Type::Flags => fixed(4, 4, false),
            Type::Long | Type::Double => fixed(8, 8, false),
            Type::String | Type::Bytes | Type::Object | Type::Vector { .. } => fixed(24, 8, true),
            Type::Int128 => fixed(16, 1, false),
            Type::Int256 => fixed(32, 1, false),
            Type::Int512 => fixed(64, 1, false),
            Type::True | Type::Bool => fixed(1, 1, true),
            Type::Repeat { count, element } => {
                let element = self.space(element);
                Space {
                    // Elements without a size take time, if nothing else.
                    size: element.size.max(1).saturating_mul(u64::from(*count)),
                    ..element
                }
            }
            Type::Boxed(at) => self.types[*at],
            Type::Bare(at) => self.constructors[*at],
            Type::Call(_) | Type::Param(_) => fixed(8, 8, false),
        }
    }
}

/// Whether a field holds its own owner by value, with no enum in between that could box it.
fn closes_circle(values: &Circles, schema: &Schema, owner: usize, field: &Type) -> bool {
    held(field, schema)
        .is_some_and(|inner| values.same(Node::Constructor(owner), Node::Constructor(inner)))
}

/// The constructor that a field holds by value, unless it is inside of an enum.
pub(crate) fn held(mut field: &Type, schema: &Schema) -> Option<usize> {
    while let Type::Repeat { element, .. } = field {
        field = element;
    }
    match *field {
        Type::Bare(at) => Some(at),
        Type::Boxed(at) if schema.types[at].is_single() => {
            schema.types[at].constructors.first().copied()
        }
        _ => None,
    }
}

const BOX: Space = Space {
    size: 8,
    align: 8,
    niche: true,
};

impl Space {
    fn optional(self) -> Self {
        if self.niche {
            return self;
        }
        Self {
            size: self.size.saturating_add(self.align),
            niche: true,
            ..self
        }
    }

    /// Filled up to its alignment.
    fn padded(self) -> Self {
        let size = self.size.checked_next_multiple_of(self.align);
        Self {
            size: size.unwrap_or(u64::MAX),
            ..self
        }
    }
}

fn struct_space(fields: impl Iterator<Item = Space>) -> Space {
    let mut all = Space {
        size: 0,
        align: 1,
        niche: false,
    };
    for field in fields {
        all.size = all.size.saturating_add(field.size);
        all.align = all.align.max(field.align);
        all.niche |= field.niche;
    }
    all.padded()
}

fn enum_space(variants: impl ExactSizeIterator<Item = Space>) -> Space {
    let single = variants.len() == 1;
    let mut all = Space {
        size: 0,
        align: 1,
        niche: true,
    };
    for variant in variants {
        all.size = all.size.max(variant.size);
        all.align = all.align.max(variant.align);
    }
    if !single {
        all.size = all.size.saturating_add(all.align);
        all = all.padded();
    }
    all
}
