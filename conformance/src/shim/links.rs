//! Links, callbacks and scopes.

use serde_json::{Value, json};
use telegram_passport::link::{BotId, CallbackUrl, Outcome, RequestLink};
use telegram_passport::nonce::Nonce;
use telegram_passport::scope::Scope;

use super::Refusal;
use super::fields::text;

pub(super) fn parse(request: &Value) -> Result<Value, Refusal> {
    let link = RequestLink::parse(text(request, "url")?)?;
    Ok(json!({
        "bot_id": link.bot_id().to_string(),
        "scope": link.scope_text(),
        "public_key": link.public_key(),
        "nonce": link.nonce().as_str(),
        "callback_url": link.callback_text().unwrap_or_default(),
    }))
}

pub(super) fn build(request: &Value) -> Result<Value, Refusal> {
    let scope = Scope::parse(&request["scope"].to_string())?;
    let bot_id = BotId::new(text(request, "bot_id")?.parse()?)?;
    let nonce = Nonce::from_text(text(request, "nonce")?)?;
    let mut link = RequestLink::new(bot_id, &scope, text(request, "public_key")?, &nonce)?;
    let callback = request.get("callback_url").and_then(Value::as_str);
    if let Some(callback) = callback.filter(|callback| !callback.is_empty()) {
        link = link.with_callback(&CallbackUrl::parse(callback, bot_id)?)?;
    }
    Ok(link.to_string().into())
}

/// What is opened when the form is closed, `null` for nothing. A callback that must never be opened
/// is refused.
pub(super) fn callback_build(request: &Value) -> Result<Value, Refusal> {
    let bot_id = BotId::new(text(request, "bot_id")?.parse()?)?;
    let callback = CallbackUrl::parse(text(request, "callback_url")?, bot_id)?;
    let outcome = match text(request, "outcome")? {
        "success" => Outcome::Success,
        "cancel" => Outcome::Cancel,
        "error" => Outcome::Error(text(request, "error")?.to_owned()),
        _ => return Err(Refusal::Unsupported),
    };
    Ok(json!({"url": callback.join(&outcome)}))
}

pub(super) fn scope_validate(request: &Value) -> Result<Value, Refusal> {
    let scope = Scope::parse(&request["scope"].to_string())?;
    Ok(scope.to_long().into())
}
