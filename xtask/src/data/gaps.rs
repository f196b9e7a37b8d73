//! Whether the data beside a schema tells of everything in it, and of nothing else.

use std::collections::{BTreeMap, BTreeSet};

use tl_schema_codegen::schema::{Combinator, Schema, Type};

use super::{Docs, Methods, Sentences};

/// What the data leaves out, and what it tells of although it does not exist.
pub(super) fn gaps(schema: &Schema, methods: &Methods, docs: &Docs) -> Vec<String> {
    let mut gaps = Vec::new();
    let types = schema.types.iter().map(|ty| &*ty.name).collect();
    compare(&mut gaps, "type", "sentence", types, listed(&docs.types));
    let constructors = names(&schema.constructors);
    compare(
        &mut gaps,
        "constructor",
        "sentence",
        constructors,
        listed(&docs.constructors),
    );
    let functions = names(&schema.functions);
    compare(
        &mut gaps,
        "method",
        "sentence",
        functions.clone(),
        listed(&docs.methods),
    );
    compare(
        &mut gaps,
        "method",
        "callers and errors",
        functions,
        listed(&methods.methods),
    );
    for (combinators, sentences) in [
        (&schema.constructors, &docs.constructors),
        (&schema.functions, &docs.methods),
    ] {
        for combinator in combinators {
            if let Some(sentences) = sentences.get(&combinator.name) {
                of_fields(&mut gaps, combinator, sentences);
            }
        }
    }
    gaps
}

fn of_fields(gaps: &mut Vec<String>, combinator: &Combinator, sentences: &Sentences) {
    // A flags word says nothing that its fields do not say.
    let fields = combinator
        .fields
        .iter()
        .filter(|field| field.ty != Type::Flags);
    let fields = fields.filter_map(|field| field.name.as_deref()).collect();
    let kind = format!("field of {}:", combinator.name);
    compare(gaps, &kind, "sentence", fields, listed(&sentences.fields));
}

fn compare(
    gaps: &mut Vec<String>,
    kind: &str,
    wants: &str,
    known: BTreeSet<&str>,
    told: BTreeSet<&str>,
) {
    gaps.extend(
        known
            .difference(&told)
            .map(|name| format!("no {wants} for {kind} {name}")),
    );
    gaps.extend(
        told.difference(&known)
            .map(|name| format!("there is no {kind} {name}")),
    );
}

fn names(combinators: &[Combinator]) -> BTreeSet<&str> {
    combinators.iter().map(|it| &*it.name).collect()
}

/// What a table tells of. A schema does not list `Bool`, though its file declares it.
fn listed<V>(table: &BTreeMap<String, V>) -> BTreeSet<&str> {
    let names = table.keys().map(String::as_str);
    names
        .filter(|name| !matches!(*name, "Bool" | "boolTrue" | "boolFalse"))
        .collect()
}
