//! The class of each error, by what its public type tells and nothing else.

use std::fmt::Display;

use telegram_passport::answer::ElementHashError;
use telegram_passport::client::srp::SrpError;
use telegram_passport::client::{FormError, StoredSecretError, SubmitError};
use telegram_passport::document::{
    AddressField, DocumentError, IdDocumentField, PersonalDetailsField, Violations,
};
use telegram_passport::file::FileError;
use telegram_passport::hash::HashError;
use telegram_passport::key::{KeyError, Refused};
use telegram_passport::link::{BotIdError, CallbackError, LinkError};
use telegram_passport::nonce::NonceError;
use telegram_passport::scope::{ScopeError, ScopeProblem};
use telegram_passport::secret::SecretError;
use telegram_passport::wrap::UnwrapError;
use telegram_passport::{Check, ContainerError, OpenError, Problem, UnknownElementType};
use telegram_passport_tl::{DecodeError, EncodeError, Fault};

use crate::failure::Class;
use crate::subject::JsonError;

/// An error that a request can meet.
pub(super) trait Why: Display {
    /// Its class; `None` for what no vector is about, such as an error of the disk.
    fn class(&self) -> Option<Class>;
}

/// `Type { pattern => Class, .. }`; what is not listed has no class.
macro_rules! classes {
    ($($error:ty = |$it:ident| $what:expr => { $($pattern:pat => $class:ident,)* })*) => {$(
        impl Why for $error {
            fn class(&self) -> Option<Class> {
                let $it = self;
                #[allow(unreachable_patterns, reason = "some types may grow, others not")]
                match $what {
                    $($pattern => Some(Class::$class),)*
                    _ => None,
                }
            }
        }
    )*};
}

