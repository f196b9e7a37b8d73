//! The language, construct by construct, as protocol reference 2.1 and 2.2 have it; and the
//! parts of it that nobody uses, each refused by name.

use tl_schema_codegen::diagnostic::Diagnostics;
use tl_schema_codegen::parser::{MAX_DEPTH, parse};
use tl_schema_codegen::source::Source;
use tl_schema_codegen::syntax::{Body, Definition, Item, Section, Tree, TypeKind};

#[test]
fn sections_in_any_order() {
    let text = "a = A; ---functions--- f = A; g = A; ---types------functions---\n h = A; \
                --- types --- b = B;";
    parsed(text, |tree| {
        let found: Vec<_> = tree
            .definitions()
            .map(|(it, at)| (it, at.name.text))
            .collect();
        let (types, functions) = (Section::Types, Section::Functions);
        let expected = [
            (types, "a"),
            (functions, "f"),
            (functions, "g"),
            (functions, "h"),
            (types, "b"),
        ];
        assert_eq!(found, expected);
    });
}

#[test]
fn comments() {
    let text = "/* head; */ // LAYER 9\n\n//@note a = B;\n//-goes on\n// plain\n//-not so\n\
                a x:int /* inside; */ = A; // behind\n// LAYER 10\n";
    parsed(text, |tree| {
        assert_eq!(tree.layer(), Some(9));
        let (_, a) = tree.definitions().next().expect("there is one");
        assert_eq!(a.docs().collect::<Vec<_>>(), ["@note a = B;", "goes on"]);
        assert_eq!(a.comments.len(), 5);
        assert!(a.comments[4].block);
        assert_eq!(
            a.trailing.iter().map(|it| it.text).collect::<Vec<_>>(),
            [" behind"]
        );
        assert_eq!(tree.definitions().count(), 1);
    });
    parsed("/* LAYER 9 */ a = A;", |tree| {
        assert_eq!(tree.layer(), None)
    });
}

#[test]
fn layout_is_nobodys_business() {
    let one = "a#12 x:flags.1?Vector<int> y:ns.b = ns.A;";
    let same = "\u{feff}a#12\r\n\tx\n:\nflags . 1 ? Vector < int >\ny : ns.b=ns.A\n;\r\n";
    parsed(one, |one| parsed(same, |same| assert_eq!(one, same)));
}

#[test]
fn ids() {
    for (text, id) in [
        ("a#0 = A;", Some(0)),
        ("a#be3dfa = A;", Some(0x00be_3dfa)),
        ("a#05162463 = A;", Some(0x0516_2463)),
        ("a#FFFFFFFF = A;", Some(u32::MAX)),
        ("a = A;", None),
        // A field without a name, not an id.
        ("a # = A;", None),
    ] {
        definition(text, |it| assert_eq!(it.id, id, "{text}"));
    }
}

#[test]
fn names() {
    definition("a.b.c_D1 = x.Y.Z2;", |it| {
        assert_eq!(it.name.text, "a.b.c_D1");
        assert!(matches!(
            it.result.kind,
            TypeKind::Named { name: "x.Y.Z2", .. }
        ));
    });
    definition("a Type:int type:int self:int srp_B:int = A;", |it| {
        let names = it.fields().iter().filter_map(|it| Some(it.name?.text));
        assert_eq!(names.collect::<Vec<_>>(), ["Type", "type", "self", "srp_B"]);
    });
}

#[test]
fn built_in_declarations() {
    for text in ["int ? = Int;", "long?=Long;"] {
        definition(text, |it| {
            assert_eq!((&it.body, it.fields()), (&Body::Builtin, &[][..]))
        });
    }
    definition("vector#1cb5c415 {t:Type} # [ t ] = Vector t;", |it| {
        assert_eq!(
            it.params.iter().map(|it| it.text).collect::<Vec<_>>(),
            ["t"]
        );
        let fields = it.fields();
        assert_eq!(fields.len(), 2);
        assert!(
            fields
                .iter()
                .all(|it| it.name.is_none() && it.condition.is_none())
        );
        assert_eq!(fields[0].ty.kind, TypeKind::Nat);
        assert_eq!(shown(&fields[1].ty.kind), "[t]");
        assert_eq!(shown(&it.result.kind), "Vector<t>");
    });
}

