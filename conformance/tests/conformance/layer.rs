//! The whole of layer 230 and of the protocol below it: nothing is lost, every id is right, and
//! the numbers are those of the protocol reference, sections 2.1, 2.4 and 3.1.
//!
//! `cargo xtask corpora` does more of the kind, with other systems' schemas: it compiles.

use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::thread;

use conformance::{layer, schemas};
use tl_schema_codegen::annotations::Annotations;
use tl_schema_codegen::check::Options;
use tl_schema_codegen::emit;
use tl_schema_codegen::ids::{self, Dialect};
use tl_schema_codegen::load::load;
use tl_schema_codegen::parser::parse;
use tl_schema_codegen::print::print;
use tl_schema_codegen::schema::Schema;
use tl_schema_codegen::select::{Counts, Manifest, select};
use tl_schema_codegen::source::Source;
use tl_schema_codegen::syntax::{Definition, Section, Tree, TypeKind};

static API: LazyLock<Source> = LazyLock::new(layer::api);
static MTPROTO: LazyLock<Source> = LazyLock::new(layer::mtproto);

#[test]
fn all_definitions_of_the_api() {
    let tree = parsed(&API);
    assert_eq!(tree.layer(), Some(230));
    let functions = tree
        .definitions()
        .filter(|(section, _)| *section == Section::Functions);
    assert_eq!(functions.count(), 850);
    let constructors = tree
        .definitions()
        .filter(|(section, _)| *section == Section::Types);
    let results = constructors.map(|(_, it)| match &it.result.kind {
        TypeKind::Named { name, .. } => *name,
        other => panic!("{other:?} is no result"),
    });
    let results: Vec<_> = results.collect();
    assert_eq!(results.len(), 1704);
    assert_eq!(BTreeSet::from_iter(results).len(), 650);
    assert_eq!(semicolons(&API), 1704 + 850);
}

#[test]
fn all_definitions_of_the_protocol() {
    let tree = parsed(&MTPROTO);
    let definitions: Vec<_> = tree.definitions().map(|(_, it)| it).collect();
    let explicit = definitions.iter().filter(|it| it.id.is_some()).count();
    assert_eq!((definitions.len(), explicit), (51 + 15, 51));
    assert_eq!(semicolons(&MTPROTO), 51 + 15);
    let without = definitions.iter().filter(|it| it.id.is_none());
    let (tls, builtin): (BTreeSet<_>, BTreeSet<_>) = without
        .map(|it| it.name.text)
        .partition(|it| it.starts_with("tls"));
    assert_eq!(tls.len(), 8);
    let known = [
        "double", "int", "int128", "int256", "long", "string", "vector",
    ];
    assert_eq!(builtin, BTreeSet::from(known));
}

/// What the fields of the layer are like, section 2.1.
#[test]
fn fields_of_the_api() {
    let tree = parsed(&API);
    let definitions: Vec<_> = tree.definitions().map(|(_, it)| it).collect();
    let fields = || definitions.iter().flat_map(|it| it.fields());
    let words = |name: &str| {
        let named = fields().filter(|it| it.name.is_some_and(|it| it.text == name));
        named.filter(|it| it.ty.kind == TypeKind::Nat).count()
    };
    assert_eq!((words("flags"), words("flags2")), (778, 6));
    let bits = fields().filter_map(|it| it.condition?.bit);
    assert_eq!(bits.max(), Some(30));
    let vectors = definitions.iter().filter(|it| match &it.result.kind {
        TypeKind::Named { name, args, .. } => *name == "Vector" && args.len() == 1,
        _ => false,
    });
    // `vector#1cb5c415 {t:Type} # [ t ] = Vector t` itself is one more.
    assert_eq!(vectors.count(), 41 + 1);
    let calls = |it: &&&Definition| {
        let mut fields = it.fields().iter();
        fields.any(|it| matches!(it.ty.kind, TypeKind::Call(_)))
    };
    assert_eq!(definitions.iter().filter(calls).count(), 11);
}

