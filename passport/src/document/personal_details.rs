//! `personal_details`: who someone is.

use core::fmt;

use super::date::{CalendarDate, Date};
use super::error::DocumentError;
use super::json;
use super::rules::{Checks, Kind, Violations};
use super::text::PrivateText;
use super::words::{CountryCode, Gender};

document! {
    /// Who someone is: the `data` of `personal_details`.
    ///
    /// ```
    /// use telegram_passport::document::{CalendarDate, PersonalDetails};
    ///
    /// let json = br#"{"first_name":"Anna","birth_date":"29.02.2000","middle_name":null}"#;
    /// let details = PersonalDetails::from_json(json)?;
    /// assert_eq!(details.first_name(), Some("Anna"));
    /// assert_eq!(details.middle_name(), None);
    ///
    /// let day = CalendarDate::new(2018, 3, 1).expect("a day of the calendar");
    /// assert_eq!(details.age_on(day), Some(18));
    /// # Ok::<(), telegram_passport::document::DocumentError>(())
    /// ```
    ///
    /// Source: protocol reference, section 7.5.
    PersonalDetails
    /// The fields of [`PersonalDetails`].
    PersonalDetailsField[10] {
        FirstName = "first_name",
        MiddleName = "middle_name",
        LastName = "last_name",
        BirthDate = "birth_date",
        Gender = "gender",
        ///
        /// Citizenship.
        CountryCode = "country_code",
        ResidenceCountryCode = "residence_country_code",
        FirstNameNative = "first_name_native",
        MiddleNameNative = "middle_name_native",
        LastNameNative = "last_name_native",
    }
}

/// Whether personal details must have the names in the language of the country of residence, too:
/// what a scope asks for, and what a document is held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NativeNames {
    /// `native_names` is set: first and last name must be there in the native form.
    Required,
    /// `native_names` is not set: the native form may be missing.
    NotRequired,
}

impl PersonalDetails {
    /// In Latin letters.
    #[must_use]
    pub fn first_name(&self) -> Option<&str> {
        self.get(PersonalDetailsField::FirstName)
    }

    /// In Latin letters; many have none.
    #[must_use]
    pub fn middle_name(&self) -> Option<&str> {
        self.get(PersonalDetailsField::MiddleName)
    }

    /// In Latin letters.
    #[must_use]
    pub fn last_name(&self) -> Option<&str> {
        self.get(PersonalDetailsField::LastName)
    }

    /// As it was sent.
    #[must_use]
    pub fn birth_date(&self) -> Option<Date<'_>> {
        self.get(PersonalDetailsField::BirthDate).map(Date::new)
    }

    /// As it was sent.
    #[must_use]
    pub fn gender(&self) -> Option<Gender<'_>> {
        self.get(PersonalDetailsField::Gender).map(Gender::new)
    }

    /// Citizenship.
    #[must_use]
    pub fn country_code(&self) -> Option<CountryCode<'_>> {
        self.get(PersonalDetailsField::CountryCode)
            .map(CountryCode::new)
    }

    /// Country of residence. It decides the language of the native names.
    #[must_use]
    pub fn residence_country_code(&self) -> Option<CountryCode<'_>> {
        self.get(PersonalDetailsField::ResidenceCountryCode)
            .map(CountryCode::new)
    }

    /// In the language of the country of residence, any script.
    #[must_use]
    pub fn first_name_native(&self) -> Option<&str> {
        self.get(PersonalDetailsField::FirstNameNative)
    }

    /// In the language of the country of residence, any script; many have none.
    #[must_use]
    pub fn middle_name_native(&self) -> Option<&str> {
        self.get(PersonalDetailsField::MiddleNameNative)
    }

    /// In the language of the country of residence, any script.
    #[must_use]
    pub fn last_name_native(&self) -> Option<&str> {
        self.get(PersonalDetailsField::LastNameNative)
    }

    /// The age in completed years on a day, which is today by the caller's clock; none if the date
    /// of birth is missing, is no day of the calendar, or is still to come.
    ///
    /// See [`CalendarDate::years_until`] for those born on 29 February.
    #[must_use]
    pub fn age_on(&self, day: CalendarDate) -> Option<u16> {
        self.birth_date()?.calendar()?.years_until(day)
    }

    /// Holds the document to the rules of the official clients, all at once.
    ///
    /// First and last name: 1 to 255 Latin characters; middle name: up to 255. Native names: any
    /// script, up to 255. All else is required too.
    ///
    /// # Errors
    ///
    /// Every rule that is broken.
    pub fn validate(
        &self,
        native_names: NativeNames,
    ) -> Result<(), Violations<PersonalDetailsField>> {
        use PersonalDetailsField as Field;

        let latin = Kind::Latin { max: 255 };
        let native = Kind::Text { min: 1, max: 255 };
        let mut checks = Checks::new();
        for field in Field::ALL {
            let text = self.get(field);
            match field {
                Field::FirstName | Field::LastName => checks.required(field, text, latin),
                Field::MiddleName => checks.optional(field, text, latin),
                Field::BirthDate => checks.required(field, text, Kind::Date),
                Field::Gender => checks.required(field, text, Kind::Gender),
                Field::CountryCode | Field::ResidenceCountryCode => {
                    checks.required(field, text, Kind::Country);
                }
                Field::FirstNameNative | Field::LastNameNative => match native_names {
                    NativeNames::Required => checks.required(field, text, native),
                    NativeNames::NotRequired => checks.optional(field, text, native),
                },
                Field::MiddleNameNative => checks.optional(field, text, native),
            }
        }
        checks.finish()
    }
}
