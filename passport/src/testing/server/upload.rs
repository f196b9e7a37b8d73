//! Uploading: `upload.saveFilePart`, `upload.saveBigFilePart`, and putting parts together.
//!
//! What the reference leaves open: parts are kept for an hour, also after they were used, so that a
//! value can be saved again; a big part is too small below 1024 bytes, unless it is the last one;
//! big files are kept apart, and no value can be saved with one.
//!
//! Source: protocol reference, sections 3.3 and 10.3.

use std::collections::BTreeMap;

use md5::{Digest, Md5};
use telegram_passport_tl::{functions, types};

use super::dispatch::Answer;
use super::refusal::{Refusal, refuse};
use super::state::{Call, Caller, World};

/// The parts of a file that are there.
#[derive(Clone, Default)]
pub(in crate::testing) struct Upload {
    pub(in crate::testing) parts: BTreeMap<i32, Vec<u8>>,
    /// When the last part came.
    changed: i64,
}

impl Upload {
    /// Takes a part, if it fits to the others: all have the same size but the last one.
    fn add(&mut self, number: i32, bytes: Vec<u8>, now: i64) -> Result<(), Refusal> {
        if bytes.is_empty() {
            return refuse("FILE_PART_EMPTY");
        }
        if bytes.len() > LARGEST_PART {
            return refuse("FILE_PART_TOO_BIG");
        }
        if now.saturating_sub(self.changed) >= PART_LIFETIME {
            self.parts.clear();
        }
        let old = self.parts.insert(number, bytes);
        if let Err(refusal) = self.check_sizes() {
            match old {
                Some(old) => self.parts.insert(number, old),
                None => self.parts.remove(&number),
            };
            return Err(refusal);
        }
        self.changed = now;
        Ok(())
    }

    fn check_sizes(&self) -> Result<(), Refusal> {
        let mut sizes = self.parts.values().map(Vec::len);
        let Some(last) = sizes.next_back() else {
            return Ok(());
        };
        let Some(size) = sizes.next() else {
            return Ok(());
        };
        if !size.is_multiple_of(1024) || !LARGEST_PART.is_multiple_of(size) {
            return refuse("FILE_PART_SIZE_INVALID");
        }
        if last > size || sizes.any(|other| other != size) {
            return refuse("FILE_PART_SIZE_CHANGED");
        }
        Ok(())
    }

    /// The whole file of so many parts.
    fn put_together(&self, parts: i32, now: i64) -> Result<Vec<u8>, Refusal> {
        let living = now.saturating_sub(self.changed) < PART_LIFETIME;
        let mut whole = Vec::new();
        for number in 0..parts {
            let Some(part) = self.parts.get(&number).filter(|_| living) else {
                let number = u64::try_from(number).unwrap_or_default();
                return Err(Refusal::with_number("FILE_PART_X_MISSING", number));
            };
            // One part alone may have any size, but not if there could have been two.
            let full = part.len().is_multiple_of(1024) && LARGEST_PART.is_multiple_of(part.len());
            if number + 1 < parts && !full {
                return refuse("FILE_PARTS_INVALID");
            }
            whole.extend(part);
        }
        Ok(whole)
    }
}

/// The file that was uploaded, if it is complete and undamaged.
pub(super) fn uploaded(
    world: &World,
    caller: Caller,
    file: &types::InputSecureFileUploaded,
) -> Result<Vec<u8>, Refusal> {
    if !(1..=MOST_PARTS).contains(&file.parts) {
        return refuse("FILE_PARTS_INVALID");
    }
    let none = Upload::default();
    let upload = world.uploads.get(&(caller, file.id)).unwrap_or(&none);
    let whole = upload.put_together(file.parts, world.now)?;
    if upload.parts.len() > usize::try_from(file.parts).unwrap_or_default() {
        return refuse("FILE_PARTS_INVALID");
    }
    if !file.md5_checksum.is_empty() && file.md5_checksum != md5(&whole) {
        return refuse("MD5_CHECKSUM_INVALID");
    }
    Ok(whole)
}

impl Answer for functions::upload::SaveFilePart {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        if !(0..MOST_PARTS).contains(&self.file_part) {
            return refuse("FILE_PART_INVALID");
        }
        let now = call.world.now;
        let uploads = &mut call.world.uploads;
        let upload = uploads.entry((call.caller, self.file_id)).or_default();
        upload.add(self.file_part, self.bytes, now)?;
        Ok(true)
    }
}

impl Answer for functions::upload::SaveBigFilePart {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        if !(1..=MOST_PARTS).contains(&self.file_total_parts) {
            return refuse("FILE_PARTS_INVALID");
        }
        if !(0..self.file_total_parts).contains(&self.file_part) {
            return refuse("FILE_PART_INVALID");
        }
        let is_last = self.file_part + 1 == self.file_total_parts;
        if !is_last && (1..1024).contains(&self.bytes.len()) {
            return refuse("FILE_PART_TOO_SMALL");
        }
        let now = call.world.now;
        let uploads = &mut call.world.big_uploads;
        let upload = uploads.entry((call.caller, self.file_id)).or_default();
        upload.add(self.file_part, self.bytes, now)?;
        Ok(true)
    }
}

/// 32 hexadecimal digits in lower case.
fn md5(bytes: &[u8]) -> String {
    let hash = Md5::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Bytes of a part; every size of parts divides it.
const LARGEST_PART: usize = 512 * 1024;

/// Parts of a file.
const MOST_PARTS: i32 = 4000;

/// Seconds for which parts are kept: the simulation's own number.
const PART_LIFETIME: i64 = 3600;
