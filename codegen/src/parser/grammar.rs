//! The grammar of one definition, over tokens.
//!
//! What a parser cannot begin with is an [`Error`](nom::Err::Error), so that its caller may try
//! something else; what goes wrong later is a [`Failure`](nom::Err::Failure), reported as it is.

use nom::branch::alt;
use nom::combinator::{all_consuming, opt};
use nom::error::{ErrorKind, ParseError};
use nom::multi::{many0, separated_list1};
use nom::sequence::preceded;
use nom::{Err, IResult, Input, Parser};

use super::MAX_DEPTH;
use crate::diagnostic::{Diagnostic, quoted};
use crate::lexer::{Kind, Token, Tokens};
use crate::source::Span;
use crate::syntax::{Body, Condition, Definition, Field, Name, Type, TypeKind};

/// `'s` is the text, `'t` the list of its tokens.
type Parsed<'s, 't, T> = IResult<Tokens<'s, 't>, T, Problem>;

/// Reads a definition of which these are all the tokens, but for the semicolon.
pub(super) fn whole_definition<'s>(input: Tokens<'s, '_>) -> Result<Definition<'s>, Problem> {
    match all_consuming(definition).parse(input) {
        Ok((_, definition)) => Ok(definition),
        Err(Err::Error(problem) | Err::Failure(problem)) => Err(problem),
        // Only streaming parsers ask for more.
        Err(Err::Incomplete(_)) => Err(problem(input, Reason::Expected("a definition"))),
    }
}

fn definition<'s, 't>(input: Tokens<'s, 't>) -> Parsed<'s, 't, Definition<'s>> {
    let start = input.start();
    let (input, name) = combinator_name(input)?;
    let (input, id) = opt(explicit_id).parse(input)?;
    let (input, params) = many0(type_parameter).parse(input)?;
    let (input, body) = alt((builtin, many0(field).map(Body::Fields))).parse(input)?;
    let equals = mark(b'=', "a field, or `=` and the result type");
    let (input, result) = preceded(equals, result_type).parse(input)?;
    let span = span(input, start);
    let (comments, trailing) = Default::default();
    Ok((
        input,
        Definition {
            comments,
            trailing,
            name,
            id,
            params,
            body,
            result,
            span,
        },
    ))
}

/// Does a definition seem to begin here? Only to tell where one without a semicolon ended.
pub(super) fn looks_like_definition(input: Tokens<'_, '_>) -> bool {
    let lower = input
        .list
        .first()
        .is_some_and(|&token| !is_upper(input.text_of(token)));
    let mark = |index, mark| input.kind(index) == Some(Kind::Mark(mark));
    lower
        && input.kind(0) == Some(Kind::Name)
        && (input.kind(1) == Some(Kind::Id)
            || mark(1, b'=')
            || mark(1, b'{')
            || mark(1, b'?') && mark(2, b'=')
            || input.kind(1) == Some(Kind::Name) && mark(2, b':'))
}

fn combinator_name<'s, 't>(input: Tokens<'s, 't>) -> Parsed<'s, 't, Name<'s>> {
    let (rest, name) = any_name("a definition")(input).map_err(fatal)?;
    match name.text {
        "New" | "Final" | "Empty" => refuse(
            input,
            "declarations `New`, `Final` and `Empty` are not supported",
            "leave the line out: it adds nothing to what is serialized",
        ),
        text if is_upper(text) => refuse(
            input,
            "the name of a constructor or function must begin with a lower-case letter",
            "upper-case names are those of types, which stand after `=`",
        ),
        _ => Ok((rest, name)),
    }
}

