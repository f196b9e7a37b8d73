//! First pass: what has a name, before any field is looked at.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::builtin::Builtins;
use super::{File, Options};
use crate::diagnostic::{Diagnostic, Diagnostics, quoted};
use crate::ids::{self, Dialect};
use crate::print;
use crate::schema::TypeDef;
use crate::syntax::{Definition, Item, Section, TypeKind};

/// Everything that has a name.
pub(super) struct Declared<'a> {
    /// As in [`Tree::layer`](crate::syntax::Tree::layer), of the first file that has one.
    pub(super) layer: Option<u32>,
    /// Constructors, without those of built-in types.
    pub(super) constructors: Vec<Declaration<'a>>,
    /// Functions.
    pub(super) functions: Vec<Declaration<'a>>,
    /// Declarations of built-in types.
    pub(super) builtins: Vec<Declaration<'a>>,
    /// Types with their constructors.
    pub(super) types: Vec<TypeDef>,
    /// What is known without being told.
    pub(super) known: Builtins<'a>,
    /// Names of definitions.
    pub(super) names: HashMap<&'a str, Kind>,
    /// Indices into `types`.
    pub(super) type_names: HashMap<&'a str, usize>,
}

/// A definition, and how its id is made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Declaration<'a> {
    pub(super) definition: &'a Definition<'a>,
    pub(super) dialect: Dialect,
}

/// What has a name, by index into the list of such.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Builtin(usize),
    Constructor(usize),
    Function(usize),
}

pub(super) fn declare<'a>(
    files: &[File<'a>],
    options: &'a Options,
    diagnostics: &mut Diagnostics,
) -> Declared<'a> {
    let size = files.iter().map(|file| file.tree.items.len()).sum();
    let mut declared = Declared {
        layer: None,
        constructors: Vec::with_capacity(size),
        functions: Vec::new(),
        builtins: Vec::new(),
        types: Vec::new(),
        known: Builtins::new(options),
        names: HashMap::with_capacity(size),
        type_names: HashMap::with_capacity(size / 3),
    };
    for &File { tree, dialect } in files {
        let mut section = Section::Types;
        for item in &tree.items {
            match item {
                Item::Blank => {}
                Item::Section(marker, _) => section = *marker,
                Item::Comment(comment) => declared.layer = declared.layer.or(comment.layer()),
                Item::Definition(definition) => {
                    declared.layer = declared.layer.or_else(|| definition.layer());
                    let declaration = Declaration {
                        definition,
                        dialect,
                    };
                    if let Err(error) = declared.add(section, declaration) {
                        diagnostics.error(|| error);
                    }
                }
            }
        }
    }
    declared
}

impl<'a> Declared<'a> {
    fn add(&mut self, section: Section, declaration: Declaration<'a>) -> Result<(), Diagnostic> {
        let definition = declaration.definition;
        let kind = match section {
            Section::Functions => Kind::Function(self.functions.len()),
            Section::Types if self.known.declare(definition)? => Kind::Builtin(self.builtins.len()),
            Section::Types => Kind::Constructor(self.constructors.len()),
        };
        match self.names.entry(definition.name.text) {
            Entry::Vacant(entry) => entry.insert(kind),
            Entry::Occupied(first) => {
                let first = *first.get();
                return self.add_again(first, kind, declaration);
            }
        };
        match kind {
            Kind::Builtin(_) => self.builtins.push(declaration),
            Kind::Function(_) => self.functions.push(declaration),
            Kind::Constructor(index) => {
                self.constructors.push(declaration);
                self.add_to_type(index, definition);
            }
        }
        Ok(())
    }

    /// Two files may declare the same, word for word; built-in types even in two forms.
    fn add_again(&self, first: Kind, kind: Kind, again: Declaration<'a>) -> Result<(), Diagnostic> {
        let first_declaration = match first {
            Kind::Builtin(index) => self.builtins[index],
            Kind::Constructor(index) => self.constructors[index],
            Kind::Function(index) => self.functions[index],
        };
        let (name, first_name) = (again.definition.name, first_declaration.definition.name);
        let is_same = name.span.file != first_name.span.file
            && match (first, kind) {
                (Kind::Builtin(_), Kind::Builtin(_)) => true,
                (Kind::Constructor(_), Kind::Constructor(_))
                | (Kind::Function(_), Kind::Function(_)) => first_declaration.says(again),
                _ => false,
            };
        if is_same {
            return Ok(());
        }
        let message = format!("{} is declared twice", quoted(name.text));
        Err(Diagnostic::error(name.span, message).with_first(first_name.span))
    }

    fn add_to_type(&mut self, index: usize, definition: &Definition<'a>) {
        let TypeKind::Named { name, .. } = definition.result.kind else {
            return;
        };
        if self.known.is_any(name) {
            return;
        }
        // Constructors of one type mostly stand together.
        if let Some(last) = self.types.last_mut().filter(|last| last.name == name) {
            return last.constructors.push(index);
        }
        let next = self.types.len();
        let ty = *self.type_names.entry(name).or_insert(next);
        if ty == next {
            let (name, constructors) = (name.to_owned(), Vec::new());
            self.types.push(TypeDef {
                name,
                constructors,
                partial: false,
            });
        }
        self.types[ty].constructors.push(index);
    }
}

impl Declaration<'_> {
    fn says(self, other: Self) -> bool {
        let what = |declaration: Self| {
            let Self {
                definition,
                dialect,
            } = declaration;
            let id = definition
                .id
                .unwrap_or_else(|| ids::compute(definition, dialect));
            print::line(definition, Some(id))
        };
        what(self) == what(other)
    }
}
