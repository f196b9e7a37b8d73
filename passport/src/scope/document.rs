//! The two groups of documents within which one may stand for another.
//!
//! They are types of their own so that only an identity document can be asked for with a selfie,
//! and so that no list of alternatives mixes the groups.

use super::builder::{AddressAlternative, IdentityAlternative};
use crate::ElementType;

/// One of the four identity documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdentityDocument {
    /// `passport`: an international passport.
    Passport,
    /// `driver_license`
    DriverLicense,
    /// `identity_card`
    IdentityCard,
    /// `internal_passport`
    InternalPassport,
}

impl IdentityDocument {
    /// All four.
    pub const ALL: [Self; 4] = [
        Self::Passport,
        Self::DriverLicense,
        Self::IdentityCard,
        Self::InternalPassport,
    ];

    /// Asks for a selfie with the document.
    #[must_use]
    pub fn with_selfie(self) -> IdentityAlternative {
        IdentityAlternative::from(self).with_selfie()
    }

    /// Asks for a translation of the document, unless it is in English.
    #[must_use]
    pub fn with_translation(self) -> IdentityAlternative {
        IdentityAlternative::from(self).with_translation()
    }
}

impl From<IdentityDocument> for ElementType {
    fn from(document: IdentityDocument) -> Self {
        match document {
            IdentityDocument::Passport => Self::Passport,
            IdentityDocument::DriverLicense => Self::DriverLicense,
            IdentityDocument::IdentityCard => Self::IdentityCard,
            IdentityDocument::InternalPassport => Self::InternalPassport,
        }
    }
}

/// One of the five documents that prove an address.
///
/// None of them comes with a selfie:
///
/// ```compile_fail,E0599
/// use telegram_passport::scope::AddressDocument;
///
/// AddressDocument::UtilityBill.with_selfie();
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AddressDocument {
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
}

impl AddressDocument {
    /// All five.
    pub const ALL: [Self; 5] = [
        Self::UtilityBill,
        Self::BankStatement,
        Self::RentalAgreement,
        Self::PassportRegistration,
        Self::TemporaryRegistration,
    ];

    /// Asks for a translation of the document, unless it is in English.
    #[must_use]
    pub fn with_translation(self) -> AddressAlternative {
        AddressAlternative::from(self).with_translation()
    }
}

impl From<AddressDocument> for ElementType {
    fn from(document: AddressDocument) -> Self {
        match document {
            AddressDocument::UtilityBill => Self::UtilityBill,
            AddressDocument::BankStatement => Self::BankStatement,
            AddressDocument::RentalAgreement => Self::RentalAgreement,
            AddressDocument::PassportRegistration => Self::PassportRegistration,
            AddressDocument::TemporaryRegistration => Self::TemporaryRegistration,
        }
    }
}
