//! `address`: where someone lives.

use core::fmt;

use super::error::DocumentError;
use super::json;
use super::rules::{Checks, Kind, Violations};
use super::text::PrivateText;
use super::words::CountryCode;

document! {
    /// Where someone lives: the `data` of `address`.
    ///
    /// ```
    /// use telegram_passport::document::{AddressField, ResidentialAddress, Rule};
    ///
    /// let address = ResidentialAddress::from_json(br#"{"city":"A","post_code":10115}"#)?;
    /// assert_eq!(address.post_code(), Some("10115"));
    ///
    /// let violations = address.validate().expect_err("much is missing");
    /// let city = violations.iter().find(|it| it.field == AddressField::City);
    /// assert_eq!(city.map(|it| it.rule), Some(Rule::TooShort { min: 2 }));
    /// # Ok::<(), telegram_passport::document::DocumentError>(())
    /// ```
    ///
    /// Source: protocol reference, section 7.6.
    ResidentialAddress
    /// The fields of [`ResidentialAddress`].
    AddressField[6] {
        StreetLine1 = "street_line1",
        StreetLine2 = "street_line2",
        City = "city",
        State = "state",
        CountryCode = "country_code",
        PostCode = "post_code",
    }
}

impl ResidentialAddress {
    /// First line of the street.
    #[must_use]
    pub fn street_line1(&self) -> Option<&str> {
        self.get(AddressField::StreetLine1)
    }

    /// Second line of the street; many have none.
    #[must_use]
    pub fn street_line2(&self) -> Option<&str> {
        self.get(AddressField::StreetLine2)
    }

    /// City.
    #[must_use]
    pub fn city(&self) -> Option<&str> {
        self.get(AddressField::City)
    }

    /// State; many countries have none.
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        self.get(AddressField::State)
    }

    /// As it was sent.
    #[must_use]
    pub fn country_code(&self) -> Option<CountryCode<'_>> {
        self.get(AddressField::CountryCode).map(CountryCode::new)
    }

    /// As it was sent.
    #[must_use]
    pub fn post_code(&self) -> Option<&str> {
        self.get(AddressField::PostCode)
    }

    /// Holds the document to the rules of the official clients, all at once.
    ///
    /// First line of the street: 1 to 64 characters; second line and state: up to 64; city: 2 to 64;
    /// post code: 2 to 10 of `a-z A-Z 0-9 -` (all by Telegram Desktop; TDLib asks for UTF-8 only);
    /// country: two letters A to Z (by TDLib; Telegram Desktop asks for any text).
    ///
    /// # Errors
    ///
    /// Every rule that is broken.
    pub fn validate(&self) -> Result<(), Violations<AddressField>> {
        use AddressField as Field;

        let line = Kind::Text { min: 1, max: 64 };
        let city = Kind::Text { min: 2, max: 64 };
        let mut checks = Checks::new();
        for field in Field::ALL {
            let text = self.get(field);
            match field {
                Field::StreetLine1 => checks.required(field, text, line),
                Field::StreetLine2 | Field::State => checks.optional(field, text, line),
                Field::City => checks.required(field, text, city),
                Field::CountryCode => checks.required(field, text, Kind::Country),
                Field::PostCode => checks.required(field, text, Kind::PostCode),
            }
        }
        checks.finish()
    }
}
