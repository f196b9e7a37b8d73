//! Second pass: what the types of fields and results mean.

use std::collections::HashMap;

use super::builtin::{boxed_primitive, primitive};
use super::declare::{Declared, Kind};
use super::inhabited::Needs;
use super::rust;
use super::suggest::{similar, similar_type};
use crate::diagnostic::{Diagnostic, Diagnostics, quoted};
use crate::schema::{Condition, Field, Type};
use crate::source::Span;
use crate::syntax::{self, Definition, TypeKind};

/// Turns syntax into meaning. What has none is reported and becomes [`Type::Object`], so that
/// the rest is looked at, too.
pub(super) struct Resolver<'a, 'd> {
    declared: &'d Declared<'a>,
    /// Errors and warnings of all passes so far.
    pub(super) diagnostics: Diagnostics,
    /// The earlier fields of the definition at hand, if it has [`MANY_FIELDS`].
    names: HashMap<&'a str, usize>,
    /// The field at hand has no name, so that what is taken for its type may be one.
    is_unnamed: bool,
    uses_boxed_true: bool,
    /// What the third pass has to look at.
    pub(super) needs: Needs,
}

impl<'a, 'd> Resolver<'a, 'd> {
    pub(super) fn new(declared: &'d Declared<'a>, diagnostics: Diagnostics) -> Self {
        Self {
            declared,
            diagnostics,
            names: HashMap::new(),
            is_unnamed: false,
            uses_boxed_true: false,
            needs: Needs::default(),
        }
    }

    /// The fields and the result of the constructor of that index.
    pub(super) fn constructor(
        &mut self,
        index: usize,
        definition: &'a Definition<'a>,
    ) -> (Vec<Field>, Type) {
        if self.has_too_many(definition) {
            return (Vec::new(), Type::Object);
        }
        if let Some(param) = definition.params.first() {
            self.diagnostics.error(|| {
                Diagnostic::error(
                    param.span,
                    "a constructor with a type parameter is not supported",
                )
                .with_hint("only `vector` and functions have type parameters")
            });
        }
        let fields = self.fields(definition);
        for field in fields.iter().filter(|field| field.condition.is_none()) {
            self.needs.add(index, &field.ty);
        }
        (fields, self.ty(&definition.result, definition))
    }

    pub(super) fn function(&mut self, definition: &'a Definition<'a>) -> (Vec<Field>, Type) {
        if self.has_too_many(definition) {
            return (Vec::new(), Type::Object);
        }
        let fields = self.fields(definition);
        for (index, param) in definition.params.iter().enumerate() {
            if definition.params[..index]
                .iter()
                .any(|earlier| earlier.text == param.text)
            {
                self.error(
                    param.span,
                    format!("{} is declared twice", quoted(param.text)),
                );
            } else if !fields.iter().any(|field| field.ty == Type::Call(index)) {
                self.diagnostics.error(|| {
                    let name = param.text;
                    let message = format!("no field says what {} is", quoted(name));
                    Diagnostic::error(param.span, message)
                        .with_hint("a parameter is the result of a call: `query:!X`")
                });
            }
        }
        let result = match (
            &definition.result.kind,
            self.param(&definition.result, definition),
        ) {
            (TypeKind::Named { args, .. }, Some(param)) if args.is_empty() => Type::Param(param),
            _ => self.ty(&definition.result, definition),
        };
        (fields, result)
    }

    /// The constructor `true` with its id, if its boxed type is in use.
    pub(super) fn boxed_true(&self) -> Option<(&'a Definition<'a>, u32)> {
        let definition = self
            .declared
            .known
            .boxed_true
            .filter(|_| self.uses_boxed_true)?;
        Some((definition, TRUE_ID))
    }