#[test]
fn conditions() {
    definition(
        "a mode:# b:mode.31?true c:mode?int flags2:# d:flags2.0?# = A;",
        |it| {
            let conditions: Vec<_> = it.fields().iter().map(|it| it.condition).collect();
            let of = |at: usize| conditions[at].map(|it| (it.word.text, it.bit));
            assert_eq!(of(0), None);
            assert_eq!(of(1), Some(("mode", Some(31))));
            assert_eq!(of(2), Some(("mode", None)));
            assert_eq!(of(4), Some(("flags2", Some(0))));
        },
    );
}

/// Each as `shown` writes it down.
#[test]
fn types() {
    for (text, expected) in [
        ("#", "#"),
        ("int", "int"),
        ("ns.user", "ns.user"),
        ("ns.User", "ns.User"),
        ("!X", "!X"),
        ("%Message", "%Message"),
        ("vector<%Message>", "vector<%Message>"),
        ("Vector<Vector<long>>", "Vector<Vector<long>>"),
        ("(vector int)", "vector<int>"),
        ("(vector (Vector int))", "vector<Vector<int>>"),
        ("(Pair int long)", "Pair<int,long>"),
        ("Pair<int, (vector long)>", "Pair<int,vector<long>>"),
        ("((int))", "int"),
        ("%(Pair int long)", "%Pair<int,long>"),
        ("4*[ int ]", "4*[int]"),
        ("8*[int]", "8*[int]"),
        ("2*[ 3*[ int ] ]", "2*[3*[int]]"),
        ("[ (vector int) ]", "[vector<int>]"),
    ] {
        definition(&format!("a x:{text} = A;"), |it| {
            let kinds: Vec<_> = it.fields().iter().map(|it| shown(&it.ty.kind)).collect();
            assert_eq!(kinds, [expected], "{text}");
        });
    }
}

#[test]
fn results() {
    for (text, expected) in [
        ("f = Bool;", "Bool"),
        ("f = Vector<ns.User>;", "Vector<ns.User>"),
        ("f = Vector User;", "Vector<User>"),
        ("f {X:Type} q:!X = X;", "X"),
        ("f = Pair int (vector long);", "Pair<int,vector<long>>"),
    ] {
        definition(text, |it| {
            assert_eq!(shown(&it.result.kind), expected, "{text}")
        });
    }
}

