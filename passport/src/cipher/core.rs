//! The key schedule and the one pass over encrypted bytes.

use aes::Aes256;
use cbc::cipher::{Block, BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use sha2::{Digest, Sha256, Sha512};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::padding;
use crate::error::{Check, OpenError};

/// Bytes of an AES block.
pub(crate) const BLOCK: usize = 16;

/// Key and IV, the first 48 of 64 bytes of key material. Source: section 8, `split(H)`.
pub(crate) struct Keys {
    key: Zeroizing<[u8; 32]>,
    iv: Zeroizing<[u8; BLOCK]>,
}

impl Keys {
    /// From SHA-512 of a secret and a hash. Source: section 8.5.
    pub(crate) fn derive(secret: &[u8; 32], hash: &[u8; 32]) -> Self {
        let digest = Sha512::new().chain_update(secret).chain_update(hash);
        let mut material = Zeroizing::new([0; 64]);
        digest.finalize_into((&mut *material).into());
        Self::split(&material)
    }

    /// From 64 bytes of key material that are made elsewhere, such as from a password.
    pub(crate) fn split(material: &[u8; 64]) -> Self {
        let mut keys = Self {
            key: Zeroizing::new([0; 32]),
            iv: Zeroizing::new([0; BLOCK]),
        };
        keys.key.copy_from_slice(&material[..32]);
        keys.iv.copy_from_slice(&material[32..32 + BLOCK]);
        keys
    }

    /// Encrypts whole blocks in place; a rest that is no block is left as it is.
    pub(crate) fn encrypt(&self, buffer: &mut [u8]) {
        self.encrypt_after(&self.iv, buffer);
    }

    /// The same for what follows the encrypted block `previous`: the state of CBC is no more than
    /// that, so a file can be encrypted on from any of its blocks.
    pub(crate) fn encrypt_after(&self, previous: &[u8; BLOCK], buffer: &mut [u8]) {
        let key = (&*self.key).into();
        let mut cipher = cbc::Encryptor::<Aes256>::new(key, previous.into());
        let (blocks, _) = Block::<Aes256>::slice_as_chunks_mut(buffer);
        cipher.encrypt_blocks(blocks);
    }

    /// What stands in the place of the block before the first.
    #[cfg(feature = "client")]
    pub(crate) fn iv(&self) -> &[u8; BLOCK] {
        &self.iv
    }

    /// Decrypts 32 bytes: an encrypted secret. There is no hash; the secret has a checksum.
    pub(crate) fn decrypt_secret(&self, encrypted: &[u8; 32]) -> Zeroizing<[u8; 32]> {
        let mut secret = Zeroizing::new(*encrypted);
        let (blocks, _) = Block::<Aes256>::slice_as_chunks_mut(secret.as_mut_slice());
        self.decryptor().decrypt_blocks(blocks);
        secret
    }

    fn decryptor(&self) -> cbc::Decryptor<Aes256> {
        cbc::Decryptor::new((&*self.key).into(), (&*self.iv).into())
    }
}

/// One pass: decrypts piece after piece, hashes along, and says at the end whether all of it may be
/// used. What it has decrypted must not leave the caller's hands before that.
pub(crate) struct Opening {
    cipher: cbc::Decryptor<Aes256>,
    hash: Sha256,
    length: u64,
    /// The first byte of all: the length of the padding, if it is to be believed.
    first: u8,
}

impl Opening {
    pub(crate) fn new(keys: &Keys) -> Self {
        Self {
            cipher: keys.decryptor(),
            hash: Sha256::new(),
            length: 0,
            first: 0,
        }
    }

    /// Decrypts whole blocks in place. A rest that is no block is neither decrypted nor counted:
    /// callers pass multiples of 16.
    pub(crate) fn update(&mut self, piece: &mut [u8]) {
        let (blocks, rest) = Block::<Aes256>::slice_as_chunks_mut(piece);
        debug_assert!(rest.is_empty(), "callers pass whole blocks");
        let decrypted = blocks.len() * BLOCK;
        self.cipher.decrypt_blocks(blocks);
        let decrypted = piece.get(..decrypted).unwrap_or_default();
        self.hash.update(decrypted);
        if let (0, Some(&first)) = (self.length, decrypted.first()) {
            self.first = first;
        }
        self.length += decrypted.len() as u64;
    }

    /// The length of the padding as its first byte says, whether it is allowed or not.
    pub(crate) fn claimed_padding(&self) -> u8 {
        self.first
    }

    /// Where the plaintext starts, once the hash matched and the padding is allowed.
    pub(crate) fn finish(self, hash: &[u8; 32]) -> Result<usize, OpenError> {
        let computed: [u8; 32] = self.hash.finalize().into();
        if !bool::from(computed.ct_eq(hash)) {
            return Err(OpenError::new(Check::Hash));
        }
        let padding = usize::from(self.first);
        if padding < padding::MIN || padding as u64 > self.length {
            return Err(OpenError::new(Check::Padding));
        }
        Ok(padding)
    }
}
