//! Text to tokens and comments: the token view of the language.
//!
//! Comments may stand between any two tokens, so they are kept in a list of their own, each with
//! the number of the token that it precedes.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_till, take_until, take_while, take_while1};
use nom::combinator::{recognize, value};
use nom::multi::many0_count;
use nom::sequence::{delimited, preceded};
use nom::{IResult, Input, Needed, Parser};

/// What a text is made of, apart from blanks.
#[derive(Debug, Default)]
pub(crate) struct Lexed {
    pub(crate) tokens: Vec<Token>,
    pub(crate) comments: Vec<CommentAt>,
    /// First byte of a block comment that never ends; what follows it is lost.
    pub(crate) unclosed_comment: Option<u32>,
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

/// A comment, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CommentAt {
    pub(crate) block: bool,
    /// As in [`Token::lines`].
    pub(crate) lines: u8,
    /// How many tokens stand before it.
    pub(crate) token: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// Two line ends make an empty line; more of them say nothing new.
pub(crate) const MANY_LINES: u8 = 2;

/// The kinds of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name with its namespaces; the letter after the last dot decides if it is upper case.
    Name,
    /// `#` and letters or digits right behind a name.
    Id,
    /// A decimal number.
    Number,
    /// `---`
    Dashes,
    /// A punctuation character of the language.
    Mark(u8),
    /// Characters that the language has no use for.
    Illegal,
}

/// Splits a text of at most `u32::MAX` bytes.
pub(crate) fn lex(text: &str) -> Lexed {
    // Counts taken from real schemas; wrong guesses cost a reallocation.
    let mut lexed = Lexed {
        tokens: Vec::with_capacity(text.len() / 5),
        ..Lexed::default()
    };
    let offset = |rest: &str| (text.len() - rest.len()) as u32;
    let mut rest = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut after_name = false;
    loop {
        let (start, lines) = skip_blanks(rest);
        let adjacent = after_name && start.len() == rest.len();
        if start.is_empty() {
            return lexed;
        }
        let (next, lexeme) = match lexeme(start, adjacent) {
            Ok(found) => found,
            // The grammar of lexemes covers every character; only a comment can fail to end.
            Err(_) => {
                lexed.unclosed_comment = Some(offset(start));
                return lexed;
            }
        };
        let (start, end) = (offset(start), offset(next));
        match lexeme {
            Lexeme::Comment { block } => {
                let token = lexed.tokens.len() as u32;
                lexed.comments.push(CommentAt {
                    block,
                    lines,
                    token,
                    start,
                    end,
                });
                after_name = false;
            }
            Lexeme::Token(kind) => {
                lexed.tokens.push(Token {
                    kind,
                    lines,
                    start,
                    end,
                });
                after_name = kind == Kind::Name;
            }
        }
        rest = next;
    }
}

#[derive(Clone, Copy)]
enum Lexeme {
    Token(Kind),
    Comment { block: bool },
}

type Lexing<'a, T> = IResult<&'a str, T>;

/// Reads one lexeme of a text that neither is empty nor begins with a blank.
fn lexeme(text: &str, after_name: bool) -> Lexing<'_, Lexeme> {
    let token = |kind| Lexeme::Token(kind);
    match text.as_bytes().first() {
        Some(b'a'..=b'z' | b'A'..=b'Z') => value(token(Kind::Name), name).parse(text),
        Some(b'0'..=b'9') => value(token(Kind::Number), take_while1(is_digit)).parse(text),
        Some(b'#') if after_name => {
            let id = preceded(tag("#"), take_while1(is_name_part));
            alt((
                value(token(Kind::Id), id),
                value(token(Kind::Mark(b'#')), tag("#")),
            ))
            .parse(text)
        }
        Some(b'/') => alt((
            value(
                Lexeme::Comment { block: false },
                preceded(tag("//"), take_till(|c| c == '\n')),
            ),
            value(
                Lexeme::Comment { block: true },
                delimited(tag("/*"), take_until("*/"), tag("*/")),
            ),
            // A lone slash, but not the beginning of a comment without an end.
            value(
                token(Kind::Illegal),
                preceded(nom::combinator::not(tag("/*")), tag("/")),
            ),
        ))
        .parse(text),
        Some(b'-') => alt((
            value(token(Kind::Dashes), tag("---")),
            value(token(Kind::Illegal), tag("-")),
        ))
        .parse(text),
        Some(&mark) if MARKS.contains(&mark) => Ok((&text[1..], token(Kind::Mark(mark)))),
        _ => value(token(Kind::Illegal), take_while1(is_illegal)).parse(text),
    }
}

fn name(text: &str) -> Lexing<'_, &str> {
    let part = (take_while1(is_letter), take_while(is_name_part));
    let more = (tag("."), take_while1(is_letter), take_while(is_name_part));
    recognize((part, many0_count(more))).parse(text)
}

fn skip_blanks(text: &str) -> (&str, u8) {
    let bytes = text.as_bytes();
    let len = bytes
        .iter()
        .position(|byte| !is_blank(*byte))
        .unwrap_or(bytes.len());
    let lines = bytes[..len]
        .iter()
        .filter(|&&byte| byte == b'\n')
        .take(MANY_LINES.into())
        .count();
    (&text[len..], lines as u8)
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'\x0b' | b'\x0c')
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn is_name_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn is_illegal(c: char) -> bool {
    match u8::try_from(c) {
        Ok(byte) if byte.is_ascii() => {
            !is_blank(byte) && !is_name_part(c) && !MARKS.contains(&byte) && !b"/-".contains(&byte)
        }
        _ => true,
    }
}

/// All punctuation, that of the formal language included which the parser then refuses by name.
const MARKS: &[u8] = b":;=?.,#!%*+()<>{}[]_`";

/// A run of tokens, as input to nom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tokens<'s, 't> {
    pub(crate) text: &'s str,
    pub(crate) list: &'t [Token],
    /// Which source the text is.
    pub(crate) file: u32,
    /// Where the last token before these ended.
    pub(crate) before: u32,
}

impl<'s> Tokens<'s, '_> {
    /// The kind of the token at a place counted from zero.
    pub(crate) fn kind(&self, index: usize) -> Option<Kind> {
        self.list.get(index).map(|token| token.kind)
    }

    /// What the text says there.
    pub(crate) fn text_of(&self, token: Token) -> &'s str {
        self.text
            .get(token.start as usize..token.end as usize)
            .unwrap_or_default()
    }

    /// Where the next token begins; where the last one ended if there is none.
    pub(crate) fn start(&self) -> u32 {
        self.list.first().map_or(self.before, |token| token.start)
    }
}

impl<'s, 't> Input for Tokens<'s, 't> {
    type Item = Token;
    type Iter = std::iter::Copied<std::slice::Iter<'t, Token>>;
    type IterIndices = std::iter::Enumerate<Self::Iter>;

    fn input_len(&self) -> usize {
        self.list.len()
    }

    fn take(&self, index: usize) -> Self {
        self.take_split(index).1
    }

    fn take_from(&self, index: usize) -> Self {
        self.take_split(index).0
    }

    fn take_split(&self, index: usize) -> (Self, Self) {
        let (list, rest) = self.list.split_at(index);
        let before = list.last().map_or(self.before, |token| token.end);
        (
            Self {
                list: rest,
                before,
                ..*self
            },
            Self { list, ..*self },
        )
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
        if count <= self.list.len() {
            Ok(count)
        } else {
            Err(Needed::Unknown)
        }
    }
}