fn explicit_id<'s, 't>(input: Tokens<'s, 't>) -> Parsed<'s, 't, u32> {
    let digits = |token| input.text_of(token).trim_start_matches('#');
    match input.list {
        [id, ..] if id.kind == Kind::Id => {
            let id = Some(digits(*id)).filter(|digits| digits.len() <= 8);
            match id.and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
                Some(id) => Ok((input.take_from(1), id)),
                None => refuse(input, "an id consists of 1 to 8 hexadecimal digits", ""),
            }
        }
        [hash, ..] if hash.kind == Kind::Mark(b'#') && hash.start == input.before => refuse(
            input,
            "`#` without an id",
            "leave it out: the id is computed then",
        ),
        [hash, digits, ..]
            if hash.kind == Kind::Mark(b'#')
                && hash.end == digits.start
                && matches!(digits.kind, Kind::Name | Kind::Number) =>
        {
            refuse(input, "a blank before an id", "write `name#id`")
        }
        _ => expected(input, "an id"),
    }
}

/// `{X:Type}`
fn type_parameter<'s, 't>(input: Tokens<'s, 't>) -> Parsed<'s, 't, Name<'s>> {
    let (input, _) = mark(b'{', "a parameter")(input)?;
    let (rest, name) = plain_name(input).map_err(fatal)?;
    if rest.kind(0) == Some(Kind::Name) {
        return refuse(
            rest,
            "several parameters in one pair of braces",
            "write `{X:Type} {Y:Type}`",
        );
    }
    let (input, _) = mark(b':', "`:` and `Type`")(rest).map_err(fatal)?;
    match input.list.first() {
        Some(&token) if token.kind == Kind::Name && input.text_of(token) == "Type" => {
            let (input, _) = mark(b'}', "`}`")(input.take_from(1)).map_err(fatal)?;
            Ok((input, name))
        }
        Some(token) if token.kind == Kind::Mark(b'#') => refuse(
            input,
            "number parameters are not supported",
            "types that depend on a number have no Rust equivalent here",
        ),
        _ => expected(input, "`Type`").map_err(fatal),
    }
}

/// `?`
fn builtin<'s, 't>(input: Tokens<'s, 't>) -> Parsed<'s, 't, Body<'s>> {
    mark(b'?', "`?`").map(|_| Body::Builtin).parse(input)
}

fn field<'s, 't>(input: Tokens<'s, 't>) -> Parsed<'s, 't, Field<'s>> {
    let start = input.start();
    let (rest, name, condition) = match (input.kind(0), input.kind(1)) {
        (Some(Kind::Name), Some(Kind::Mark(b':'))) => {
            let (rest, name) = plain_name(input).map_err(fatal)?;
            let (rest, condition) = opt(condition).parse(rest.take_from(1))?;
            (rest, Some(name), condition)
        }
        (Some(Kind::Name), Some(Kind::Mark(b'*'))) => {
            return refuse(
                input,
                "a repetition as often as a field says is not supported",
                "write the number itself, or use a vector",
            );
        }
        (Some(Kind::Mark(b'{')), _) => {
            return refuse(
                input,
                "a parameter in braces after a field",
                "parameters stand right behind the name and its id",
            );
        }
        (Some(Kind::Mark(b'_')), Some(Kind::Mark(b':'))) => {
            return refuse(
                input,
                "`_` as a name is not supported",
                "give the field a name",
            );
        }
        _ if begins_type(input) || input.kind(0) == Some(Kind::Mark(b'[')) => (input, None, None),
        _ => return expected(input, "a field, or `=` and the result type"),
    };
    let (rest, ty) = field_type(rest, 0)?;
    Ok((
        rest,
        Field {
            name,
            condition,
            ty,
            span: span(rest, start),
        },
    ))
}

/// `flags.3?`, or `flags?`
fn condition<'s, 't>(input: Tokens<'s, 't>) -> Parsed<'s, 't, Condition<'s>> {
    match (input.kind(1), input.kind(3)) {
        (Some(Kind::Mark(b'?')), _) => {
            let (rest, word) = plain_name(input)?;
            Ok((rest.take_from(1), Condition { word, bit: None }))
        }
        (Some(Kind::Mark(b'.')), Some(Kind::Mark(b'?'))) => {
            let (rest, word) = plain_name(input)?;
            let (rest, bit) = number(rest.take_from(1)).map_err(fatal)?;
            Ok((
                rest.take_from(1),
                Condition {
                    word,
                    bit: Some(bit),
                },
            ))
        }
        _ => expected(input, "a condition"),
    }
}

