//! TL names in Rust: how they are converted, and what becomes of those that are taken.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use tl_schema_codegen::check::Options;
use tl_schema_codegen::emit::{Kind, index};
use tl_schema_codegen::ids::Dialect;
use tl_schema_codegen::load::load;
use tl_schema_codegen::names::{Names, fields, is_in_prelude, modules, snake, upper_camel};
use tl_schema_codegen::source::Source;

#[test]
fn types() {
    for (tl, rust) in [
        ("user", "User"),
        ("inputStickerSetID", "InputStickerSetId"),
        ("account.authorizationForm", "AuthorizationForm"),
        ("a.b.someName", "SomeName"),
        ("resPQ", "ResPq"),
        ("p_q_inner_data", "PQInnerData"),
        ("rpc_answer_dropped", "RpcAnswerDropped"),
        ("string_", "String"),
        ("topPeerCategoryBotsPM", "TopPeerCategoryBotsPm"),
        ("int128", "Int128"),
        ("a2B", "A2B"),
        ("HTTPServer", "Httpserver"),
        ("self", "Self_"),
    ] {
        assert_eq!(upper_camel(tl), rust, "{tl}");
    }
}

#[test]
fn fields_and_modules() {
    for (tl, rust) in [
        ("access_hash", "access_hash"),
        ("srp_B", "srp_b"),
        ("A", "a"),
        ("M1", "m1"),
        ("dcID", "dc_id"),
        ("fileReference", "file_reference"),
        ("g_a_or_b", "g_a_or_b"),
        ("flags2", "flags2"),
        // Keywords are escaped where they are written down, but for those that cannot be.
        ("type", "type"),
        ("self", "is_self"),
        ("super", "super_"),
        ("crate", "crate_"),
        // rustc warns of two underscores together.
        ("a__b", "a_b"),
        ("a___B_", "a_b_"),
    ] {
        assert_eq!(snake(tl), rust, "{tl}");
    }
    let outer = |name| modules(name).collect::<Vec<_>>();
    assert_eq!(
        outer("liteServer.nonFinal.info"),
        ["lite_server", "non_final"]
    );
    assert_eq!(outer("info"), Vec::<String>::new());
    assert_eq!(outer("types.types.info"), ["types_", "types_"]);
    // What stands beside the modules, the file of a module, and types that Rust has anyway.
    assert_eq!(outer("generic.mod.u32.info"), ["generic_", "mod_", "u32_"]);
    assert_eq!(outer("a__b.gen.info"), ["a_b", "gen"]);
}

/// The later one gets a number that nobody else has.
#[test]
fn names_that_become_the_same() {
    let schema = common::schema("someName = A; some_name = B; someName2 = C; ns.someName = D;");
    let names = Names::new(&schema);
    let constructors: Vec<_> = names.constructors.iter().map(|it| &*it.name).collect();
    assert_eq!(
        constructors,
        ["SomeName", "SomeName3", "SomeName2", "SomeName"]
    );
    assert_eq!(names.constructors[3].modules, ["ns"]);
    let types: Vec<_> = names.types.iter().map(|it| &*it.name).collect();
    assert_eq!(types, ["A", "B", "C", "D"]);
}

#[test]
fn fields_that_become_the_same() {
    let schema = common::schema("a b:int B:int int b2:int = A;");
    let names = fields(&schema.constructors[0].fields);
    assert_eq!(names, ["b", "b_2", "field_3", "b2"]);
    let schema = common::schema("a crate:int crate_:int crate_2:int = A;");
    let names = fields(&schema.constructors[0].fields);
    assert_eq!(names, ["crate_", "crate_3", "crate_2"]);
}