    /// Reports a definition with more fields and parameters than [`MOST_FIELDS`].
    ///
    /// Each of them may be compared with all others: here, by [`diff`](crate::diff) and by
    /// [`emit`](crate::emit).
    fn has_too_many(&mut self, definition: &Definition<'a>) -> bool {
        let count = definition.fields().len() + definition.params.len();
        if count > MOST_FIELDS {
            self.diagnostics.error(|| {
                let name = quoted(definition.name.text);
                let message = format!(
                    "{name} has {count} fields and parameters, at most {MOST_FIELDS} are supported"
                );
                Diagnostic::error(definition.name.span, message)
                    .with_hint("move some of them to a constructor of their own, or use a vector")
            });
        }
        count > MOST_FIELDS
    }

    fn fields(&mut self, definition: &'a Definition<'a>) -> Vec<Field> {
        self.names.clear();
        let mut has_capitals = false;
        let mut fields = Vec::with_capacity(definition.fields().len());
        for (index, field) in definition.fields().iter().enumerate() {
            let condition = field
                .condition
                .and_then(|at| self.condition(&at, definition, &fields));
            let earlier = field.name.and_then(|name| {
                let first = self.earlier(name.text, index, definition)?;
                Some((name, first))
            });
            if let Some((name, first)) = earlier {
                let first = definition.fields()[first].span;
                self.diagnostics.error(|| {
                    let message = format!("two fields are named {}", quoted(name.text));
                    Diagnostic::error(name.span, message).with_first(first)
                });
            }
            self.is_unnamed = field.name.is_none();
            let ty = self.field_type(&field.ty, definition);
            self.is_unnamed = false;
            if field.condition.is_some() && matches!(ty, Type::Call(_)) {
                self.error(field.span, "a call under a condition is not supported");
            }
            if let Some(name) = field
                .name
                .filter(|_| definition.fields().len() >= MANY_FIELDS)
            {
                self.names.insert(name.text, index);
            }
            has_capitals |= field.name.is_none_or(|name| has_capital(name.text));
            let name = field.name.map(|name| name.text.to_owned());
            fields.push(Field {
                name,
                ty,
                condition,
            });
        }
        // Small letters stay as they are in Rust, and no two of these fields have one name.
        if has_capitals {
            rust::check_fields(&fields, definition.fields(), &mut self.diagnostics);
        }
        fields
    }

    /// The index of a field among the first `before` ones.
    fn earlier(&self, name: &str, before: usize, definition: &Definition<'_>) -> Option<usize> {
        let fields = definition.fields();
        if fields.len() >= MANY_FIELDS {
            return self.names.get(name).copied();
        }
        fields[..before]
            .iter()
            .position(|field| field.name.is_some_and(|it| it.text == name))
    }

    fn condition(
        &mut self,
        condition: &syntax::Condition<'a>,
        definition: &Definition<'a>,
        earlier: &[Field],
    ) -> Option<Condition> {
        let word = condition.word;
        let Some(flags) = self.earlier(word.text, earlier.len(), definition) else {
            let names = definition.fields().iter().filter_map(|field| field.name);
            let later = names.clone().find(|name| name.text == word.text);
            self.diagnostics.error(|| match later {
                Some(_) => {
                    let message = format!("{} stands only after this field", quoted(word.text));
                    Diagnostic::error(word.span, message)
                        .with_hint("a flags word must be read before what depends on it")
                }
                None => {
                    let message = format!("there is no field {}", quoted(word.text));
                    let error = Diagnostic::error(word.span, message);
                    match similar(word.text, names.map(|name| name.text)) {
                        Some(name) => error.with_hint(format!("did you mean {}?", quoted(name))),
                        None => error.with_hint(format!("declare it first: `{}:#`", word.text)),
                    }
                }
            });
            return None;
        };
        let field = earlier.get(flags)?;
        if field.ty != Type::Flags || field.condition.is_some() {
            let message = format!("{} is no flags word", quoted(word.text));
            self.diagnostics.error(|| {
                Diagnostic::error(word.span, message)
                    .with_hint("it must have the type `#` and be present always")
            });
            return None;
        }
        match condition.bit {
            Some(bit @ 0..=31) => Some(Condition {
                flags,
                bit: bit as u8,
            }),
            Some(bit) => {
                self.diagnostics.error(|| {
                    Diagnostic::error(word.span, format!("there is no bit {bit} in a flags word"))
                        .with_hint("bits go from 0 to 31; declare a second word")
                });
                None
            }
            None => {
                self.diagnostics.error(|| {
                    let name = word.text;
                    Diagnostic::error(word.span, "a condition without a bit is not supported")
                        .with_hint(format!("name the bit: {}", quoted(&format!("{name}.0?"))))
                });
                None
            }
        }
    }

