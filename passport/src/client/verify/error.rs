//! Why an address is not verified.

use core::fmt;

use crate::client::Failure;

/// Why a step of a verification failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum VerifyError<E> {
    /// No code was typed. Nothing was sent.
    CodeEmpty,
    /// The code has another length than the one that was sent. Nothing was sent.
    CodeLength {
        /// The length of the code, in characters.
        expected: usize,
    },
    /// Telegram refused, for a reason that the user can do something about.
    Refused(Refusal),
    /// Telegram answered `boolFalse`, or with something that only a log-in answers with.
    Unexpected,
    /// The call failed.
    Call(Failure<E>),
}

/// What the user should hear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// `PHONE_CODE_INVALID`, `CODE_INVALID`, `PHONE_CODE_EMPTY`: it is another code.
    WrongCode,
    /// `PHONE_CODE_EXPIRED`, `EMAIL_VERIFY_EXPIRED`: send a new code.
    Expired,
    /// `PHONE_NUMBER_INVALID`, `EMAIL_INVALID`: that is no address.
    InvalidAddress,
    /// `EMAIL_NOT_ALLOWED`: Telegram does not take this address.
    AddressNotAllowed,
    /// `SEND_CODE_UNAVAILABLE`: all ways of sending a code are used up.
    NoOtherWay,
}

impl<E> From<Failure<E>> for VerifyError<E> {
    fn from(failure: Failure<E>) -> Self {
        let refusal = match &failure {
            Failure::Rpc(error) => match error.name() {
                "PHONE_CODE_INVALID" | "CODE_INVALID" | "PHONE_CODE_EMPTY" => Refusal::WrongCode,
                "PHONE_CODE_EXPIRED" | "EMAIL_VERIFY_EXPIRED" => Refusal::Expired,
                "PHONE_NUMBER_INVALID" | "EMAIL_INVALID" => Refusal::InvalidAddress,
                "EMAIL_NOT_ALLOWED" => Refusal::AddressNotAllowed,
                "SEND_CODE_UNAVAILABLE" => Refusal::NoOtherWay,
                _ => return Self::Call(failure),
            },
            _ => return Self::Call(failure),
        };
        Self::Refused(refusal)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WrongCode => "the code is wrong: look again at the message that holds it",
            Self::Expired => "the code has expired: have a new one sent",
            Self::InvalidAddress => "Telegram says that this is no valid phone number or address",
            Self::AddressNotAllowed => "Telegram does not accept this address: use another one",
            Self::NoOtherWay => "there is no other way of sending a code: wait and begin anew",
        })
    }
}

impl<E: fmt::Display> fmt::Display for VerifyError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CodeEmpty => f.write_str("no code was typed"),
            Self::CodeLength { expected } => write!(f, "the code has {expected} characters"),
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Unexpected => f.write_str(
                "Telegram's answer does not belong to the verification of an address: begin anew",
            ),
            Self::Call(failure) => failure.fmt(f),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for VerifyError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(failure) => Some(failure),
            _ => None,
        }
    }
}
