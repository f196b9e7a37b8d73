//! The canonical form: what it looks like, and that it says the same as what it was made from.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed};
use tl_schema_codegen::parser::parse;
use tl_schema_codegen::print::{line, print};
use tl_schema_codegen::source::Source;
use tl_schema_codegen::syntax::Tree;

#[test]
fn canonical_form() {
    for (text, expected) in [
        ("a#0000002A   x : int=A ;", "a#2a x:int = A;\n"),
        (
            "a x:(vector (Vector int)) = A;",
            "a x:vector<Vector<int>> = A;\n",
        ),
        ("a x:((int)) y:%(Item) = A;", "a x:int y:%Item = A;\n"),
        (
            "a n:# x:n.03?4*[int] [ # ] = A;",
            "a n:# x:n.3?4*[ int ] [ # ] = A;\n",
        ),
        (
            "f {X:Type}\n{Y:Type} q:!X = Vector X;",
            "f {X:Type} {Y:Type} q:!X = Vector X;\n",
        ),
        ("f = Vector User;", "f = Vector<User>;\n"),
        ("int?=Int;", "int ? = Int;\n"),
        ("--- functions ---f=A;", "---functions---\nf = A;\n"),
        (
            "// of a  \na x:int // of x\n = A; /* last */",
            "// of a\n// of x\na x:int = A; /* last */\n",
        ),
        ("a = A;\n\n\n\nb = B;c = C;", "a = A;\n\nb = B;\nc = C;\n"),
        ("\u{feff}a = A;\r\n// é\r\n", "a = A;\n// é\n"),
        ("", ""),
    ] {
        let source = Source::new("test.tl", text);
        assert_eq!(print(&parsed(&source)), expected);
    }
}

#[test]
fn one_line_with_a_given_id() {
    let source = Source::new("test.tl", "// c\na#1\n x:(vector int) = A; // d");
    let tree = parsed(&source);
    let (_, a) = tree.definitions().next().expect("there is one");
    assert_eq!(line(a, Some(0xff)), "a#ff x:vector<int> = A");
    assert_eq!(line(a, None), "a x:vector<int> = A");
}

#[test]
fn any_schema_says_the_same_when_printed() {
    let config = Config {
        cases: 300,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(0x7e1e),
        ..Config::default()
    };
    proptest!(config, |(text in schemas())| {
        let source = Source::new("test.tl", text);
        let tree = parsed(&source);
        let printed = Source::new("printed.tl", print(&tree));
        let again = parsed(&printed);
        prop_assert_eq!(&again, &tree);
        prop_assert_eq!(print(&again), printed.text());
    });
}

/// Texts of schemas in every layout that the language allows.
fn schemas() -> impl Strategy<Value = String> {
    let section = (select(vec!["types", "functions"]), blanks())
        .prop_map(|(name, blank)| format!("---{blank}{name}{blank}---"));
    let comment = select(vec![
        "// LAYER 7\n",
        "//@doc x;\n",
        "//-more\n",
        "/* a\n b; */",
        "//\n",
    ]);
    let item = prop_oneof![
        8 => definitions(),
        1 => section,
        2 => comment.prop_map(str::to_owned),
        1 => select(vec!["\n", "\n\n\n", "\r\n", " "]).prop_map(str::to_owned),
    ];
    vec(item, 0..8).prop_map(|items| items.concat())
}

fn definitions() -> impl Strategy<Value = String> {
    let id =
        option::of(any::<u32>()).prop_map(|id| id.map_or(String::new(), |id| format!("#{id:x}")));
    let params = vec((gaps(), select(vec!["X", "t"])), 0..3).prop_map(|all| {
        all.iter()
            .map(|(gap, name)| format!("{gap}{{{name}:Type}}"))
            .collect::<String>()
    });
    let fields = vec((gaps(), fields()), 0..5).prop_map(|all| {
        all.iter()
            .map(|(gap, field)| format!("{gap}{field}"))
            .collect::<String>()
    });
    let body =
        prop_oneof![5 => (params, fields).prop_map(|(a, b)| a + &b), 1 => Just(" ?".to_owned())];
    (
        names(false),
        id,
        body,
        gaps(),
        results(),
        gaps(),
        select(vec!["", "\n", " // end\n"]),
    )
        .prop_map(|(name, id, body, gap, result, end, after)| {
            format!("{name}{id}{body}{gap}={gap}{result}{end};{after}")
        })
}

fn fields() -> impl Strategy<Value = String> {
    let names = select(vec!["a", "type", "srp_B", "A", "flags", "x2"]);
    let conditions = select(vec!["", "flags.0?", "mode.31?", "flags?", "flags2 . 7 ?"]);
    let named = (names, gaps(), conditions)
        .prop_map(|(name, gap, condition)| format!("{name}:{gap}{condition}"));
    let counts = select(vec!["", "4*", "0*", "8 * "]);
    let repetition = (counts, types()).prop_map(|(count, ty)| format!("{count}[ {ty} ]"));
    let ty = prop_oneof![5 => types(), 1 => repetition];
    (option::of(named), ty).prop_map(|(named, ty)| named.unwrap_or_default() + &ty)
}

fn types() -> impl Strategy<Value = String> {
    let plain = select(vec!["int", "#", "!X", "%Item", "true", "bytes", "X"]);
    let leaf = prop_oneof![plain.prop_map(str::to_owned), names(false), names(true)];
    leaf.prop_recursive(3, 8, 2, |inner| {
        let heads = select(vec!["vector", "Vector", "ns.Pair", "%Pair"]);
        let arguments = vec(inner.clone(), 1..3);
        prop_oneof![
            (heads.clone(), arguments.clone(), blanks()).prop_map(|(head, all, blank)| format!(
                "{head}{blank}<{}>",
                all.join(&format!("{blank},"))
            )),
            (heads, arguments, gaps())
                .prop_map(|(head, all, gap)| format!("({head}{gap}{})", all.join(gap))),
            inner.prop_map(|ty| format!("({ty})")),
        ]
    })
}

fn results() -> impl Strategy<Value = String> {
    (names(true), vec(types(), 0..3), any::<bool>()).prop_map(|(name, arguments, angles)| {
        match (arguments.is_empty(), angles) {
            (true, _) => name,
            (false, true) => format!("{name}<{}>", arguments.join(",")),
            (false, false) => format!("{name} {}", arguments.join(" ")),
        }
    })
}

fn names(upper: bool) -> impl Strategy<Value = String> {
    let last = match upper {
        true => "[A-Z][a-zA-Z0-9_]{0,5}",
        false => "[a-z][a-zA-Z0-9_]{0,5}",
    };
    let namespaces = select(vec!["", "ns.", "a.b."]);
    (namespaces, last).prop_map(|(namespaces, last)| format!("{namespaces}{last}"))
}

/// What may stand between any two tokens.
fn blanks() -> impl Strategy<Value = &'static str> {
    select(vec!["", " ", "\n  ", "\t"])
}

/// The same where something must.
fn gaps() -> impl Strategy<Value = &'static str> {
    select(vec![" ", " ", " ", "\n  ", " /* of; */ ", " // of\n"])
}

#[track_caller]
fn parsed(source: &Source) -> Tree<'_> {
    let (tree, diagnostics) = parse(source, 0);
    assert_eq!(diagnostics.errors(), 0, "{}", diagnostics.render(&[source]));
    tree
}
