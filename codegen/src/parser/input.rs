//! Tokens as input to nom.

use std::ops::Range;

use nom::{Input, Needed};

use crate::lexer::{Kind, Statement, Token};
use crate::source::Span;

/// A run of the tokens of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tokens<'s, 't> {
    statement: &'t Statement<'s>,
    list: &'t [Token],
    file: u32,
    /// Where the last token before these ended.
    before: u32,
}

impl<'s, 't> Tokens<'s, 't> {
    /// The tokens in that range of indices.
    pub(super) fn new(statement: &'t Statement<'s>, file: u32, range: Range<usize>) -> Self {
        let (start, list) = (range.start, statement.tokens.get(range).unwrap_or_default());
        let before = start.checked_sub(1).and_then(|at| statement.tokens.get(at));
        Self {
            statement,
            list,
            file,
            before: before.map_or(0, |token| token.end),
        }
    }

    /// The tokens themselves.
    pub(super) fn list(&self) -> &'t [Token] {
        self.list
    }

    /// The next token.
    pub(super) fn first(&self) -> Option<Token> {
        self.list.first().copied()
    }

    /// The kind of a token, counted from zero.
    pub(super) fn kind(&self, index: usize) -> Option<Kind> {
        self.list.get(index).map(|token| token.kind)
    }

    /// All but the first ones.
    pub(super) fn skip(self, count: usize) -> Self {
        let (skipped, list) = self
            .list
            .split_at_checked(count)
            .unwrap_or((self.list, &[]));
        let before = skipped.last().map_or(self.before, |token| token.end);
        Self {
            list,
            before,
            ..self
        }
    }

    /// Does the next token begin a line, without blanks before it?
    pub(super) fn begins_line(&self) -> bool {
        let before = (self.start() as usize).checked_sub(1);
        before.and_then(|at| self.statement.text.as_bytes().get(at)) == Some(&b'\n')
    }

    /// What the text says at a token.
    pub(super) fn text_of(&self, token: Token) -> &'s str {
        self.statement.text_of(token)
    }

    /// Where the last token before these ended.
    pub(super) fn before(&self) -> u32 {
        self.before
    }

    /// Where the next token begins; where the last one ended if there is none.
    pub(super) fn start(&self) -> u32 {
        self.first().map_or(self.before, |token| token.start)
    }

    /// The text from `start` up to these tokens.
    pub(super) fn span_from(&self, start: u32) -> Span {
        Span {
            file: self.file,
            start,
            end: self.before(),
        }
    }
}

impl<'t> Input for Tokens<'_, 't> {
    type Item = Token;
    type Iter = std::iter::Copied<std::slice::Iter<'t, Token>>;
    type IterIndices = std::iter::Enumerate<Self::Iter>;

    fn input_len(&self) -> usize {
        self.list.len()
    }

    fn take(&self, index: usize) -> Self {
        Self {
            list: self.list.get(..index).unwrap_or(self.list),
            ..*self
        }
    }

    fn take_from(&self, index: usize) -> Self {
        self.skip(index)
    }

    fn take_split(&self, index: usize) -> (Self, Self) {
        (self.take_from(index), self.take(index))
    }

    fn position<P: Fn(Token) -> bool>(&self, predicate: P) -> Option<usize> {
        self.list.iter().position(|token| predicate(*token))
    }

    fn iter_elements(&self) -> Self::Iter {
        self.list.iter().copied()
    }

    fn iter_indices(&self) -> Self::IterIndices {
        self.iter_elements().enumerate()
    }

    fn slice_index(&self, count: usize) -> Result<usize, Needed> {
        if count <= self.input_len() {
            Ok(count)
        } else {
            Err(Needed::Unknown)
        }
    }
}
