//! What can go wrong with any call.

use core::fmt;

use telegram_passport_tl::{DecodeError, EncodeError, RpcError};

/// Why a call gave no result.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure<E> {
    /// Telegram refused. [`RpcError::name`] says why; a number in the name, like the seconds of
    /// `FLOOD_WAIT_X`, is [`RpcError::value`].
    Rpc(RpcError),
    /// The connection failed. Whether the call was carried out is not known.
    Connection(E),
    /// The call cannot be written as TL: a text or bytes of 16 MiB and more.
    Encode(EncodeError),
    /// The answer is not of the function's result type.
    Answer(DecodeError),
}

impl<E> Failure<E> {
    /// Whether Telegram refused with this error: `is_rpc("SRP_ID_INVALID")`, `is_rpc("FLOOD_WAIT_X")`.
    #[must_use]
    pub fn is_rpc(&self, name: &str) -> bool {
        matches!(self, Self::Rpc(error) if error.name() == name)
    }

    /// Seconds to wait before the call is repeated, if that is what Telegram asks for
    /// (`FLOOD_WAIT_X`, code 420).
    #[must_use]
    pub fn flood_wait(&self) -> Option<u64> {
        match self {
            Self::Rpc(error) if error.name() == "FLOOD_WAIT_X" => error.value(),
            _ => None,
        }
    }
}

impl<E> From<RpcError> for Failure<E> {
    fn from(error: RpcError) -> Self {
        Self::Rpc(error)
    }
}

impl<E: fmt::Display> fmt::Display for Failure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rpc(error) => write!(f, "Telegram refused: {error}"),
            Self::Connection(error) => write!(f, "the connection to Telegram failed: {error}"),
            Self::Encode(error) => write!(f, "the call cannot be written: {error}"),
            Self::Answer(error) => write!(f, "Telegram's answer cannot be read: {error}"),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for Failure<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Rpc(error) => Some(error),
            Self::Connection(error) => Some(error),
            Self::Encode(error) => Some(error),
            Self::Answer(error) => Some(error),
        }
    }
}