#[test]
fn every_id_of_the_api() {
    let tree = parsed(&API);
    let definitions: Vec<_> = tree.definitions().map(|(_, it)| it).collect();
    assert_eq!(unexplained(&definitions), (2554, BTreeSet::new()));
    let distinct: BTreeSet<_> = definitions.iter().filter_map(|it| it.id).collect();
    assert_eq!(distinct.len(), 2554);
}

#[test]
fn ids_of_the_protocol_with_three_exceptions() {
    let tree = parsed(&MTPROTO);
    let definitions: Vec<_> = tree.definitions().map(|(_, it)| it).collect();
    assert_eq!(unexplained(&definitions), (48, BTreeSet::from(EXCEPTIONS)));
    // The first is right where `bytes` stays what it is.
    let mut definitions = definitions.iter();
    let first = definitions.find(|it| it.name.text == EXCEPTIONS[2]);
    let computed = first.map(|it| ids::compute(it, Dialect::Reference));
    assert_eq!(computed, Some(0x3798_2646));
}

#[test]
fn nothing_to_be_warned_of() {
    for (source, exceptions) in [(&API, &EXCEPTIONS[..0]), (&MTPROTO, &EXCEPTIONS)] {
        let sources = [(Source::clone(source), Dialect::Server)];
        let options = Options {
            exceptions: exceptions.iter().map(|&it| it.to_owned()).collect(),
            ..Options::default()
        };
        let checked = load(&sources, &options).expect("the file is sound");
        assert_eq!(checked.warnings.render(&[source]), "");
    }
}

#[test]
fn printed_and_parsed_back() {
    for source in [&*API, &*MTPROTO] {
        let tree = parsed(source);
        let printed = Source::new("printed.tl", print(&tree));
        let again = parsed(&printed);
        assert!(
            again == tree,
            "{} is another one when printed",
            source.name()
        );
        assert_eq!(print(&again), printed.text());
    }
}

/// Section 3.1, all of its table: methods, types, constructors, definitions in all.
#[test]
fn closures() {
    let whole = schemas::checked("api.tl", API.text());
    let twenty = [&CORE[..], &PASSWORD, &VERIFICATION, &UPLOAD, &OTHERS].concat();
    let opaque = ["User", "InputFileLocation", "auth.SentCode"];
    let none = &[][..];
    for (methods, constructors, types, opaque, expected) in [
        (&CORE[..], none, none, none, [6, 21, 58, 64]),
        (&PASSWORD, none, none, none, [3, 8, 13, 16]),
        (&VERIFICATION, none, none, none, [6, 23, 92, 98]),
        (&UPLOAD, none, none, none, [3, 8, 47, 50]),
        (&OTHERS, none, none, none, [2, 7, 38, 40]),
        (&twenty, none, none, none, [20, 49, 179, 199]),
        (&twenty, &ACTIONS, none, none, [20, 49, 181, 201]),
        (&twenty, &ACTIONS, none, &opaque[..1], [20, 41, 161, 181]),
        (&twenty, &ACTIONS, none, &opaque[..2], [20, 38, 136, 156]),
        (&twenty, &ACTIONS, none, &opaque, [20, 32, 88, 108]),
        (&twenty, none, &["MessageAction"], none, [20, 126, 544, 564]),
        (&twenty, none, &["Message"], none, [20, 144, 577, 597]),
        (&twenty, none, &["Update"], none, [20, 208, 905, 925]),
        (&twenty, none, &["Updates"], none, [20, 209, 912, 932]),
    ] {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        let manifest = Manifest {
            methods: owned(methods),
            types: owned(types),
            constructors: owned(constructors),
            opaque: owned(opaque),
        };
        let selection = select(&whole, &manifest).expect("the layer has all of these");
        let Counts {
            methods,
            types,
            constructors,
        } = selection.counts;
        let found = [methods, types, constructors, methods + constructors];
        assert_eq!(found, expected, "{manifest:?}");
    }
}

