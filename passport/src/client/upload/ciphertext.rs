//! A file as ciphertext, of which any part can be made at any time.

use std::io::{self, Read};

use md5::Md5;
use rand_core::TryCryptoRng;
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use super::{PartSize, SourceError};
use crate::cipher::{BLOCK, Keys, PIECE, Padding};
use crate::client::NewFile;
use crate::client::draft::FileReader;
use crate::file::FileCredentials;
use crate::hash::FileHash;
use crate::secret::ValueSecret;

/// The encrypted file, as far as it is known: its hash from the start, its parts as they are made.
pub(super) struct Ciphertext {
    file: NewFile,
    padding: Padding,
    keys: Keys,
    hash: FileHash,
    part_size: u32,
    parts: u32,
    size: u64,
    /// The last block of each part made so far: where the next one goes on, and what a part that is
    /// made again must end with. Each block depends on all before it, so a part of a file that was
    /// changed would end with another.
    ends: Vec<[u8; BLOCK]>,
    /// A reader of the file, and how much of it was read.
    reader: Option<(FileReader, u64)>,
    /// Of all parts made so far.
    md5: Md5,
    checksum: Option<String>,
    /// Hashes the file a second time while it is encrypted, if it could have been changed since the
    /// first: what is encrypted must be what the hash is of, or it could never be opened.
    again: Option<Sha256>,
}

impl Ciphertext {
    pub(super) fn new<R: TryCryptoRng + ?Sized>(
        file: &NewFile,
        part_size: PartSize,
        rng: &mut R,
    ) -> Result<(Self, FileCredentials), SourceError> {
        // Only the length modulo 16 matters for the padding.
        let unaligned = (file.length() % BLOCK as u64) as usize;
        let padding = Padding::random(rng, unaligned).map_err(SourceError::randomness)?;
        let secret = ValueSecret::generate(rng).map_err(SourceError::randomness)?;
        let size = file.length().checked_add(padding.as_bytes().len() as u64);
        let size = size.ok_or(SourceError::TooManyParts)?;
        let part_size = part_size.bytes();
        let parts = u32::try_from(size.div_ceil(part_size.into()));
        let parts = parts.ok().filter(|&parts| parts <= MOST_PARTS);
        let hash = hash(file, &padding)?;
        let ciphertext = Self {
            file: file.clone(),
            keys: Keys::derive(secret.expose(), hash.as_bytes()),
            padding,
            hash,
            part_size,
            parts: parts.ok_or(SourceError::TooManyParts)?,
            size,
            ends: Vec::new(),
            reader: None,
            md5: Md5::new(),
            checksum: None,
            again: (!file.is_in_memory()).then(Sha256::new),
        };
        Ok((ciphertext, FileCredentials::new(hash, secret)))
    }

    pub(super) fn parts(&self) -> u32 {
        self.parts
    }

    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Bytes of one part; 0 if there is none of that number.
    pub(super) fn size_of(&self, part: u32) -> u64 {
        let start = u64::from(part).saturating_mul(self.part_size.into());
        let rest = self.size.saturating_sub(start);
        rest.min(self.part_size.into())
    }

    /// The MD5 of the whole, in lower-case hexadecimal, once all parts have been made.
    pub(super) fn md5(&self) -> Option<String> {
        self.checksum.clone()
    }

    /// Makes a part in `room`. Parts are made in their order first; each can be made again later.
    pub(super) fn part(
        &mut self,
        part: u32,
        room: &mut Zeroizing<Vec<u8>>,
    ) -> Result<(), SourceError> {
        let outcome = self.make(part, room);
        if outcome.is_err() {
            // There may be plaintext in it.
            room.zeroize();
            self.reader = None;
        }
        outcome
    }

