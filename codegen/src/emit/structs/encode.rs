//! How a struct is written.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::members::Kind;
use super::super::plan::{Module, ident};
use super::{Context, hex};

impl Context<'_, '_> {
    pub(super) fn encode(&self) -> TokenStream {
        let parameters = self.parameters(&quote!(Form), &quote!(: Encode), &quote!());
        let (name, arguments) = (self.item.place.ident(), self.arguments());
        let mut body = Vec::new();
        if self.module == Module::Functions {
            body.push(quote!(sink.word(Self::ID);));
        }
        for (at, member) in self.item.members.iter().enumerate() {
            let name = ident(&member.name);
            body.push(match &member.kind {
                Kind::Flags => {
                    let bits = self.bits(at, quote!(0));
                    quote!(#bits sink.word(flags);)
                }
                Kind::Word => {
                    let known = hex(self.known(at));
                    let bits = self.bits(at, quote!(self.#name & !#known));
                    quote!(#bits sink.word(flags);)
                }
                Kind::Plain => quote!(Encode::encode(&self.#name, sink);),
                Kind::True { .. } => continue,
                Kind::Optional { .. } => quote!(write_optional(&self.#name, sink);),
                Kind::Group { .. } | Kind::Within => match self.run(at) {
                    Some((group, values)) => {
                        let group = ident(&group.name);
                        let values = values.iter().map(|value| ident(&value.name));
                        quote!(if let Some(group) = &self.#group { #(Encode::encode(&group.#values, sink);)* })
                    }
                    None => continue,
                },
            });
        }
        let sink = if body.is_empty() {
            quote!(_)
        } else {
            quote!(sink)
        };
        quote! {
            impl #parameters Encode for #name #arguments {
                #[inline]
                fn encode<S: Sink>(&self, #sink: &mut S) { #(#body)* }
            }
        }
    }

    /// Puts a flags word together from its own bits and those that the members set. Calls of a
    /// function, since operators take rustc several times as long.
    fn bits(&self, flags: usize, own: TokenStream) -> TokenStream {
        let bits = self.item.members.iter().filter_map(|member| {
            let name = ident(&member.name);
            let (condition, set) = match &member.kind {
                Kind::True { condition, .. } => (condition, quote!(self.#name)),
                Kind::Optional { condition } | Kind::Group { condition, .. } => {
                    (condition, quote!(self.#name.is_some()))
                }
                _ => return None,
            };
            let bit = Literal::u8_unsuffixed(condition.bit);
            (condition.flags == flags).then(|| quote!(let flags = with(flags, #bit, #set);))
        });
        quote!(let flags = #own; #(#bits)*)
    }
}