#[test]
fn passport_is_what_its_roots_select() {
    let selected = schemas::passport_of(&schemas::checked("api.tl", API.text()));
    let lines = |schema: &Schema| {
        let all = schema.constructors.iter().chain(&schema.functions);
        all.map(|it| it.text.clone()).collect::<BTreeSet<_>>()
    };
    assert_eq!(lines(&selected), lines(schemas::passport()));
}

/// Nothing depends on the order of a hash map, and no definition is lost.
#[test]
fn generated_twice() {
    let schema = schemas::checked("api.tl", API.text());
    let generate = || {
        let options = emit::Options {
            runtime: "::telegram_passport_tl".to_owned(),
            header: Vec::new(),
            serde: false,
        };
        let files = emit::emit(&schema, &Annotations::default(), &options);
        files.expect("what is generated is Rust")
    };
    let (first, second) = thread::scope(|scope| {
        let second = scope.spawn(generate);
        (generate(), second.join().expect("it ends well"))
    });
    assert!(first == second, "the files differ from one run to the next");
    let paths: BTreeSet<_> = first.iter().map(|file| &file.path).collect();
    assert_eq!(paths.len(), first.len());

    // Each definition that has a type of its own is there, with its line of TL.
    let lines = first.iter().flat_map(|it| it.text.lines());
    let docs: BTreeSet<&str> = lines
        .filter_map(|it| it.trim().strip_prefix("/// "))
        .collect();
    for entry in emit::index(&schema) {
        let definitions = match entry.kind {
            emit::Kind::Constructor => &schema.constructors,
            emit::Kind::Function => &schema.functions,
            emit::Kind::Type => continue,
        };
        let mut definitions = definitions.iter();
        let definition = definitions.find(|it| it.name == entry.tl);
        let text = definition.map(|it| &*it.text);
        assert!(
            text.is_some_and(|it| docs.contains(it)),
            "{text:?} is missing"
        );
    }
}

fn parsed(source: &Source) -> Tree<'_> {
    let (tree, diagnostics) = parse(source, 0);
    assert_eq!(diagnostics.render(&[source]), "");
    tree
}

/// What ends a definition, outside of comments: no parser can lose one unnoticed.
fn semicolons(source: &Source) -> usize {
    let lines = source.text().lines();
    let code = lines.map(|line| line.split_once("//").map_or(line, |(code, _)| code));
    code.map(|line| line.matches(';').count()).sum()
}

/// How many explicit ids are those of the text, and the names of the others.
fn unexplained<'a>(definitions: &[&Definition<'a>]) -> (usize, BTreeSet<&'a str>) {
    let explicit = definitions.iter().filter_map(|it| Some((it.id?, it)));
    let (right, wrong): (Vec<_>, Vec<_>) =
        explicit.partition(|(id, it)| ids::compute(it, Dialect::Server) == *id);
    let names = wrong.iter().map(|(_, it)| it.name.text).collect();
    (right.len(), names)
}

/// Definitions of the protocol whose id is not that of their text, section 2.4.
const EXCEPTIONS: [&str; 3] = ["accessPointRule", "help.configSimple", "ipPortSecret"];

const CORE: [&str; 6] = [
    "account.getAuthorizationForm",
    "account.acceptAuthorization",
    "account.saveSecureValue",
    "account.getSecureValue",
    "account.getAllSecureValues",
    "account.deleteSecureValue",
];
const PASSWORD: [&str; 3] = [
    "account.getPassword",
    "account.getPasswordSettings",
    "account.updatePasswordSettings",
];
const VERIFICATION: [&str; 6] = [
    "account.sendVerifyPhoneCode",
    "account.verifyPhone",
    "account.sendVerifyEmailCode",
    "account.verifyEmail",
    "auth.resendCode",
    "auth.cancelCode",
];
const UPLOAD: [&str; 3] = [
    "upload.saveFilePart",
    "upload.saveBigFilePart",
    "upload.getFile",
];
const OTHERS: [&str; 2] = ["users.setSecureValueErrors", "help.getPassportConfig"];
const ACTIONS: [&str; 2] = [
    "messageActionSecureValuesSentMe",
    "messageActionSecureValuesSent",
];
