//! What each type costs: its size in memory, the least that it takes on the wire, and what must
//! therefore be boxed.

use super::graph::{Circles, Containment, Node};
use super::plan::is_single;
use crate::schema::{Combinator, Schema, Type};

/// A variant whose struct is larger than this is boxed, so that no enum is larger than
/// [`MAX_ENUM`].
const MAX_INLINE: u64 = 120;

/// The size in bytes that no generated enum exceeds, asserted in the generated code.
pub(super) const MAX_ENUM: u64 = 128;

/// Facts about every constructor and type, by the indices of the schema.
pub(super) struct Layout {
    pub(super) constructors: Vec<Facts>,
    pub(super) types: Vec<Facts>,
    pub(super) functions: Vec<Facts>,
    values: Circles,
    nested: Circles,
    alone: Circles,
}

/// What is known of a constructor, a function or a type.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Facts {
    /// Has strings or bytes somewhere inside, so that it takes a form.
    pub(super) form: bool,
    /// The fewest bytes on the wire; of a type with the id.
    pub(super) min_len: u64,
    /// In memory, at most: owned form, 64-bit machine.
    space: Space,
}

#[derive(Debug, Clone, Copy, Default)]
struct Space {
    size: u64,
    align: u64,
    /// Whether `Option` of it takes no more room.
    niche: bool,
}

impl Layout {
    pub(super) fn of(schema: &Schema) -> Self {
        let mut layout = Self {
            constructors: vec![Facts::default(); schema.constructors.len()],
            types: vec![Facts::default(); schema.types.len()],
            functions: Vec::new(),
            values: Circles::find(schema, Containment::ByValue),
            nested: Circles::find(schema, Containment::Nested),
            alone: Circles::find(schema, Containment::NestedAlone),
        };
        layout.spread(schema);
        layout.measure_wire(schema);
        layout.measure_memory(schema);
        layout.functions = schema
            .functions
            .iter()
            .map(|function| layout.combinator(function))
            .collect();
        layout
    }

    /// Whether an enum holds this constructor in a box.
    pub(super) fn boxed_variant(&self, ty: usize, constructor: usize) -> bool {
        self.values
            .same(Node::Type(ty), Node::Constructor(constructor))
            || self.constructors[constructor].space.size > MAX_INLINE
    }

    /// Whether a field of one constructor that has no enum around it needs a box, since the two
    /// contain each other.
    pub(super) fn boxed_field(&self, schema: &Schema, owner: usize, field: &Type) -> bool {
        closes_circle(&self.values, schema, owner, field)
    }

    /// Whether values of the type can be nested in each other without end.
    pub(super) fn nests(&self, ty: usize) -> bool {
        self.nested.contains_itself(Node::Type(ty))
    }

    /// The same for a constructor that is met without an enum around it: whatever else contains
    /// it, somewhere on each way back to it the depth must be counted.
    pub(super) fn nests_alone(&self, schema: &Schema, constructor: usize) -> bool {
        let node = Node::Constructor(constructor);
        let single = matches!(schema.constructors[constructor].result, Type::Boxed(ty)
            if is_single(&schema.types[ty]));
        self.alone.contains_itself(node) || (single && self.nested.contains_itself(node))
    }

    /// Forms go from the inside out, circles as a whole.
    fn spread(&mut self, schema: &Schema) {
        let nested = std::mem::replace(&mut self.nested, Circles::default());
        for circle in nested.inside_out() {
            let mut form = false;
            for node in circle {
                match *node {
                    Node::Constructor(at) => {
                        for field in &schema.constructors[at].fields {
                            let facts = self.ty(&field.ty);
                            form |= facts.form;
                        }
                    }
                    Node::Type(at) => {
                        for &constructor in &schema.types[at].constructors {
                            form |= self.constructors[constructor].form;
                        }
                    }
                }
            }
            for node in circle {
                let facts = match *node {
                    Node::Constructor(at) => &mut self.constructors[at],
                    Node::Type(at) => &mut self.types[at],
                };
                facts.form = form;
            }
        }
        self.nested = nested;
    }

    /// Within each circle, shrinks from "cannot be written at all" until nothing changes.
    fn measure_wire(&mut self, schema: &Schema) {
        const NEVER: u64 = 1 << 30;
        for facts in self.constructors.iter_mut().chain(&mut self.types) {
            facts.min_len = NEVER;
        }
        let nested = std::mem::replace(&mut self.nested, Circles::default());
        for circle in nested.inside_out() {
            let mut changed = true;
            while changed {
                changed = false;
                for node in circle {
                    let (len, facts) = match *node {
                        Node::Constructor(at) => {
                            let len = self.fields_len(&schema.constructors[at]);
                            (len, &mut self.constructors[at])
                        }
                        Node::Type(at) => {
                            let constructors = schema.types[at].constructors.iter();
                            let least = constructors.map(|&at| self.constructors[at].min_len).min();
                            (least.unwrap_or(0) + 4, &mut self.types[at])
                        }
                    };
                    changed |= len < facts.min_len;
                    facts.min_len = facts.min_len.min(len);
                }
            }
        }
        self.nested = nested;
    }

