//! One schema through all stages.

use std::fmt::Write as _;
use std::path::Path;

use tl_schema_codegen::annotations::Annotations;
use tl_schema_codegen::emit::{self, Options};
use tl_schema_codegen::ids;
use tl_schema_codegen::parser::parse;
use tl_schema_codegen::print::print;
use tl_schema_codegen::source::Source;
use tl_schema_codegen::syntax::Tree;

use super::build::add;
use super::catalogue::Corpus;
use super::fetch::Places;
use super::oracle::Oracle;
use crate::failure::Failure;
use crate::regenerate::header;
use crate::schemas::Files;

/// What became of a schema.
pub(super) struct Row {
    name: &'static str,
    pub(super) definitions: usize,
    /// Explicit ids that the text explains, and explicit ids in all.
    ids: (usize, usize),
    /// Ids compared with those of the original parser.
    listed: Option<usize>,
    files: usize,
    problems: Vec<String>,
}

impl Row {
    /// What is not as it should be, each with the schema's name.
    pub(super) fn problems(&self) -> impl Iterator<Item = String> {
        self.problems
            .iter()
            .map(|problem| format!("{}: {problem}", self.name))
    }
}

/// Parses, counts, checks, prints, compares and generates; compiles nothing.
pub(super) fn examine(
    corpus: &Corpus,
    places: &Places,
    oracle: &Oracle,
    build: &Path,
) -> Result<Row, Failure> {
    let name = corpus.name;
    let files = corpus.read(places)?;
    let mut row = Row {
        name,
        definitions: 0,
        ids: (0, 0),
        listed: oracle.len(name),
        files: 0,
        problems: Vec::new(),
    };
    let checked = match files.check() {
        Ok(checked) => checked,
        Err(error) => {
            row.problems.push(error.to_string());
            return Ok(row);
        }
    };
    for (tree, (source, dialect)) in checked.trees.iter().zip(&files.sources) {
        let definitions = tree.definitions().count();
        row.definitions += definitions;
        let ends = ends_of_definitions(source.text());
        if definitions != ends {
            row.problems.push(format!(
                "{definitions} definitions parsed, {ends} in the text"
            ));
        }
        let explicit = tree.definitions().filter_map(|(_, it)| Some((it.id?, it)));
        for (id, definition) in explicit {
            row.ids.0 += usize::from(ids::compute(definition, *dialect) == id);
            row.ids.1 += 1;
        }
        let different = oracle.differences(name, tree, *dialect);
        if !different.is_empty() {
            let names = different.join(", ");
            row.problems
                .push(format!("ids are not those of the original parser: {names}"));
        }
        row.problems.extend(round_trip(tree));
    }
    if corpus
        .definitions
        .is_some_and(|known| known != row.definitions)
    {
        row.problems.push(format!(
            "{} definitions, others count otherwise",
            row.definitions
        ));
    }
    let options = Options {
        runtime: "::telegram_passport_tl".to_owned(),
        header: header(&files.sources, checked.schema.layer, COMMAND),
        serde: false,
    };
    match emit::emit(&checked.schema, &Annotations::default(), &options) {
        Ok(generated) => {
            row.files = generated.len();
            add(build, name, &generated)?;
        }
        Err(error) => row.problems.push(error.to_string()),
    }
    Ok(row)
}

impl Corpus {
    /// Its files, under the names that they have inside their package.
    pub(super) fn read(&self, places: &Places) -> Result<Files, Failure> {
        let Some(place) = places.get(&self.package) else {
            return Err(Failure::trouble(format_args!(
                "{} was not fetched",
                self.name
            )));
        };
        let mut files = Files::default();
        for path in self.files {
            let source = crate::schemas::read(&place.join(path))?;
            files
                .sources
                .push((Source::new(*path, source.text()), self.dialect));
        }
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        files.options.exceptions = owned(self.exceptions);
        files.options.any = owned(self.any);
        Ok(files)
    }
}

/// Counts semicolons outside of comments: what a parser cannot lose unnoticed.
fn ends_of_definitions(text: &str) -> usize {
    let code = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or(line));
    code.map(|line| line.matches(';').count()).sum()
}

/// Why the printed form does not say the same, if so.
fn round_trip(tree: &Tree) -> Option<String> {
    let printed = Source::new("printed", print(tree));
    let (again, diagnostics) = parse(&printed, 0);
    if diagnostics.errors() > 0 {
        return Some(format!(
            "the printed form is wrong\n{}",
            diagnostics.render(&[&printed])
        ));
    }
    (again != *tree).then(|| "the printed form does not say the same".to_owned())
}

/// All rows as a table.
pub(super) fn table(rows: &[Row]) -> String {
    let mut table = String::new();
    let head = [
        "schema",
        "definitions",
        "ids explained",
        "ids listed",
        "files",
        "result",
    ];
    let line = |table: &mut String, [name, definitions, ids, listed, files, result]: [&str; 6]| {
        // Writing to a `String` cannot fail.
        let _ = writeln!(
            table,
            "{name:12}{definitions:>12}{ids:>15}{listed:>12}{files:>7}  {result}"
        );
    };
    line(&mut table, head);
    for Row {
        name,
        definitions,
        ids: (right, all),
        listed,
        files,
        problems,
    } in rows
    {
        let ids = format!("{right} of {all}");
        let listed = listed.map_or("-".to_owned(), |count| count.to_string());
        let result = match problems.len() {
            0 => "ok".to_owned(),
            count => format!("{count} problems"),
        };
        let (definitions, files) = (definitions.to_string(), files.to_string());
        line(
            &mut table,
            [name, &definitions, &ids, &listed, &files, &result],
        );
    }
    table
}

/// What the files of generated code say they were made by.
pub(super) const COMMAND: &str = "cargo xtask corpora";
