//! Fields that hold one word of a few: gender, country.

use core::fmt;

use super::text::PrivateText;

/// A gender as it was sent. `Debug` shows nothing of it.
///
/// Source: protocol reference, section 7.5.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Gender<'a> {
    /// `male`
    Male,
    /// `female`
    Female,
    /// Any other text.
    Other(&'a str),
}

impl<'a> Gender<'a> {
    /// Takes any text; case matters.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        match text {
            "male" => Self::Male,
            "female" => Self::Female,
            other => Self::Other(other),
        }
    }

    /// The text as it was sent.
    #[must_use]
    pub const fn as_str(self) -> &'a str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
            Self::Other(text) => text,
        }
    }
}

impl From<Gender<'_>> for PrivateText {
    fn from(gender: Gender<'_>) -> Self {
        gender.as_str().into()
    }
}

impl fmt::Debug for Gender<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Gender(..)")
    }
}

/// A country as it was sent. `Debug` shows nothing of it.
///
/// Only its shape is known here. Which codes are given to a country changes over time.
///
/// Source: protocol reference, section 7.5.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct CountryCode<'a>(&'a str);

impl<'a> CountryCode<'a> {
    /// Takes any text.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The text as it was sent.
    #[must_use]
    pub const fn as_str(self) -> &'a str {
        self.0
    }

    /// Whether it has the shape of an ISO 3166-1 alpha-2 code: two letters, A to Z.
    #[must_use]
    pub fn is_alpha_2(self) -> bool {
        matches!(self.0.as_bytes(), [b'A'..=b'Z', b'A'..=b'Z'])
    }
}

impl From<CountryCode<'_>> for PrivateText {
    fn from(country: CountryCode<'_>) -> Self {
        country.as_str().into()
    }
}

impl fmt::Debug for CountryCode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CountryCode(..)")
    }
}
