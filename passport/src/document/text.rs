//! Text that belongs to a person.

use core::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// Text that belongs to a person: overwritten when dropped, and silent in `Debug`.
///
/// ```
/// use telegram_passport::document::PrivateText;
///
/// let name = PrivateText::from("Anna");
/// assert_eq!(name.as_str(), "Anna");
/// assert_eq!(format!("{name:?}"), "PrivateText(..)");
/// ```
///
/// It has no `Display`, lest it end up in a log:
///
/// ```compile_fail,E0277
/// use telegram_passport::document::PrivateText;
///
/// let name = PrivateText::from("Anna");
/// println!("{name}");
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PrivateText(String);

impl PrivateText {
    /// The text. Whoever copies it must overwrite the copy.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text as UTF-8.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Empty, with room for that many bytes. What grows beyond would leave a copy behind.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    pub(crate) fn push(&mut self, character: char) {
        self.0.push(character);
    }

    pub(crate) fn push_str(&mut self, text: &str) {
        self.0.push_str(text);
    }
}

impl From<&str> for PrivateText {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for PrivateText {
    /// Takes the text over, without a copy.
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl AsRef<str> for PrivateText {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PrivateText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateText(..)")
    }
}

impl Drop for PrivateText {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl ZeroizeOnDrop for PrivateText {}
