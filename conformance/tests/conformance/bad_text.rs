//! Texts that are no schema, or look like none: what becomes of them is worked out by hand.

use std::fmt::Write;

use tl_schema_codegen::check::Options;
use tl_schema_codegen::diagnostic::Diagnostic;
use tl_schema_codegen::ids::Dialect;
use tl_schema_codegen::load::load;
use tl_schema_codegen::parser::parse;
use tl_schema_codegen::print::print;
use tl_schema_codegen::schema::{Schema, Type};
use tl_schema_codegen::source::Source;

#[test]
fn empty_file() {
    assert_eq!(accepted(""), Schema::default());
    assert_eq!(accepted(" \n\t\r\n"), Schema::default());
    assert_eq!(accepted("// nothing but a comment"), Schema::default());
    assert_eq!(accepted("---functions---"), Schema::default());
}

#[test]
fn binary_file() {
    // Every byte, as somebody reads it who replaces what is no UTF-8.
    let bytes: Vec<u8> = (0..=u8::MAX).cycle().take(1 << 16).collect();
    let problems = refused(&String::from_utf8_lossy(&bytes));
    assert!(!problems.is_empty());
    // Nothing that a terminal would take for a command gets through.
    let sources = [(
        Source::new("x.tl", String::from_utf8_lossy(&bytes)),
        Dialect::Server,
    )];
    let text = load(&sources, &Options::default())
        .expect_err("it is no schema")
        .to_string();
    assert!(
        text.chars()
            .all(|letter| letter == '\n' || !letter.is_control())
    );
    assert!(text.len() < 1 << 16, "{} bytes of messages", text.len());
}

#[test]
fn zeros() {
    let problems = refused(&"\0".repeat(1 << 20));
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].hint.as_deref(), Some("is this a text file?"));
}

#[test]
fn a_megabyte_on_one_line() {
    let mut text = String::new();
    let mut count = 0;
    while text.len() < 1 << 20 {
        let _ = write!(
            text,
            "constructor{count} value:int text:string = Type{count}; "
        );
        count += 1;
    }
    assert_eq!(accepted(&text).constructors.len(), count);
}

#[test]
fn a_megabyte_without_an_end() {
    // One definition of many fields, and no semicolon.
    let text = format!("a{} = A", " value:int".repeat(1 << 17));
    let problems = refused(&text);
    assert!(
        problems
            .iter()
            .any(|it| it.message == "a semicolon is missing here")
    );
    // One name.
    let problems = refused(&"a".repeat(1 << 20));
    assert_eq!(problems.len(), 1);
    let source = Source::new("x.tl", "a".repeat(1 << 20));
    let shown = problems[0].render(&[&source]);
    assert!(shown.len() < 1000, "{} bytes of messages", shown.len());
}

#[test]
fn unclosed_comment() {
    let text = "a = A;\n/* ".to_owned() + &"b = B; ".repeat(1 << 15);
    let problems = refused(&text);
    assert_eq!(place(&text, &problems[0]), (2, 1));
    assert_eq!(problems[0].message, "this comment is never closed");
}

#[test]
fn open_brackets_100_000_deep() {
    for bracket in ["(", "<", "[", "{", "Vector<", "%(", "1*["] {
        let text = format!("a value:{} = A;", bracket.repeat(100_000));
        assert!(!refused(&text).is_empty(), "{bracket}");
    }
    for (open, close) in [
        ("(", ")"),
        ("Vector<", ">"),
        ("(vector ", ")"),
        ("1*[ ", " ]"),
    ] {
        let (open, close) = (open.repeat(100_000), close.repeat(100_000));
        let problems = refused(&format!("a value:{open}int{close} = A;"));
        assert_eq!(
            problems[0].message,
            "types are nested too deeply",
            "{}",
            &open[..8]
        );
    }
}

#[test]
fn missing_semicolon() {
    let text = "a = A;\nb value:int = B\nc = C;\n";
    let problems = refused(text);
    assert_eq!(problems.len(), 1);
    assert_eq!(place(text, &problems[0]), (2, 16));
    // The neighbours are read as if nothing were wrong.
    let source = Source::new("x.tl", text);
    let names: Vec<_> = parse(&source, 0)
        .0
        .definitions()
        .map(|(_, it)| it.name.text)
        .collect();
    assert_eq!(names, ["a", "b", "c"]);
}

