//! What each type is like: whether it takes a form, the least that it takes on the wire, where
//! depth is counted, and what must be boxed.

use crate::circles::{Circles, Containment, Node};
use crate::schema::{Combinator, Schema, Type};
use crate::sizes::Sizes;

/// The size in bytes that no generated enum exceeds, asserted in the generated code.
pub(super) const MAX_ENUM: u64 = 128;

/// Facts about every constructor and type, by the indices of the schema.
pub(super) struct Layout {
    pub(super) constructors: Vec<Facts>,
    pub(super) types: Vec<Facts>,
    pub(super) functions: Vec<Facts>,
    sizes: Sizes,
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
}

impl Layout {
    pub(super) fn of(schema: &Schema) -> Self {
        let mut layout = Self {
            constructors: vec![Facts::default(); schema.constructors.len()],
            types: vec![Facts::default(); schema.types.len()],
            functions: Vec::new(),
            sizes: Sizes::of(schema),
            nested: Circles::find(schema, Containment::Nested),
            alone: Circles::find(schema, Containment::NestedAlone),
        };
        layout.spread(schema);
        layout.measure_wire(schema);
        layout.functions = schema
            .functions
            .iter()
            .map(|function| layout.combinator(function))
            .collect();
        layout
    }

    /// Whether an enum holds this constructor in a box.
    pub(super) fn boxed_variant(&self, ty: usize, constructor: usize) -> bool {
        self.sizes.boxed_variant(ty, constructor)
    }

    /// Whether a field of one constructor that has no enum around it needs a box, since the two
    /// contain each other.
    pub(super) fn boxed_field(&self, schema: &Schema, owner: usize, field: &Type) -> bool {
        self.sizes.boxed_field(schema, owner, field)
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
            if schema.types[ty].is_single());
        self.alone.contains_itself(node) || (single && self.nested.contains_itself(node))
    }

    /// Forms go from the inside out, circles as a whole.
    fn spread(&mut self, schema: &Schema) {
        let nested = std::mem::take(&mut self.nested);
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
        for facts in self.constructors.iter_mut().chain(&mut self.types) {
            facts.min_len = NEVER;
        }
        let nested = std::mem::take(&mut self.nested);
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
                            (least.unwrap_or(0).saturating_add(4), &mut self.types[at])
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
            .min(NEVER)
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
        }
    }

    fn ty(&self, ty: &Type) -> Facts {
        let fixed = |min_len| Facts {
            min_len,
            form: false,
        };
        match ty {
            Type::Int | Type::Flags => fixed(4),
            Type::Long | Type::Double => fixed(8),
            Type::String | Type::Bytes | Type::Object => Facts {
                form: true,
                ..fixed(4)
            },
            Type::Int128 => fixed(16),
            Type::Int256 => fixed(32),
            Type::Int512 => fixed(64),
            Type::True => fixed(0),
            Type::Bool => fixed(4),
            Type::Vector { boxed, element } => {
                let element = self.ty(element);
                Facts {
                    form: element.form,
                    ..fixed(if *boxed { 8 } else { 4 })
                }
            }
            Type::Repeat { count, element } => {
                let element = self.ty(element);
                Facts {
                    min_len: element.min_len.saturating_mul(u64::from(*count)),
                    ..element
                }
            }
            Type::Boxed(at) => self.types[*at],
            Type::Bare(at) => self.constructors[*at],
            Type::Call(_) | Type::Param(_) => fixed(4),
        }
    }
}

/// More than any value that can be read takes on the wire.
const NEVER: u64 = 1 << 30;
