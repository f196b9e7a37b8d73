//! Snapshots: text that is compared with a committed file.
//!
//! `INSTA_UPDATE=always cargo test conformance` rewrites the files; what changed is then to be
//! read before it is committed.

use conformance::schemas;
use insta::{Settings, assert_snapshot};
use tl_schema_codegen::annotations::Annotations;
use tl_schema_codegen::diff::diff;
use tl_schema_codegen::emit::{File, Options, emit};
use tl_schema_codegen::parser::parse;
use tl_schema_codegen::print::print;
use tl_schema_codegen::source::Source;

include!(concat!(env!("OUT_DIR"), "/tiny_tests.rs"));

for_tiny_schemas!(definitions_of);

/// The schema, and what was made of each of its definitions.
fn definitions_of(name: &str) {
    let (text, mut files) = generated(name);
    files.retain(|file| file.path.starts_with("generic/"));
    snapshot("generated", name, &(text + &joined(&files)));
}

/// All files of one schema: the names for both forms, and the table of definitions.
#[test]
fn the_whole_tree_of_a_schema() {
    let (text, files) = generated("flags");
    snapshot("generated", "flags_whole_tree", &(text + &joined(&files)));
}

/// Nothing depends on addresses, times or the order of a hash map.
#[test]
fn the_same_text_each_time() {
    for name in schemas::tiny_names().expect("the schemas can be listed") {
        assert_eq!(generated(&name), generated(&name));
    }
}

#[test]
fn printed_form() {
    let source = Source::new("schema.tl", LOOSE);
    let (tree, problems) = parse(&source, 0);
    assert_eq!(problems.errors(), 0, "{}", problems.render(&[&source]));
    let printed = print(&tree);
    snapshot(
        "printed",
        "printed_form",
        &format!("{LOOSE}\n=====\n\n{printed}"),
    );
    let again = Source::new("printed.tl", &*printed);
    assert_eq!(parse(&again, 0).0, tree);
    assert_eq!(print(&parse(&again, 0).0), printed);
}

/// A schema in as many spellings as there are.
const LOOSE: &str = "\
/* made by hand */ // LAYER 7
int ? = Int;   long?=Long;
vector#1cb5c415 {t:Type} # [ t ] = Vector t;

//@description A note
// of two lines
note#0000002A flags:#
    text:flags.0?string   // what it says
    tags:(Vector string)
    more:(vector (Vector int)) = Note;   // the only one


empty#5=Note; other = ns.Sub.Type;
---functions------types---
   point x:int y:int=Point;
---functions---
get {X:Type} query:!X at:%Point from:point words:4*[int] = X ;
list = Vector<ns.Sub.Type>;
";

#[test]
fn differences_of_two_schemas() {
    let old = schemas::checked("old.tl", OLD);
    let new = schemas::checked("new.tl", NEW);
    let text = format!("{OLD}\n=====\n\n{NEW}\n=====\n\n{}", diff(&old, &new));
    snapshot("diff", "differences_of_two_schemas", &text);
}

const OLD: &str = "\
// LAYER 1
same value:int = Same;
gone value:int = Gone;
grown#10 flags:# a:flags.0?int = Grown;
widened#11 value:int = Widened;
renamed#12 value:int = Renamed;
field#13 old_name:int = Field;
swapped#14 a:int b:long = Swapped;
switch#15 flags:# a:flags.0?true = Switch;
shrunk#16 a:int b:int = Shrunk;
moved#17 a:int = Moved;
---functions---
call value:int = Same;
answer#18 = Same;
dropped = Same;
";

const NEW: &str = "\
// LAYER 2
same value:int = Same;
came value:int = Came;
alternative value:long = Same;
grown#20 flags:# a:flags.0?int b:flags.1?string = Grown;
widened#21 value:long = Widened;
otherName#12 value:int = Renamed;
field#13 new_name:int = Field;
swapped#24 b:long a:int = Swapped;
switch#15 flags:# a:flags.0?true b:flags.1?true = Switch;
shrunk#26 a:int = Shrunk;
moved#27 a:int = Elsewhere;
---functions---
call value:int = Same;
answer#28 = Came;
";

/// Compares a text with `tests/snapshots/FOLDER/NAME.snap`.
pub(crate) fn snapshot(folder: &str, name: &str, text: &str) {
    let mut settings = Settings::new();
    settings.set_snapshot_path(format!("../snapshots/{folder}"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| assert_snapshot!(name, text));
}

/// The text of a tiny schema, and the files that are generated for it.
fn generated(name: &str) -> (String, Vec<File>) {
    let (schema, text) = schemas::tiny(name).expect("the build script has seen the file");
    let options = Options {
        runtime: "::telegram_passport_tl".to_owned(),
        header: vec![format!("Generated from {name}.tl.")],
        serde: true,
    };
    let files = emit(&schema, &Annotations::default(), &options);
    (text, files.expect("the generated code can be formatted"))
}

fn joined(files: &[File]) -> String {
    let file = |file: &File| format!("\n===== {} =====\n\n{}", file.path, file.text);
    files.iter().map(file).collect()
}
