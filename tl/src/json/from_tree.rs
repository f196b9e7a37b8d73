//! From a tree to bytes, by the schema.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::encode::Encode;
use crate::inspect::{Definition, Schema, Shape, Type};
use crate::primitives::VECTOR;
use crate::tree::Tree;

/// Writes one value.
///
/// # Errors
///
/// A sentence that names the field and what is wrong with it.
pub(super) fn write(shape: &Shape, tree: &Tree<'_>) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    value(shape, tree, &mut out)?;
    Ok(out)
}

fn value(shape: &Shape, tree: &Tree<'_>, out: &mut Vec<u8>) -> Result<(), String> {
    match (shape, tree) {
        (Shape::Int, Tree::Number(number)) => put(&range::<i32>(*number)?, out),
        (Shape::Word, Tree::Number(number)) => put(&range::<u32>(*number)?, out),
        (Shape::Long, Tree::Number(number)) => put(number, out),
        (Shape::Long, Tree::Text(text)) => match text.parse::<i64>() {
            Ok(number) => put(&number, out),
            Err(_) => Err("a `long` is decimal text of 64 bits".into()),
        },
        (Shape::Double, Tree::Double(number)) => put(number, out),
        (Shape::Double, Tree::Text(text)) => put(&double(text)?, out),
        (Shape::Double, Tree::Number(number)) => put(&(*number as f64), out),
        (Shape::Bool, Tree::Bool(value)) => put(value, out),
        (Shape::Text, Tree::Text(text)) => put(&text.as_ref(), out),
        (Shape::Bytes, Tree::Text(text)) => put(&unhex(text)?, out),
        (Shape::Raw(len), Tree::Text(text)) => {
            let raw = unhex(text)?;
            if raw.len() != *len {
                return Err(format!("{len} bytes are wanted, {} were given", raw.len()));
            }
            out.extend(raw);
            Ok(())
        }
        (Shape::Rest, Tree::Text(text)) => {
            out.extend(unhex(text)?);
            Ok(())
        }
        (Shape::Vector(element), Tree::List(elements)) => {
            put(&VECTOR, out)?;
            list(elements, out, |tree, out| value(element, tree, out))
        }
        (Shape::BareVector(element), Tree::List(elements)) => {
            list(elements, out, |tree, out| value(element, tree, out))
        }
        (Shape::Repeat(count, element), Tree::List(elements)) if elements.len() == *count => {
            elements
                .iter()
                .try_for_each(|tree| value(element, tree, out))
        }
        (Shape::Boxed(schema, ty, _), tree) => boxed(schema, ty, tree, out),
        (Shape::Exactly(schema, id, _), tree) => {
            put(id, out)?;
            fields(schema, schema.definition(*id), tree, out)
        }
        (Shape::Bare(schema, id, _), tree) => fields(schema, schema.definition(*id), tree, out),
        (shape, _) => Err(format!("this is not the JSON form of a {shape:?}")),
    }
}

fn ty(
    schema: &'static Schema,
    ty: &'static str,
    tree: &Tree<'_>,
    out: &mut Vec<u8>,
) -> Result<(), String> {
    match (Type::parse(ty), tree) {
        (Type::Plain(shape), tree) => value(&shape, tree, out),
        (Type::Vector { boxed, element }, Tree::List(elements)) => {
            if boxed {
                put(&VECTOR, out)?;
            }
            list(elements, out, |tree, out| {
                self::ty(schema, element, tree, out)
            })
        }
        (Type::Repeat { count, element }, Tree::List(elements))
            if elements.len() == count as usize =>
        {
            elements
                .iter()
                .try_for_each(|tree| self::ty(schema, element, tree, out))
        }
        (Type::Boxed, tree) => boxed(schema, ty, tree, out),
        (Type::Bare(name), tree) => fields(schema, schema.definition_by_name(name), tree, out),
        _ => Err(format!("this is not the JSON form of a `{ty}`")),
    }
}

