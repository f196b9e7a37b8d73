//! Our own crates behind the shim protocol: one request in, one answer out.
//!
//! A request is a JSON object with an `id`, an `op` and the fields of the operation; the answer
//! names the `id` and holds `ok`, `err` or `unsupported`; with `err` stands the [`Class`] of the
//! failure, too. Any runner can drive the crates by it, and
//! the runner of this crate asks it without a process in between.

mod bench;
mod document;
mod elements;
mod fields;
mod form;
mod links;
mod passport;
mod secrets;
mod srp;
mod tl;
mod why;

pub use self::elements::{blame, elements_of, without_empty};

use std::io::{self, BufRead, Read as _, Write};

use serde_json::{Value, json};

use self::why::Why;
use crate::failure::Class;

/// What became of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// It was done, with this result.
    Done(Value),
    /// It was refused.
    Refused {
        /// Why, in words.
        reason: String,
        /// Why, in the word of a [`Class`], if the answer names one.
        class: Option<String>,
    },
    /// There is no such operation here, or not for such values.
    Unsupported,
}

impl Answer {
    /// A refusal that names no class.
    #[must_use]
    pub fn refused(reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self::Refused {
            reason,
            class: None,
        }
    }

    /// The answer as a line of the protocol has it.
    #[must_use]
    pub fn to_json(&self, id: &Value) -> Value {
        match self {
            Self::Done(result) => json!({"id": id, "ok": result}),
            Self::Refused { reason, class } => {
                let mut answer = json!({"id": id, "err": reason, "kind": "typed"});
                if let Some(class) = class {
                    answer["class"] = class.as_str().into();
                }
                answer
            }
            Self::Unsupported => json!({"id": id, "unsupported": true}),
        }
    }
}

/// Answers one request.
///
/// ```
/// use conformance::shim::{Answer, answer};
/// use serde_json::json;
///
/// let request = json!({"op": "tl_encode", "value": {"_": "inputUserEmpty"}});
/// assert_eq!(answer(&request), Answer::Done(json!("cf8688b9")));
/// assert_eq!(answer(&json!({"op": "sing"})), Answer::Unsupported);
/// ```
#[must_use]
pub fn answer(request: &Value) -> Answer {
    let Some(op) = request.get("op").and_then(Value::as_str) else {
        return Answer::refused("the request has no `op`");
    };
    let done = match op {
        "value" => secrets::value(request),
        "file" => secrets::file(request),
        "secret_check" => secrets::check(request),
        "secret_generate" => secrets::generate(request),
        "value_secret_unwrap" => secrets::value_secret_unwrap(request),
        "passport_secret_unwrap" => secrets::passport_secret_unwrap(request),
        "credentials" => passport::credentials(request),
        "credentials_secret" => passport::credentials_secret(request),
        "bench_file" => bench::file(request),
        "bench_message" => bench::message(request),
        "message" => passport::message(request),
        "message_tl" => passport::message_tl(request),
        "public_key" => passport::public_key(request),
        "scope_check" => passport::scope_check(request),
        "error_build" => passport::error_build(request),
        "form_submit" => form::submit(request),
        "link_parse" => links::parse(request),
        "link_build" => links::build(request),
        "callback_build" => links::callback_build(request),
        "document_read" => document::read(request),
        "document_check" => document::check(request),
        "scope_validate" => links::scope_validate(request),
        "srp" => srp::check(request),
        "srp_verifier" => srp::verifier(request),
        "tl_encode" => tl::encode(request),
        "tl_decode" => tl::decode(request),
        "tl_id" => tl::id(request),
        _ => return Answer::Unsupported,
    };
    match done {
        Ok(result) => Answer::Done(result),
        Err(refusal) => refusal.into(),
    }
}

/// Answers requests, a line each, until the input ends.
///
/// # Errors
///
/// Those of reading and writing. A line that is no request is answered like a refusal.
pub fn serve(mut input: impl BufRead, mut output: impl Write) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = (&mut input)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(());
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let is_cut = read as u64 == LONGEST_LINE && !line.ends_with(b"\n");
        let reply = if is_cut {
            input.skip_until(b'\n')?;
            let reason = format!("the line is longer than {LONGEST_LINE} bytes");
            Answer::refused(reason).to_json(&Value::Null)
        } else {
            match serde_json::from_slice::<Value>(&line) {
                Ok(request) => answer(&request).to_json(&request["id"]),
                Err(error) => {
                    let reason = format!("the line is no JSON: {error}");
                    Answer::refused(reason).to_json(&Value::Null)
                }
            }
        };
        serde_json::to_writer(&mut output, &reply)?;
        output.write_all(b"\n")?;
        output.flush()?;
    }
}

/// Why an operation has no result.
enum Refusal {
    Reason(String),
    Classed(Class, String),
    Unsupported,
}

impl<E: Why> From<E> for Refusal {
    fn from(error: E) -> Self {
        match error.class() {
            Some(class) => Self::Classed(class, error.to_string()),
            None => Self::Reason(error.to_string()),
        }
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Reason(reason) => Self::refused(reason),
            Refusal::Classed(class, reason) => Self::Refused {
                reason,
                class: Some(class.word().to_owned()),
            },
            Refusal::Unsupported => Self::Unsupported,
        }
    }
}

/// The longest line that is read, in bytes: a message with its files named is far below.
const LONGEST_LINE: u64 = 64 * 1024 * 1024;
