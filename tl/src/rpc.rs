//! Functions and their answers.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use crate::decode::DecodeOwned;
use crate::encode::Encode;

/// A function that can be called remotely.
///
/// ```
/// use telegram_passport_tl::{Caller, RemoteCall, functions::account::SaveSecureValue};
///
/// assert_eq!(SaveSecureValue::CALLERS, [Caller::User]);
/// assert!(SaveSecureValue::ERRORS.iter().any(|error| error.name == "PASSWORD_REQUIRED"));
/// ```
pub trait RemoteCall: Encode {
    /// What the answer decodes to.
    type Return: DecodeOwned;

    /// Who may call it; empty if the generator was not told.
    const CALLERS: &'static [Caller] = &[];

    /// The errors it is known to answer with, beside those that every function can. The list is
    /// what is published or has been met: others can come.
    const ERRORS: &'static [KnownError] = &[];
}

/// A kind of account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Caller {
    /// A person's account.
    User,
    /// A bot.
    Bot,
}

/// An RPC error that is documented for a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KnownError {
    /// The code, similar to an HTTP status: 400.
    pub code: i32,
    /// The name, with `X` where a number stands: `FILE_MIGRATE_X`.
    pub name: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// An RPC error as it was received: its code, its name, and the number that stood in the name.
///
/// ```
/// use telegram_passport_tl::RpcError;
///
/// let error = RpcError::parse(303, "FILE_MIGRATE_4");
/// assert_eq!((error.name(), error.value()), ("FILE_MIGRATE_X", Some(4)));
/// let error = RpcError::parse(400, "FILE_PART_12_MISSING");
/// assert_eq!((error.name(), error.value()), ("FILE_PART_X_MISSING", Some(12)));
/// let error = RpcError::parse(400, "MD5_CHECKSUM_INVALID");
/// assert_eq!((error.name(), error.value()), ("MD5_CHECKSUM_INVALID", None));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RpcError {
    code: i32,
    name: Cow<'static, str>,
    value: Option<u64>,
}

impl RpcError {
    /// Takes an error apart: the first word of `message` that is a number becomes the
    /// [value](Self::value) and an `X` in the [name](Self::name).
    ///
    /// A number that does not fit into 64 bits is left in the name. No message is refused.
    pub fn parse(code: i32, message: &str) -> Self {
        let is_number =
            |word: &&str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        let number = message.split('_').find(is_number);
        let Some((number, value)) = number.and_then(|word| Some((word, word.parse().ok()?))) else {
            return Self {
                code,
                name: Cow::Owned(message.into()),
                value: None,
            };
        };
        let mut name = String::with_capacity(message.len());
        let mut replaced = false;
        for (at, word) in message.split('_').enumerate() {
            if at > 0 {
                name.push('_');
            }
            if word == number && !replaced {
                replaced = true;
                name.push('X');
            } else {
                name.push_str(word);
            }
        }
        Self {
            code,
            name: Cow::Owned(name),
            value: Some(value),
        }
    }

    /// The code, similar to an HTTP status: 303, 400, 401, 403, 406, 420, 500.
    pub fn code(&self) -> i32 {
        self.code
    }

    /// The name, with `X` where its number stood: `FLOOD_WAIT_X`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The number: seconds to wait, a data centre, a part, a length, by the name.
    pub fn value(&self) -> Option<u64> {
        self.value
    }

    /// What is documented of the error for the function `C`, by its name.
    pub fn known<C: RemoteCall>(&self) -> Option<&'static KnownError> {
        let mut all = C::ERRORS.iter().chain(crate::GENERIC_ERRORS);
        all.find(|known| known.name == self.name)
    }
}

impl From<KnownError> for RpcError {
    fn from(known: KnownError) -> Self {
        Self {
            code: known.code,
            name: Cow::Borrowed(known.name),
            value: None,
        }
    }
}

impl fmt::Display for RpcError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.name)?;
        match self.value {
            Some(value) => write!(f, " (X = {value})"),
            None => Ok(()),
        }
    }
}

impl core::error::Error for RpcError {}
