//! Documentation comments: a sentence, the line of TL, the page.

mod markdown;

use proc_macro2::TokenStream;
use quote::quote;

use self::markdown::escape;
use super::members::{Kind, Member};
use super::plan::{Item, Module, Place, Plan};
use crate::annotations::{Annotations, Notes, RpcError};
use crate::schema::{Combinator, Condition, Field, Type, TypeDef};

pub(super) fn constructor(
    combinator: &Combinator,
    plan: &Plan,
    annotations: &Annotations,
) -> TokenStream {
    let mut lines = about(combinator, annotations);
    lines.extend(tl(&combinator.text));
    match combinator.result {
        Type::Boxed(ty) if !plan.schema.types[ty].partial => {
            let place = &plan.types[ty];
            let path: String = place.path.iter().map(|part| format!("{part}::")).collect();
            lines.push(String::new());
            lines.push(format!(
                "A constructor of [`{}`](enums::{path}{}).",
                plan.schema.types[ty].name, place.name
            ));
        }
        _ => {}
    }
    lines.extend(page(annotations, "constructor", &combinator.name));
    attributes(&lines)
}

/// All that is known of a function, for its definition and for its name in the owned form. Links
/// lead from a module so many levels below the root of the tree.
pub(super) fn function(
    item: &Item,
    plan: &Plan,
    annotations: &Annotations,
    depth: usize,
) -> TokenStream {
    let combinator = item.combinator;
    let mut lines = about(combinator, annotations);
    lines.extend(tl(&combinator.text));
    lines.extend([String::new(), returns(combinator, plan, depth)]);
    if let Some(notes) = annotations.combinators.get(&combinator.name) {
        if !notes.callers.is_empty() {
            lines.push(String::new());
            lines.push(format!("Called by: {}.", notes.callers.join(", ")));
        }
        lines.extend(errors(&notes.errors));
    }
    lines.extend(page(annotations, "method", &combinator.name));
    attributes(&lines)
}

pub(super) fn ty(ty: &TypeDef, annotations: &Annotations) -> TokenStream {
    let mut lines: Vec<String> = match annotations.types.get(&ty.name) {
        Some(about) => vec![about.clone()],
        None => vec![format!("The type `{}`.", ty.name)],
    };
    if ty.constructors.is_empty() {
        lines.push(String::new());
        lines.push("It is opaque here: none of its constructors was generated.".into());
    }
    lines.extend(page(annotations, "type", &ty.name));
    attributes(&lines)
}

pub(super) fn variant(combinator: &Combinator, annotations: &Annotations) -> TokenStream {
    let about = about(combinator, annotations).remove(0);
    attributes(&[format!(
        "`{}#{:x}`: {about}",
        combinator.name, combinator.id
    )])
}

pub(super) fn member(
    member: &Member,
    combinator: &Combinator,
    annotations: &Annotations,
) -> TokenStream {
    let mut lines = sentences(member.field, combinator, annotations);
    match &member.kind {
        Kind::Word => lines.push(
            "Only the bits that announce no field; the others follow from the fields.".into(),
        ),
        Kind::True { condition, others } => {
            lines.push(format!("Bit {}.", bit(combinator, *condition)));
            if !others.is_empty() {
                let names = others.iter().map(|field| format!("`{}`", name(field)));
                lines.push(format!(
                    "The same bit is also called {}.",
                    names.collect::<Vec<_>>().join(", ")
                ));
            }
        }
        Kind::Optional { condition } => {
            lines.push(format!(
                "Present under bit {}.",
                bit(combinator, *condition)
            ));
        }
        Kind::Group {
            condition, values, ..
        } => {
            let names: Vec<_> = values
                .iter()
                .map(|value| format!("`{}`", name(value.field)))
                .collect();
            lines.push(format!(
                "Bit {}, under which stand {}.",
                bit(combinator, *condition),
                names.join(", ")
            ));
        }
        Kind::Flags | Kind::Plain | Kind::Within => {}
    }
    if lines.is_empty() {
        lines.push(format!("`{}`", name(member.field)));
    }
    attributes(&[lines.join(" ")])
}

pub(super) fn field(
    field: &Field,
    combinator: &Combinator,
    annotations: &Annotations,
) -> TokenStream {
    let mut lines = sentences(field, combinator, annotations);
    if lines.is_empty() {
        lines.push(format!("`{}`", name(field)));
    }
    attributes(&lines)
}

pub(super) fn group(owner: &Item, condition: Condition) -> TokenStream {
    let combinator = owner.combinator;
    attributes(&[format!(
        "What stands under bit {} of `{}`: present together or not at all.",
        bit(combinator, condition),
        combinator.name
    )])
}

