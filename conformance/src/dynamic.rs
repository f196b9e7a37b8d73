//! Values of any schema, encoded by rules of their own: what generated code is held against.
//!
//! The encoder follows the documents of the wire format and shares nothing with the runtime of
//! generated code. Beside the bytes it tells where each item of a value begins, so that the place
//! named by an error can be checked.

use std::ops::Range;

use serde_json::json;
use tl_schema_codegen::schema::{Combinator, Schema, Type};

/// A value of some type of a schema.
#[derive(Debug, Clone, PartialEq)]
pub enum Dynamic {
    /// `int`
    Int(i32),
    /// `#` that is no flags word, or the bits of a flags word that announce no field.
    Word(u32),
    /// `long`
    Long(i64),
    /// `double`
    Double(f64),
    /// `Bool`
    Bool(bool),
    /// `string`
    Text(String),
    /// `bytes`
    Bytes(Vec<u8>),
    /// `int128` and its like, and `Object`: bytes as they are.
    Raw(Vec<u8>),
    /// `true`
    True,
    /// A vector or a repetition.
    List(Vec<Dynamic>),
    /// A constructor or a function with its arguments.
    Object(Object),
}

/// A constructor or a function with its arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct Object {
    /// Which.
    pub definition: Definition,
    /// A value for each field that is present, in the order of the schema.
    pub fields: Vec<Option<Dynamic>>,
}

/// A constructor or a function, by its index in the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Definition {
    /// An index into [`Schema::constructors`].
    Constructor(usize),
    /// An index into [`Schema::functions`].
    Function(usize),
}

impl Definition {
    /// What the schema says about it.
    pub fn of(self, schema: &Schema) -> &Combinator {
        match self {
            Self::Constructor(at) => &schema.constructors[at],
            Self::Function(at) => &schema.functions[at],
        }
    }
}

/// Bytes, and what they are made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Encoding {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Their parts without gaps: numbers, ids, counts, whole strings.
    pub pieces: Vec<Piece>,
}

/// A part of an encoding that is read in one go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its bytes.
    pub range: Range<usize>,
    /// The fields that lead there: `account.authorizationForm.values[3].data`.
    pub path: String,
    /// What it is.
    pub kind: PieceKind,
}

/// What a [`Piece`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    /// A number, a constructor id, raw bytes.
    Fixed,
    /// The count of a vector.
    Count,
    /// All that is left, an `Object`.
    Rest,
    /// A string without content.
    EmptyString,
    /// A string with content.
    String,
}

/// Writes a constructor or function with its id before it.
pub fn encode(schema: &Schema, object: &Object) -> Encoding {
    let mut encoder = Encoder {
        schema,
        encoding: Encoding::default(),
    };
    encoder.id(object, "");
    encoder.fields(object, &object.definition.of(schema).name);
    encoder.encoding
}

/// The fields that are no flags words, each with its bytes if it is present.
pub fn field_bytes<'s>(schema: &'s Schema, object: &Object) -> Vec<(&'s str, Option<Vec<u8>>)> {
    let fields = object
        .definition
        .of(schema)
        .fields
        .iter()
        .zip(&object.fields);
    let named = fields.filter_map(|(field, value)| Some((field.name.as_deref()?, field, value)));
    let named = named.filter(|(name, field, _)| !is_flags_word(name, &field.ty));
    let bytes = |ty, value| {
        let mut encoder = Encoder {
            schema,
            encoding: Encoding::default(),
        };
        encoder.value(ty, value, "");
        encoder.encoding.bytes
    };
    named
        .map(|(name, field, value)| (name, value.as_ref().map(|value| bytes(&field.ty, value))))
        .collect()
}

/// The JSON form that the test vectors use for TL values.
pub fn to_json(schema: &Schema, value: &Dynamic) -> serde_json::Value {
    match value {
        Dynamic::Int(number) => json!(number),
        Dynamic::Word(number) => json!(number),
        Dynamic::Long(number) => json!(number.to_string()),
        // Never NaN; see the strategy.
        Dynamic::Double(number) => json!(number.to_string()),
        Dynamic::Bool(value) => json!(value),
        Dynamic::True => json!(true),
        Dynamic::Text(text) => json!(text),
        Dynamic::Bytes(bytes) | Dynamic::Raw(bytes) => json!(hex(bytes)),
        Dynamic::List(elements) => elements.iter().map(|it| to_json(schema, it)).collect(),
        Dynamic::Object(object) => object_to_json(schema, object),
    }
}

/// As [`to_json`], for a constructor or a function.
pub fn object_to_json(schema: &Schema, object: &Object) -> serde_json::Value {
    let combinator = object.definition.of(schema);
    let mut json = serde_json::Map::new();
    json.insert("_".to_owned(), json!(combinator.name));
    for (index, (field, value)) in combinator.fields.iter().zip(&object.fields).enumerate() {
        let unnamed = || format!("field_{}", index + 1);
        let name = field.name.clone().unwrap_or_else(unnamed);
        if let Some(value) = value
            && !is_flags_word(&name, &field.ty)
        {
            let value = match value {
                Dynamic::Word(own) => json!(own | announced(combinator, object, index)),
                value => to_json(schema, value),
            };
            json.insert(name, value);
        }
    }
    json.into()
}

