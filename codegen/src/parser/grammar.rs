//! The grammar of one definition, over tokens.
//!
//! What a parser cannot begin with is an [`Error`](nom::Err::Error), so that its caller may try
//! something else; what goes wrong later is a [`Failure`](nom::Err::Failure), reported as it is.

use nom::branch::alt;
use nom::combinator::{all_consuming, opt};
use nom::multi::{fold_many0, many0};
use nom::sequence::preceded;
use nom::{Err, IResult, Parser};

use super::MAX_DEPTH;
use super::input::Tokens;
use super::problem::*;
use crate::lexer::{Kind, Token};
use crate::syntax::{Body, Condition, Definition, Field, Name, Type, TypeKind};

/// `'s` is the text, `'t` the list of its tokens.
type Parsed<'s, 't, T> = IResult<Tokens<'s, 't>, T, Problem>;

/// Reads a definition of which these are all the tokens, but for the semicolon.
pub(super) fn whole_definition<'s>(input: Tokens<'s, '_>) -> Result<Definition<'s>, Problem> {
    match all_consuming(definition).parse(input) {
        Ok((_, definition)) => Ok(definition),
        Err(Err::Error(problem) | Err::Failure(problem)) => Err(problem),
        // Only streaming parsers ask for more.
        Err(Err::Incomplete(_)) => Err(Problem::left_over(input)),
    }
}

/// Does a definition seem to begin here? Only to tell where one without a semicolon ended.
pub(super) fn looks_like_definition(input: Tokens<'_, '_>) -> bool {
    let mark = |index, mark| input.kind(index) == Some(Kind::Mark(mark));
    matches!(input.kind(0), Some(Kind::Name { upper: false, .. }))
        && (input.kind(1) == Some(Kind::Id)
            || mark(1, b'=')
            || mark(1, b'{')
            || mark(1, b'?') && mark(2, b'=')
            || is_name(input.kind(1)) && mark(2, b':'))
}

fn definition<'s, 't>(input: Tokens<'s, 't>) -> Parsed<'s, 't, Definition<'s>> {
    let start = input.start();
    let (input, name) = combinator_name(input)?;
    let (input, id) = opt(explicit_id).parse(input)?;
    // A list is allocated before it is known whether anything is in it.
    let (input, params) = match input.kind(0) {
        Some(Kind::Mark(b'{')) => many0(type_parameter).parse(input)?,
        _ => (input, Vec::new()),
    };
    let (input, body) = alt((builtin, fields)).parse(input)?;
    let equals = mark(b'=', "a field, or `=` and the result type");
    let (input, result) = preceded(equals, result_type).parse(input)?;
    let span = input.span_from(start);
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

fn combinator_name<'s, 't>(input: Tokens<'s, 't>) -> Parsed<'s, 't, Name<'s>> {
    let (rest, name) = any_name("a definition")(input).map_err(fatal)?;
    match input.kind(0) {
        Some(Kind::Name { upper: false, .. }) => Ok((rest, name)),
        _ if ["New", "Final", "Empty"].contains(&name.text) => refuse(input, &NEW_FINAL_EMPTY),
        _ => refuse(input, &UPPER_CASE_COMBINATOR),
    }
}

/// `#c27ac8c7`
fn explicit_id<'s, 't>(input: Tokens<'s, 't>) -> Parsed<'s, 't, u32> {
    let adjacent = |token: Token| token.start == input.before();
    match input.list() {
        [id, ..] if id.kind == Kind::Id => {
            let digits = input.text_of(*id).trim_start_matches('#');
            match u32::from_str_radix(digits, 16) {
                Ok(id) if digits.len() <= 8 => Ok((input.skip(1), id)),
                _ => refuse(input, &BAD_ID),
            }
        }
        [hash, ..] if hash.kind == Kind::Mark(b'#') && adjacent(*hash) => refuse(input, &NO_ID),
        // Where no field could go on.
        [hash, digits, ..] if hash.kind == Kind::Mark(b'#') && hash.end == digits.start => {
            refuse(input, &BLANK_BEFORE_ID)
        }
        _ => expected(input, "an id"),
    }
}

