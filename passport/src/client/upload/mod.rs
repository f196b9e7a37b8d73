//! A new file on its way to the server, encrypted part by part.
//!
//! The hash of a file is also what its key is made from, so the file is read twice: for its hash,
//! then to be encrypted. No more than one part of it is in memory. Of each encrypted part the last 16
//! bytes are remembered, from which the encryption of the next one goes on, so that any part can be
//! made again: should the server have lost it, or be asked again after a cut connection.
//!
//! Parts go one after the other, though Telegram would take several at a time: a [`Connection`] is
//! promised one call at a time from each flow, no more than one part is in memory, and after a failure
//! there is one part, at most, of which nobody knows whether it came. What makes a slow way faster are
//! larger parts: 10 MiB take 320 calls with parts of [`PartSize::DEFAULT`] and 20 with those of 512 KiB.
//! Several files can be on their way beside each other, each an [`Upload`] or a
//! [`Save`](super::Save) of its own, if the connection takes it.
//!
//! Source: protocol reference, sections 8.5 (encrypting a file), 10.3 (upload).

mod ciphertext;
mod error;
mod part_size;

pub use self::error::{SourceError, UploadError};
pub use self::part_size::{PartSize, PartSizeError};

use core::fmt;
use std::collections::BTreeSet;

use rand_core::TryCryptoRng;
use telegram_passport_tl::borrowed::functions::upload::SaveFilePart;
use telegram_passport_tl::types;
use zeroize::Zeroizing;

use self::ciphertext::Ciphertext;
use super::{Connection, NewFile, Unlocked};
use crate::file::FileCredentials;
use crate::wrap::wrap_value_secret;

/// One new file: encrypted under a fresh secret with random padding, and uploaded in parts.
///
/// [`Save`](super::Save) uploads the files of a value by itself; this is for callers who want to do
/// it on their own. Whatever fails, the value stays as it is and can be [run](Self::run) again: parts
/// that the server has accepted are not sent twice.
///
/// ```
/// use telegram_passport::client::{Connection, NewFile, PartSize, Unlocked, Upload, UploadError};
///
/// # async fn example<C: Connection>(connection: &C, unlocked: &Unlocked)
/// #     -> Result<(), Box<dyn std::error::Error>> {
/// let picture = NewFile::from_path("front.jpg")?;
/// let mut upload = Upload::new(&picture, PartSize::DEFAULT, &mut getrandom::SysRng)?;
/// loop {
///     match upload.run(connection, |sent| println!("{sent} bytes")).await {
///         Ok(()) => break,
///         Err(UploadError::Wait { seconds }) => {
///             // Wait so long, then go on.
/// #           let _ = seconds;
///         }
///         Err(error) => return Err(error.into()),
///     }
/// }
/// let _front_side = upload.to_input(unlocked);
/// # Ok(())
/// # }
/// ```
pub struct Upload {
    file_id: i64,
    credentials: FileCredentials,
    ciphertext: Ciphertext,
    /// Numbers of the parts that the server has not accepted.
    pending: BTreeSet<u32>,
    /// The part that is encrypted in `part` and waits for its answer.
    current: Option<u32>,
    part: Zeroizing<Vec<u8>>,
}

impl Upload {
    /// Reads the file for its hash, and makes its secret, its padding and its id.
    ///
    /// # Errors
    ///
    /// [`SourceError`] if the file cannot be read, has not the length that was said, or has too many
    /// parts of that size; or if there is no randomness.
    pub fn new<R: TryCryptoRng + ?Sized>(
        file: &NewFile,
        part_size: PartSize,
        rng: &mut R,
    ) -> Result<Self, SourceError> {
        let (ciphertext, credentials) = Ciphertext::new(file, part_size, rng)?;
        Ok(Self {
            file_id: rng.try_next_u64().map_err(SourceError::randomness)? as i64,
            credentials,
            pending: (0..ciphertext.parts()).collect(),
            ciphertext,
            current: None,
            part: Zeroizing::new(Vec::new()),
        })
    }

