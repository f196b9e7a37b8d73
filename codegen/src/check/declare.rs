//! First pass: what has a name and an id, before any type is looked at.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::builtin::Builtins;
use super::{File, Options};
use crate::diagnostic::{Diagnostic, Diagnostics, quoted};
use crate::ids::{self, Dialect};
use crate::print;
use crate::schema::TypeDef;
use crate::syntax::{Definition, Section, TypeKind};

/// Everything that has a name.
pub(super) struct Declared<'a> {
    /// Constructors with their ids, without those of built-in types.
    pub(super) constructors: Vec<(&'a Definition<'a>, u32)>,
    /// Functions with their ids.
    pub(super) functions: Vec<(&'a Definition<'a>, u32)>,
    /// Types with their constructors.
    pub(super) types: Vec<TypeDef>,
    /// What is known without being told.
    pub(super) builtins: Builtins<'a>,
    /// All of the definitions.
    pub(super) names: HashMap<&'a str, Declaration<'a>>,
    /// Indices into `types`.
    pub(super) type_names: HashMap<&'a str, usize>,
}

/// Who has a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Declaration<'a> {
    definition: &'a Definition<'a>,
    id: u32,
    pub(super) kind: Kind,
}

/// What it is the name of, by index into the list of such.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Builtin,
    Constructor(usize),
    Function(usize),
}

pub(super) fn declare<'a>(
    files: &[File<'a>],
    options: &'a Options,
    diagnostics: &mut Diagnostics,
) -> Declared<'a> {
    let size = files.iter().map(|file| file.tree.items.len()).sum();
    let mut ids = HashMap::with_capacity(size);
    let mut declared = Declared {
        constructors: Vec::with_capacity(size),
        functions: Vec::new(),
        types: Vec::new(),
        builtins: Builtins::new(options),
        names: HashMap::with_capacity(size),
        type_names: HashMap::with_capacity(size),
    };
    for file in files {
        for (section, definition) in file.tree.definitions() {
            let id = settle_id(definition, file.dialect, options, diagnostics);
            declared.add(section, definition, id, &mut ids, diagnostics);
        }
    }
    declared
}

/// The explicit id, else the computed one; both should agree.
fn settle_id(
    definition: &Definition<'_>,
    dialect: Dialect,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> u32 {
    let computed = ids::compute(definition, dialect);
    let id = definition.id.unwrap_or(computed);
    let name = definition.name;
    match (id == computed, options.exceptions.contains(name.text)) {
        (true, false) | (false, true) => {}
        (true, true) => diagnostics.warning(|| {
            let message = format!(
                "{} is listed as an exception, but its id is right",
                quoted(name.text)
            );
            Diagnostic::warning(name.span, message).with_hint("remove it from the list")
        }),
        (false, false) => diagnostics.warning(|| {
            let message = format!("the id is {id:08x}, but the text hashes to {computed:08x}");
            Diagnostic::warning(name.span, message)
                .with_hint("if that is known and right, list the name among the exceptions")
        }),
    }
    id
}

impl<'a> Declared<'a> {
    fn add(
        &mut self,
        section: Section,
        definition: &'a Definition<'a>,
        id: u32,
        ids: &mut HashMap<u32, &'a Definition<'a>>,
        diagnostics: &mut Diagnostics,
    ) {
        let name = definition.name;
        let kind = match section {
            Section::Types => match self.builtins.declare(definition) {
                Ok(true) => Kind::Builtin,
                Ok(false) => Kind::Constructor(self.constructors.len()),
                Err(error) => return diagnostics.error(|| error),
            },
            Section::Functions => Kind::Function(self.functions.len()),
        };
        let declaration = Declaration {
            definition,
            id,
            kind,
        };
        match self.names.entry(name.text) {
            Entry::Occupied(first) if first.get().is_same(&declaration) => return,
            Entry::Occupied(first) => {
                let first = first.get().definition.name.span;
                return diagnostics.error(|| {
                    let message = format!("{} is declared twice", quoted(name.text));
                    Diagnostic::error(name.span, message).with_first(first)
                });
            }
            Entry::Vacant(entry) => entry.insert(declaration),
        };
        match ids.entry(id) {
            Entry::Vacant(entry) => {
                entry.insert(definition);
            }
            Entry::Occupied(first) => {
                let first = first.get().name;
                diagnostics.error(|| {
                    let message = format!(
                        "the id {id:08x} of {} is that of {}",
                        quoted(name.text),
                        quoted(first.text)
                    );
                    Diagnostic::error(name.span, message).with_first(first.span)
                });
            }
        }
        match kind {
            Kind::Builtin => {}
            Kind::Function(_) => self.functions.push((definition, id)),
            Kind::Constructor(index) => {
                self.constructors.push((definition, id));
                self.add_to_type(index, definition);
            }
        }
    }

    fn add_to_type(&mut self, index: usize, definition: &Definition<'a>) {
        let TypeKind::Named { name, .. } = definition.result.kind else {
            return;
        };
        if self.builtins.is_any(name) {
            return;
        }
        let next = self.types.len();
        let ty = *self.type_names.entry(name).or_insert(next);
        if ty == next {
            self.types.push(TypeDef {
                name: name.to_owned(),
                constructors: Vec::new(),
                partial: false,
            });
        }
        self.types[ty].constructors.push(index);
    }
}

impl Declaration<'_> {
    /// Do two files declare the same, word for word? Built-in types may be declared in two forms.
    fn is_same(&self, other: &Self) -> bool {
        let line = |declaration: &Self| print::line(declaration.definition, None);
        self.definition.name.span.file != other.definition.name.span.file
            && match (self.kind, other.kind) {
                (Kind::Builtin, Kind::Builtin) => true,
                (Kind::Constructor(_), Kind::Constructor(_))
                | (Kind::Function(_), Kind::Function(_)) => {
                    self.id == other.id && line(self) == line(other)
                }
                _ => false,
            }
    }
}
