//! What can be wrong with bytes: the fault, where it is, and in which field.

use alloc::string::String;
use core::fmt;

/// Bytes that are not the encoding of the type that was asked for.
///
/// ```
/// use telegram_passport_tl::{Decode, types, Boxed};
///
/// let cut = [0xc3, 0xbe, 0xea, 0x8a, 3, 1, 2];
/// let error = Boxed::<types::SecureData>::from_bytes(&cut).unwrap_err();
/// assert_eq!(error.to_string(), "secureData.data: byte 4: the input ends inside a value");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    pub(crate) fault: Fault,
    pub(crate) offset: usize,
    pub(crate) path: String,
}

impl DecodeError {
    /// What is wrong.
    pub fn fault(&self) -> Fault {
        self.fault
    }

    /// Where the offending item begins, in bytes from the start of the input.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// The fields that lead there, from the outermost constructor:
    /// `account.authorizationForm.values[3].data`. Empty if the fault stands before or behind
    /// the value.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "byte {}: {}", self.offset, self.fault)
    }
}

impl core::error::Error for DecodeError {}

/// One way of not being a TL encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The input ends inside a value or its padding.
    UnexpectedEnd,
    /// The constructor id is none of the expected type's.
    UnexpectedConstructor {
        /// The id that stands there.
        id: u32,
        /// The type, or the one constructor, that should.
        expected: &'static str,
    },
    /// A flags word has bits that the constructor does not define, so that what they announce
    /// would be taken for something else.
    UnknownFlags {
        /// The undefined bits that are set.
        bits: u32,
    },
    /// A vector's count is negative, or more than the rest of the input can hold.
    VectorCount {
        /// The count as read.
        count: i32,
    },
    /// The first byte of a string is 0xFF, which begins no length.
    StringLength,
    /// A string of fewer than 254 bytes has its length written in the long form.
    LongStringForm,
    /// The bytes that fill a string up to a multiple of four are not zero.
    StringPadding,
    /// A `string` is not UTF-8.
    Utf8,
    /// Values that contain each other are nested deeper than [`Limits::depth`](crate::Limits).
    Depth,
    /// The value would take more memory than [`Limits::memory`](crate::Limits).
    Memory,
    /// Bytes are left over behind the value.
    TrailingBytes {
        /// How many.
        count: usize,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnexpectedEnd => f.write_str("the input ends inside a value"),
            Self::UnexpectedConstructor { id, expected } => {
                write!(f, "constructor {id:08x} is not one of {expected}")
            }
            Self::UnknownFlags { bits } => write!(f, "flag bits {bits:#x} are not defined here"),
            Self::VectorCount { count } => {
                write!(f, "a vector cannot have {count} elements here")
            }
            Self::StringLength => f.write_str("0xff begins no string"),
            Self::LongStringForm => {
                f.write_str("a string shorter than 254 bytes is written in the long form")
            }
            Self::StringPadding => f.write_str("the padding of a string is not zero"),
            Self::Utf8 => f.write_str("a string is not UTF-8"),
            Self::Depth => f.write_str("values are nested too deeply"),
            Self::Memory => f.write_str("the value takes too much memory for its size"),
            Self::TrailingBytes { count } => write!(f, "{count} bytes are left over"),
        }
    }
}
