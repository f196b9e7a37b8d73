//! Decryption while a file comes in.

use core::fmt;
use std::io::{self, Read};

use super::quarantine::Guarded;
use super::{FileCredentials, FileError, Quarantine};
use crate::cipher::{BLOCK, Buffer, Keys, Opening, PIECE, SHORTEST};
use crate::error::{Check, OpenError};
use crate::hash::FileHash;

/// Decrypts one file as it comes in, in chunks of any size, into a [`Quarantine`].
///
/// It holds 16 KiB of the file at a time, whatever its size, and does no reading of its own, so it
/// serves blocking and asynchronous code alike. A file of up to 16 KiB reaches the quarantine only
/// after it was verified.
///
/// ```
/// use telegram_passport::cipher::Plaintext;
/// use telegram_passport::file::{Decryptor, FileCredentials, FileError, Memory};
///
/// # struct Response(Vec<Vec<u8>>);
/// # impl Response { async fn chunk(&mut self) -> Option<Vec<u8>> { self.0.pop() } }
/// /// `response` is what an HTTP client gives.
/// async fn fetch(
///     response: &mut Response,
///     credentials: &FileCredentials,
/// ) -> Result<Plaintext, FileError> {
///     let mut decryptor = Decryptor::new(credentials, Memory::new());
///     while let Some(chunk) = response.chunk().await {
///         decryptor.push(&chunk)?;
///     }
///     decryptor.finish()
/// }
/// # use telegram_passport::{cipher::{Padding, encrypt_file}, secret::ValueSecret};
/// # let rng = &mut getrandom::SysRng;
/// # let secret = ValueSecret::generate(rng)?;
/// # let sealed = encrypt_file(b"a picture", &Padding::random(rng, 9)?, &secret)?;
/// # let credentials = FileCredentials::new(sealed.hash, secret);
/// # let (first, second) = sealed.bytes.split_at(17);
/// # let mut response = Response(vec![second.to_vec(), first.to_vec()]);
/// # let future = std::pin::pin!(fetch(&mut response, &credentials));
/// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// # let std::task::Poll::Ready(result) = future.poll(&mut context) else { panic!() };
/// # assert_eq!(result?.as_bytes(), b"a picture");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Dropping it half-way discards what was decrypted.
///
/// Source: protocol reference, sections 8.5 and 8.8.
pub struct Decryptor<Q: Quarantine> {
    opening: Opening,
    hash: FileHash,
    /// Encrypted bytes that wait for the rest of a piece, or for the end.
    piece: Buffer,
    filled: usize,
    /// How many bytes of padding are still to come; unknown before the first piece.
    padding: Option<usize>,
    length: u64,
    limit: u64,
    quarantine: Guarded<Q>,
}

impl<Q: Quarantine> Decryptor<Q> {
    /// Starts with a file of up to [`DEFAULT_LIMIT`] encrypted bytes.
    #[must_use]
    pub fn new(credentials: &FileCredentials, quarantine: Q) -> Self {
        let (hash, secret) = (credentials.hash(), credentials.secret());
        Self {
            opening: Opening::new(&Keys::derive(secret.expose(), hash.as_bytes())),
            hash: *hash,
            piece: Buffer::new(vec![0; PIECE]),
            filled: 0,
            padding: None,
            length: 0,
            limit: DEFAULT_LIMIT,
            quarantine: Guarded::new(quarantine),
        }
    }

    /// Allows so many encrypted bytes instead of [`DEFAULT_LIMIT`]. The padding counts.
    #[must_use]
    pub fn with_limit(mut self, limit: u64) -> Self {
        self.limit = limit;
        self
    }

    /// Takes the next encrypted bytes: any number of them.
    ///
    /// # Errors
    ///
    /// [`FileError::TooLarge`] or [`FileError::Write`]; what was decrypted is discarded then, and
    /// every further call is answered with [`FileError::Abandoned`].
    pub fn push(&mut self, chunk: &[u8]) -> Result<(), FileError> {
        let outcome = self.take(chunk);
        if outcome.is_err() {
            self.quarantine.discard();
        }
        outcome
    }

