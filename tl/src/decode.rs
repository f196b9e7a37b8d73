//! Reading values: strict, bounded, and silent about where it failed until it has.

use crate::error::{DecodeError, Fault};
use crate::inspect::Described;
use crate::locate::locate;

/// A value that can be read from its TL encoding, perhaps borrowing from it for `'de`.
///
/// Reading is strict: it accepts exactly what [`Encode`](crate::Encode) writes. Every other
/// spelling of the same value, unknown flag bits and bytes left over are refused.
///
/// ```
/// use telegram_passport_tl::{Decode, enums};
///
/// let bytes = 0x3dac6a00_u32.to_le_bytes();
/// assert_eq!(enums::SecureValueType::from_bytes(&bytes)?, enums::SecureValueType::Passport);
/// # Ok::<(), telegram_passport_tl::DecodeError>(())
/// ```
pub trait Decode<'de>: Described + Sized {
    /// Reads one value and leaves the reader behind it.
    ///
    /// # Errors
    ///
    /// [`Stop`] says that the reader has met a [`Fault`]; [`from_bytes`](Self::from_bytes) tells which.
    fn decode(reader: &mut Reader<'de>) -> Result<Self, Stop>;

    /// Reads a value that fills `bytes` exactly.
    ///
    /// # Errors
    ///
    /// If `bytes` are not the encoding of such a value, or it exceeds the default [`Limits`].
    fn from_bytes(bytes: &'de [u8]) -> Result<Self, DecodeError> {
        Self::from_bytes_with(bytes, Limits::for_len(bytes.len()))
    }

    /// Reads a value that fills `bytes` exactly, under limits of the caller's.
    ///
    /// # Errors
    ///
    /// If `bytes` are not the encoding of such a value, or it exceeds `limits`.
    fn from_bytes_with(bytes: &'de [u8], limits: Limits) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(bytes, limits);
        match Self::decode(&mut reader) {
            Ok(value) if reader.finish().is_ok() => Ok(value),
            _ => Err(locate(&Self::SHAPE, bytes, &reader)),
        }
    }

    /// Reads a value from the front of `bytes`, and gives what is behind it.
    ///
    /// # Errors
    ///
    /// If `bytes` do not begin with the encoding of such a value, or it exceeds the default [`Limits`].
    fn from_prefix(bytes: &'de [u8]) -> Result<(Self, &'de [u8]), DecodeError> {
        let mut reader = Reader::new(bytes, Limits::for_len(bytes.len()));
        match Self::decode(&mut reader) {
            Ok(value) => Ok((value, reader.rest)),
            Err(Stop) => Err(locate(&Self::SHAPE, bytes, &reader)),
        }
    }
}

/// A value that borrows nothing from its encoding.
pub trait DecodeOwned: for<'de> Decode<'de> {}

impl<T: for<'de> Decode<'de>> DecodeOwned for T {}

/// How much a hostile input may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How deep values of types that contain themselves may be nested.
    pub depth: u32,
    /// How many bytes vectors and boxes may take, beside the strings, which take no more than
    /// the input.
    pub memory: usize,
}

impl Limits {
    /// The default for an input of `len` bytes: 64 deep, and 15 times the input plus 60 KiB of
    /// memory, so that with the strings no more than 16 times the input plus 64 KiB is ever held.
    pub const fn for_len(len: usize) -> Self {
        Self {
            depth: 64,
            memory: len.saturating_mul(15).saturating_add(60 * 1024),
        }
    }
}

/// The reader has met a fault and goes no further.
///
/// It carries nothing, so that the path where all is well stays short; the reader knows the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop;

/// A position in an input, and what may still be spent on it.
#[derive(Debug)]
pub struct Reader<'de> {
    rest: &'de [u8],
    len: usize,
    limits: Limits,
    fault: Option<(Fault, usize)>,
}

impl<'de> Reader<'de> {
    /// Starts at the first of `bytes`.
    pub fn new(bytes: &'de [u8], limits: Limits) -> Self {
        Self {
            rest: bytes,
            len: bytes.len(),
            limits,
            fault: None,
        }
    }

    /// How many bytes have been read.
    pub fn offset(&self) -> usize {
        self.len - self.rest.len()
    }

