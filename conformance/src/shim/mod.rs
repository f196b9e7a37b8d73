//! Our own crates behind the shim protocol: one request in, one answer out.
//!
//! A request is a JSON object with an `id`, an `op` and the fields of the operation; the answer
//! names the `id` and holds `ok`, `err` or `unsupported`. Any runner can drive the crates by it, and
//! the runner of this crate asks it without a process in between.

mod elements;
mod fields;
mod form;
mod links;
mod passport;
mod secrets;
mod srp;
mod tl;

pub use self::elements::{blame, elements_of, without_empty};

use std::io::{self, BufRead, Read as _, Write};

use serde_json::{Value, json};

/// What became of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// It was done, with this result.
    Done(Value),
    /// It was refused, for this reason.
    Refused(String),
    /// There is no such operation here, or not for such values.
    Unsupported,
}

impl Answer {
    /// The answer as a line of the protocol has it.
    #[must_use]
    pub fn to_json(&self, id: &Value) -> Value {
        match self {
            Self::Done(result) => json!({"id": id, "ok": result}),
            Self::Refused(reason) => json!({"id": id, "err": reason, "kind": "typed"}),
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
        return Answer::Refused("the request has no `op`".to_owned());
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
        "message" => passport::message(request),
        "public_key" => passport::public_key(request),
        "scope_check" => passport::scope_check(request),
        "error_build" => passport::error_build(request),
        "form_submit" => form::submit(request),
        "link_parse" => links::parse(request),
        "link_build" => links::build(request),
        "scope_validate" => links::scope_validate(request),
        "srp" => srp::check(request),
        "srp_verifier" => srp::verifier(request),
        "tl_encode" => tl::encode(request),
        "tl_decode" => tl::decode(request),
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
        let reply = match serde_json::from_slice::<Value>(&line) {
            Ok(request) => answer(&request).to_json(&request["id"]),
            Err(error) => {
                let reason = format!("the line is no JSON: {error}");
                Answer::Refused(reason).to_json(&Value::Null)
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
    Unsupported,
}

impl<E: std::fmt::Display> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self::Reason(error.to_string())
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Reason(reason) => Self::Refused(reason),
            Refusal::Unsupported => Self::Unsupported,
        }
    }
}

/// The longest line that is read, in bytes: a message with its files named is far below.
const LONGEST_LINE: u64 = 64 * 1024 * 1024;
