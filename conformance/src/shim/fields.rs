//! The fields of a request.

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
    let pair = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..digits.len()).step_by(2).map(pair).collect();
    let reason = || format!("`{name}` is not hexadecimal");
    bytes.ok_or_else(|| Refusal::Classed(Class::Encoding, reason()))
}

/// Bytes in base64.
pub(super) fn base64(request: &Value, name: &str) -> Result<Vec<u8>, Refusal> {
    Ok(Base64::decode_vec(text(request, name)?)?)
}

/// Bytes as hexadecimal.
pub(super) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