#[test]
fn line_ends_of_windows() {
    let text = "// LAYER 5\n\na value:int = A;\nb value:Vector<\n int> = B; // why\n---functions---\nf = A;\n";
    let windows = text.replace('\n', "\r\n");
    assert_eq!(accepted(&windows), accepted(text));
    // Nor does the printed form keep them.
    let printed = |text: &str| print(&parse(&Source::new("x.tl", text), 0).0);
    assert_eq!(printed(&windows), printed(text));
    // Positions are the same, too.
    let bad = "a = A;\r\nb = b;\r\n";
    assert_eq!(place(bad, &refused(bad)[0]), (2, 5));
    assert!(!render(bad).contains('\r'));
}

#[test]
fn byte_order_mark() {
    let text = "\u{FEFF}a value:int = A;\n";
    assert_eq!(accepted(text).constructors[0].name, "a");
    // Only the first letter of a file is one.
    assert_eq!(refused("a = A;\n\u{FEFF}b = B;\n").len(), 1);
}

#[test]
fn letters_of_other_alphabets() {
    // In comments they are welcome.
    let text = "//@description Ein Größenwert – «ok» 🙂\na value:int = A; // naïve\n";
    assert_eq!(
        accepted(text).constructors[0].docs,
        ["@description Ein Größenwert – «ok» 🙂"]
    );
    // In names they are not, and columns count letters rather than bytes.
    let bad = "/* ß */ a größe:int = A;\n";
    assert_eq!(place(bad, &refused(bad)[0]), (1, 13));
    // What one cannot see is shown by its number.
    assert!(render("a \u{200B}value:int = A;").contains("\\u{200b}"));
}

#[test]
fn flags_word_used_before_it_stands() {
    let text = "a value:flags.0?int flags:# = A;\n";
    let problems = refused(text);
    assert_eq!(problems.len(), 1);
    assert_eq!(place(text, &problems[0]), (1, 9));
    assert_eq!(problems[0].message, "`flags` stands only after this field");
}

#[test]
fn type_that_refers_to_itself_only() {
    for text in [
        "a next:A = A;",
        "a b:B = A;\nb a:A = B;",
        "a next:%A = A;",
        "a next:a = A;",
        "a next:2*[ a ] = A;",
    ] {
        let problems = refused(text);
        assert!(
            problems[0].message.contains("always contains another one"),
            "{text}"
        );
    }
    // A way out is enough.
    for text in [
        "a next:A = A; end = A;",
        "a flags:# next:flags.0?A = A;",
        "a next:Vector<A> = A;",
        "a next:vector<a> = A;",
    ] {
        accepted(text);
    }
}

#[test]
fn id_without_leading_zeros() {
    let text = "a#be3dfa value:int = A;\nb#00be3dfb value:int = B;\n";
    let ids: Vec<_> = accepted(text).constructors.iter().map(|it| it.id).collect();
    assert_eq!(ids, [0x00be_3dfa, 0x00be_3dfb]);
}

#[test]
fn field_named_bytes_of_type_bytes() {
    let schema = accepted("a bytes:bytes int:int type:string = A;\n");
    let types: Vec<_> = schema.constructors[0]
        .fields
        .iter()
        .map(|it| it.ty.clone())
        .collect();
    assert_eq!(types, [Type::Bytes, Type::Int, Type::String]);
}

fn accepted(text: &str) -> Schema {
    let sources = [(Source::new("x.tl", text), Dialect::Server)];
    match load(&sources, &Options::default()) {
        Ok(checked) => checked.schema,
        Err(error) => panic!("{error}"),
    }
}

/// The errors, of which there are some.
fn refused(text: &str) -> Vec<Diagnostic> {
    let sources = [(Source::new("x.tl", text), Dialect::Server)];
    let error = load(&sources, &Options::default()).expect_err("it is no schema");
    error.diagnostics.iter().cloned().collect()
}

fn render(text: &str) -> String {
    let sources = [(Source::new("x.tl", text), Dialect::Server)];
    load(&sources, &Options::default())
        .expect_err("it is no schema")
        .to_string()
}

/// Line and column.
fn place(text: &str, problem: &Diagnostic) -> (usize, usize) {
    let position = Source::new("x.tl", text).position(problem.span.start);
    (position.line, position.column)
}
