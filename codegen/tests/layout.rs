//! What is generated for schemas that nobody writes on purpose.

mod common;

use tl_schema_codegen::annotations::Annotations;
use tl_schema_codegen::emit::{Options, emit};
use tl_schema_codegen::schema::{Schema, Type};

/// Both constructors contain each other bare, though their type is in the circle, too: the depth
/// is counted in both of them, and in the enum.
#[test]
fn depth_is_counted_on_the_way_that_passes_no_boxed_type() {
    let text = "a flags:# x:flags.0?b = T;\nb flags:# y:flags.0?a z:flags.1?T = T;";
    let code = code(&common::schema(text));
    for name in ["types::A", "types::B", "T"] {
        assert!(counts_depth(&code, name), "{name}");
    }
}

/// Each way back to the constructor passes through the enum, which counts.
#[test]
fn depth_is_counted_once_on_the_way_that_passes_a_boxed_type() {
    let text = "leaf value:int = Tree;\nfork left:Tree right:Tree = Tree;";
    let code = code(&common::schema(text));
    assert!(counts_depth(&code, "Tree"));
    assert!(!counts_depth(&code, "types::Fork"));
}

/// An array of its own owner has no end, so it lies in a box as a whole.
#[test]
fn a_repetition_of_the_owner_is_boxed() {
    let text = "foo flags:# boxed:flags.0?2*[ Foo ] bare:flags.1?3*[ 1*[ foo ] ] = Foo;";
    let code = code(&common::schema(text));
    let (_, types) = code.iter().find(|it| it.0 == "generic/types.rs").unwrap();
    for member in [
        "pub boxed: Option<Box<[enums::Foo; 2usize]>>",
        "pub bare: Option<Box<[[types::Foo; 1usize]; 3usize]>>",
    ] {
        assert!(types.contains(member), "{types}");
    }
    assert!(counts_depth(&code, "types::Foo"));
}

/// The check refuses such sizes, but whoever makes a schema by other means gets code and no panic.
#[test]
fn sizes_beyond_counting() {
    let text = "foo a:1*[ 1*[ 1*[ long ] ] ] b:1*[ 1*[ 1*[ int ] ] ] = Foo;\n\
                bar foo:Foo = Bar;\nother = Bar;\n---functions---\nget a:foo b:foo = Bar;";
    let mut huge = common::schema(text);
    for field in &mut huge.constructors[0].fields {
        let mut ty = &mut field.ty;
        while let Type::Repeat { count, element } = ty {
            *count = u32::MAX;
            ty = element;
        }
    }
    code(&huge);

    let lines: String = (0..70)
        .map(|n| format!("t{n} x:int y:int = T{n};\n"))
        .collect();
    let mut doublings = common::schema(&lines);
    for n in 0..69 {
        for field in &mut doublings.constructors[n].fields {
            field.ty = Type::Boxed(n + 1);
        }
    }
    code(&doublings);
}

/// Whether the decoder of a type, `types::Name` or the name of an enum, counts how deep it is.
#[track_caller]
fn counts_depth(code: &[(String, String)], name: &str) -> bool {
    let (path, name) = match name.strip_prefix("types::") {
        Some(name) => ("generic/types.rs", name),
        None => ("generic/enums.rs", name),
    };
    let (_, text) = code.iter().find(|(it, _)| it == path).unwrap();
    let start = text
        .find(&format!("impl<'de> Decode<'de> for {name} {{"))
        .unwrap();
    let body = &text[start..];
    body[..body.find("\n}\n").unwrap()].contains("reader.enter()")
}

/// The files with their paths.
#[track_caller]
fn code(schema: &Schema) -> Vec<(String, String)> {
    let options = Options {
        runtime: "::telegram_passport_tl".to_owned(),
        header: vec!["Generated from a test.".to_owned()],
        serde: true,
    };
    let files = emit(schema, &Annotations::default(), &options).unwrap();
    files.into_iter().map(|it| (it.path, it.text)).collect()
}
