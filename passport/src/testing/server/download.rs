//! Downloading: `upload.getFile`, for users and bots.
//!
//! Only files of Passport are simulated; other locations are `LOCATION_INVALID`, as are an unknown
//! id and a wrong access hash. A request that leaves its block of 1 MiB is `LIMIT_INVALID`.
//! `cdn_supported` changes nothing.
//!
//! Source: protocol reference, sections 3.3 and 10.5.

use telegram_passport_tl::{enums, functions, types};

use super::dispatch::Answer;
use super::refusal::{Refusal, refuse};
use super::state::{Call, HOME_DC_ID};

impl Answer for functions::upload::GetFile {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let enums::InputFileLocation::InputSecureFileLocation(location) = &self.location else {
            return refuse("LOCATION_INVALID");
        };
        let file = call.world.files.get(&location.id);
        let access = |file: &&super::state::StoredFile| {
            file.access.get(&call.caller) == Some(&location.access_hash)
        };
        let Some(file) = file.filter(access) else {
            return refuse("LOCATION_INVALID");
        };
        let piece = piece(&self)?;
        if call.dc_id.unwrap_or(HOME_DC_ID) != file.dc_id {
            let dc_id = u64::try_from(file.dc_id).unwrap_or_default();
            return Err(Refusal::with_number("FILE_MIGRATE_X", dc_id));
        }
        let end = piece.end.min(file.bytes.len());
        let bytes = file.bytes.get(piece.start..end).unwrap_or_default();
        Ok(types::upload::File {
            r#type: enums::storage::FileType::FileUnknown,
            mtime: file.date,
            bytes: bytes.to_vec(),
        }
        .into())
    }
}

/// The bytes that are asked for, if it is allowed to ask for them.
fn piece(call: &functions::upload::GetFile) -> Result<core::ops::Range<usize>, Refusal> {
    let unit = if call.precise { 1024 } else { 4096 };
    let Ok(start) = usize::try_from(call.offset) else {
        return refuse("OFFSET_INVALID");
    };
    if start % unit != 0 {
        return refuse("OFFSET_INVALID");
    }
    let Ok(limit) = usize::try_from(call.limit) else {
        return refuse("LIMIT_INVALID");
    };
    let divides = call.precise || BLOCK.is_multiple_of(limit);
    if limit == 0 || limit % unit != 0 || limit > BLOCK || !divides {
        return refuse("LIMIT_INVALID");
    }
    let end = start.saturating_add(limit);
    if start / BLOCK != (end - 1) / BLOCK {
        return refuse("LIMIT_INVALID");
    }
    Ok(start..end)
}

/// No request may go beyond a block of so many bytes.
const BLOCK: usize = 1024 * 1024;
