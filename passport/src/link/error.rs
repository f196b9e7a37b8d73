//! What is wrong with a link.

use core::fmt;

use super::{BotIdError, MAX_LINK_LENGTH, MAX_VALUE_LENGTH};

/// A link that is no request for documents, or texts that make none. Quotes nothing of the link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LinkError {
    /// The link is longer than [`MAX_LINK_LENGTH`].
    TooLong {
        /// How many bytes it has.
        bytes: usize,
    },
    /// The link is not one of the forms of a request.
    NotARequest,
    /// A required parameter is missing or empty.
    Missing {
        /// Its name.
        parameter: &'static str,
    },
    /// A value is longer than [`MAX_VALUE_LENGTH`].
    ValueTooLong {
        /// The name of its parameter.
        parameter: &'static str,
        /// How many bytes it has.
        bytes: usize,
    },
    /// A percent sign is not followed by two hexadecimal digits.
    Percent {
        /// The name of the parameter.
        parameter: &'static str,
    },
    /// A value is not UTF-8.
    NotUtf8 {
        /// The name of its parameter.
        parameter: &'static str,
    },
    /// `bot_id` is no bot id.
    BotId(BotIdError),
    /// The callback URL is one of another bot's application.
    OtherBot,
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { bytes } => write!(
                f,
                "the link has {bytes} bytes, at most {MAX_LINK_LENGTH} are allowed"
            ),
            Self::NotARequest => f.write_str(
                "this is not a request for documents, which starts with \
                 tg://resolve?domain=telegrampassport& or tg://passport?",
            ),
            Self::Missing { parameter } => {
                write!(f, "{parameter} is missing or empty, every request needs it")
            }
            Self::ValueTooLong { parameter, bytes } => write!(
                f,
                "{parameter} has {bytes} bytes, at most {MAX_VALUE_LENGTH} are allowed"
            ),
            Self::Percent { parameter } => write!(
                f,
                "{parameter} has a percent sign without two hexadecimal digits, a literal one is \
                 written %25"
            ),
            Self::NotUtf8 { parameter } => write!(f, "{parameter} is not UTF-8"),
            Self::BotId(error) => write!(f, "bot_id: {error}"),
            Self::OtherBot => f.write_str(
                "the callback URL opens the application of another bot than the one that asks",
            ),
        }
    }
}

impl std::error::Error for LinkError {}
