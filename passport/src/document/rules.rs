//! What a field may hold.
//!
//! TDLib and Telegram Desktop differ. These rules are the stricter common ground: what obeys them
//! can be entered and saved with either. Lengths: Telegram Desktop counts UTF-16 units, TDLib code
//! points, so a field is too long by the former and too short by the latter.

use core::fmt;

use super::date::Date;
use super::words::{CountryCode, Gender};

/// A rule that a field breaks. Its `Display` says how to mend it, and nothing of the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// The field must be there.
    Missing,
    /// Longer than that, in UTF-16 units.
    TooLong {
        /// The most that is allowed.
        max: usize,
    },
    /// Shorter than that, in code points.
    TooShort {
        /// The least that is allowed.
        min: usize,
    },
    /// Another character than `a-z A-Z 0-9 . , / & - '` and space. By Telegram Desktop.
    NotLatin,
    /// Not written `DD.MM.YYYY`. By Telegram Desktop.
    NotADate,
    /// A day that the Gregorian calendar does not have, or a year other than 1 to 9999. By TDLib.
    NotACalendarDate,
    /// Not two letters, A to Z. By TDLib.
    NotACountryCode,
    /// Neither `male` nor `female`.
    NotAGender,
    /// Another character than `a-z A-Z 0-9 -`. By Telegram Desktop.
    NotAPostCode,
    /// A character that a screen does not show: U+0000 to U+001F except the line feed, or U+2028 to
    /// U+202E, among which are those that turn the direction of writing. TDLib cleans them away.
    ///
    /// The three combining marks that TDLib removes as well are parts of letters in decomposed
    /// text, so they break no rule here.
    ControlCharacter,
    /// Not 2 to 12 digits, whatever stands between them. By Telegram Desktop.
    NotAPhoneNumber,
    /// No `@` after the first character, or no `.` after that `@`. By Telegram Desktop.
    NotAnEmailAddress,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLong { max } => return write!(f, "may have at most {max} characters"),
            Self::TooShort { min } => return write!(f, "must have at least {min} characters"),
            Self::Missing => "must not be empty",
            Self::NotLatin => "may have Latin letters, digits, spaces and . , / & - ' only",
            Self::NotADate => "must be a date written DD.MM.YYYY",
            Self::NotACalendarDate => "must be a day that the calendar has",
            Self::NotACountryCode => "must be a country code of two capital letters",
            Self::NotAGender => "must be male or female",
            Self::NotAPostCode => "may have Latin letters, digits and - only",
            Self::ControlCharacter => "must not have control characters",
            Self::NotAPhoneNumber => "must have 2 to 12 digits",
            Self::NotAnEmailAddress => "must be an e-mail address",
        })
    }
}

/// A field, and a rule that it breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Violation<F> {
    /// The field, of the document's own enum.
    pub field: F,
    /// The rule.
    pub rule: Rule,
}

impl<F: fmt::Display> fmt::Display for Violation<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.field, self.rule)
    }
}

/// Every rule that a document breaks: at least one.
///
/// In the order of the fields, the rules of a field from the plainest on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations<F>(Vec<Violation<F>>);

impl<F> Violations<F> {
    /// All of them.
    #[must_use]
    pub fn as_slice(&self) -> &[Violation<F>] {
        &self.0
    }

    /// All of them, one after the other.
    pub fn iter(&self) -> core::slice::Iter<'_, Violation<F>> {
        self.0.iter()
    }
}

impl<'a, F> IntoIterator for &'a Violations<F> {
    type Item = &'a Violation<F>;
    type IntoIter = core::slice::Iter<'a, Violation<F>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<F: fmt::Display> fmt::Display for Violations<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.iter().enumerate() {
            let semicolon = if index == 0 { "" } else { "; " };
            write!(f, "{semicolon}{violation}")?;
        }
        Ok(())
    }
}

impl<F: fmt::Debug + fmt::Display> std::error::Error for Violations<F> {}

/// Collects what the fields of a document break.
pub(super) struct Checks<F>(Vec<Violation<F>>);

impl<F: Copy> Checks<F> {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    /// A field that must not be empty.
    pub(super) fn required(&mut self, field: F, text: Option<&str>, kind: Kind) {
        match text {
            Some(text) => self.present(field, text, kind),
            None => self.unless(false, field, Rule::Missing),
        }
    }

    /// A field that may be empty.
    pub(super) fn optional(&mut self, field: F, text: Option<&str>, kind: Kind) {
        if let Some(text) = text {
            self.present(field, text, kind);
        }
    }

    pub(super) fn finish(self) -> Result<(), Violations<F>> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Violations(self.0))
        }
    }

    fn present(&mut self, field: F, text: &str, kind: Kind) {
        match kind {
            Kind::Text { min, max } => self.length(field, text, min, max),
            Kind::Latin { max } => {
                self.length(field, text, 1, max);
                self.unless(text.bytes().all(is_latin), field, Rule::NotLatin);
            }
            Kind::Date => self.date(field, Date::new(text)),
            Kind::Country => {
                let right = CountryCode::new(text).is_alpha_2();
                self.unless(right, field, Rule::NotACountryCode);
            }
            Kind::Gender => {
                let right = matches!(Gender::new(text), Gender::Male | Gender::Female);
                self.unless(right, field, Rule::NotAGender);
            }
            Kind::PostCode => {
                self.length(field, text, 2, 10);
                let right = |it: u8| it.is_ascii_alphanumeric() || it == b'-';
                self.unless(text.bytes().all(right), field, Rule::NotAPostCode);
            }
            Kind::Phone => {
                let digits = text.bytes().filter(u8::is_ascii_digit).count();
                let right = (2..=12).contains(&digits);
                self.unless(right, field, Rule::NotAPhoneNumber);
            }
            Kind::Email => self.unless(is_email(text.trim()), field, Rule::NotAnEmailAddress),
        }
        self.unless(!text.contains(is_control), field, Rule::ControlCharacter);
    }

    fn length(&mut self, field: F, text: &str, min: usize, max: usize) {
        let short = text.chars().take(min).count() < min;
        self.unless(!short, field, Rule::TooShort { min });
        let long = text.encode_utf16().count() > max;
        self.unless(!long, field, Rule::TooLong { max });
    }

    fn date(&mut self, field: F, date: Date<'_>) {
        self.unless(date.is_padded(), field, Rule::NotADate);
        // What has no numbers is not held against a calendar.
        let right = date.numbers().is_none() || date.calendar().is_some();
        self.unless(right, field, Rule::NotACalendarDate);
    }

    fn unless(&mut self, right: bool, field: F, rule: Rule) {
        if !right {
            self.0.push(Violation { field, rule });
        }
    }
}

/// What a field holds.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// Any script.
    Text {
        min: usize,
        max: usize,
    },
    /// A name in Latin letters.
    Latin {
        max: usize,
    },
    Date,
    Country,
    Gender,
    PostCode,
    Phone,
    Email,
}

fn is_latin(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b".,/&-' ".contains(&byte)
}

fn is_control(character: char) -> bool {
    matches!(character, '\0'..='\x1f' | '\u{2028}'..='\u{202e}') && character != '\n'
}

fn is_email(text: &str) -> bool {
    match (text.find('@'), text.rfind('.')) {
        (Some(at), Some(dot)) => at > 0 && dot > at,
        _ => false,
    }
}
