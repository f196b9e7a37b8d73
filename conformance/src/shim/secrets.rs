//! Values, files and secrets.

use std::convert::Infallible;

use rand_core::{TryCryptoRng, TryRng};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use telegram_passport::cipher;
use telegram_passport::client::StoredSecretError;
use telegram_passport::file::{Decryptor, FileCredentials, Memory};
use telegram_passport::hash::FileHash;
use telegram_passport::secret::{PassportSecret, ValueSecret};
use telegram_passport::wrap::{PasswordKdf, unwrap_passport_secret, unwrap_value_secret};

use super::Refusal;
use super::fields::{self, base64, hex, text, to_hex};

pub(super) fn value(request: &Value) -> Result<Value, Refusal> {
    let secret = ValueSecret::from_slice(&hex(request, "secret")?)?;
    let hash = FileHash::from_slice(&hex(request, "hash")?)?;
    let plaintext = cipher::decrypt_file(&secret, &hash, hex(request, "ct")?)?;
    Ok(to_hex(plaintext.as_bytes()).into())
}

pub(super) fn file(request: &Value) -> Result<Value, Refusal> {
    let secret = ValueSecret::from_slice(&base64(request, "secret")?)?;
    let hash = FileHash::from_slice(&base64(request, "hash")?)?;
    let mut decryptor = Decryptor::new(&FileCredentials::new(hash, secret), Memory::new());
    let encrypted = fields::file(request, "path")?;
    // As it comes in over the network, in pieces of this many bytes.
    let chunk = request.get("chunk").and_then(Value::as_u64);
    let chunk = chunk.and_then(|it| usize::try_from(it).ok());
    for piece in encrypted.chunks(chunk.unwrap_or(encrypted.len()).max(1)) {
        decryptor.push(piece)?;
    }
    let plaintext = decryptor.finish()?;
    let bytes = plaintext.as_bytes();
    Ok(json!({"sha256": to_hex(&Sha256::digest(bytes)), "size": bytes.len()}))
}

pub(super) fn check(request: &Value) -> Result<Value, Refusal> {
    let secret = PassportSecret::from_slice(&hex(request, "secret")?)?;
    Ok(secret.id().to_string().into())
}

pub(super) fn generate(request: &Value) -> Result<Value, Refusal> {
    let random = hex(request, "random")?;
    if random.len() != 32 {
        return Err(Refusal::Reason("`random` is not 32 bytes long".to_owned()));
    }
    let Ok(secret) = ValueSecret::generate(&mut Given(random));
    Ok(to_hex(secret.expose()).into())
}

pub(super) fn value_secret_unwrap(request: &Value) -> Result<Value, Refusal> {
    let passport = PassportSecret::from_slice(&hex(request, "passportSecret")?)?;
    let hash = FileHash::from_slice(&hex(request, "hash")?)?;
    let secret = unwrap_value_secret(&passport, &hash, &hex(request, "encrypted")?)?;
    Ok(to_hex(secret.expose()).into())
}

pub(super) fn passport_secret_unwrap(request: &Value) -> Result<Value, Refusal> {
    let salt = hex(request, "salt")?;
    let kdf = match text(request, "algorithm")? {
        "securePasswordKdfAlgoSHA512" => PasswordKdf::Sha512 { salt },
        "securePasswordKdfAlgoPBKDF2HMACSHA512iter100000" => PasswordKdf::Pbkdf2 { salt },
        // What the client makes of it, which reads the algorithm from TL.
        "securePasswordKdfAlgoUnknown" => return Err(StoredSecretError::UnknownAlgorithm.into()),
        _ => return Err(Refusal::Unsupported),
    };
    let id = text(request, "secretId")?.parse()?;
    let encrypted = hex(request, "encrypted")?;
    let secret = unwrap_passport_secret(&encrypted, id, text(request, "password")?, &kdf)?;
    Ok(to_hex(secret.expose()).into())
}

/// Gives the bytes of a request for random ones.
struct Given(Vec<u8>);

impl Given {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        let Ok(()) = self.try_fill_bytes(&mut bytes);
        bytes
    }
}

impl TryRng for Given {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes(self.take()))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes(self.take()))
    }

    /// Zeros once all are used.
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        let given = self.0.len().min(bytes.len());
        let (now, rest) = bytes.split_at_mut(given);
        now.copy_from_slice(&self.0[..given]);
        rest.fill(0);
        self.0.drain(..given);
        Ok(())
    }
}

impl TryCryptoRng for Given {}
