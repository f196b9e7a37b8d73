//! The files of a submission: how to fetch them, and how to decrypt them without trusting them.
//!
//! A file may be decrypted as a whole, by [`FileCredentials::decrypt`], or while it comes in, by a
//! [`Decryptor`], which holds 16 KiB of it. What authenticates a file is the hash over all of it, so
//! nothing may be used before the last byte was there: until then everything decrypted lies in a
//! [`Quarantine`]. It is released when hash and padding were right, and discarded otherwise.
//!
//! ```
//! use telegram_passport::file::decrypt_to_path;
//! # use telegram_passport::cipher::{Padding, encrypt_file};
//! # use telegram_passport::{file::FileCredentials, secret::ValueSecret};
//!
//! # let rng = &mut getrandom::SysRng;
//! # let secret = ValueSecret::generate(rng)?;
//! # let sealed = encrypt_file(b"\xff\xd8\xff\xd9", &Padding::random(rng, 4)?, &secret)?;
//! # let credentials = FileCredentials::new(sealed.hash, secret);
//! # let body = &*sealed.bytes;
//! # let folder = std::env::temp_dir().join(format!("telegram-passport-{}", std::process::id()));
//! # std::fs::create_dir_all(&folder)?;
//! # let path = folder.join("front_side.jpg");
//! // `body` is anything that can be read, such as the body of an HTTP response.
//! let written = decrypt_to_path(body, &path, &credentials, |bytes| println!("{bytes} bytes"))?;
//! assert_eq!(written.length(), 4);
//! # std::fs::remove_dir_all(folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! There is no network here. [`bot_api`] and [`mtproto`] make the requests and read the answers; who
//! sends them is the caller's choice. The plaintext may be anything, for the server cannot see it: ask
//! [`ImageReport`] whether it looks like a picture.
//!
//! Source: protocol reference, sections 8.5 and 8.8 (decryption), 10.5 and 12 (download).

mod atomic;
pub mod bot_api;
mod credentials;
mod decryptor;
mod error;
mod image;
pub mod mtproto;
mod quarantine;

use std::io::Read;
use std::path::Path;

pub use self::atomic::{AtomicFile, WrittenFile};
pub use self::credentials::FileCredentials;
pub use self::decryptor::{DEFAULT_LIMIT, Decryptor};
pub use self::error::FileError;
pub use self::image::{
    ImageFinding, ImageFormat, ImageReport, ImageSize, MAX_IMAGE_LENGTH, MAX_IMAGE_SIDE,
};
pub use self::quarantine::{Memory, Quarantine, Verified};

/// Decrypts what `reader` gives into a new file, which has mode 0600 and appears under its name only
/// when it is complete and verified.
///
/// `progress` is called after every piece with the number of encrypted bytes read so far. For another
/// limit than [`DEFAULT_LIMIT`], or to replace a file that exists, take a [`Decryptor`] with an
/// [`AtomicFile`] and call [`Decryptor::read_all`].
///
/// # Errors
///
/// [`FileError`]; [`FileError::Write`] of the kind
/// [`AlreadyExists`](std::io::ErrorKind::AlreadyExists) if there is something at `path`. Nothing new
/// is left in the folder then.
pub fn decrypt_to_path(
    reader: impl Read,
    path: impl AsRef<Path>,
    credentials: &FileCredentials,
    progress: impl FnMut(u64),
) -> Result<WrittenFile, FileError> {
    let file = AtomicFile::create_new(path).map_err(FileError::Write)?;
    Decryptor::new(credentials, file).read_all(reader, progress)
}
