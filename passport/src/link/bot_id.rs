//! The number of a bot.

use core::fmt;
use core::str::FromStr;

/// The user id of a bot: the number before the colon in its token, from 1 to 2^40 - 1.
///
/// ```
/// use telegram_passport::link::BotId;
///
/// let bot_id: BotId = "7123456789".parse()?;
/// assert_eq!(bot_id.get(), 7_123_456_789);
/// assert!(BotId::new(0).is_err() && BotId::new(1 << 40).is_err());
/// # Ok::<(), telegram_passport::link::BotIdError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BotId(i64);

impl BotId {
    /// Takes a number.
    ///
    /// # Errors
    ///
    /// [`BotIdError`] if it is not from 1 to 2^40 - 1.
    pub const fn new(id: i64) -> Result<Self, BotIdError> {
        match id {
            1..=MAX_BOT_ID => Ok(Self(id)),
            _ => Err(BotIdError),
        }
    }

    /// One of a simulation: no number of 32 bits is too large.
    #[cfg(feature = "testing")]
    pub(crate) const fn simulated(number: u32) -> Self {
        match number {
            0 => Self(1),
            _ => Self(number as i64),
        }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl FromStr for BotId {
    type Err = BotIdError;

    /// Reads decimal digits, without a sign.
    fn from_str(text: &str) -> Result<Self, BotIdError> {
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(BotIdError);
        }
        text.parse().map_or(Err(BotIdError), Self::new)
    }
}

impl fmt::Display for BotId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A number or text that is no bot id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BotIdError;

impl fmt::Display for BotIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "a bot id is a number from 1 to {MAX_BOT_ID}, the one before the colon in the bot's \
             token"
        )
    }
}

impl std::error::Error for BotIdError {}

const MAX_BOT_ID: i64 = (1 << 40) - 1;
