//! Documentation comments: a sentence, the line of TL, the page.

use proc_macro2::TokenStream;
use quote::quote;

use super::members::{Kind, Member};
use super::plan::{Item, Plan};
use crate::annotations::{Annotations, Notes, RpcError};
use crate::schema::{Combinator, Condition, Field, TypeDef};

pub(super) fn constructor(
    combinator: &Combinator,
    plan: &Plan,
    annotations: &Annotations,
) -> TokenStream {
    let mut lines = about(combinator, annotations);
    lines.extend(tl(&combinator.text));
    match combinator.result {
        crate::schema::Type::Boxed(ty) if !plan.schema.types[ty].partial => {
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

pub(super) fn function(
    combinator: &Combinator,
    plan: &Plan,
    annotations: &Annotations,
) -> TokenStream {
    let _ = plan;
    let mut lines = about(combinator, annotations);
    lines.extend(tl(&combinator.text));
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

/// For an item that stands in another module under a parameter: what it is, in a line.
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

/// Text that is not known to be Markdown, so that nothing in it is taken for a link or a tag.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '[' | ']' | '<' | '>' | '*' | '_' | '`' | '\\' => escaped.extend(['\\', letter]),
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
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
