//! Why there is no form to show.

use core::fmt;

use crate::client::Failure;
use crate::element::ElementType;
use crate::link::Outcome;

/// Why a form could not be loaded.
#[derive(Debug)]
#[non_exhaustive]
pub enum LoadError<E> {
    /// Telegram refuses the request of this service.
    Refused(FormRefusal),
    /// The form contradicts the rules. Nothing can be filled in.
    Form(FormError),
    /// The call failed.
    Call(Failure<E>),
}

impl<E> LoadError<E> {
    /// What the service is told through its callback: give it to
    /// [`CallbackUrl::join`](crate::link::CallbackUrl::join), which opens nothing for errors that
    /// services are not told.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        Outcome::Error(match self {
            Self::Refused(refusal) => refusal.name().to_owned(),
            Self::Call(Failure::Rpc(error)) => error.name().to_owned(),
            Self::Form(_) | Self::Call(_) => String::new(),
        })
    }
}

/// Why Telegram refuses a request, by the name of its RPC error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormRefusal {
    /// `BOT_INVALID`: there is no such bot.
    BotInvalid,
    /// `PUBLIC_KEY_REQUIRED`: the request has no public key.
    PublicKeyRequired,
    /// `PUBLIC_KEY_INVALID`: the key is not the one that the bot has registered.
    PublicKeyInvalid,
    /// `SCOPE_EMPTY`: nothing was asked for.
    ScopeEmpty,
    /// `APP_VERSION_OUTDATED`: this app does not understand what is asked for.
    AppVersionOutdated,
}

impl FormRefusal {
    const ALL: [Self; 5] = [
        Self::BotInvalid,
        Self::PublicKeyRequired,
        Self::PublicKeyInvalid,
        Self::ScopeEmpty,
        Self::AppVersionOutdated,
    ];

    /// The name of the RPC error.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::BotInvalid => "BOT_INVALID",
            Self::PublicKeyRequired => "PUBLIC_KEY_REQUIRED",
            Self::PublicKeyInvalid => "PUBLIC_KEY_INVALID",
            Self::ScopeEmpty => "SCOPE_EMPTY",
            Self::AppVersionOutdated => "APP_VERSION_OUTDATED",
        }
    }
}

/// What is wrong with a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormError {
    /// It asks for nothing.
    Empty,
    /// A row names no type.
    EmptyRow {
        /// The row, from 0.
        row: usize,
    },
    /// A row leaves a choice where there is none: only documents have alternatives.
    Alternatives {
        /// The row, from 0.
        row: usize,
        /// Its first type.
        element: ElementType,
    },
    /// A type is asked for twice.
    Repeated {
        /// The row, from 0.
        row: usize,
        /// The type.
        element: ElementType,
    },
    /// A selfie, a translation or native names are asked for where there are none.
    Option {
        /// The row, from 0.
        row: usize,
        /// The type.
        element: ElementType,
    },
    /// Two stored values have the same type.
    ValueTwice(ElementType),
}

impl<E> From<Failure<E>> for LoadError<E> {
    fn from(failure: Failure<E>) -> Self {
        let refusal = FormRefusal::ALL.into_iter();
        let mut refusal = refusal.filter(|refusal| failure.is_rpc(refusal.name()));
        refusal.next().map_or(Self::Call(failure), Self::Refused)
    }
}

impl<E> From<FormError> for LoadError<E> {
    fn from(error: FormError) -> Self {
        Self::Form(error)
    }
}

impl fmt::Display for FormRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BotInvalid => "the service's bot does not exist",
            Self::PublicKeyRequired => "the service's request has no public key",
            Self::PublicKeyInvalid => {
                "the service's public key is not the one that its bot has registered"
            }
            Self::ScopeEmpty => "the service asks for nothing",
            Self::AppVersionOutdated => {
                "this app is too old for what the service asks for: update it"
            }
        })?;
        write!(f, " ({})", self.name())
    }
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the form asks for nothing"),
            Self::EmptyRow { row } => write!(f, "row {row} of the form names no type"),
            Self::Alternatives { row, element } => write!(
                f,
                "row {row} of the form has alternatives to {element}: only documents can have some"
            ),
            Self::Repeated { row, element } => {
                write!(f, "row {row} of the form asks for {element} once more")
            }
            Self::Option { row, element } => write!(
                f,
                "row {row} of the form asks for something that {element} does not have"
            ),
            Self::ValueTwice(element) => {
                write!(f, "Telegram has sent two stored values of type {element}")
            }
        }
    }
}

impl std::error::Error for FormError {}

impl<E: fmt::Display> fmt::Display for LoadError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Form(error) => error.fmt(f),
            Self::Call(failure) => failure.fmt(f),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for LoadError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Form(error) => Some(error),
            Self::Call(failure) => Some(failure),
            Self::Refused(_) => None,
        }
    }
}