    fn make(&mut self, part: u32, room: &mut Zeroizing<Vec<u8>>) -> Result<(), SourceError> {
        let index = part as usize;
        self.fill(part, room)?;
        let is_new = index == self.ends.len();
        let is_last = part + 1 == self.parts;
        let mut again = self.again.clone().filter(|_| is_new);
        if let Some(again) = &mut again {
            again.update(room.as_slice());
            if is_last {
                self.refuse_changed(again.clone())?;
            }
        }
        let before = index
            .checked_sub(1)
            .and_then(|before| self.ends.get(before));
        let previous = *before.unwrap_or(self.keys.iv());
        self.keys.encrypt_after(&previous, room);
        let end = *room.last_chunk().ok_or(SourceError::Changed)?;
        match self.ends.get(index) {
            None => {
                self.ends.push(end);
                self.again = again;
                self.md5.update(room.as_slice());
                if is_last {
                    let checksum = core::mem::take(&mut self.md5).finalize();
                    let digits = checksum.iter().map(|byte| format!("{byte:02x}"));
                    self.checksum = Some(digits.collect());
                    self.reader = None;
                }
                Ok(())
            }
            Some(&known) if known == end => Ok(()),
            Some(_) => Err(SourceError::Changed),
        }
    }

    /// Puts the padded plaintext of a part into `room`.
    fn fill(&mut self, part: u32, room: &mut Zeroizing<Vec<u8>>) -> Result<(), SourceError> {
        let size = self.size_of(part) as usize;
        if room.capacity() < size {
            // A vector that grows by itself would leave a copy behind.
            *room = Zeroizing::new(Vec::with_capacity(size));
        }
        room.clear();
        let padding = self.padding.as_bytes();
        let start = u64::from(part) * u64::from(self.part_size);
        // The padding is shorter than any part.
        let position = match part {
            0 => {
                room.extend_from_slice(padding);
                0
            }
            _ => start.saturating_sub(padding.len() as u64),
        };
        let content = room.len();
        room.resize(size, 0);
        let reader = reader_at(&mut self.reader, &self.file, position)?;
        let content = room.get_mut(content..).unwrap_or_default();
        reader.0.read_exact(content).map_err(unless_short)?;
        reader.1 += content.len() as u64;
        Ok(())
    }

    /// At the end of the file: nothing must follow, and the second hash must be the first.
    fn refuse_changed(&mut self, again: Sha256) -> Result<(), SourceError> {
        if let Some((reader, _)) = &mut self.reader {
            refuse_more(reader)?;
        }
        match FileHash::new(again.finalize().into()) == self.hash {
            true => Ok(()),
            false => Err(SourceError::Changed),
        }
    }
}

/// The first reading. It finds out, too, whether the length is right.
fn hash(file: &NewFile, padding: &Padding) -> Result<FileHash, SourceError> {
    let mut hash = Sha256::new();
    hash.update(padding.as_bytes());
    let mut reader = file.open().map_err(SourceError::Read)?;
    let mut piece = Zeroizing::new([0; PIECE]);
    let mut rest = file.length();
    while rest > 0 {
        let size = rest.min(PIECE as u64);
        let piece = piece.get_mut(..size as usize).unwrap_or_default();
        reader.read_exact(piece).map_err(unless_short)?;
        hash.update(&*piece);
        rest -= size;
    }
    refuse_more(&mut reader)?;
    Ok(FileHash::new(hash.finalize().into()))
}

/// A reader that has read so much of the file: the one at hand, or a new one.
fn reader_at<'r>(
    reader: &'r mut Option<(FileReader, u64)>,
    file: &NewFile,
    position: u64,
) -> Result<&'r mut (FileReader, u64), SourceError> {
    if reader.as_ref().is_none_or(|(_, read)| *read > position) {
        *reader = Some((file.open().map_err(SourceError::Read)?, 0));
    }
    let reader = reader.as_mut().ok_or(SourceError::Changed)?;
    let mut piece = Zeroizing::new([0; SKIPPED]);
    while reader.1 < position {
        let size = (position - reader.1).min(SKIPPED as u64);
        let piece = piece.get_mut(..size as usize).unwrap_or_default();
        reader.0.read_exact(piece).map_err(unless_short)?;
        reader.1 += size;
    }
    Ok(reader)
}

fn refuse_more(reader: &mut FileReader) -> Result<(), SourceError> {
    match reader.read_exact(&mut [0]) {
        Ok(()) => Err(SourceError::Changed),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(()),
        Err(error) => Err(SourceError::Read(error)),
    }
}

/// A file that is shorter than it should be was changed.
fn unless_short(error: io::Error) -> SourceError {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => SourceError::Changed,
        _ => SourceError::Read(error),
    }
}

/// Parts of one file that an account without a subscription may upload.
const MOST_PARTS: u32 = 4000;

/// Read at a time over what is not wanted.
const SKIPPED: usize = 4096;