/// A type, or a repetition, which only a field can be.
fn field_type<'s, 't>(input: Tokens<'s, 't>, depth: usize) -> Parsed<'s, 't, Type<'s>> {
    let start = input.start();
    let (rest, count) = match (input.kind(0), input.kind(1)) {
        (Some(Kind::Number), Some(Kind::Mark(b'*'))) => {
            let (rest, count) = number(input)?;
            (rest.take_from(1), Some(count))
        }
        (Some(Kind::Mark(b'[')), _) => (input, None),
        _ => return term(input, depth),
    };
    if depth >= MAX_DEPTH {
        return too_deep(input);
    }
    let (rest, _) = mark(b'[', "`[`")(rest).map_err(fatal)?;
    if rest.kind(1) == Some(Kind::Mark(b':')) {
        return refuse_fields_in_repetition(rest);
    }
    let (rest, element) = field_type(rest, depth + 1)?;
    if begins_type(rest) {
        return refuse_fields_in_repetition(rest);
    }
    let (rest, _) = mark(b']', "`]`")(rest).map_err(fatal)?;
    let kind = TypeKind::Repeat {
        count,
        element: Box::new(element),
    };
    Ok((
        rest,
        Type {
            kind,
            span: span(rest, start),
        },
    ))
}

/// What is written after `=`.
fn result_type<'s, 't>(input: Tokens<'s, 't>) -> Parsed<'s, 't, Type<'s>> {
    let start = input.start();
    let (rest, name) = any_name("the result type")(input).map_err(fatal)?;
    if !is_upper(name.text) {
        return refuse(
            input,
            "a result type must begin with an upper-case letter",
            "",
        );
    }
    let (rest, args) = match rest.kind(0) {
        Some(Kind::Mark(b'<')) => type_arguments(rest, 0)?,
        _ => many0(|input| argument(input, 1)).parse(rest)?,
    };
    let kind = TypeKind::Named {
        name: name.text,
        percent: false,
        args,
    };
    Ok((
        rest,
        Type {
            kind,
            span: span(rest, start),
        },
    ))
}

/// A type as one piece: what can stand after a colon.
fn term<'s, 't>(input: Tokens<'s, 't>, depth: usize) -> Parsed<'s, 't, Type<'s>> {
    if depth > MAX_DEPTH {
        return too_deep(input);
    }
    let start = input.start();
    let (rest, kind) = match input.kind(0) {
        Some(Kind::Mark(b'#')) => (input.take_from(1), TypeKind::Nat),
        Some(Kind::Mark(b'!')) => {
            let (rest, name) = any_name("a parameter")(input.take_from(1)).map_err(fatal)?;
            (rest, TypeKind::Call(name.text))
        }
        Some(Kind::Mark(b'%')) => percent(input.take_from(1), depth)?,
        Some(Kind::Mark(b'(')) => application(input, depth)?,
        Some(Kind::Name) => {
            let (rest, name) = any_name("a type")(input)?;
            let (rest, args) = match rest.kind(0) {
                Some(Kind::Mark(b'<')) => type_arguments(rest, depth)?,
                _ => (rest, Vec::new()),
            };
            (
                rest,
                TypeKind::Named {
                    name: name.text,
                    percent: false,
                    args,
                },
            )
        }
        Some(Kind::Number) => {
            return refuse(
                input,
                "a number as a type is not supported",
                "types that depend on a number have no Rust equivalent here",
            );
        }
        Some(Kind::Mark(b'[')) => {
            return refuse(
                input,
                "a repetition inside a type is not supported",
                "declare a constructor with the repetition as its field, and use that",
            );
        }
        _ => return expected(input, "a type").map_err(fatal),
    };
    Ok((
        rest,
        Type {
            kind,
            span: span(rest, start),
        },
    ))
}

