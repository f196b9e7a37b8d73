//! A checked schema: every name resolved, every id settled, nothing left to doubt.
//!
//! Made by [`check`](crate::check), reduced by [`select`](crate::select), read by
//! [`emit`](crate::emit). Types and combinators refer to each other by index, so a schema is
//! plain data without lifetimes.

use crate::source::Span;

/// Everything that one or several files declare together.
///
/// Built-in declarations (`int ? = Int`, `vector {t:Type} # [ t ] = Vector t`), `Bool` and `True`
/// are not listed: the checker turns their uses into [`Type`]'s own variants.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schema {
    /// The layer named by the first `// LAYER n` comment.
    pub layer: Option<u32>,
    /// Constructors, in the order of the files.
    pub constructors: Vec<Combinator>,
    /// Functions, in the order of the files.
    pub functions: Vec<Combinator>,
    /// Boxed types, in the order in which their first constructor stands.
    pub types: Vec<TypeDef>,
}

/// A constructor or a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Combinator {
    /// The name as declared, with its namespaces: `account.authorizationForm`.
    pub name: String,
    /// The constructor id: the explicit one, else computed from the text.
    pub id: u32,
    /// Names of the `{X:Type}` parameters.
    pub type_params: Vec<String>,
    /// What is serialized, in the order of the wire.
    pub fields: Vec<Field>,
    /// What a constructor belongs to, or what a function returns.
    pub result: Type,
    /// The documentation comments that stand above it, one line each.
    pub docs: Vec<String>,
    /// Its TL line in canonical form, with the id, without comments and semicolon.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// One argument of a combinator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name; a field without one gets none.
    pub name: Option<String>,
    /// Its type.
    pub ty: Type,
    /// Under which bit it is present; always so if `None`.
    pub condition: Option<Condition>,
}

/// Presence by a bit of a flags word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Condition {
    /// Index of the [`Type::Flags`] field among the fields of the combinator, always an earlier one.
    pub flags: usize,
    /// The bit, 0 to 31.
    pub bit: u8,
}

/// A boxed type: the set of its constructors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeDef {
    /// The name as declared, with its namespaces: `account.AuthorizationForm`.
    pub name: String,
    /// Indices into [`Schema::constructors`], in declaration order.
    pub constructors: Vec<usize>,
    /// Some of its constructors were left out by a selection, so that a value of the type itself
    /// can be neither written nor read: only its constructors stand for themselves.
    pub partial: bool,
}

impl TypeDef {
    /// A type of one constructor needs no enum: it is that constructor with its id before it.
    pub(crate) fn is_single(&self) -> bool {
        self.constructors.len() == 1 && !self.partial
    }

    /// Whether an enum is written for the type.
    pub(crate) fn is_enum(&self) -> bool {
        !self.partial && !self.is_single()
    }
}

/// The type of a field or a result.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Type {
    /// `int` and its synonyms: 32 bits, signed.
    Int,
    /// `long` and its synonyms: 64 bits, signed.
    Long,
    /// `double`: IEEE 754 binary64.
    Double,
    /// `string`: UTF-8 text.
    String,
    /// `bytes`.
    Bytes,
    /// `int128`, 16 raw bytes.
    Int128,
    /// `int256`, 32 raw bytes.
    Int256,
    /// `int512`, 64 raw bytes.
    Int512,
    /// `#`: 32 bits, unsigned; a flags word if fields depend on it.
    Flags,
    /// The bare `true`, which occupies no bytes.
    True,
    /// The boxed `Bool`.
    Bool,
    /// `Object` (or another name declared as such): a boxed value of any type.
    Object,
    /// A vector; `boxed` if its constructor id precedes the count.
    Vector {
        /// `Vector<T>` rather than `vector<T>`.
        boxed: bool,
        /// The element type.
        element: Box<Type>,
    },
    /// `n*[ T ]`: a fixed number of elements, without a count.
    Repeat {
        /// How many.
        count: u32,
        /// The element type.
        element: Box<Type>,
    },
    /// A boxed type, by index into [`Schema::types`].
    Boxed(usize),
    /// A bare constructor, by index into [`Schema::constructors`].
    Bare(usize),
    /// `!X`: a function call whose result is the type parameter of that index.
    Call(usize),
    /// `X`, a type parameter, as the result of a function.
    Param(usize),
}