/// `{X:Type}`
fn type_parameter<'s, 't>(input: Tokens<'s, 't>) -> Parsed<'s, 't, Name<'s>> {
    let (input, _) = mark(b'{', "a parameter")(input)?;
    let (input, name) = plain_name(input).map_err(fatal)?;
    if is_name(input.kind(0)) {
        return refuse(input, &PARAMETERS_TOGETHER);
    }
    let (input, _) = mark(b':', "`:`")(input).map_err(fatal)?;
    match input.first() {
        Some(token) if input.text_of(token) == "Type" => {
            let (input, _) = mark(b'}', "`}`")(input.skip(1)).map_err(fatal)?;
            Ok((input, name))
        }
        Some(token) if token.kind == Kind::Mark(b'#') => refuse(input, &NUMBER_PARAMETER),
        _ => expected(input, "`Type`").map_err(fatal),
    }
}

/// `?`
fn builtin<'s, 't>(input: Tokens<'s, 't>) -> Parsed<'s, 't, Body<'s>> {
    mark(b'?', "`?`").map(|_| Body::Builtin).parse(input)
}

fn fields<'s, 't>(input: Tokens<'s, 't>) -> Parsed<'s, 't, Body<'s>> {
    // Nearly every field has a colon; fields are large, so that growing costs more than counting.
    let colons = input
        .list()
        .iter()
        .filter(|token| token.kind == Kind::Mark(b':'))
        .count();
    let list = || Vec::with_capacity(colons);
    let collect = |mut list: Vec<_>, field| {
        list.push(field);
        list
    };
    fold_many0(field, list, collect)
        .map(Body::Fields)
        .parse(input)
}

fn field<'s, 't>(input: Tokens<'s, 't>) -> Parsed<'s, 't, Field<'s>> {
    let start = input.start();
    let (rest, name, condition) = match (input.kind(0), input.kind(1)) {
        (Some(Kind::Name { .. }), Some(Kind::Mark(b':'))) => {
            let (rest, name) = plain_name(input)?;
            let (rest, condition) = opt(condition).parse(rest.skip(1))?;
            (rest, Some(name), condition)
        }
        (Some(Kind::Mark(b'{')), _) => return refuse(input, &LATE_PARAMETER),
        (Some(Kind::Mark(b'_')), _) => return refuse(input, &UNDERSCORE),
        (Some(Kind::Mark(b'`')), _) => return refuse(input, &BACK_QUOTE),
        (Some(Kind::Mark(b'[')), _) => (input, None, None),
        _ if begins_type(input) => (input, None, None),
        _ => return expected(input, "a field"),
    };
    let (rest, ty) = field_type(rest, 0)?;
    let span = rest.span_from(start);
    Ok((
        rest,
        Field {
            name,
            condition,
            ty,
            span,
        },
    ))
}

/// `flags.3?`, or `flags?`
fn condition<'s, 't>(input: Tokens<'s, 't>) -> Parsed<'s, 't, Condition<'s>> {
    match (input.kind(1), input.kind(3)) {
        (Some(Kind::Mark(b'?')), _) => {
            if let Some(Kind::Name { path: true, .. }) = input.kind(0) {
                return refuse(input, &NAMED_BIT);
            }
            let (rest, word) = plain_name(input)?;
            Ok((rest.skip(1), Condition { word, bit: None }))
        }
        (Some(Kind::Mark(b'.')), Some(Kind::Mark(b'?'))) => {
            let (rest, word) = plain_name(input)?;
            let (rest, bit) = number(rest.skip(1))?;
            Ok((
                rest.skip(1),
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
            (rest.skip(1), Some(count))
        }
        (Some(Kind::Name { .. }), Some(Kind::Mark(b'*'))) => {
            return refuse(input, &REPEATED_BY_FIELD);
        }
        (Some(Kind::Mark(b'[')), _) => (input, None),
        _ => return term(input, depth),
    };
    if depth > MAX_DEPTH {
        return refuse(input, &TOO_DEEP);
    }
    let (rest, _) = mark(b'[', "`[`")(rest).map_err(fatal)?;
    if rest.kind(1) == Some(Kind::Mark(b':')) {
        return refuse(rest, &REPEATED_FIELDS);
    }
    let (rest, element) = field_type(rest, depth + 1)?;
    if begins_type(rest) {
        return refuse(rest, &REPEATED_FIELDS);
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
            span: rest.span_from(start),
        },
    ))
}