    /// Hash and secret of the file.
    #[must_use]
    pub fn credentials(&self) -> &FileCredentials {
        &self.credentials
    }

    /// Bytes of the encrypted file: 32 to 254 more than the file has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.ciphertext.size()
    }

    /// How many of them the server has accepted.
    #[must_use]
    pub fn sent(&self) -> u64 {
        let pending = self.pending.iter();
        let pending: u64 = pending.map(|&part| self.ciphertext.size_of(part)).sum();
        self.size().saturating_sub(pending)
    }

    /// Whether the server has accepted all parts.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.pending.is_empty()
    }

    /// The next call to make, the same until it was [accepted](Self::accept); none when all parts
    /// have been. For callers that send by themselves; others use [`run`](Self::run).
    ///
    /// # Errors
    ///
    /// [`SourceError::Read`] if the file cannot be read, which may be tried again;
    /// [`SourceError::Changed`] if it is not what it was when its hash was made.
    pub fn next_request(&mut self) -> Result<Option<SaveFilePart<'_>>, SourceError> {
        let Some(&part) = self.pending.first() else {
            self.part = Zeroizing::new(Vec::new());
            return Ok(None);
        };
        if self.current != Some(part) {
            self.current = None;
            self.ciphertext.part(part, &mut self.part)?;
            self.current = Some(part);
        }
        Ok(Some(SaveFilePart {
            file_id: self.file_id,
            file_part: i32::try_from(part).map_err(|_| SourceError::TooManyParts)?,
            bytes: &self.part,
        }))
    }

    /// Notes that the server has answered the [next request](Self::next_request) with `boolTrue`.
    pub fn accept(&mut self) {
        if let Some(part) = self.current.take() {
            self.pending.remove(&part);
        }
    }

    /// Notes that the server has not got this part: the X of `FILE_PART_X_MISSING`. It will be made
    /// and sent again. False if the file has no such part.
    pub fn mark_missing(&mut self, part: u64) -> bool {
        match u32::try_from(part) {
            Ok(part) if part < self.ciphertext.parts() => {
                self.pending.insert(part);
                true
            }
            _ => false,
        }
    }

    /// Notes that the server has got nothing: every part will be sent again, as it was.
    pub fn mark_all_missing(&mut self) {
        self.pending = (0..self.ciphertext.parts()).collect();
    }

    /// Uploads all that is missing. `progress` is called after every part with the number of
    /// encrypted bytes that the server has accepted, see [`size`](Self::size).
    ///
    /// # Errors
    ///
    /// [`UploadError`]. What was accepted stays so: call it again to go on.
    pub async fn run<C: Connection>(
        &mut self,
        connection: &C,
        mut progress: impl FnMut(u64),
    ) -> Result<(), UploadError<C::Error>> {
        while let Some(request) = self.next_request()? {
            let part = request.file_part;
            if !connection.invoke(&request).await? {
                return Err(UploadError::Refused { part });
            }
            self.accept();
            progress(self.sent());
        }
        Ok(())
    }

    /// What the file is in a value to be saved; none before all parts were accepted.
    #[must_use]
    pub fn to_input(&self, unlocked: &Unlocked) -> Option<types::InputSecureFileUploaded> {
        let md5_checksum = self.ciphertext.md5().filter(|_| self.is_complete())?;
        let (hash, secret) = (self.credentials.hash(), self.credentials.secret());
        let secret = wrap_value_secret(unlocked.passport_secret(), hash, secret);
        Some(types::InputSecureFileUploaded {
            id: self.file_id,
            parts: i32::try_from(self.ciphertext.parts()).ok()?,
            md5_checksum,
            file_hash: hash.as_bytes().to_vec(),
            secret: secret.to_vec(),
        })
    }
}

/// Prints how far it is, and no key.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("sent", &self.sent())
            .field("size", &self.size())
            .finish_non_exhaustive()
    }
}
