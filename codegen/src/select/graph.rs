//! Who refers to whom in a schema, and what can be reached from where.

use std::collections::VecDeque;

use super::manifest::Roots;
use crate::schema::{Combinator, Schema, Type};

/// Something that a selection takes or leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Node {
    Function(usize),
    Constructor(usize),
    /// A boxed type as a whole, with all its constructors unless it is opaque.
    Type(usize),
    /// The built-in `Bool`, which a [`Schema`] does not list but every count includes.
    Bool,
}

/// A step of the walk: from which node, and through which of its fields if it has several.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) from: Node,
    pub(super) field: Option<usize>,
}

/// A schema as a graph whose nodes are numbered: functions, constructors, types, `Bool`.
pub(super) struct Graph<'a> {
    pub(super) schema: &'a Schema,
    /// For each type, whether its constructors stay out of sight.
    opaque: Vec<bool>,
}

impl<'a> Graph<'a> {
    pub(super) fn new(schema: &'a Schema, roots: &Roots) -> Self {
        let mut opaque = vec![false; schema.types.len()];
        for &at in &roots.opaque {
            opaque[at] = true;
        }
        Self { schema, opaque }
    }

    pub(super) fn is_opaque(&self, ty: usize) -> bool {
        self.opaque[ty]
    }

    /// Where the walk begins, in the order of the manifest.
    pub(super) fn roots(&self, roots: &Roots) -> Vec<Node> {
        let methods = roots.methods.iter().map(|&at| Node::Function(at));
        let types = roots.types.iter().map(|&at| Node::Type(at));
        let constructors = roots.constructors.iter().map(|&at| Node::Constructor(at));
        methods.chain(types).chain(constructors).collect()
    }

    /// The number of `node`, below [`Graph::len`].
    pub(super) fn index(&self, node: Node) -> usize {
        let (functions, constructors) =
            (self.schema.functions.len(), self.schema.constructors.len());
        match node {
            Node::Function(at) => at,
            Node::Constructor(at) => functions + at,
            Node::Type(at) => functions + constructors + at,
            Node::Bool => functions + constructors + self.schema.types.len(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.index(Node::Bool) + 1
    }

    /// Everything that `roots` reach without passing through `barred`, breadth first.
    pub(super) fn closure(&self, roots: &[Node], barred: Option<Node>) -> Closure {
        let mut closure = Closure {
            steps: vec![None; self.len()],
            order: Vec::new(),
        };
        let mut queue = VecDeque::new();
        let mut reach = |node: Node, step: Option<Step>, queue: &mut VecDeque<Node>| {
            let seen = &mut closure.steps[self.index(node)];
            if seen.is_none() && Some(node) != barred {
                *seen = Some(step);
                closure.order.push(node);
                queue.push_back(node);
            }
        };
        for &root in roots {
            reach(root, None, &mut queue);
        }
        while let Some(from) = queue.pop_front() {
            self.successors(from, |to, field| {
                reach(to, Some(Step { from, field }), &mut queue)
            });
        }
        closure
    }

    fn successors(&self, node: Node, mut reach: impl FnMut(Node, Option<usize>)) {
        match node {
            Node::Function(at) => {
                let function = &self.schema.functions[at];
                self.refer(&function.result, None, &mut reach);
                self.fields(function, reach);
            }
            Node::Constructor(at) => self.fields(&self.schema.constructors[at], reach),
            Node::Type(at) if self.opaque[at] => {}
            Node::Type(at) => {
                for &constructor in &self.schema.types[at].constructors {
                    reach(Node::Constructor(constructor), None);
                }
            }
            Node::Bool => {}
        }
    }

    fn fields(&self, combinator: &Combinator, mut reach: impl FnMut(Node, Option<usize>)) {
        for (at, field) in combinator.fields.iter().enumerate() {
            self.refer(&field.ty, Some(at), &mut reach);
        }
    }

    /// What a use of `ty` reaches. A bare constructor stands for itself, but brings along a type
    /// that has no other one.
    fn refer(&self, ty: &Type, field: Option<usize>, reach: &mut impl FnMut(Node, Option<usize>)) {
        let Some(node) = leaf(ty) else { return };
        reach(node, field);
        let Node::Constructor(at) = node else { return };
        match self.schema.constructors[at].result {
            Type::Boxed(ty) if self.schema.types[ty].constructors.len() == 1 => {
                reach(Node::Type(ty), field);
            }
            _ => {}
        }
    }
}

/// What was reached, and how.
pub(super) struct Closure {
    /// By the number of the node: the step that reached it first, `Some(None)` for a root.
    steps: Vec<Option<Option<Step>>>,
    /// The nodes in the order in which they were reached.
    pub(super) order: Vec<Node>,
}

impl Closure {
    pub(super) fn contains(&self, index: usize) -> bool {
        self.steps[index].is_some()
    }

    /// The step that reached a node first; none for a root and for what was not reached.
    pub(super) fn step(&self, index: usize) -> Option<Step> {
        self.steps[index].flatten()
    }
}

/// What a type refers to, through any vectors.
pub(super) fn leaf(mut ty: &Type) -> Option<Node> {
    while let Type::Vector { element, .. } | Type::Repeat { element, .. } = ty {
        ty = element;
    }
    match ty {
        Type::Boxed(at) => Some(Node::Type(*at)),
        Type::Bare(at) => Some(Node::Constructor(*at)),
        Type::Bool => Some(Node::Bool),
        _ => None,
    }
}
