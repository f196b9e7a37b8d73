//! Differences of small schemas; whom they break is worked out by hand from the wire format.

mod common;

use tl_schema_codegen::diff::{Breaks, Impact, diff};

const BOTH: &str = "breaks readers and writers";
const STRICT_READERS: &str = "breaks readers where unknown flag bits are refused";
const STRICT_WRITERS: &str = "breaks writers where unknown flag bits are refused";
const SOME_READERS: &str = "breaks readers on some values";
const SOME_WRITERS: &str = "breaks writers on some values";
const SOME: &str = "breaks readers on some values and writers on some values";
const NOBODY: &str = "breaks nobody";

/// One changed constructor `a` that keeps its id: whom it breaks, and what is told of it.
#[track_caller]
fn check(old: &str, new: &str, breaks: &str, told: &[&str]) {
    let text = compare(&format!("a#1 {old};"), &format!("a#1 {new};"));
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let change = format!("~ constructor a, id kept: {breaks}");
    let head = "0 added, 0 removed, 1 changed; 1 keep their id while their text changes";
    let expected: Vec<&str> = [head, "changed", &change]
        .iter()
        .chain(told)
        .copied()
        .collect();
    assert_eq!(lines, expected);
}

/// The diff as text, of definitions that may use the types `T` and `U`.
#[track_caller]
fn compare(old: &str, new: &str) -> String {
    let schema = |text: &str| common::schema(&format!("t = T; u = U; u2 = U; {text}"));
    diff(&schema(old), &schema(new)).to_string()
}

#[test]
fn layout_is_no_difference() {
    let text = compare("a#1 x:int = T;", "// LAYER\na#00000001  x:int\n = T ;");
    assert_eq!(
        text,
        "0 added, 0 removed, 0 changed; 0 keep their id while their text changes\n"
    );
}

#[test]
fn yes_or_no_flag() {
    check(
        "flags:# = T",
        "flags:# x:flags.3?true = T",
        STRICT_READERS,
        &["+ x:flags.3?true"],
    );
    check(
        "flags:# x:flags.3?true = T",
        "flags:# = T",
        STRICT_WRITERS,
        &["- x:flags.3?true"],
    );
}

/// The bit is known by another field, so that nothing on the wire is new.
#[test]
fn yes_or_no_flag_on_a_known_bit() {
    let with = "flags:# y:flags.3?int x:flags.3?true = T";
    check(
        "flags:# y:flags.3?int = T",
        with,
        NOBODY,
        &["+ x:flags.3?true"],
    );
    check(
        with,
        "flags:# y:flags.3?int = T",
        NOBODY,
        &["- x:flags.3?true"],
    );
}

#[test]
fn optional_field() {
    check(
        "flags:# = T",
        "flags:# x:flags.3?int = T",
        SOME_READERS,
        &["+ x:flags.3?int"],
    );
    check(
        "flags:# x:flags.3?int = T",
        "flags:# = T",
        SOME_WRITERS,
        &["- x:flags.3?int"],
    );
}

/// The old side sets the bit and does not write the new field.
#[test]
fn optional_field_on_a_known_bit() {
    let (without, with) = (
        "flags:# y:flags.3?true = T",
        "flags:# y:flags.3?true x:flags.3?int = T",
    );
    check(without, with, SOME, &["+ x:flags.3?int"]);
    check(with, without, SOME, &["- x:flags.3?int"]);
}

#[test]
fn required_field() {
    check("y:int = T", "x:int y:int = T", BOTH, &["+ x:int"]);
    check("x:int y:int = T", "y:int = T", BOTH, &["- x:int"]);
}

#[test]
fn type_of_a_field() {
    check("x:int = T", "x:long = T", BOTH, &["x:int -> x:long"]);
    check("x:T = T", "x:Vector<T> = T", BOTH, &["x:T -> x:Vector<T>"]);
    let (int, long) = ("flags:# x:flags.0?int = T", "flags:# x:flags.0?long = T");
    check(int, long, SOME, &["x:flags.0?int -> x:flags.0?long"]);
}

/// The same bytes, but a reader of text refuses those that are not UTF-8.
#[test]
fn text_and_bytes() {
    check(
        "x:string = T",
        "x:bytes = T",
        SOME_READERS,
        &["x:string -> x:bytes"],
    );
    check(
        "x:bytes = T",
        "x:string = T",
        SOME_WRITERS,
        &["x:bytes -> x:string"],
    );
}

#[test]
fn condition_of_a_field() {
    let (required, optional) = ("flags:# x:int = T", "flags:# x:flags.1?int = T");
    let breaks = "breaks readers on some values and writers";
    check(required, optional, breaks, &["x:int -> x:flags.1?int"]);
    let breaks = "breaks readers and writers on some values";
    check(optional, required, breaks, &["x:flags.1?int -> x:int"]);
    check(
        optional,
        "flags:# x:flags.2?int = T",
        SOME,
        &["x:flags.1?int -> x:flags.2?int"],
    );
}

