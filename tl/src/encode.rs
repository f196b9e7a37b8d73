//! Writing values: measured first, so that the bytes go into one allocation of the right size.

use alloc::vec::Vec;
use core::{fmt, mem};

/// The longest `string` or `bytes` that TL can write: 2^24 - 1 bytes.
pub const MAX_BYTES: usize = (1 << 24) - 1;

/// A value with a TL encoding.
///
/// Structs of the module `types` write their fields alone (the *bare* form); enums write the
/// constructor id before them (the *boxed* form); functions write their id, too.
///
/// ```
/// use telegram_passport_tl::{Encode, enums, functions};
///
/// let call = functions::account::GetSecureValue {
///     types: vec![enums::SecureValueType::Passport],
/// };
/// assert_eq!(call.encoded_len(), Ok(16));
/// assert_eq!(call.to_bytes()?[..4], 0x73665bc2_u32.to_le_bytes());
/// # Ok::<(), telegram_passport_tl::EncodeError>(())
/// ```
pub trait Encode {
    /// How many bytes each value of the type takes, where all take as many and it is worth knowing;
    /// otherwise 0.
    #[doc(hidden)]
    const FIXED_LEN: usize = 0;

    /// Sends each part of the value to `sink`, in the order of the wire.
    ///
    /// The same code measures and writes; that is why it cannot fail and must not depend on
    /// anything but the value.
    fn encode<S: Sink>(&self, sink: &mut S);

    /// The exact size of the encoding in bytes, always a multiple of four.
    ///
    /// # Errors
    ///
    /// If the value holds what TL cannot write; see [`EncodeError`].
    fn encoded_len(&self) -> Result<usize, EncodeError> {
        let mut measure = Measure::default();
        self.encode(&mut measure);
        measure.finish()
    }

    /// The encoding, in one allocation of exactly its size.
    ///
    /// # Errors
    ///
    /// If the value holds what TL cannot write; nothing is allocated then.
    fn to_bytes(&self) -> Result<Vec<u8>, EncodeError> {
        let mut writer = Writer::new(Vec::with_capacity(self.encoded_len()?));
        self.encode(&mut writer);
        Ok(writer.finish())
    }

    /// Appends the encoding to `out`, growing it at most once.
    ///
    /// # Errors
    ///
    /// If the value holds what TL cannot write; `out` is as before then.
    fn append_to(&self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        out.reserve(self.encoded_len()?);
        let mut writer = Writer::new(mem::take(out));
        self.encode(&mut writer);
        *out = writer.finish();
        Ok(())
    }
}

/// What an encoding is sent to: first one that counts, then one that writes.
///
/// This trait is sealed: every sink is one of this crate's.
pub trait Sink: private::Sealed {
    /// Four bytes, little endian.
    fn word(&mut self, value: u32);
    /// Eight bytes, little endian.
    fn long(&mut self, value: u64);
    /// Bytes as they are, a multiple of four in number.
    fn raw(&mut self, bytes: &[u8]);
    /// A `string` or `bytes`: length, bytes, and zeros up to a multiple of four.
    fn bytes(&mut self, bytes: &[u8]);
    /// The number of elements of a vector.
    fn count(&mut self, count: usize);

    /// A boxed value, which is there as bytes.
    #[doc(hidden)]
    #[inline]
    fn object(&mut self, bytes: &[u8]) {
        self.raw(bytes);
    }

    /// Room for the next `len` bytes, if the sink has it at hand; whoever asks fills all of it.
    #[doc(hidden)]
    #[inline]
    fn room(&mut self, len: usize) -> Option<Room<'_>> {
        let _ = len;
        None
    }
}

/// A value that TL has no encoding for. It is found before the first byte is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeError {
    /// A `string` or `bytes` is longer than [`MAX_BYTES`].
    TooLong {
        /// Its length in bytes.
        len: usize,
    },
    /// A vector has more elements than an `int` can count.
    TooMany {
        /// Their number.
        count: usize,
    },
    /// The encoding would be larger than the address space.
    TooLarge,
    /// The bytes of an [`Object`](crate::Object) are no boxed value: there are fewer than four of
    /// them, or no multiple of four.
    NotBoxed {
        /// Their number.
        len: usize,
    },
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { len } => write!(
                f,
                "a string of {len} bytes cannot be written; the longest is {MAX_BYTES}"
            ),
            Self::TooMany { count } => write!(
                f,
                "a vector of {count} elements cannot be written; the longest is {}",
                i32::MAX
            ),
            Self::TooLarge => f.write_str("the encoding does not fit into memory"),
            Self::NotBoxed { len } => write!(
                f,
                "{len} bytes are no boxed value; it has a constructor id, and a multiple of four bytes"
            ),
        }
    }
}

impl core::error::Error for EncodeError {}

/// Counts the bytes and looks for what cannot be written.
#[derive(Default)]
struct Measure {
    // 64 bits on every machine: borrowed strings may stand many times for the same memory.
    len: u64,
    error: Option<EncodeError>,
}

impl Measure {
    fn finish(self) -> Result<usize, EncodeError> {
        match self.error {
            Some(error) => Err(error),
            None => usize::try_from(self.len).map_err(|_| EncodeError::TooLarge),
        }
    }

    #[cold]
    fn refuse(&mut self, error: EncodeError) {
        self.error.get_or_insert(error);
    }
}

impl Sink for Measure {
    #[inline]
    fn word(&mut self, _: u32) {
        self.len += 4;
    }