/// The call that stands for every `!X`: the first function that wraps none, as in the tables of
/// subjects.
pub fn inner_call(schema: &Schema) -> Definition {
    let mut functions = schema.functions.iter();
    let inner = functions.position(|it| it.type_params.is_empty());
    Definition::Function(inner.unwrap_or_default())
}

/// A word that says nothing but which fields are there.
pub fn is_flags_word(name: &str, ty: &Type) -> bool {
    let stem = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    *ty == Type::Flags && stem == "flags"
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

struct Encoder<'s> {
    schema: &'s Schema,
    encoding: Encoding,
}

impl Encoder<'_> {
    fn fixed(&mut self, bytes: &[u8], path: &str) {
        self.piece(PieceKind::Fixed, bytes, path);
    }

    fn piece(&mut self, kind: PieceKind, bytes: &[u8], path: &str) {
        let start = self.encoding.bytes.len();
        self.encoding.bytes.extend_from_slice(bytes);
        self.encoding.pieces.push(Piece {
            range: start..self.encoding.bytes.len(),
            path: path.to_owned(),
            kind,
        });
    }

    fn id(&mut self, object: &Object, path: &str) {
        let id = object.definition.of(self.schema).id;
        self.fixed(&id.to_le_bytes(), path);
    }

    fn string(&mut self, content: &[u8], path: &str) {
        let mut bytes = match u8::try_from(content.len()) {
            Ok(len @ 0..254) => vec![len],
            _ => ((content.len() as u32) << 8 | 254).to_le_bytes().to_vec(),
        };
        bytes.extend_from_slice(content);
        while bytes.len() % 4 != 0 {
            bytes.push(0);
        }
        let kind = match content {
            [] => PieceKind::EmptyString,
            _ => PieceKind::String,
        };
        self.piece(kind, &bytes, path);
    }

    fn fields(&mut self, object: &Object, path: &str) {
        let combinator = object.definition.of(self.schema);
        for (at, (field, value)) in combinator.fields.iter().zip(&object.fields).enumerate() {
            let Some(value) = value else { continue };
            let path = match &field.name {
                Some(name) => format!("{path}.{name}"),
                None => path.to_owned(),
            };
            match value {
                Dynamic::Word(own) => {
                    let word = own | announced(combinator, object, at);
                    self.fixed(&word.to_le_bytes(), &path);
                }
                value => self.value(&field.ty, value, &path),
            }
        }
    }

    fn value(&mut self, ty: &Type, value: &Dynamic, path: &str) {
        match (ty, value) {
            (_, Dynamic::True) => {}
            (_, Dynamic::Int(number)) => self.fixed(&number.to_le_bytes(), path),
            (_, Dynamic::Word(number)) => self.fixed(&number.to_le_bytes(), path),
            (_, Dynamic::Long(number)) => self.fixed(&number.to_le_bytes(), path),
            (_, Dynamic::Double(number)) => self.fixed(&number.to_le_bytes(), path),
            (_, Dynamic::Bool(true)) => self.fixed(&[0xb5, 0x75, 0x72, 0x99], path),
            (_, Dynamic::Bool(false)) => self.fixed(&[0x37, 0x97, 0x79, 0xbc], path),
            (_, Dynamic::Text(text)) => self.string(text.as_bytes(), path),
            (_, Dynamic::Bytes(bytes)) => self.string(bytes, path),
            (Type::Object, Dynamic::Raw(bytes)) => self.piece(PieceKind::Rest, bytes, path),
            (_, Dynamic::Raw(bytes)) => self.fixed(bytes, path),
            (Type::Vector { boxed, element }, Dynamic::List(elements)) => {
                if *boxed {
                    self.fixed(&[0x15, 0xc4, 0xb5, 0x1c], path);
                }
                let count = (elements.len() as u32).to_le_bytes();
                self.piece(PieceKind::Count, &count, path);
                self.elements(element, elements, path);
            }
            (Type::Repeat { element, .. }, Dynamic::List(elements)) => {
                self.elements(element, elements, path);
            }
            (Type::Bare(_), Dynamic::Object(object)) => self.fields(object, path),
            (_, Dynamic::Object(object)) => {
                self.id(object, path);
                self.fields(object, path);
            }
            (ty, Dynamic::List(_)) => unreachable!("a list is no {ty:?}"),
        }
    }

    fn elements(&mut self, ty: &Type, elements: &[Dynamic], path: &str) {
        for (index, element) in elements.iter().enumerate() {
            self.value(ty, element, &format!("{path}[{index}]"));
        }
    }
}

/// The bits of the flags word at `flags` that the present fields set.
fn announced(combinator: &Combinator, object: &Object, flags: usize) -> u32 {
    let fields = combinator.fields.iter().zip(&object.fields);
    let conditions =
        fields.filter_map(|(field, value)| field.condition.filter(|_| value.is_some()));
    conditions
        .filter(|condition| condition.flags == flags)
        .fold(0, |word, condition| word | 1 << condition.bit)
}
