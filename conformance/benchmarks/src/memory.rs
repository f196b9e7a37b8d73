//! How much memory a file of 10 MiB takes beside the caller's buffers, at the peak of being decrypted
//! and of being encrypted and uploaded. Prints Markdown.

use std::convert::Infallible;
use std::error::Error;
use std::io;
use std::path::Path;

use allocation_counter::measure;
use getrandom::SysRng;
use telegram_passport::cipher::{Padding, encrypt_file};
use telegram_passport::client::{Connection, Failure, NewFile, PartSize, Request, Upload, wait};
use telegram_passport::file::{Decryptor, FileCredentials, Quarantine, Verified, decrypt_to_path};
use telegram_passport::secret::ValueSecret;
use telegram_passport_tl::Encode;

fn main() -> Result<(), Box<dyn Error>> {
    let content = vec![7; 10 * 1024 * 1024];
    decrypting(&content)?;
    let path = std::env::temp_dir().join(format!("benchmarks-{}.plain", std::process::id()));
    std::fs::write(&path, &content)?;
    let uploaded = uploading(&content, &path);
    std::fs::remove_file(path)?;
    uploaded
}

fn decrypting(content: &[u8]) -> Result<(), Box<dyn Error>> {
    let secret = ValueSecret::generate(&mut SysRng)?;
    let padding = Padding::random(&mut SysRng, content.len())?;
    let encrypted = encrypt_file(content, &padding, &secret)?;
    let (bytes, credentials) = (
        encrypted.bytes,
        FileCredentials::new(encrypted.hash, secret),
    );

    println!("| A file of 10 MiB | bytes at the peak |\n| --- | ---: |");
    let whole = bytes.clone();
    print("whole, in place", ALLOWED, || {
        credentials.decrypt(whole)?;
        Ok(())
    })?;
    for chunk in [1024, 64 * 1024, bytes.len()] {
        print(
            &format!("streamed in chunks of {chunk} bytes"),
            ALLOWED,
            || {
                let mut decryptor = Decryptor::new(&credentials, Nowhere);
                for chunk in bytes.chunks(chunk) {
                    decryptor.push(chunk)?;
                }
                Ok(decryptor.finish()?)
            },
        )?;
    }
    let path = std::env::temp_dir().join(format!("benchmarks-{}", std::process::id()));
    let written = print("streamed from a reader to a file", ALLOWED, || {
        decrypt_to_path(&*bytes, &path, &credentials, |_| {})?;
        Ok(())
    });
    std::fs::remove_file(path)?;
    written
}

/// A part is there as ciphertext and in the call that carries it.
fn uploading(content: &[u8], path: &Path) -> Result<(), Box<dyn Error>> {
    println!("\n| Uploading a file of 10 MiB | bytes at the peak |\n| --- | ---: |");
    for (from, file) in [
        ("memory", NewFile::from_bytes(content)),
        ("the disk", NewFile::from_path(path)?),
    ] {
        for part_size in [32 * 1024, 512 * 1024] {
            let what = format!("from {from}, parts of {part_size} bytes");
            print(&what, 2 * u64::from(part_size) + ALLOWED, || {
                let mut upload = Upload::new(&file, PartSize::new(part_size)?, &mut SysRng)?;
                wait(upload.run(&TakesAll, |_| ()))?;
                match upload.is_complete() {
                    true => Ok(()),
                    false => Err("something is missing".into()),
                }
            })?;
        }
    }
    Ok(())
}

/// Measures what `work` takes, and prints it with what is allowed.
fn print(
    what: &str,
    allowed: u64,
    work: impl FnOnce() -> Result<(), Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let mut outcome = Ok(());
    let most = measure(|| outcome = work()).bytes_max;
    outcome?;
    match most <= allowed {
        true => println!("| {what} | {most} ≤ {allowed} |"),
        false => println!("| {what} | **{most} > {allowed}** |"),
    }
    Ok(())
}

/// Keeps nothing, so that what is measured is the decryptor's.
struct Nowhere;

impl Quarantine for Nowhere {
    type Released = ();

    fn write(&mut self, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn release(self, _: Verified) -> io::Result<()> {
        Ok(())
    }

    fn discard(self) {}
}

/// A server that answers each part with `boolTrue`.
struct TakesAll;

impl Connection for TakesAll {
    type Error = Infallible;

    async fn send(&self, _: Request<'_>) -> Result<Vec<u8>, Failure<Infallible>> {
        true.to_bytes().map_err(Failure::Encode)
    }
}

const ALLOWED: u64 = 256 * 1024;