/// What the language has and nobody uses, and what it has not; one word of the message is enough
/// here, since messages as a whole are snapshots elsewhere.
#[test]
fn refusals() {
    let mut wrong = Vec::new();
    for (text, column, message) in [
        ("a (b c:int) = A;", 3, "fields in parentheses"),
        ("New a = A;", 1, "`New`, `Final` and `Empty`"),
        ("Final A;", 1, "`New`, `Final` and `Empty`"),
        ("_ = A;", 1, "begin with `_`"),
        ("a _:int = A;", 3, "begin with `_`"),
        ("`a` = A;", 1, "back-quotes"),
        ("A = A;", 1, "lower-case letter"),
        ("a = b;", 5, "upper-case letter"),
        ("a {n:#} x:int = A;", 6, "number parameters"),
        ("a {X Y:Type} = A;", 6, "several parameters"),
        ("a x:int {X:Type} = A;", 9, "stands after a field"),
        ("a n:# x:n*[ int ] = A;", 9, "as often as a field says"),
        ("a x:2*[ y:int ] = A;", 9, "several or named fields"),
        ("a x:2*[ int int ] = A;", 13, "several or named fields"),
        ("a x:vector<2*[int]> = A;", 12, "a repetition inside a type"),
        ("a x:5 = A;", 5, "a number as a type"),
        ("a x:(Pair int 5) = A;", 15, "a number as a type"),
        ("a x:((Pair int) int) = A;", 5, "applied twice"),
        ("a x:flags.4294967296?int = A;", 11, "more than 32 bits"),
        ("a#123456789 = A;", 2, "1 to 8 hexadecimal digits"),
        ("a#xyz = A;", 2, "1 to 8 hexadecimal digits"),
        ("a# x:int = A;", 2, "`#` without an id"),
        ("a #1234 = A;", 3, "a blank before an id"),
        ("a ns.x:int = A;", 3, "have namespaces"),
        ("a x:int;", 8, "expected a field, or `=`"),
        ("a x: = A;", 6, "expected a type"),
        ("a x:vector<int = A;", 16, "expected `,` or `>`"),
        ("a = ;", 4, "expected the result type"),
        ("a = A B = C;", 9, "expected `;`"),
        ("a x:int = A", 12, "a semicolon is missing"),
        (";", 1, "a semicolon without a definition"),
        ("---methods---", 1, "no section `methods`"),
        ("/* a = A;", 1, "never closed"),
        ("a é:int = A;", 3, "found `é`"),
    ] {
        let (said, diagnostics) = refused(text);
        let place = format!("test.tl:1:{column}\n");
        let is_right = said.contains(message) && said.contains(&place);
        if !is_right || diagnostics.errors() != 1 {
            wrong.push(format!("{text}\n{said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A mistake costs its own definition and no other; one without its semicolon not even that.
#[test]
fn goes_on_after_an_error() {
    let text = "a = A;\nb x:5 = B;\nc = C\nd = D;\n---nothing---\n;\ne = E;\n";
    let source = Source::new("test.tl", text);
    let (tree, diagnostics) = parse(&source, 0);
    let names: Vec<_> = tree.definitions().map(|(_, it)| it.name.text).collect();
    assert_eq!(
        names,
        ["a", "c", "d", "e"],
        "{}",
        diagnostics.render(&[&source])
    );
    assert_eq!(diagnostics.errors(), 4);
}

#[test]
fn errors_up_to_a_limit() {
    let (said, diagnostics) = refused(&"5 = A;\n".repeat(Diagnostics::LIMIT + 50));
    assert_eq!(diagnostics.errors(), Diagnostics::LIMIT + 50);
    assert_eq!(diagnostics.iter().count(), Diagnostics::LIMIT);
    assert!(said.ends_with("50 more errors are not shown\n"), "{said}");
}

#[test]
fn depth_has_an_end() {
    let nested = |depth| format!("a x:{}int{} = A;", "(".repeat(depth), ")".repeat(depth));
    definition(&nested(MAX_DEPTH), |it| {
        assert_eq!(shown(&it.fields()[0].ty.kind), "int")
    });
    for depth in [MAX_DEPTH + 1, 100_000] {
        let (said, _) = refused(&nested(depth));
        assert!(said.contains("nested too deeply"), "{said}");
    }
}

/// A type as people write it, for comparing.
fn shown(kind: &TypeKind<'_>) -> String {
    match kind {
        TypeKind::Nat => "#".to_owned(),
        TypeKind::Call(name) => format!("!{name}"),
        TypeKind::Named {
            name,
            percent,
            args,
        } => {
            let args: Vec<_> = args.iter().map(|it| shown(&it.kind)).collect();
            let args = match args.is_empty() {
                true => String::new(),
                false => format!("<{}>", args.join(",")),
            };
            format!("{}{name}{args}", if *percent { "%" } else { "" })
        }
        TypeKind::Repeat { count, element } => {
            let count = count.map_or(String::new(), |count| format!("{count}*"));
            format!("{count}[{}]", shown(&element.kind))
        }
    }
}

#[track_caller]
fn parsed<T>(text: &str, check: impl FnOnce(&Tree<'_>) -> T) -> T {
    let source = Source::new("test.tl", text);
    let (tree, diagnostics) = parse(&source, 0);
    assert_eq!(diagnostics.render(&[&source]), "", "{text}");
    check(&tree)
}

/// The only definition of a text.
#[track_caller]
fn definition<T>(text: &str, check: impl FnOnce(&Definition<'_>) -> T) -> T {
    parsed(text, |tree| match &tree.items[..] {
        [Item::Definition(definition)] => check(definition),
        items => panic!("{text} is {items:?}"),
    })
}

/// What is said about a text.
#[track_caller]
fn refused(text: &str) -> (String, Diagnostics) {
    let source = Source::new("test.tl", text);
    let (_, diagnostics) = parse(&source, 0);
    assert!(diagnostics.errors() > 0, "{text} is accepted");
    (diagnostics.render(&[&source]), diagnostics)
}