classes! {
    OpenError = |it| it.detail().check() => {
        Check::Key => Rsa,
        Check::Encoding => Encoding,
        Check::Checksum => Checksum,
        Check::Length => Length,
        Check::Hash => Hash,
        Check::Padding => Padding,
        Check::Json => Json,
        Check::Nonce => Nonce,
        Check::Count => Count,
        Check::HashMismatch => Mismatch,
    }
    Refused = |it| it => { _ => Rsa, }
    ContainerError = |it| it.problem() => {
        Problem::Json(_) | Problem::Expected(_) => Json,
        Problem::Missing => Missing,
        Problem::Base64 => Encoding,
        Problem::HashLength => Length,
        Problem::Twice => Duplicate,
    }
    SecretError = |it| it => {
        SecretError::Length => Length,
        SecretError::Checksum => Checksum,
    }
    UnwrapError = |it| it => {
        UnwrapError::Length => Length,
        UnwrapError::Checksum => Checksum,
        UnwrapError::Id => SecretId,
    }
    StoredSecretError = |it| it => {
        StoredSecretError::UnknownAlgorithm => Unsupported,
        StoredSecretError::Length => Length,
        StoredSecretError::Checksum => Checksum,
        StoredSecretError::Id => SecretId,
    }
    HashError = |it| it => { _ => Length, }
    ElementHashError = |it| it => { _ => Encoding, }
    UnknownElementType = |it| it => { _ => Unknown, }
    KeyError = |it| it => {
        KeyError::Empty
        | KeyError::Der
        | KeyError::NotText
        | KeyError::NoMarkers
        | KeyError::Unclosed
        | KeyError::Several
        | KeyError::NotBase64
        | KeyError::Damaged => Encoding,
        KeyError::NoKey
        | KeyError::OpenSshPublic
        | KeyError::Certificate { .. }
        | KeyError::PublicKey
        | KeyError::PrivateKey
        | KeyError::NotRsa { .. } => KeyKind,
        KeyError::Encrypted | KeyError::OpenSsh | KeyError::Pkcs1Public | KeyError::MultiPrime
            => Unsupported,
        KeyError::TooLong | KeyError::TooSmall { .. } | KeyError::TooLarge { .. } => KeySize,
        KeyError::Exponent | KeyError::Inconsistent => KeyNumbers,
    }
    ScopeError = |it| it.problem() => {
        ScopeProblem::TooLong { .. } => Length,
        ScopeProblem::Json { .. } | ScopeProblem::Wrong { .. } => Json,
        ScopeProblem::WhiteSpace => Form,
        ScopeProblem::Missing { .. } | ScopeProblem::Empty | ScopeProblem::NoAlternatives
            => Missing,
        ScopeProblem::KeyTwice { .. } | ScopeProblem::Twice { .. } => Duplicate,
        ScopeProblem::UnknownKey { .. }
        | ScopeProblem::UnknownType { .. }
        | ScopeProblem::Version => Unknown,
        ScopeProblem::TypeAndAlternatives
        | ScopeProblem::NestedAlternatives
        | ScopeProblem::AliasAmongAlternatives { .. }
        | ScopeProblem::NoAlternative { .. }
        | ScopeProblem::MixedAlternatives
        | ScopeProblem::OptionNotAllowed { .. } => Combination,
    }
    BotIdError = |it| it => { _ => Range, }
    NonceError = |it| it => {
        NonceError::Empty => Missing,
        NonceError::TooLong => Length,
    }
    LinkError = |it| it => {
        LinkError::TooLong { .. } | LinkError::ValueTooLong { .. } => Length,
        LinkError::NotARequest => Form,
        LinkError::Missing { .. } => Missing,
        LinkError::Percent { .. } => Encoding,
        LinkError::NotUtf8 { .. } => Utf8,
        LinkError::BotId(_) => Range,
        LinkError::OtherBot => Mismatch,
    }
    CallbackError = |it| it => {
        CallbackError::Scheme | CallbackError::NoHost | CallbackError::Character => Form,
        CallbackError::TooLong => Length,
    }
    SrpError = |it| it => {
        SrpError::UnknownAlgorithm => Unsupported,
        SrpError::PrimeLength | SrpError::NotSafePrime => Prime,
        SrpError::GeneratorRange | SrpError::GeneratorResidue => Generator,
        SrpError::SaltTooShort | SrpError::ServerNumberLength => Length,
        SrpError::ServerNumberRange | SrpError::DifferenceRange | SrpError::ScramblingZero
            => Range,
    }
    DocumentError = |it| it => {
        DocumentError::TooLong { .. } => Length,
        DocumentError::NotUtf8 { .. } | DocumentError::LoneSurrogate { .. } => Utf8,
        DocumentError::NotJson { .. }
        | DocumentError::NotAnObject
        | DocumentError::NotText { .. } => Json,
        DocumentError::DuplicateKey { .. } => Duplicate,
    }
    Violations<PersonalDetailsField> = |it| it => { _ => Rule, }
    Violations<AddressField> = |it| it => { _ => Rule, }
    Violations<IdDocumentField> = |it| it => { _ => Rule, }
    FormError = |it| it => {
        FormError::Empty | FormError::EmptyRow { .. } => Missing,
        FormError::Alternatives { .. } | FormError::Option { .. } => Combination,
        FormError::Repeated { .. } | FormError::ValueTwice(_) => Duplicate,
    }
    DecodeError = |it| it.fault() => {
        Fault::UnexpectedEnd => End,
        Fault::UnexpectedConstructor { .. } => Constructor,
        Fault::UnknownFlags { .. } => Flags,
        Fault::VectorCount { .. } => Count,
        Fault::StringLength | Fault::LongStringForm => StringForm,
        Fault::StringPadding => Padding,
        Fault::Utf8 => Utf8,
        Fault::Depth => Depth,
        Fault::Memory => Memory,
        Fault::TrailingBytes { .. } => Trailing,
    }
    EncodeError = |it| it => {
        EncodeError::TooLong { .. } | EncodeError::TooLarge => Length,
        EncodeError::TooMany { .. } => Count,
        EncodeError::NotBoxed { .. } => End,
    }
    serde_json::Error = |it| it => { _ => Json, }
    base64ct::Error = |it| it => { _ => Encoding, }
    std::string::FromUtf8Error = |it| it => { _ => Utf8, }
    std::num::ParseIntError = |it| it => { _ => Range, }
    std::io::Error = |it| it => {}
}

impl Why for FileError {
    fn class(&self) -> Option<Class> {
        match self {
            Self::Open(error) => error.class(),
            Self::TooLarge { .. } => Some(Class::Length),
            _ => None,
        }
    }
}

impl Why for JsonError {
    fn class(&self) -> Option<Class> {
        match self {
            Self::Decode(error) => error.class(),
            Self::Encode(error) => error.class(),
            Self::Json(error) => error.class(),
        }
    }
}

impl<E: Display> Why for SubmitError<E> {
    fn class(&self) -> Option<Class> {
        match self {
            Self::Twice(_) => Some(Class::Duplicate),
            Self::PublicKey(error) => error.class(),
            _ => None,
        }
    }
}
