//! A file of a stored value, which lies on the server still.

use core::fmt;

use telegram_passport_tl::types;

use crate::cipher::Plaintext;
use crate::client::{Connection, Failure};
use crate::file::mtproto::{AfterError, Download, DownloadError, RemoteFile};
use crate::file::{Decryptor, FileCredentials, FileError, Memory, Quarantine};
use crate::hash::FileHash;
use crate::secret::ValueSecret;

/// A file of a stored value: where it lies, and the key to it.
///
/// Neither its content nor its size is known before it was fetched.
#[derive(Clone)]
pub struct StoredFile {
    remote: RemoteFile,
    credentials: FileCredentials,
    secret_id: i64,
}

impl StoredFile {
    pub(super) fn new(remote: RemoteFile, credentials: FileCredentials, secret_id: i64) -> Self {
        Self {
            remote,
            credentials,
            secret_id,
        }
    }

    /// Id, access hash, data centre, size and date, as the server says.
    #[must_use]
    pub fn remote(&self) -> &RemoteFile {
        &self.remote
    }

    /// Hash and secret: what decrypts it.
    #[must_use]
    pub fn credentials(&self) -> &FileCredentials {
        &self.credentials
    }

    /// The `file_hash`: SHA-256 of padding and content.
    #[must_use]
    pub fn hash(&self) -> &FileHash {
        self.credentials.hash()
    }

    /// The value secret of the file.
    #[must_use]
    pub fn secret(&self) -> &ValueSecret {
        self.credentials.secret()
    }

    /// The id of the passport secret under which its secret is stored. It can be kept in a value
    /// that is saved under the same, and no other.
    #[must_use]
    pub fn secret_id(&self) -> i64 {
        self.secret_id
    }

    /// What keeps the file in a value that is saved anew: it stays where it is, as it is.
    ///
    /// Source: protocol reference, section 10.4.
    #[must_use]
    pub fn to_input(&self) -> types::InputSecureFile {
        types::InputSecureFile {
            id: self.remote.id,
            access_hash: self.remote.access_hash,
        }
    }

    /// Begins to fetch the file into a [`Quarantine`], such as an
    /// [`AtomicFile`](crate::file::AtomicFile).
    #[must_use]
    pub fn download<Q: Quarantine>(&self, quarantine: Q) -> StoredDownload<Q> {
        StoredDownload {
            download: Download::new(self.remote),
            decryptor: Some(Decryptor::new(&self.credentials, quarantine)),
        }
    }

    /// Fetches the file into memory. To go on after a wait or a cut connection, or for progress,
    /// take [`download`](Self::download).
    ///
    /// # Errors
    ///
    /// [`FetchError`].
    pub async fn fetch<C: Connection>(
        &self,
        connection: &C,
    ) -> Result<Plaintext, FetchError<C::Error>> {
        self.download(Memory::new()).run(connection, |_| ()).await
    }
}

/// Prints where it lies, and no key.
impl fmt::Debug for StoredFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredFile")
            .field("remote", &self.remote)
            .finish_non_exhaustive()
    }
}

/// A file on its way in. It can be continued after a failure: what came stays.
///
/// ```
/// use telegram_passport::client::{Connection, StoredFile};
/// use telegram_passport::file::AtomicFile;
///
/// # async fn example<C: Connection>(connection: &C, file: &StoredFile)
/// #     -> Result<(), Box<dyn std::error::Error>> {
/// let mut download = file.download(AtomicFile::create_new("front.jpg")?);
/// // The file appears under its name when all of it is there and its hash was right.
/// let written = download.run(connection, |bytes| println!("{bytes} bytes")).await?;
/// println!("{}", written.path().display());
/// # Ok(())
/// # }
/// ```
pub struct StoredDownload<Q: Quarantine> {
    download: Download,
    decryptor: Option<Decryptor<Q>>,
}

impl<Q: Quarantine> StoredDownload<Q> {
    /// Allows so many encrypted bytes instead of [`DEFAULT_LIMIT`](crate::file::DEFAULT_LIMIT).
    #[must_use]
    pub fn with_limit(mut self, limit: u64) -> Self {
        self.download = self.download.with_limit(limit);
        self.decryptor = self.decryptor.map(|it| it.with_limit(limit));
        self
    }

    /// How many encrypted bytes have come.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.download.offset()
    }

    /// Fetches and decrypts all that is missing, and releases the file when its hash was right.
    /// `progress` is called with the number of encrypted bytes so far.
    ///
    /// Follows the file to another data centre (`FILE_MIGRATE_X`). After [`FetchError::Wait`] and
    /// [`FetchError::Failed`] call it again to go on.
    ///
    /// # Errors
    ///
    /// [`FetchError`]. Nothing of the file was released then.
    pub async fn run<C: Connection>(
        &mut self,
        connection: &C,
        mut progress: impl FnMut(u64),
    ) -> Result<Q::Released, FetchError<C::Error>> {
        while let Some(request) = self.download.next_request() {
            let dc_id = self.download.dc_id();
            match connection.invoke_in(Some(dc_id), &request).await {
                Ok(answer) => {
                    let decryptor = self.decryptor.as_mut();
                    let decryptor = decryptor.ok_or(FileError::Abandoned)?;
                    decryptor.push(&self.download.accept(answer)?)?;
                    progress(self.download.offset());
                }
                Err(Failure::Rpc(error)) => match self.download.rpc_error(&error) {
                    AfterError::Migrate { .. } => {}
                    AfterError::Wait { seconds } => return Err(FetchError::Wait { seconds }),
                    AfterError::Fail => return Err(FetchError::Failed(error.into())),
                },
                Err(failure) => return Err(FetchError::Failed(failure)),
            }
        }
        let decryptor = self.decryptor.take().ok_or(FileError::Abandoned)?;
        Ok(decryptor.finish()?)
    }
}

impl<Q: Quarantine> fmt::Debug for StoredDownload<Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredDownload")
            .field("download", &self.download)
            .finish_non_exhaustive()
    }
}

/// A stored file was not fetched.
#[derive(Debug)]
#[non_exhaustive]
pub enum FetchError<E> {
    /// The server asks to wait. Continue the download afterwards.
    Wait {
        /// How many seconds; the number is the server's.
        seconds: u64,
    },
    /// A call failed. After a failure of the connection the download can be continued.
    Failed(Failure<E>),
    /// The server's answer cannot be used.
    Answer(DownloadError),
    /// The file is not what its hash says, or could not be put into its place. Fetch it anew.
    File(FileError),
}

impl<E: fmt::Display> fmt::Display for FetchError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wait { seconds } => write!(
                f,
                "Telegram asks to wait {seconds} seconds before the download goes on"
            ),
            Self::Failed(error) => error.fmt(f),
            Self::Answer(error) => error.fmt(f),
            Self::File(error) => error.fmt(f),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for FetchError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Wait { .. } => None,
            Self::Failed(error) => Some(error),
            Self::Answer(error) => Some(error),
            Self::File(error) => Some(error),
        }
    }
}

impl<E> From<DownloadError> for FetchError<E> {
    fn from(error: DownloadError) -> Self {
        Self::Answer(error)
    }
}

impl<E> From<FileError> for FetchError<E> {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}