    #[inline]
    fn long(&mut self, _: u64) {
        self.len += 8;
    }

    #[inline]
    fn raw(&mut self, bytes: &[u8]) {
        self.len += bytes.len() as u64;
    }

    fn object(&mut self, bytes: &[u8]) {
        if bytes.is_empty() || bytes.len() % 4 != 0 {
            return self.refuse(EncodeError::NotBoxed { len: bytes.len() });
        }
        self.raw(bytes);
    }

    #[inline]
    fn bytes(&mut self, bytes: &[u8]) {
        if bytes.len() > MAX_BYTES {
            return self.refuse(EncodeError::TooLong { len: bytes.len() });
        }
        let head = if bytes.len() < 254 { 1 } else { 4 };
        self.len += (bytes.len() as u64 + head).next_multiple_of(4);
    }

    #[inline]
    fn count(&mut self, count: usize) {
        if count > i32::MAX as usize {
            self.refuse(EncodeError::TooMany { count });
        }
        self.len += 4;
    }
}

/// Appends to a vector that was given the measured room before.
///
/// Short items go into a stretch of zeros that is prepared ahead of them: storing there takes a
/// third of the instructions of growing the vector each time, and padding is there already.
struct Writer {
    /// What is written, and zeros behind it.
    out: Vec<u8>,
    /// Where the zeros begin.
    at: usize,
}

impl Writer {
    fn new(out: Vec<u8>) -> Self {
        let at = out.len();
        Self { out, at }
    }

    fn finish(mut self) -> Vec<u8> {
        self.out.truncate(self.at);
        self.out
    }

    /// Writes at the end of the vector, and prepares zeros behind.
    #[cold]
    fn append(&mut self, parts: &[&[u8]]) {
        self.out.truncate(self.at);
        for part in parts {
            self.out.extend_from_slice(part);
        }
        self.at = self.out.len();
        let ahead = (self.at + 1024).min(self.out.capacity());
        self.out.resize(ahead, 0);
    }
}

impl Sink for Writer {
    #[inline]
    fn word(&mut self, value: u32) {
        self.raw(&value.to_le_bytes());
    }

    #[inline]
    fn long(&mut self, value: u64) {
        self.raw(&value.to_le_bytes());
    }

    #[inline]
    fn raw(&mut self, bytes: &[u8]) {
        match self.room(bytes.len()) {
            Some(mut room) => room.raw(bytes),
            None => self.append(&[bytes]),
        }
    }

    #[inline]
    fn bytes(&mut self, bytes: &[u8]) {
        // Longer ones than MAX_BYTES never come here: measuring has refused them.
        match self.room(padded_len(bytes.len())) {
            Some(mut room) => match <&[u8; 32]>::try_from(bytes) {
                // Hashes and secrets: with a length that the compiler knows, they take a few stores.
                Ok(bytes) => room.bytes(bytes),
                Err(_) => room.bytes(bytes),
            },
            None => {
                let (head, start) = head(bytes.len());
                let padding = padded_len(bytes.len()) - start - bytes.len();
                self.append(&[&head[..start], bytes, &[0; 3][..padding]]);
            }
        }
    }

    #[inline]
    fn count(&mut self, count: usize) {
        self.word(count as u32);
    }

    #[inline]
    fn room(&mut self, len: usize) -> Option<Room<'_>> {
        let zeros = self.out.get_mut(self.at..)?.get_mut(..len)?;
        self.at += len;
        Some(Room(zeros))
    }
}

/// Zeros to write into; what does not fit is left out.
pub struct Room<'z>(&'z mut [u8]);

impl Room<'_> {
    #[inline]
    fn take(&mut self, len: usize) -> Option<&mut [u8]> {
        let (taken, rest) = mem::take(&mut self.0).split_at_mut_checked(len)?;
        self.0 = rest;
        Some(taken)
    }
}

impl Sink for Room<'_> {
    #[inline]
    fn word(&mut self, value: u32) {
        self.raw(&value.to_le_bytes());
    }

    #[inline]
    fn long(&mut self, value: u64) {
        self.raw(&value.to_le_bytes());
    }

    #[inline]
    fn raw(&mut self, bytes: &[u8]) {
        if let Some(zeros) = self.take(bytes.len()) {
            zeros.copy_from_slice(bytes);
        }
    }

    #[inline]
    fn bytes(&mut self, bytes: &[u8]) {
        let (head, start) = head(bytes.len());
        if let Some(zeros) = self.take(padded_len(bytes.len())) {
            // Of a short head's four bytes, the content takes the place of the last three.
            if let Some(first) = zeros.first_chunk_mut() {
                *first = head;
            }
            if let Some(content) = zeros.get_mut(start..start + bytes.len()) {
                content.copy_from_slice(bytes);
            }
        }
    }

    #[inline]
    fn count(&mut self, count: usize) {
        self.word(count as u32);
    }
}

/// What stands before so many bytes, and how many of these four are meant.
#[inline]
fn head(len: usize) -> ([u8; 4], usize) {
    match len {
        ..254 => ((len as u32).to_le_bytes(), 1),
        _ => (((len as u32) << 8 | 0xFE).to_le_bytes(), 4),
    }
}

/// What so many bytes take with their length before them and zeros behind.
#[inline]
fn padded_len(len: usize) -> usize {
    (head(len).1 + len).next_multiple_of(4)
}

pub(crate) mod private {
    pub trait Sealed {}
    impl Sealed for super::Measure {}
    impl Sealed for super::Writer {}
    impl Sealed for super::Room<'_> {}
}