    fn fields_len(&self, combinator: &Combinator) -> u64 {
        let always = combinator
            .fields
            .iter()
            .filter(|field| field.condition.is_none());
        always
            .map(|field| self.ty(&field.ty).min_len)
            .fold(0, u64::saturating_add)
    }

    fn measure_memory(&mut self, schema: &Schema) {
        let values = std::mem::replace(&mut self.values, Circles::default());
        for circle in values.inside_out() {
            // Within a circle enums hold their constructors in boxes, so they come first.
            for node in circle {
                if let Node::Type(at) = *node {
                    self.types[at].space =
                        enum_space(schema.types[at].constructors.iter().map(|&constructor| {
                            if values.same(*node, Node::Constructor(constructor)) {
                                BOX
                            } else if is_single(&schema.types[at]) {
                                self.constructors[constructor].space
                            } else {
                                Some(self.constructors[constructor].space)
                                    .filter(|space| space.size <= MAX_INLINE)
                                    .unwrap_or(BOX)
                            }
                        }));
                }
            }
            for node in circle {
                if let Node::Constructor(at) = *node {
                    let fields = schema.constructors[at].fields.iter().map(|field| {
                        let boxed = closes_circle(&values, schema, at, &field.ty);
                        let space = if boxed { BOX } else { self.ty(&field.ty).space };
                        match field.condition {
                            Some(_) => space.optional(),
                            None => space,
                        }
                    });
                    self.constructors[at].space = struct_space(fields);
                }
            }
        }
        self.values = values;
    }

    /// Whether values of the type take a form.
    pub(super) fn has_form(&self, ty: &Type) -> bool {
        self.ty(ty).form
    }

    fn combinator(&self, combinator: &Combinator) -> Facts {
        let fields = || combinator.fields.iter().map(|field| self.ty(&field.ty));
        Facts {
            form: fields().any(|facts| facts.form),
            min_len: self.fields_len(combinator),
            space: Space::default(),
        }
    }

    fn ty(&self, ty: &Type) -> Facts {
        let fixed = |min_len, size, align, niche| Facts {
            min_len,
            space: Space { size, align, niche },
            ..Facts::default()
        };
        match ty {
            Type::Int | Type::Flags => fixed(4, 4, 4, false),
            Type::Long | Type::Double => fixed(8, 8, 8, false),
            Type::String | Type::Bytes | Type::Object => Facts {
                form: true,
                ..fixed(4, 24, 8, true)
            },
            Type::Int128 => fixed(16, 16, 1, false),
            Type::Int256 => fixed(32, 32, 1, false),
            Type::Int512 => fixed(64, 64, 1, false),
            Type::True => fixed(0, 1, 1, true),
            Type::Bool => fixed(4, 1, 1, true),
            Type::Vector { boxed, element } => {
                let element = self.ty(element);
                Facts {
                    form: element.form,
                    ..fixed(if *boxed { 8 } else { 4 }, 24, 8, true)
                }
            }
            Type::Repeat { count, element } => {
                let element = self.ty(element);
                let count = u64::from(*count);
                Facts {
                    min_len: element.min_len.saturating_mul(count),
                    space: Space {
                        size: element.space.size.saturating_mul(count),
                        ..element.space
                    },
                    ..element
                }
            }
            Type::Boxed(at) => self.types[*at],
            Type::Bare(at) => self.constructors[*at],
            Type::Call(_) | Type::Param(_) => fixed(4, 8, 8, false),
        }
    }
}

/// Whether a field holds its own owner by value, with no enum in between that could box it.
fn closes_circle(values: &Circles, schema: &Schema, owner: usize, mut field: &Type) -> bool {
    while let Type::Repeat { element, .. } = field {
        field = element;
    }
    let inner = match field {
        Type::Bare(inner) => *inner,
        Type::Boxed(ty) if is_single(&schema.types[*ty]) => schema.types[*ty].constructors[0],
        _ => return false,
    };
    values.same(Node::Constructor(owner), Node::Constructor(inner))
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
            size: self.size + self.align,
            niche: true,
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
    all.size = all.size.next_multiple_of(all.align);
    all
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
        all.size = (all.size + all.align).next_multiple_of(all.align);
    }
    all
}
