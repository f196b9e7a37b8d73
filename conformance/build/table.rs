//! Text of Rust tables over the definitions of a schema; build scripts include this file.

use std::fmt::Write;

use tl_schema_codegen::emit::{Entry, Kind, index};
use tl_schema_codegen::names::snake;
use tl_schema_codegen::schema::Schema;

/// An expression: every definition as a `conformance::Subject`, in the order of the index.
/// `root` is the path of the generated module.
pub(crate) fn subjects(schema: &Schema, root: &str, json: bool) -> String {
    let mut table = String::from("::conformance::subjects! {\n");
    let entries = index(schema);
    let call = inner_call(schema, &entries, root).unwrap_or_default();
    for entry in &entries {
        let Entry { tl, path, .. } = entry;
        let shape = match entry.kind {
            Kind::Constructor => "lone",
            Kind::Type | Kind::Function => "plain",
        };
        let json = if json { "json" } else { "" };
        let calls = vec![call.as_str(); type_params(schema, entry)];
        let owned = format!("{root}::{path}{}", arguments(&calls));
        let borrowed = if entry.has_form {
            let arguments = arguments(&[&["'_"], calls.as_slice()].concat());
            format!("{root}::borrowed::{path}{arguments}")
        } else {
            owned.clone()
        };
        // Writing to a `String` cannot fail.
        let _ = writeln!(
            table,
            "    {:?} {tl:?} {shape} {json}({owned}, {borrowed});",
            entry.kind
        );
    }
    table + "}\n"
}

/// The same definitions in another crate with the same paths, as lines of a macro named `peers!`.
pub(crate) fn peers(schema: &Schema, root: &str) -> String {
    let mut table = String::from("peers! {\n");
    for Entry { kind, tl, path, .. } in index(schema) {
        let shape = match kind {
            Kind::Type => "plain",
            Kind::Constructor | Kind::Function => "lone",
        };
        let _ = writeln!(table, "    {kind:?} {tl:?} {shape} {root}::{path};");
    }
    table + "}\n"
}

/// A module of tests: one for each definition, which calls `$check` with its kind and TL name.
pub(crate) fn tests(schema: &Schema, name: &str) -> String {
    let mut groups = [
        ("constructors", Kind::Constructor),
        ("types", Kind::Type),
        ("functions", Kind::Function),
    ]
    .map(|(group, kind)| (group, kind, String::new()));
    for entry in index(schema) {
        let test = snake(&entry.tl).replace('.', "_");
        for (_, kind, text) in &mut groups {
            if *kind == entry.kind {
                let _ = writeln!(
                    text,
                    "#[test] fn {test}() {{ $check(Kind::{kind:?}, {:?}) }}",
                    entry.tl
                );
            }
        }
    }
    let mut text = format!("macro_rules! {name} {{ ($check:path) => {{\n");
    for (group, _, tests) in groups {
        let _ = writeln!(text, "mod {group} {{\nuse ::conformance::Kind;\n{tests}}}");
    }
    text + "} }\n"
}

fn type_params(schema: &Schema, entry: &Entry) -> usize {
    let mut functions = schema.functions.iter();
    let function = functions.find(|it| entry.kind == Kind::Function && it.name == entry.tl);
    function.map_or(0, |it| it.type_params.len())
}

/// What stands for the calls that other functions wrap: the first function that wraps none.
fn inner_call(schema: &Schema, entries: &[Entry], root: &str) -> Option<String> {
    let mut functions = schema.functions.iter();
    let inner = functions.find(|it| it.type_params.is_empty())?;
    let mut entries = entries.iter();
    let entry = entries.find(|it| it.kind == Kind::Function && it.tl == inner.name)?;
    Some(format!("{root}::{}", entry.path))
}

fn arguments(arguments: &[&str]) -> String {
    match arguments {
        [] => String::new(),
        some => format!("<{}>", some.join(", ")),
    }
}
