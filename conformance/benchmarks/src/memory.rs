//! How much memory decrypting a file of 10 MiB takes beside the caller's buffers, at its peak.
//! Prints Markdown.

use std::error::Error;
use std::io;

use allocation_counter::measure;
use getrandom::SysRng;
use telegram_passport::cipher::{Padding, encrypt_file};
use telegram_passport::file::{Decryptor, FileCredentials, Quarantine, Verified, decrypt_to_path};
use telegram_passport::secret::ValueSecret;

fn main() -> Result<(), Box<dyn Error>> {
    let content = vec![7; 10 * 1024 * 1024];
    let secret = ValueSecret::generate(&mut SysRng)?;
    let padding = Padding::random(&mut SysRng, content.len())?;
    let encrypted = encrypt_file(&content, &padding, &secret)?;
    let (bytes, credentials) = (
        encrypted.bytes,
        FileCredentials::new(encrypted.hash, secret),
    );

    println!("| A file of 10 MiB | bytes at the peak |\n| --- | ---: |");
    let whole = bytes.clone();
    print("whole, in place", || {
        credentials.decrypt(whole)?;
        Ok(())
    })?;
    for chunk in [1024, 64 * 1024, bytes.len()] {
        print(&format!("streamed in chunks of {chunk} bytes"), || {
            let mut decryptor = Decryptor::new(&credentials, Nowhere);
            for chunk in bytes.chunks(chunk) {
                decryptor.push(chunk)?;
            }
            Ok(decryptor.finish()?)
        })?;
    }
    let path = std::env::temp_dir().join(format!("benchmarks-{}", std::process::id()));
    let written = print("streamed from a reader to a file", || {
        decrypt_to_path(&*bytes, &path, &credentials, |_| {})?;
        Ok(())
    });
    std::fs::remove_file(path)?;
    written
}

/// Measures what `work` takes, and prints it with what is allowed.
fn print(
    what: &str,
    work: impl FnOnce() -> Result<(), Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let mut outcome = Ok(());
    let most = measure(|| outcome = work()).bytes_max;
    outcome?;
    match most <= ALLOWED {
        true => println!("| {what} | {most} ≤ {ALLOWED} |"),
        false => println!("| {what} | **{most} > {ALLOWED}** |"),
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

const ALLOWED: u64 = 256 * 1024;