    /// The type of a field as a whole, where more is allowed than inside of one.
    fn field_type(&mut self, ty: &syntax::Type<'a>, definition: &Definition<'a>) -> Type {
        match &ty.kind {
            TypeKind::Call(_) => match self.param(ty, definition) {
                Some(param) => Type::Call(param),
                None => self.ty(ty, definition),
            },
            TypeKind::Repeat {
                count: Some(count),
                element,
            } => {
                let element = Box::new(self.field_type(element, definition));
                Type::Repeat {
                    count: *count,
                    element,
                }
            }
            TypeKind::Repeat { count: None, .. } => {
                self.diagnostics.error(|| {
                    Diagnostic::error(ty.span, "a repetition without a number is not supported")
                        .with_hint("use a vector, or say how often: `4*[ int ]`")
                });
                Type::Object
            }
            _ => self.ty(ty, definition),
        }
    }

    fn ty(&mut self, ty: &syntax::Type<'a>, definition: &Definition<'a>) -> Type {
        match &ty.kind {
            TypeKind::Nat => Type::Flags,
            TypeKind::Named {
                name,
                percent,
                args,
            } => match self.named(name, *percent, args, definition) {
                Ok(ty) => ty,
                Err(wrong) => {
                    let (declared, is_unnamed) = (self.declared, self.is_unnamed);
                    self.diagnostics
                        .error(|| explain(wrong, name, ty.span, declared, is_unnamed));
                    Type::Object
                }
            },
            TypeKind::Call(name) if self.param(ty, definition).is_some() => {
                self.error(
                    ty.span,
                    format!("{} is not the whole type of a field", quoted(name)),
                );
                Type::Object
            }
            TypeKind::Call(name) => {
                self.diagnostics.error(|| {
                    let message = format!("{} is not declared as a type parameter", quoted(name));
                    Diagnostic::error(ty.span, message)
                        .with_hint(format!("declare it behind the name: `{{{name}:Type}}`"))
                });
                Type::Object
            }
            TypeKind::Repeat { .. } => self.field_type(ty, definition),
        }
    }

