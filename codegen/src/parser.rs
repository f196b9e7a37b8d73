//! Text to [`syntax::Tree`](crate::syntax::Tree).
//!
//! A definition ends at its semicolon, wherever that stands, so the tokens are cut there first.
//! One that cannot be read costs a diagnostic and nothing else: its neighbours are read as if it
//! were not there.

mod grammar;
mod input;
mod problem;

use std::ops::Range;

use self::input::Tokens;
use self::problem::Problem;
use crate::diagnostic::{Diagnostic, Diagnostics, quoted};
use crate::lexer::{self, Kind, Lexer, MANY_LINES, Statement, Token};
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
    let mut lexer = Lexer::new(text);
    let mut statement = Statement::default();
    let mut parser = Parser {
        file,
        // A guess from real schemas; a wrong one costs a reallocation.
        items: Vec::with_capacity(text.len() / 80),
        after_definition: false,
        diagnostics,
    };
    while lexer.next(&mut statement) {
        parser.statement(&mut Pending::new(&statement));
    }
    parser.finish(&mut Pending::new(&statement));
    if let Some(start) = lexer.unclosed_comment {
        let span = Span {
            file,
            start,
            end: start + 2,
        };
        parser.diagnostics.error(|| {
            Diagnostic::error(span, "this comment is never closed").with_hint("close it by `*/`")
        });
    }
    (
        Tree {
            items: parser.items,
        },
        parser.diagnostics,
    )
}

struct Parser<'s> {
    file: u32,
    items: Vec<Item<'s>>,
    /// The last item is a definition, and nothing was left out since.
    after_definition: bool,
    diagnostics: Diagnostics,
}

/// A statement, and those of its comments that have no place in the tree yet.
struct Pending<'s, 't> {
    statement: &'t Statement<'s>,
    comments: &'t [lexer::Comment],
}

impl<'s> Parser<'s> {
    fn statement(&mut self, pending: &mut Pending<'s, '_>) {
        match pending.statement.tokens[..] {
            [marker] if marker.kind == Kind::Section => self.section(marker, pending),
            [semicolon] if semicolon.kind == Kind::Mark(b';') => {
                let span = self.span(semicolon);
                self.after_definition = false;
                self.diagnostics.error(|| {
                    Diagnostic::error(span, "a semicolon without a definition")
                        .with_hint("remove it")
                });
            }
            [.., last] if last.kind == Kind::Mark(b';') => self.definitions(true, pending),
            _ => self.definitions(false, pending),
        }
    }

    /// Keeps the comments at the end of the text.
    fn finish(&mut self, pending: &mut Pending<'s, '_>) {
        self.trailing_comments(0, pending);
        let comments = pending.take_comments(|_| true);
        self.free_comments(comments, pending);
    }

    fn section(&mut self, marker: Token, pending: &mut Pending<'s, '_>) {
        let span = self.span(marker);
        let name = pending.statement.text_of(marker).trim_matches('-').trim();
        let section = match name {
            "types" => Section::Types,
            "functions" => Section::Functions,
            _ => {
                self.after_definition = false;
                return self.diagnostics.error(|| {
                    Diagnostic::error(span, format!("there is no section {}", quoted(name)))
                        .with_hint("write `---types---` or `---functions---`")
                });
            }
        };
        self.finish(pending);
        self.blank(marker.lines);
        self.items.push(Item::Section(section, span));
    }

    /// Reads the definition that a statement is.
    ///
    /// If it makes no sense, several may stand there of which at most the last has a semicolon.
    /// They are told apart by their looks, which is not done before, since looks can deceive.
    fn definitions(&mut self, closed: bool, pending: &mut Pending<'s, '_>) {
        let end = pending.statement.tokens.len() - usize::from(closed);
        let whole = pending.tokens(self.file, 0..end);
        match grammar::whole_definition(whole) {
            Ok(definition) => return self.define(definition, 0..end, closed, pending),
            Err(problem) if next_beginning(whole).is_none() => {
                return self.report(problem, end, pending);
            }
            Err(_) => {}
        }
        let mut at = 0;
        while at < end {
            let rest = pending.tokens(self.file, at..end);
            let next = next_beginning(rest).map(|len| at + len);
            let stop = next.unwrap_or(end);
            match grammar::whole_definition(pending.tokens(self.file, at..stop)) {
                Ok(definition) => {
                    self.define(definition, at..stop, closed && next.is_none(), pending);
                }
                Err(problem) => self.report(problem, stop, pending),
            }
            at = stop;
        }
    }

    /// Tells of a definition that could not be read; its comments go with it.
    fn report(&mut self, problem: Problem, end: usize, pending: &mut Pending<'s, '_>) {
        pending.take_comments(|comment| (comment.before as usize) < end);
        self.after_definition = false;
        let text = pending.statement.text;
        self.diagnostics.error(|| problem.report(text, self.file));
    }

