//! What can be wrong with a definition, as small as a backtracking parser needs it.

use nom::error::{ErrorKind, ParseError};
use nom::{Err, IResult};

use super::input::Tokens;
use crate::diagnostic::{Diagnostic, quoted};
use crate::source::Span;

/// Why a definition could not be read, and where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Problem {
    start: u32,
    end: u32,
    reason: Reason,
}

#[derive(Debug, Clone, Copy)]
enum Reason {
    /// Something else should stand here.
    Expected(&'static str),
    /// The meaning is clear, but it is not supported or not allowed.
    Refused(&'static Refusal),
}

/// A message, and what to write instead.
#[derive(Debug)]
pub(super) struct Refusal {
    message: &'static str,
    hint: &'static str,
}

impl Problem {
    /// Tokens remain where the definition should end.
    pub(super) fn left_over(input: Tokens<'_, '_>) -> Self {
        Self::new(input, Reason::Expected("`;`"))
    }

    fn new(input: Tokens<'_, '_>, reason: Reason) -> Self {
        let (start, end) = match input.first() {
            Some(token) => (token.start, token.end),
            None => (input.before(), input.before()),
        };
        Self { start, end, reason }
    }

    /// The message for a person.
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
            Reason::Refused(refusal) => {
                Diagnostic::error(span, refusal.message).with_hint(refusal.hint)
            }
            Reason::Expected(what) if found.is_empty() => Diagnostic::error(
                span,
                format!("expected {what}, but the definition ends here"),
            ),
            Reason::Expected(what) => {
                let message = format!("expected {what}, found {}", quoted(found));
                let error = Diagnostic::error(span, message);
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
    /// Made by nom itself only where tokens are left over.
    fn from_error_kind(input: Tokens<'s, 't>, _: ErrorKind) -> Self {
        Self::left_over(input)
    }

    fn append(_: Tokens<'s, 't>, _: ErrorKind, other: Self) -> Self {
        other
    }
}

/// Another parser may fit.
pub(super) fn expected<'s, 't, T>(
    input: Tokens<'s, 't>,
    what: &'static str,
) -> IResult<Tokens<'s, 't>, T, Problem> {
    Err(Err::Error(Problem::new(input, Reason::Expected(what))))
}

/// No other parser will do.
pub(super) fn refuse<'s, 't, T>(
    input: Tokens<'s, 't>,
    refusal: &'static Refusal,
) -> IResult<Tokens<'s, 't>, T, Problem> {
    Err(Err::Failure(Problem::new(input, Reason::Refused(refusal))))
}

/// From here on there is no other way to read the text.
pub(super) fn fatal(error: Err<Problem>) -> Err<Problem> {
    match error {
        Err::Error(problem) => Err::Failure(problem),
        other => other,
    }
}

pub(super) static NEW_FINAL_EMPTY: Refusal = Refusal {
    message: "declarations `New`, `Final` and `Empty` are not supported",
    hint: "leave the line out: it adds nothing to what is serialized",
};
pub(super) static UPPER_CASE_COMBINATOR: Refusal = Refusal {
    message: "the name of a constructor or function must begin with a lower-case letter",
    hint: "upper-case names are those of types, which stand after `=`",
};
pub(super) static LOWER_CASE_RESULT: Refusal = Refusal {
    message: "a result type must begin with an upper-case letter",
    hint: "lower-case names are those of constructors and bare types",
};
pub(super) static BAD_ID: Refusal = Refusal {
    message: "an id consists of 1 to 8 hexadecimal digits",
    hint: "leave it out: then it is computed",
};
pub(super) static NO_ID: Refusal = Refusal {
    message: "`#` without an id",
    hint: "leave it out: then the id is computed",
};
pub(super) static BLANK_BEFORE_ID: Refusal = Refusal {
    message: "a blank before an id",
    hint: "write `name#id`",
};
pub(super) static PARAMETERS_TOGETHER: Refusal = Refusal {
    message: "several parameters in one pair of braces are not supported",
    hint: "write `{X:Type} {Y:Type}`",
};
pub(super) static NUMBER_PARAMETER: Refusal = Refusal {
    message: "number parameters are not supported",
    hint: "types that depend on a number have no Rust equivalent here",
};
pub(super) static LATE_PARAMETER: Refusal = Refusal {
    message: "a parameter in braces stands after a field",
    hint: "parameters come first, right behind the name",
};
pub(super) static REPEATED_BY_FIELD: Refusal = Refusal {
    message: "a repetition as often as a field says is not supported",
    hint: "write the number itself, or use a vector",
};
pub(super) static REPEATED_FIELDS: Refusal = Refusal {
    message: "a repetition of several or named fields is not supported",
    hint: "declare a constructor with these fields, and repeat that",
};
pub(super) static REPETITION_INSIDE: Refusal = Refusal {
    message: "a repetition inside a type is not supported",
    hint: "declare a constructor with the repetition as its field, and use that",
};
pub(super) static FIELDS_IN_PARENTHESES: Refusal = Refusal {
    message: "fields in parentheses are not supported",
    hint: "write each with its type: `a:T b:T`",
};
pub(super) static PARTIAL_APPLICATION: Refusal = Refusal {
    message: "a type that is applied twice is not supported",
    hint: "write all arguments in one pair of brackets",
};
pub(super) static NUMBER_AS_TYPE: Refusal = Refusal {
    message: "a number as a type is not supported",
    hint: "types that depend on a number have no Rust equivalent here",
};
pub(super) static LARGE_NUMBER: Refusal = Refusal {
    message: "a number of more than 32 bits",
    hint: "use a smaller one",
};
pub(super) static TOO_DEEP: Refusal = Refusal {
    message: "types are nested too deeply",
    hint: "declare a constructor for the inner part",
};
pub(super) static NAMESPACE: Refusal = Refusal {
    message: "only types, constructors and functions have namespaces",
    hint: "write the name without a dot",
};
pub(super) static NAMED_BIT: Refusal = Refusal {
    message: "a bit of a flags word has a number, not a name",
    hint: "write 0 to 31 behind the dot, as in `flags.0?true`",
};
pub(super) static UNDERSCORE: Refusal = Refusal {
    message: "names that begin with `_` are not supported",
    hint: "begin the name with a letter",
};
pub(super) static BACK_QUOTE: Refusal = Refusal {
    message: "names in back-quotes are not supported",
    hint: "write the name without quotes",
};