    fn named(
        &mut self,
        name: &str,
        percent: bool,
        args: &[syntax::Type<'a>],
        definition: &Definition<'a>,
    ) -> Result<Type, Wrong> {
        if name == "Vector" || name == "vector" {
            let [element] = args else {
                return Err(Wrong::Arity { takes: 1 });
            };
            if percent && name == "vector" {
                return Err(Wrong::BareAlready);
            }
            let span = element.span;
            let element = Box::new(self.ty(element, definition));
            self.needs.add_element(&element, span);
            return Ok(Type::Vector {
                boxed: name == "Vector" && !percent,
                element,
            });
        }
        if definition.params.iter().any(|param| param.text == name) {
            return Err(Wrong::Parameter);
        }
        let ty = match percent {
            false => self.plain(name),
            true => self.percent(name),
        }?;
        if args.is_empty() {
            Ok(ty)
        } else {
            Err(Wrong::Arity { takes: 0 })
        }
    }

    fn plain(&mut self, name: &str) -> Result<Type, Wrong> {
        let declared = self.declared;
        if let Some(primitive) = primitive(name) {
            return Ok(primitive);
        }
        if name == "Bool" {
            return Ok(Type::Bool);
        }
        if declared.known.is_any(name) {
            return Ok(Type::Object);
        }
        if let Some(&ty) = declared.type_names.get(name) {
            return Ok(Type::Boxed(ty));
        }
        match declared.names.get(name).copied() {
            Some(Kind::Constructor(index)) => Ok(Type::Bare(index)),
            Some(Kind::Function(_)) => Err(Wrong::Function),
            // `True` stands behind all other types, see `check`.
            None if name == "True" && declared.known.boxed_true.is_some() => {
                self.uses_boxed_true = true;
                Ok(Type::Boxed(declared.types.len()))
            }
            _ => Err(boxed_primitive(name).map_or(Wrong::Unknown, Wrong::BoxedPrimitive)),
        }
    }

    fn percent(&mut self, name: &str) -> Result<Type, Wrong> {
        if let Some(primitive) = boxed_primitive(name).and_then(primitive) {
            return Ok(primitive);
        }
        match self.plain(name)? {
            Type::Boxed(ty) => match self.declared.types[ty].constructors[..] {
                [constructor] => Ok(Type::Bare(constructor)),
                _ => Err(Wrong::SeveralConstructors),
            },
            Type::Bool | Type::Object => Err(Wrong::SeveralConstructors),
            _ => Err(Wrong::BareAlready),
        }
    }

    fn param(&self, ty: &syntax::Type<'_>, definition: &Definition<'_>) -> Option<usize> {
        let (TypeKind::Call(name)
        | TypeKind::Named {
            name,
            percent: false,
            ..
        }) = ty.kind
        else {
            return None;
        };
        definition
            .params
            .iter()
            .position(|param| param.text == name)
    }

    fn error(&mut self, span: Span, message: impl Into<String>) {
        self.diagnostics.error(|| Diagnostic::error(span, message));
    }
}

fn has_capital(name: &str) -> bool {
    name.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// Why a named type means nothing.
enum Wrong {
    Unknown,
    Function,
    Parameter,
    BareAlready,
    SeveralConstructors,
    BoxedPrimitive(&'static str),
    Arity { takes: usize },
}

/// By its letter behind the last dot.
fn is_boxed(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    last.starts_with(|first: char| first.is_ascii_uppercase())
}

fn explain(
    wrong: Wrong,
    name: &str,
    span: Span,
    declared: &Declared<'_>,
    is_unnamed: bool,
) -> Diagnostic {
    let shown = quoted(name);
    let error = |message: String| Diagnostic::error(span, message);
    match wrong {
        Wrong::Unknown => {
            let types = declared.names.iter();
            let types = types.filter(|(_, it)| !matches!(it, Kind::Function(_)));
            let names = types.map(|(name, _)| name);
            let names = names.chain(declared.type_names.keys()).copied();
            let error = error(format!("unknown type {shown}"));
            match similar_type(name, names) {
                Some(name) => error.with_hint(format!("did you mean {}?", quoted(name))),
                None if is_boxed(name) => error.with_hint("no constructor has it as its result"),
                None if is_unnamed => error.with_hint("a field is written `name:type`"),
                None => error.with_hint("no constructor has this name"),
            }
        }
        Wrong::Function => error(format!("{shown} is a function, not a type"))
            .with_hint("a call of any function is written `!X`, with `{X:Type}` behind the name"),
        Wrong::Parameter => error(format!("a value of the parameter {shown} is not supported"))
            .with_hint(format!("a call that results in it is written `!{name}`")),
        Wrong::BareAlready => error(format!("{shown} is bare already")).with_hint("remove the `%`"),
        Wrong::SeveralConstructors => error(format!(
            "{shown} has several constructors, so `%` cannot tell which one"
        ))
        .with_hint("remove the `%`, or name the constructor"),
        Wrong::BoxedPrimitive(bare) => error(format!("the boxed {shown} is not supported"))
            .with_hint(format!("use the bare `{bare}`")),
        Wrong::Arity { takes: 0 } => error(format!("{shown} takes no type arguments")),
        Wrong::Arity { .. } => error(format!("{shown} takes one type argument"))
            .with_hint(format!("such as {}", quoted(&format!("{name}<int>")))),
    }
}

/// CRC32 of `true = True`.
const TRUE_ID: u32 = 0x3fed_d339;

/// Fields and parameters of one definition: many times as many as any of a known schema has.
const MOST_FIELDS: usize = 1_000;

/// From so many fields on a map is faster than looking at each.
const MANY_FIELDS: usize = 64;
