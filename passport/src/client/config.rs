//! Passport's configuration: which language a country writes names in.
//!
//! Source: protocol reference, sections 3.3 (`help.getPassportConfig`) and 7.5 (native names).

use telegram_passport_tl::{enums, functions};

use super::connection::Connection;
use super::error::Failure;
use crate::document::{NativeNames, PersonalDetails, PersonalDetailsField as Field};
use crate::json::Json;

/// The language of each country, as Telegram has told. It is asked again cheaply: if nothing has
/// changed, the answer is empty.
///
/// ```
/// use telegram_passport::client::PassportConfig;
///
/// let config = PassportConfig::from_json(7, r#"{"RU":"ru","US":"en"}"#).expect("an object");
/// assert_eq!(config.language("RU"), Some("ru"));
/// assert_eq!(config.language("ru"), Some("ru"));
/// assert_eq!(config.language("XX"), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PassportConfig {
    hash: i32,
    languages: Vec<(String, String)>,
}

impl PassportConfig {
    /// Nothing known yet: every country's language is unknown.
    #[must_use]
    pub fn unknown() -> Self {
        Self::default()
    }

    /// Reads `countries_langs.data`: an object from country codes of two letters to codes of
    /// languages. Members of another form are passed over; `None` if the text is no JSON object.
    #[must_use]
    pub fn from_json(hash: i32, countries_langs: &str) -> Option<Self> {
        let Ok(Json::Object(members)) = Json::parse(countries_langs.as_bytes()) else {
            return None;
        };
        let language = |(country, language): &(crate::json::Text, Json)| {
            let language = language.as_str().filter(|language| !language.is_empty())?;
            Some((country.to_ascii_uppercase(), language.to_owned()))
        };
        Some(Self {
            hash,
            languages: members.iter().filter_map(language).collect(),
        })
    }

    /// Asks Telegram, and keeps what is known if nothing has changed.
    ///
    /// A configuration that cannot be read leaves the old one: it only decides which fields are
    /// shown, and an unknown language shows them.
    ///
    /// # Errors
    ///
    /// Those of [`Connection::invoke`].
    pub async fn refresh<C: Connection>(
        &mut self,
        connection: &C,
    ) -> Result<(), Failure<C::Error>> {
        let call = functions::help::GetPassportConfig { hash: self.hash };
        if let enums::help::PassportConfig::Config(config) = connection.invoke(&call).await? {
            let json = &config.countries_langs.0.data;
            if let Some(read) = Self::from_json(config.hash, json) {
                *self = read;
            }
        }
        Ok(())
    }

    /// The hash by which Telegram knows this configuration; 0 if there is none yet.
    #[must_use]
    pub fn hash(&self) -> i32 {
        self.hash
    }

    /// The language of a country, by its code of two letters in any case.
    #[must_use]
    pub fn language(&self, country_code: &str) -> Option<&str> {
        let found = |(country, _): &&(String, String)| country.eq_ignore_ascii_case(country_code);
        let (_, language) = self.languages.iter().find(found)?;
        Some(language)
    }

    /// What to do about native names, once a request asks for them.
    ///
    /// ```
    /// use telegram_passport::client::{NativeNamesForm, PassportConfig};
    /// use telegram_passport::document::PersonalDetails;
    ///
    /// let config = PassportConfig::from_json(1, r#"{"RU":"ru","US":"en"}"#).expect("an object");
    /// let lives_in = |country: &str| {
    ///     let json = format!(r#"{{"residence_country_code":"{country}"}}"#);
    ///     config.native_names(&PersonalDetails::from_json(json.as_bytes()).expect("JSON"))
    /// };
    /// assert_eq!(lives_in("RU"), NativeNamesForm::Required { language: Some("ru") });
    /// assert_eq!(lives_in("US"), NativeNamesForm::SameAsLatin);
    /// assert_eq!(lives_in("ZZ"), NativeNamesForm::Required { language: None });
    /// assert_eq!(lives_in(""), NativeNamesForm::Hidden);
    /// ```
    #[must_use]
    pub fn native_names(&self, details: &PersonalDetails) -> NativeNamesForm<'_> {
        match details.get(Field::ResidenceCountryCode) {
            None | Some("") => NativeNamesForm::Hidden,
            Some(country) => match self.language(country) {
                Some("en") => NativeNamesForm::SameAsLatin,
                language => NativeNamesForm::Required { language },
            },
        }
    }
}

/// How a form deals with native names that a request asks for: by the country of residence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NativeNamesForm<'a> {
    /// No country of residence is known yet: nothing to show.
    Hidden,
    /// The language is English: the fields stay hidden, and the Latin names are saved as the
    /// native ones too if all of those are empty ([`with_latin_as_native`]).
    ///
    /// [`with_latin_as_native`]: PersonalDetails::with_latin_as_native
    SameAsLatin,
    /// The user must fill them in.
    Required {
        /// The language, if Telegram has told one.
        language: Option<&'a str>,
    },
}

impl PersonalDetails {
    /// The document with its Latin names as native ones, which is what is saved if the language of
    /// the country of residence is English: only if all native names are empty and all Latin ones
    /// valid; else unchanged.
    ///
    /// ```
    /// use telegram_passport::document::PersonalDetails;
    ///
    /// let json = br#"{"first_name":"Anna","last_name":"Smith"}"#;
    /// let details = PersonalDetails::from_json(json)?.with_latin_as_native();
    /// assert_eq!(details.last_name_native(), Some("Smith"));
    /// assert_eq!(details.middle_name_native(), None);
    /// # Ok::<(), telegram_passport::document::DocumentError>(())
    /// ```
    #[must_use]
    pub fn with_latin_as_native(mut self) -> Self {
        let invalid = self.validate(NativeNames::NotRequired).err();
        let latin_is_valid = invalid.is_none_or(|violations| {
            let mut fields = violations.iter().map(|violation| violation.field);
            !fields.any(|field| NAMES.iter().any(|(latin, _)| field == *latin))
        });
        let no_native = NAMES.iter().all(|(_, native)| self.get(*native).is_none());
        if latin_is_valid && no_native {
            for (latin, native) in NAMES {
                let text = self.get(latin).unwrap_or_default().to_owned();
                self.set(native, text);
            }
        }
        self
    }
}

const NAMES: [(Field, Field); 3] = [
    (Field::FirstName, Field::FirstNameNative),
    (Field::MiddleName, Field::MiddleNameNative),
    (Field::LastName, Field::LastNameNative),
];
