//! What a request link says, whatever its form: read here by rules of its own.

use std::collections::BTreeMap;

use serde_json::Value;

/// The parameters of a link; `None` if it is none of the two forms of a request.
pub(super) fn parts(link: &str) -> Option<BTreeMap<String, Value>> {
    let rest = link.strip_prefix("tg:")?;
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let (host, query) = rest.split_once('?')?;
    let mut parts = BTreeMap::new();
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=')?;
        let value = unescape(value)?;
        let value = match name {
            "scope" => plain(serde_json::from_str(&value).ok()?),
            _ => Value::String(value),
        };
        // The literal `payload=nonce` is there for old apps, an empty callback for nobody.
        let idle = name == "payload" || name == "callback_url" && value == "";
        if !idle && parts.insert(name.to_owned(), value).is_some() {
            return None;
        }
    }
    match host {
        "passport" => Some(parts),
        "resolve" => (parts.remove("domain")? == "telegrampassport").then_some(parts),
        _ => None,
    }
}

/// Percent signs undone.
fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digit = |at: usize| char::from(*rest.get(at)?).to_digit(16);
        bytes.push((digit(0)? << 4 | digit(1)?) as u8);
        rest = rest.get(2..)?;
    }
    String::from_utf8(bytes).ok()
}

/// A scope with the plainest form of each element: a type without options as its name, options as
/// booleans.
fn plain(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(plain).collect(),
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, value)| {
                let value = match (name.as_str(), plain(value)) {
                    ("s" | "t" | "n", value) => Value::Bool(value == 1 || value == true),
                    (_, value) => value,
                };
                (name, value)
            });
            let members: serde_json::Map<_, _> = members
                .filter(|(_, value)| *value != Value::Bool(false))
                .collect();
            match members.get("_") {
                Some(Value::String(name)) if members.len() == 1 => Value::String(name.clone()),
                _ => Value::Object(members),
            }
        }
        other => other,
    }
}
