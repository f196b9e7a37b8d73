//! Stored values without a form: to show them to their owner, and to delete them.
//!
//! Source: protocol reference, sections 1.3 (management without a form) and 3.3.

use core::fmt;

use telegram_passport_tl::{enums, functions};

use super::{Connection, Failure, StoredError, StoredProblem, StoredValue, Unlocked};
use crate::element::ElementType;

/// Everything that is stored.
///
/// ```
/// use telegram_passport::client::{Connection, Unlocked, ValuesError, all_stored_values};
///
/// async fn print_all<C: Connection>(
///     connection: &C,
///     unlocked: &Unlocked,
/// ) -> Result<(), ValuesError<C::Error>> {
///     let stored = all_stored_values(connection, unlocked).await?;
///     for value in &stored.values {
///         println!("{}", value.element_type());
///     }
///     for error in &stored.unusable {
///         println!("{error}");
///     }
///     Ok(())
/// }
/// ```
///
/// # Errors
///
/// [`ValuesError`].
pub async fn all_stored_values<C: Connection>(
    connection: &C,
    unlocked: &Unlocked,
) -> Result<StoredValues, ValuesError<C::Error>> {
    let call = functions::account::GetAllSecureValues {};
    let values = connection.invoke(&call).await?;
    Ok(StoredValues::open(values, unlocked))
}

/// What is stored of these kinds. A kind that is not stored is simply not there.
///
/// # Errors
///
/// [`ValuesError`].
pub async fn stored_values<C: Connection>(
    connection: &C,
    unlocked: &Unlocked,
    kinds: &[ElementType],
) -> Result<StoredValues, ValuesError<C::Error>> {
    let types = kinds.iter().map(|&kind| kind.into()).collect();
    let call = functions::account::GetSecureValue { types };
    let mut values = connection.invoke(&call).await?;
    values.retain(|value| kinds.contains(&ElementType::from(&value.r#type)));
    Ok(StoredValues::open(values, unlocked))
}

/// Deletes what is stored of these kinds. There is no way back.
///
/// # Errors
///
/// [`ValuesError`].
pub async fn delete_stored_values<C: Connection>(
    connection: &C,
    kinds: &[ElementType],
) -> Result<(), ValuesError<C::Error>> {
    let types = kinds.iter().map(|&kind| kind.into()).collect();
    let call = functions::account::DeleteSecureValue { types };
    match connection.invoke(&call).await? {
        true => Ok(()),
        false => Err(ValuesError::NotDeleted),
    }
}

/// Values that the server has sent: those that opened, and why the others did not.
#[derive(Debug)]
pub struct StoredValues {
    /// At most one of each kind, in the order of the server.
    pub values: Vec<StoredValue>,
    /// What did not open. It is still stored, and stays so until it is saved anew or deleted.
    pub unusable: Vec<StoredError>,
}

impl StoredValues {
    /// Opens the values of an answer: of `account.getAllSecureValues`, or of a form.
    #[must_use]
    pub fn open(values: impl IntoIterator<Item = enums::SecureValue>, unlocked: &Unlocked) -> Self {
        let mut opened = Self {
            values: Vec::new(),
            unusable: Vec::new(),
        };
        let mut seen = Vec::new();
        for value in values {
            let kind = ElementType::from(&value.r#type);
            if seen.contains(&kind) {
                let twice = StoredError::new(kind, None, StoredProblem::Twice);
                opened.unusable.push(twice);
                continue;
            }
            seen.push(kind);
            match StoredValue::open(value.into_inner(), unlocked) {
                Ok(value) => opened.values.push(value),
                Err(error) => opened.unusable.push(error),
            }
        }
        opened
    }

    /// The value of that kind.
    #[must_use]
    pub fn get(&self, kind: ElementType) -> Option<&StoredValue> {
        self.values
            .iter()
            .find(|value| value.element_type() == kind)
    }
}

/// Stored values were not read or deleted.
#[derive(Debug)]
#[non_exhaustive]
pub enum ValuesError<E> {
    /// The server has no passport secret (`SECURE_SECRET_REQUIRED`). Forget the one at hand, and unlock
    /// again or create one.
    SecretRequired,
    /// The server wants a newer layer (`APP_VERSION_OUTDATED`). Ask the user to update the app.
    AppVersionOutdated,
    /// The server asks to wait.
    Wait {
        /// How many seconds; the number is the server's.
        seconds: u64,
    },
    /// The server answered `boolFalse`.
    NotDeleted,
    /// The call failed otherwise.
    Failed(Failure<E>),
}

impl<E> From<Failure<E>> for ValuesError<E> {
    fn from(failure: Failure<E>) -> Self {
        if let Some(seconds) = failure.flood_wait() {
            return Self::Wait { seconds };
        }
        if failure.is_rpc("SECURE_SECRET_REQUIRED") {
            return Self::SecretRequired;
        }
        if failure.is_rpc("APP_VERSION_OUTDATED") {
            return Self::AppVersionOutdated;
        }
        Self::Failed(failure)
    }
}

impl<E: fmt::Display> fmt::Display for ValuesError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SecretRequired => {
                "Telegram has no passport secret of this account: unlock again or create one"
            }
            Self::AppVersionOutdated => "Telegram asks for a newer version of this app",
            Self::Wait { seconds } => {
                return write!(f, "Telegram asks to wait {seconds} seconds before going on");
            }
            Self::NotDeleted => "Telegram did not delete the values",
            Self::Failed(error) => return error.fmt(f),
        })
    }
}

impl<E: std::error::Error + 'static> std::error::Error for ValuesError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Failed(error) => Some(error),
            _ => None,
        }
    }
}
