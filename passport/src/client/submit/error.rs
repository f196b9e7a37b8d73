//! Why values were not handed over, and what to do about it.

use core::fmt;

use crate::client::Failure;
use crate::element::ElementType;
use crate::key::KeyError;

/// Values were not handed over, or it is not known whether they were.
#[derive(Debug)]
#[non_exhaustive]
pub enum SubmitError<E> {
    /// There is no value.
    Nothing,
    /// There are two values of this kind.
    Twice(ElementType),
    /// The public key of the request cannot be used. The fault is the service's.
    PublicKey(KeyError),
    /// The source of randomness failed; what it said.
    Randomness(String),
    /// A value was changed or deleted since it was read (`SECURE_VALUE_EMPTY`,
    /// `SECURE_VALUE_HASH_INVALID`): ask for the form again.
    ValueChanged,
    /// There is no such bot (`BOT_INVALID`). The fault is the service's.
    BotInvalid,
    /// The public key is not the one that is registered for the bot (`PUBLIC_KEY_INVALID`,
    /// `PUBLIC_KEY_REQUIRED`). The fault is the service's.
    PublicKeyInvalid,
    /// The account has no two-step password any more (`PASSWORD_REQUIRED`). The user must set one.
    PasswordRequired,
    /// The server has no passport secret (`SECURE_SECRET_REQUIRED`). Forget the one at hand and ask
    /// for the form again.
    SecretRequired,
    /// The server wants a newer layer (`APP_VERSION_OUTDATED`). Ask the user to update the app.
    AppVersionOutdated,
    /// The server asks to wait. Submit again afterwards.
    Wait {
        /// How many seconds; the number is the server's.
        seconds: u64,
    },
    /// The server answered `boolFalse`.
    NotAccepted,
    /// A call failed otherwise.
    Failed(Failure<E>),
    /// The encryption failed with a sound key. This is a bug here.
    Internal,
}

/// By the name alone: the codes of most of these are inferred. Source: sections 1.5 and 3.3.
impl<E> From<Failure<E>> for SubmitError<E> {
    fn from(failure: Failure<E>) -> Self {
        if let Some(seconds) = failure.flood_wait() {
            return Self::Wait { seconds };
        }
        let Failure::Rpc(error) = &failure else {
            return Self::Failed(failure);
        };
        match error.name() {
            "SECURE_VALUE_EMPTY" | "SECURE_VALUE_HASH_INVALID" => Self::ValueChanged,
            "BOT_INVALID" => Self::BotInvalid,
            "PUBLIC_KEY_INVALID" | "PUBLIC_KEY_REQUIRED" => Self::PublicKeyInvalid,
            "PASSWORD_REQUIRED" => Self::PasswordRequired,
            "SECURE_SECRET_REQUIRED" => Self::SecretRequired,
            "APP_VERSION_OUTDATED" => Self::AppVersionOutdated,
            _ => Self::Failed(failure),
        }
    }
}

impl<E: fmt::Display> fmt::Display for SubmitError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "there is no value to be submitted",
            Self::Twice(element) => return write!(f, "there are two values of type {element}"),
            Self::PublicKey(error) => {
                return write!(f, "the public key of the request cannot be used: {error}");
            }
            Self::Randomness(error) => {
                return write!(f, "the source of randomness failed: {error}");
            }
            Self::ValueChanged => {
                "a value was changed or deleted meanwhile: ask for the form again"
            }
            Self::BotInvalid => "the service's bot does not exist",
            Self::PublicKeyInvalid => "the public key is not the one registered for the bot",
            Self::PasswordRequired => "the account has no two-step password: it must be set first",
            Self::SecretRequired => {
                "Telegram has no passport secret of this account: unlock again or create one"
            }
            Self::AppVersionOutdated => "Telegram asks for a newer version of this app",
            Self::Wait { seconds } => {
                return write!(f, "Telegram asks to wait {seconds} seconds before going on");
            }
            Self::NotAccepted => "Telegram did not accept the submission",
            Self::Failed(error) => return error.fmt(f),
            Self::Internal => "the credentials were not encrypted, which is a bug here",
        })
    }
}

impl<E: std::error::Error + 'static> std::error::Error for SubmitError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::PublicKey(error) => Some(error),
            Self::Failed(error) => Some(error),
            _ => None,
        }
    }
}
