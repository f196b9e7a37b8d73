//! Every Rust name that will be used, and every member that a struct will have: decided once,
//! before anything is written.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::layout::Layout;
use super::members::{self, Member};
use super::{Entry, Kind};
use crate::names::{self, Names};
use crate::schema::{Combinator, Schema, Type};

/// Names, members and layout of a schema.
pub(super) struct Plan<'s> {
    pub(super) schema: &'s Schema,
    pub(super) layout: Layout,
    /// By the indices of the schema.
    pub(super) constructors: Vec<Item<'s>>,
    pub(super) functions: Vec<Item<'s>>,
    pub(super) types: Vec<Place>,
}

/// A struct to be written.
pub(super) struct Item<'s> {
    pub(super) combinator: &'s Combinator,
    pub(super) place: Place,
    pub(super) members: Vec<Member<'s>>,
    /// The parameters for calls that this one wraps.
    pub(super) calls: Vec<String>,
    /// Whether a struct is written at all: a constructor without fields is a variant of its enum
    /// and nothing more, unless somebody needs it on its own.
    pub(super) stands_alone: bool,
}

/// Where an item stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The namespace as modules.
    pub(super) path: Vec<String>,
    /// The name of the struct or enum.
    pub(super) name: String,
}

/// The three modules of a generated crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Module {
    Types,
    Enums,
    Functions,
}

impl<'s> Plan<'s> {
    pub(super) fn of(schema: &'s Schema) -> Self {
        let layout = Layout::of(schema);
        let names = Names::new(schema);
        let mut taken = Taken::of(&names);
        let bare = bare_constructors(schema);
        let mut item = |module, at, (combinator, path): (&'s Combinator, names::Path)| {
            let place = Place::from(path);
            Item {
                members: members::of(combinator, |first| taken.group(module, &place, first)),
                calls: Vec::new(),
                stands_alone: module == Module::Functions
                    || !combinator.fields.is_empty()
                    || bare.contains(&at)
                    || matches!(combinator.result, Type::Boxed(ty) if schema.types[ty].is_single()),
                combinator,
                place,
            }
        };
        let constructors = schema.constructors.iter().zip(names.constructors);
        let constructors = constructors.enumerate();
        let constructors = constructors
            .map(|(at, it)| item(Module::Types, at, it))
            .collect();
        let functions = schema.functions.iter().zip(names.functions).enumerate();
        let functions = functions.map(|(at, it)| item(Module::Functions, at, it));
        let mut functions: Vec<Item> = functions.collect();
        // When all else has its name.
        for function in &mut functions {
            function.calls = taken.calls(&function.place, &function.combinator.type_params);
        }
        Self {
            constructors,
            functions,
            types: names.types.into_iter().map(Place::from).collect(),
            schema,
            layout,
        }
    }

    pub(super) fn index(&self) -> Vec<Entry> {
        let entry = |kind, module: Module, tl: &str, place: &Place, form| Entry {
            kind,
            tl: tl.to_owned(),
            path: place.path_below(module),
            has_form: form,
        };
        let constructors = self.constructors.iter().zip(&self.layout.constructors);
        let constructors =
            constructors
                .filter(|(item, _)| item.stands_alone)
                .map(|(item, facts)| {
                    entry(
                        Kind::Constructor,
                        Module::Types,
                        &item.combinator.name,
                        &item.place,
                        facts.form,
                    )
                });
        let types = self
            .schema
            .types
            .iter()
            .zip(&self.types)
            .zip(&self.layout.types);
        let types = types
            .filter(|((def, _), _)| !def.partial)
            .map(|((def, place), facts)| {
                entry(Kind::Type, Module::Enums, &def.name, place, facts.form)
            });
        let functions = self.functions.iter().zip(&self.layout.functions);
        let functions = functions.map(|(item, facts)| {
            entry(
                Kind::Function,
                Module::Functions,
                &item.combinator.name,
                &item.place,
                facts.form,
            )
        });
        constructors.chain(types).chain(functions).collect()
    }

