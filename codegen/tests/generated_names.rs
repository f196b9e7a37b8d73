//! Names in generated functions that the schema does not give: they must not meet those it does.
//! That all of it compiles is seen where the tiny schemas are compiled.

mod common;

use tl_schema_codegen::annotations::Annotations;
use tl_schema_codegen::emit::{Options, emit};

/// A local variable is called like its field, unless that is a function which is called there.
#[test]
fn local_variables() {
    for (text, expected) in [
        ("foo has:int x:int = Foo;", "Ok((has_member, x))"),
        (
            "foo has:int has_member:int = Foo;",
            "Ok((has_member_, has_member))",
        ),
        (
            "foo flags:# reader:flags.0?int reader_member:flags.0?int x:int = Foo;",
            "let reader_member_ = if has(flags, 0)",
        ),
        (
            "foo flags:# a:flags.0?int b:int c:flags.0?int a_field:int = Foo;",
            "a: match (a_field_, c_field)",
        ),
        (
            "foo flags:# optional:flags.2?string x:int optional_field:int y:flags.2?string = Foo;",
            "optional: match (optional_field_, y_field)",
        ),
        (
            "foo mask:# mask_bits:int a:mask.1?int = Foo;",
            "let mask_bits_ = read!(reader.word());",
        ),
        (
            "foo crate:# a:crate.1?int = Foo;",
            "let crate_bits = read!(reader.word());",
        ),
    ] {
        let code = generated(text, "generic/types.rs");
        assert!(code.contains(expected), "{text}\n{code}");
    }
}

/// The parameter of a function that wraps a call, and what its struct is called.
#[test]
fn type_parameters() {
    for (text, expected) in [
        ("foo {X:Type} q:!X = X;", "struct Foo<X>"),
        ("foo {t:Type} {X:Type} a:!t b:!X = X;", "struct Foo<T, X>"),
        ("x {X:Type} q:!X = X;", "struct X<Call0>"),
        ("x = Bool; foo {X:Type} q:!X = X;", "struct Foo<Call0>"),
        (
            "foo {FooA:Type} q:!FooA flags:# a:flags.0?int b:flags.0?int = FooA;",
            "struct Foo<Call0>",
        ),
        (
            "foo {Vec:Type} {Option:Type} a:!Vec b:!Option = Vec;",
            "struct Foo<Call0, Call1>",
        ),
        (
            "foo {x:Type} {X:Type} a:!x b:!X = X;",
            "struct Foo<X, Call0>",
        ),
        (
            "foo {F:Type} {Call0:Type} a:!F b:!Call0 s:string = F;",
            "struct Foo<F: Form, Call1, Call0>",
        ),
    ] {
        let code = generated(&format!("---functions--- {text}"), "generic/functions.rs");
        assert!(code.contains(expected), "{text}\n{code}");
    }
}

/// Numbers with a fraction have neither of the traits, so these go by the encoding.
#[test]
fn equality_with_a_wrapped_call() {
    for (text, expected) in [
        (
            "foo {X:Type} a:double q:!X = X;",
            "impl_equal!([] [X] Foo);",
        ),
        (
            "foo {X:Type} q:!X flags:# s:flags.0?string b:flags.0?double = X;",
            "impl_equal!([F] [X] Foo);",
        ),
    ] {
        let code = generated(&format!("---functions--- {text}"), "generic/functions.rs");
        assert!(code.contains(expected), "{text}\n{code}");
        assert!(
            code.contains("#[derive(Clone, Debug)] pub struct Foo<"),
            "{text}\n{code}"
        );
    }
}

/// A file of the code that is generated for a schema, with one space for each gap.
fn generated(text: &str, path: &str) -> String {
    let options = Options {
        runtime: "crate".to_owned(),
        header: Vec::new(),
        serde: false,
    };
    let files = emit(&common::schema(text), &Annotations::default(), &options);
    let files = files.expect("the generated code can be formatted");
    let file = files.iter().find(|file| file.path == path);
    let text = &file.expect("there is such a file").text;
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
