//! Dates: as they were sent, and as days of the calendar.

use core::fmt;

use super::text::PrivateText;

/// A date as it was sent, such as `31.12.2030`.
///
/// ```
/// use telegram_passport::document::Date;
///
/// let date = Date::new("1.1.2020");
/// assert!(date.calendar().is_some());
/// assert!(!date.is_padded());
/// assert!(Date::new("29.02.1900").calendar().is_none());
/// ```
///
/// Source: protocol reference, section 7.8.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Date<'a>(&'a str);

impl<'a> Date<'a> {
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

    /// The day that is meant, by TDLib's reading: day and month of one or two digits, a year of four,
    /// a day that the Gregorian calendar has, years 1 to 9999.
    #[must_use]
    pub fn calendar(self) -> Option<CalendarDate> {
        let (year, month, day) = self.numbers()?;
        CalendarDate::new(year, month, day)
    }

    /// Whether it is written `DD.MM.YYYY`, digits only, zeros included. The calendar is not asked.
    #[must_use]
    pub fn is_padded(self) -> bool {
        self.0.len() == 10 && self.numbers().is_some()
    }

    /// Year, month and day, if there are such; the calendar is not asked.
    pub(super) fn numbers(self) -> Option<(u16, u8, u8)> {
        let mut parts = self.0.split('.');
        let day = number(parts.next()?, 1, 2)?;
        let month = number(parts.next()?, 1, 2)?;
        let year = number(parts.next()?, 4, 4)?;
        if parts.next().is_some() {
            return None;
        }
        Some((year, month.try_into().ok()?, day.try_into().ok()?))
    }
}

impl fmt::Debug for Date<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Date(..)")
    }
}

/// A day of the Gregorian calendar, years 1 to 9999. Later days are greater.
///
/// It may be someone's day of birth, so `Debug` shows nothing of it.
///
/// ```
/// use telegram_passport::document::{CalendarDate, PrivateText};
///
/// let day = CalendarDate::new(2000, 2, 29).expect("2000 is a leap year");
/// assert_eq!(PrivateText::from(day).as_str(), "29.02.2000");
/// assert!(CalendarDate::new(1900, 2, 29).is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarDate {
    year: u16,
    month: u8,
    day: u8,
}

impl CalendarDate {
    /// That day, if the calendar has it.
    #[must_use]
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        if year < 1 || year > 9999 || day < 1 || day > days(year, month) {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// 1 to 9999.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// 1 to 31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// How many years have been completed on another day since this one; none before this one.
    ///
    /// Who is born on 29 February completes a year on 1 March, where there is no 29 February.
    #[must_use]
    pub fn years_until(self, other: Self) -> Option<u16> {
        let years = other.year.checked_sub(self.year)?;
        let reached = (other.month, other.day) >= (self.month, self.day);
        years.checked_sub(u16::from(!reached))
    }
}

impl From<CalendarDate> for PrivateText {
    /// The date as documents have it: `DD.MM.YYYY`.
    fn from(date: CalendarDate) -> Self {
        let CalendarDate { year, month, day } = date;
        format!("{day:02}.{month:02}.{year:04}").into()
    }
}

impl fmt::Debug for CalendarDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CalendarDate(..)")
    }
}

/// A number of that many decimal digits, four at most.
fn number(text: &str, least: usize, most: usize) -> Option<u16> {
    let right = (least..=most).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    if right { text.parse().ok() } else { None }
}

/// How many days a month has; none for what is no month.
const fn days(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 0,
    }
}