    /// Adds the definition from those tokens, with the comments around and inside it.
    fn define(
        &mut self,
        mut definition: Definition<'s>,
        range: Range<usize>,
        closed: bool,
        pending: &mut Pending<'s, '_>,
    ) {
        let token = |at: usize| pending.statement.tokens.get(at);
        if !closed {
            self.missing_semicolon(definition.span, token(range.end), pending);
        }
        let mut lines = token(range.start).map_or(0, |token| token.lines);
        self.trailing_comments(range.start, pending);
        let above = pending.take_comments(|comment| comment.before as usize <= range.start);
        // Those right above belong to it: all after the last empty line.
        let mut own = above.len();
        while lines < MANY_LINES {
            let last = own.checked_sub(1).and_then(|last| above.get(last));
            let Some(comment) = last else { break };
            lines = comment.token.lines;
            own -= 1;
        }
        let (free, own) = above.split_at(own);
        self.free_comments(free, pending);
        self.blank(lines);

        let end = range.end + usize::from(closed);
        let inside = pending.take_comments(|comment| (comment.before as usize) < end);
        let comments = own.iter().chain(inside);
        definition.comments = comments.map(|it| self.comment(it, pending)).collect();
        self.items.push(Item::Definition(definition));
        self.after_definition = true;
    }

    fn missing_semicolon(
        &mut self,
        definition: Span,
        next: Option<&Token>,
        pending: &Pending<'s, '_>,
    ) {
        let span = Span {
            start: definition.end,
            ..definition
        };
        let hint = || match next {
            Some(next) => {
                let next = quoted(pending.statement.text_of(*next));
                format!("{next} seems to begin the next definition")
            }
            None => "every definition ends with `;`".to_owned(),
        };
        self.diagnostics
            .error(|| Diagnostic::error(span, "a semicolon is missing here").with_hint(hint()));
    }

    /// Gives the comments before a token that stand on the line of a semicolon to what it ends.
    fn trailing_comments(&mut self, at: usize, pending: &mut Pending<'s, '_>) {
        if !self.after_definition {
            return;
        }
        self.after_definition = false;
        let trailing = pending
            .take_comments(|comment| comment.before as usize <= at && comment.token.lines == 0);
        let trailing: Vec<_> = trailing
            .iter()
            .map(|it| self.comment(it, pending))
            .collect();
        if let Some(Item::Definition(definition)) = self.items.last_mut() {
            definition.trailing = trailing;
        }
    }

    fn free_comments(&mut self, comments: &[lexer::Comment], pending: &Pending<'s, '_>) {
        for comment in comments {
            self.blank(comment.token.lines);
            self.items
                .push(Item::Comment(self.comment(comment, pending)));
        }
    }

    /// Notes an empty line, if there were that many line ends between two items.
    fn blank(&mut self, lines: u8) {
        if lines >= MANY_LINES && !self.items.is_empty() {
            self.items.push(Item::Blank);
        }
    }

    fn comment(&self, comment: &lexer::Comment, pending: &Pending<'s, '_>) -> Comment<'s> {
        let block = comment.token.kind == Kind::BlockComment;
        let text = pending.statement.text_of(comment.token);
        // Two characters open a comment, and two more close a block.
        let text = match block {
            true => text.get(2..text.len().saturating_sub(2)),
            false => text.get(2..).map(str::trim_ascii_end),
        };
        Comment {
            block,
            text: text.unwrap_or_default(),
            span: self.span(comment.token),
        }
    }

    fn span(&self, token: Token) -> Span {
        Span {
            file: self.file,
            start: token.start,
            end: token.end,
        }
    }
}

impl<'s, 't> Pending<'s, 't> {
    fn new(statement: &'t Statement<'s>) -> Self {
        Self {
            statement,
            comments: &statement.comments,
        }
    }

    fn tokens(&self, file: u32, range: Range<usize>) -> Tokens<'s, 't> {
        Tokens::new(self.statement, file, range)
    }

    /// The next comments, as long as they are wanted.
    fn take_comments(&mut self, wanted: impl Fn(&lexer::Comment) -> bool) -> &'t [lexer::Comment] {
        let len = self
            .comments
            .iter()
            .position(|it| !wanted(it))
            .unwrap_or(self.comments.len());
        let (taken, rest) = self.comments.split_at(len);
        self.comments = rest;
        taken
    }
}

/// After how many tokens, if anywhere, another definition seems to begin: on a new line, not
/// indented.
fn next_beginning(tokens: Tokens<'_, '_>) -> Option<usize> {
    (1..tokens.list().len()).find(|&len| {
        let rest = tokens.skip(len);
        rest.begins_line() && grammar::looks_like_definition(rest)
    })
}
