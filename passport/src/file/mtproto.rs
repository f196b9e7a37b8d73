//! Downloading a file over MTProto: which requests to make, and what to make of the answers.
//!
//! Source: protocol reference, section 10.5.

use core::fmt;

use telegram_passport_tl::{Form, RpcError, functions, generic, types};

use super::DEFAULT_LIMIT;

/// Where a file is: what a `secureFile` says of it, without its key.
///
/// ```
/// use telegram_passport::file::mtproto::RemoteFile;
/// use telegram_passport_tl::types;
///
/// let received = types::SecureFile {
///     id: 1,
///     access_hash: 2,
///     size: 100_240,
///     dc_id: 4,
///     date: 1_700_000_000,
///     file_hash: vec![0; 32],
///     secret: Vec::new(),
/// };
/// assert_eq!(RemoteFile::from(&received).dc_id, 4);
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RemoteFile {
    /// Id of the file.
    pub id: i64,
    /// What has to accompany the id. Whoever has both can download the ciphertext with this account;
    /// it is not printed.
    pub access_hash: i64,
    /// The data centre that holds the file.
    pub dc_id: i32,
    /// Bytes of the encrypted file, as the server says. Good for showing progress and for nothing
    /// else.
    pub size: i64,
    /// When it was uploaded: Unix time in seconds.
    pub date: i32,
}

impl<F: Form> From<&generic::types::SecureFile<F>> for RemoteFile {
    fn from(file: &generic::types::SecureFile<F>) -> Self {
        Self {
            id: file.id,
            access_hash: file.access_hash,
            dc_id: file.dc_id,
            size: file.size,
            date: file.date,
        }
    }
}

impl fmt::Debug for RemoteFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("RemoteFile");
        debug.field("id", &self.id).field("dc_id", &self.dc_id);
        debug.field("size", &self.size).field("date", &self.date);
        debug.finish_non_exhaustive()
    }
}

/// The download of one file, piece after piece. It sends nothing: the caller does, to the data centre
/// [`dc_id`](Self::dc_id).
///
/// ```
/// use telegram_passport::file::mtproto::{AfterError, Download, RemoteFile};
/// # use telegram_passport::file::{Decryptor, FileCredentials, Memory};
/// # use telegram_passport::cipher::{Padding, Plaintext, encrypt_file};
/// # use telegram_passport::secret::ValueSecret;
/// # use telegram_passport_tl::{RpcError, enums, functions::upload::GetFile, types};
/// # struct Client(Vec<u8>);
/// # impl Client {
/// #     fn call(&self, dc_id: i32, call: GetFile) -> Result<enums::upload::File, RpcError> {
/// #         if dc_id != 2 { return Err(RpcError::parse(303, "FILE_MIGRATE_2")); }
/// #         let rest = self.0.get(call.offset as usize..).unwrap_or_default();
/// #         let bytes = rest[..rest.len().min(call.limit as usize)].to_vec();
/// #         let kind = enums::storage::FileType::FilePartial;
/// #         Ok(types::upload::File { r#type: kind, mtime: 0, bytes }.into())
/// #     }
/// # }
///
/// /// `client` is the caller's connection to Telegram.
/// fn fetch(
///     client: &Client,
///     file: RemoteFile,
///     credentials: &FileCredentials,
/// ) -> Result<Plaintext, Box<dyn std::error::Error>> {
///     let mut decryptor = Decryptor::new(credentials, Memory::new());
///     let mut download = Download::new(file);
///     while let Some(request) = download.next_request() {
///         match client.call(download.dc_id(), request) {
///             Ok(answer) => decryptor.push(&download.accept(answer)?)?,
///             Err(error) => match download.rpc_error(&error) {
///                 // The next call goes there.
///                 AfterError::Migrate { .. } => {}
///                 AfterError::Wait { seconds } => {
///                     std::thread::sleep(std::time::Duration::from_secs(seconds));
///                 }
///                 _ => return Err(error.into()),
///             },
///         }
///     }
///     Ok(decryptor.finish()?)
/// }
/// # let rng = &mut getrandom::SysRng;
/// # let secret = ValueSecret::generate(rng)?;
/// # let sealed = encrypt_file(b"a picture", &Padding::random(rng, 9)?, &secret)?;
/// # let credentials = FileCredentials::new(sealed.hash, secret);
/// # let file = RemoteFile { id: 1, access_hash: 2, dc_id: 4, size: 0, date: 0 };
/// # let plaintext = fetch(&Client(sealed.bytes), file, &credentials)?;
/// # assert_eq!(plaintext.as_bytes(), b"a picture");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A request that failed for another reason, such as a lost connection, may simply be made again:
/// only [`accept`](Self::accept) moves on. To go on in another process, see
/// [`resume_at`](Self::resume_at).
#[derive(Clone, Debug)]
pub struct Download {
    file: RemoteFile,
    piece: u32,
    offset: u64,
    limit: u64,
    migrations: u8,
    finished: bool,
}

