//! What is wrong with the server's parameters, and what a proof can fail with.

use core::fmt;

/// Which of the server's parameters must not be used, and why.
///
/// Nothing is sent after such an error: whoever chooses these numbers could learn the password from
/// an answer to them.
///
/// Source: protocol reference, section 9.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SrpError {
    /// `passwordKdfAlgoUnknown`: this layer does not know the algorithm.
    UnknownAlgorithm,
    /// p has not exactly 2048 bits in 256 bytes.
    PrimeLength,
    /// p or (p - 1) / 2 is not prime.
    NotSafePrime,
    /// g is not one of 2 to 7.
    GeneratorRange,
    /// g does not fit to p: it does not generate the large subgroup.
    GeneratorResidue,
    /// The server's part of `salt1` for a new password has fewer than 8 bytes.
    SaltTooShort,
    /// `srp_B` has fewer than 248 or more than 256 bytes.
    ServerNumberLength,
    /// B is 0, or p or more.
    ServerNumberRange,
    /// B - k * v is too near to 0 or p.
    DifferenceRange,
    /// u is 0.
    ScramblingZero,
}

impl fmt::Display for SrpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownAlgorithm => {
                "the password uses an algorithm that is not known here: update the client"
            }
            Self::PrimeLength => "the server's p does not have 2048 bits",
            Self::NotSafePrime => "the server's p is not a safe prime",
            Self::GeneratorRange => "the server's g is not one of 2 to 7",
            Self::GeneratorResidue => "the server's g does not fit to its p",
            Self::SaltTooShort => "the server's part of salt1 is shorter than 8 bytes",
            Self::ServerNumberLength => "the server's B does not have 248 to 256 bytes",
            Self::ServerNumberRange => "the server's B is not between 0 and p",
            Self::DifferenceRange => "the server's B does not fit to the password's verifier",
            Self::ScramblingZero => "the server's B leads to a u of 0",
        })
    }
}

impl std::error::Error for SrpError {}

/// Why no number could be drawn or no proof be made; `E` is the error of the source of randomness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DrawError<E> {
    /// A parameter of the server must not be used.
    Parameter(SrpError),
    /// The source of randomness failed.
    Randomness(E),
    /// The source of randomness gave only numbers that must not be used; a sound one does not do so
    /// even once.
    Unsuitable,
}

impl<E> From<SrpError> for DrawError<E> {
    fn from(error: SrpError) -> Self {
        Self::Parameter(error)
    }
}

impl<E> fmt::Display for DrawError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parameter(error) => error.fmt(f),
            Self::Randomness(_) => f.write_str("the source of randomness failed"),
            Self::Unsuitable => {
                f.write_str("the source of randomness gives only numbers that cannot be used")
            }
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for DrawError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Parameter(error) => Some(error),
            Self::Randomness(error) => Some(error),
            Self::Unsuitable => None,
        }
    }
}
