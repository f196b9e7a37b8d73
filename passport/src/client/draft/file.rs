//! A file of a value to be saved: a new one, or one that is stored already.

use core::fmt;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::client::stored::StoredFile;

/// A file of a value to be saved.
#[derive(Clone, Debug)]
pub enum DraftFile {
    /// To be encrypted and uploaded.
    New(NewFile),
    /// To be kept as it is. It must be stored under the passport secret that the value is saved
    /// under.
    Stored(StoredFile),
}

impl From<NewFile> for DraftFile {
    fn from(file: NewFile) -> Self {
        Self::New(file)
    }
}

impl From<StoredFile> for DraftFile {
    fn from(file: StoredFile) -> Self {
        Self::Stored(file)
    }
}

impl From<&StoredFile> for DraftFile {
    fn from(file: &StoredFile) -> Self {
        Self::Stored(file.clone())
    }
}

/// The content of a file that is not stored yet: a JPEG image of 1 byte to
/// [`MAX_FILE_LENGTH`](super::MAX_FILE_LENGTH).
///
/// It is read twice at least, once for its hash and once to be encrypted, and again from its
/// beginning where an upload is continued. It is never in memory as a whole, unless it was given so.
///
/// ```
/// use std::io::Cursor;
/// use telegram_passport::client::NewFile;
///
/// let picture = NewFile::from_bytes(vec![0xff, 0xd8, 0xff, 0xd9]);
/// let same = NewFile::from_source(4, || Ok(Cursor::new([0xff, 0xd8, 0xff, 0xd9])));
/// assert_eq!(picture.length(), same.length());
/// ```
#[derive(Clone)]
pub struct NewFile {
    length: u64,
    content: Content,
}

#[derive(Clone)]
enum Content {
    Bytes(Arc<Zeroizing<Vec<u8>>>),
    Source(Arc<dyn Fn() -> io::Result<FileReader> + Send + Sync>),
}

/// The content from its beginning.
pub(crate) type FileReader = Box<dyn Read + Send>;

impl NewFile {
    /// A file in memory. It is overwritten when dropped.
    #[must_use]
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = Zeroizing::new(bytes.into());
        Self {
            length: bytes.len() as u64,
            content: Content::Bytes(Arc::new(bytes)),
        }
    }

    /// A file of `length` bytes that is read from elsewhere. Each call of `open` gives a reader that
    /// stands at the beginning.
    ///
    /// What it gives must be the same each time. If it is not, or is not of that length, the upload
    /// fails before anything is saved.
    #[must_use]
    pub fn from_source<R: Read + Send + 'static>(
        length: u64,
        open: impl Fn() -> io::Result<R> + Send + Sync + 'static,
    ) -> Self {
        let open = move || open().map(|reader| Box::new(reader) as FileReader);
        Self {
            length,
            content: Content::Source(Arc::new(open)),
        }
    }

    /// A file on this machine, opened again for each reading. Reading it blocks.
    ///
    /// # Errors
    ///
    /// What the system says to opening the file.
    pub fn from_path(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = std::path::absolute(path)?;
        let length = File::open(&path)?.metadata()?.len();
        Ok(Self::from_source(length, move || File::open(&path)))
    }

    /// How many bytes it has.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The content from its beginning.
    pub(crate) fn open(&self) -> io::Result<FileReader> {
        match &self.content {
            Content::Bytes(bytes) => Ok(Box::new(Cursor::new(Shared(Arc::clone(bytes))))),
            Content::Source(open) => open(),
        }
    }

    /// Whether the content is certain to be the same at each reading.
    pub(crate) fn is_in_memory(&self) -> bool {
        matches!(self.content, Content::Bytes(_))
    }
}

impl fmt::Debug for NewFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewFile(..; {})", self.length)
    }
}

struct Shared(Arc<Zeroizing<Vec<u8>>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}
