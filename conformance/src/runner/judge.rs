//! What a reply says of an implementation.

use serde::Serialize;
use serde_json::{Map, Value};

use super::cases::Expected;
use super::{Reply, link};
use crate::shim::Answer;
use crate::vectors::Verdict;

/// What became of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// As it should be.
    Pass,
    /// The implementation has no such operation.
    Unsupported,
    /// An invalid case was refused, but by another check than the one it is about, which may be
    /// missing.
    WrongReason,
    /// A valid case was refused.
    WrongReject,
    /// A case was taken, with another result than it has.
    WrongOutput,
    /// An invalid case was taken.
    WrongAccept,
    /// It died, said what is no answer, or said nothing in time.
    Crash,
}

impl Outcome {
    /// All of them, the best first.
    pub const ALL: [Self; 7] = [
        Self::Pass,
        Self::Unsupported,
        Self::WrongReason,
        Self::WrongReject,
        Self::WrongOutput,
        Self::WrongAccept,
        Self::Crash,
    ];

    /// Its name, as reports have it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Unsupported => "unsupported",
            Self::WrongReason => "wrong-reason",
            Self::WrongReject => "wrong-reject",
            Self::WrongOutput => "wrong-output",
            Self::WrongAccept => "wrong-accept",
            Self::Crash => "crash",
        }
    }
}

/// Compares a reply with what must come of a case; in words what is wrong. `failure` are the classes
/// of failure for which the case may be refused; they count if the reply names one, too.
///
/// ```
/// use conformance::runner::cases::Expected;
/// use conformance::runner::judge::{Outcome, judge};
/// use conformance::runner::Reply;
/// use conformance::shim::Answer;
/// use conformance::vectors::Verdict;
///
/// let expected = Expected::Text("00ff".to_owned());
/// let said = |text: &str| Reply::Answer(Answer::Done(text.into()));
/// assert_eq!(judge(Verdict::Valid, &[], &expected, &said("00FF")).0, Outcome::Pass);
/// assert_eq!(judge(Verdict::Valid, &[], &expected, &said("00fe")).0, Outcome::WrongOutput);
/// assert_eq!(judge(Verdict::Invalid, &[], &expected, &said("00ff")).0, Outcome::WrongAccept);
/// assert_eq!(judge(Verdict::Valid, &[], &expected, &Reply::Timeout).0, Outcome::Crash);
/// ```
#[must_use]
pub fn judge(
    verdict: Verdict,
    failure: &[String],
    expected: &Expected,
    reply: &Reply,
) -> (Outcome, String) {
    let answer = match reply {
        Reply::Answer(answer) => answer,
        Reply::Crash(how) => return (Outcome::Crash, how.clone()),
        Reply::Timeout => return (Outcome::Crash, "no answer in time".to_owned()),
    };
    match (verdict, answer) {
        (_, Answer::Unsupported) => (Outcome::Unsupported, String::new()),
        (Verdict::Valid, Answer::Refused { reason, .. }) => (Outcome::WrongReject, reason.clone()),
        (Verdict::Acceptable, Answer::Refused { .. }) => (Outcome::Pass, String::new()),
        (Verdict::Invalid, Answer::Refused { reason, class }) => match class {
            Some(class) if !failure.is_empty() && !failure.contains(class) => {
                let (class, failure) = (shorten(class), failure.join(" or "));
                let note = format!("refused for {class} instead of {failure}: {reason}");
                (Outcome::WrongReason, note)
            }
            _ => (Outcome::Pass, String::new()),
        },
        (Verdict::Invalid, Answer::Done(result)) => {
            (Outcome::WrongAccept, format!("it said {}", short(result)))
        }
        (Verdict::Valid | Verdict::Acceptable, Answer::Done(result)) => {
            match differs(expected, result) {
                None => (Outcome::Pass, String::new()),
                Some(how) => (Outcome::WrongOutput, how),
            }
        }
    }
}

/// How a result differs from the expected one.
fn differs(expected: &Expected, result: &Value) -> Option<String> {
    match expected {
        Expected::Anything => None,
        Expected::Text(text) => {
            let said = as_text(result);
            (!said.eq_ignore_ascii_case(text))
                .then(|| format!("{} instead of {}", short(result), shorten(text)))
        }
        Expected::Members(members) => members.iter().find_map(|(name, value)| {
            // What is not said is not null either.
            let said = result.get(name);
            (!said.is_some_and(|said| same(value, said))).then(|| {
                let said = short(said.unwrap_or(&Value::Null));
                format!("{name} is {said} instead of {}", short(value))
            })
        }),
        Expected::Link(expected) => {
            let said = as_text(result);
            (link::parts(&said).is_none() || link::parts(&said) != link::parts(expected))
                .then(|| format!("{} instead of {}", shorten(&said), shorten(expected)))
        }
        Expected::Elements(expected) => {
            let nonce = expected.get("nonce");
            if nonce.is_some_and(|nonce| !same(nonce, &result["nonce"])) {
                return Some(format!("the nonce is {}", short(&result["nonce"])));
            }
            let said = without_empty(&result["elements"]);
            let expected = without_empty(&expected["elements"]);
            (!same(&expected, &said)).then(|| {
                format!(
                    "elements are {} instead of {}",
                    short(&said),
                    short(&expected)
                )
            })
        }
        Expected::Tl { value, bytes } => match (result.get("reencoded"), value) {
            (Some(said), _) => (!as_text(said).eq_ignore_ascii_case(bytes))
                .then(|| format!("encoded again as {}", short(said))),
            (None, Some(value)) => (!same(value, result))
                .then(|| format!("{} instead of {}", short(result), short(value))),
            (None, None) => None,
        },
    }
}

/// Equal as JSON: objects by their members, whatever the order, and JSON that came as a text like
/// the value that it holds.
fn same(expected: &Value, said: &Value) -> bool {
    match (expected, said) {
        (Value::Object(expected), Value::Object(said)) => {
            expected.len() == said.len()
                && expected
                    .iter()
                    .all(|(name, value)| said.get(name).is_some_and(|it| same(value, it)))
        }
        (Value::Array(expected), Value::Array(said)) => {
            expected.len() == said.len()
                && expected
                    .iter()
                    .zip(said)
                    .all(|(one, other)| same(one, other))
        }
        (Value::Object(_), Value::String(text)) => {
            serde_json::from_str::<Value>(text).is_ok_and(|said| same(expected, &said))
        }
        // Numbers that do not fit into a double come as texts.
        (Value::Number(_), Value::String(_)) | (Value::String(_), Value::Number(_)) => {
            as_text(expected) == as_text(said)
        }
        _ => expected == said,
    }
}

/// Empty texts and lists, and `null`, count as absent: implementations differ in what they leave out.
fn without_empty(value: &Value) -> Value {
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    match value {
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                // Some hand the document on as a text.
                let parsed = (name == "data").then(|| value.as_str()).flatten();
                let parsed = parsed.and_then(|text| serde_json::from_str(text).ok());
                (
                    name.clone(),
                    without_empty(&parsed.unwrap_or_else(|| value.clone())),
                )
            });
            let members: Map<_, _> = members.filter(|(_, value)| !is_empty(value)).collect();
            Value::Object(members)
        }
        Value::Array(items) => items.iter().map(without_empty).collect(),
        other => other.clone(),
    }
}

fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn short(value: &Value) -> String {
    shorten(&as_text(value))
}

/// The beginning of a long text.
fn shorten(text: &str) -> String {
    match text.char_indices().nth(LONGEST_NOTE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// How much of a result a report shows, in characters.
const LONGEST_NOTE: usize = 120;
