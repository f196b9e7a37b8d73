//! How a struct is written.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::members::Kind;
use super::super::plan::{Module, ident};
use super::decode::MOST_TOGETHER;
use super::{Context, hex};

impl Context<'_, '_> {
    pub(super) fn encode(&self) -> TokenStream {
        let parameters = self.parameters(&quote!(Form), &quote!(: Encode), &quote!());
        let (name, arguments) = (self.item.place.ident(), self.arguments());
        let mut body = Body::default();
        if self.module == Module::Functions {
            let id = hex(self.item.combinator.id);
            body.statement(quote!(Sink::word(sink, #id);));
        }
        for (at, member) in self.item.members.iter().enumerate() {
            let name = ident(&member.name);
            match &member.kind {
                Kind::Flags => {
                    let bits = self.bits(at, quote!(0));
                    body.statement(quote!(#bits Sink::word(sink, flags);));
                }
                Kind::Word => {
                    let known = hex(self.known(at));
                    let bits = self.bits(at, quote!(self.#name & !#known));
                    body.statement(quote!(#bits Sink::word(sink, flags);));
                }
                Kind::Plain => body.write(quote!(&self.#name)),
                Kind::Optional { .. } => {
                    body.statement(quote!(write_optional(&self.#name, sink);));
                }
                Kind::True { .. } => {}
                Kind::Group { .. } | Kind::Within => {
                    let Some((group, values)) = self.run(at) else {
                        continue;
                    };
                    let group = ident(&self.item.members[group].name);
                    let mut inner = Body::default();
                    for value in values {
                        let name = ident(&value.name);
                        inner.write(quote!(&group.#name));
                    }
                    inner.finish();
                    let inner = inner.statements;
                    body.statement(quote!(if let Some(group) = &self.#group { #(#inner)* }));
                }
            }
        }
        body.finish();
        let body = body.statements;
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
            let (condition, with, member) = match &member.kind {
                Kind::True { condition, .. } => (condition, quote!(with), quote!(self.#name)),
                Kind::Optional { condition } | Kind::Group { condition, .. } => {
                    (condition, quote!(with_some), quote!(&self.#name))
                }
                _ => return None,
            };
            let bit = Literal::u8_unsuffixed(condition.bit);
            (condition.flags == flags).then(|| quote!(let flags = #with(flags, #bit, #member);))
        });
        quote!(let flags = #own; #(#bits)*)
    }
}

/// What `encode` consists of.
#[derive(Default)]
struct Body {
    statements: Vec<TokenStream>,
    /// References to members that are yet to be written.
    run: Vec<TokenStream>,
}

impl Body {
    fn statement(&mut self, statement: TokenStream) {
        self.finish();
        self.statements.push(statement);
    }

    /// Writes a member, together with those before and behind.
    fn write(&mut self, member: TokenStream) {
        if self.run.len() == MOST_TOGETHER {
            self.finish();
        }
        self.run.push(member);
    }

    /// Writes the members of the run.
    fn finish(&mut self) {
        let run = std::mem::take(&mut self.run);
        self.statements.push(match run.as_slice() {
            [] => return,
            [member] => quote!(Encode::encode(#member, sink);),
            _ => quote!(write((#(#run),*), sink);),
        });
    }
}
