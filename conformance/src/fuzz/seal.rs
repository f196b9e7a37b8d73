//! Encryption straight from section 8.5 of the reference, without any of the checks of the crate: what
//! only a hostile sender does.

use aes::Aes256;
use cbc::cipher::{Block, BlockModeEncrypt, KeyIvInit};
use sha2::{Digest, Sha256, Sha512};
use telegram_passport::key::{CredentialsKey, Refused};
use telegram_passport::secret::CredentialsSecret;

/// A secret with a right checksum.
pub(super) const SECRET: [u8; 32] = secret(7);

/// Another one.
pub(super) const OTHER: [u8; 32] = secret(8);

/// A key without RSA: the encrypted secret is the secret.
pub(super) struct PlainKey;

impl CredentialsKey for PlainKey {
    fn open(&self, encrypted: &[u8]) -> Result<CredentialsSecret, Refused> {
        Ok(CredentialsSecret::from_slice(encrypted)?)
    }
}

/// Encrypts bytes that should be padded already; a rest that is no block stays as it is. The second
/// is their SHA-256.
pub(super) fn seal(padded: &[u8], secret: &[u8; 32]) -> (Vec<u8>, [u8; 32]) {
    let hash: [u8; 32] = Sha256::digest(padded).into();
    let material = Sha512::digest([*secret, hash].concat());
    let (key, iv) = (&material[..32], &material[32..48]);
    let mut cipher = cbc::Encryptor::<Aes256>::new_from_slices(key, iv).expect("their lengths");
    let mut bytes = padded.to_vec();
    let (blocks, _) = Block::<Aes256>::slice_as_chunks_mut(&mut bytes);
    cipher.encrypt_blocks(blocks);
    (bytes, hash)
}

/// The plaintext behind as little padding as may be.
pub(super) fn padded(plaintext: &[u8]) -> Vec<u8> {
    let length = 32 + (16 - plaintext.len() % 16) % 16;
    let mut padded = vec![0; length];
    padded[0] = length as u8;
    padded.extend_from_slice(plaintext);
    padded
}

const fn secret(first: u8) -> [u8; 32] {
    let mut secret = [0; 32];
    secret[0] = first;
    secret[31] = 239 - first;
    secret
}