/// What follows a `%`: a name or parentheses.
fn percent<'s, 't>(input: Tokens<'s, 't>, depth: usize) -> Parsed<'s, 't, TypeKind<'s>> {
    let (rest, ty) = term(input, depth + 1)?;
    match ty.kind {
        TypeKind::Named {
            name,
            percent: false,
            args,
        } => Ok((
            rest,
            TypeKind::Named {
                name,
                percent: true,
                args,
            },
        )),
        _ => expected(input, "the name of a type after `%`").map_err(fatal),
    }
}

/// `(name A B)`, or any type in parentheses.
fn application<'s, 't>(input: Tokens<'s, 't>, depth: usize) -> Parsed<'s, 't, TypeKind<'s>> {
    let (rest, _) = mark(b'(', "`(`")(input)?;
    let (rest, head) = term(rest, depth + 1)?;
    let (rest, mut more) = many0(|input| argument(input, depth + 1)).parse(rest)?;
    if rest.kind(0) == Some(Kind::Mark(b':')) {
        return refuse(
            input,
            "fields in parentheses are not supported",
            "write each with its type: `a:T b:T`",
        );
    }
    let (rest, _) = mark(b')', "`)`")(rest).map_err(fatal)?;
    match head.kind {
        kind if more.is_empty() => Ok((rest, kind)),
        TypeKind::Named {
            name,
            percent,
            mut args,
        } if args.is_empty() => {
            args.append(&mut more);
            Ok((
                rest,
                TypeKind::Named {
                    name,
                    percent,
                    args,
                },
            ))
        }
        _ => refuse(
            input,
            "a type that is applied twice is not supported",
            "write all arguments in one pair of brackets",
        ),
    }
}

/// `<A,B>`
fn type_arguments<'s, 't>(input: Tokens<'s, 't>, depth: usize) -> Parsed<'s, 't, Vec<Type<'s>>> {
    let list = separated_list1(mark(b',', "`,`"), |input| term(input, depth + 1));
    let (rest, list) = preceded(mark(b'<', "`<`"), list).parse(input)?;
    let (rest, _) = mark(b'>', "`,` or `>`")(rest).map_err(fatal)?;
    Ok((rest, list))
}

/// A further type, if one begins here.
fn argument<'s, 't>(input: Tokens<'s, 't>, depth: usize) -> Parsed<'s, 't, Type<'s>> {
    if begins_type(input) {
        term(input, depth)
    } else {
        expected(input, "a type")
    }
}

fn begins_type(input: Tokens<'_, '_>) -> bool {
    matches!(
        input.kind(0),
        Some(Kind::Name | Kind::Number | Kind::Mark(b'#' | b'!' | b'%' | b'('))
    )
}

fn number<'s, 't>(input: Tokens<'s, 't>) -> Parsed<'s, 't, u32> {
    match input.list.first() {
        Some(&token) if token.kind == Kind::Number => match input.text_of(token).parse() {
            Ok(number) => Ok((input.take_from(1), number)),
            Err(_) => refuse(input, "a number of more than 32 bits", ""),
        },
        _ => expected(input, "a number"),
    }
}

/// A name without namespaces.
fn plain_name<'s, 't>(input: Tokens<'s, 't>) -> Parsed<'s, 't, Name<'s>> {
    let (rest, name) = any_name("a name")(input)?;
    if name.text.contains('.') {
        return refuse(
            input,
            "only types, constructors and functions have namespaces",
            "",
        );
    }
    Ok((rest, name))
}

