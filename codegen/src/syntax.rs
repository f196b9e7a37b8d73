//! The syntax tree: what a schema file says, before anything is made of it.
//!
//! A tree borrows its names and comments from the text, and forgets how things were laid out:
//! `(vector int)` and `vector<int>` are the same node. What remains is what
//! [`print`](crate::print) writes, so parsing the printed form yields an equal tree.

use crate::source::Span;

/// One file: all that could be understood of it, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tree<'a> {
    /// Definitions, and what stands between them.
    pub items: Vec<Item<'a>>,
}

impl<'a> Tree<'a> {
    /// Every definition, with the section in which it stands. A file begins among the types.
    pub fn definitions(&self) -> impl Iterator<Item = (Section, &Definition<'a>)> {
        let mut section = Section::Types;
        self.items.iter().filter_map(move |item| match item {
            Item::Section(marker, _) => {
                section = *marker;
                None
            }
            Item::Definition(definition) => Some((section, definition)),
            Item::Blank | Item::Comment(_) => None,
        })
    }

    /// The number in the first `// LAYER n` comment.
    pub fn layer(&self) -> Option<u32> {
        self.items.iter().find_map(|item| match item {
            Item::Comment(comment) => comment.layer(),
            Item::Definition(definition) => definition.layer(),
            Item::Blank | Item::Section(..) => None,
        })
    }
}

/// A top-level part of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item<'a> {
    /// One or several empty lines between two other items.
    Blank,
    /// A comment that belongs to no definition.
    Comment(Comment<'a>),
    /// `---types---` or `---functions---`.
    Section(Section, Span),
    /// A declaration, up to its semicolon.
    Definition(Definition<'a>),
}

/// What the definitions after a section marker declare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Section {
    /// Constructors, which is how a file begins.
    Types,
    /// Functions.
    Functions,
}

/// A comment, without its delimiters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comment<'a> {
    /// `/* .. */` rather than `// ..`.
    pub block: bool,
    /// What stands after `//`, without trailing blanks, or between `/*` and `*/`.
    pub text: &'a str,
    /// Where it stands, delimiters included.
    pub span: Span,
}

impl Comment<'_> {
    pub(crate) fn layer(&self) -> Option<u32> {
        let number = self.text.trim_start().strip_prefix("LAYER ")?;
        if self.block {
            None
        } else {
            number.trim().parse().ok()
        }
    }
}

/// A declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition<'a> {
    /// The comments that stand right above it or inside it.
    pub comments: Vec<Comment<'a>>,
    /// The comments that begin on the line of its semicolon, after it.
    pub trailing: Vec<Comment<'a>>,
    /// Its name, with its namespaces.
    pub name: Name<'a>,
    /// The explicit id.
    pub id: Option<u32>,
    /// `{X:Type}` parameters, by name.
    pub params: Vec<Name<'a>>,
    /// What it is made of.
    pub body: Body<'a>,
    /// What stands after the equals sign: always [`TypeKind::Named`].
    pub result: Type<'a>,
    /// From its name to the end of its result.
    pub span: Span,
}

impl<'a> Definition<'a> {
    /// The documentation above it: `//@..` lines, and the `//-..` lines that go on with them.
    ///
    /// The `@` stays, since names of fields follow it; the `-` goes.
    pub fn docs(&self) -> impl Iterator<Item = &'a str> {
        let mut inside = false;
        self.comments.iter().filter_map(move |comment| {
            let continued = comment.text.strip_prefix('-').filter(|_| inside);
            let line = comment
                .text
                .starts_with('@')
                .then_some(comment.text)
                .or(continued);
            let line = line.filter(|_| !comment.block);
            inside = line.is_some();
            line
        })
    }

    pub(crate) fn layer(&self) -> Option<u32> {
        self.comments
            .iter()
            .chain(&self.trailing)
            .find_map(Comment::layer)
    }

    /// Its fields; a built-in has none.
    pub fn fields(&self) -> &[Field<'a>] {
        match &self.body {
            Body::Builtin => &[],
            Body::Fields(fields) => fields,
        }
    }
}

/// The middle of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body<'a> {
    /// `?`: known without being told, as in `int ? = Int`.
    Builtin,
    /// Fields, in the order of the wire.
    Fields(Vec<Field<'a>>),
}

/// A name, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name<'a> {
    /// The text.
    pub text: &'a str,
    /// Where it stands.
    pub span: Span,
}

/// One field of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field<'a> {
    /// Its name, if it has one.
    pub name: Option<Name<'a>>,
    /// When it is present.
    pub condition: Option<Condition<'a>>,
    /// Its type.
    pub ty: Type<'a>,
    /// The whole of it.
    pub span: Span,
}

/// `flags.3?` or `flags?` in front of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Condition<'a> {
    /// The field that decides.
    pub word: Name<'a>,
    /// The bit of it; the whole word if `None`. Not checked: larger than 31 if so written.
    pub bit: Option<u32>,
}

/// A type expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Type<'a> {
    /// What it says.
    pub kind: TypeKind<'a>,
    /// Where it stands.
    pub span: Span,
}

/// The forms of a type expression. They nest at most
/// [`parser::MAX_DEPTH`](crate::parser::MAX_DEPTH) deep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeKind<'a> {
    /// `#`.
    Nat,
    /// `name`, `%name`, `name<A,B>`, or `(name A B)`.
    Named {
        /// The name, with its namespaces.
        name: &'a str,
        /// A `%` stands before it.
        percent: bool,
        /// What it is applied to.
        args: Vec<Type<'a>>,
    },
    /// `!X`.
    Call(&'a str),
    /// `[ T ]` or `n*[ T ]`.
    Repeat {
        /// How often; as often as the preceding `#` says if `None`.
        count: Option<u32>,
        /// What.
        element: Box<Type<'a>>,
    },
}
