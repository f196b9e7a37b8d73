//! The schema as data: which definition an id belongs to, and what its fields are.
//!
//! It serves what is rare: names for messages, the path in a [`DecodeError`](crate::DecodeError),
//! the JSON form. Each definition is kept as its line of TL, the shortest form there is, and taken
//! apart when somebody asks.

use alloc::borrow::Cow;
use alloc::format;

/// The definitions of a schema, in the order of their ids.
#[derive(Debug)]
pub struct Schema {
    /// The layer, if the schema names one.
    pub layer: Option<u32>,
    /// All constructors and functions, sorted by id.
    pub definitions: &'static [Definition],
}

impl Schema {
    /// Of what no schema defines.
    const NONE: Self = Self {
        layer: None,
        definitions: &[],
    };

    /// The definition with this id.
    ///
    /// ```
    /// let schema = &telegram_passport_tl::SCHEMA;
    /// assert_eq!(schema.definition(0x187fa0ca).unwrap().name(), "secureValue");
    /// ```
    pub const fn definition(&self, id: u32) -> Option<&'static Definition> {
        let mut definitions = self.definitions;
        while let [_, ..] = definitions {
            let (before, behind) = definitions.split_at(definitions.len() / 2);
            match behind {
                [middle, ..] if middle.id == id => return Some(middle),
                [middle, behind @ ..] if middle.id < id => definitions = behind,
                _ => definitions = before,
            }
        }
        None
    }

    /// The definition with this name, as TL spells it: `account.saveSecureValue`.
    pub fn definition_by_name(&self, name: &str) -> Option<&'static Definition> {
        self.definitions
            .iter()
            .find(|definition| definition.name() == name)
    }
}

/// A constructor or a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    /// The constructor id.
    pub id: u32,
    /// Whether it is a function.
    pub is_function: bool,
    /// Its line of TL, in canonical form and without the semicolon.
    pub tl: &'static str,
}

impl Definition {
    /// A constructor and its line of TL.
    pub const fn constructor(id: u32, tl: &'static str) -> Self {
        Self {
            id,
            is_function: false,
            tl,
        }
    }

    /// A function and its line of TL.
    pub const fn function(id: u32, tl: &'static str) -> Self {
        Self {
            id,
            is_function: true,
            tl,
        }
    }

    /// The TL name, with its namespace.
    pub const fn name(&self) -> &'static str {
        // Cut before an ASCII character, so it is UTF-8. `str` is not split here: the oldest
        // compiler cannot do that in a `const fn`.
        match core::str::from_utf8(self.name_bytes()) {
            Ok(name) => name,
            Err(_) => self.tl,
        }
    }

    const fn name_bytes(&self) -> &'static [u8] {
        let tl = self.tl.as_bytes();
        let mut len = 0;
        while len < tl.len() && tl[len] != b'#' && tl[len] != b' ' {
            len += 1;
        }
        tl.split_at(len).0
    }

    /// The type it belongs to; of a function, the type of the answer.
    pub fn result(&self) -> &'static str {
        self.tl.rsplit_once(" = ").map_or("", |(_, result)| result)
    }

    /// What is serialized behind the id, in the order of the wire.
    pub fn fields(&self) -> impl Iterator<Item = Field> + use<> {
        let body = self.tl.rsplit_once(" =").map_or("", |(body, _)| body);
        body.split(' ')
            .skip(1)
            .filter(|word| !word.starts_with('{'))
            .map(Field::parse)
    }
}

/// One field of a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The name; empty if it has none.
    pub name: &'static str,
    /// The flags word and the bit under which it is present.
    pub condition: Option<(&'static str, u8)>,
    /// The type as TL spells it: `Vector<SecureFile>`.
    pub ty: &'static str,
}

impl Field {
    /// Whether it is a word that says nothing but which fields are there: `flags`, `flags2`.
    pub fn is_flags(&self) -> bool {
        self.ty == "#"
            && self
                .name
                .trim_end_matches(|digit: char| digit.is_ascii_digit())
                == "flags"
    }

    /// What it is called in the JSON form and when it is printed: `field_2` if it is the second of
    /// its definition and has no name.
    pub(crate) fn key(&self, index: usize) -> Cow<'static, str> {
        match self.name {
            "" => Cow::Owned(format!("field_{}", index + 1)),
            name => Cow::Borrowed(name),
        }
    }

    fn parse(word: &'static str) -> Self {
        let (name, ty) = word.split_once(':').unwrap_or(("", word));
        let condition = ty.split_once('?').and_then(|(condition, ty)| {
            let (flags, bit) = condition.rsplit_once('.')?;
            Some(((flags, bit.parse().ok()?), ty))
        });
        match condition {
            Some((condition, ty)) => Self {
                name,
                condition: Some(condition),
                ty,
            },
            None => Self {
                name,
                condition: None,
                ty,
            },
        }
    }
}

