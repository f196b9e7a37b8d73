//! `cargo xtask import`

mod rewrite;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tl_schema_codegen::diff::diff;
use tl_schema_codegen::load::Checked;
use tl_schema_codegen::schema::Schema;
use tl_schema_codegen::select::{explain, select};
use tl_schema_codegen::source::Source;
use tl_schema_codegen::syntax::Tree;

use crate::failure::{Failure, say, tell};
use crate::output::{Changes, Mode, lf, sync_file};
use crate::passport::{Passport, SCHEMA, SELECTION};
use crate::progress::Progress;
use crate::schemas::{Facts, Files};
use rewrite::rewrite;

/// Take the definitions of a new layer from its whole schema
///
/// Selects from the whole schema what tl/schema/selection.toml names, and rewrites
/// tl/schema/passport.tl: what stays keeps its place, its group and its comments; what is new goes
/// to the group of its type, or else to a group at the end. The layer is changed in both files.
/// Shows how the selected definitions differ from those before, whom that breaks, and which types
/// cost the most.
///
/// Afterwards the data in tl/schema may have gaps, which `cargo xtask regenerate` names.
///
/// Exit codes: 0 done, also if nothing changed; 1 the new schema is wrong, or lacks a root;
/// 2 something could not be read or written.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// The whole schema of the new layer
    file: PathBuf,
    /// Show the changes, and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let progress = Progress::start("importing");
    let passport = Passport::read()?;
    let Checked {
        schema: old,
        trees: old_trees,
        ..
    } = passport.files.load()?;
    let whole = Files::read(&[&arguments.file], &Facts::default())?;
    let Checked {
        schema: new,
        trees: new_trees,
        ..
    } = whole.load()?;
    let layer = new.layer.ok_or_else(|| {
        let message = format!(
            "{} does not say which layer it is",
            arguments.file.display()
        );
        Failure::finding(message).hint("put `// LAYER n` at its top")
    })?;
    let manifest = passport.roots.manifest();
    let selection = select(&new, &manifest)?;
    let ([old_tree], [new_tree]) = (&old_trees[..], &new_trees[..]) else {
        return Err(Failure::trouble("one file gave several trees"));
    };
    let keep = kept(old_tree, &old, &selection.schema);
    let text = rewrite(old_tree, new_tree, &keep, layer);
    prove(&text, &selection.schema)?;
    say(diff(&old, &selection.schema))?;
    say(format_args!(
        "\nthe {SHOWN} types that drag in most types/constructors\n"
    ))?;
    for line in explain(&new, &manifest)?
        .to_string()
        .lines()
        .skip(1)
        .take(1 + SHOWN)
    {
        say(format_args!("{line}\n"))?;
    }
    let changes = match arguments.dry_run {
        true => "nothing written".to_owned(),
        false => write(&passport.root, &text, layer)?.to_string(),
    };
    let (counts, time) = (selection.counts, progress.elapsed());
    say(format_args!("\n{counts}, {changes}, {time}\n"))
}

/// Writes the schema, and the layer into the manifest.
fn write(root: &Path, text: &str, layer: u32) -> Result<Changes, Failure> {
    let path = root.join(SELECTION);
    let roots = fs::read_to_string(&path).map_err(|error| Failure::file("read", &path, &error))?;
    let mut changes = Changes::default();
    changes.count(&sync_file(
        &path,
        &with_layer(&lf(&roots), layer),
        Mode::Write,
    )?);
    changes.count(&sync_file(&root.join(SCHEMA), text, Mode::Write)?);
    if changes != Changes::default() {
        tell("hint: go on with `cargo xtask regenerate`\n");
    }
    Ok(changes)
}

/// Types of the report that are shown.
const SHOWN: usize = 10;

/// Names of what the new file is to hold: the selection, and the built-in declarations that the
/// old file has, which a schema does not list.
fn kept<'a>(old_tree: &Tree<'a>, old: &Schema, selected: &'a Schema) -> BTreeSet<&'a str> {
    let names = |schema: &'a Schema| {
        schema
            .constructors
            .iter()
            .chain(&schema.functions)
            .map(|it| &*it.name)
    };
    let listed = |name: &str| {
        old.constructors
            .iter()
            .chain(&old.functions)
            .any(|it| it.name == name)
    };
    let declared = old_tree
        .definitions()
        .map(|(_, definition)| definition.name.text);
    names(selected)
        .chain(declared.filter(|name| !listed(name)))
        .collect()
}

/// Makes sure that the rewritten file says what was selected, all of it and no more.
fn prove(text: &str, selected: &Schema) -> Result<(), Failure> {
    let files = Files::of(Source::new(SCHEMA, text));
    let schema = files.load()?.schema;
    let lines = |schema: &Schema| {
        let all = schema.constructors.iter().chain(&schema.functions);
        let mut lines: Vec<String> = all.map(|it| it.text.clone()).collect();
        lines.sort();
        lines
    };
    if lines(&schema) != lines(selected) || schema.layer != selected.layer {
        return Err(
            Failure::trouble("the rewritten schema is not the selected one")
                .hint("this is a defect of this command, please report it"),
        );
    }
    Ok(())
}

/// The manifest with its line `layer = n` changed.
fn with_layer(text: &str, layer: u32) -> String {
    let line = |line: &str| match line.split_once('=') {
        Some((key, _)) if key.trim() == "layer" => format!("layer = {layer}\n"),
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}
