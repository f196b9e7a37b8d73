//! From a schema to the part of it that some roots need, and what drags in what.
//!
//! The closure of a method is every type that its parameters and its result can reach, with all
//! constructors of those types; see [`Manifest`] for the ways to have less.

mod graph;
mod manifest;
mod report;

pub use manifest::{Error, Manifest, Problem};
pub use report::{Counts, Report, Row};

use crate::schema::{Combinator, Schema, Type, TypeDef};
use graph::{Graph, Node};
use manifest::Roots;

/// A part of a schema that is complete in itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// What was selected, in the order of the whole schema.
    pub schema: Schema,
    /// How much it is.
    pub counts: Counts,
    /// Types listed as opaque that nothing reaches, so that listing them has no effect.
    pub idle: Vec<String>,
}

/// Keeps what the roots in `manifest` reach, and nothing else.
///
/// # Errors
///
/// If the manifest names what `schema` does not have; all such names are reported together.
pub fn select(schema: &Schema, manifest: &Manifest) -> Result<Selection, Error> {
    let roots = Roots::resolve(schema, manifest)?;
    let graph = Graph::new(schema, &roots);
    let reached = graph.closure(&graph.roots(&roots), None);
    let selected = extract(schema, &roots, |node| reached.contains(graph.index(node)));
    Ok(Selection {
        counts: Counts::of(&selected),
        schema: selected,
        idle: (roots.opaque.iter())
            .filter(|&&at| !reached.contains(graph.index(Node::Type(at))))
            .map(|&at| schema.types[at].name.clone())
            .collect(),
    })
}

/// Tells what drags in what: why each type is in the selection, and what it costs.
///
/// The selection is walked twice for each of its types, so this is for people to read, not for
/// every build.
///
/// # Errors
///
/// The same as [`select`].
pub fn explain(schema: &Schema, manifest: &Manifest) -> Result<Report, Error> {
    let roots = Roots::resolve(schema, manifest)?;
    let graph = Graph::new(schema, &roots);
    Ok(report::report(&graph, &graph.roots(&roots)))
}

/// Copies what `keep` says, with indices that fit the copy.
fn extract(schema: &Schema, roots: &Roots, keep: impl Fn(Node) -> bool) -> Schema {
    let constructor_kept = |&at: &usize| keep(Node::Constructor(at));
    let type_kept = |&at: &usize| {
        keep(Node::Type(at)) || schema.types[at].constructors.iter().any(constructor_kept)
    };
    let constructors: Vec<usize> = (0..schema.constructors.len())
        .filter(constructor_kept)
        .collect();
    let types: Vec<usize> = (0..schema.types.len()).filter(type_kept).collect();
    let renumber = Renumber {
        constructors: positions(&constructors, schema.constructors.len()),
        types: positions(&types, schema.types.len()),
    };
    Schema {
        layer: schema.layer,
        constructors: constructors
            .iter()
            .map(|&at| renumber.combinator(&schema.constructors[at]))
            .collect(),
        functions: (0..schema.functions.len())
            .filter(|&at| keep(Node::Function(at)))
            .map(|at| renumber.combinator(&schema.functions[at]))
            .collect(),
        types: types
            .iter()
            .map(|&at| {
                let old = &schema.types[at];
                let kept: Vec<usize> = old
                    .constructors
                    .iter()
                    .copied()
                    .filter(|at| constructor_kept(at))
                    .collect();
                let alone = kept.len() < old.constructors.len()
                    || kept.iter().any(|at| roots.constructors.contains(at));
                TypeDef {
                    name: old.name.clone(),
                    partial: old.partial || !keep(Node::Type(at)) && alone,
                    constructors: kept.iter().map(|&at| renumber.constructors[at]).collect(),
                }
            })
            .collect(),
    }
}

/// The new index of each old one; those that are left out are never asked for.
fn positions(kept: &[usize], of: usize) -> Vec<usize> {
    let mut positions = vec![usize::MAX; of];
    for (new, &old) in kept.iter().enumerate() {
        positions[old] = new;
    }
    positions
}

struct Renumber {
    constructors: Vec<usize>,
    types: Vec<usize>,
}

impl Renumber {
    fn combinator(&self, old: &Combinator) -> Combinator {
        let mut new = old.clone();
        for ty in new
            .fields
            .iter_mut()
            .map(|field| &mut field.ty)
            .chain([&mut new.result])
        {
            self.ty(ty);
        }
        new
    }

    fn ty(&self, mut ty: &mut Type) {
        while let Type::Vector { element, .. } | Type::Repeat { element, .. } = ty {
            ty = element;
        }
        match ty {
            Type::Boxed(at) => *at = self.types[*at],
            Type::Bare(at) => *at = self.constructors[*at],
            _ => {}
        }
    }
}
