//! TL values as bytes and as JSON.

use serde_json::Value;

use super::Refusal;
use super::fields::{hex, text, to_hex};
use crate::{Kind, Subject, subjects};

/// A constructor with its id, or a function.
pub(super) fn encode(request: &Value) -> Result<Value, Refusal> {
    let value = &request["value"];
    let name = text(value, "_")?;
    let subject = find(|it| it.kind != Kind::Type && it.tl == name)?;
    let json = subject.json.ok_or(Refusal::Unsupported)?;
    Ok(to_hex(&(json.write)(value)?).into())
}

/// A boxed type, or a function by its name.
pub(super) fn decode(request: &Value) -> Result<Value, Refusal> {
    let name = text(request, "type")?;
    let bytes = hex(request, "bytes")?;
    let subject = find(|it| it.kind != Kind::Constructor && it.tl == name);
    let subject = match subject {
        Err(Refusal::Unsupported) => find(|it| it.tl == name)?,
        found => found?,
    };
    let json = subject.json.ok_or(Refusal::Unsupported)?;
    Ok((json.read)(&bytes)?)
}

/// A name that the selection does not have is not a mistake of the request.
fn find(is_it: impl Fn(&Subject) -> bool) -> Result<&'static Subject, Refusal> {
    let mut subjects = subjects().iter();
    subjects
        .find(|subject| is_it(subject))
        .ok_or(Refusal::Unsupported)
}
