//! What came of a run, for people and for programs.

mod json;
mod junit;
mod markdown;
mod text;

use super::Verdict;
use super::judge::Outcome;

/// A run, with what its reports need.
#[derive(Clone, Debug)]
pub struct Run {
    /// What was tried.
    pub implementation: String,
    /// What became of each case.
    pub verdicts: Vec<Verdict>,
    /// Files of a kind that the runner does not know, with the kind.
    pub unknown: Vec<(String, String)>,
    /// Entries among the known failures that are not true.
    pub untrue: Vec<String>,
    /// Which of the verdicts are known failures, by their place.
    pub known: Vec<usize>,
}

/// A form of report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Lines for a terminal.
    Text,
    /// One object.
    Json,
    /// A table and a list.
    Markdown,
    /// `JUnit`'s XML, which CI systems read.
    Junit,
}

impl Run {
    /// Whether every case came out as its `result` says, and every known failure is one.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.failures().next().is_none() && self.untrue.is_empty()
    }

    /// The cases that did not pass and are not known to fail. "Not implemented" is among them: who
    /// wants to pass without them says so in the list of known failures.
    pub fn failures(&self) -> impl Iterator<Item = &Verdict> {
        let verdicts = self.verdicts.iter().enumerate();
        verdicts
            .filter(|(at, it)| it.outcome != Outcome::Pass && !self.known.contains(at))
            .map(|(_, it)| it)
    }

    /// How many came out so.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> usize {
        self.verdicts
            .iter()
            .filter(|it| it.outcome == outcome)
            .count()
    }

    /// The report.
    #[must_use]
    pub fn print(&self, format: Format) -> String {
        match format {
            Format::Text => text::print(self),
            Format::Json => json::print(self),
            Format::Markdown => markdown::print(self),
            Format::Junit => junit::print(self),
        }
    }

    /// Whether nothing is wrong but that operations are missing of which nobody said so.
    fn lacks_only(&self) -> bool {
        let mut failures = self.failures();
        !self.is_clean()
            && self.untrue.is_empty()
            && failures.all(|it| it.outcome == Outcome::Unsupported)
    }
}

/// The types of groups in the order in which they first occur, each with its file.
fn groups(verdicts: &[Verdict]) -> Vec<(&str, &str)> {
    let mut groups = Vec::new();
    for verdict in verdicts {
        let group = (verdict.file.as_str(), verdict.case.kind.as_str());
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups
}

/// How many of a group came out so.
fn count(verdicts: &[Verdict], group: (&str, &str), outcome: Outcome) -> usize {
    let verdicts = verdicts.iter();
    let of_group = verdicts.filter(|it| (it.file.as_str(), it.case.kind.as_str()) == group);
    of_group.filter(|it| it.outcome == outcome).count()
}

/// Texts from outside as Markdown, so that they stay in their place.
pub(super) fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '|' | '*' | '_' | '`' | '<' | '[' | '\\' | '#' => {
                out.push('\\');
                out.push(it);
            }
            it if is_unseen(it) => out.push(' '),
            it => out.push(it),
        }
    }
    out
}

/// Names of files and groups as Markdown: as they are, if that is all that they are.
pub(super) fn escape_markdown_name(name: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '.' | '/');
    match name.chars().all(is_plain) {
        true => name.to_owned(),
        false => escape_markdown(name),
    }
}

/// Texts from outside as XML or HTML. Characters that XML does not have become a blank.
pub(super) fn escape_xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            it if is_unseen(it) || matches!(it, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            it => out.push(it),
        }
    }
    out
}

/// Texts from outside for a terminal: what would move its cursor, end the line or turn the direction of
/// writing is shown by its number.
fn escape_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        match is_unseen(it) {
            true => out.extend(it.escape_default()),
            false => out.push(it),
        }
    }
    out
}

/// Characters that show nothing themselves and change how others are shown.
fn is_unseen(it: char) -> bool {
    let turns = matches!(
        it,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    it.is_control() || turns || matches!(it, '\u{2028}' | '\u{2029}')
}
