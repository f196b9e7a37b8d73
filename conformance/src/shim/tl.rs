//! TL values as bytes and as JSON.

use serde_json::Value;

use super::Refusal;
use super::fields::{hex, text, to_hex};
use crate::{Kind, Subject, subjects};

/// A constructor with its id, or a function.
pub(super) fn encode(request: &Value) -> Result<Value, Refusal> {
    let value = &request["value"];
    let name = text(value, "_")?;
    let bytes = match find(|it| it.kind != Kind::Type && it.tl == name) {
        Ok(subject) => (subject.json.ok_or(Refusal::Unsupported)?.write)(value)?,
        // Constructors without fields stand in the enum of their type alone.
        Err(_) => {
            let types = subjects().iter().filter(|it| it.kind == Kind::Type);
            let mut written = types.filter_map(|it| (it.json?.write)(value).ok());
            written.next().ok_or(Refusal::Unsupported)?
        }
    };
    Ok(to_hex(&bytes).into())
}

/// A boxed type, or a function by its name. Of a type that the selection has only constructors of,
/// such as `MessageAction`, these are read.
pub(super) fn decode(request: &Value) -> Result<Value, Refusal> {
    let name = text(request, "type")?;
    let bytes = hex(request, "bytes")?;
    if let Ok(subject) = find(|it| it.kind != Kind::Constructor && it.tl == name) {
        return Ok((subject.json.ok_or(Refusal::Unsupported)?.read)(&bytes)?);
    }
    let constructors = subjects().iter().filter(|it| it.kind == Kind::Constructor);
    let mut read = constructors.filter_map(|it| (it.json?.read)(&bytes).ok());
    read.next().ok_or(Refusal::Unsupported)
}

/// A name that the selection does not have is not a mistake of the request.
fn find(is_it: impl Fn(&Subject) -> bool) -> Result<&'static Subject, Refusal> {
    let mut subjects = subjects().iter();
    subjects
        .find(|subject| is_it(subject))
        .ok_or(Refusal::Unsupported)
}
