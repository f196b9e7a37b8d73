//! A file of 10 MiB, and those who encrypt it.

use std::convert::Infallible;
use std::error::Error;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Duration;

use aes::Aes256;
use cbc::cipher::{Block, BlockModeEncrypt, KeyIvInit};
use getrandom::SysRng;
use md5::Md5;
use sha2::{Digest, Sha256, Sha512};
use telegram_passport::cipher::{Padding, encrypt_file};
use telegram_passport::client::{Connection, Failure, NewFile, PartSize, Request, Upload, wait};
use telegram_passport::secret::ValueSecret;
use telegram_passport_tl::Encode;

use crate::clock::{Timed, processor_time};

/// How it is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// SHA-256 over all of it, then AES-256-CBC over all of it, in place.
    Bare,
    /// MD5 over all of it.
    Md5,
    /// As a whole, from a slice to a new vector.
    Whole,
    /// As an upload has it, with parts of so many bytes, each dropped when it is ready.
    Parts(u32),
    /// The same, each written as TL and sent to a server that takes it at once.
    Sent(u32),
    /// The same, from a file of the disk, of which an upload must find out whether it was changed.
    SentFromDisk(u32),
}

impl Way {
    /// Whether the MD5 that the protocol asks of an upload is made along.
    pub(crate) fn has_md5(self) -> bool {
        matches!(self, Self::Parts(_) | Self::Sent(_) | Self::SentFromDisk(_))
    }
}

/// A file that is not encrypted yet.
pub(crate) struct Plain {
    bytes: Vec<u8>,
    in_memory: NewFile,
    on_disk: NewFile,
    path: PathBuf,
}

impl Plain {
    /// Makes one of that length.
    pub(crate) fn new(length: usize) -> Result<Self, Box<dyn Error>> {
        // No two pieces of it are alike.
        let bytes = (0..length as u32).map(|at| (at ^ at >> 8 ^ at >> 16) as u8);
        let bytes: Vec<_> = bytes.collect();
        let path = std::env::temp_dir().join(format!("benchmarks-{}.plain", std::process::id()));
        std::fs::write(&path, &bytes)?;
        Ok(Self {
            in_memory: NewFile::from_bytes(&*bytes),
            on_disk: NewFile::from_path(&path)?,
            bytes,
            path,
        })
    }

    /// The time of encrypting it. What is encrypted in place is copied before.
    pub(crate) fn timed(&'static self, way: Way) -> Timed {
        let once = move || -> Result<Duration, Box<dyn Error>> {
            match way {
                Way::Bare => {
                    let (secret, padding) = self.fresh()?;
                    let mut bytes = [padding.as_bytes(), &self.bytes].concat();
                    processor_time(|| bare(&secret, black_box(&mut bytes)))
                }
                Way::Md5 => processor_time(|| Md5::digest(black_box(&self.bytes))),
                Way::Whole => {
                    let (secret, padding) = self.fresh()?;
                    let mut sealed = None;
                    let time = processor_time(|| {
                        sealed = encrypt_file(black_box(&self.bytes), &padding, &secret).ok();
                    })?;
                    sealed.ok_or("it was not encrypted")?;
                    Ok(time)
                }
                Way::Parts(size) => all(|| parts(&self.in_memory, size)),
                Way::Sent(size) => all(|| sent(&self.in_memory, size)),
                Way::SentFromDisk(size) => all(|| sent(&self.on_disk, size)),
            }
        };
        Box::new(move |times| (0..times).map(|_| once()).sum())
    }

    fn fresh(&self) -> Result<(ValueSecret, Padding), Box<dyn Error>> {
        let secret = ValueSecret::generate(&mut SysRng)?;
        Ok((secret, Padding::random(&mut SysRng, self.bytes.len())?))
    }

    /// Removes it from the disk.
    pub(crate) fn remove(&self) -> Result<(), Box<dyn Error>> {
        Ok(std::fs::remove_file(&self.path)?)
    }
}

/// What cannot be done without, by the same crates: the key is made from the hash, so the two passes
/// cannot be one.
fn bare(secret: &ValueSecret, bytes: &mut [u8]) {
    let hash = Sha256::digest(&*bytes);
    let material = Sha512::new().chain_update(secret.expose());
    let material = material.chain_update(hash).finalize();
    let (key, iv) = (&material[..32], &material[32..48]);
    let mut cipher = cbc::Encryptor::<Aes256>::new_from_slices(key, iv).expect("their lengths");
    let (blocks, _) = Block::<Aes256>::slice_as_chunks_mut(bytes);
    cipher.encrypt_blocks(blocks);
}

/// The time of work that succeeds.
fn all(work: impl FnOnce() -> Result<(), Box<dyn Error>>) -> Result<Duration, Box<dyn Error>> {
    let mut outcome = Ok(());
    let time = processor_time(|| outcome = work())?;
    outcome?;
    Ok(time)
}

fn parts(file: &NewFile, size: u32) -> Result<(), Box<dyn Error>> {
    let mut upload = Upload::new(file, PartSize::new(size)?, &mut SysRng)?;
    while let Some(request) = upload.next_request()? {
        black_box(request.bytes);
        upload.accept();
    }
    Ok(())
}

fn sent(file: &NewFile, size: u32) -> Result<(), Box<dyn Error>> {
    let mut upload = Upload::new(file, PartSize::new(size)?, &mut SysRng)?;
    wait(upload.run(&TakesAll, |_| ()))?;
    match upload.is_complete() {
        true => Ok(()),
        false => Err("something is missing".into()),
    }
}

/// A server that answers each part with `boolTrue`.
pub(crate) struct TakesAll;

impl Connection for TakesAll {
    type Error = Infallible;

    async fn send(&self, request: Request<'_>) -> Result<Vec<u8>, Failure<Infallible>> {
        black_box(request.body());
        true.to_bytes().map_err(Failure::Encode)
    }
}
