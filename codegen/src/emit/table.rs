//! The schema as data of the generated crate, and the assertions about its layout.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::layout::MAX_ENUM;
use super::plan::Plan;
use super::structs::{hex, known_errors};
use crate::annotations::Annotations;
use crate::schema::{Combinator, Field, Schema, Type};

/// `SCHEMA`, `LAYER` and the errors that every function shares.
pub(super) fn tokens(plan: &Plan, annotations: &Annotations) -> TokenStream {
    let schema = plan.schema;
    let constructors = schema.constructors.iter().map(|it| (it, false));
    let functions = schema.functions.iter().map(|it| (it, true));
    let mut all: Vec<_> = constructors.chain(functions).collect();
    all.sort_by_key(|(combinator, _)| combinator.id);
    let definitions = all.iter().map(|(combinator, is_function)| {
        // No call, which rustc would have to evaluate.
        let (id, tl) = (hex(combinator.id), line(schema, combinator));
        quote!(Definition { id: #id, is_function: #is_function, tl: #tl })
    });
    let layer = match schema.layer {
        Some(layer) => {
            let layer = Literal::u32_unsuffixed(layer);
            quote!(Some(#layer))
        }
        None => quote!(None),
    };
    let constant = schema.layer.map(|layer| {
        let layer = Literal::u32_unsuffixed(layer);
        let docs = docs::line("The layer of the schema.");
        quote!(#docs pub const LAYER: u32 = #layer;)
    });
    let generic = (!annotations.generic_errors.is_empty()).then(|| {
        let errors = known_errors(&annotations.generic_errors);
        let docs = docs::line("RPC errors that every function can answer with, beside its own.");
        quote!(#docs pub const GENERIC_ERRORS: &[KnownError] = &[#(#errors),*];)
    });
    let docs = docs::line("Every definition by its id.");
    quote! {
        #constant
        #generic
        #docs
        pub static SCHEMA: Schema = Schema { layer: #layer, definitions: &[#(#definitions),*] };
    }
}

/// Assertions that no enum has outgrown what was planned.
pub(super) fn assertions(plan: &Plan) -> TokenStream {
    let max = Literal::u64_unsuffixed(MAX_ENUM);
    let each = plan
        .types
        .iter()
        .enumerate()
        .filter(|(at, _)| plan.schema.types[*at].is_enum())
        .map(|(_, place)| {
            let path = place.under(&quote!(enums));
            quote!(size_of::<#path>())
        });
    // One constant for all: each is evaluated by itself.
    quote!(const _: () = at_most(#max, &[#(#each),*]);)
}

/// The definition as a line of TL with every type by its plainest name.
fn line(schema: &Schema, combinator: &Combinator) -> String {
    let mut text = format!("{}#{:x}", combinator.name, combinator.id);
    for parameter in &combinator.type_params {
        text += &format!(" {{{parameter}:Type}}");
    }
    for field in &combinator.fields {
        let condition = field.condition.map(|condition| {
            let flags = name(&combinator.fields[condition.flags]);
            format!("{flags}.{}?", condition.bit)
        });
        let ty = ty(schema, combinator, &field.ty);
        text += &format!(" {}:{}{ty}", name(field), condition.unwrap_or_default());
    }
    text + " = " + &ty(schema, combinator, &combinator.result)
}

fn name(field: &Field) -> &str {
    field.name.as_deref().unwrap_or_default()
}

fn ty(schema: &Schema, combinator: &Combinator, ty: &Type) -> String {
    let inner = |element: &Type| self::ty(schema, combinator, element);
    match ty {
        Type::Int => "int".into(),
        Type::Long => "long".into(),
        Type::Double => "double".into(),
        Type::String => "string".into(),
        Type::Bytes => "bytes".into(),
        Type::Int128 => "int128".into(),
        Type::Int256 => "int256".into(),
        Type::Int512 => "int512".into(),
        Type::Flags => "#".into(),
        Type::True => "true".into(),
        Type::Bool => "Bool".into(),
        Type::Object => "Object".into(),
        Type::Vector {
            boxed: true,
            element,
        } => format!("Vector<{}>", inner(element)),
        Type::Vector {
            boxed: false,
            element,
        } => format!("vector<{}>", inner(element)),
        Type::Repeat { count, element } => format!("{count}*[{}]", inner(element)),
        Type::Boxed(at) => schema.types[*at].name.clone(),
        Type::Bare(at) => schema.constructors[*at].name.clone(),
        Type::Call(at) => format!("!{}", combinator.type_params[*at]),
        Type::Param(at) => combinator.type_params[*at].clone(),
    }
}
