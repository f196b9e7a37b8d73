//! Names for the definitions in one of the forms, so that users meet no parameter.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::files::Branch;
use super::members::Kind;
use super::plan::{Module, Plan, ident};
use crate::annotations::Annotations;

/// One of the two forms.
#[derive(Clone, Copy)]
pub(super) struct Alias {
    /// Folder of its modules, with a slash, or nothing for the root.
    pub(super) folder: &'static str,
    borrowed: bool,
}

pub(super) const OWNED: Alias = Alias {
    folder: "",
    borrowed: false,
};
pub(super) const BORROWED: Alias = Alias {
    folder: "borrowed/",
    borrowed: true,
};

/// One of the modules of a form.
pub(super) fn branch(
    plan: &Plan,
    annotations: &Annotations,
    alias: Alias,
    module: Module,
) -> Branch {
    let layout = &plan.layout;
    let mut branch = Branch::new();
    let mut add = |path: &[String], tokens| {
        branch
            .entry(path.to_vec())
            .or_default()
            .extend::<TokenStream>(tokens);
    };
    let (items, facts) = match module {
        Module::Types => (plan.constructors.as_slice(), layout.constructors.as_slice()),
        Module::Functions => (plan.functions.as_slice(), layout.functions.as_slice()),
        Module::Enums => {
            for (at, place) in plan.types.iter().enumerate() {
                let def = &plan.schema.types[at];
                if !def.partial {
                    let docs = docs::alias_type(def, annotations);
                    let form = layout.types[at].form;
                    let path = &place.path;
                    add(
                        path,
                        alias.tokens(module, path, &place.name, form, &[], docs),
                    );
                }
            }
            return branch;
        }
    };
    for (item, facts) in items
        .iter()
        .zip(facts)
        .filter(|(item, _)| item.stands_alone)
    {
        let path = &item.place.path;
        // Below the root are the module, its namespaces, and `borrowed` if it is that.
        let depth = path.len() + 1 + usize::from(alias.borrowed);
        let docs = match module {
            Module::Functions if alias.borrowed => {
                docs::borrowed_function(item, annotations, depth)
            }
            Module::Functions => docs::function(item, plan, annotations, depth),
            _ => docs::alias(item.combinator, annotations),
        };
        let parameters = &item.combinator.type_params;
        add(
            path,
            alias.tokens(module, path, &item.place.name, facts.form, parameters, docs),
        );
        for member in &item.members {
            if let Kind::Group {
                name,
                values,
                condition,
            } = &member.kind
            {
                let form = values.iter().any(|value| layout.has_form(&value.field.ty));
                let docs = docs::group(item, *condition);
                add(path, alias.tokens(module, path, name, form, &[], docs));
            }
        }
    }
    branch
}

/// The imports of a file of aliases, `depth` namespaces down.
pub(super) fn uses(
    alias: Alias,
    module: Module,
    runtime: &TokenStream,
) -> impl Fn(usize, &BTreeSet<String>) -> TokenStream + use<> {
    let form = if alias.borrowed {
        quote!(Borrowed)
    } else {
        quote!(Owned)
    };
    let about = docs::module(module.about());
    let runtime = runtime.clone();
    move |depth, _| {
        let ups = depth + usize::from(alias.borrowed);
        let up = std::iter::repeat_n(quote!(super), ups);
        let about = (depth == 0).then_some(&about);
        quote! {
            #about
            #[allow(unused_imports)]
            use super::#(#up::)*generic;
            #[allow(unused_imports)]
            use #runtime::#form;
        }
    }
}

impl Alias {
    fn tokens(
        self,
        module: Module,
        path: &[String],
        name: &str,
        form: bool,
        parameters: &[String],
        docs: TokenStream,
    ) -> TokenStream {
        let (name, module) = (ident(name), ident(module.name()));
        let path = path.iter().map(|part| ident(part));
        let target = quote!(generic::#module::#(#path::)*#name);
        if !form {
            return quote!(#[doc(inline)] pub use #target;);
        }
        let calls: Vec<_> = (0..parameters.len())
            .map(|at| ident(&format!("X{at}")))
            .collect();
        if self.borrowed {
            quote!(#docs pub type #name<'a #(, #calls)*> = #target<Borrowed<'a> #(, #calls)*>;)
        } else {
            let own = (!calls.is_empty()).then(|| quote!(<#(#calls),*>));
            quote!(#docs pub type #name #own = #target<Owned #(, #calls)*>;)
        }
    }
}

/// One macro call that names every type for which serde's traits are wanted.
pub(super) fn serde(plan: &Plan, runtime: &TokenStream) -> TokenStream {
    let layout = &plan.layout;
    let item = |module: Module, place: &super::plan::Place, form: bool| {
        let module = ident(module.name());
        let path = place.under(&quote!(generic::#module));
        if form {
            quote!([F] #path)
        } else {
            quote!([] #path)
        }
    };
    let constructors = plan.constructors.iter().zip(&layout.constructors);
    let constructors = constructors.filter(|(item, _)| item.stands_alone);
    let constructors = constructors.map(|(it, facts)| item(Module::Types, &it.place, facts.form));
    let types = plan
        .types
        .iter()
        .enumerate()
        .filter(|(at, _)| plan.schema.types[*at].is_enum());
    let types = types.map(|(at, place)| item(Module::Enums, place, layout.types[at].form));
    let functions = plan.functions.iter().zip(&layout.functions);
    let functions = functions.filter(|(it, _)| it.combinator.type_params.is_empty());
    let functions = functions.map(|(it, facts)| item(Module::Functions, &it.place, facts.form));
    quote! {
        #[cfg(feature = "serde")]
        #runtime::impl_serde!(#(#constructors;)* #(#types;)* #(#functions;)*);
    }
}