/// What a function is, for its name in the borrowed form; the rest stands at the owned one.
pub(super) fn borrowed_function(
    item: &Item,
    annotations: &Annotations,
    depth: usize,
) -> TokenStream {
    let mut lines = about(item.combinator, annotations);
    lines.extend(tl(&item.combinator.text));
    let path = from_root(Module::Functions, &item.place, depth);
    let name = &item.combinator.name;
    lines.push(String::new());
    lines.push(format!(
        "Result, callers and errors: as for the owned [`{name}`]({path})."
    ));
    attributes(&lines)
}

/// For a constructor that stands in another module under a parameter: what it is, in a line.
pub(super) fn alias(combinator: &Combinator, annotations: &Annotations) -> TokenStream {
    let mut lines = about(combinator, annotations);
    lines.extend(tl(&combinator.text));
    attributes(&lines)
}

/// The same for an enum.
pub(super) fn alias_type(def: &TypeDef, annotations: &Annotations) -> TokenStream {
    ty(def, annotations)
}

/// A line of text as documentation.
pub(super) fn line(text: &str) -> TokenStream {
    attributes(&[text.to_owned()])
}

/// The same inside a file, for the module that it is.
pub(super) fn module(text: &str) -> TokenStream {
    let text = format!(" {text}");
    quote!(#![doc = #text])
}

fn about(combinator: &Combinator, annotations: &Annotations) -> Vec<String> {
    let notes = annotations.combinators.get(&combinator.name);
    match notes.filter(|notes| !notes.about.is_empty()) {
        Some(notes) => vec![notes.about.clone()],
        None if !combinator.docs.is_empty() => vec![escape(&combinator.docs.join(" "))],
        None => vec![format!("`{}`", combinator.name)],
    }
}

fn sentences(field: &Field, combinator: &Combinator, annotations: &Annotations) -> Vec<String> {
    let notes: Option<&Notes> = annotations.combinators.get(&combinator.name);
    let sentence = notes.and_then(|notes| notes.fields.get(name(field)));
    sentence.cloned().into_iter().collect()
}

fn tl(text: &str) -> [String; 4] {
    [String::new(), "```text".into(), text.into(), "```".into()]
}

/// What a function returns, in the owned form.
fn returns(combinator: &Combinator, plan: &Plan, depth: usize) -> String {
    let (mut of, mut ty) = (String::new(), &combinator.result);
    while let Type::Vector { element, .. } | Type::Repeat { element, .. } = ty {
        of.push_str("a vector of ");
        ty = element;
    }
    let linked = |name: &str, module, place| {
        let path = from_root(module, place, depth);
        format!("[`{name}`]({path})")
    };
    let what = match *ty {
        Type::Boxed(at) => match &plan.schema.types[at] {
            def if def.partial => format!("`{}`", def.name),
            def => linked(&def.name, Module::Enums, &plan.types[at]),
        },
        Type::Bare(at) => {
            let item = &plan.constructors[at];
            linked(&item.combinator.name, Module::Types, &item.place)
        }
        Type::Param(param) => {
            let is_call = |field: &&Field| field.ty == Type::Call(param);
            match combinator.fields.iter().find(is_call) {
                Some(call) => format!("what `{}` returns", name(call)),
                None => "what the call inside returns".to_owned(),
            }
        }
        _ => {
            let result = combinator.text.rsplit(" = ").next();
            return format!("Returns `{}`.", result.unwrap_or_default());
        }
    };
    format!("Returns {of}{what}.")
}

/// The path of an item as seen from a module so many levels below the root of the tree.
fn from_root(module: Module, place: &Place, depth: usize) -> String {
    let mut path = "super::".repeat(depth) + module.name();
    for part in place.path.iter().chain([&place.name]) {
        path.push_str("::");
        path.push_str(part);
    }
    path
}

fn errors(errors: &[RpcError]) -> Vec<String> {
    let mut lines = Vec::new();
    if !errors.is_empty() {
        lines.extend([String::new(), "# Errors".into(), String::new()]);
    }
    for RpcError {
        code,
        name,
        meaning,
    } in errors
    {
        lines.push(format!("* {code} `{name}`: {meaning}"));
    }
    lines
}

fn page(annotations: &Annotations, kind: &str, name: &str) -> Vec<String> {
    let page = |reference: &String| format!("[Reference]({reference}/{kind}/{name})");
    annotations
        .reference
        .iter()
        .flat_map(|it| [String::new(), page(it)])
        .collect()
}

fn bit(combinator: &Combinator, condition: Condition) -> String {
    format!(
        "{} of `{}`",
        condition.bit,
        name(&combinator.fields[condition.flags])
    )
}

fn name(field: &Field) -> &str {
    field.name.as_deref().unwrap_or("_")
}

fn attributes(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote!(#(#[doc = #lines])*)
}
