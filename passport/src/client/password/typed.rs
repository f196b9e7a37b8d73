//! What the user types.

use core::fmt;

use zeroize::Zeroizing;

/// A password as the user typed it, in UTF-8, neither normalised nor trimmed.
///
/// Overwritten when dropped, and prints nothing.
///
/// ```
/// use telegram_passport::client::Password;
///
/// let password = Password::new("correct horse".to_owned());
/// assert_eq!(format!("{password:?}"), "Password(..)");
/// ```
///
/// Source: protocol reference, sections 8.3 and 9.2.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// Takes the text over. Copies that were made while it was typed are the caller's to overwrite.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text. Whoever copies it must overwrite the copy.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Password {
    fn from(text: &str) -> Self {
        Self::new(text.to_owned())
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(..)")
    }
}

/// A password to be set, with its hint.
#[derive(Clone, Debug)]
pub struct NewPassword {
    /// The password; not empty.
    pub password: Password,
    /// Shown to whoever is asked for the password. May be empty.
    pub hint: String,
}

impl NewPassword {
    /// A password without a hint.
    #[must_use]
    pub fn new(password: Password) -> Self {
        Self {
            password,
            hint: String::new(),
        }
    }

    /// The same with this hint.
    #[must_use]
    pub fn hint(mut self, hint: &str) -> Self {
        hint.clone_into(&mut self.hint);
        self
    }
}

/// Says that all Passport data may become unreadable for good.
///
/// The functions that can do so ask for it, so that nobody calls them by mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LosePassportData;
