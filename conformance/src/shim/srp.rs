//! The password check, with the client's random number given.

use serde_json::{Value, json};
use telegram_passport::client::Password;
use telegram_passport::client::srp::{KdfAlgo, PasswordHash, SecretExponent};
use telegram_passport_tl::types;

use super::Refusal;
use super::fields::{hex, text, to_hex};
use crate::failure::Class;

pub(super) fn check(request: &Value) -> Result<Value, Refusal> {
    let a = hex(request, "a")?.try_into();
    let a =
        a.map_err(|_| Refusal::Classed(Class::Length, "`a` is not 256 bytes long".to_owned()))?;
    let srp_b = hex(request, "srpB")?;
    let proof = hash(request)?.prove_with(1, &srp_b, &SecretExponent::from_bytes(&a))?;
    Ok(json!({"A": to_hex(&proof.a), "M1": to_hex(&proof.m1)}))
}

pub(super) fn verifier(request: &Value) -> Result<Value, Refusal> {
    Ok(to_hex(hash(request)?.verifier().as_slice()).into())
}

fn hash(request: &Value) -> Result<PasswordHash, Refusal> {
    let g = request["g"].as_i64().and_then(|g| i32::try_from(g).ok());
    let algo = types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow {
        salt1: hex(request, "salt1")?,
        salt2: hex(request, "salt2")?,
        g: g.ok_or_else(|| Refusal::Reason("`g` is no number of 32 bits".to_owned()))?,
        p: hex(request, "p")?,
    };
    Ok(KdfAlgo::check(&algo.into())?.hash(&Password::from(text(request, "password")?)))
}
