//! A value without its Rust type: read from its encoding by the schema, for printing.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::decode::{Decode, Limits, Reader};
use crate::inspect::{Definition, Schema, Shape, Type};

/// A value of TL, or of its JSON form.
pub(crate) enum Tree<'t> {
    #[cfg(feature = "serde")]
    Null,
    Bool(bool),
    Number(i64),
    Long(i64),
    Double(f64),
    Text(Cow<'t, str>),
    Bytes(Cow<'t, [u8]>),
    List(Vec<Tree<'t>>),
    /// Fields by name; of a value of TL, the first is `_` and names the constructor.
    Object(Vec<(Cow<'t, str>, Tree<'t>)>),
}

/// Values are nested at most 64 deep by what contains itself, with a list between each two of
/// them, and a few plain objects around.
pub(crate) const MAX_DEPTH: u32 = 192;

/// The tree of the value that `bytes` encode; `None` if it is nested deeper than anything that
/// can be decoded.
pub(crate) fn read<'b>(shape: &Shape, bytes: &'b [u8]) -> Option<Tree<'b>> {
    let limits = Limits {
        depth: MAX_DEPTH,
        ..Limits::for_len(bytes.len())
    };
    value(shape, &mut Reader::new(bytes, limits))
}

fn value<'b>(shape: &Shape, reader: &mut Reader<'b>) -> Option<Tree<'b>> {
    Some(match *shape {
        Shape::Int => Tree::Number(i32::decode(reader).ok()?.into()),
        Shape::Word => Tree::Number(reader.word().ok()?.into()),
        Shape::Long => Tree::Long(i64::decode(reader).ok()?),
        Shape::Double => Tree::Double(f64::decode(reader).ok()?),
        Shape::Bool => Tree::Bool(bool::decode(reader).ok()?),
        Shape::Text => Tree::Text(Cow::Borrowed(reader.text().ok()?)),
        Shape::Bytes => Tree::Bytes(Cow::Borrowed(reader.bytes().ok()?)),
        Shape::Raw(len) => {
            let mut raw = Vec::new();
            for _ in 0..len / 4 {
                raw.extend(reader.array::<4>().ok()?);
            }
            Tree::Bytes(Cow::Owned(raw))
        }
        Shape::Rest => Tree::Bytes(Cow::Borrowed(reader.take_rest())),
        Shape::Vector(element) => {
            reader.word().ok()?;
            list(reader, |reader| value(element, reader))?
        }
        Shape::BareVector(element) => list(reader, |reader| value(element, reader))?,
        Shape::Repeat(count, element) => {
            let elements = (0..count).map(|_| value(element, reader));
            Tree::List(elements.collect::<Option<_>>()?)
        }
        Shape::Boxed(schema, _, _) | Shape::Exactly(schema, _, _) => boxed(schema, reader)?,
        Shape::Bare(schema, id, _) => fields(schema, schema.definition(id)?, reader)?,
    })
}

fn ty<'b>(schema: &'static Schema, ty: &'static str, reader: &mut Reader<'b>) -> Option<Tree<'b>> {
    match Type::parse(ty) {
        Type::Plain(shape) => value(&shape, reader),
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
    for (index, field) in definition.fields().enumerate() {
        let is_set = |(flags, bit)| {
            let mut words = words.iter();
            words.any(|(name, word)| *name == flags && word >> bit & 1 == 1)
        };
        if !field.condition.is_none_or(is_set) {
            continue;
        }
        let content = match field.ty {
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
        object.push((field.key(index), content));
    }
    reader.leave();
    Some(Tree::Object(object))
}
