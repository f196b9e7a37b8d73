//! Text to [`syntax::Tree`](crate::syntax::Tree).
//!
//! A definition ends at its semicolon, wherever that stands, so the tokens are cut there first.
//! One that cannot be read costs a diagnostic and nothing else: its neighbours are read as if it
//! were not there.

mod grammar;

use self::grammar::Problem;
use crate::diagnostic::{Diagnostic, Diagnostics, quoted};
use crate::lexer::{CommentAt, Kind, Lexed, MANY_LINES, Token, Tokens, lex};
use crate::source::{Source, Span};
use crate::syntax::{Comment, Definition, Item, Section, Tree};

/// How deep types may nest, parentheses included; real schemas need 2.
pub const MAX_DEPTH: usize = 32;

/// Reads a file, of which `file` is the number that spans will carry.
///
/// The tree holds all that could be understood; it is the whole text if there is no error.
pub fn parse(source: &Source, file: u32) -> (Tree<'_>, Diagnostics) {
    let text = source.text();
    let mut diagnostics = Diagnostics::default();
    if u32::try_from(text.len()).is_err() {
        let span = Span {
            file,
            start: 0,
            end: 0,
        };
        diagnostics.error(|| Diagnostic::error(span, "a schema of more than 4 GiB"));
        return (Tree::default(), diagnostics);
    }
    let Lexed {
        tokens,
        comments,
        unclosed_comment,
    } = lex(text);
    if let Some(start) = unclosed_comment {
        let span = Span {
            file,
            start,
            end: start + 2,
        };
        diagnostics.error(|| {
            Diagnostic::error(span, "this comment is never closed").with_hint("close it by `*/`")
        });
    }
    let (items, comments) = (Vec::new(), &*comments);
    let mut parser = Parser {
        text,
        file,
        tokens: &tokens,
        comments,
        items,
        diagnostics,
    };
    parser.run();
    (
        Tree {
            items: parser.items,
        },
        parser.diagnostics,
    )
}

struct Parser<'a, 'l> {
    text: &'a str,
    file: u32,
    tokens: &'l [Token],
    /// Those that have no place in the tree yet.
    comments: &'l [CommentAt],
    items: Vec<Item<'a>>,
    diagnostics: Diagnostics,
}

