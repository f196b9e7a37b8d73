//! Text with positions: what every stage points back to.

use std::fmt;
use std::sync::OnceLock;

/// One file of TL text, and the name that messages call it by.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: String,
    /// Found when a place is first asked for, which mostly never happens.
    line_starts: OnceLock<Vec<u32>>,
}

impl Source {
    /// Takes `text` under the name that diagnostics will show, usually a path.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            line_starts: OnceLock::new(),
        }
    }

    /// The name given to [`Source::new`].
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte offset, both counted from one, columns in characters.
    ///
    /// An offset past the end is taken as the end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = (offset as usize).min(self.text.len());
        let line = self
            .line_starts()
            .partition_point(|&start| start as usize <= offset);
        let start = self.line_starts()[line - 1] as usize;
        let column = self.text.as_bytes()[start..offset]
            .iter()
            .filter(|&&byte| byte & 0xC0 != 0x80)
            .count();
        Position {
            line,
            column: column + 1,
        }
    }

    /// Bytes between the start of a line and an offset in it.
    pub(crate) fn column_bytes(&self, offset: u32) -> usize {
        let offset = offset.min(self.text.len() as u32);
        let line = self.line_starts().partition_point(|&start| start <= offset);
        (offset - self.line_starts()[line - 1]) as usize
    }

    /// The text of a line counted from one, without its line end.
    pub fn line(&self, line: usize) -> &str {
        let Some(&start) = line
            .checked_sub(1)
            .and_then(|at| self.line_starts().get(at))
        else {
            return "";
        };
        let end = self
            .line_starts()
            .get(line)
            .map_or(self.text.len(), |&next| next as usize);
        self.text[start as usize..end].trim_end_matches(['\n', '\r'])
    }

    /// Where each line begins; the first one always does at zero.
    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let text = self.text.as_bytes();
            // A text past four gigabytes is refused by the parser; until then its tail has no lines.
            let addressable = &text[..text.len().min(u32::MAX as usize)];
            let ends = (1..).zip(addressable).filter(|&(_, &byte)| byte == b'\n');
            std::iter::once(0).chain(ends.map(|(at, _)| at)).collect()
        })
    }
}

/// A place in a text, counted from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Column, in characters.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// A range of bytes in one of the sources that were parsed together.
///
/// Two spans are always equal: trees compare by what they say, not by where they say it, so that
/// a printed and reparsed tree equals the first one.
#[derive(Debug, Clone, Copy, Default)]
pub struct Span {
    /// Index of the source.
    pub file: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Its length in bytes.
    pub fn len(&self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Does it mark a place between two bytes?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl PartialEq for Span {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Span {}
