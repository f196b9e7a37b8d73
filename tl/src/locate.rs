//! Which field a fault stands in: found afterwards, so that decoding need not keep track.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;

use crate::decode::{Limits, Reader, Stop};
use crate::error::{DecodeError, Fault};
use crate::inspect::{Definition, Schema, Shape, Type};

/// Tells the fault that stopped `reader`, with the path to it.
///
/// The input is walked once more by the schema, up to the byte at which the fault was met.
#[cold]
pub(crate) fn locate(shape: &Shape, input: &[u8], reader: &Reader<'_>) -> DecodeError {
    let (fault, offset) = reader
        .fault()
        .unwrap_or((Fault::UnexpectedEnd, reader.offset()));
    let mut walk = Walk {
        reader: Reader::new(input, Limits::for_len(input.len())),
        end: offset,
        root: "",
        path: Vec::new(),
        depth: 0,
    };
    let path = match walk.shape(shape) {
        Err(Stop) => walk.path(),
        // The value is whole: the fault is behind it.
        Ok(()) => String::new(),
    };
    DecodeError {
        fault,
        offset,
        path,
    }
}

struct Walk<'i> {
    reader: Reader<'i>,
    /// Where to stop: the first byte of the item at fault.
    end: usize,
    root: &'static str,
    path: Vec<Step>,
    depth: usize,
}

enum Step {
    Field(&'static str),
    Index(usize),
}

/// Deeper than decoding goes through types that contain themselves, times the most other types
/// that stand between two of them; beyond it the path is left as it is.
const MAX_DEPTH: usize = 256;

impl Walk<'_> {
    fn path(&self) -> String {
        let mut text = String::from(self.root);
        for step in &self.path {
            let _ = match step {
                Step::Field(name) if text.is_empty() => write!(text, "{name}"),
                Step::Field("") => Ok(()),
                Step::Field(name) => write!(text, ".{name}"),
                Step::Index(index) => write!(text, "[{index}]"),
            };
        }
        text
    }

    /// Goes on only while the fault is ahead.
    fn ahead(&self) -> Result<(), Stop> {
        if self.reader.offset() < self.end {
            Ok(())
        } else {
            Err(Stop)
        }
    }

    fn word(&mut self) -> Result<u32, Stop> {
        self.ahead()?;
        self.reader.word()
    }

    fn skip(&mut self, len: usize) -> Result<(), Stop> {
        for _ in 0..len / 4 {
            self.word()?;
        }
        Ok(())
    }

    fn shape(&mut self, shape: &Shape) -> Result<(), Stop> {
        match *shape {
            Shape::Int | Shape::Word | Shape::Bool => self.skip(4),
            Shape::Long | Shape::Double => self.skip(8),
            Shape::Raw(len) => self.skip(len),
            Shape::Text | Shape::Bytes => self.string(),
            Shape::Rest => Err(Stop),
            Shape::Vector(element) => {
                self.word()?;
                self.counted(|walk| walk.shape(element))
            }
            Shape::BareVector(element) => self.counted(|walk| walk.shape(element)),
            Shape::Repeat(count, element) => self.elements(count, |walk| walk.shape(element)),
            Shape::Boxed(schema, _, _) | Shape::Exactly(schema, _, _) => self.boxed(schema),
            Shape::Bare(schema, id, _) => {
                let definition = schema.definition(id).ok_or(Stop)?;
                self.fields(schema, definition)
            }
        }
    }

    fn ty(&mut self, schema: &'static Schema, ty: &'static str) -> Result<(), Stop> {
        match Type::parse(ty) {
            // The call that a function wraps.
            Type::Plain(Shape::Rest) if ty.starts_with('!') => self.boxed(schema),
            Type::Plain(shape) => self.shape(&shape),
            Type::Vector { boxed, element } => {
                if boxed {
                    self.word()?;
                }
                self.counted(|walk| walk.ty(schema, element))
            }
            Type::Repeat { count, element } => {
                self.elements(count as usize, |walk| walk.ty(schema, element))
            }
            Type::Boxed => self.boxed(schema),
            Type::Bare(name) => {
                let definition = schema.definition_by_name(name).ok_or(Stop)?;
                self.fields(schema, definition)
            }
        }
    }

    fn string(&mut self) -> Result<(), Stop> {
        self.ahead()?;
        self.reader.bytes().map(drop)
    }

    fn counted(&mut self, element: impl Fn(&mut Self) -> Result<(), Stop>) -> Result<(), Stop> {
        let count = self.word()? as usize;
        // As when decoding, elements that take no bytes are counted as one.
        self.elements(count.min(self.reader.rest().len()), element)
    }

    fn elements(
        &mut self,
        count: usize,
        element: impl Fn(&mut Self) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        for index in 0..count {
            self.path.push(Step::Index(index));
            element(self)?;
            self.path.pop();
        }
        Ok(())
    }

    fn boxed(&mut self, schema: &'static Schema) -> Result<(), Stop> {
        let id = self.word()?;
        let definition = schema.definition(id).ok_or(Stop)?;
        self.fields(schema, definition)
    }

    fn fields(
        &mut self,
        schema: &'static Schema,
        definition: &'static Definition,
    ) -> Result<(), Stop> {
        if self.depth == MAX_DEPTH {
            return Err(Stop);
        }
        if self.depth == 0 && self.path.is_empty() {
            self.root = definition.name();
        }
        self.depth += 1;
        let mut flags: Vec<(&str, u32)> = Vec::new();
        for field in definition.fields() {
            let present = field.condition.is_none_or(|(name, bit)| {
                let word = flags.iter().find(|(flags, _)| *flags == name);
                word.is_some_and(|(_, word)| word >> bit & 1 == 1)
            });
            if !present {
                continue;
            }
            self.path.push(Step::Field(field.name));
            if field.ty == "#" {
                flags.push((field.name, self.word()?));
            } else {
                self.ty(schema, field.ty)?;
            }
            self.path.pop();
        }
        self.depth -= 1;
        Ok(())
    }
}
