//! Text to [`syntax::Tree`](crate::syntax::Tree).
//!
//! A definition ends at its semicolon, wherever that stands, so the tokens are cut there first.
//! One that cannot be read costs a diagnostic and nothing else: its neighbours are read as if it
//! were not there.

mod grammar;
mod input;
mod problem;

use self::input::Tokens;
use self::problem::Problem;
use crate::diagnostic::{Diagnostic, Diagnostics, quoted};
use crate::lexer::{CommentAt, Kind, Lexed, MANY_LINES, Token, lex};
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
    let lexed = lex(text);
    if let Some(start) = lexed.unclosed_comment {
        let span = Span {
            file,
            start,
            end: start + 2,
        };
        diagnostics.error(|| {
            Diagnostic::error(span, "this comment is never closed").with_hint("close it by `*/`")
        });
    }
    let mut parser = Parser {
        lexed: &lexed,
        file,
        comments: &lexed.comments,
        items: Vec::with_capacity(lexed.statements.len()),
        diagnostics,
    };
    let mut at = 0;
    for &end in &lexed.statements {
        parser.statement(at, end as usize);
        at = end as usize;
    }
    let rest = parser.take_comments(|_| true);
    parser.free_comments(rest);
    (
        Tree {
            items: parser.items,
        },
        parser.diagnostics,
    )
}

struct Parser<'a, 'l> {
    lexed: &'l Lexed<'a>,
    file: u32,
    /// Those that have no place in the tree yet.
    comments: &'l [CommentAt],
    items: Vec<Item<'a>>,
    diagnostics: Diagnostics,
}

impl<'a> Parser<'a, '_> {
    /// Reads the tokens from `at` to `end`, of which none but the last is a semicolon or a
    /// section marker.
    fn statement(&mut self, at: usize, end: usize) {
        match self.lexed.tokens.get(at..end) {
            None | Some([]) => {}
            Some([marker]) if marker.kind == Kind::Section => self.section(at, *marker),
            Some([.., last]) => {
                let closed = last.kind == Kind::Mark(b';');
                self.definitions(at, end - usize::from(closed), closed);
            }
        }
    }

    fn section(&mut self, at: usize, marker: Token) {
        let span = self.span(marker.start, marker.end);
        let name = self.lexed.text_of(marker).trim_matches('-').trim();
        let section = match name {
            "types" => Section::Types,
            "functions" => Section::Functions,
            _ => {
                return self.diagnostics.error(|| {
                    Diagnostic::error(span, format!("there is no section {}", quoted(name)))
                        .with_hint("write `---types---` or `---functions---`")
                });
            }
        };
        let comments = self.take_comments(|comment| comment.token as usize <= at);
        self.free_comments(comments);
        self.blank(marker.lines);
        self.items.push(Item::Section(section, span));
    }

    /// Reads the definition that ends before `end`, where its semicolon stands if it is closed.
    ///
    /// If it makes no sense, several may stand there of which at most the last is closed. They
    /// are told apart by their looks, which is not done before, since looks can deceive.
    fn definitions(&mut self, mut at: usize, end: usize, closed: bool) {
        match self.definition(at, end) {
            Ok(definition) => return self.define(definition, at, end, closed),
            Err(_) if self.next_beginning(at, end).is_some() => {}
            Err(problem) => return self.report(problem, end),
        }
        while at < end {
            let next = self.next_beginning(at, end);
            let stop = next.unwrap_or(end);
            match self.definition(at, stop) {
                Ok(definition) => self.define(definition, at, stop, closed && next.is_none()),
                Err(problem) => self.report(problem, stop),
            }
            at = stop;
        }
    }

    fn definition(&self, at: usize, end: usize) -> Result<Definition<'a>, Problem> {
        grammar::whole_definition(self.input(at, end))
    }

    /// Where, if anywhere, another definition seems to begin: on a new line, not indented.
    fn next_beginning(&self, at: usize, end: usize) -> Option<usize> {
        (at + 1..end).find(|&at| {
            let rest = self.input(at, end);
            let before = (rest.start() as usize).checked_sub(1);
            let before = before.and_then(|at| self.lexed.text.as_bytes().get(at));
            before == Some(&b'\n') && grammar::looks_like_definition(rest)
        })
    }

    /// Tells of a definition that could not be read; its comments go with it.
    fn report(&mut self, problem: Problem, end: usize) {
        self.take_comments(|comment| (comment.token as usize) < end);
        self.diagnostics
            .error(|| problem.report(self.lexed.text, self.file));
    }

    /// Adds a definition, with the comments around and inside it.
    fn define(&mut self, mut definition: Definition<'a>, at: usize, end: usize, closed: bool) {
        if !closed {
            self.missing_semicolon(definition.span.end, end);
        }
        let above = self.take_comments(|comment| comment.token as usize <= at);
        // Those right above belong to it: all after the last empty line.
        let mut lines = self.token(at).map_or(0, |token| token.lines);
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

        let end = end + usize::from(closed);
        let inside = self.take_comments(|comment| (comment.token as usize) < end);
        let trailing =
            self.take_comments(|comment| comment.token as usize == end && comment.lines == 0);
        definition.comments = own
            .iter()
            .chain(inside)
            .map(|&at| self.comment(at))
            .collect();
        definition.trailing = trailing.iter().map(|&at| self.comment(at)).collect();
        self.items.push(Item::Definition(definition));
    }

    fn missing_semicolon(&mut self, end: u32, next: usize) {
        let span = self.span(end, end);
        let next = self.token(next).filter(|token| token.kind != Kind::Section);
        self.diagnostics.error(|| {
            let error = Diagnostic::error(span, "a semicolon is missing here");
            error.with_hint(match next {
                Some(token) => {
                    let next = quoted(self.lexed.text_of(token));
                    format!("{next} seems to begin the next definition")
                }
                None => "every definition ends with `;`".to_owned(),
            })
        });
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
            .lexed
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

    fn input(&self, at: usize, end: usize) -> Tokens<'a, '_> {
        Tokens::new(self.lexed, self.file, at..end)
    }

    fn token(&self, at: usize) -> Option<Token> {
        self.lexed.tokens.get(at).copied()
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
