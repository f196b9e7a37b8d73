//! Schema text through to generated code.

use std::fs;

use tl_schema_codegen::annotations::Annotations;
use tl_schema_codegen::check::Options;
use tl_schema_codegen::emit::{self, emit};
use tl_schema_codegen::ids::Dialect;
use tl_schema_codegen::load::{LoadError, load};
use tl_schema_codegen::parser::parse;
use tl_schema_codegen::print::print;
use tl_schema_codegen::schema::Schema;
use tl_schema_codegen::select::{Manifest, select};
use tl_schema_codegen::source::Source;

use super::meter::bounded;
use crate::schemas;

/// A text, parsed, checked, selected from, and turned into code; in both dialects.
///
/// What parses is printed, parses again and is printed the same; the printed text is the same schema.
/// What does not load has an error that lies within the text, and its messages hold nothing that a
/// terminal would take for a command. A selection of everything is everything, and code is generated
/// for it: the generator says itself if that is not Rust.
pub fn schema_text(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    let most = 2048 * text.len() + 256 * 1024;
    let printed = bounded(most, || printed(text));
    for dialect in [Dialect::Server, Dialect::Reference] {
        let sources = [(Source::new("fuzz.tl", text), dialect)];
        match bounded(most, || load(&sources, &Options::default())) {
            Err(error) => refused(text, &error),
            Ok(checked) => {
                let printed = printed.as_deref().expect("what loads has no errors");
                let sources = [(Source::new("fuzz.tl", printed), dialect)];
                let again = load(&sources, &Options::default());
                let again = again.unwrap_or_else(|error| panic!("{printed}\n{error}"));
                assert_eq!(names(&again.schema), names(&checked.schema), "{printed}");
                generated(&checked.schema);
            }
        }
    }
}

/// The canonical form, if the text parses without an error.
fn printed(text: &str) -> Option<String> {
    let source = Source::new("fuzz.tl", text);
    let (tree, problems) = parse(&source, 0);
    if problems.errors() > 0 {
        return None;
    }
    let printed = print(&tree);
    let source = Source::new("fuzz.tl", &*printed);
    let (tree, problems) = parse(&source, 0);
    assert_eq!(problems.errors(), 0, "{printed}");
    assert_eq!(print(&tree), printed);
    Some(printed)
}

fn refused(text: &str, error: &LoadError) {
    assert!(error.diagnostics.errors() > 0);
    for problem in error.diagnostics.iter() {
        let span = problem.span;
        let there = text.get(span.start as usize..span.end as usize);
        assert!(there.is_some(), "{}: {span:?}", problem.message);
    }
    let shown = error.to_string();
    let mut letters = shown.chars();
    assert!(
        letters.all(|it| it == '\n' || !it.is_control()),
        "{shown:?}"
    );
}

/// Names and ids of all that is declared.
fn names(schema: &Schema) -> Vec<(&str, u32)> {
    let combinators = schema.constructors.iter().chain(&schema.functions);
    combinators.map(|it| (&*it.name, it.id)).collect()
}

fn generated(schema: &Schema) {
    let functions = schema.functions.iter().map(|it| &*it.name);
    let everything = Manifest {
        methods: functions.map(str::to_owned).collect(),
        types: schema.types.iter().map(|it| it.name.clone()).collect(),
        ..Manifest::default()
    };
    let selection = select(schema, &everything);
    let selected = selection.unwrap_or_else(|error| panic!("{error}")).schema;
    assert_eq!(names(&selected), names(schema));
    let options = emit::Options {
        runtime: "::telegram_passport_tl".to_owned(),
        header: Vec::new(),
        serde: true,
    };
    let files = emit(&selected, &Annotations::default(), &options);
    let files = files.unwrap_or_else(|error| panic!("{error}"));
    let mut paths: Vec<_> = files.iter().map(|file| &*file.path).collect();
    assert!(paths.contains(&"mod.rs"));
    paths.sort_unstable();
    assert!(paths.windows(2).all(|pair| pair[0] != pair[1]), "{paths:?}");
}

/// The tiny schemas, and the definitions of Passport's in pieces.
pub(super) fn seeds() -> Vec<Vec<u8>> {
    let names = schemas::tiny_names().expect("the tiny schemas are there");
    let read = |name: &String| {
        let path = format!("{}/schemas/{name}.tl", env!("CARGO_MANIFEST_DIR"));
        fs::read(path).expect("it was just listed")
    };
    let mut seeds: Vec<_> = names.iter().map(read).collect();
    let lines: Vec<_> = PASSPORT.lines().filter(|it| it.ends_with(';')).collect();
    seeds.extend(lines.chunks(8).map(|lines| lines.join("\n").into_bytes()));
    seeds
}

const PASSPORT: &str = include_str!("../../../tl/schema/passport.tl");