/// A type of TL, taken apart by one level.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Type {
    /// A built-in that needs no schema.
    Plain(Shape),
    Vector {
        boxed: bool,
        element: &'static str,
    },
    Repeat {
        count: u32,
        element: &'static str,
    },
    /// A boxed type, by its name.
    Boxed,
    /// The name of a constructor.
    Bare(&'static str),
}

impl Type {
    pub(crate) fn parse(ty: &'static str) -> Self {
        let bare = ty.strip_prefix('%');
        let name = bare.unwrap_or(ty);
        // First, since it can be a vector that is repeated.
        if let Some((count, rest)) = name.split_once("*[") {
            let element = rest.strip_suffix(']').unwrap_or(rest);
            let count = count.parse().unwrap_or_default();
            return Self::Repeat { count, element };
        }
        if let Some((head, rest)) = name.split_once('<') {
            let element = rest.strip_suffix('>').unwrap_or(rest);
            let boxed = head == "Vector" && bare.is_none();
            return Self::Vector { boxed, element };
        }
        Self::Plain(match name {
            "int" => Shape::Int,
            "#" => Shape::Word,
            "long" => Shape::Long,
            "double" => Shape::Double,
            "Bool" => Shape::Bool,
            "string" => Shape::Text,
            "bytes" => Shape::Bytes,
            "true" => Shape::Raw(0),
            "int128" => Shape::Raw(16),
            "int256" => Shape::Raw(32),
            "int512" => Shape::Raw(64),
            "Object" => Shape::Rest,
            _ if name.starts_with('!') => Shape::Rest,
            _ => {
                let last = name.rsplit('.').next().unwrap_or_default();
                return if last.starts_with(|first: char| first.is_ascii_uppercase()) {
                    Self::Boxed
                } else {
                    Self::Bare(name)
                };
            }
        })
    }
}

/// A Rust type with an encoding, and how that is built.
pub trait Described {
    /// What a schema defines it as: all that generated code says.
    const DEFINED: Defined = (&Schema::NONE, "", 0, 0);

    /// How the encoding is built; for telling where it is broken, for printing and for JSON.
    const SHAPE: Shape = Shape::of(Self::DEFINED);

    /// The fewest bytes that a value takes.
    const MIN_LEN: usize = Self::SHAPE.min_len();
}

/// A schema, the TL name of a definition or of a type, the id of the definition, or 0 of a type,
/// and the fewest bytes that a value takes.
///
/// A tuple, since rustc looks for interior mutability in each constant of any other type.
pub type Defined = (&'static Schema, &'static str, u32, usize);

/// How the encoding of a Rust type is built. Where a schema tells it, the last number is the
/// fewest bytes that a value takes.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Shape {
    /// `int`
    Int,
    /// `#`
    Word,
    /// `long`
    Long,
    /// `double`
    Double,
    /// `Bool`
    Bool,
    /// `string`
    Text,
    /// `bytes`
    Bytes,
    /// So many raw bytes: `int128`, `int256`, `int512`, and none for `true`.
    Raw(usize),
    /// `Vector<T>`
    Vector(&'static Shape),
    /// `vector<T>`
    BareVector(&'static Shape),
    /// `n*[ T ]`
    Repeat(usize, &'static Shape),
    /// A boxed type: one of the constructors whose result has this name.
    Boxed(&'static Schema, &'static str, usize),
    /// One constructor or function, with its id before it.
    Exactly(&'static Schema, u32, usize),
    /// One constructor without its id.
    Bare(&'static Schema, u32, usize),
    /// All that is left.
    Rest,
}

impl Shape {
    /// The fewest bytes that a value takes.
    pub const fn min_len(&self) -> usize {
        match *self {
            Self::Int | Self::Word | Self::Bool | Self::Text | Self::Bytes => 4,
            Self::BareVector(_) | Self::Rest => 4,
            Self::Long | Self::Double | Self::Vector(_) => 8,
            Self::Raw(len) => len,
            Self::Repeat(count, element) => element.min_len().saturating_mul(count),
            Self::Boxed(_, _, len) | Self::Exactly(_, _, len) | Self::Bare(_, _, len) => len,
        }
    }

    /// The shape of what a schema defines.
    const fn of(defined: Defined) -> Self {
        let (schema, name, id, len) = defined;
        match schema.definition(id) {
            Some(definition) if same(definition.name_bytes(), name.as_bytes()) => {
                match definition.is_function {
                    true => Self::Exactly(schema, id, len),
                    false => Self::Bare(schema, id, len),
                }
            }
            _ => Self::Boxed(schema, name, len),
        }
    }
}

const fn same(mut a: &[u8], mut b: &[u8]) -> bool {
    while let ([first, rest @ ..], [other, others @ ..]) = (a, b) {
        if *first != *other {
            return false;
        }
        (a, b) = (rest, others);
    }
    a.is_empty() && b.is_empty()
}