    /// Ends the file: verifies it, and hands it over or discards it.
    ///
    /// # Errors
    ///
    /// [`FileError::Open`] if the encrypted bytes were not at least 32 and a multiple of 16, their
    /// hash differs, or the padding is not from 32 to 255 bytes; [`FileError::Write`];
    /// [`FileError::Abandoned`] after an earlier error.
    pub fn finish(mut self) -> Result<Q::Released, FileError> {
        if self.quarantine.is_abandoned() {
            return Err(FileError::Abandoned);
        }
        if self.length < SHORTEST as u64 || !self.length.is_multiple_of(BLOCK as u64) {
            return Err(OpenError::new(Check::Length).into());
        }
        let last = self.piece.get_mut(..self.filled).unwrap_or_default();
        let plaintext = open(&mut self.opening, &mut self.padding, last);
        self.opening.finish(self.hash.as_bytes())?;
        self.quarantine.write(plaintext)?;
        self.quarantine.release()
    }

    /// Takes all that `reader` gives, and [finishes](Self::finish). `progress` is called after every
    /// piece with the number of encrypted bytes so far.
    ///
    /// # Errors
    ///
    /// As [`push`](Self::push) and [`finish`](Self::finish), and [`FileError::Read`].
    pub fn read_all(
        mut self,
        mut reader: impl Read,
        mut progress: impl FnMut(u64),
    ) -> Result<Q::Released, FileError> {
        // Not the buffer of the decryptor: that still holds plaintext, which is not the reader's.
        let mut buffer = vec![0; PIECE];
        loop {
            let count = match reader.read(&mut buffer) {
                Ok(0) => return self.finish(),
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(FileError::Read(error)),
            };
            let chunk = buffer.get(..count).ok_or_else(|| {
                let text = "the reader claims to have read more than there was room for";
                FileError::Read(io::Error::other(text))
            })?;
            self.push(chunk)?;
            progress(self.length);
        }
    }

    fn take(&mut self, mut chunk: &[u8]) -> Result<(), FileError> {
        if self.quarantine.is_abandoned() {
            return Err(FileError::Abandoned);
        }
        let limit = self.limit;
        let length = self.length.checked_add(chunk.len() as u64);
        let length = length.filter(|&length| length <= limit);
        self.length = length.ok_or(FileError::TooLarge { limit })?;
        while !chunk.is_empty() {
            // Only now, for the last piece is verified before it is written.
            if self.filled == self.piece.len() {
                let plaintext = open(&mut self.opening, &mut self.padding, &mut self.piece);
                self.quarantine.write(plaintext)?;
                self.filled = 0;
            }
            let free = self.piece.get_mut(self.filled..).unwrap_or_default();
            let (now, later) = chunk.split_at(chunk.len().min(free.len()));
            if let Some(room) = free.get_mut(..now.len()) {
                room.copy_from_slice(now);
            }
            self.filled += now.len();
            chunk = later;
        }
        Ok(())
    }
}

impl<Q: Quarantine> fmt::Debug for Decryptor<Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Decryptor");
        debug
            .field("hash", &self.hash)
            .field("length", &self.length);
        debug.finish_non_exhaustive()
    }
}

/// Decrypts whole blocks in place, and gives what is left of them without the padding in front.
fn open<'p>(opening: &mut Opening, padding: &mut Option<usize>, piece: &'p mut [u8]) -> &'p [u8] {
    opening.update(piece);
    let padding = padding.get_or_insert_with(|| opening.claimed_padding().into());
    let skipped = piece.len().min(*padding);
    *padding -= skipped;
    piece.get(skipped..).unwrap_or_default()
}

/// How many encrypted bytes a file may have, unless the caller allows more: 20 MiB.
///
/// Files of Passport have up to 10 MB of content, and the Bot API hands out nothing above 20 MB. A
/// server's word on the size of a file is not trusted, so without a limit it could fill the disk.
///
/// Source: protocol reference, sections 10.1 and 10.5.
pub const DEFAULT_LIMIT: u64 = 20 * 1024 * 1024;