    /// The Rust type of a value; `form` is what fills the parameter of those that take one.
    pub(super) fn ty(&self, ty: &Type, form: &TokenStream, calls: &[Ident]) -> TokenStream {
        let inner = |ty| self.ty(ty, form, calls);
        match ty {
            Type::Int => quote!(i32),
            Type::Long => quote!(i64),
            Type::Double => quote!(f64),
            Type::String => quote!(#form::Text),
            Type::Bytes => quote!(#form::Bytes),
            Type::Object => quote!(Object<#form::Bytes>),
            Type::Int128 => quote!([u8; 16]),
            Type::Int256 => quote!([u8; 32]),
            Type::Int512 => quote!([u8; 64]),
            Type::Flags => quote!(u32),
            Type::True => quote!(()),
            Type::Bool => quote!(bool),
            Type::Vector { boxed, element } => {
                let element = inner(element);
                if *boxed {
                    quote!(Vec<#element>)
                } else {
                    quote!(BareVec<#element>)
                }
            }
            Type::Repeat { count, element } => {
                let (count, element) = (*count as usize, inner(element));
                quote!([#element; #count])
            }
            Type::Boxed(at) => {
                let path = self.types[*at].under(&quote!(enums));
                if self.layout.types[*at].form {
                    quote!(#path<#form>)
                } else {
                    path
                }
            }
            Type::Bare(at) => {
                let path = self.constructors[*at].place.under(&quote!(types));
                if self.layout.constructors[*at].form {
                    quote!(#path<#form>)
                } else {
                    path
                }
            }
            Type::Call(at) => {
                let call = &calls[*at];
                quote!(#call)
            }
            Type::Param(at) => {
                let call = &calls[*at];
                quote!(#call::Return)
            }
        }
    }

    /// Whether the type is an enum without content, which is `Copy`.
    pub(super) fn is_unit(&self, at: usize) -> bool {
        let def = &self.schema.types[at];
        let mut constructors = def.constructors.iter();
        def.is_enum()
            && !def.constructors.is_empty()
            && constructors.all(|&it| self.constructors[it].members.is_empty())
    }
}

/// Constructors that are met without their type: as bare fields, or because the type is partial.
fn bare_constructors(schema: &Schema) -> BTreeSet<usize> {
    let all = schema.constructors.iter().chain(&schema.functions);
    let types = all.flat_map(|it| it.fields.iter().map(|field| &field.ty).chain([&it.result]));
    let fields = types.filter_map(|mut ty| {
        while let Type::Vector { element, .. } | Type::Repeat { element, .. } = ty {
            ty = element;
        }
        match ty {
            Type::Bare(at) => Some(*at),
            _ => None,
        }
    });
    let partial = schema.types.iter().filter(|ty| ty.partial);
    fields
        .chain(partial.flat_map(|ty| ty.constructors.iter().copied()))
        .collect()
}

impl From<names::Path> for Place {
    fn from(path: names::Path) -> Self {
        Self {
            path: path.modules,
            name: path.name,
        }
    }
}

impl Place {
    pub(super) fn ident(&self) -> Ident {
        ident(&self.name)
    }

    /// The path of the item below the root, as text.
    fn path_below(&self, module: Module) -> String {
        let path = self.path.iter().map(|part| ident(part).to_string());
        let path: Vec<_> = path.chain([self.ident().to_string()]).collect();
        format!("{}::{}", module.name(), path.join("::"))
    }

    /// The path of the item below a module.
    pub(super) fn under(&self, module: &TokenStream) -> TokenStream {
        let path = self.path.iter().map(|part| ident(part));
        let name = self.ident();
        quote!(#module::#(#path::)*#name)
    }
}

/// An identifier, escaped if it is a keyword.
pub(super) fn ident(name: &str) -> Ident {
    match name {
        // These cannot be raw identifiers.
        "self" | "Self" | "super" | "crate" | "_" => {
            Ident::new(&format!("{name}_"), Span::call_site())
        }
        // A keyword since edition 2024; raw it means the same in 2021.
        "gen" => Ident::new_raw(name, Span::call_site()),
        _ => match syn::parse_str::<Ident>(name) {
            Ok(ident) => ident,
            Err(_) => Ident::new_raw(name, Span::call_site()),
        },
    }
}

/// Names given away so far, by module and namespace: first those of [`Names`], then those that only
/// generated code has.
struct Taken {
    names: BTreeMap<(Module, Vec<String>), BTreeSet<String>>,
}

impl Taken {
    fn of(all: &Names) -> Self {
        let mut names: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        // Enums have nothing beside them.
        for (module, paths) in [
            (Module::Types, &all.constructors),
            (Module::Functions, &all.functions),
        ] {
            for path in paths {
                let key = (module, path.modules.clone());
                names.entry(key).or_default().insert(path.name.clone());
            }
        }
        Self { names }
    }

    /// The name of the struct for a group of fields.
    fn group(&mut self, module: Module, owner: &Place, first: &str) -> String {
        // An underscore inside would be no good style.
        let owner_name = owner.name.trim_end_matches('_');
        let mut wanted = format!("{owner_name}{}", names::upper_camel(first));
        if names::is_reserved(&wanted) {
            wanted.push('_');
        }
        let names = self.names.entry((module, owner.path.clone())).or_default();
        let mut name = wanted.clone();
        let mut number = 2;
        while !names.insert(name.clone()) {
            name = format!("{wanted}{number}");
            number += 1;
        }
        name
    }

    /// The type parameters of a function: as in the schema, unless the generated code around means
    /// something else by that name.
    fn calls(&self, function: &Place, parameters: &[String]) -> Vec<String> {
        let around = self.names.get(&(Module::Functions, function.path.clone()));
        let mut taken = around.cloned().unwrap_or_default();
        let mut calls: Vec<Option<String>> = Vec::new();
        for parameter in parameters {
            let name = names::upper_camel(parameter);
            let is_known = names::is_reserved(&name) || names::is_in_prelude(&name);
            calls.push((!is_known && taken.insert(name.clone())).then_some(name));
        }
        let mut number = 0;
        let mut numbered = || loop {
            let name = format!("Call{number}");
            number += 1;
            if taken.insert(name.clone()) {
                return name;
            }
        };
        let calls = calls.into_iter();
        calls.map(|it| it.unwrap_or_else(&mut numbered)).collect()
    }
}