fn any_name<'s, 't>(what: &'static str) -> impl Fn(Tokens<'s, 't>) -> Parsed<'s, 't, Name<'s>> {
    move |input| match input.list.first() {
        Some(&token) if token.kind == Kind::Name => {
            let rest = input.take_from(1);
            Ok((
                rest,
                Name {
                    text: input.text_of(token),
                    span: span(rest, token.start),
                },
            ))
        }
        Some(token) if token.kind == Kind::Mark(b'_') => refuse(
            input,
            "names that begin with `_` are not supported",
            "begin it with a letter",
        ),
        Some(token) if token.kind == Kind::Mark(b'`') => refuse(
            input,
            "names in back-quotes are not supported",
            "write it without quotes",
        ),
        _ => expected(input, what),
    }
}

fn mark<'s, 't>(mark: u8, what: &'static str) -> impl Fn(Tokens<'s, 't>) -> Parsed<'s, 't, Token> {
    move |input| match input.list.first() {
        Some(&token) if token.kind == Kind::Mark(mark) => Ok((input.take_from(1), token)),
        _ => expected(input, what),
    }
}

/// The last letter case that counts is that after the last dot.
fn is_upper(name: &str) -> bool {
    let last = name.rfind('.').map_or(0, |dot| dot + 1);
    name.as_bytes()
        .get(last)
        .is_some_and(u8::is_ascii_uppercase)
}

fn span(rest: Tokens<'_, '_>, start: u32) -> Span {
    Span {
        file: rest.file,
        start,
        end: rest.before,
    }
}

/// Why a definition could not be read, and where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Problem {
    pub(super) start: u32,
    pub(super) end: u32,
    reason: Reason,
}

#[derive(Debug, Clone, Copy)]
enum Reason {
    Expected(&'static str),
    Refused {
        message: &'static str,
        hint: &'static str,
    },
}

impl Problem {
    /// Where it is, and what to tell about it.
    pub(super) fn report(&self, text: &str, file: u32) -> Diagnostic {
        let span = Span {
            file,
            start: self.start,
            end: self.end,
        };
        let found = text
            .get(self.start as usize..self.end as usize)
            .unwrap_or_default();
        match self.reason {
            Reason::Refused { message, hint: "" } => Diagnostic::error(span, message),
            Reason::Refused { message, hint } => Diagnostic::error(span, message).with_hint(hint),
            Reason::Expected(what) if found.is_empty() => Diagnostic::error(
                span,
                format!("expected {what}, but the definition ends here"),
            ),
            Reason::Expected(what) => {
                let error =
                    Diagnostic::error(span, format!("expected {what}, found {}", quoted(found)));
                match found.chars().next() {
                    Some(c) if c.is_control() => error.with_hint("is this a text file?"),
                    Some(c) if !c.is_ascii() => {
                        error.with_hint("names consist of ASCII letters, digits and `_`")
                    }
                    _ => error,
                }
            }
        }
    }
}

impl<'s, 't> ParseError<Tokens<'s, 't>> for Problem {
    fn from_error_kind(input: Tokens<'s, 't>, _: ErrorKind) -> Self {
        // Made by nom itself only where tokens are left over.
        problem(input, Reason::Expected("`;`"))
    }

    fn append(_: Tokens<'s, 't>, _: ErrorKind, other: Self) -> Self {
        other
    }
}

fn problem(input: Tokens<'_, '_>, reason: Reason) -> Problem {
    let (start, end) = match input.list.first() {
        Some(token) => (token.start, token.end),
        None => (input.before, input.before),
    };
    Problem { start, end, reason }
}

fn expected<'s, 't, T>(input: Tokens<'s, 't>, what: &'static str) -> Parsed<'s, 't, T> {
    Err(Err::Error(problem(input, Reason::Expected(what))))
}

fn refuse<'s, 't, T>(
    input: Tokens<'s, 't>,
    message: &'static str,
    hint: &'static str,
) -> Parsed<'s, 't, T> {
    Err(Err::Failure(problem(
        input,
        Reason::Refused { message, hint },
    )))
}

fn refuse_fields_in_repetition<'s, 't, T>(input: Tokens<'s, 't>) -> Parsed<'s, 't, T> {
    refuse(
        input,
        "a repetition of several or named fields is not supported",
        "declare a constructor with these fields, and repeat that",
    )
}

fn too_deep<'s, 't, T>(input: Tokens<'s, 't>) -> Parsed<'s, 't, T> {
    refuse(
        input,
        "types are nested too deeply",
        "declare a type for the inner part",
    )
}

/// From here on there is no other way to read the text.
fn fatal(error: Err<Problem>) -> Err<Problem> {
    match error {
        Err::Error(problem) => Err::Failure(problem),
        other => other,
    }
}
