//! The credentials of a submission: secrets and hashes of what is handed over, for the service only.
//!
//! Keys come in the order of section 7 of the reference, `secure_data` before the nonce; there is no
//! white space, and characters beyond ASCII stand as they are. Readers may not rely on any of it.
//!
//! Source: protocol reference, sections 4.3 (nonce or payload), 7.1 to 7.4, 8.7.

use base64ct::{Base64, Encoding};
use rand_core::TryCryptoRng;
use telegram_passport_tl::types;
use zeroize::Zeroizing;

use super::submit::Disclosure;
use crate::cipher::{Padding, encrypt_credentials};
use crate::document::{PrivateText, json_string};
use crate::key::{PublicKey, RandomError};
use crate::nonce::{Nonce, NonceKey};
use crate::secret::{CredentialsSecret, ValueSecret};
use crate::submission::FilePart;

/// Writes the JSON of the credentials for these values. Phone numbers and e-mail addresses have none
/// and are passed over.
///
/// ```
/// use telegram_passport::client::credentials_json;
/// use telegram_passport::nonce::{Nonce, NonceKey};
///
/// let nonce = Nonce::from_text("n-\"1\"")?;
/// let json = credentials_json(&[], &nonce, NonceKey::Nonce);
/// assert_eq!(json.as_str(), r#"{"secure_data":{},"nonce":"n-\"1\""}"#);
/// # Ok::<(), telegram_passport::nonce::NonceError>(())
/// ```
#[must_use]
pub fn credentials_json(values: &[Disclosure], nonce: &Nonce, key: NonceKey) -> PrivateText {
    // Text that grows would leave copies behind, so its length is counted first.
    let mut length = 0;
    credentials(values, nonce, key, &mut |piece| length += piece.len());
    let mut text = PrivateText::with_capacity(length);
    credentials(values, nonce, key, &mut |piece| text.push_str(piece));
    text
}

/// Encrypts the JSON of the credentials under a fresh secret, with random padding that hides its
/// length, and the secret with the service's public key.
///
/// # Errors
///
/// [`RandomError`] if the source of randomness fails.
pub fn seal_credentials<R: TryCryptoRng + ?Sized>(
    json: &PrivateText,
    public_key: &PublicKey,
    rng: &mut R,
) -> Result<types::SecureCredentialsEncrypted, RandomError<R::Error>> {
    let secret = CredentialsSecret::generate(rng).map_err(RandomError::Randomness)?;
    let padding = Padding::random(rng, json.as_bytes().len()).map_err(RandomError::Randomness)?;
    let sealed = encrypt_credentials(json.as_bytes(), &padding, &secret)
        .map_err(|_| RandomError::Internal)?;
    Ok(types::SecureCredentialsEncrypted {
        data: sealed.bytes,
        hash: sealed.hash.as_bytes().to_vec(),
        secret: public_key.encrypt(rng, &secret)?,
    })
}

fn credentials(values: &[Disclosure], nonce: &Nonce, key: NonceKey, put: &mut dyn FnMut(&str)) {
    put("{\"secure_data\":{");
    let values = values.iter().filter(|value| !value.element.is_plain());
    for (index, value) in values.enumerate() {
        put(if index == 0 { "\"" } else { ",\"" });
        put(value.element.name());
        put("\":{");
        parts(value, put);
        put("}");
    }
    put("},\"");
    put(key.name());
    put("\":\"");
    json_string(nonce.as_str(), put);
    put("\"}");
}

fn parts(value: &Disclosure, put: &mut dyn FnMut(&str)) {
    let mut comma = "";
    if let Some((hash, secret)) = &value.data {
        put("\"data\":");
        pair("data_hash", &hash.to_base64(), secret, put);
        comma = ",";
    }
    let mut rest = value.files.iter().peekable();
    while let Some((part, file)) = rest.next() {
        let (name, is_list) = name(*part);
        put(comma);
        put("\"");
        put(name);
        put(if is_list { "\":[" } else { "\":" });
        pair("file_hash", &file.hash().to_base64(), file.secret(), put);
        while let Some((_, file)) = rest.next_if(|(part, _)| is_list && self::name(*part).0 == name)
        {
            put(",");
            pair("file_hash", &file.hash().to_base64(), file.secret(), put);
        }
        put(if is_list { "]" } else { "" });
        comma = ",";
    }
}

fn name(part: FilePart) -> (&'static str, bool) {
    match part {
        FilePart::FrontSide => ("front_side", false),
        FilePart::ReverseSide => ("reverse_side", false),
        FilePart::Selfie => ("selfie", false),
        FilePart::Translation(_) => ("translation", true),
        FilePart::Files(_) => ("files", true),
    }
}

fn pair(name: &str, hash: &str, secret: &ValueSecret, put: &mut dyn FnMut(&str)) {
    let mut room = Zeroizing::new([0; SECRET_IN_BASE64]);
    put("{\"");
    put(name);
    put("\":\"");
    put(hash);
    put("\",\"secret\":\"");
    put(Base64::encode(secret.expose(), room.as_mut_slice()).unwrap_or_default());
    put("\"}");
}

/// 32 bytes in base64, padding included.
const SECRET_IN_BASE64: usize = 44;
