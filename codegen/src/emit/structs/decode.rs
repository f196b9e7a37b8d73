//! How a struct is read.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::super::members::{Kind, Value};
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
        let body = self.decode_body();
        let nests =
            self.module == Module::Types && self.plan.layout.nests_alone(self.plan.schema, self.at);
        let combinator = self.item.combinator;
        let (id, tl) = (hex(combinator.id), &combinator.name);
        let id = function.then(|| quote!(read!(reader.expect(#id, #tl));));
        let enter = nests.then(|| quote!(read!(reader.enter());));
        let (before, members, run) = (body.before, body.members, body.run.read());
        let reader = match nests || function || !before.is_empty() || run.is_some() {
            true => quote!(reader),
            false => quote!(_),
        };
        // The last ones are read where the struct is put together.
        let value = match run {
            None => quote!(Ok(Self { #(#members),* })),
            Some((read, locals)) => quote!(match #read {
                Ok(#locals) => Ok(Self { #(#members),* }),
                Err(stop) => Err(stop),
            }),
        };
        let value = match nests {
            true => quote!(let value = #value; reader.leave(); value),
            false => value,
        };
        quote! {
            impl #parameters Decode<'de> for #name #arguments {
                #[inline]
                fn decode(#reader: &mut Reader<'de>) -> Result<Self, Stop> {
                    #id
                    #enter
                    #(#before)*
                    #value
                }
            }
        }
    }

    /// Members are read in the order of the wire, as many in one call as stand together.
    fn decode_body(&self) -> Body {
        let mut body = Body::default();
        for (at, member) in self.item.members.iter().enumerate() {
            let name = ident(&member.name);
            match &member.kind {
                Kind::Flags => {
                    let (known, flags) = (hex(self.known(at)), self.locals.ident(at));
                    body.statement(match self.known(at) {
                        0 => quote!(read!(reader.flags(0));),
                        _ => quote!(let #flags = read!(reader.flags(#known));),
                    });
                }
                Kind::Word => {
                    let (known, flags) = (hex(self.known(at)), self.locals.ident(at));
                    body.statement(quote!(let #flags = read!(reader.word());));
                    body.members.push(quote!(#name: #flags & !#known));
                }
                Kind::Plain => self.read(&mut body, at, None),
                Kind::Optional { condition } => {
                    let under = self.word_and_bit(*condition);
                    self.read(&mut body, at, Some(under));
                }
                Kind::True { condition, .. } => {
                    let (word, bit) = self.word_and_bit(*condition);
                    body.members.push(quote!(#name: has(#word, #bit)));
                }
                Kind::Group { .. } | Kind::Within => {
                    if let Some((group, values)) = self.run(at) {
                        self.decode_group(&mut body, group, values);
                    }
                }
            }
        }
        for member in &self.item.members {
            let Kind::Group { name, values, .. } = &member.kind else {
                continue;
            };
            if !together(values) {
                let (member, group) = (ident(&member.name), ident(name));
                let locals = values.iter().map(|it| self.locals.ident(it.at));
                let locals: Vec<_> = locals.collect();
                let names = values.iter().map(|value| ident(&value.name));
                let inner = locals.iter();
                body.members.push(quote! {
                    #member: match (#(#locals),*) {
                        (#(Some(#inner)),*) => Some(#group { #(#names: #locals),* }),
                        _ => None,
                    }
                });
            }
        }
        body
    }

    /// One member, to be read with those before and behind.
    fn read(&self, body: &mut Body, at: usize, under: Option<(Ident, Literal)>) {
        let (member, local) = (ident(&self.item.members[at].name), self.locals.ident(at));
        body.members.push(initial(&member, &local));
        body.read(local, under);
    }

    /// The fields of a group, or some of them: those that stand together.
    fn decode_group(&self, body: &mut Body, at: usize, run: &[Value<'s>]) {
        let member = &self.item.members[at];
        let Kind::Group {
            condition,
            name,
            values,
        } = &member.kind
        else {
            return;
        };
        let under = self.word_and_bit(*condition);
        if !together(values) {
            // They are put together when all are read.
            for value in run {
                body.read(self.locals.ident(value.at), Some(under.clone()));
            }
            return;
        }
        let mut inner = Body::default();
        for value in values {
            self.read(&mut inner, value.at, None);
        }
        inner.finish();
        let (before, members) = (inner.before, inner.members);
        let (group, (word, bit)) = (ident(name), under);
        let (member, local) = (ident(&member.name), self.locals.ident(at));
        body.statement(quote! {
            let #local = if has(#word, #bit) {
                #(#before)*
                Some(#group { #(#members),* })
            } else {
                None
            };
        });
        body.members.push(initial(&member, &local));
    }

    fn word_and_bit(&self, condition: Condition) -> (Ident, Literal) {
        (
            self.locals.ident(condition.flags),
            Literal::u8_unsuffixed(condition.bit),
        )
    }
}

/// What `decode` consists of.
#[derive(Default)]
struct Body {
    /// What is read into local variables.
    before: Vec<TokenStream>,
    /// The members of the struct, each with what it is made from.
    members: Vec<TokenStream>,
    /// Members that are yet to be read, all under the same flags word or none.
    run: Run,
}

#[derive(Default)]
struct Run {
    word: Option<Ident>,
    locals: Vec<Ident>,
    bits: Vec<Literal>,
}

impl Body {
    fn statement(&mut self, statement: TokenStream) {
        self.finish();
        self.before.push(statement);
    }

    /// Reads a member, together with those before and behind.
    fn read(&mut self, local: Ident, under: Option<(Ident, Literal)>) {
        let (word, bit) = under.unzip();
        if self.run.word != word || self.run.locals.len() == MOST_TOGETHER {
            self.finish();
        }
        self.run.word = word;
        self.run.locals.push(local);
        self.run.bits.extend(bit);
    }

    /// Reads the members of the run.
    fn finish(&mut self) {
        if let Some((read, locals)) = std::mem::take(&mut self.run).read() {
            self.before.push(quote!(let #locals = read!(#read);));
        }
    }
}

impl Run {
    /// What reads the members, and the pattern that takes them.
    fn read(self) -> Option<(TokenStream, TokenStream)> {
        let Self { word, locals, bits } = self;
        let pattern = match locals.as_slice() {
            [] => return None,
            [local] => quote!(#local),
            _ => quote!((#(#locals),*)),
        };
        let read = match (word, locals.len()) {
            (None, 1) => quote!(Decode::decode(reader)),
            (None, _) => quote!(members(reader)),
            (Some(word), 1) => quote!(optional(reader, #word, #(#bits)*)),
            (Some(word), _) => quote!(optionals(reader, #word, [#(#bits),*])),
        };
        Some((read, pattern))
    }
}

/// What a member of a struct is made from, in the short form if there is one.
fn initial(member: &Ident, local: &Ident) -> TokenStream {
    match member == local {
        true => quote!(#member),
        false => quote!(#member: #local),
    }
}

/// Whether the fields of a group have no other in between.
pub(super) fn together(values: &[Value]) -> bool {
    values.windows(2).all(|pair| pair[0].at + 1 == pair[1].at)
}

/// The longest tuple that the runtime reads and writes.
pub(super) const MOST_TOGETHER: usize = 6;
