//! Text of Rust tables over the definitions of a schema; build scripts include this file.

use std::fmt::Write;

use tl_schema_codegen::emit::{Entry, Kind, index};
use tl_schema_codegen::names::snake;
use tl_schema_codegen::schema::{Combinator, Schema, Type};

/// An expression: every definition as a `conformance::Subject`, in the order of the index.
/// `root` is the path of the generated module.
pub(crate) fn subjects(schema: &Schema, root: &str) -> String {
    let mut table = String::from("conformance::subjects! {\n");
    let entries = index(schema);
    let call = inner_call(schema, &entries, root).unwrap_or_default();
    for entry in &entries {
        let Entry { tl, path, .. } = entry;
        let shape = match entry.kind {
            Kind::Constructor => "lone",
            Kind::Type | Kind::Function => "plain",
        };
        let calls = vec![call.as_str(); type_params(schema, entry)];
        // What calls it wraps nobody can tell from JSON.
        let json = if calls.is_empty() { "json" } else { "" };
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

/// Every constructor and function that has a struct, with its fields by their TL names, as lines
/// of a macro named `structs!`.
pub(crate) fn structs(schema: &Schema, root: &str) -> String {
    let entries = index(schema);
    let mut table = String::from("structs! {\n");
    for Entry { kind, tl, path, .. } in &entries {
        let (shape, combinators) = match kind {
            Kind::Type => continue,
            Kind::Constructor => ("lone", &schema.constructors),
            Kind::Function => ("plain", &schema.functions),
        };
        let Some(combinator) = combinators.iter().find(|it| it.name == *tl) else {
            continue;
        };
        let ty = match combinator.result {
            // A type of one constructor is that constructor, boxed.
            Type::Boxed(at) if schema.types[at].constructors.len() > 1 => &schema.types[at].name,
            _ => "",
        };
        let is_its = |it: &&Entry| (it.kind, &*it.tl) == (Kind::Type, ty);
        let ty = match kind {
            Kind::Constructor => entries.iter().find(is_its),
            _ => None,
        };
        let ty = ty.map_or_else(String::new, |it| format!("{root}::{}", it.path));
        let fields = fields(combinator);
        let _ = writeln!(
            table,
            "    {kind:?} {tl:?} {shape} {root}::{path} [{ty}] {{{fields}}}"
        );
    }
    table + "}\n"
}

/// How each field of the wire is reached in a struct called `value`: bytes if it is present.
fn fields(combinator: &Combinator) -> String {
    let mut text = String::new();
    for field in &combinator.fields {
        let tl = field.name.as_deref().unwrap_or_default();
        if field.ty == Type::Flags && tl.starts_with("flags") {
            continue;
        }
        let name = rust_name(tl);
        let shared = combinator.fields.iter();
        let shared: Vec<_> = shared
            .filter(|it| it.condition == field.condition)
            .collect();
        let first = rust_name(shared[0].name.as_deref().unwrap_or_default());
        let value = match (field.condition, shared.iter().all(|it| it.ty == Type::True)) {
            (None, _) => format!("Some(encoded(&value.{name}))"),
            (Some(_), true) => format!("value.{first}.then(Vec::new)"),
            (Some(_), false) if shared.len() == 1 => format!("value.{name}.as_ref().map(encoded)"),
            (Some(_), false) if field.ty == Type::True => {
                format!("value.{first}.as_ref().map(|_| Vec::new())")
            }
            (Some(_), false) => format!("value.{first}.as_ref().map(|it| encoded(&it.{name}))"),
        };
        let _ = write!(text, " {tl:?} = |value| {value};");
    }
    text
}

fn rust_name(tl: &str) -> String {
    match snake(tl).as_str() {
        "self" => "is_self".to_owned(),
        "type" => "r#type".to_owned(),
        name => name.to_owned(),
    }
}

/// Macros of tests, one for each kind of definition: each test calls `$check` with its kind and
/// TL name.
pub(crate) fn tests(schema: &Schema) -> String {
    let mut text = String::new();
    for (group, kind) in [
        ("constructors", Kind::Constructor),
        ("types", Kind::Type),
        ("functions", Kind::Function),
    ] {
        let _ = writeln!(
            text,
            "#[allow(unused_macros)]\nmacro_rules! for_{group} {{ ($check:path) => {{"
        );
        let _ = writeln!(text, "mod {group} {{ use ::conformance::Kind;");
        for entry in index(schema).iter().filter(|it| it.kind == kind) {
            let test = snake(&entry.tl).replace('.', "_");
            let call = format!("$check(Kind::{kind:?}, {:?})", entry.tl);
            let _ = writeln!(text, "#[test] fn {test}() {{ {call} }}");
        }
        text += "} } }\n";
    }
    text
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