impl Download {
    /// Begins at the start, with pieces of 512 KiB and up to [`DEFAULT_LIMIT`] bytes.
    #[must_use]
    pub fn new(file: RemoteFile) -> Self {
        Self {
            file,
            piece: USUAL_PIECE,
            offset: 0,
            limit: DEFAULT_LIMIT,
            migrations: 0,
            finished: false,
        }
    }

    /// Asks for so many bytes at a time: a power of two from 4096 to 1048576, to which any other
    /// number is rounded down, or up if it is less.
    #[must_use]
    pub fn with_piece(mut self, bytes: u32) -> Self {
        let bytes = bytes.clamp(SMALLEST_PIECE, LARGEST_PIECE);
        self.piece = 1 << bytes.ilog2();
        self
    }

    /// Allows so many bytes in all instead of [`DEFAULT_LIMIT`].
    #[must_use]
    pub fn with_limit(mut self, limit: u64) -> Self {
        self.limit = limit.min(FARTHEST);
        self
    }

    /// Goes on where an earlier download ended: at `offset`, rounded down to a multiple of 4096. The
    /// caller cuts what it has to [`offset`](Self::offset) bytes.
    ///
    /// A [`Decryptor`](super::Decryptor) has to see the file from its first byte, so what a caller
    /// keeps between two processes is ciphertext.
    #[must_use]
    pub fn resume_at(mut self, offset: u64) -> Self {
        let offset = offset.min(FARTHEST);
        self.offset = offset - offset % u64::from(SMALLEST_PIECE);
        self
    }

    /// The data centre to which the next request goes.
    #[must_use]
    pub fn dc_id(&self) -> i32 {
        self.file.dc_id
    }

    /// From which byte of the encrypted file on there will be more: the number of bytes so far.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The next request, the same until it was answered; none when the file has ended.
    #[must_use]
    pub fn next_request(&self) -> Option<functions::upload::GetFile> {
        if self.finished {
            return None;
        }
        let location = types::InputSecureFileLocation {
            id: self.file.id,
            access_hash: self.file.access_hash,
        };
        Some(functions::upload::GetFile {
            precise: false,
            cdn_supported: false,
            location: location.into(),
            offset: i64::try_from(self.offset).ok()?,
            limit: i32::try_from(self.asked()).ok()?,
        })
    }

    /// Takes the answer to the [next request](Self::next_request), and gives its bytes: those from
    /// [`offset`](Self::offset) on. An answer that is shorter than asked is the last one.
    ///
    /// # Errors
    ///
    /// [`DownloadError`]. Nothing has changed then.
    pub fn accept<F: Form>(
        &mut self,
        answer: generic::enums::upload::File<F>,
    ) -> Result<F::Bytes, DownloadError> {
        let asked = self.asked();
        if self.finished {
            return Err(DownloadError::Unasked);
        }
        let bytes = match answer {
            generic::enums::upload::File::File(file) => file.bytes,
            generic::enums::upload::File::CdnRedirect(_) => return Err(DownloadError::CdnRedirect),
        };
        let length = bytes.as_ref().len() as u64;
        if length > u64::from(asked) {
            return Err(DownloadError::TooLong { asked });
        }
        let limit = self.limit;
        if length > limit.saturating_sub(self.offset) {
            return Err(DownloadError::TooLarge { limit });
        }
        self.offset += length;
        self.migrations = 0;
        self.finished = length < u64::from(asked);
        Ok(bytes)
    }

