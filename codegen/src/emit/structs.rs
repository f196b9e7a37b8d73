//! One struct with its impls, for a constructor or a function.

mod decode;
mod encode;
mod locals;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::docs;
use super::members::{Kind, Member, Value};
use super::plan::{Item, Module, Plan, ident};
use crate::annotations::{Annotations, RpcError};
use crate::schema::Type;

/// What the writer of a struct needs to know about it.
pub(super) struct Context<'p, 's> {
    plan: &'p Plan<'s>,
    annotations: &'p Annotations,
    item: &'p Item<'s>,
    module: Module,
    /// The index among the constructors, or among the functions.
    at: usize,
    calls: Vec<Ident>,
    locals: locals::Locals,
}

impl<'p, 's> Context<'p, 's> {
    pub(super) fn constructor(plan: &'p Plan<'s>, annotations: &'p Annotations, at: usize) -> Self {
        Self::new(plan, annotations, &plan.constructors[at], Module::Types, at)
    }

    pub(super) fn function(plan: &'p Plan<'s>, annotations: &'p Annotations, at: usize) -> Self {
        Self::new(
            plan,
            annotations,
            &plan.functions[at],
            Module::Functions,
            at,
        )
    }

    fn new(
        plan: &'p Plan<'s>,
        annotations: &'p Annotations,
        item: &'p Item<'s>,
        module: Module,
        at: usize,
    ) -> Self {
        Self {
            calls: item.calls.iter().map(|name| ident(name)).collect(),
            locals: locals::Locals::of(&item.members),
            plan,
            annotations,
            item,
            module,
            at,
        }
    }

    fn form(&self) -> bool {
        match self.module {
            Module::Functions => self.plan.layout.functions[self.at].form,
            _ => self.plan.layout.constructors[self.at].form,
        }
    }