fn list(
    elements: &[Tree<'_>],
    out: &mut Vec<u8>,
    element: impl Fn(&Tree<'_>, &mut Vec<u8>) -> Result<(), String>,
) -> Result<(), String> {
    put(&range::<i32>(elements.len() as i64)?, out)?;
    for (index, tree) in elements.iter().enumerate() {
        element(tree, out).map_err(|error| format!("[{index}]: {error}"))?;
    }
    Ok(())
}

fn boxed(
    schema: &'static Schema,
    ty: &str,
    tree: &Tree<'_>,
    out: &mut Vec<u8>,
) -> Result<(), String> {
    let name = match tree {
        Tree::Object(fields) => constructor(fields),
        _ => None,
    };
    let name =
        name.ok_or_else(|| format!("a `{ty}` is an object whose \"_\" names the constructor"))?;
    match schema.definition_by_name(name) {
        Some(definition) if definition.result() == ty && !definition.is_function => {
            put(&definition.id, out)?;
            fields(schema, Some(definition), tree, out)
        }
        _ => Err(format!("`{name}` is not a constructor of `{ty}`")),
    }
}

fn fields(
    schema: &'static Schema,
    definition: Option<&'static Definition>,
    tree: &Tree<'_>,
    out: &mut Vec<u8>,
) -> Result<(), String> {
    let definition = definition.ok_or("the schema has no such definition")?;
    let Tree::Object(given) = tree else {
        return Err(format!("`{}` is an object", definition.name()));
    };
    if constructor(given).is_some_and(|name| name != definition.name()) {
        return Err(format!("`{}` is wanted here", definition.name()));
    }
    let wanted = definition.fields().enumerate();
    let wanted: Vec<_> = wanted
        .map(|(index, field)| (field.key(index), field))
        .collect();
    for (name, _) in given {
        if name != "_" && !wanted.iter().any(|(key, _)| key == name) {
            return Err(format!("`{}` has no field `{name}`", definition.name()));
        }
    }
    let find = |wanted: &str| {
        let found = given.iter().find(|(name, _)| name == wanted);
        found
            .map(|(_, tree)| tree)
            .filter(|tree| !matches!(tree, Tree::Null))
    };
    // A bit is set if any of the fields under it is there.
    let is_set = |flags: &str, bit: u8| {
        wanted.iter().any(|(key, field)| {
            field.condition == Some((flags, bit))
                && !matches!(
                    (field.ty, find(key)),
                    (_, None) | ("true", Some(Tree::Bool(false)))
                )
        })
    };
    for (key, field) in &wanted {
        let here = |error: String| match error.starts_with('[') {
            true => format!("{key}{error}"),
            false => format!("{key}: {error}"),
        };
        let given = find(key);
        if let Some((flags, bit)) = field.condition {
            match (is_set(flags, bit), field.ty, given) {
                (false, ..) | (true, "true", None | Some(Tree::Bool(true))) => continue,
                (true, "true", Some(_)) => {
                    return Err(here(
                        "it is `true` or not there, as the fields that share its bit".into(),
                    ));
                }
                (true, ..) => {}
            }
        }
        if field.ty == "#" {
            let mut word = match given {
                Some(Tree::Number(number)) if !field.is_flags() => {
                    range::<u32>(*number).map_err(here)?
                }
                Some(_) => return Err(here("a flags word is not listed".into())),
                None => 0,
            };
            for (_, other) in &wanted {
                match other.condition {
                    Some((flags, bit)) if flags == field.name && is_set(flags, bit) => {
                        word |= 1 << bit;
                    }
                    _ => {}
                }
            }
            put(&word, out)?;
            continue;
        }
        let tree = given.ok_or_else(|| here("it is missing".into()))?;
        ty(schema, field.ty, tree, out).map_err(here)?;
    }
    Ok(())
}

fn constructor<'t>(fields: &'t [(alloc::borrow::Cow<'_, str>, Tree<'_>)]) -> Option<&'t str> {
    fields.iter().find_map(|(name, tree)| match tree {
        Tree::Text(text) if name == "_" => Some(&**text),
        _ => None,
    })
}

fn put(value: &impl Encode, out: &mut Vec<u8>) -> Result<(), String> {
    value.append_to(out).map_err(|error| error.to_string())
}

fn range<T: TryFrom<i64>>(number: i64) -> Result<T, String> {
    T::try_from(number).map_err(|_| format!("{number} does not fit into 32 bits"))
}

fn double(text: &str) -> Result<f64, String> {
    let number = match text.strip_prefix("0x") {
        Some(bits) => u64::from_str_radix(bits, 16).ok().map(f64::from_bits),
        None => text.parse().ok(),
    };
    number.ok_or_else(|| "a `double` is decimal text, or 0x and its 64 bits".into())
}

fn unhex(text: &str) -> Result<Vec<u8>, String> {
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    let pair = |pair: &[u8]| match *pair {
        [high, low] => Some(digit(high)? << 4 | digit(low)?),
        _ => None,
    };
    let bytes = text.as_bytes().chunks(2).map(pair).collect::<Option<_>>();
    bytes.ok_or_else(|| "bytes are hexadecimal text of an even length".into())
}
