//! What is wrong with a schema, where, and how to mend it.

use std::fmt::Write as _;

use crate::source::{Source, Span};

/// One error or warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Does it keep the schema from being used?
    pub severity: Severity,
    /// What is wrong, in one line without a full stop at its end.
    pub message: String,
    /// Where.
    pub span: Span,
    /// The earlier place that the message speaks of, such as a first declaration.
    pub first: Option<Span>,
    /// What a person can do about it.
    pub hint: Option<String>,
}

/// The weight of a [`Diagnostic`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Severity {
    /// There is no schema until this is mended.
    Error,
    /// The schema can be used, though somebody should look at this.
    Warning,
}

impl Diagnostic {
    /// An error without a hint.
    pub fn error(span: Span, message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            severity: Severity::Error,
            message,
            span,
            first: None,
            hint: None,
        }
    }

    /// A warning without a hint.
    pub fn warning(span: Span, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(span, message)
        }
    }

    /// The same with a hint.
    #[must_use]
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }

    /// The same with the earlier place that it speaks of.
    #[must_use]
    pub fn with_first(self, span: Span) -> Self {
        Self {
            first: Some(span),
            ..self
        }
    }

    /// The whole message as shown to a person: several lines of visible characters.
    ///
    /// `sources` are those that were parsed together, in the order of their numbers.
    pub fn render(&self, sources: &[&Source]) -> String {
        let mut out = String::new();
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        // Writing to a `String` cannot fail.
        let _ = writeln!(out, "{severity}: {}", self.message);
        write_excerpt(&mut out, sources, self.span);
        if let Some(first) = self.first {
            out.push_str("first here:\n");
            write_excerpt(&mut out, sources, first);
        }
        if let Some(hint) = &self.hint {
            let _ = writeln!(out, "hint: {hint}");
        }
        out
    }
}

/// Errors and warnings in the order in which they were found, up to [`Diagnostics::LIMIT`] of each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    errors: usize,
    warnings: usize,
}

impl Diagnostics {
    /// How many errors are kept, and how many warnings; the rest is only counted.
    pub const LIMIT: usize = 100;

    /// Adds an error, unless there are enough: then it is not even made.
    pub(crate) fn error(&mut self, make: impl FnOnce() -> Diagnostic) {
        self.errors += 1;
        if self.errors <= Self::LIMIT {
            self.list.push(make());
        }
    }

    /// Adds a warning in the same way.
    pub(crate) fn warning(&mut self, make: impl FnOnce() -> Diagnostic) {
        self.warnings += 1;
        if self.warnings <= Self::LIMIT {
            self.list.push(make());
        }
    }

    /// Takes over what another stage found.
    pub fn append(&mut self, other: Self) {
        let (errors, warnings) = (self.errors, self.warnings);
        for diagnostic in other.list {
            match diagnostic.severity {
                Severity::Error => self.error(|| diagnostic),
                Severity::Warning => self.warning(|| diagnostic),
            }
        }
        self.errors = errors + other.errors;
        self.warnings = warnings + other.warnings;
    }

    /// The first errors and warnings.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// The number of errors, those included that were not kept.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// The number of warnings, those included that were not kept.
    pub fn warnings(&self) -> usize {
        self.warnings
    }

    /// All of them as shown to a person, by file and position, and how many more there were.
    pub fn render(&self, sources: &[&Source]) -> String {
        let mut sorted: Vec<_> = self.list.iter().collect();
        sorted.sort_by_key(|diagnostic| (diagnostic.span.file, diagnostic.span.start));
        let mut out: Vec<_> = sorted
            .iter()
            .map(|diagnostic| diagnostic.render(sources))
            .collect();
        for (count, severity, plural) in [
            (self.errors, "error", "errors"),
            (self.warnings, "warning", "warnings"),
        ] {
            match count.saturating_sub(Self::LIMIT) {
                0 => {}
                1 => out.push(format!("{severity}: one more is not shown\n")),
                more => out.push(format!("{severity}: {more} more {plural} are not shown\n")),
            }
        }
        out.join("\n")
    }
}

/// A piece of user text in a message: in back-quotes, clipped, made visible.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("`");
    let mut chars = text.chars();
    chars
        .by_ref()
        .take(MESSAGE_WIDTH)
        .for_each(|c| push_visible(&mut out, c));
    if chars.next().is_some() {
        out.push_str("...");
    }
    out.push('`');
    out
}

/// Position, line and caret.
fn write_excerpt(out: &mut String, sources: &[&Source], span: Span) {
    let Some(source) = sources.get(span.file as usize) else {
        return;
    };
    let position = source.position(span.start);
    out.push_str(" --> ");
    source.name().chars().for_each(|c| push_visible(out, c));
    let _ = writeln!(out, ":{position}");

    let line = source.line(position.line);
    let line_start = span.start as usize - source.column_bytes(span.start);
    let caret = (span.start as usize - line_start).min(line.len());
    let caret_end = (span.end as usize)
        .saturating_sub(line_start)
        .clamp(caret, line.len());
    let before = clip_left(line.get(..caret).unwrap_or_default());
    let marked = line.get(caret..caret_end).unwrap_or_default();
    let after = line.get(caret_end..).unwrap_or_default();

    let mut shown = String::from(" | ");
    if before.len() < caret {
        shown.push_str("...");
    }
    before.chars().for_each(|c| push_visible(&mut shown, c));
    let indent = shown.chars().count();
    let marked_clipped = clip_right(marked, EXCERPT_WIDTH);
    marked_clipped
        .chars()
        .for_each(|c| push_visible(&mut shown, c));
    let carets = (shown.chars().count() - indent).max(1);
    let after_clipped = match marked_clipped.len() == marked.len() {
        true => clip_right(after, EXCERPT_WIDTH / 2),
        false => "",
    };
    after_clipped
        .chars()
        .for_each(|c| push_visible(&mut shown, c));
    if marked_clipped.len() + after_clipped.len() < marked.len() + after.len() {
        shown.push_str("...");
    }
    let _ = writeln!(out, "{}", shown.trim_end());
    let _ = writeln!(out, " | {}{}", " ".repeat(indent - 3), "^".repeat(carets));
}

fn clip_left(text: &str) -> &str {
    match text.char_indices().rev().nth(EXCERPT_WIDTH - 1) {
        Some((at, _)) => &text[at..],
        None => text,
    }
}

fn clip_right(text: &str, width: usize) -> &str {
    match text.char_indices().nth(width) {
        Some((at, _)) => &text[..at],
        None => text,
    }
}

/// Writes a character so that it takes as many columns as it has characters, whatever the
/// terminal: those that are wide, combining, invisible or a command become escapes.
fn push_visible(out: &mut String, c: char) {
    match c {
        '\t' => out.push(' '),
        ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' => out.push(c),
        // Greek and Cyrillic, without the combining marks between them.
        '\u{370}'..='\u{482}' | '\u{48a}'..='\u{52f}' => out.push(c),
        _ => out.extend(c.escape_unicode()),
    }
}

/// Characters shown on each side of a caret, and under it.
const EXCERPT_WIDTH: usize = 80;
/// Characters of user text shown in a message.
const MESSAGE_WIDTH: usize = 60;
