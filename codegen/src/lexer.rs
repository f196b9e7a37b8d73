//! Text to tokens and comments: the token view of the language.
//!
//! Comments may stand between any two tokens, so they are kept in a list of their own, each with
//! the number of the token that it precedes.

use nom::branch::alt;
use nom::bytes::complete::{tag, take, take_till, take_until, take_while, take_while1};
use nom::combinator::{not, opt, value};
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

/// Splits a text of at most `u32::MAX` bytes, statement by statement, so that all that is made of
/// one happens while it is in the nearest cache.
#[derive(Debug)]
pub(crate) struct Lexer<'s> {
    text: &'s str,
    rest: &'s [u8],
    /// First byte of a block comment that never ends; what follows it is lost.
    pub(crate) unclosed_comment: Option<u32>,
}

/// Tokens up to a semicolon, that included; or a section marker alone; or what there is before
/// either.
#[derive(Debug, Default)]
pub(crate) struct Statement<'s> {
    pub(crate) text: &'s str,
    pub(crate) tokens: Vec<Token>,
    /// Those before and between the tokens.
    pub(crate) comments: Vec<Comment>,
}

impl<'s> Lexer<'s> {
    pub(crate) fn new(text: &'s str) -> Self {
        let rest = text.strip_prefix('\u{FEFF}').unwrap_or(text).as_bytes();
        Self {
            text,
            rest,
            unclosed_comment: None,
        }
    }

    /// Fills in the next statement; `false` at the end of the text, where comments may remain.
    pub(crate) fn next(&mut self, statement: &mut Statement<'s>) -> bool {
        statement.text = self.text;
        statement.tokens.clear();
        statement.comments.clear();
        loop {
            let (rest, lines) = skip_blanks(self.rest);
            let start = self.offset(rest);
            let Some((&first, after)) = rest.split_first() else {
                return !statement.tokens.is_empty();
            };
            // Most tokens are names or of one character, for which combinators are a detour.
            let plain = match first {
                _ if is_letter(first) => Some(name(rest)),
                _ if is_mark(first) => Some((after, Kind::Mark(first))),
                _ => None,
            };
            if let Some((next, kind)) = plain {
                statement.tokens.push(Token {
                    kind,
                    lines,
                    start,
                    end: self.offset(next),
                });
                self.rest = next;
                if first == b';' {
                    return true;
                }
                continue;
            }
            let lexeme = match first {
                b'#' if statement.ends_with_name(start) => id(rest),
                _ => lexeme(first, rest),
            };
            let Ok((next, kind)) = lexeme else {
                // Every byte begins some lexeme, and only a block comment can fail to end.
                self.unclosed_comment = Some(start);
                self.rest = &[];
                return !statement.tokens.is_empty();
            };
            let token = Token {
                kind,
                lines,
                start,
                end: self.offset(next),
            };
            match kind {
                Kind::LineComment | Kind::BlockComment => {
                    let before = statement.tokens.len() as u32;
                    statement.comments.push(Comment { token, before });
                }
                Kind::Section if !statement.tokens.is_empty() => return true,
                _ => statement.tokens.push(token),
            }
            self.rest = next;
            if kind == Kind::Section {
                return true;
            }
        }
    }

    fn offset(&self, rest: &[u8]) -> u32 {
        (self.text.len() - rest.len()) as u32
    }
}

impl<'s> Statement<'s> {
    /// What the text says at a token.
    pub(crate) fn text_of(&self, token: Token) -> &'s str {
        self.text
            .get(token.start as usize..token.end as usize)
            .unwrap_or_default()
    }

    fn ends_with_name(&self, end: u32) -> bool {
        let last = self.tokens.last().filter(|last| last.end == end);
        last.is_some_and(|last| matches!(last.kind, Kind::Name { .. }))
    }
}

/// A token, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// Line ends between it and the token or comment before it, at most [`MANY_LINES`].
    pub(crate) lines: u8,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// A comment, and how many tokens stand before it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Comment {
    pub(crate) token: Token,
    pub(crate) before: u32,
}

/// Two line ends make an empty line; more of them say nothing new.
pub(crate) const MANY_LINES: u8 = 2;

