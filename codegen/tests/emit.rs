//! What can be asked of the generator, and what not.

mod common;

use tl_schema_codegen::annotations::Annotations;
use tl_schema_codegen::emit::{Error, Options, emit};

#[test]
fn paths_of_the_runtime() {
    for path in [
        "crate",
        "::telegram_passport_tl",
        "crate::a::r#type",
        "tl",
        " crate :: a ",
    ] {
        assert!(with_runtime(path).is_ok(), "{path}");
    }
    for path in [
        "",
        "::",
        "a b",
        "a-b",
        "crate::x::<u8>",
        "crate<u8>",
        "a;use b",
        "a::*",
        "a::{b, c}",
        "a as b",
        "<a>::b",
        "a::",
        "1",
        "fn",
        "self::a",
        "super::a",
        "a::super",
        "a::crate",
        "::crate",
        "Self",
    ] {
        match with_runtime(path) {
            Err(Error::Runtime { path: named, .. }) => assert_eq!(named, path),
            other => panic!("{path}: {other:?}"),
        }
    }
}

fn with_runtime(path: &str) -> Result<(), Error> {
    let options = Options {
        runtime: path.to_owned(),
        header: Vec::new(),
        serde: true,
    };
    let schema = common::schema("a x:string = A; ---functions--- f = A;");
    emit(&schema, &Annotations::default(), &options).map(drop)
}