#[test]
fn name_of_a_field() {
    check(
        "x:int y:int = T",
        "x:int z:int = T",
        NOBODY,
        &["field name y -> z"],
    );
    check(
        "x:int y:int = T",
        "v:int w:int = T",
        NOBODY,
        &["field name x -> v", "field name y -> w"],
    );
}

/// A field of the same type elsewhere is another field.
#[test]
fn a_field_that_comes_elsewhere_is_not_a_renamed_one() {
    check(
        "x:int y:long = T",
        "y:long z:int = T",
        BOTH,
        &["- x:int", "+ z:int"],
    );
}

#[test]
fn order_of_fields() {
    let order = "order of the fields";
    check("x:int y:long = T", "y:long x:int = T", BOTH, &[order]);
    let (one, other) = (
        "flags:# x:flags.0?int y:flags.1?int = T",
        "flags:# y:flags.1?int x:flags.0?int = T",
    );
    check(one, other, SOME, &[order]);
    let (one, other) = (
        "flags:# x:flags.0?true y:int = T",
        "flags:# y:int x:flags.0?true = T",
    );
    check(one, other, NOBODY, &["spelling alone"]);
}

#[test]
fn type_of_a_constructor() {
    check("x:int = T", "x:int = U", BOTH, &["= T -> = U"]);
}

#[test]
fn spelling() {
    check("x:t = U", "x:%T = U", NOBODY, &["spelling alone"]);
    check(
        "x:vector<int> = T",
        "x:%Vector<int> = T",
        NOBODY,
        &["spelling alone"],
    );
}

#[test]
fn a_changed_id_breaks_everything() {
    let text = compare("a#1 x:int = T;", "a#2 x:int = T;");
    let expected = "\
0 added, 0 removed, 1 changed; 0 keep their id while their text changes

changed
  ~ constructor a: breaks readers and writers
      id 00000001 -> 00000002
";
    assert_eq!(text, expected);
}

#[test]
fn a_changed_name_with_its_id_kept_breaks_nobody() {
    let text = compare("a#1 x:int = T;", "b#1 x:int = T;");
    let expected = "\
0 added, 0 removed, 1 changed; 1 keep their id while their text changes

changed
  ~ constructor a, id kept: breaks nobody
      name a -> b
";
    assert_eq!(text, expected);
}

/// Only those break who know the type already.
#[test]
fn constructors_come_and_go() {
    let text = compare("a#1 = T; b#2 = B;", "c#3 = T; d#4 = D; e#5 = D;");
    let expected = "\
3 added, 2 removed, 0 changed; 0 keep their id while their text changes

removed
  - constructor a#1 = T
      breaks writers on some values
  - constructor b#2 = B

added
  + constructor c#3 = T
      breaks readers on some values
  + constructor d#4 = D
  + constructor e#5 = D
";
    assert_eq!(text, expected);
}

/// Who writes a call reads the answer; the arguments are not read on that side.
#[test]
fn functions() {
    let old = "---functions--- f#1 x:int = T; g#2 = T; h#3 x:int = T; i#4 flags:# = T;";
    let new =
        "---functions--- f#1 x:int = U; h#3 x:long = T; i#4 flags:# x:flags.0?int = T; j#5 = U;";
    let expected = "\
1 added, 1 removed, 3 changed; 3 keep their id while their text changes

removed
  - function g#2 = T
      breaks writers

added
  + function j#5 = U

changed
  ~ function f, id kept: breaks readers
      = T -> = U
  ~ function h, id kept: breaks writers
      x:int -> x:long
  ~ function i, id kept: breaks nobody
      + x:flags.0?int
";
    assert_eq!(compare(old, new), expected);
}

#[test]
fn layers_are_told() {
    let (old, new) = ("// LAYER 222\nt = T;", "// LAYER 230\nt = T;");
    let diff = diff(&common::schema(old), &common::schema(new));
    assert_eq!(diff.layers, [Some(222), Some(230)]);
    assert!(diff.is_empty());
    assert!(diff.to_string().starts_with("layer 222 -> 230\n"));
}

/// The worst of several details counts, for each side by itself.
#[test]
fn impact_of_several_details() {
    let (old, new) = (
        "a#1 flags:# x:flags.0?int = A;",
        "a#1 flags:# y:flags.1?true z:flags.2?int = A;",
    );
    let diff = diff(&common::schema(old), &common::schema(new));
    assert_eq!(diff.id_kept().count(), 1);
    let expected = Impact {
        readers: Breaks::Sometimes,
        writers: Breaks::Sometimes,
    };
    assert_eq!(diff.changed[0].impact, expected);
}