/// The kinds of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name.
    Name {
        /// With namespaces.
        path: bool,
        /// The letter after the last dot is a capital.
        upper: bool,
    },
    /// `#` and letters or digits right behind a name.
    Id,
    /// A decimal number.
    Number,
    /// `---types---` and the like, with blanks or without; `---` if there is no more of it.
    Section,
    /// A punctuation character of the language.
    Mark(u8),
    /// `// ..`, up to the end of its line.
    LineComment,
    /// `/* .. */`
    BlockComment,
    /// Characters that the language has no use for.
    Illegal,
}

/// Lexemes are read from bytes, since all that the language uses is ASCII. What is not, stays
/// whole: comments go up to an ASCII character, and [`Kind::Illegal`] takes all that follow.
type Lexing<'a, T> = IResult<&'a [u8], T>;

/// Reads the lexeme that begins with that byte, which is no blank, no name and no mark.
fn lexeme(first: u8, text: &[u8]) -> Lexing<'_, Kind> {
    match first {
        b'0'..=b'9' => value(Kind::Number, take_while1(is_digit)).parse(text),
        b'#' => value(Kind::Mark(b'#'), take(1_usize)).parse(text),
        b'/' => slash(text),
        b'-' => dash(text),
        _ => value(Kind::Illegal, take_while1(is_illegal)).parse(text),
    }
}

/// A comment, if it is one; an error if it is one without an end.
fn slash(text: &[u8]) -> Lexing<'_, Kind> {
    let line = (tag("//"), take_till(|byte| byte == b'\n'));
    let block = delimited(tag("/*"), take_until("*/"), tag("*/"));
    alt((
        value(Kind::LineComment, line),
        value(Kind::BlockComment, block),
        value(Kind::Illegal, preceded(not(tag("/*")), take(1_usize))),
    ))
    .parse(text)
}

/// `---types---`, with blanks or without.
fn dash(text: &[u8]) -> Lexing<'_, Kind> {
    let blanks = || take_while(is_blank);
    let named = (blanks(), take_while1(is_name_part), blanks(), tag("---"));
    let section = value(Kind::Section, (tag("---"), opt(named)));
    alt((section, value(Kind::Illegal, take(1_usize)))).parse(text)
}

/// `#c27ac8c7` behind a name; what it consists of is checked later.
fn id(text: &[u8]) -> Lexing<'_, Kind> {
    let id = value(Kind::Id, (tag("#"), take_while1(is_name_part)));
    alt((id, value(Kind::Mark(b'#'), tag("#")))).parse(text)
}

/// A name with its namespaces, of which each begins with a letter.
fn name(text: &[u8]) -> (&[u8], Kind) {
    let (mut part, mut path) = (text, false);
    loop {
        let len = part.iter().position(|byte| !is_name_part(*byte));
        let (last, rest) = part.split_at(len.unwrap_or(part.len()));
        match rest {
            [b'.', next @ ..] if next.first().copied().is_some_and(is_letter) => {
                (part, path) = (next, true);
            }
            _ => {
                let upper = last.first().is_some_and(u8::is_ascii_uppercase);
                return (rest, Kind::Name { path, upper });
            }
        }
    }
}

fn skip_blanks(text: &[u8]) -> (&[u8], u8) {
    let mut lines = 0;
    let mut rest = text;
    loop {
        match rest {
            [blank, after @ ..] if is_blank(*blank) => {
                lines += u8::from(*blank == b'\n' && lines < MANY_LINES);
                rest = after;
            }
            _ => return (rest, lines),
        }
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'\x0b' | b'\x0c')
}

/// Punctuation that is a token wherever it stands; `#` may be the beginning of an id.
fn is_mark(byte: u8) -> bool {
    MARK[byte as usize]
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic()
}

fn is_digit(byte: u8) -> bool {
    byte.is_ascii_digit()
}

/// Names are most of a text, so this is a table.
fn is_name_part(byte: u8) -> bool {
    NAME_PART[byte as usize]
}

/// Neither ASCII, nor a letter or digit, nor of any use to the language, formal parts included.
fn is_illegal(byte: u8) -> bool {
    !(is_blank(byte) || is_name_part(byte) || b":;=?.,#!%*+()<>{}[]`/-".contains(&byte))
}

static MARK: [bool; 256] = {
    let mut table = [false; 256];
    let mut marks: &[u8] = b":;=?.,!%*+()<>{}[]_`";
    while let [mark, rest @ ..] = marks {
        table[*mark as usize] = true;
        marks = rest;
    }
    table
};

const NAME_PART: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || byte == b'_' as usize;
        byte += 1;
    }
    table
};