/// What is written after `=`.
fn result_type<'s, 't>(input: Tokens<'s, 't>) -> Parsed<'s, 't, Type<'s>> {
    let start = input.start();
    let (rest, name) = any_name("the result type")(input).map_err(fatal)?;
    let name = name.text;
    if matches!(input.kind(0), Some(Kind::Name { upper: false, .. })) {
        return refuse(input, &LOWER_CASE_RESULT);
    }
    let (rest, args) = match rest.kind(0) {
        Some(Kind::Mark(b'<')) => type_arguments(rest, 0)?,
        _ => arguments(rest, 0)?,
    };
    let kind = TypeKind::Named {
        name,
        percent: false,
        args,
    };
    Ok((
        rest,
        Type {
            kind,
            span: rest.span_from(start),
        },
    ))
}

/// A type as one piece: what can stand after a colon.
fn term<'s, 't>(input: Tokens<'s, 't>, depth: usize) -> Parsed<'s, 't, Type<'s>> {
    if depth > MAX_DEPTH {
        return refuse(input, &TOO_DEEP);
    }
    let start = input.start();
    let (rest, kind) = match input.kind(0) {
        Some(Kind::Name { .. }) => named(input, depth)?,
        Some(Kind::Mark(b'#')) => (input.skip(1), TypeKind::Nat),
        Some(Kind::Mark(b'!')) => {
            let (rest, name) = plain_name(input.skip(1)).map_err(fatal)?;
            (rest, TypeKind::Call(name.text))
        }
        Some(Kind::Mark(b'%')) => percent(input.skip(1), depth)?,
        Some(Kind::Mark(b'(')) => application(input, depth)?,
        Some(Kind::Number) if input.kind(1) != Some(Kind::Mark(b'*')) => {
            return refuse(input, &NUMBER_AS_TYPE);
        }
        Some(Kind::Number | Kind::Mark(b'[')) => return refuse(input, &REPETITION_INSIDE),
        _ => return expected(input, "a type").map_err(fatal),
    };
    Ok((
        rest,
        Type {
            kind,
            span: rest.span_from(start),
        },
    ))
}

/// `name`, or `name<A,B>`
fn named<'s, 't>(input: Tokens<'s, 't>, depth: usize) -> Parsed<'s, 't, TypeKind<'s>> {
    let (rest, Name { text: name, .. }) = any_name("a type")(input)?;
    let (rest, args) = match rest.kind(0) {
        Some(Kind::Mark(b'<')) => type_arguments(rest, depth)?,
        _ => (rest, Vec::new()),
    };
    Ok((
        rest,
        TypeKind::Named {
            name,
            percent: false,
            args,
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
        _ => expected(input, "the name of a type").map_err(fatal),
    }
}

/// `(name A B)`, or any type in parentheses.
fn application<'s, 't>(input: Tokens<'s, 't>, depth: usize) -> Parsed<'s, 't, TypeKind<'s>> {
    let (rest, _) = mark(b'(', "`(`")(input)?;
    let (rest, head) = term(rest, depth + 1)?;
    let (rest, more) = arguments(rest, depth)?;
    if rest.kind(0) == Some(Kind::Mark(b':')) {
        return refuse(input, &FIELDS_IN_PARENTHESES);
    }
    let (rest, _) = mark(b')', "`)`")(rest).map_err(fatal)?;
    match head.kind {
        kind if more.is_empty() => Ok((rest, kind)),
        TypeKind::Named {
            name,
            percent,
            args,
        } if args.is_empty() => Ok((
            rest,
            TypeKind::Named {
                name,
                percent,
                args: more,
            },
        )),
        _ => refuse(input, &PARTIAL_APPLICATION),
    }
}

