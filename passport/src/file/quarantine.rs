//! Where decrypted bytes lie until they are verified.

use core::fmt;
use std::io;

use super::FileError;
use crate::cipher::{Buffer, Plaintext};

/// Holds what is decrypted but not verified yet, and hands it over only afterwards.
///
/// A [`Decryptor`](super::Decryptor) calls `write` as often as there are pieces, then exactly one of
/// the other two. `discard` is called on every failure, and when the decryptor is dropped half-way.
/// [`Memory`] and [`AtomicFile`](super::AtomicFile) are two of them; others, such as an upload that
/// can be aborted, are easily written:
///
/// ```
/// use std::io;
/// use telegram_passport::file::{Memory, Quarantine, Verified};
///
/// /// A document and where it is to go.
/// struct Named(&'static str, Memory);
///
/// impl Quarantine for Named {
///     type Released = (&'static str, Vec<u8>);
///
///     fn write(&mut self, unverified: &[u8]) -> io::Result<()> {
///         self.1.write(unverified)
///     }
///
///     fn release(self, verified: Verified) -> io::Result<Self::Released> {
///         Ok((self.0, self.1.release(verified)?.as_bytes().to_vec()))
///     }
///
///     fn discard(self) {}
/// }
/// ```
pub trait Quarantine {
    /// What the caller gets of a verified file.
    type Released;

    /// Takes the next bytes of the plaintext, at most 16 KiB. They may be forged: they must not be
    /// looked at, and nobody else may get at them.
    ///
    /// # Errors
    ///
    /// If they cannot be stored; `discard` is called then.
    fn write(&mut self, unverified: &[u8]) -> io::Result<()>;

    /// Hands over what was written, now that all of it is verified.
    ///
    /// # Errors
    ///
    /// If it cannot be handed over. Then nothing must be left of it: `discard` is not called.
    fn release(self, verified: Verified) -> io::Result<Self::Released>;

    /// Removes what was written. There is nobody to tell if that fails.
    fn discard(self);
}

/// The proof that all that was written to a [`Quarantine`] matches its hash and that its padding was
/// right. Only a [`Decryptor`](super::Decryptor) can make one.
///
/// ```compile_fail,E0423
/// use telegram_passport::file::{Memory, Quarantine, Verified};
///
/// let mut memory = Memory::new();
/// memory.write(b"forged").unwrap();
/// let plaintext = memory.release(Verified(()));
/// ```
#[derive(Debug)]
pub struct Verified(());

/// Keeps the plaintext in memory, and becomes a [`Plaintext`].
///
/// It is overwritten when dropped, and at every move to a larger place while it grows. It grows with
/// what was written, never by what a sender says about the size.
#[derive(Default)]
pub struct Memory {
    bytes: Buffer,
}

impl Memory {
    /// Empty.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Quarantine for Memory {
    type Released = Plaintext;

    fn write(&mut self, unverified: &[u8]) -> io::Result<()> {
        let outcome = self.bytes.extend(unverified);
        outcome.map_err(|_| io::ErrorKind::OutOfMemory.into())
    }

    fn release(self, _: Verified) -> io::Result<Plaintext> {
        Ok(Plaintext::verified(self.bytes))
    }

    fn discard(self) {}
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Memory(..; {})", self.bytes.len())
    }
}

/// A quarantine that is discarded unless it is released: on failure, when dropped, when unwinding.
pub(super) struct Guarded<Q: Quarantine>(Option<Q>);

impl<Q: Quarantine> Guarded<Q> {
    pub(super) fn new(quarantine: Q) -> Self {
        Self(Some(quarantine))
    }

    pub(super) fn is_abandoned(&self) -> bool {
        self.0.is_none()
    }

    pub(super) fn write(&mut self, unverified: &[u8]) -> Result<(), FileError> {
        let quarantine = self.0.as_mut().ok_or(FileError::Abandoned)?;
        match unverified {
            [] => Ok(()),
            bytes => quarantine.write(bytes).map_err(FileError::Write),
        }
    }

    /// To be called when, and only when, hash and padding of all that was written are right.
    pub(super) fn release(mut self) -> Result<Q::Released, FileError> {
        let quarantine = self.0.take().ok_or(FileError::Abandoned)?;
        quarantine.release(Verified(())).map_err(FileError::Write)
    }

    pub(super) fn discard(&mut self) {
        if let Some(quarantine) = self.0.take() {
            quarantine.discard();
        }
    }
}

impl<Q: Quarantine> Drop for Guarded<Q> {
    fn drop(&mut self) {
        self.discard();
    }
}
