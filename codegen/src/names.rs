//! TL names to Rust names.
//!
//! The rules are those that users of this ecosystem know: `inputStickerSetID` becomes
//! `InputStickerSetId`, `srp_B` becomes `srp_b`. Should two TL names become one, the later one
//! gets a number behind it, here and nowhere else, so that all stages agree. Keywords remain what
//! they are, since `r#type` is a matter of writing it down; only those that cannot be written so
//! get an underscore, as does what generated code needs for itself.

use std::collections::HashMap;
use std::hash::Hash;

use crate::schema::{Combinator, Field, Schema};

/// The name of a type for one of TL, whose namespaces do not count.
///
/// A word begins with a capital, and a capital right behind another one becomes small.
pub fn upper_camel(name: &str) -> String {
    let last = name.rsplit('.').next().unwrap_or(name);
    let mut out = String::with_capacity(last.len());
    let (mut begins_word, mut after_capital) = (true, true);
    for c in last.chars() {
        if c == '_' {
            begins_word = true;
            continue;
        }
        out.push(match (begins_word, after_capital) {
            (true, _) => c.to_ascii_uppercase(),
            (false, true) => c.to_ascii_lowercase(),
            (false, false) => c,
        });
        after_capital = begins_word || c.is_ascii_uppercase();
        begins_word = false;
    }
    without_raw_trouble(out)
}

/// The name of a field or a module for one of TL.
///
/// A capital becomes small, with an underscore before it if it follows a small letter or a digit.
pub fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut inside_word = false;
    for c in name.chars() {
        if c.is_ascii_uppercase() && inside_word {
            out.push('_');
        }
        // Two of them together are no good style, of which rustc warns.
        if c != '_' || !out.ends_with('_') {
            out.push(c.to_ascii_lowercase());
        }
        inside_word = c.is_ascii_lowercase() || c.is_ascii_digit();
    }
    // As users of this ecosystem know it: `user.is_self`.
    if out == "self" {
        return "is_self".to_owned();
    }
    without_raw_trouble(out)
}

/// The modules for the namespaces of a TL name, outermost first.
pub fn modules(name: &str) -> impl Iterator<Item = String> {
    let namespaces = name.rsplit_once('.').map(|(namespaces, _)| namespaces);
    namespaces
        .into_iter()
        .flat_map(|namespaces| namespaces.split('.'))
        .map(|namespace| match snake(namespace) {
            module if TAKEN_BY_MODULES.contains(&&*module) => module + "_",
            module => module,
        })
}

/// Where a definition stands in Rust, below the module of its kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path {
    /// Modules, outermost first.
    pub modules: Vec<String>,
    /// The name of the type.
    pub name: String,
}

/// Rust names for all of a schema, each list in the order of the schema's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    /// For [`Schema::constructors`].
    pub constructors: Vec<Path>,
    /// For [`Schema::functions`].
    pub functions: Vec<Path>,
    /// For [`Schema::types`].
    pub types: Vec<Path>,
}

impl Names {
    /// Names everything; no two constructors, functions or types get the same one.
    pub fn new(schema: &Schema) -> Self {
        let combinators = |list: &[Combinator]| distinct_paths(list.iter().map(|it| &*it.name));
        Self {
            constructors: combinators(&schema.constructors),
            functions: combinators(&schema.functions),
            types: distinct_paths(schema.types.iter().map(|it| &*it.name)),
        }
    }
}

/// The names of fields that stand together, no two of them the same; one without a name is called
/// `field_` and its number, counted from one.
pub fn fields(fields: &[Field]) -> Vec<String> {
    let names = fields
        .iter()
        .enumerate()
        .map(|(index, field)| match &field.name {
            Some(name) => snake(name),
            None => format!("field_{}", index + 1),
        });
    distinct(names.collect(), |name, number| {
        format!("{}_{number}", name.trim_end_matches('_'))
    })
}

fn distinct_paths<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Path> {
    let paths = names.map(|name| Path {
        modules: modules(name).collect(),
        name: match upper_camel(name) {
            name if is_reserved(&name) => name + "_",
            name => name,
        },
    });
    distinct(paths.collect(), |path, number| Path {
        modules: path.modules.clone(),
        // An underscore inside is no good style, of which rustc warns.
        name: format!("{}{number}", path.name.trim_end_matches('_')),
    })
}

/// Renames all but the first of those that are the same, to what no other is called.
fn distinct<T: Clone + Eq + Hash>(mut names: Vec<T>, numbered: impl Fn(&T, usize) -> T) -> Vec<T> {
    // With the last number that was tried for each, so that many equal names take no longer.
    let mut taken = HashMap::with_capacity(names.len());
    let mut repeated = Vec::new();
    for (index, name) in names.iter().enumerate() {
        if taken.insert(name.clone(), 1).is_some() {
            repeated.push(index);
        }
    }
    for index in repeated {
        let mut number = taken.get(&names[index]).map_or(1, |&number| number);
        let name = loop {
            number += 1;
            let name = numbered(&names[index], number);
            if !taken.contains_key(&name) {
                break name;
            }
        };
        taken.insert(names[index].clone(), number);
        taken.insert(name.clone(), 1);
        names[index] = name;
    }
    names
}

/// Keywords that may not even be written as `r#self`.
fn without_raw_trouble(name: String) -> String {
    match &*name {
        "self" | "Self" | "super" | "crate" => name + "_",
        _ => name,
    }
}

/// Does Rust know a type, trait or variant of that name without being told? A generated one hides
/// it from code around.
pub fn is_in_prelude(name: &str) -> bool {
    PRELUDE.contains(&name)
}

/// Does generated code use that name itself? Then a definition gets an underscore behind it.
pub fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

/// What a module of a namespace would meet: those that generated code names beside it, primitive
/// types, and the file `mod.rs`.
const TAKEN_BY_MODULES: [&str; 11] = [
    "bool", "enums", "f64", "generic", "i32", "i64", "mod", "str", "types", "u32", "u8",
];

pub(crate) const PRELUDE: [&str; 36] = [
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "Vec",
];

/// What generated code uses by its short name, so that no definition may have it.
pub(crate) const RESERVED: [&str; 29] = [
    "BareVec",
    "Borrowed",
    "Box",
    "Boxed",
    "Caller",
    "Decode",
    "DecodeForm",
    "Defined",
    "Definition",
    "Described",
    "Encode",
    "F",
    "Form",
    "From",
    "Identifiable",
    "KnownError",
    "Object",
    "Option",
    "Owned",
    "Reader",
    "RemoteCall",
    "Result",
    "S",
    "SCHEMA",
    "Schema",
    "Sink",
    "Stop",
    "TryFrom",
    "Vec",
];
