//! Which constructors and types contain which, and where that closes a circle.

use crate::schema::{Combinator, Schema, Type};

/// What counts as one containing the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Containment {
    /// Only by value: what a vector holds lies elsewhere.
    ByValue,
    /// Also through vectors.
    Nested,
    /// Also through vectors, but not through enums: what an enum contains is none of its owner's.
    NestedAlone,
}

/// A constructor or a boxed type, as one number: constructors first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Node {
    Constructor(usize),
    Type(usize),
}

/// Containment, taken apart into circles.
#[derive(Debug, Default)]
pub(crate) struct Circles {
    constructors: usize,
    /// The circle of each node; nodes of one circle contain each other.
    circle: Vec<usize>,
    /// The circles, each before those that contain it.
    members: Vec<Vec<Node>>,
    /// Whether the circle has more than one node, or one that contains itself.
    closed: Vec<bool>,
}

impl Circles {
    /// The circles of a schema.
    pub(crate) fn find(schema: &Schema, containment: Containment) -> Self {
        let constructors = schema.constructors.len();
        let through_vectors = containment != Containment::ByValue;
        let types = schema.types.iter().map(|ty| match containment {
            Containment::NestedAlone if ty.is_enum() => Vec::new(),
            _ => ty.constructors.clone(),
        });
        let edges: Vec<Vec<usize>> = schema
            .constructors
            .iter()
            .map(|combinator| contained(combinator, through_vectors, constructors))
            .chain(types)
            .collect();
        let (circle, order) = strongly_connected(&edges);
        let closed = order
            .iter()
            .map(|nodes| nodes.len() > 1 || edges[nodes[0]].contains(&nodes[0]))
            .collect();
        let node = |at: usize| match at.checked_sub(constructors) {
            Some(ty) => Node::Type(ty),
            None => Node::Constructor(at),
        };
        let members = order
            .iter()
            .map(|nodes| nodes.iter().map(|&at| node(at)).collect());
        Self {
            constructors,
            circle,
            members: members.collect(),
            closed,
        }
    }

    /// Whether the two contain each other.
    pub(crate) fn same(&self, a: Node, b: Node) -> bool {
        let circle = self.circle[self.index(a)];
        circle == self.circle[self.index(b)] && self.closed[circle]
    }

    /// Whether it contains itself, directly or not.
    pub(crate) fn contains_itself(&self, node: Node) -> bool {
        self.closed[self.circle[self.index(node)]]
    }

    /// All circles, each before those that contain it.
    pub(crate) fn inside_out(&self) -> &[Vec<Node>] {
        &self.members
    }

    fn index(&self, node: Node) -> usize {
        match node {
            Node::Constructor(at) => at,
            Node::Type(at) => self.constructors + at,
        }
    }
}

fn contained(combinator: &Combinator, through_vectors: bool, constructors: usize) -> Vec<usize> {
    combinator
        .fields
        .iter()
        .filter_map(|field| {
            let mut ty = &field.ty;
            while let Type::Vector { element, .. } | Type::Repeat { element, .. } = ty {
                if matches!(ty, Type::Vector { .. }) && !through_vectors {
                    return None;
                }
                ty = element;
            }
            match ty {
                Type::Boxed(at) => Some(constructors + at),
                Type::Bare(at) => Some(*at),
                _ => None,
            }
        })
        .collect()
}

/// Tarjan's algorithm with a stack of its own: the component of each node, and the components in
/// an order in which each stands before those that reach it.
fn strongly_connected(edges: &[Vec<usize>]) -> (Vec<usize>, Vec<Vec<usize>>) {
    const UNSEEN: usize = usize::MAX;
    let mut number = vec![UNSEEN; edges.len()];
    let mut low = vec![0; edges.len()];
    let mut component = vec![UNSEEN; edges.len()];
    let mut components: Vec<Vec<usize>> = Vec::new();
    let mut open = Vec::new();
    let mut next = 0;
    for start in 0..edges.len() {
        if number[start] != UNSEEN {
            continue;
        }
        // Each entry is a node and how many of its edges have been followed.
        let mut path = vec![(start, 0)];
        while let Some((node, followed)) = path.pop() {
            if followed == 0 {
                number[node] = next;
                low[node] = next;
                next += 1;
                open.push(node);
            }
            if let Some(&to) = edges[node].get(followed) {
                path.push((node, followed + 1));
                if number[to] == UNSEEN {
                    path.push((to, 0));
                } else if component[to] == UNSEEN {
                    low[node] = low[node].min(number[to]);
                }
                continue;
            }
            if let Some(&(parent, _)) = path.last() {
                low[parent] = low[parent].min(low[node]);
            }
            if low[node] == number[node] {
                let mut nodes = Vec::new();
                while let Some(member) = open.pop() {
                    component[member] = components.len();
                    nodes.push(member);
                    if member == node {
                        break;
                    }
                }
                components.push(nodes);
            }
        }
    }
    (component, components)
}
