//! Texts that are no scope, or look like none: leniencies, bad input, and what is said about it.

use std::fmt::Write;

use telegram_passport::scope::{MAX_SCOPE_LENGTH, Scope, ScopeProblem};

use super::snapshots::snapshot;

/// Section 5.2: options as numbers or words, names long or short, in any mixture.
#[test]
fn every_spelling_means_the_same() {
    let expected = Scope::parse(r#"{"v":1,"data":[{"type":"passport","selfie":true}]}"#);
    let expected = expected.expect("it is valid");
    for data in ["data", "d"] {
        for key in ["type", "_"] {
            for name in ["passport", "pp"] {
                for option in ["selfie", "s"] {
                    for set in ["true", "1"] {
                        for off in ["", r#","t":0"#, r#","translation":false"#, r#","n":false"#] {
                            let element = format!(r#"{{"{key}":"{name}","{option}":{set}{off}}}"#);
                            let text = format!(r#"{{"{data}":[{element}],"v":1}}"#);
                            assert_eq!(Scope::parse(&text).as_ref(), Ok(&expected), "{text}");
                        }
                    }
                }
            }
        }
    }
    let escaped = r#"{"\u0076":1,"d":[{"\u005f":"p\u0070","s":true}]}"#;
    assert_eq!(Scope::parse(escaped), Ok(expected));
}

/// An option that is off is no option, so it may stand anywhere.
#[test]
fn options_that_are_off() {
    let scope = Scope::parse(r#"{"v":1,"d":[{"_":"em","s":0,"t":false,"native_names":0}]}"#);
    assert_eq!(
        scope.map(|scope| scope.to_short()).as_deref(),
        Ok(r#"{"v":1,"d":["em"]}"#)
    );
}

#[test]
fn what_is_passed_over_is_told() {
    let text = concat!(
        "\n{\"v\":1,\"w\":{\"w\":[{}]},\"d\":[\"em\",{\"_\":\"pp\",\"f\":1},",
        "{\"_\":[{\"type\":\"ub\",\"\\u0007\":null}],\"x\":[],\"n\":0}]} "
    );
    let (scope, warnings) = Scope::parse_with_warnings(text).expect("the rest is valid");
    assert_eq!(scope.to_short(), r#"{"v":1,"d":["em","pp",{"_":["ub"]}]}"#);
    let warnings: Vec<_> = warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [
            "scope: white space around the object makes clients take the request for version 1.0, \
             remove it",
            "scope: the key \"w\" has no meaning here",
            "data[1]: the key \"f\" has no meaning here",
            "data[2]: the key \"x\" has no meaning here",
            "data[2].one_of[0]: the key \"\\u{7}\" has no meaning here",
        ]
    );
    let (_, warnings) = Scope::parse_with_warnings(r#"{"v": 1, "d": [ "em" ]}"#).expect("valid");
    assert_eq!(warnings, [], "white space inside does no harm");
}

#[test]
fn read_strictly_nothing_is_passed_over() {
    for (text, path) in [
        (r#"{"v":1,"d":["em"],"x":0}"#, "scope"),
        (r#"{"v":1,"d":[{"_":"em","x":0}]}"#, "data[0]"),
        (
            r#"{"v":1,"d":[{"_":[{"_":"pp","x":0}]}]}"#,
            "data[0].one_of[0]",
        ),
        (r#" {"v":1,"d":["em"]}"#, "scope"),
        ("{\"v\":1,\"d\":[\"em\"]}\n", "scope"),
    ] {
        assert!(Scope::parse(text).is_ok(), "{text}");
        let error = Scope::parse_strict(text).expect_err("it must not be passed over");
        assert_eq!(error.path(), path, "{text}");
    }
    assert!(Scope::parse_strict(r#"{"v": 1, "d": [ "em" ]}"#).is_ok());
}

/// Each text breaks one rule; the snapshot shows what is said.
#[test]
fn what_is_said_about_bad_texts() {
    let mut said = String::new();
    for text in BAD {
        let error = Scope::parse(text).expect_err("each is bad");
        assert_eq!(Scope::parse_strict(text), Err(error.clone()), "{text}");
        let _ = writeln!(said, "{text}\n    {error}\n");
    }
    snapshot("passport", "messages_of_scopes", &said);
}

#[test]
fn deep_nesting() {
    for (open, close) in [("[", "]"), (r#"{"_":"#, "}"), (r#"{"d":["#, "]}")] {
        let (open, close) = (open.repeat(10_000), close.repeat(10_000));
        for text in [
            open.clone(),
            format!("{open}{close}"),
            format!(r#"{{"v":1,"d":[{open}"pp"{close}]}}"#),
            format!(r#"{{"v":1,"d":["pp"],"x":{open}1{close}}}"#),
        ] {
            let error = Scope::parse(&text).expect_err("nobody asks so deeply");
            let is_short = error.to_string().len() < 200;
            assert!(is_short, "{error}");
        }
    }
}

#[test]
fn huge_texts() {
    let padded = |length: usize| {
        let start = r#"{"v":1,"d":["em"]"#;
        format!("{start}{}}}", " ".repeat(length - start.len() - 1))
    };
    assert!(Scope::parse(&padded(MAX_SCOPE_LENGTH)).is_ok());
    let error = Scope::parse(&padded(MAX_SCOPE_LENGTH + 1)).expect_err("it is too long");
    assert_eq!(
        error.problem(),
        &ScopeProblem::TooLong {
            bytes: MAX_SCOPE_LENGTH + 1
        }
    );
    assert!(Scope::parse(&" ".repeat(64 << 20)).is_err());
    let many = format!(r#"{{"v":1,"d":[{}"em"]}}"#, r#""em","#.repeat(10_000));
    let error = Scope::parse(&many).expect_err("a type stands twice");
    assert_eq!(error.path(), "data[1]");
    let name = format!(r#"{{"v":1,"d":["{}"]}}"#, "ж".repeat(30_000));
    let error = Scope::parse(&name).expect_err("there is no such type");
    assert!(error.to_string().len() < 200, "{error}");
    let mut keys = String::new();
    for key in 0..7_000 {
        let _ = write!(keys, r#","{key}":0"#);
    }
    let (_, warnings) = Scope::parse_with_warnings(&format!(r#"{{"v":1,"d":["em"]{keys}}}"#))
        .expect("keys may be passed over");
    assert_eq!(warnings.len(), 7_000);
}

/// Nothing that a terminal would take for a command gets through.
#[test]
fn control_characters_are_escaped() {
    let text = r#"{"v":1,"d":["\u001b[31m\u0000\u202e"]}"#;
    let error = Scope::parse(text).expect_err("there is no such type");
    assert!(!error.to_string().contains(char::is_control));
    assert!(!error.to_string().contains('\u{202e}'));
}

const BAD: &[&str] = &[
    "",
    "{",
    "null",
    "1",
    r#""pp""#,
    r#"["passport"]"#,
    r#"{"v":1,"d":["pp"]}x"#,
    r#"{"v":1,"d":["pp",]}"#,
    "{}",
    r#"{"v":1}"#,
    r#"{"d":["pp"]}"#,
    r#"{"v":null,"d":["pp"]}"#,
    r#"{"v":"1","d":["pp"]}"#,
    r#"{"v":true,"d":["pp"]}"#,
    r#"{"v":0,"d":["pp"]}"#,
    r#"{"v":2,"d":["pp"]}"#,
    r#"{"v":-1,"d":["pp"]}"#,
    r#"{"v":1.0,"d":["pp"]}"#,
    r#"{"v":1e999,"d":["pp"]}"#,
    r#"{"v":18446744073709551617,"d":["pp"]}"#,
    r#"{"v":1,"v":1,"d":["pp"]}"#,
    r#"{"v":1,"d":["pp"],"d":["pp"]}"#,
    r#"{"v":1,"d":["pp"],"data":["pp"]}"#,
    r#"{"v":1,"d":["pp"],"x":1,"x":1}"#,
    r#"{"v":1,"d":null}"#,
    r#"{"v":1,"d":{}}"#,
    r#"{"v":1,"d":"pp"}"#,
    r#"{"v":1,"d":[]}"#,
    r#"{"v":1,"d":[null]}"#,
    r#"{"v":1,"d":["pd",["pp"]]}"#,
    r#"{"v":1,"d":[true]}"#,
    r#"{"v":1,"d":["PP"]}"#,
    r#"{"v":1,"d":[""]}"#,
    r#"{"v":1,"d":["pd",{"type":"library_card"}]}"#,
    r#"{"v":1,"d":["pd",{"_":["pp","library_card"]}]}"#,
    r#"{"v":1,"d":[{}]}"#,
    r#"{"v":1,"d":[{"selfie":true}]}"#,
    r#"{"v":1,"d":[{"_":null}]}"#,
    r#"{"v":1,"d":[{"_":1}]}"#,
    r#"{"v":1,"d":[{"_":{}}]}"#,
    r#"{"v":1,"d":[{"type":["pp"]}]}"#,
    r#"{"v":1,"d":[{"one_of":"pp"}]}"#,
    r#"{"v":1,"d":[{"type":"pp","one_of":["dl"]}]}"#,
    r#"{"v":1,"d":[{"_":"pp","type":"pp"}]}"#,
    r#"{"v":1,"d":[{"_":["pp"],"_":["dl"]}]}"#,
    r#"{"v":1,"d":[{"_":"pp","s":2}]}"#,
    r#"{"v":1,"d":[{"_":"pp","s":1.0}]}"#,
    r#"{"v":1,"d":[{"_":"pp","s":"1"}]}"#,
    r#"{"v":1,"d":[{"_":"pp","selfie":null}]}"#,
    r#"{"v":1,"d":[{"_":"pp","t":[]}]}"#,
    r#"{"v":1,"d":[{"_":"pp","s":1,"selfie":true}]}"#,
    r#"{"v":1,"d":[{"_":"pp","n":1}]}"#,
    r#"{"v":1,"d":[{"_":"pd","s":1}]}"#,
    r#"{"v":1,"d":[{"_":"em","t":1}]}"#,
    r#"{"v":1,"d":[{"_":"add","s":1}]}"#,
    r#"{"v":1,"d":["pn","pn"]}"#,
    r#"{"v":1,"d":["em",{"_":["pp","dl"]},{"_":["ic","dl"]}]}"#,
    r#"{"v":1,"d":["idd","ic"]}"#,
    r#"{"v":1,"d":[{"_":[]}]}"#,
    r#"{"v":1,"d":[{"_":[null]}]}"#,
    r#"{"v":1,"d":[{"_":[["pp"]]}]}"#,
    r#"{"v":1,"d":[{"_":[{"_":["pp"]}]}]}"#,
    r#"{"v":1,"d":["pn","em","ad","pd",{"one_of":["pp",{"type":"dl","selfie":"yes"}]}]}"#,
    r#"{"v":1,"d":[{"_":["ub",{"_":"bs","s":1}]}]}"#,
    r#"{"v":1,"d":[{"_":["ub","bs"],"s":1}]}"#,
    r#"{"v":1,"d":[{"_":["pp","add"]}]}"#,
    r#"{"v":1,"d":[{"_":["pp","pn"]}]}"#,
    r#"{"v":1,"d":[{"_":["pd"]}]}"#,
    r#"{"v":1,"d":[{"_":["ub","pp"]}]}"#,
];