impl<'a> Parser<'a, '_> {
    fn run(&mut self) {
        let ends = |token: &Token| matches!(token.kind, Kind::Mark(b';') | Kind::Dashes);
        let mut at = 0;
        while let Some(token) = self.tokens.get(at) {
            let rest = self.tokens.get(at..).unwrap_or_default();
            let len = rest.iter().position(ends).unwrap_or(rest.len());
            at += match (token.kind, len) {
                (Kind::Dashes, _) => self.section(at, rest),
                (_, 0) => self.stray_semicolon(*token),
                _ => self.statement(at, len),
            };
        }
        let trailing = self.take_comments(|_| true);
        self.free_comments(trailing);
    }

    /// Reads `---name---`, and says how many tokens it takes.
    fn section(&mut self, at: usize, tokens: &[Token]) -> usize {
        let (open, section, len) = match tokens {
            [open, name, close, ..] if name.kind == Kind::Name && close.kind == Kind::Dashes => {
                let section = match self.text_of(*name) {
                    "types" => Some(Section::Types),
                    "functions" => Some(Section::Functions),
                    _ => None,
                };
                (
                    Token {
                        end: close.end,
                        ..*open
                    },
                    section,
                    3,
                )
            }
            [open, ..] => (*open, None, 1),
            [] => return 1,
        };
        let span = self.span(open.start, open.end);
        match section {
            Some(section) => {
                let comments = self.take_comments(|comment| comment.token as usize <= at);
                self.free_comments(comments);
                self.blank(open.lines);
                self.items.push(Item::Section(section, span));
            }
            None => self.diagnostics.error(|| {
                Diagnostic::error(span, "unknown section marker")
                    .with_hint("there are `---types---` and `---functions---`")
            }),
        }
        len
    }

    fn stray_semicolon(&mut self, token: Token) -> usize {
        let span = self.span(token.start, token.end);
        self.diagnostics.error(|| {
            Diagnostic::error(span, "a semicolon without a definition").with_hint("remove it")
        });
        1
    }

    /// Reads `len` tokens that hold no semicolon, and says how many it took, semicolon included.
    fn statement(&mut self, at: usize, len: usize) -> usize {
        let closed = self
            .tokens
            .get(at + len)
            .is_some_and(|t| t.kind == Kind::Mark(b';'));
        let taken = len + usize::from(closed);
        match self.definition(at, len) {
            Ok(definition) => {
                if !closed {
                    self.missing_semicolon(definition.span.end, None);
                }
                self.define(definition, at, taken);
            }
            Err(_) if self.next_beginning(at, len).is_some() => self.pieces(at, len, closed),
            Err(problem) => self.report(problem, at + taken),
        }
        taken
    }

    /// Reads several definitions of which at most the last has its semicolon.
    fn pieces(&mut self, at: usize, len: usize, closed: bool) {
        let (mut at, end) = (at, at + len);
        while at < end {
            let next = self.next_beginning(at, end - at);
            let len = next.unwrap_or(end - at);
            let taken = len + usize::from(closed && next.is_none());
            match self.definition(at, len) {
                Ok(definition) => {
                    if taken == len {
                        self.missing_semicolon(definition.span.end, next.map(|len| at + len));
                    }
                    self.define(definition, at, taken);
                }
                Err(problem) => self.report(problem, at + taken),
            }
            at += len;
        }
    }

    /// After how many tokens, if any, another definition seems to begin: on a new line, not
    /// indented.
    fn next_beginning(&self, at: usize, len: usize) -> Option<usize> {
        (1..len).find(|&skip| {
            let rest = self.input(at + skip, len - skip);
            let before = (rest.start() as usize).checked_sub(1);
            let begins_line = before.and_then(|at| self.text.as_bytes().get(at)) == Some(&b'\n');
            begins_line && grammar::looks_like_definition(rest)
        })
    }

    fn definition(&self, at: usize, len: usize) -> Result<Definition<'a>, Problem> {
        grammar::whole_definition(self.input(at, len))
    }

    /// Tells of a definition that could not be read; the comments inside go with it.
    fn report(&mut self, problem: Problem, end: usize) {
        self.take_comments(|comment| (comment.token as usize) < end);
        self.diagnostics
            .error(|| problem.report(self.text, self.file));
    }

    fn missing_semicolon(&mut self, end: u32, next: Option<usize>) {
        let span = self.span(end, end);
        let next = next
            .and_then(|at| self.tokens.get(at))
            .map(|token| self.text_of(*token));
        self.diagnostics.error(|| {
            let error = Diagnostic::error(span, "a semicolon is missing here");
            match next {
                Some(name) => error.with_hint(format!(
                    "{} seems to begin the next definition",
                    quoted(name)
                )),
                None => error.with_hint("every definition ends with `;`"),
            }
        });
    }

    /// Adds a definition of `len` tokens, with the comments around and inside it.
    fn define(&mut self, mut definition: Definition<'a>, at: usize, len: usize) {
        let above = self.take_comments(|comment| comment.token as usize <= at);
        // Those right above belong to it: all after the last empty line.
        let mut lines = self.tokens.get(at).map_or(0, |token| token.lines);
        let mut own = above.len();
        while lines < MANY_LINES
            && let Some(comment) = own.checked_sub(1).and_then(|last| above.get(last))
        {
            lines = comment.lines;
            own -= 1;
        }
        let (free, own) = above.split_at(own);
        self.free_comments(free);
        self.blank(lines);

        let inside = self.take_comments(|comment| (comment.token as usize) < at + len);
        let trailing =
            self.take_comments(|comment| comment.token as usize == at + len && comment.lines == 0);
        definition.comments = own
            .iter()
            .chain(inside)
            .map(|&at| self.comment(at))
            .collect();
        definition.trailing = trailing.iter().map(|&at| self.comment(at)).collect();
        self.items.push(Item::Definition(Box::new(definition)));
    }

    fn free_comments(&mut self, comments: &[CommentAt]) {
        for &comment in comments {
            self.blank(comment.lines);
            self.items.push(Item::Comment(self.comment(comment)));
        }
    }

    /// Notes an empty line, if there were that many line ends between two items.
    fn blank(&mut self, lines: u8) {
        if lines >= MANY_LINES && !self.items.is_empty() {
            self.items.push(Item::Blank);
        }
    }

    fn comment(&self, at: CommentAt) -> Comment<'a> {
        let end = if at.block { at.end - 2 } else { at.end };
        let text = self
            .text
            .get(at.start as usize + 2..end as usize)
            .unwrap_or_default();
        let text = if at.block {
            text
        } else {
            text.trim_ascii_end()
        };
        Comment {
            block: at.block,
            text,
            span: self.span(at.start, at.end),
        }
    }

    fn input(&self, at: usize, len: usize) -> Tokens<'a, '_> {
        let (before, rest) = self.tokens.split_at(at);
        let before = before.last().map_or(0, |token| token.end);
        Tokens {
            text: self.text,
            list: &rest[..len],
            file: self.file,
            before,
        }
    }

    fn text_of(&self, token: Token) -> &'a str {
        self.text
            .get(token.start as usize..token.end as usize)
            .unwrap_or_default()
    }

    fn span(&self, start: u32, end: u32) -> Span {
        Span {
            file: self.file,
            start,
            end,
        }
    }
}

impl<'l> Parser<'_, 'l> {
    /// The next comments, as long as they are wanted.
    fn take_comments(&mut self, wanted: impl Fn(&CommentAt) -> bool) -> &'l [CommentAt] {
        let len = self
            .comments
            .iter()
            .position(|c| !wanted(c))
            .unwrap_or(self.comments.len());
        let (taken, rest) = self.comments.split_at(len);
        self.comments = rest;
        taken
    }
}
