//! Schemas that are right, but of which values would be too large.

mod common;

use common::{errors, schema};

#[test]
fn a_repetition_too_large() {
    let found = errors("foo a:4294967295*[ long ] = Foo;");
    assert_eq!(
        found,
        "error: this takes up to 34359738360 bytes in memory, at most 65536 are supported
 --> test.tl:1:5
 | foo a:4294967295*[ long ] = Foo;
 |     ^^^^^^^^^^^^^^^^^^^^^
hint: use a vector: its elements lie elsewhere
"
    );
    let nothing = "empty = Empty;\nfoo a:70000*[ true ] b:70000*[ empty ] = Foo;";
    assert_eq!(count(&errors(nothing), "this takes up to 70000 bytes"), 2);
}

/// More than 2^64 bytes.
#[test]
fn a_repetition_too_large_to_be_counted() {
    let nested = "65536*[ ".repeat(4) + "int" + &" ]".repeat(4);
    for text in [
        format!("foo a:{nested} = Foo;"),
        format!("---functions---\nfoo a:{nested} = Bool;"),
    ] {
        // Two of the levels are 17 GB, which is told.
        let found = errors(&text);
        assert_eq!(count(&found, "error: "), 1, "{found}");
        assert!(
            found.contains("takes up to 262144 bytes in memory"),
            "{found}"
        );
    }
}

/// Each line holds the next one twice; the first one that is too large is told, the others follow.
#[test]
fn sixty_six_doublings() {
    let found = errors(&doublings(66));
    let expected =
        "error: a value of `t51` takes up to 131072 bytes in memory, at most 65536 are supported";
    assert_eq!(count(&found, "error: "), 1, "{found}");
    assert!(found.starts_with(expected), "{found}");
    schema(&doublings(14));
}

#[test]
fn many_fields_of_which_none_is_too_large() {
    let text = "foo a:4000*[ long ] b:4000*[ long ] c:192*[ long ] = Foo;";
    schema(text);
    let found = errors(&text.replace("192", "193"));
    let expected =
        "error: a value of `foo` takes up to 65544 bytes in memory, at most 65536 are supported";
    assert!(found.starts_with(expected), "{found}");
    let function = format!("---functions---\n{}", text.replace("192", "193"));
    assert_eq!(
        count(&errors(&(function + "\n---types---\nf = Foo;")), "65544"),
        1
    );
}

/// Up to 64 of them are on the stack at once.
#[test]
fn what_contains_itself_is_smaller() {
    let text = "foo flags:# a:509*[ int ] next:flags.0?Foo = Foo;";
    schema(text);
    let found = errors(&text.replace("509", "510"));
    let expected = "error: a value of `foo` takes up to 2056 bytes in memory, and since it can contain \
                    itself, at most 2048 are supported";
    assert!(found.starts_with(expected), "{found}");
    let two = "foo a:300*[ int ] b:300*[ int ] next:vector<bar> = Foo;\nbar c:600*[ int ] d:vector<foo> = Bar;";
    assert_eq!(count(&errors(two), "since it can contain itself"), 2);
}

/// Whoever holds it from outside holds all of it, and no box.
#[test]
fn what_contains_itself_counts_outside_as_a_whole() {
    let text = "big flags:# a:400*[ int ] next:flags.0?Big = Big;\nfoo all:41*[ Big ] = Foo;";
    let found = errors(text);
    assert!(found.contains("takes up to 66256 bytes"), "{found}");
}

/// The fields and parameters of a definition may be compared with each other, so they are not many.
#[test]
fn a_thousand_fields() {
    let fields = |count| format!("foo{} = Foo;", numbered(count, |n| format!(" f{n}:int")));
    assert_eq!(schema(&fields(1_000)).constructors[0].fields.len(), 1_000);
    assert_eq!(
        errors(&format!("bar x:Foo = Bar;\n{}", fields(1_001)))
            .lines()
            .next(),
        Some("error: `foo` has 1001 fields and parameters, at most 1000 are supported")
    );

    let calls = |count| {
        let params = numbered(count, |n| format!(" {{X{n}:Type}}"));
        let fields = numbered(count, |n| format!(" f{n}:!X{n}"));
        format!("---functions---\nfoo{params}{fields} = Bool;")
    };
    assert_eq!(schema(&calls(500)).functions[0].fields.len(), 500);
    assert!(errors(&calls(501)).contains("`foo` has 1002 fields and parameters"));
    assert_eq!(count(&errors(&calls(20_000)), "error: "), 1);
}

fn numbered(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect()
}

/// `tN x:TN+1 y:TN+1 = TN`, the last one an `int` twice.
fn doublings(count: usize) -> String {
    let line = |n: usize| match n + 1 == count {
        true => format!("t{n} x:int y:int = T{n};\n"),
        false => format!("t{n} x:T{0} y:T{0} = T{n};\n", n + 1),
    };
    numbered(count, line)
}

fn count(text: &str, part: &str) -> usize {
    text.matches(part).count()
}
