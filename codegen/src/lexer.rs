//! Text to tokens and comments: the token view of the language.
//!
//! Comments may stand between any two tokens, so they are kept in a list of their own, each with
//! the number of the token that it precedes.

use nom::bytes::complete::{tag, take_till, take_until, take_while, take_while1};
use nom::combinator::{opt, value};
use nom::multi::many0_count;
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

/// What a text is made of, apart from blanks.
#[derive(Debug)]
pub(crate) struct Lexed<'s> {
    pub(crate) text: &'s str,
    pub(crate) tokens: Vec<Token>,
    pub(crate) comments: Vec<CommentAt>,
    /// How many tokens stand before the end of each statement. One ends behind its semicolon;
    /// a section marker is one of its own.
    pub(crate) statements: Vec<u32>,
    /// First byte of a block comment that never ends; what follows it is lost.
    pub(crate) unclosed_comment: Option<u32>,
}

impl<'s> Lexed<'s> {
    /// What the text says at a token.
    pub(crate) fn text_of(&self, token: Token) -> &'s str {
        self.text
            .get(token.start as usize..token.end as usize)
            .unwrap_or_default()
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
    /// A name without namespaces.
    Name,
    /// A name with namespaces.
    Path,
    /// `#` and letters or digits right behind a name.
    Id,
    /// A decimal number.
    Number,
    /// `---types---` and the like, with blanks or without; `---` if there is no more of it.
    Section,
    /// A punctuation character of the language.
    Mark(u8),
    /// Characters that the language has no use for.
    Illegal,
}

/// Splits a text of at most `u32::MAX` bytes.
pub(crate) fn lex(text: &str) -> Lexed<'_> {
    let mut lexed = Lexed {
        text,
        // A guess from real schemas; a wrong one costs a reallocation.
        tokens: Vec::with_capacity(text.len() / 5),
        comments: Vec::new(),
        statements: Vec::new(),
        unclosed_comment: None,
    };
    let offset = |rest: &[u8]| (text.len() - rest.len()) as u32;
    let mut rest = text.strip_prefix('\u{FEFF}').unwrap_or(text).as_bytes();
    let mut after_name = false;
    loop {
        let (start, lines) = skip_blanks(rest);
        after_name &= start.len() == rest.len();
        if start.is_empty() {
            break;
        }
        let Ok((next, lexeme)) = lexeme(start, after_name) else {
            // Every byte begins some lexeme, and only a block comment can fail to end.
            lexed.unclosed_comment = Some(offset(start));
            break;
        };
        let (start, end) = (offset(start), offset(next));
        let token = lexed.tokens.len() as u32;
        match lexeme {
            Lexeme::Comment { block } => {
                lexed.comments.push(CommentAt {
                    block,
                    lines,
                    token,
                    start,
                    end,
                });
            }
            Lexeme::Token(kind) => {
                lexed.tokens.push(Token {
                    kind,
                    lines,
                    start,
                    end,
                });
                match kind {
                    Kind::Mark(b';') => lexed.statements.push(token + 1),
                    Kind::Section => lexed.statements.extend([token, token + 1]),
                    _ => {}
                }
            }
        }
        after_name = matches!(lexeme, Lexeme::Token(Kind::Name | Kind::Path));
        rest = next;
    }
    lexed.statements.push(lexed.tokens.len() as u32);
    lexed
}

#[derive(Clone, Copy)]
enum Lexeme {
    Token(Kind),
    Comment { block: bool },
}

/// Lexemes are read from bytes, since all that the language uses is ASCII. What is not, stays
/// whole: comments go up to an ASCII character, and [`Kind::Illegal`] takes all that follow.
type Lexing<'a, T> = IResult<&'a [u8], T>;

/// Reads one lexeme of a text that neither is empty nor begins with a blank.
fn lexeme(text: &[u8], after_name: bool) -> Lexing<'_, Lexeme> {
    match text {
        [b'a'..=b'z' | b'A'..=b'Z', ..] => name.map(Lexeme::Token).parse(text),
        [b'0'..=b'9', ..] => value(Lexeme::Token(Kind::Number), take_while1(is_digit)).parse(text),
        [b'#', next, ..] if after_name && is_name_part(*next) => value(
            Lexeme::Token(Kind::Id),
            preceded(tag("#"), take_while1(is_name_part)),
        )
        .parse(text),
        [b'/', b'/', ..] => value(
            Lexeme::Comment { block: false },
            take_till(|byte| byte == b'\n'),
        )
        .parse(text),
        [b'/', b'*', ..] => {
            let comment = delimited(tag("/*"), take_until("*/"), tag("*/"));
            value(Lexeme::Comment { block: true }, comment).parse(text)
        }
        [b'-', b'-', b'-', ..] => value(Lexeme::Token(Kind::Section), section).parse(text),
        [mark, rest @ ..] if is_mark(*mark) => Ok((rest, Lexeme::Token(Kind::Mark(*mark)))),
        [b'/' | b'-', rest @ ..] => Ok((rest, Lexeme::Token(Kind::Illegal))),
        _ => value(Lexeme::Token(Kind::Illegal), take_while1(is_illegal)).parse(text),
    }
}

fn name(text: &[u8]) -> Lexing<'_, Kind> {
    let (rest, _) = take_while1(is_name_part).parse(text)?;
    if !matches!(rest, [b'.', letter, ..] if is_letter(*letter)) {
        return Ok((rest, Kind::Name));
    }
    let more = (tag("."), take_while1(is_letter), take_while(is_name_part));
    value(Kind::Path, many0_count(more)).parse(rest)
}

fn section(text: &[u8]) -> Lexing<'_, ()> {
    let blanks = || take_while(is_blank);
    let named = (blanks(), take_while1(is_name_part), blanks(), tag("---"));
    value((), (tag("---"), opt(named))).parse(text)
}

fn skip_blanks(text: &[u8]) -> (&[u8], u8) {
    let mut lines = 0;
    let mut rest = text;
    while let [blank, after @ ..] = rest
        && is_blank(*blank)
    {
        lines += u8::from(*blank == b'\n' && lines < MANY_LINES);
        rest = after;
    }
    (rest, lines)
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'\x0b' | b'\x0c')
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

/// All punctuation, that of the formal language included which the parser then refuses by name.
fn is_mark(byte: u8) -> bool {
    matches!(
        byte,
        b':' | b';'
            | b'='
            | b'?'
            | b'.'
            | b','
            | b'#'
            | b'!'
            | b'%'
            | b'*'
            | b'+'
            | b'('
            | b')'
            | b'<'
            | b'>'
            | b'{'
            | b'}'
            | b'['
            | b']'
            | b'_'
            | b'`'
    )
}

fn is_illegal(byte: u8) -> bool {
    !(is_blank(byte) || is_name_part(byte) || is_mark(byte) || b"/-".contains(&byte))
}

const NAME_PART: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || byte == b'_' as usize;
        byte += 1;
    }
    table
};
