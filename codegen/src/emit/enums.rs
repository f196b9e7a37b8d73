//! One enum with its impls, for a boxed type.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::docs;
use super::plan::{Plan, ident};
use super::structs::hex;
use crate::annotations::Annotations;

/// The definition and all impls of the type with this index.
pub(super) fn tokens(plan: &Plan, annotations: &Annotations, at: usize) -> TokenStream {
    let def = &plan.schema.types[at];
    if def.is_single() {
        let docs = docs::ty(def, annotations);
        let name = plan.types[at].ident();
        let item = plan.constructors[def.constructors[0]]
            .place
            .under(&quote!(types));
        let form = plan.layout.types[at].form.then(|| quote!(<F>));
        return quote!(#docs pub type #name #form = Boxed<#item #form>;);
    }
    let context = Context::of(plan, at);
    let definition = context.definition(annotations);
    let encode = context.encode();
    let decode = context.decode();
    let conversions = context.conversions();
    quote!(#definition #encode #decode #conversions)
}

struct Context<'p, 's> {
    plan: &'p Plan<'s>,
    at: usize,
    name: Ident,
    /// `<F>` and `<F: Form>`, or nothing.
    arguments: TokenStream,
    parameters: TokenStream,
    variants: Vec<Variant>,
}

struct Variant {
    constructor: usize,
    name: Ident,
    id: TokenStream,
    /// The struct, unless it has no members.
    content: Option<TokenStream>,
    /// The struct in any case.
    ty: TokenStream,
    boxed: bool,
}

impl<'p, 's> Context<'p, 's> {
    fn of(plan: &'p Plan<'s>, at: usize) -> Self {
        let place = &plan.types[at];
        let form = plan.layout.types[at].form;
        let mut taken: Vec<String> = Vec::new();
        let variants = plan.schema.types[at]
            .constructors
            .iter()
            .map(|&constructor| {
                let item = &plan.constructors[constructor];
                let wanted = variant_name(&item.place.name, &place.name);
                let mut name = wanted.clone();
                let mut number = 2;
                while taken.contains(&name) {
                    name = format!("{wanted}{number}");
                    number += 1;
                }
                taken.push(name.clone());
                let path = item.place.under(&quote!(types));
                let ty = if plan.layout.constructors[constructor].form {
                    quote!(#path<F>)
                } else {
                    path
                };
                Variant {
                    constructor,
                    name: ident(&name),
                    id: hex(item.combinator.id),
                    content: (!item.members.is_empty()).then(|| ty.clone()),
                    ty,
                    boxed: plan.layout.boxed_variant(at, constructor),
                }
            });
        Self {
            variants: variants.collect(),
            plan,
            at,
            name: place.ident(),
            arguments: if form { quote!(<F>) } else { quote!() },
            parameters: if form { quote!(<F: Form>) } else { quote!() },
        }
    }

    fn definition(&self, annotations: &Annotations) -> TokenStream {
        let Self {
            name, parameters, ..
        } = self;
        let docs = docs::ty(&self.plan.schema.types[self.at], annotations);
        let (derive, value) = if self.plan.is_unit(self.at) {
            (
                quote!(#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]),
                quote!(),
            )
        } else {
            let form = self.plan.layout.types[self.at].form.then(|| quote!(F));
            let variants = self.variants.iter().map(|variant| {
                let name = &variant.name;
                let content = variant.content.is_some().then(|| quote!((value)));
                quote!(#name #content)
            });
            (
                quote!(),
                quote!(impl_value!([#form] #name enum { #(#variants),* });),
            )
        };
        let variants = self.variants.iter().map(|variant| {
            let item = &self.plan.constructors[variant.constructor];
            let docs = docs::variant(item.combinator, annotations);
            let name = &variant.name;
            match (&variant.content, variant.boxed) {
                (None, _) => quote!(#docs #name),
                (Some(ty), false) => quote!(#docs #name(#ty)),
                (Some(ty), true) => quote!(#docs #name(Box<#ty>)),
            }
        });
        quote! {
            #docs
            #derive
            pub enum #name #parameters { #(#variants),* }
            #value
        }
    }

    fn encode(&self) -> TokenStream {
        let Self {
            name,
            arguments,
            parameters,
            ..
        } = self;
        if self.variants.is_empty() {
            return quote! {
                impl #parameters Encode for #name #arguments {
                    fn encode<S: Sink>(&self, _: &mut S) { match *self {} }
                }
            };
        }
        let arms = self.variants.iter().map(|variant| {
            let Variant { name, id, .. } = variant;
            match variant.content {
                None => quote!(Self::#name => Sink::word(sink, #id)),
                Some(_) => quote!(Self::#name(value) => write_variant(#id, value, sink)),
            }
        });
        quote! {
            impl #parameters Encode for #name #arguments {
                #[inline]
                fn encode<S: Sink>(&self, sink: &mut S) {
                    match self { #(#arms),* }
                }
            }
        }
    }

    fn decode(&self) -> TokenStream {
        let Self {
            name, arguments, ..
        } = self;
        let parameters = if self.arguments.is_empty() {
            quote!(<'de>)
        } else {
            quote!(<'de, F: DecodeForm<'de>>)
        };
        let facts = self.plan.layout.types[self.at];
        let min_len = Literal::u64_unsuffixed(facts.min_len);
        let tl = &self.plan.schema.types[self.at].name;
        let arms = self.variants.iter().map(|variant| {
            let Variant { name, id, .. } = variant;
            match variant.content {
                None => quote!(#id => Ok(Self::#name)),
                Some(_) => quote!(#id => variant(reader, Self::#name)),
            }
        });
        let refuse = quote!(id => Err(reader.unexpected(id, #tl)));
        let body = quote!(match read!(reader.word()) { #(#arms,)* #refuse });
        let body = match self.plan.layout.nests(self.at) {
            false => body,
            true => quote! {
                read!(reader.enter());
                let value = #body;
                reader.leave();
                value
            },
        };
        let plain = &self.parameters;
        quote! {
            impl #plain Described for #name #arguments {
                const DEFINED: Defined = (&SCHEMA, #tl, 0, #min_len);
            }
            impl #parameters Decode<'de> for #name #arguments {
                #[inline]
                fn decode(reader: &mut Reader<'de>) -> Result<Self, Stop> { #body }
            }
        }
    }

    /// Struct to enum, and back if the variant is that one.
    fn conversions(&self) -> TokenStream {
        let Self {
            name,
            arguments,
            parameters,
            ..
        } = self;
        let items = &self.plan.constructors;
        let alone = self
            .variants
            .iter()
            .filter(|it| items[it.constructor].stands_alone);
        let each = alone.map(|variant| {
            let Variant { name: case, ty, .. } = variant;
            let (argument, into, pattern, back) = match (&variant.content, variant.boxed) {
                (None, _) => (
                    quote!(_),
                    quote!(Self::#case),
                    quote!(#name::#case),
                    quote!(Self {}),
                ),
                (Some(_), false) => (
                    quote!(value),
                    quote!(Self::#case(value)),
                    quote!(#name::#case(value)),
                    quote!(value),
                ),
                (Some(_), true) => (
                    quote!(value),
                    quote!(Self::#case(Box::new(value))),
                    quote!(#name::#case(value)),
                    quote!(*value),
                ),
            };
            let back = if self.variants.len() == 1 {
                quote! {
                    impl #parameters From<#name #arguments> for #ty {
                        #[inline]
                        fn from(value: #name #arguments) -> Self {
                            let #pattern = value;
                            #back
                        }
                    }
                }
            } else {
                quote! {
                    impl #parameters TryFrom<#name #arguments> for #ty {
                        type Error = #name #arguments;

                        #[inline]
                        fn try_from(value: #name #arguments) -> Result<Self, Self::Error> {
                            match value {
                                #pattern => Ok(#back),
                                other => Err(other),
                            }
                        }
                    }
                }
            };
            quote! {
                impl #parameters From<#ty> for #name #arguments {
                    #[inline]
                    fn from(#argument: #ty) -> Self { #into }
                }
                #back
            }
        });
        quote!(#(#each)*)
    }
}

/// The constructor's name without what it shares with the type's: `SecureFileEmpty` of
/// `SecureFile` is `Empty`, and `SecureFile` itself is `File`.
fn variant_name(constructor: &str, ty: &str) -> String {
    let last_word = |name: &str| {
        let start = name
            .rfind(|letter: char| letter.is_ascii_uppercase())
            .unwrap_or(0);
        name[start..].to_owned()
    };
    match constructor.strip_prefix(ty) {
        // `Self` is a keyword that cannot be escaped; take one word more.
        Some("Self") => format!("{}Self", last_word(ty)),
        Some(rest) if rest.starts_with(|first: char| first.is_ascii_uppercase()) => rest.to_owned(),
        Some(_) => last_word(constructor),
        None => constructor.to_owned(),
    }
}
