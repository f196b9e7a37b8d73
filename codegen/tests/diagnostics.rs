//! Where a message points, and what it proposes.

use tl_schema_codegen::check::Options;
use tl_schema_codegen::ids::Dialect;
use tl_schema_codegen::load::load;
use tl_schema_codegen::source::Source;

#[test]
fn built_in_types_are_proposed() {
    for (wrong, right) in [
        ("strin", "string"),
        ("sting", "string"),
        ("str", "string"),
        ("lonng", "long"),
        ("vec<int>", "Vector"),
        ("Vektor<int>", "Vector"),
        ("vectr<int>", "Vector"),
        ("bool", "Bool"),
        ("byte", "bytes"),
        ("bytse", "bytes"),
        ("doubel", "double"),
        ("in", "int"),
        ("int12", "int128"),
        ("int215", "int256"),
        ("flags.0?tru", "true"),
        ("object", "Object"),
        ("ns.string", "string"),
        // A type of the schema that is nearer.
        ("Strong", "Strung"),
        ("lung", "lungs"),
        ("Vector<strin>", "string"),
    ] {
        let text = told(&format!("a flags:# x:{wrong} = A;\nlungs = Strung;\n"));
        let hint = format!("\nhint: did you mean `{right}`?\n");
        assert!(text.ends_with(&hint), "{wrong}\n{text}");
    }
}

#[test]
fn words_that_are_meant_otherwise() {
    for (field, hint) in [
        ("x:Song", "no constructor has it as its result"),
        ("x:interval", "no constructor has this name"),
        ("x:user", "no constructor has this name"),
        ("x:Vector<user>", "no constructor has this name"),
        ("user", "a field is written `name:type`"),
        ("title", "a field is written `name:type`"),
    ] {
        let text = told(&format!("a {field} = A;\n"));
        let hint = format!("\nhint: {hint}\n");
        assert!(text.ends_with(&hint), "{field}\n{text}");
    }
}

#[test]
fn a_bit_has_a_number() {
    let expected = "\
error: a bit of a flags word has a number, not a name
 --> a.tl:1:13
 | a flags:# d:flags.x?int = A;
 |             ^^^^^^^
hint: write 0 to 31 behind the dot, as in `flags.0?true`
";
    assert_eq!(told("a flags:# d:flags.x?int = A;\n"), expected);
}

/// Not at the whole definition, which may be long.
#[test]
fn warnings_point_at_names() {
    for (text, place) in [
        (
            "some_name value:int = A;\nsomeName value:int = B;\n",
            "2:1\n | someName value:int = B;\n | ^^^^^^^^\n",
        ),
        (
            "ok value:int = Answer;\n",
            "1:1\n | ok value:int = Answer;\n | ^^\n",
        ),
        (
            "a value:int = ns.Reader;\n",
            "1:15\n | a value:int = ns.Reader;\n |               ^^^^^^^^^\n",
        ),
        (
            "---functions---\nns.decode value:int = Bool;\n",
            "2:1\n | ns.decode value:int = Bool;\n | ^^^^^^^^^\n",
        ),
        (
            "a b:int B:int = A;\n",
            "1:9\n | a b:int B:int = A;\n |         ^\n",
        ),
    ] {
        let told = told(text);
        assert!(told.starts_with("warning: "), "{told}");
        assert!(
            told.contains(&format!("\n --> a.tl:{place}hint: ")),
            "{told}"
        );
        assert_eq!(told.matches("warning: ").count(), 1, "{told}");
    }
}

/// All messages about a schema.
fn told(text: &str) -> String {
    let sources = [(Source::new("a.tl", text), Dialect::Server)];
    match load(&sources, &Options::default()) {
        Ok(checked) => checked.warnings.render(&[&sources[0].0]),
        Err(error) => format!("{error}\n"),
    }
}
