//! A submission that was opened: its nonce was right, every document verified and typed, every file
//! ready to be fetched and decrypted.
//!
//! Source: protocol reference, section 8.8 (decryption on the service side).

mod element;
mod file;
mod finding;
mod open;

pub use self::element::{
    AddressDocument, Document, DocumentPart, Element, IdentityDocument, JsonElement, PlainElement,
};
pub use self::file::{PassportFile, PassportFiles};
pub use self::finding::{FilePart, Finding, Part};

use core::fmt;

use crate::document::{EmailAddress, PersonalDetails, PhoneNumber, ResidentialAddress};
use crate::element::ElementType;

/// What a user has handed over: at most one element of each kind.
///
/// ```no_run
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let (update, pem, nonce) = ("", "", telegram_passport::nonce::Nonce::from_text("n")?);
/// use telegram_passport::{bot_api, key::PrivateKey};
///
/// let key = PrivateKey::from_pem(pem)?;
/// let Some(incoming) = bot_api::read_update(update)? else { return Ok(()) };
/// let submission = incoming.passport_data.open(&key, &nonce)?;
/// if let Some(passport) = submission.identity_document(telegram_passport::ElementType::Passport) {
///     let number = passport.data().and_then(|data| data.document().document_no());
/// }
/// # Ok(())
/// # }
/// ```
pub struct Submission {
    elements: Vec<Element>,
    findings: Vec<Finding>,
}

impl Submission {
    /// All elements of known kinds, in the order in which they came.
    #[must_use]
    pub fn elements(&self) -> &[Element] {
        &self.elements
    }

    /// What could be opened only in part, and what was sent beyond that. None of it is an attack by
    /// itself: a selfie without credentials, for instance, was not asked for.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The element of that kind.
    #[must_use]
    pub fn get(&self, element: ElementType) -> Option<&Element> {
        self.elements
            .iter()
            .find(|other| other.element_type() == element)
    }

    /// Names, birth date, gender, countries.
    #[must_use]
    pub fn personal_details(&self) -> Option<&JsonElement<PersonalDetails>> {
        self.elements.iter().find_map(|element| match element {
            Element::PersonalDetails(element) => Some(element),
            _ => None,
        })
    }

    /// The residential address.
    #[must_use]
    pub fn address(&self) -> Option<&JsonElement<ResidentialAddress>> {
        self.elements.iter().find_map(|element| match element {
            Element::Address(element) => Some(element),
            _ => None,
        })
    }

    /// The identity document of that kind.
    #[must_use]
    pub fn identity_document(&self, kind: ElementType) -> Option<&IdentityDocument> {
        self.identity_documents()
            .find(|document| document.element_type() == kind)
    }

    /// All identity documents.
    pub fn identity_documents(&self) -> impl Iterator<Item = &IdentityDocument> {
        self.elements.iter().filter_map(|element| match element {
            Element::IdentityDocument(element) => Some(element.as_ref()),
            _ => None,
        })
    }

    /// The document of that kind that proves an address.
    #[must_use]
    pub fn address_document(&self, kind: ElementType) -> Option<&AddressDocument> {
        self.address_documents()
            .find(|document| document.element_type() == kind)
    }

    /// All documents that prove an address.
    pub fn address_documents(&self) -> impl Iterator<Item = &AddressDocument> {
        self.elements.iter().filter_map(|element| match element {
            Element::AddressDocument(element) => Some(element),
            _ => None,
        })
    }

    /// The phone number, verified by Telegram.
    #[must_use]
    pub fn phone_number(&self) -> Option<&PlainElement<PhoneNumber>> {
        self.elements.iter().find_map(|element| match element {
            Element::PhoneNumber(element) => Some(element),
            _ => None,
        })
    }

    /// The e-mail address, verified by Telegram.
    #[must_use]
    pub fn email(&self) -> Option<&PlainElement<EmailAddress>> {
        self.elements.iter().find_map(|element| match element {
            Element::Email(element) => Some(element),
            _ => None,
        })
    }

    /// Every file of every element.
    pub fn files(&self) -> impl Iterator<Item = &PassportFile> {
        self.elements.iter().flat_map(Element::files)
    }
}

/// Prints the kinds of the elements and the findings, and nothing of the content.
impl fmt::Debug for Submission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let elements: Vec<_> = self.elements.iter().map(Element::element_type).collect();
        f.debug_struct("Submission")
            .field("elements", &elements)
            .field("findings", &self.findings)
            .finish()
    }
}
