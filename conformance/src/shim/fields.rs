//! The fields of a request.

use std::fs;

use base64ct::{Base64, Encoding};
use serde_json::Value;

use super::Refusal;
use crate::failure::Class;

/// A text.
pub(super) fn text<'a>(request: &'a Value, name: &str) -> Result<&'a str, Refusal> {
    let field = request.get(name).and_then(Value::as_str);
    let reason = || format!("the request has no text `{name}`");
    field.ok_or_else(|| Refusal::Classed(Class::Missing, reason()))
}

/// Bytes in hexadecimal.
pub(super) fn hex(request: &Value, name: &str) -> Result<Vec<u8>, Refusal> {
    let digits = text(request, name)?;
    let digit = |digit: u8| char::from(digit).to_digit(16).map(|it| it as u8);
    let pair = |pair: &[u8]| match *pair {
        [high, low] => Some(digit(high)? << 4 | digit(low)?),
        _ => None,
    };
    let bytes: Option<Vec<u8>> = digits.as_bytes().chunks(2).map(pair).collect();
    let reason = || format!("`{name}` is not hexadecimal");
    bytes.ok_or_else(|| Refusal::Classed(Class::Encoding, reason()))
}

/// Bytes in base64.
pub(super) fn base64(request: &Value, name: &str) -> Result<Vec<u8>, Refusal> {
    Ok(Base64::decode_vec(text(request, name)?)?)
}

/// The content of the file at a path. What is no file, as a device, might never end.
pub(super) fn file(request: &Value, name: &str) -> Result<Vec<u8>, Refusal> {
    let path = text(request, name)?;
    if !fs::metadata(path)?.is_file() {
        return Err(Refusal::Reason(format!("`{name}` is not that of a file")));
    }
    Ok(fs::read(path)?)
}

/// Bytes as hexadecimal.
pub(super) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