    /// What to do after an RPC error.
    ///
    /// After [`AfterError::Migrate`] the next request is for the other data centre. A file that is
    /// sent on more than four times in a row is given up.
    pub fn rpc_error(&mut self, error: &RpcError) -> AfterError {
        match (error.name(), error.value()) {
            // By the name alone: sources differ on its code.
            ("FILE_MIGRATE_X", Some(dc_id)) if self.migrations < MOST_MIGRATIONS => {
                match i32::try_from(dc_id) {
                    Ok(dc_id) if dc_id > 0 => {
                        self.migrations += 1;
                        self.file.dc_id = dc_id;
                        AfterError::Migrate { dc_id }
                    }
                    _ => AfterError::Fail,
                }
            }
            ("FLOOD_WAIT_X" | "FLOOD_PREMIUM_WAIT_X", Some(seconds)) => {
                AfterError::Wait { seconds }
            }
            _ => AfterError::Fail,
        }
    }

    /// How many bytes to ask for. A piece whose start is a multiple of its length crosses no multiple
    /// of a megabyte, so after [`resume_at`](Self::resume_at) the first ones may be smaller.
    fn asked(&self) -> u32 {
        match self.offset.trailing_zeros() {
            zeros @ 0..LARGEST_PIECE_BITS => self.piece.min(1 << zeros),
            _ => self.piece,
        }
    }
}

/// What to do after an RPC error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AfterError {
    /// Make the next request to this data centre, with an authorization exported to it.
    Migrate {
        /// The data centre.
        dc_id: i32,
    },
    /// Make the same request again, but not before that. The number is the server's: it may be larger
    /// than the caller is willing to wait.
    Wait {
        /// How many seconds.
        seconds: u64,
    },
    /// Give up: the same request would fail again, or nobody knows.
    Fail,
}

/// An answer to `upload.getFile` that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DownloadError {
    /// The server redirects to a CDN, which it was not told it may, and which files of Passport are
    /// never on.
    CdnRedirect,
    /// There are more bytes than were asked for.
    TooLong {
        /// How many were asked for.
        asked: u32,
    },
    /// The file has more bytes than allowed.
    TooLarge {
        /// How many are allowed, see [`Download::with_limit`].
        limit: u64,
    },
    /// The file had ended: there was no request.
    Unasked,
}

impl fmt::Display for DownloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CdnRedirect => f.write_str(
                "the server redirects to a CDN, where no file of Telegram Passport should be",
            ),
            Self::TooLong { asked } => {
                write!(
                    f,
                    "the server answers with more than the {asked} bytes asked for"
                )
            }
            Self::TooLarge { limit } => {
                write!(
                    f,
                    "the encrypted file is larger than the {limit} bytes allowed"
                )
            }
            Self::Unasked => f.write_str("this is no answer to a request: the file has ended"),
        }
    }
}

impl std::error::Error for DownloadError {}

/// Offsets and limits are multiples of this.
const SMALLEST_PIECE: u32 = 4096;

/// Limits divide this, and no piece crosses a multiple of it.
const LARGEST_PIECE: u32 = 1 << LARGEST_PIECE_BITS;

const LARGEST_PIECE_BITS: u32 = 20;

const USUAL_PIECE: u32 = 512 * 1024;

/// So far offsets go: far beyond any file, and small enough for a `long`.
const FARTHEST: u64 = 1 << 62;

/// In a row, without a piece in between.
const MOST_MIGRATIONS: u8 = 4;
