//! Types that the language itself knows, and the lines by which files declare them.

use crate::check::Options;
use crate::diagnostic::{Diagnostic, quoted};
use crate::ids::{self, Dialect, normal_form};
use crate::schema::Type;
use crate::syntax::{Body, Definition, TypeKind};

/// What a file may say about built-in types, and what it said.
#[derive(Debug, Default)]
pub(super) struct Builtins<'a> {
    /// Types of any boxed value.
    any: Vec<&'a str>,
    /// Their bare names, as far as they are declared.
    any_bare: Vec<&'a str>,
    /// `true = True`, if it is declared.
    pub(super) boxed_true: Option<&'a Definition<'a>>,
}

impl<'a> Builtins<'a> {
    pub(super) fn new(options: &'a Options) -> Self {
        let any = options
            .any
            .iter()
            .map(String::as_str)
            .chain(["Object"])
            .collect();
        Self {
            any,
            ..Self::default()
        }
    }

    /// Is this the type of any boxed value?
    pub(super) fn is_any(&self, name: &str) -> bool {
        self.any.contains(&name) || self.any_bare.contains(&name)
    }

    /// Takes note of the declaration of a built-in type; `Ok(false)` if it is none.
    pub(super) fn declare(&mut self, definition: &'a Definition<'a>) -> Result<bool, Diagnostic> {
        let name = definition.name.text;
        let TypeKind::Named { name: result, .. } = definition.result.kind else {
            return Ok(false);
        };
        if let Some(boxed) = boxed_name(name) {
            let text = normal_form(definition, Dialect::Reference);
            if text != format!("{name} = {boxed}")
                && text != format!("{name} ? = {boxed}")
                && !FORMS.contains(&text.as_str())
            {
                let message = format!("{} is built in and is declared otherwise", quoted(name));
                return Err(Diagnostic::error(definition.span, message)
                    .with_hint("give it another name, or leave the line out: it is not needed"));
            }
            let id = ids::compute(definition, Dialect::Reference);
            if definition.id.is_some_and(|it| it != id) {
                let message = format!("{} is built in and has the id {id:08x}", quoted(name));
                return Err(Diagnostic::error(definition.name.span, message)
                    .with_hint("leave the line out: it is not needed"));
            }
            if name == "true" {
                self.boxed_true = Some(definition);
            }
            return Ok(true);
        }
        if definition.body == Body::Builtin {
            if !is_bare_name_of(name, result) || !(result == "Function" || self.is_any(result)) {
                let message = format!("{} is not a built-in type", quoted(name));
                return Err(Diagnostic::error(definition.name.span, message).with_hint(
                    "if it means a boxed value of any type, list its type among the options",
                ));
            }
            self.any.push(result);
            self.any_bare.push(name);
            return Ok(true);
        }
        if boxed_primitive(result).is_some() || matches!(result, "Bool" | "Vector") {
            let message = format!(
                "{} is built in and has no further constructors",
                quoted(result)
            );
            return Err(Diagnostic::error(definition.result.span, message)
                .with_hint("give the type another name"));
        }
        Ok(false)
    }
}

/// A primitive, by its bare name.
pub(super) fn primitive(name: &str) -> Option<Type> {
    Some(match name {
        "int" | "int32" => Type::Int,
        "long" | "int53" | "int64" => Type::Long,
        "string" | "secureString" => Type::String,
        "bytes" | "secureBytes" => Type::Bytes,
        "true" => Type::True,
        "double" => Type::Double,
        "int128" => Type::Int128,
        "int256" => Type::Int256,
        "int512" => Type::Int512,
        _ => return None,
    })
}

/// The bare name of a primitive, by that of its boxed type.
pub(super) fn boxed_primitive(name: &str) -> Option<&'static str> {
    BOXED
        .iter()
        .find(|(_, boxed)| *boxed == name)
        .map(|(bare, _)| *bare)
}

fn boxed_name(name: &str) -> Option<&'static str> {
    match name {
        "boolTrue" | "boolFalse" => Some("Bool"),
        "vector" => Some("Vector t"),
        _ => BOXED
            .iter()
            .find(|(bare, _)| *bare == name)
            .map(|(_, boxed)| *boxed),
    }
}

fn is_bare_name_of(name: &str, boxed: &str) -> bool {
    name.len() == boxed.len()
        && name[..1].eq_ignore_ascii_case(&boxed[..1])
        && name[1..] == boxed[1..]
}

const BOXED: [(&str, &str); 14] = [
    ("int", "Int"),
    ("int32", "Int32"),
    ("int53", "Int53"),
    ("int64", "Int64"),
    ("int128", "Int128"),
    ("int256", "Int256"),
    ("int512", "Int512"),
    ("long", "Long"),
    ("double", "Double"),
    ("string", "String"),
    ("secureString", "SecureString"),
    ("bytes", "Bytes"),
    ("secureBytes", "SecureBytes"),
    ("true", "True"),
];

/// How built-in types are declared in known schemas, besides `x = X` and `x ? = X`.
const FORMS: [&str; 8] = [
    "vector t:Type # [ t ] = Vector t",
    "bytes data:string = Bytes",
    "int128 4*[ int ] = Int128",
    "int256 8*[ int ] = Int256",
    "int512 16*[ int ] = Int512",
    "int128 4*[ int32 ] = Int128",
    "int256 8*[ int32 ] = Int256",
    "int512 16*[ int32 ] = Int512",
];
