//! Trees to a [`Schema`]: names resolved, ids settled, and everything refused that has no meaning.

mod builtin;
mod declare;
mod id;
mod inhabited;
mod repeated;
mod resolve;
mod rest;
mod rust;
mod size;
pub(crate) mod suggest;

use std::collections::BTreeSet;

use self::declare::Declaration;
use self::id::Ids;
use self::resolve::Resolver;
use crate::diagnostic::Diagnostics;
use crate::ids::Dialect;
use crate::print;
use crate::schema::{Combinator, Field, Schema, Type, TypeDef};
use crate::syntax::{Definition, Tree};

/// What the caller knows and the files do not say.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Names of definitions whose explicit id is known to differ from the computed one.
    pub exceptions: BTreeSet<String>,
    /// Names of types, besides `Object`, that stand for a boxed value of any type.
    pub any: BTreeSet<String>,
}

/// A parsed file, and how its ids are made.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    /// What it says.
    pub tree: &'a Tree<'a>,
    /// The dialect of its ids.
    pub dialect: Dialect,
}

/// What [`check`] made of some files.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The schema, if there was no error.
    pub schema: Option<Schema>,
    /// Errors and warnings.
    pub diagnostics: Diagnostics,
}

/// Checks several files as one schema.
///
/// A definition that stands in several of them with the same text and id counts once.
pub fn check(files: &[File<'_>], options: &Options) -> Outcome {
    let mut diagnostics = Diagnostics::default();
    let declared = declare::declare(files, options, &mut diagnostics);
    let count = declared.constructors.len() + declared.functions.len() + declared.builtins.len();
    let mut ids = Ids::with_capacity(count);
    let mut resolver = Resolver::new(&declared, diagnostics);

    let mut schema = Schema {
        layer: declared.layer,
        ..Schema::default()
    };
    schema
        .constructors
        .reserve_exact(declared.constructors.len() + 1);
    schema.functions.reserve_exact(declared.functions.len());
    for &Declaration {
        definition,
        dialect,
    } in &declared.builtins
    {
        ids.settle(definition, dialect, options, &mut resolver.diagnostics);
    }
    // Everything about a definition is done at once, while its tree is at hand.
    for (
        index,
        &Declaration {
            definition,
            dialect,
        },
    ) in declared.constructors.iter().enumerate()
    {
        let id = ids.settle(definition, dialect, options, &mut resolver.diagnostics);
        let (fields, result) = resolver.constructor(index, definition);
        schema
            .constructors
            .push(combinator(definition, id, fields, result));
    }
    for &Declaration {
        definition,
        dialect,
    } in &declared.functions
    {
        let id = ids.settle(definition, dialect, options, &mut resolver.diagnostics);
        let (fields, result) = resolver.function(definition);
        schema
            .functions
            .push(combinator(definition, id, fields, result));
    }
    let boxed_true = resolver.boxed_true();
    let Resolver {
        needs,
        mut diagnostics,
        ..
    } = resolver;
    ids.finish(&mut diagnostics);
    schema.types = declared.types;
    if let Some((definition, id)) = boxed_true {
        let constructors = vec![schema.constructors.len()];
        let result = Type::Boxed(schema.types.len());
        schema.types.push(TypeDef {
            name: "True".to_owned(),
            constructors,
            partial: false,
        });
        schema
            .constructors
            .push(combinator(definition, id, Vec::new(), result));
    }
    if diagnostics.errors() == 0 {
        inhabited::check(&schema, &needs, &mut diagnostics);
        let (constructors, functions) = (&declared.constructors, &declared.functions);
        rust::check(&schema, constructors, functions, &mut diagnostics);
        size::check(&schema, [constructors, functions], &mut diagnostics);
        rest::check(&schema, [constructors, functions], &mut diagnostics);
    }
    Outcome {
        schema: Some(schema).filter(|_| diagnostics.errors() == 0),
        diagnostics,
    }
}

fn combinator(
    definition: &Definition<'_>,
    id: u32,
    fields: Vec<Field>,
    result: Type,
) -> Combinator {
    Combinator {
        name: definition.name.text.to_owned(),
        id,
        type_params: definition
            .params
            .iter()
            .map(|param| param.text.to_owned())
            .collect(),
        fields,
        result,
        docs: definition.docs().map(str::to_owned).collect(),
        text: print::line(definition, Some(id)),
        span: definition.span,
    }
}
