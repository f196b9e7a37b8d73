//! Credentials, whole messages, keys, and what a service makes of them.

use std::cell::RefCell;

use serde_json::{Value, json};
use telegram_passport::cipher;
use telegram_passport::hash::CredentialsHash;
use telegram_passport::key::{CredentialsKey, PrivateKey, PublicKey};
use telegram_passport::scope::Scope;
use telegram_passport::{PassportData, bot_api, mtproto};
use telegram_passport_tl::Encode;

use super::fields::{base64, hex, text, to_hex};
use super::{Refusal, blame, elements_of};

/// The credentials alone: the JSON is told if it is what its hash says.
pub(super) fn credentials(request: &Value) -> Result<Value, Refusal> {
    let key = key(request)?;
    let credentials = &request["credentials"];
    let secret = key.open(&base64(credentials, "secret")?)?;
    let hash = CredentialsHash::from_slice(&base64(credentials, "hash")?)?;
    let plaintext = cipher::decrypt_credentials(&secret, &hash, base64(credentials, "data")?)?;
    let json: Value = serde_json::from_slice(plaintext.as_bytes())?;
    // The strict reader has the last word on the form of the JSON, and says which nonce there is.
    let data = bot_api::read_passport_data(&json!({"data": [], "credentials": credentials}))?;
    let presented = RefCell::new(None);
    let take = |nonce: &str| {
        *presented.borrow_mut() = Some(nonce.to_owned());
        true
    };
    match json.get("payload") {
        Some(_) => data.open_version_1_0(&key, take)?,
        None => data.open(&key, take)?,
    };
    Ok(json!({"json": json, "nonce": presented.into_inner()}))
}

pub(super) fn message(request: &Value) -> Result<Value, Refusal> {
    opened(
        &bot_api::read_passport_data(&request["passportData"])?,
        request,
    )
}

/// The same as it comes over MTProto: the bytes of `messageActionSecureValuesSentMe`.
pub(super) fn message_tl(request: &Value) -> Result<Value, Refusal> {
    opened(
        &mtproto::read_action_bytes(&hex(request, "action")?)?,
        request,
    )
}

fn opened(data: &PassportData, request: &Value) -> Result<Value, Refusal> {
    let presented = RefCell::new(None);
    let expected = request.get("expectedNonce").and_then(Value::as_str);
    let nonce = |nonce: &str| {
        *presented.borrow_mut() = Some(nonce.to_owned());
        expected.is_none_or(|expected| expected == nonce)
    };
    let submission = data.open(&key(request)?, nonce)?;
    let elements = elements_of(&submission);
    Ok(json!({"nonce": presented.into_inner(), "elements": elements}))
}

/// The key, by its size and the hash of its canonical form.
pub(super) fn public_key(request: &Value) -> Result<Value, Refusal> {
    let key = PublicKey::from_pem_allowing_small(text(request, "pem")?, 1024)?;
    Ok(json!({"bits": key.bits(), "fingerprint": key.fingerprint().to_string()}))
}

pub(super) fn scope_check(request: &Value) -> Result<Value, Refusal> {
    let data = bot_api::read_passport_data(&request["passportData"])?;
    let submission = data.open(&key(request)?, |_: &str| true)?;
    let scope = Scope::parse(&request["scope"].to_string())?;
    let fulfilment = scope.check(&submission);
    let missing: Vec<_> = fulfilment.unmet().map(|row| row.index()).collect();
    Ok(json!({"missing": missing}))
}

pub(super) fn error_build(request: &Value) -> Result<Value, Refusal> {
    let data = bot_api::read_passport_data(&request["passportData"])?;
    let submission = data.open(&key(request)?, |_: &str| true)?;
    let error = blame(&submission, &request["request"]);
    let error = error.ok_or_else(|| Refusal::Reason("nothing to blame".to_owned()))?;
    let bytes = error.to_tl()?.to_bytes()?;
    Ok(json!({"botApi": error.to_bot_api(), "tlBytes": to_hex(&bytes)}))
}

/// The RSA step alone.
pub(super) fn credentials_secret(request: &Value) -> Result<Value, Refusal> {
    let secret = key(request)?.open(&hex(request, "ciphertext")?)?;
    Ok(to_hex(secret.expose()).into())
}

/// The key of a request. Vectors have keys of 1024 bits, so these are taken. Encrypted keys are not,
/// whatever passphrase comes with them.
pub(super) fn key(request: &Value) -> Result<PrivateKey, Refusal> {
    let pem = text(request, "pem")?;
    Ok(PrivateKey::from_pem_allowing_small(pem, 1024)?)
}
