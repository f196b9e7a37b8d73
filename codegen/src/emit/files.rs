//! The module tree: which item goes into which file, and how a file is put together.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::{Module, Plan, ident};
use super::{Error, File, Options, aliases, docs, enums, structs, table};
use crate::annotations::Annotations;

/// A branch of definitions, or of names for them: content by namespace.
pub(super) type Branch = BTreeMap<Vec<String>, TokenStream>;

pub(super) fn write(
    plan: &Plan,
    annotations: &Annotations,
    options: &Options,
) -> Result<Vec<File>, Error> {
    let runtime: syn::Path = syn::parse_str(&options.runtime).map_err(|source| Error::Runtime {
        path: options.runtime.clone(),
        source,
    })?;
    let runtime = quote!(#runtime);
    let mut files = Vec::new();
    let mut file = |path: String, content: TokenStream| -> Result<(), Error> {
        let text = format(&options.header, content).map_err(|source| Error::NotRust {
            path: path.clone(),
            source,
        })?;
        files.push(File { path, text });
        Ok(())
    };

    file("mod.rs".into(), root(plan, annotations, options, &runtime))?;
    for (module, branch) in definitions(plan, annotations) {
        let about = definition_uses(module, &runtime);
        tree(
            &format!("generic/{}", module.name()),
            &branch,
            &about,
            &mut file,
        )?;
    }
    file(
        "generic.rs".into(),
        three("The definitions, over the form that their strings take."),
    )?;
    for alias in [aliases::OWNED, aliases::BORROWED] {
        for (module, branch) in aliases::branches(plan, annotations, alias) {
            let uses = aliases::uses(alias, module, &runtime);
            tree(
                &format!("{}{}", alias.folder, module.name()),
                &branch,
                &uses,
                &mut file,
            )?;
        }
    }
    file(
        "borrowed.rs".into(),
        three("Everything in the form whose strings are slices of the input."),
    )?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

impl Module {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Types => "types",
            Self::Enums => "enums",
            Self::Functions => "functions",
        }
    }

    pub(super) fn about(self) -> &'static str {
        match self {
            Self::Types => "Constructors: a struct each, encoded bare, without the constructor id.",
            Self::Enums => "Boxed types: an enum each, encoded with the id of its constructor.",
            Self::Functions => "Functions: a struct each, encoded with the id, as they are called.",
        }
    }
}

fn root(
    plan: &Plan,
    annotations: &Annotations,
    options: &Options,
    runtime: &TokenStream,
) -> TokenStream {
    let table = table::tokens(plan, annotations);
    let assertions = table::assertions(plan);
    let serde = options.serde.then(|| aliases::serde(plan, runtime));
    quote! {
        pub mod borrowed;
        pub mod enums;
        pub mod functions;
        pub mod generic;
        pub mod types;

        #[allow(unused_imports)]
        use #runtime::{KnownError, inspect::{Definition, Schema}, prelude::at_most};

        #table
        #assertions
        #serde
    }
}

/// A module of the three modules.
fn three(about: &str) -> TokenStream {
    let about = docs::module(about);
    quote! {
        #about
        pub mod enums;
        pub mod functions;
        pub mod types;
    }
}

fn definitions(plan: &Plan, annotations: &Annotations) -> Vec<(Module, Branch)> {
    let mut types = Branch::new();
    for (at, item) in plan
        .constructors
        .iter()
        .enumerate()
        .filter(|(_, item)| item.stands_alone)
    {
        let tokens = structs::Context::constructor(plan, annotations, at).tokens();
        types
            .entry(item.place.path.clone())
            .or_default()
            .extend(tokens);
    }
    let mut all = Branch::new();
    for (at, place) in plan.types.iter().enumerate() {
        if !plan.schema.types[at].partial {
            all.entry(place.path.clone())
                .or_default()
                .extend(enums::tokens(plan, annotations, at));
        }
    }
    let mut functions = Branch::new();
    for (at, item) in plan.functions.iter().enumerate() {
        let tokens = structs::Context::function(plan, annotations, at).tokens();
        functions
            .entry(item.place.path.clone())
            .or_default()
            .extend(tokens);
    }
    vec![
        (Module::Types, types),
        (Module::Enums, all),
        (Module::Functions, functions),
    ]
}

/// The imports of a file of definitions, `depth` namespaces down.
fn definition_uses(module: Module, runtime: &TokenStream) -> impl Fn(usize) -> TokenStream + use<> {
    let call =
        (module == Module::Functions).then(|| quote!(Caller, KnownError, Owned, RemoteCall,));
    let about = docs::module(module.about());
    let runtime = runtime.clone();
    move |depth| {
        let up = std::iter::repeat_n(quote!(super), depth);
        let up = quote!(super::#(#up::)*);
        let about = (depth == 0).then_some(&about);
        quote! {
            #about
            #[allow(unused_imports)]
            use #up{enums, types, super::SCHEMA};
            #[allow(unused_imports)]
            use #runtime::{
                BareVec, Boxed, Decode, DecodeForm, Encode, Form, Identifiable, Object, Reader, Sink, Stop, #call
                impl_value, inspect::{Schema, Shape},
            };
            #[allow(unused_imports)]
            use #runtime::prelude::{Box, Vec, has, read, with, write_optional};
        }
    }
}

/// Writes a branch: one file for each namespace, and those that only lead to others.
fn tree(
    root: &str,
    branch: &Branch,
    uses: &impl Fn(usize) -> TokenStream,
    file: &mut impl FnMut(String, TokenStream) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut namespaces: BTreeMap<Vec<String>, Vec<String>> =
        BTreeMap::from([(Vec::new(), Vec::new())]);
    for path in branch.keys() {
        for end in 1..=path.len() {
            namespaces.entry(path[..end].to_vec()).or_default();
            let children = namespaces.entry(path[..end - 1].to_vec()).or_default();
            if !children.contains(&path[end - 1]) {
                children.push(path[end - 1].clone());
            }
        }
    }
    for (path, mut children) in namespaces {
        children.sort();
        let children = children.iter().map(|name| ident(name));
        let (uses, content) = (uses(path.len()), branch.get(&path));
        let place = [&[root.to_owned()], path.as_slice()].concat().join("/") + ".rs";
        let docs =
            (!path.is_empty()).then(|| docs::module(&format!("Namespace `{}`.", path.join("."))));
        file(place, quote!(#docs #uses #(pub mod #children;)* #content))?;
    }
    Ok(())
}

fn format(header: &[String], content: TokenStream) -> syn::Result<String> {
    let mut text = String::new();
    for line in header {
        text += &format!("// {line}\n");
    }
    text += "\n";
    text += &prettyplease::unparse(&syn::parse2(content)?);
    Ok(text)
}
