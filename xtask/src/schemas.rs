//! TL files: read, parsed and checked together, with their diagnostics told.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use tl_schema_codegen::check::Options;
use tl_schema_codegen::diagnostic::Diagnostics;
use tl_schema_codegen::ids::Dialect;
use tl_schema_codegen::load::{Checked, LoadError, load};
use tl_schema_codegen::source::Source;

use crate::data::explained_exceptions;
use crate::failure::{Failure, tell};

/// What schema files do not say about themselves.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Facts {
    /// How ids are computed where none is written: once for all files, or once for each
    #[arg(long, value_name = "DIALECT", default_value = "server", num_args = 1)]
    pub(crate) dialect: Vec<DialectName>,
    /// A type, besides Object, that stands for a boxed value of any type
    #[arg(long, value_name = "TYPE", num_args = 1)]
    pub(crate) any: Vec<String>,
    /// A definition whose id is known to differ from what its text says
    #[arg(long, value_name = "NAME", num_args = 1)]
    pub(crate) exception: Vec<String>,
    /// The same from a file, with the reason of each: below a line `[exceptions]`,
    /// NAME = "why", a name with a dot in it in quotes
    #[arg(long, value_name = "FILE", num_args = 1, verbatim_doc_comment)]
    pub(crate) exceptions: Vec<PathBuf>,
}

/// Which normal form the ids of a file follow
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum DialectName {
    /// Telegram's server schemas: `bytes` counts as `string`, `?true` fields do not count
    Server,
    /// The original parser, as used for td_api and by TON: nothing is replaced
    Reference,
}

/// Files that make up one schema.
#[derive(Default)]
pub(crate) struct Files {
    pub(crate) sources: Vec<(Source, Dialect)>,
    pub(crate) options: Options,
}

impl Files {
    /// Reads files, which messages call as the caller does.
    pub(crate) fn read<P: AsRef<Path>>(paths: &[P], facts: &Facts) -> Result<Self, Failure> {
        if facts.dialect.len() > 1 && facts.dialect.len() != paths.len() {
            let message = format!("{} dialects for {} files", facts.dialect.len(), paths.len());
            return Err(Failure::trouble(message).hint("give one for each file, or one for all"));
        }
        let dialect = |at| match facts.dialect.get(at).or(facts.dialect.first()) {
            None | Some(DialectName::Server) => Dialect::Server,
            Some(DialectName::Reference) => Dialect::Reference,
        };
        let mut exceptions: BTreeSet<String> = facts.exception.iter().cloned().collect();
        for path in &facts.exceptions {
            exceptions.extend(explained_exceptions(path)?);
        }
        let sources = paths
            .iter()
            .enumerate()
            .map(|(at, path)| Ok((read(path.as_ref())?, dialect(at))));
        Ok(Self {
            sources: sources.collect::<Result<_, Failure>>()?,
            options: Options {
                exceptions,
                any: facts.any.iter().cloned().collect(),
            },
        })
    }

    /// One file in the server's dialect.
    pub(crate) fn of(source: Source) -> Self {
        Self {
            sources: vec![(source, Dialect::Server)],
            options: Options::default(),
        }
    }

    /// Each file as a schema of its own.
    pub(crate) fn split(self) -> Vec<Self> {
        let options = self.options;
        let one = |source| Self {
            sources: vec![source],
            options: options.clone(),
        };
        self.sources.into_iter().map(one).collect()
    }

    /// Parses and checks. Warnings go to standard error, errors into the failure.
    pub(crate) fn load(&self) -> Result<Checked<'_>, Failure> {
        let checked = self.check()?;
        tell(self.render(&checked.warnings));
        Ok(checked)
    }

    /// Parses and checks, and tells nobody of warnings.
    pub(crate) fn check(&self) -> Result<Checked<'_>, LoadError> {
        load(&self.sources, &self.options)
    }

    /// Diagnostics as text, empty if there are none.
    pub(crate) fn render(&self, diagnostics: &Diagnostics) -> String {
        let sources: Vec<&Source> = self.sources.iter().map(|(source, _)| source).collect();
        diagnostics.render(&sources)
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        Failure::told(format!("{error}\n"))
    }
}

/// Reads one file, which messages call as the caller does.
pub(crate) fn read(path: &Path) -> Result<Source, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::file("read", path, &error))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::finding(format_args!("{} is not UTF-8 at byte {at}", path.display()))
            .hint("is this a text file?")
    })?;
    Ok(Source::new(path.display().to_string(), text))
}