/// `<A,B>`
fn type_arguments<'s, 't>(input: Tokens<'s, 't>, depth: usize) -> Parsed<'s, 't, Vec<Type<'s>>> {
    let (rest, _) = mark(b'<', "`<`")(input)?;
    let (rest, first) = term(rest, depth + 1)?;
    // Nearly always it is the only one, so there is room for it alone.
    let mut list = vec![first];
    let mut rest = rest;
    while let Ok((after, _)) = mark(b',', "`,`")(rest) {
        let (after, next) = term(after, depth + 1)?;
        list.push(next);
        rest = after;
    }
    let (rest, _) = mark(b'>', "`,` or `>`")(rest).map_err(fatal)?;
    Ok((rest, list))
}

/// Types one after the other.
fn arguments<'s, 't>(input: Tokens<'s, 't>, depth: usize) -> Parsed<'s, 't, Vec<Type<'s>>> {
    if !begins_type(input) {
        return Ok((input, Vec::new()));
    }
    let one = |input| match begins_type(input) {
        true => term(input, depth + 1),
        false => expected(input, "a type"),
    };
    many0(one).parse(input)
}

fn begins_type(input: Tokens<'_, '_>) -> bool {
    is_name(input.kind(0))
        || matches!(
            input.kind(0),
            Some(Kind::Number | Kind::Mark(b'#' | b'!' | b'%' | b'('))
        )
}

fn number<'s, 't>(input: Tokens<'s, 't>) -> Parsed<'s, 't, u32> {
    match input.first() {
        Some(token) if token.kind == Kind::Number => match input.text_of(token).parse() {
            Ok(number) => Ok((input.skip(1), number)),
            Err(_) => refuse(input, &LARGE_NUMBER),
        },
        _ => expected(input, "a number").map_err(fatal),
    }
}

/// A name without namespaces.
fn plain_name<'s, 't>(input: Tokens<'s, 't>) -> Parsed<'s, 't, Name<'s>> {
    match input.kind(0) {
        Some(Kind::Name { path: true, .. }) => refuse(input, &NAMESPACE),
        _ => any_name("a name")(input),
    }
}

fn any_name<'s: 't, 't>(what: &'static str) -> impl Fn(Tokens<'s, 't>) -> Parsed<'s, 't, Name<'s>> {
    move |input| match input.first() {
        Some(token) if is_name(Some(token.kind)) => {
            let rest = input.skip(1);
            Ok((
                rest,
                Name {
                    text: input.text_of(token),
                    span: rest.span_from(token.start),
                },
            ))
        }
        Some(token) if token.kind == Kind::Mark(b'_') => refuse(input, &UNDERSCORE),
        Some(token) if token.kind == Kind::Mark(b'`') => refuse(input, &BACK_QUOTE),
        _ => expected(input, what),
    }
}

fn is_name(kind: Option<Kind>) -> bool {
    matches!(kind, Some(Kind::Name { .. }))
}

fn mark<'s: 't, 't>(
    mark: u8,
    what: &'static str,
) -> impl Fn(Tokens<'s, 't>) -> Parsed<'s, 't, Token> {
    move |input| match input.first() {
        Some(token) if token.kind == Kind::Mark(mark) => Ok((input.skip(1), token)),
        _ => expected(input, what),
    }
}