    /// What has not been read.
    pub fn rest(&self) -> &'de [u8] {
        self.rest
    }

    /// The fault that stopped the reader, and the offset at which its item begins.
    pub fn fault(&self) -> Option<(Fault, usize)> {
        self.fault
    }

    /// Fails if bytes are left over.
    ///
    /// # Errors
    ///
    /// [`Fault::TrailingBytes`].
    #[inline]
    pub fn finish(&mut self) -> Result<(), Stop> {
        match self.rest.len() {
            0 => Ok(()),
            count => Err(self.stop(Fault::TrailingBytes { count })),
        }
    }

    /// Records a fault of the item that begins here.
    #[cold]
    pub fn stop(&mut self, fault: Fault) -> Stop {
        let offset = self.offset();
        self.stop_at(fault, offset)
    }

    #[cold]
    fn stop_at(&mut self, fault: Fault, offset: usize) -> Stop {
        self.fault.get_or_insert((fault, offset));
        Stop
    }

    /// An array of raw bytes.
    ///
    /// # Errors
    ///
    /// [`Fault::UnexpectedEnd`].
    #[inline]
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Stop> {
        match self.rest.split_first_chunk() {
            Some((head, rest)) => {
                self.rest = rest;
                Ok(*head)
            }
            None => Err(self.stop(Fault::UnexpectedEnd)),
        }
    }

    /// Four bytes, little endian.
    ///
    /// # Errors
    ///
    /// [`Fault::UnexpectedEnd`].
    #[inline]
    pub fn word(&mut self) -> Result<u32, Stop> {
        self.array().map(u32::from_le_bytes)
    }

    /// A flags word, of which only the bits of `known` may be set.
    ///
    /// # Errors
    ///
    /// [`Fault::UnknownFlags`], [`Fault::UnexpectedEnd`].
    #[inline]
    pub fn flags(&mut self, known: u32) -> Result<u32, Stop> {
        let flags = self.word()?;
        match flags & !known {
            0 => Ok(flags),
            bits => Err(self.back(4, Fault::UnknownFlags { bits })),
        }
    }

    /// The one constructor id that may stand here.
    ///
    /// # Errors
    ///
    /// [`Fault::UnexpectedConstructor`], [`Fault::UnexpectedEnd`].
    #[inline]
    pub fn expect(&mut self, id: u32, expected: &'static str) -> Result<(), Stop> {
        match self.word()? {
            found if found == id => Ok(()),
            found => Err(self.unexpected(found, expected)),
        }
    }

    /// Refuses the constructor id that was read last.
    #[cold]
    pub fn unexpected(&mut self, id: u32, expected: &'static str) -> Stop {
        self.back(4, Fault::UnexpectedConstructor { id, expected })
    }

    #[cold]
    fn back(&mut self, bytes: usize, fault: Fault) -> Stop {
        let offset = self.offset() - bytes;
        self.stop_at(fault, offset)
    }

    /// The content of a `string` or `bytes`.
    ///
    /// # Errors
    ///
    /// [`Fault::UnexpectedEnd`] and the faults of strings.
    pub fn bytes(&mut self) -> Result<&'de [u8], Stop> {
        match self.rest.first() {
            Some(&len @ ..=253) => self.padded(1, usize::from(len)),
            Some(254) => self.long_bytes(),
            Some(255) => Err(self.stop(Fault::StringLength)),
            None => Err(self.stop(Fault::UnexpectedEnd)),
        }
    }

    fn long_bytes(&mut self) -> Result<&'de [u8], Stop> {
        let Some(head) = self.rest.first_chunk() else {
            return Err(self.stop(Fault::UnexpectedEnd));
        };
        match u32::from_le_bytes(*head) >> 8 {
            ..=253 => Err(self.stop(Fault::LongStringForm)),
            len => self.padded(4, len as usize),
        }
    }

    /// The `len` bytes behind the next `head`, where zeros have to fill up the last word.
    #[inline]
    fn padded(&mut self, head: usize, len: usize) -> Result<&'de [u8], Stop> {
        let end = head + len;
        let padding = end.wrapping_neg() % 4;
        let Some((item, behind)) = self.rest.split_at_checked(end + padding) else {
            return Err(self.stop(Fault::UnexpectedEnd));
        };
        // The last word, with the content shifted out of it.
        let shifted = |last: &[u8; 4]| u64::from(u32::from_le_bytes(*last)) << (8 * padding);
        if item
            .last_chunk()
            .is_some_and(|last| shifted(last) >> 32 != 0)
        {
            return Err(self.stop(Fault::StringPadding));
        }
        self.rest = behind;
        // In range: `item` is as long as its head, its content and its padding.
        Ok(&item[head..end])
    }

    /// A `string`.
    ///
    /// # Errors
    ///
    /// As [`bytes`](Self::bytes), and [`Fault::Utf8`].
    #[inline]
    pub fn text(&mut self) -> Result<&'de str, Stop> {
        let offset = self.offset();
        let bytes = self.bytes()?;
        match core::str::from_utf8(bytes) {
            Ok(text) => Ok(text),
            Err(_) => Err(self.stop_at(Fault::Utf8, offset)),
        }
    }

    /// The count of a vector of `T`, once it is certain that the rest of the input can hold so
    /// many and that there is memory for them.
    ///
    /// # Errors
    ///
    /// [`Fault::VectorCount`], [`Fault::Memory`], [`Fault::UnexpectedEnd`].
    #[inline]
    pub fn count<T: Decode<'de>>(&mut self) -> Result<usize, Stop> {
        let count = self.word()?;
        // Elements that take no bytes are counted as one, lest four bytes make us loop 2^31 times.
        let most = self.rest.len() / if T::MIN_LEN == 0 { 1 } else { T::MIN_LEN };
        if count as usize > most || count > i32::MAX as u32 {
            let count = count as i32;
            return Err(self.back(4, Fault::VectorCount { count }));
        }
        self.charge((count as usize).saturating_mul(size_of::<T>()))?;
        Ok(count as usize)
    }

    /// Takes memory for a vector or a box out of what is left of [`Limits::memory`].
    ///
    /// # Errors
    ///
    /// [`Fault::Memory`].
    #[inline]
    pub fn charge(&mut self, bytes: usize) -> Result<(), Stop> {
        match self.limits.memory.checked_sub(bytes) {
            Some(left) => {
                self.limits.memory = left;
                Ok(())
            }
            None => Err(self.stop(Fault::Memory)),
        }
    }

    /// Goes into a value of a type that can contain itself.
    ///
    /// # Errors
    ///
    /// [`Fault::Depth`].
    #[inline]
    pub fn enter(&mut self) -> Result<(), Stop> {
        match self.limits.depth.checked_sub(1) {
            Some(left) => {
                self.limits.depth = left;
                Ok(())
            }
            None => Err(self.stop(Fault::Depth)),
        }
    }

    /// Leaves a value that [`enter`](Self::enter) went into.
    #[inline]
    pub fn leave(&mut self) {
        self.limits.depth = self.limits.depth.saturating_add(1);
    }

    /// Takes all that is left.
    pub(crate) fn take_rest(&mut self) -> &'de [u8] {
        core::mem::take(&mut self.rest)
    }
}
