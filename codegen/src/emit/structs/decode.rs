//! How a struct is read.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::super::members::{Kind, Member, Value};
use super::super::plan::{Module, ident};
use super::{Context, hex};
use crate::schema::Condition;

impl<'s> Context<'_, 's> {
    pub(super) fn decode(&self) -> TokenStream {
        let parameters = self.parameters(
            &quote!(DecodeForm<'de>),
            &quote!(: Decode<'de>),
            &quote!('de),
        );
        let (name, arguments) = (self.item.place.ident(), self.arguments());
        let function = self.module == Module::Functions;
        let facts = if function {
            self.plan.layout.functions[self.at]
        } else {
            self.plan.layout.constructors[self.at]
        };
        let min_len = Literal::u64_unsuffixed(facts.min_len + if function { 4 } else { 0 });
        let shape = if function {
            quote!(Exactly)
        } else {
            quote!(Bare)
        };
        let body = self.decode_body(function);
        let reader = if body.is_empty() {
            quote!(_)
        } else {
            quote!(reader)
        };
        let fields = self.item.members.iter().filter_map(|member| {
            self.member_type(member)?;
            let name = ident(&member.name);
            Some(quote!(#name))
        });
        quote! {
            impl #parameters Decode<'de> for #name #arguments {
                const MIN_LEN: usize = #min_len;
                const SHAPE: Shape = Shape::#shape(&SCHEMA, Self::ID);

                #[inline]
                fn decode(#reader: &mut Reader<'de>) -> Result<Self, Stop> {
                    #body
                    Ok(Self { #(#fields),* })
                }
            }
        }
    }

    fn decode_body(&self, function: bool) -> TokenStream {
        let mut body = Vec::new();
        let nests =
            self.module == Module::Types && self.plan.layout.nests_alone(self.plan.schema, self.at);
        if function {
            body.push(quote!(reader.expect(Self::ID, Self::NAME)?;));
        }
        if nests {
            body.push(quote!(reader.enter()?;));
        }
        // Where a flags word of the same name as a member stands, it is the member's local.
        for (at, member) in self.item.members.iter().enumerate() {
            let name = ident(&member.name);
            body.push(match &member.kind {
                Kind::Flags => {
                    let (known, flags) = (hex(self.known(at)), self.word(at));
                    match self.known(at) {
                        0 => quote!(reader.flags(0)?;),
                        _ => quote!(let #flags = reader.flags(#known)?;),
                    }
                }
                Kind::Word => {
                    let (known, flags) = (hex(self.known(at)), self.word(at));
                    quote! {
                        let #flags = reader.word()?;
                        let #name = #flags & !#known;
                    }
                }
                Kind::Plain => quote!(let #name = read!(reader);),
                Kind::True { condition, .. } => {
                    let (word, bit) = self.word_and_bit(*condition);
                    quote!(let #name = has(#word, #bit);)
                }
                Kind::Optional { condition } => {
                    let (word, bit) = self.word_and_bit(*condition);
                    quote!(let #name = read!(reader, #word, #bit);)
                }
                Kind::Group { .. } | Kind::Within => match self.run(at) {
                    Some((group, values)) => self.decode_group(group, values),
                    None => continue,
                },
            });
        }
        // Groups whose values do not stand together are put together last.
        for member in &self.item.members {
            if let Kind::Group { name, values, .. } = &member.kind
                && !together(values)
            {
                let (member, group) = (ident(&member.name), ident(name));
                let locals: Vec<_> = values.iter().map(local).collect();
                let names = values.iter().map(|value| ident(&value.name));
                let inner = locals.iter();
                body.push(quote! {
                    let #member = match (#(#locals),*) {
                        (#(Some(#inner)),*) => Some(#group { #(#names: #locals),* }),
                        _ => None,
                    };
                });
            }
        }
        if nests {
            body.push(quote!(reader.leave();));
        }
        quote!(#(#body)*)
    }

    fn decode_group(&self, member: &Member<'s>, run: &[Value<'s>]) -> TokenStream {
        let Kind::Group {
            condition,
            name,
            values,
        } = &member.kind
        else {
            return quote!();
        };
        let (word, bit) = self.word_and_bit(*condition);
        if together(values) {
            let (member, group) = (ident(&member.name), ident(name));
            let names = values.iter().map(|value| ident(&value.name));
            quote! {
                let #member = if has(#word, #bit) {
                    Some(#group { #(#names: read!(reader)),* })
                } else {
                    None
                };
            }
        } else {
            let locals = run.iter().map(local);
            quote!(#(let #locals = read!(reader, #word, #bit);)*)
        }
    }

    fn word_and_bit(&self, condition: Condition) -> (Ident, Literal) {
        (
            self.word(condition.flags),
            Literal::u8_unsuffixed(condition.bit),
        )
    }

    /// The local variable of a flags word, of a name that no member has.
    fn word(&self, at: usize) -> Ident {
        let mut name = match self.item.members[at].kind {
            Kind::Word => format!("{}_bits", self.item.members[at].name),
            _ => self.item.members[at].name.clone(),
        };
        let taken = |name: &str| {
            self.item
                .members
                .iter()
                .enumerate()
                .any(|(other, member)| other != at && member.name == name)
        };
        while taken(&name) {
            name.push('_');
        }
        ident(&name)
    }
}

fn together(values: &[Value]) -> bool {
    values.windows(2).all(|pair| pair[0].at + 1 == pair[1].at)
}

fn local(value: &Value) -> Ident {
    ident(&format!("{}_field", value.name))
}
