//! From bytes to a tree, by the schema.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::Write;

use super::tree::Tree;
use crate::decode::{Decode, Reader};
use crate::inspect::{Definition, Schema, Shape, Type};

/// Reads one value of our own encoding; `None` if it is nested deeper than decoding goes.
pub(super) fn read<'b>(shape: &Shape, reader: &mut Reader<'b>) -> Option<Tree<'b>> {
    Some(match *shape {
        Shape::Int => Tree::Number(i32::decode(reader).ok()?.into()),
        Shape::Word => Tree::Number(reader.word().ok()?.into()),
        Shape::Long => Tree::Text(Cow::Owned(i64::decode(reader).ok()?.to_string())),
        Shape::Double => Tree::Double(f64::decode(reader).ok()?),
        Shape::Bool => Tree::Bool(bool::decode(reader).ok()?),
        Shape::Text => Tree::Text(Cow::Borrowed(reader.text().ok()?)),
        Shape::Bytes => hex(reader.bytes().ok()?),
        Shape::Raw(len) => {
            let mut raw = Vec::new();
            for _ in 0..len / 4 {
                raw.extend(reader.array::<4>().ok()?);
            }
            hex(&raw)
        }
        Shape::Rest => hex(reader.take_rest()),
        Shape::Vector(element) => {
            reader.word().ok()?;
            list(reader, |reader| read(element, reader))?
        }
        Shape::BareVector(element) => list(reader, |reader| read(element, reader))?,
        Shape::Repeat(count, element) => {
            let elements = (0..count).map(|_| read(element, reader));
            Tree::List(elements.collect::<Option<_>>()?)
        }
        Shape::Boxed(schema, _) | Shape::Exactly(schema, _) => boxed(schema, reader)?,
        Shape::Bare(schema, id) => fields(schema, schema.definition(id)?, reader)?,
    })
}

fn ty<'b>(schema: &'static Schema, ty: &'static str, reader: &mut Reader<'b>) -> Option<Tree<'b>> {
    match Type::parse(ty) {
        Type::Plain(shape) => read(&shape, reader),
        Type::Vector { boxed, element } => {
            if boxed {
                reader.word().ok()?;
            }
            list(reader, |reader| self::ty(schema, element, reader))
        }
        Type::Repeat { count, element } => {
            let elements = (0..count).map(|_| self::ty(schema, element, reader));
            Some(Tree::List(elements.collect::<Option<_>>()?))
        }
        Type::Boxed => boxed(schema, reader),
        Type::Bare(name) => fields(schema, schema.definition_by_name(name)?, reader),
    }
}

fn list<'b>(
    reader: &mut Reader<'b>,
    element: impl Fn(&mut Reader<'b>) -> Option<Tree<'b>>,
) -> Option<Tree<'b>> {
    let count = reader.word().ok()?;
    Some(Tree::List(
        (0..count).map(|_| element(reader)).collect::<Option<_>>()?,
    ))
}

fn boxed<'b>(schema: &'static Schema, reader: &mut Reader<'b>) -> Option<Tree<'b>> {
    let id = reader.word().ok()?;
    fields(schema, schema.definition(id)?, reader)
}

fn fields<'b>(
    schema: &'static Schema,
    definition: &'static Definition,
    reader: &mut Reader<'b>,
) -> Option<Tree<'b>> {
    reader.enter().ok()?;
    let mut object = Vec::from([("_".into(), Tree::Text(Cow::Borrowed(definition.name())))]);
    let mut words: Vec<(&str, u32)> = Vec::new();
    for field in definition.fields() {
        if let Some((flags, bit)) = field.condition
            && !words
                .iter()
                .any(|(name, word)| *name == flags && word >> bit & 1 == 1)
        {
            continue;
        }
        let value = match field.ty {
            "true" if field.condition.is_some() => Tree::Bool(true),
            "#" => {
                let word = reader.word().ok()?;
                words.push((field.name, word));
                if field.is_flags() {
                    continue;
                }
                Tree::Number(word.into())
            }
            ty => self::ty(schema, ty, reader)?,
        };
        object.push((Cow::Borrowed(field.name), value));
    }
    reader.leave();
    Some(Tree::Object(object))
}

fn hex<'b>(bytes: &[u8]) -> Tree<'b> {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    Tree::Text(Cow::Owned(text))
}
