//! A file that appears under its name only when it is complete and verified.

use core::fmt::Write as _;
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{self, Path, PathBuf};

use super::{Quarantine, Verified};

/// Writes to a temporary file beside the target, and gives it the target's name when it is verified.
///
/// The temporary file has an unpredictable name that begins with a dot. It is created exclusively,
/// and on Unix with mode 0600, so that no other user can read it; on other systems it has the rights
/// that the folder gives. Before it gets its name its content is on the disk (`fsync`), so a crash
/// leaves the whole file or none under the name. On failure, and when dropped, it is removed. A
/// process that is killed leaves it behind.
///
/// What is removed is not overwritten: the bytes may remain on the disk, as with any deleted file.
/// If that matters, put the folder on an encrypted disk or into memory.
pub struct AtomicFile {
    temporary: Temporary,
    target: PathBuf,
    replaces: bool,
    length: u64,
}

impl AtomicFile {
    /// For a target that does not exist yet. Take this if in doubt.
    ///
    /// Since a target only ever appears complete and verified, one that exists is the result of an
    /// earlier run, or another document: in both cases it should not be lost. This holds until the
    /// end: of two that write to one target at the same time, one fails. For that the file system
    /// must have hard links; where it has none (FAT), releasing fails and only
    /// [`replace`](Self::replace) works.
    ///
    /// # Errors
    ///
    /// [`AlreadyExists`](io::ErrorKind::AlreadyExists) if there is something at `path`, even a
    /// broken symbolic link; [`InvalidInput`](io::ErrorKind::InvalidInput) if it names no file; or
    /// what the system says to creating a file in the folder.
    pub fn create_new(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        match fs::symlink_metadata(path) {
            Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::new(path, false),
            Err(error) => Err(error),
        }
    }

    /// For a target that may exist: it is replaced at once, when the new one is verified. A symbolic
    /// link is replaced itself, not what it points to.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](io::ErrorKind::InvalidInput) if `path` names no file, or what the system
    /// says to creating a file in the folder.
    pub fn replace(path: impl AsRef<Path>) -> io::Result<Self> {
        Self::new(path.as_ref(), true)
    }

    fn new(path: &Path, replaces: bool) -> io::Result<Self> {
        // The process may change its folder before the file is complete.
        let path = path::absolute(path)?;
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        Ok(Self {
            temporary: Temporary::create(folder)?,
            target: folder.join(name),
            replaces,
            length: 0,
        })
    }
}

impl Quarantine for AtomicFile {
    type Released = WrittenFile;

    fn write(&mut self, unverified: &[u8]) -> io::Result<()> {
        self.temporary.file()?.write_all(unverified)?;
        self.length = self.length.saturating_add(unverified.len() as u64);
        Ok(())
    }

    fn release(mut self, _: Verified) -> io::Result<WrittenFile> {
        self.temporary.file()?.sync_all()?;
        match self.replaces {
            true => self.temporary.rename(&self.target)?,
            false => self.temporary.link(&self.target)?,
        }
        sync_folder(&self.target);
        Ok(WrittenFile {
            path: self.target,
            length: self.length,
        })
    }

    fn discard(self) {}
}

impl core::fmt::Debug for AtomicFile {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let mut debug = f.debug_struct("AtomicFile");
        debug.field("target", &self.target);
        debug.finish_non_exhaustive()
    }
}

/// A decrypted file that was verified and has its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenFile {
    path: PathBuf,
    length: u64,
}

impl WrittenFile {
    /// Where it is, as an absolute path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many bytes it has: the content, without the padding.
    #[must_use]
    pub const fn length(&self) -> u64 {
        self.length
    }
}

/// A file that is emptied and removed when dropped, as long as it has no other name.
struct Temporary {
    path: PathBuf,
    /// Absent once the content belongs to the target.
    file: Option<File>,
}

impl Temporary {
    fn create(folder: &Path) -> io::Result<Self> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(io::Error::other)?;
        let mut name = String::from(".passport-");
        for byte in random {
            // Writing to a string cannot fail.
            let _ = write!(name, "{byte:02x}");
        }
        let path = folder.join(OsStr::new(&name));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = Some(options.open(&path)?);
        Ok(Self { path, file })
    }

    fn file(&mut self) -> io::Result<&mut File> {
        self.file
            .as_mut()
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// Gives the file the name `target`, whatever has it.
    fn rename(&mut self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)?;
        self.file = None;
        // The name is free and will not come again, so that removing it on drop does no harm.
        Ok(())
    }

    /// Gives the file the name `target` if nothing has it; the temporary name goes on drop.
    fn link(&mut self, target: &Path) -> io::Result<()> {
        fs::hard_link(&self.path, target)?;
        self.file = None;
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Some(file) = self.file.take() {
            // Should it be impossible to remove the file, it is empty at least.
            let _ = file.set_len(0);
        }
        let _ = fs::remove_file(&self.path);
    }
}

/// Brings the name onto the disk, where the system can do that. The file is complete either way, and
/// after a crash it would be missing at worst, so a failure is nothing to report.
fn sync_folder(target: &Path) {
    #[cfg(unix)]
    if let Some(folder) = target.parent().and_then(|folder| File::open(folder).ok()) {
        let _ = folder.sync_all();
    }
    #[cfg(not(unix))]
    let _ = target;
}
