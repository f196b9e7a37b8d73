//! How large the parts of an upload are.

use core::fmt;

/// Bytes of a part: a multiple of 1024 that divides 524288, so a power of two from 1 KiB to 512 KiB.
///
/// So much of a file is in memory while it is uploaded, twice.
///
/// ```
/// use telegram_passport::client::PartSize;
///
/// assert_eq!(PartSize::DEFAULT.bytes(), 32 * 1024);
/// assert_eq!(PartSize::new(65_536)?.bytes(), 65_536);
/// assert!(PartSize::new(3 * 1024).is_err());
/// # Ok::<(), telegram_passport::client::PartSizeError>(())
/// ```
///
/// Source: protocol reference, section 10.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartSize(u32);

impl PartSize {
    /// 32 KiB, as Telegram Desktop has it for Passport.
    pub const DEFAULT: Self = Self(32 * 1024);

    /// Takes a number of bytes.
    ///
    /// # Errors
    ///
    /// [`PartSizeError`] if it is not a multiple of 1024 that divides 524288.
    pub fn new(bytes: u32) -> Result<Self, PartSizeError> {
        let right = bytes > 0 && bytes.is_multiple_of(1024) && LARGEST.is_multiple_of(bytes);
        if right {
            Ok(Self(bytes))
        } else {
            Err(PartSizeError)
        }
    }

    /// The number of bytes.
    #[must_use]
    pub const fn bytes(self) -> u32 {
        self.0
    }
}

impl Default for PartSize {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// A number of bytes that no part may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartSizeError;

impl fmt::Display for PartSizeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the size of a part must be a multiple of 1024 that divides 524288: a power of two \
             from 1024 to 524288",
        )
    }
}

impl std::error::Error for PartSizeError {}

const LARGEST: u32 = 512 * 1024;
