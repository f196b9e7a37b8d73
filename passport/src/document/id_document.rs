//! The `data` of the four identity documents.

use core::fmt;

use super::date::{CalendarDate, Date};
use super::error::DocumentError;
use super::json;
use super::rules::{Checks, Kind, Violations};
use super::text::PrivateText;

document! {
    /// Number and expiry date: the `data` of `passport`, `driver_license`, `identity_card` and
    /// `internal_passport`.
    ///
    /// ```
    /// use telegram_passport::document::{IdDocumentData, IdDocumentField};
    ///
    /// let data = IdDocumentData::new().with(IdDocumentField::DocumentNo, "AB123456");
    /// assert_eq!(data.to_json().as_str(), r#"{"document_no":"AB123456","expiry_date":""}"#);
    /// assert!(data.validate().is_ok());
    /// ```
    ///
    /// Source: protocol reference, section 7.7.
    IdDocumentData
    /// The fields of [`IdDocumentData`].
    IdDocumentField[2] {
        DocumentNo = "document_no",
        ExpiryDate = "expiry_date",
    }
}

impl IdDocumentData {
    /// The number of the document, which may have letters.
    #[must_use]
    pub fn document_no(&self) -> Option<&str> {
        self.get(IdDocumentField::DocumentNo)
    }

    /// The last day on which the document is valid, as it was sent; many have none.
    #[must_use]
    pub fn expiry_date(&self) -> Option<Date<'_>> {
        self.get(IdDocumentField::ExpiryDate).map(Date::new)
    }

    /// Whether the expiry date lies before a day, which is today by the caller's clock. On the
    /// expiry date itself the document is valid.
    ///
    /// None if there is no expiry date, or if it is no day of the calendar.
    #[must_use]
    pub fn expired_on(&self, today: CalendarDate) -> Option<bool> {
        Some(self.expiry_date()?.calendar()? < today)
    }

    /// Holds the document to the rules of the official clients, all at once.
    ///
    /// Number: 1 to 24 characters. Expiry date: a day of the calendar, written `DD.MM.YYYY`, if any.
    /// Whether it has passed is not asked here: see [`expired_on`](Self::expired_on).
    ///
    /// # Errors
    ///
    /// Every rule that is broken.
    pub fn validate(&self) -> Result<(), Violations<IdDocumentField>> {
        use IdDocumentField as Field;

        let number = Kind::Text { min: 1, max: 24 };
        let mut checks = Checks::new();
        checks.required(Field::DocumentNo, self.document_no(), number);
        checks.optional(Field::ExpiryDate, self.get(Field::ExpiryDate), Kind::Date);
        checks.finish()
    }
}