    /// `<F>` behind the name of the type.
    pub(super) fn arguments(&self) -> TokenStream {
        let form = self.form().then(|| quote!(F));
        let all: Vec<_> = form
            .into_iter()
            .chain(self.calls.iter().map(|call| quote!(#call)))
            .collect();
        if all.is_empty() {
            quote!()
        } else {
            quote!(<#(#all),*>)
        }
    }

    /// `<F: Form>` behind `impl` or in a definition; `bound` is that of the wrapped calls.
    fn parameters(
        &self,
        form: &TokenStream,
        bound: &TokenStream,
        lifetime: &TokenStream,
    ) -> TokenStream {
        let form = self.form().then(|| quote!(F: #form));
        let calls = self.calls.iter().map(|call| quote!(#call #bound));
        let lifetime = Some(lifetime.clone()).filter(|it| !it.is_empty());
        let all: Vec<_> = lifetime.into_iter().chain(form).chain(calls).collect();
        if all.is_empty() {
            quote!()
        } else {
            quote!(<#(#all),*>)
        }
    }

    /// The definition and all impls.
    pub(super) fn tokens(&self) -> TokenStream {
        let definition = self.definition();
        let groups = self.groups();
        let described = self.described();
        let encode = self.encode();
        let decode = self.decode();
        let call = (self.module == Module::Functions).then(|| self.remote_call());
        quote!(#definition #groups #described #encode #decode #call)
    }

    /// How the struct comes by the traits of every value. Two of a function that wraps another call
    /// depend on that call, so they are derived.
    fn value(&self) -> (TokenStream, TokenStream) {
        let name = self.item.place.ident();
        let form = self.form().then(|| quote!(F));
        let members = self.item.members.iter().filter_map(|member| {
            self.member_type(member)?;
            Some((ident(&member.name), self.is_plain_member(member)))
        });
        let members = members_to_clone(members);
        if self.calls.is_empty() {
            (quote!(), quote!(impl_value!([#form] #name { #members });))
        } else {
            let calls = &self.calls;
            (
                quote!(#[derive(Clone, Debug)]),
                quote!(impl_equal!([#form] [#(#calls),*] #name);),
            )
        }
    }

    fn definition(&self) -> TokenStream {
        let docs = match self.module {
            Module::Functions => {
                // Below the root are `generic`, the module and its namespaces.
                let depth = self.item.place.path.len() + 2;
                docs::function(self.item, self.plan, self.annotations, depth)
            }
            _ => docs::constructor(self.item.combinator, self.plan, self.annotations),
        };
        let (derive, value) = self.value();
        let name = self.item.place.ident();
        let parameters = self.parameters(&quote!(Form), &quote!(), &quote!());
        let members = self.item.members.iter().filter_map(|member| {
            let (name, ty) = (ident(&member.name), self.member_type(member)?);
            let docs = docs::member(member, self.item.combinator, self.annotations);
            Some(quote!(#docs pub #name: #ty))
        });
        quote! {
            #docs
            #derive
            pub struct #name #parameters { #(#members),* }
            #value
        }
    }

    fn member_type(&self, member: &Member) -> Option<TokenStream> {
        Some(match &member.kind {
            Kind::Flags | Kind::Within => return None,
            Kind::Word => quote!(u32),
            Kind::Plain => self.field_type(&member.field.ty),
            Kind::True { .. } => quote!(bool),
            Kind::Optional { .. } => {
                let ty = self.field_type(&member.field.ty);
                quote!(Option<#ty>)
            }
            Kind::Group { name, values, .. } => {
                let name = ident(name);
                let form = self.group_form(values).then(|| quote!(<F>));
                quote!(Option<#name #form>)
            }
        })
    }

    fn field_type(&self, ty: &Type) -> TokenStream {
        let inner = self.plan.ty(ty, &quote!(F), &self.calls);
        if self.module == Module::Types
            && self.plan.layout.boxed_field(self.plan.schema, self.at, ty)
        {
            quote!(Box<#inner>)
        } else {
            inner
        }
    }

    /// Whether the member is `Copy`.
    fn is_plain_member(&self, member: &Member) -> bool {
        match &member.kind {
            Kind::Word | Kind::True { .. } => true,
            Kind::Plain | Kind::Optional { .. } => self.is_plain(&member.field.ty),
            Kind::Flags | Kind::Within | Kind::Group { .. } => false,
        }
    }

    /// Whether the Rust type is `Copy`: numbers, and enums without content.
    fn is_plain(&self, ty: &Type) -> bool {
        match ty {
            Type::Int | Type::Long | Type::Double | Type::Flags | Type::True | Type::Bool => true,
            Type::Int128 | Type::Int256 | Type::Int512 => true,
            Type::Boxed(at) => self.plan.is_unit(*at),
            _ => false,
        }
    }

    fn group_form(&self, values: &[Value]) -> bool {
        values
            .iter()
            .any(|value| self.plan.layout.has_form(&value.field.ty))
    }

    /// The structs of fields that share a bit.
    fn groups(&self) -> TokenStream {
        let groups = self.item.members.iter().filter_map(|member| {
            let Kind::Group {
                name,
                values,
                condition,
            } = &member.kind
            else {
                return None;
            };
            let docs = docs::group(self.item, *condition);
            let derive = derive_group(values);
            let name = ident(name);
            let form = self.group_form(values).then(|| quote!(<F: Form>));
            let fields = values.iter().map(|value| {
                let (name, ty) = (ident(&value.name), self.field_type(&value.field.ty));
                let docs = docs::field(value.field, self.item.combinator, self.annotations);
                quote!(#docs pub #name: #ty)
            });
            let arguments = self.group_form(values).then(|| quote!(F));
            let names = values.iter().map(|value| {
                let plain = self.is_plain(&value.field.ty);
                (ident(&value.name), plain)
            });
            let names = members_to_clone(names);
            Some(quote! {
                #docs
                #derive
                pub struct #name #form { #(#fields),* }
                impl_clone!([#arguments] #name { #names });
            })
        });
        quote!(#(#groups)*)
    }

    /// What the runtime knows of the type: schema, id, and the fewest bytes that it takes.
    fn described(&self) -> TokenStream {
        let parameters = self.parameters(&quote!(Form), &quote!(), &quote!());
        let (name, arguments) = (self.item.place.ident(), self.arguments());
        let (id, tl) = (hex(self.item.combinator.id), &self.item.combinator.name);
        let layout = &self.plan.layout;
        let min_len = match self.module {
            Module::Functions => layout.functions[self.at].min_len.saturating_add(4),
            _ => layout.constructors[self.at].min_len,
        };
        let min_len = Literal::u64_unsuffixed(min_len);
        quote! {
            impl #parameters Described for #name #arguments {
                const DEFINED: Defined = (&SCHEMA, #tl, #id, #min_len);
            }
            impl #parameters Identifiable for #name #arguments {}
        }
    }

    /// The values of a group that stand together on the wire, if this field is the first of them;
    /// with the index of the group's member.
    fn run(&self, at: usize) -> Option<(usize, &[Value<'s>])> {
        let mut members = self.item.members.iter().enumerate();
        members.find_map(|(group, member)| {
            let Kind::Group { values, .. } = &member.kind else {
                return None;
            };
            let start = values.iter().position(|value| value.at == at)?;
            if start > 0 && values[start - 1].at + 1 == at {
                return None;
            }
            let len = values[start..]
                .iter()
                .enumerate()
                .take_while(|(n, value)| value.at == at + n)
                .count();
            Some((group, &values[start..start + len]))
        })
    }

    /// All bits of a flags word that announce something.
    fn known(&self, flags: usize) -> u32 {
        let conditions = self
            .item
            .combinator
            .fields
            .iter()
            .filter_map(|field| field.condition);
        conditions
            .filter(|it| it.flags == flags)
            .fold(0, |known, it| known | 1 << it.bit)
    }

    fn remote_call(&self) -> TokenStream {
        let parameters = self.parameters(&quote!(Form), &quote!(: RemoteCall), &quote!());
        let (name, arguments) = (self.item.place.ident(), self.arguments());
        let form = quote!(Owned);
        let mut result = self
            .plan
            .ty(&self.item.combinator.result, &form, &self.calls);
        if let Some(inner) = owned_string(&self.item.combinator.result) {
            result = self
                .plan
                .ty(&self.item.combinator.result, &inner, &self.calls);
        }
        let notes = self.annotations.combinators.get(&self.item.combinator.name);
        let errors = notes
            .map(|notes| known_errors(&notes.errors))
            .unwrap_or_default();
        let errors = (!errors.is_empty())
            .then(|| quote!(const ERRORS: &'static [KnownError] = &[#(#errors),*];));
        let callers = notes
            .map(|notes| notes.callers.as_slice())
            .unwrap_or_default();
        let callers = callers.iter().filter_map(|caller| match caller.as_str() {
            "user" => Some(quote!(Caller::User)),
            "bot" => Some(quote!(Caller::Bot)),
            _ => None,
        });
        let callers: Vec<_> = callers.collect();
        let callers = (!callers.is_empty())
            .then(|| quote!(const CALLERS: &'static [Caller] = &[#(#callers),*];));
        quote! {
            impl #parameters RemoteCall for #name #arguments {
                type Return = #result;
                #callers
                #errors
            }
        }
    }
}

/// Strings of a result are owned; their type is found through the form in full spelling.
fn owned_string(mut result: &Type) -> Option<TokenStream> {
    while let Type::Vector { element, .. } | Type::Repeat { element, .. } = result {
        result = element;
    }
    matches!(result, Type::String | Type::Bytes | Type::Object).then(|| quote!(<Owned as Form>))
}

pub(super) fn known_errors(errors: &[RpcError]) -> Vec<TokenStream> {
    let tokens = |error: &RpcError| {
        let (code, name, meaning) = (
            Literal::i32_unsuffixed(error.code),
            &error.name,
            &error.meaning,
        );
        quote!(KnownError { code: #code, name: #name, meaning: #meaning })
    };
    errors.iter().map(tokens).collect()
}

/// The members as the runtime's macros take them: those to be cloned, then those to be copied.
fn members_to_clone(members: impl Iterator<Item = (Ident, bool)>) -> TokenStream {
    let (mut cloned, mut plain) = (Vec::new(), Vec::new());
    for (name, is_plain) in members {
        if is_plain { &mut plain } else { &mut cloned }.push(name);
    }
    let plain = (!plain.is_empty()).then(|| quote!(; #(#plain),*));
    quote!(#(#cloned),* #plain)
}

/// A group is no value of TL, so its traits are derived.
fn derive_group(values: &[Value]) -> TokenStream {
    let double = values.iter().any(|value| {
        let mut ty = &value.field.ty;
        while let Type::Vector { element, .. } | Type::Repeat { element, .. } = ty {
            ty = element;
        }
        *ty == Type::Double
    });
    let total = (!double).then(|| quote!(Eq, Hash));
    quote!(#[derive(Debug, PartialEq, #total)])
}

/// A number as hexadecimal digits, since that is how ids and bits are spoken of.
pub(super) fn hex(number: u32) -> TokenStream {
    let text = if number > 0xFFFF {
        format!("{number:#010x}")
    } else {
        format!("{number:#x}")
    };
    match text.parse() {
        Ok(tokens) => tokens,
        Err(_) => quote!(#number),
    }
}
