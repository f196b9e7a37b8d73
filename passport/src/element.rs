//! The kinds of elements that a Passport holds, and what each may consist of.
//!
//! Source: protocol reference, section 6 (secure value types).

use core::fmt;
use core::str::FromStr;

/// One of the 13 kinds of elements.
///
/// Its [`name`](Self::name) is the Bot API's and also the key in the credentials; the
/// [`short_name`](Self::short_name) stands in links.
///
/// ```
/// use telegram_passport::ElementType;
///
/// let card: ElementType = "identity_card".parse()?;
/// assert_eq!(card, ElementType::IdentityCard);
/// assert_eq!(card.short_name(), "ic");
/// assert!(card.is_identity_document() && card.has_reverse_side());
/// assert!("library_card".parse::<ElementType>().is_err());
/// # Ok::<(), telegram_passport::UnknownElementType>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ElementType {
    /// `personal_details`: names, birth date, gender, citizenship, country of residence.
    PersonalDetails,
    /// `passport`: an international passport.
    Passport,
    /// `driver_license`
    DriverLicense,
    /// `identity_card`
    IdentityCard,
    /// `internal_passport`
    InternalPassport,
    /// `address`: a residential address.
    Address,
    /// `utility_bill`
    UtilityBill,
    /// `bank_statement`
    BankStatement,
    /// `rental_agreement`
    RentalAgreement,
    /// `passport_registration`: the registration page of an internal passport.
    PassportRegistration,
    /// `temporary_registration`
    TemporaryRegistration,
    /// `phone_number`, as verified by Telegram; not encrypted.
    PhoneNumber,
    /// `email`, as verified by Telegram; not encrypted.
    Email,
}

impl ElementType {
    /// All 13, in the order of the protocol reference.
    pub const ALL: [Self; 13] = [
        Self::PersonalDetails,
        Self::Passport,
        Self::DriverLicense,
        Self::IdentityCard,
        Self::InternalPassport,
        Self::Address,
        Self::UtilityBill,
        Self::BankStatement,
        Self::RentalAgreement,
        Self::PassportRegistration,
        Self::TemporaryRegistration,
        Self::PhoneNumber,
        Self::Email,
    ];

    /// The four identity documents, each of which may stand for another in a request.
    pub const IDENTITY_DOCUMENTS: [Self; 4] = [
        Self::Passport,
        Self::DriverLicense,
        Self::IdentityCard,
        Self::InternalPassport,
    ];

    /// The five documents that prove an address, each of which may stand for another in a request.
    pub const ADDRESS_DOCUMENTS: [Self; 5] = [
        Self::UtilityBill,
        Self::BankStatement,
        Self::RentalAgreement,
        Self::PassportRegistration,
        Self::TemporaryRegistration,
    ];

    /// The name in the Bot API and in the credentials, such as `utility_bill`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.names().0
    }

    /// The name in the short form of a scope, such as `ub`.
    #[must_use]
    pub const fn short_name(self) -> &'static str {
        self.names().1
    }

    /// The kind of that long name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|element| element.name() == name)
    }

    /// The kind of that short name.
    #[must_use]
    pub fn from_short_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|element| element.short_name() == name)
    }

    /// Passport, driver's license, identity card, internal passport.
    #[must_use]
    pub fn is_identity_document(self) -> bool {
        Self::IDENTITY_DOCUMENTS.contains(&self)
    }

    /// Utility bill, bank statement, rental agreement and both registrations.
    #[must_use]
    pub fn is_address_document(self) -> bool {
        Self::ADDRESS_DOCUMENTS.contains(&self)
    }

    /// Phone number or e-mail address: plain text, without credentials.
    #[must_use]
    pub fn is_plain(self) -> bool {
        matches!(self, Self::PhoneNumber | Self::Email)
    }

    /// Has `data`, a JSON document: personal details, address, the four identity documents.
    #[must_use]
    pub fn has_data(self) -> bool {
        matches!(self, Self::PersonalDetails | Self::Address) || self.is_identity_document()
    }

    /// Has a `front_side`: the four identity documents.
    #[must_use]
    pub fn has_front_side(self) -> bool {
        self.is_identity_document()
    }

    /// Has a `reverse_side`: driver's license and identity card.
    #[must_use]
    pub fn has_reverse_side(self) -> bool {
        matches!(self, Self::DriverLicense | Self::IdentityCard)
    }

    /// May have a `selfie`: the four identity documents.
    #[must_use]
    pub fn may_have_selfie(self) -> bool {
        self.is_identity_document()
    }

    /// May have a `translation`: all nine documents.
    #[must_use]
    pub fn may_have_translation(self) -> bool {
        self.is_identity_document() || self.is_address_document()
    }

    /// Has `files`: the five address documents.
    #[must_use]
    pub fn has_files(self) -> bool {
        self.is_address_document()
    }

    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::PersonalDetails => ("personal_details", "pd"),
            Self::Passport => ("passport", "pp"),
            Self::DriverLicense => ("driver_license", "dl"),
            Self::IdentityCard => ("identity_card", "ic"),
            Self::InternalPassport => ("internal_passport", "ip"),
            Self::Address => ("address", "ad"),
            Self::UtilityBill => ("utility_bill", "ub"),
            Self::BankStatement => ("bank_statement", "bs"),
            Self::RentalAgreement => ("rental_agreement", "ra"),
            Self::PassportRegistration => ("passport_registration", "pr"),
            Self::TemporaryRegistration => ("temporary_registration", "tr"),
            Self::PhoneNumber => ("phone_number", "pn"),
            Self::Email => ("email", "em"),
        }
    }
}

impl fmt::Display for ElementType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for ElementType {
    type Err = UnknownElementType;

    /// Reads a long name.
    fn from_str(name: &str) -> Result<Self, UnknownElementType> {
        Self::from_name(name).ok_or(UnknownElementType)
    }
}

/// A name that is none of the 13 element types. Telegram adds types over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownElementType;

impl fmt::Display for UnknownElementType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is not the name of an element type; the names are: ")?;
        for (index, element) in ElementType::ALL.into_iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{element}")?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownElementType {}
