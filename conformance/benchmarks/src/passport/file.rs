//! A file of 10 MiB, and those who decrypt and verify it.

use std::error::Error;
use std::hint::black_box;
use std::io;

use aes::Aes256;
use cbc::cipher::{Block, BlockModeDecrypt, KeyIvInit};
use getrandom::SysRng;
use sha2::{Digest, Sha256, Sha512};
use telegram_passport::cipher::{Padding, encrypt_file};
use telegram_passport::file::{Decryptor, FileCredentials, Memory, Quarantine, Verified};
use telegram_passport::secret::ValueSecret;

use crate::clock::{Timed, processor_time};

/// The length of its content.
pub(crate) const MEBIBYTES: usize = 10;

/// How it is decrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// AES-256-CBC over all of it, then SHA-256 over all of it, in place.
    Bare,
    /// As a whole, in place.
    Whole,
    /// The same, until the plaintext was dropped, which overwrites it.
    WholeOverwritten,
    /// Bytes come in chunks of that length; the plaintext goes nowhere.
    Chunks(usize),
    /// The same, and the plaintext is kept in memory.
    Kept(usize),
}

/// An encrypted file.
pub(crate) struct Encrypted {
    credentials: FileCredentials,
    bytes: Vec<u8>,
}

impl Encrypted {
    /// Makes one of [`MEBIBYTES`].
    pub(crate) fn new() -> Result<Self, Box<dyn Error>> {
        // No two pieces of it are alike.
        let content = (0..(MEBIBYTES << 20) as u32).map(|at| (at ^ at >> 8 ^ at >> 16) as u8);
        let content: Vec<_> = content.collect();
        let secret = ValueSecret::generate(&mut SysRng)?;
        let padding = Padding::random(&mut SysRng, content.len())?;
        let sealed = encrypt_file(&content, &padding, &secret)?;
        Ok(Self {
            credentials: FileCredentials::new(sealed.hash, secret),
            bytes: sealed.bytes,
        })
    }

    /// The time of decrypting and verifying it. The copy that is decrypted in place is made before.
    pub(crate) fn timed(&'static self, way: Way) -> Timed {
        let once = move || match way {
            Way::Bare => {
                let mut bytes = self.bytes.clone();
                processor_time(|| assert!(self.bare(black_box(&mut bytes))))
            }
            Way::Whole => {
                let bytes = self.bytes.clone();
                let mut plaintext = None;
                let time =
                    processor_time(|| plaintext = self.credentials.decrypt(black_box(bytes)).ok());
                assert!(black_box(plaintext).is_some());
                time
            }
            Way::WholeOverwritten => {
                let bytes = self.bytes.clone();
                processor_time(|| assert!(self.credentials.decrypt(black_box(bytes)).is_ok()))
            }
            Way::Chunks(length) => {
                processor_time(|| assert!(self.stream(Nowhere, length).is_some()))
            }
            Way::Kept(length) => {
                processor_time(|| assert!(self.stream(Memory::new(), length).is_some()))
            }
        };
        Box::new(move |times| (0..times).map(|_| once()).sum())
    }

    /// What cannot be done without, by the same crates.
    fn bare(&self, bytes: &mut [u8]) -> bool {
        let (secret, hash) = (self.credentials.secret(), self.credentials.hash());
        let material = Sha512::new().chain_update(secret.expose());
        let material = material.chain_update(hash.as_bytes()).finalize();
        let (key, iv) = (&material[..32], &material[32..48]);
        let mut cipher = cbc::Decryptor::<Aes256>::new_from_slices(key, iv).expect("their lengths");
        let (blocks, _) = Block::<Aes256>::slice_as_chunks_mut(bytes);
        cipher.decrypt_blocks(blocks);
        Sha256::digest(bytes)[..] == hash.as_bytes()[..]
    }

    fn stream<Q: Quarantine>(&self, quarantine: Q, length: usize) -> Option<Q::Released> {
        let mut decryptor = Decryptor::new(&self.credentials, quarantine);
        for chunk in self.bytes.chunks(length) {
            decryptor.push(black_box(chunk)).ok()?;
        }
        decryptor.finish().ok()
    }
}

/// Keeps nothing, so that what is measured is the decryptor's.
struct Nowhere;

impl Quarantine for Nowhere {
    type Released = ();

    fn write(&mut self, unverified: &[u8]) -> io::Result<()> {
        black_box(unverified);
        Ok(())
    }

    fn release(self, _: Verified) -> io::Result<()> {
        Ok(())
    }

    fn discard(self) {}
}
