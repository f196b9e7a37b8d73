//! Where an encrypted file lies.

use core::fmt;

use crate::file::mtproto::RemoteFile;

/// Where an encrypted file lies, by the door through which the submission came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileLocation {
    /// Call `getFile` with its `file_id`, then download the path.
    BotApi(BotApiFile),
    /// Call `upload.getFile`: see [`Download`](crate::file::mtproto::Download).
    Mtproto(RemoteFile),
}

/// A PassportFile of the Bot API. Source: protocol reference, section 12.
#[derive(Clone, PartialEq, Eq)]
pub struct BotApiFile {
    /// For `getFile`.
    pub file_id: String,
    /// Stable over time and bots, of no use for a download.
    pub file_unique_id: Option<String>,
    /// Bytes of the encrypted file as Telegram says; may be missing or wrong.
    pub file_size: Option<u64>,
    /// When it was uploaded, in seconds since 1970.
    pub file_date: Option<i64>,
}

impl fmt::Debug for BotApiFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BotApiFile")
            .field("file_unique_id", &self.file_unique_id)
            .field("file_size", &self.file_size)
            .field("file_date", &self.file_date)
            .finish_non_exhaustive()
    }
}