/// The warning says what the generated code has, whatever stands where.
#[test]
fn warnings_name_what_is_generated() {
    let text = "foo_bar x:int = A; fooBar x:int = A; fooBar2 x:int = A; \
        vec x:int = B; vec_ x:int = B; vec__ flags:# a:flags.0?int b:flags.0?int = B; \
        vec2 x:int = B; ---functions--- a.vec2A = A; a.vec_2a = A; a.vec_2A = A;";
    let paths: BTreeMap<_, _> = index(&common::schema(text))
        .into_iter()
        .filter(|it| it.kind != Kind::Type)
        .map(|it| (it.tl, it.path))
        .collect();
    let sources = [(Source::new("test.tl", text), Dialect::Server)];
    let checked = load(&sources, &Options::default()).expect("it is a schema");
    let mut renamed = BTreeMap::new();
    for warning in checked.warnings.iter() {
        let mut quoted = warning.message.split('`');
        let name = quoted.find(|it| paths.contains_key(*it));
        let name = name.expect("a definition is named");
        let hint = warning.hint.as_deref().and_then(|it| it.split('`').nth(1));
        renamed.insert(name, hint.expect("its name is told"));
    }
    let expected = [
        ("a.vec_2A", "Vec2a2"),
        ("fooBar", "FooBar3"),
        ("vec", "Vec_"),
        ("vec_", "Vec3"),
        ("vec__", "Vec4"),
    ];
    assert_eq!(renamed, expected.into());
    for (name, path) in &paths {
        let own = upper_camel(name);
        let last = path.rsplit("::").next();
        assert_eq!(
            last,
            Some(*renamed.get(&**name).unwrap_or(&&*own)),
            "{name}"
        );
    }
}

/// As the emitter does it.
#[test]
fn names_that_generated_code_uses() {
    let names = Names::new(&common::schema(
        "vec = Vec; vec_ = Vec_; types.form = Form;",
    ));
    let names: Vec<_> = names.constructors.iter().chain(&names.types).collect();
    let names = names.iter().map(|it| &*it.name);
    assert_eq!(
        names.collect::<Vec<_>>(),
        ["Vec_", "Vec2", "Form_", "Vec_", "Vec2", "Form_"]
    );
}

/// What the generated code is called in the end: keywords escaped, and what it needs itself
/// avoided.
#[test]
fn paths() {
    let schema = common::schema(
        "vec x:int = Vec; form x:int = Form; match x:int = Match; ok x:int = Ok; \
         type.in x:int = type.In; types.a x:int = types.A; self x:int = Self; \
         ---functions--- crate.loop = Ok;",
    );
    let paths: BTreeSet<_> = index(&schema).into_iter().map(|it| it.path).collect();
    let expected = [
        "enums::Form_",
        "enums::Match",
        "enums::Ok",
        "enums::Self_",
        "enums::Vec_",
        "enums::r#type::In",
        "enums::types_::A",
        "functions::crate_::Loop",
        "types::Form_",
        "types::Match",
        "types::Ok",
        "types::Self_",
        "types::Vec_",
        "types::r#type::In",
        "types::types_::A",
    ];
    assert_eq!(paths, expected.map(str::to_owned).into());
}

#[test]
fn what_rust_calls_so_itself() {
    for name in [
        "Vec", "Option", "String", "Ok", "Err", "Some", "None", "Box", "Result",
    ] {
        assert!(is_in_prelude(name), "{name}");
    }
    for name in ["vec", "User", "SecureValue", "HashMap", "Error"] {
        assert!(!is_in_prelude(name), "{name}");
    }
}

/// Told by the checker, which must find them among thousands of names.
#[test]
fn warnings() {
    for (text, warning) in [
        ("ok x:int = Fine;", "`ok` hides Rust's own `Ok`"),
        ("fine = ns.String;", "`ns.String` hides Rust's own `String`"),
        (
            "some_bc x:int = A; someBc x:int = B;",
            "another name becomes the same as `someBc` in Rust",
        ),
        (
            "a b:int B:int = A;",
            "another field becomes the same as `B` in Rust",
        ),
    ] {
        assert_eq!(warned(text), [warning], "{text}");
    }
    for text in [
        "some_bc = A; ns.someBc = B;",
        "a ok:int vec:int = A;",
        "okay = Okay;",
    ] {
        assert_eq!(warned(text), [""; 0], "{text}");
    }
}

fn warned(text: &str) -> Vec<String> {
    let sources = [(Source::new("test.tl", text), Dialect::Server)];
    match load(&sources, &Options::default()) {
        Ok(checked) => checked
            .warnings
            .iter()
            .map(|it| it.message.clone())
            .collect(),
        Err(error) => panic!("{error}"),
    }
}
