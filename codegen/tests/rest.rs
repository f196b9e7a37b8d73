//! Values of any type have no length, so nothing can stand behind them.

mod common;

use common::warnings;

#[test]
fn a_field_behind_it() {
    assert_eq!(
        warnings("bar x:Object y:int = Bar;"),
        "warning: this ends in a value of any type, which takes all bytes that are left: the fields behind it cannot be read
 --> test.tl:1:5
 | bar x:Object y:int = Bar;
 |     ^^^^^^^^
hint: let it be the last field, or make it `bytes`
"
    );
    for text in [
        "bar flags:# x:flags.0?Object y:flags.1?int = Bar;",
        "in x:Object = In;\nbar x:in y:int = Bar;",
        "in x:Object = In;\nother = In;\nmid a:int x:In = Mid;\nbar x:Mid y:int = Bar;",
        "in x:int = In;\n---functions---\nbar x:Object y:In = In;",
        "bar x:1*[ Object ] y:int = Bar;",
    ] {
        assert_eq!(places(text), ["fields behind"], "{text}");
    }
}

#[test]
fn elements_behind_it() {
    for text in [
        "bar x:Vector<Object> = Bar;",
        "bar x:2*[ Object ] = Bar;",
        "message msg_id:long seqno:int bytes:int body:Object = Message;\n\
         msg_container messages:vector<%Message> = MessageContainer;",
        "in x:int = In;\n---functions---\nbar = Vector<Object>;",
    ] {
        assert_eq!(places(text), ["elements"], "{text}");
    }
}

#[test]
fn at_the_end() {
    for text in [
        "bar x:Object = Bar;",
        "bar flags:# x:flags.0?Object y:flags.1?true = Bar;",
        "rpc_result req_msg_id:long result:Object = RpcResult;\nmid x:RpcResult = Mid;",
        "bar flags:# next:flags.0?bar = Bar;\nin x:Object = In;",
        "in x:int = In;\n---functions---\nbar {X:Type} query:!X y:int = X;",
        "in x:int = In;\n---functions---\nbar {X:Type} {Y:Type} query:!X y:!Y = X;",
        "in x:int = In;\n---functions---\nbar x:int = Object;",
    ] {
        assert_eq!(warnings(text), "", "{text}");
    }
}

/// Only where it begins, not in what contains that.
#[test]
fn it_is_told_once() {
    let text = "in x:Object y:int = In;\nbar x:In y:int = Bar;\nbaz x:Vector<Bar> = Baz;";
    assert_eq!(places(text), ["fields behind"]);
}

/// What each of the warnings speaks of.
#[track_caller]
fn places(text: &str) -> Vec<&'static str> {
    let all = warnings(text);
    let lines = all.lines().filter(|line| line.starts_with("warning: "));
    let place = |line: &str| match line.contains("the fields behind it cannot be read") {
        true => "fields behind",
        false if line.contains("elements ends in a value of any type") => "elements",
        false => "something else",
    };
    lines.map(place).collect()
}
