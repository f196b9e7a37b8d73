//! The module tree: which item goes into which file, and how a file is put together.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::parse::Parser as _;

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
    runtime_path(options)?;
    let writer = Writer {
        plan,
        annotations,
        options,
    };
    let definitions = Module::ALL.map(Part::Definitions);
    let owned = Module::ALL.map(|module| Part::Aliases(aliases::OWNED, module));
    let borrowed = Module::ALL.map(|module| Part::Aliases(aliases::BORROWED, module));
    let parts = [definitions.as_slice(), &owned, &borrowed, &[Part::Roots]].concat();
    // Parsing and formatting what was generated takes most of the time, and each part stands for
    // itself. Tokens cannot leave their thread, so each makes its own.
    let files: Result<Vec<Vec<File>>, Error> = std::thread::scope(|scope| {
        let threads: Vec<_> = parts
            .into_iter()
            .map(|part| scope.spawn(move || writer.part(part)))
            .collect();
        let finish = |thread: std::thread::ScopedJoinHandle<'_, _>| match thread.join() {
            Ok(files) => files,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        threads.into_iter().map(finish).collect()
    });
    let mut files = files?.concat();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// The path of a module that means the same in each file, as `use` takes it.
fn runtime_path(options: &Options) -> Result<syn::Path, Error> {
    let parsed = syn::Path::parse_mod_style.parse_str(&options.runtime);
    let checked = parsed.and_then(|path| {
        let is_relative = |name: &syn::Ident| name == "self" || name == "super" || name == "Self";
        for (at, segment) in path.segments.iter().enumerate() {
            let is_first = at == 0 && path.leading_colon.is_none();
            if is_relative(&segment.ident) || segment.ident == "crate" && !is_first {
                let message = format!("`{}` leads nowhere from here", segment.ident);
                return Err(syn::Error::new(segment.ident.span(), message));
            }
        }
        Ok(path)
    });
    checked.map_err(|source| Error::Runtime {
        path: options.runtime.clone(),
        source,
    })
}

/// A part of the module tree that is written by itself.
#[derive(Clone, Copy)]
enum Part {
    Definitions(Module),
    Aliases(aliases::Alias, Module),
    /// The files that only lead to others, and the schema as data.
    Roots,
}

#[derive(Clone, Copy)]
struct Writer<'w> {
    plan: &'w Plan<'w>,
    annotations: &'w Annotations,
    options: &'w Options,
}

impl Writer<'_> {
    fn part(self, part: Part) -> Result<Vec<File>, Error> {
        let Self {
            plan,
            annotations,
            options,
        } = self;
        let runtime = runtime_path(options)?;
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
        match part {
            Part::Definitions(module) => {
                let uses = definition_uses(module, &runtime);
                let branch = definitions(plan, annotations, module);
                tree(
                    &format!("generic/{}", module.name()),
                    &branch,
                    &uses,
                    &mut file,
                )?;
            }
            Part::Aliases(alias, module) => {
                let uses = aliases::uses(alias, module, &runtime);
                let branch = aliases::branch(plan, annotations, alias, module);
                tree(
                    &format!("{}{}", alias.folder, module.name()),
                    &branch,
                    &uses,
                    &mut file,
                )?;
            }
            Part::Roots => {
                file("mod.rs".into(), root(plan, annotations, options, &runtime))?;
                let generic = "The definitions, over the form that their strings take.";
                file("generic.rs".into(), three(generic))?;
                let borrowed = "Everything in the form whose strings are slices of the input.";
                file("borrowed.rs".into(), three(borrowed))?;
            }
        }
        Ok(files)
    }
}

impl Module {
    const ALL: [Self; 3] = [Self::Types, Self::Enums, Self::Functions];

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

fn definitions(plan: &Plan, annotations: &Annotations, module: Module) -> Branch {
    let mut branch = Branch::new();
    let mut add = |path: &[String], tokens| {
        branch
            .entry(path.to_vec())
            .or_default()
            .extend::<TokenStream>(tokens);
    };
    match module {
        Module::Types => {
            for (at, item) in plan.constructors.iter().enumerate() {
                if item.stands_alone {
                    let context = structs::Context::constructor(plan, annotations, at);
                    add(&item.place.path, context.tokens());
                }
            }
        }
        Module::Enums => {
            for (at, place) in plan.types.iter().enumerate() {
                if !plan.schema.types[at].partial {
                    add(&place.path, enums::tokens(plan, annotations, at));
                }
            }
        }
        Module::Functions => {
            for (at, item) in plan.functions.iter().enumerate() {
                let context = structs::Context::function(plan, annotations, at);
                add(&item.place.path, context.tokens());
            }
        }
    }
    branch
}

/// The imports of a file of definitions, `depth` namespaces down: what its content names.
fn definition_uses(
    module: Module,
    runtime: &TokenStream,
) -> impl Fn(usize, &BTreeSet<String>) -> TokenStream + use<> {
    let about = docs::module(module.about());
    let runtime = runtime.clone();
    move |depth, named| {
        let up = std::iter::repeat_n(quote!(super), depth);
        let up = quote!(super::#(#up::)*);
        let about = (depth == 0).then_some(&about);
        let import = |from: TokenStream, names: &[&str]| {
            let is_named = |name: &&&str| named.contains(name.rsplit("::").next().unwrap_or(name));
            let names: Vec<syn::Path> = names
                .iter()
                .filter(is_named)
                .filter_map(|name| syn::parse_str(name).ok())
                .collect();
            // A member or a method may have the name, too.
            (!names.is_empty()).then(|| quote!(#[allow(unused_imports)] use #from{#(#names),*};))
        };
        let root = import(quote!(#runtime::), &OF_ROOT);
        let prelude = import(quote!(#runtime::prelude::), &OF_PRELUDE);
        quote! {
            #about
            // Links of the documentation name them, too.
            #[allow(unused_imports)]
            use #up{enums, types, super::SCHEMA};
            #root
            #prelude
        }
    }
}

/// All names in the tokens.
fn idents(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                found.insert(ident.to_string());
            }
            TokenTree::Group(group) => idents(group.stream(), found),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// Writes a branch: one file for each namespace, and those that only lead to others.
fn tree(
    root: &str,
    branch: &Branch,
    uses: &impl Fn(usize, &BTreeSet<String>) -> TokenStream,
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
        let content = branch.get(&path);
        let mut named = BTreeSet::new();
        idents(content.cloned().unwrap_or_default(), &mut named);
        let uses = uses(path.len(), &named);
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

/// What definitions may name of the runtime.
const OF_ROOT: [&str; 20] = [
    "BareVec",
    "Boxed",
    "Caller",
    "Decode",
    "DecodeForm",
    "Described",
    "Encode",
    "Form",
    "Identifiable",
    "KnownError",
    "Object",
    "Owned",
    "Reader",
    "RemoteCall",
    "Sink",
    "Stop",
    "impl_clone",
    "impl_equal",
    "impl_value",
    "inspect::Defined",
];

/// What definitions may name of the runtime's prelude.
const OF_PRELUDE: [&str; 13] = [
    "Box",
    "Vec",
    "has",
    "members",
    "optional",
    "optionals",
    "read",
    "variant",
    "with",
    "with_some",
    "write",
    "write_optional",
    "write_variant",
];
