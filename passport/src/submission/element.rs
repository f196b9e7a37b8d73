//! The elements of a submission, each with the parts that its kind has.

use core::fmt;

use super::file::{PassportFile, PassportFiles};
use crate::answer::{ElementError, Source};
use crate::container::ElementHash;
use crate::document::{
    AddressField, EmailAddress, IdDocumentData, IdDocumentField, PersonalDetails,
    PersonalDetailsField, PhoneNumber, ResidentialAddress,
};
use crate::element::ElementType;
use crate::hash::DataHash;

/// An element, by what it consists of.
#[derive(Debug)]
#[non_exhaustive]
pub enum Element {
    /// `personal_details`
    PersonalDetails(JsonElement<PersonalDetails>),
    /// `passport`, `driver_license`, `identity_card`, `internal_passport`
    IdentityDocument(Box<IdentityDocument>),
    /// `address`
    Address(JsonElement<ResidentialAddress>),
    /// `utility_bill`, `bank_statement`, `rental_agreement`, `passport_registration`,
    /// `temporary_registration`
    AddressDocument(AddressDocument),
    /// `phone_number`
    PhoneNumber(PlainElement<PhoneNumber>),
    /// `email`
    Email(PlainElement<EmailAddress>),
}

impl Element {
    /// Its kind.
    #[must_use]
    pub fn element_type(&self) -> ElementType {
        self.head().element
    }

    /// The hash by which Telegram's server names this version of it.
    #[must_use]
    pub fn hash(&self) -> &ElementHash {
        &self.head().hash
    }

    /// An error about the element as a whole, for the user: it is resolved when new data is added.
    #[must_use]
    pub fn error(&self, message: impl Into<String>) -> ElementError {
        self.head().error(message)
    }

    /// All its files, in the order of section 6: front side, reverse side, selfie, translation,
    /// files.
    pub fn files(&self) -> impl Iterator<Item = &PassportFile> {
        let (singles, translation, files) = match self {
            Self::IdentityDocument(document) => (
                [
                    &document.front_side,
                    &document.reverse_side,
                    &document.selfie,
                ],
                &document.translation,
                &None,
            ),
            Self::AddressDocument(document) => ([&None; 3], &document.translation, &document.files),
            _ => ([&None; 3], &None, &None),
        };
        let lists = [translation, files].into_iter().flatten().flatten();
        singles.into_iter().flatten().chain(lists)
    }

    fn head(&self) -> &Head {
        match self {
            Self::PersonalDetails(element) => &element.head,
            Self::IdentityDocument(element) => &element.head,
            Self::Address(element) => &element.head,
            Self::AddressDocument(element) => &element.head,
            Self::PhoneNumber(element) => &element.head,
            Self::Email(element) => &element.head,
        }
    }
}

/// What every element has.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) element: ElementType,
    pub(super) hash: ElementHash,
}

impl Head {
    fn error(&self, message: impl Into<String>) -> ElementError {
        ElementError::new(
            self.element,
            Source::Unspecified(self.hash.clone()),
            message,
        )
    }
}

macro_rules! head {
    ($([$($generic:ident)?] $name:ident;)*) => {$(
        impl$(<$generic>)? $name$(<$generic>)? {
            /// Its kind.
            #[must_use]
            pub fn element_type(&self) -> ElementType {
                self.head.element
            }

            /// The hash by which Telegram's server names this version of it.
            #[must_use]
            pub fn hash(&self) -> &ElementHash {
                &self.head.hash
            }

            /// An error about the element as a whole, for the user: it is resolved when new data is
            /// added.
            #[must_use]
            pub fn error(&self, message: impl Into<String>) -> ElementError {
                self.head.error(message)
            }
        }
    )*};
}

head! {
    [D] JsonElement;
    [] IdentityDocument;
    [] AddressDocument;
    [T] PlainElement;
}

/// Personal details or an address: a JSON document and nothing else.
#[derive(Debug)]
pub struct JsonElement<D> {
    pub(super) head: Head,
    pub(super) data: Option<DocumentPart<D>>,
}

impl<D> JsonElement<D> {
    /// The document; `None` if it was sent without credentials.
    #[must_use]
    pub fn data(&self) -> Option<&DocumentPart<D>> {
        self.data.as_ref()
    }
}

/// One of the four identity documents. A part that was not sent, or sent without credentials, is
/// `None`; [`Submission::findings`](super::Submission::findings) tells which.
#[derive(Debug)]
pub struct IdentityDocument {
    pub(super) head: Head,
    pub(super) data: Option<DocumentPart<IdDocumentData>>,
    pub(super) front_side: Option<PassportFile>,
    pub(super) reverse_side: Option<PassportFile>,
    pub(super) selfie: Option<PassportFile>,
    pub(super) translation: Option<PassportFiles>,
}

impl IdentityDocument {
    /// Number and expiry date.
    #[must_use]
    pub fn data(&self) -> Option<&DocumentPart<IdDocumentData>> {
        self.data.as_ref()
    }

    /// The front side, or the main page.
    #[must_use]
    pub fn front_side(&self) -> Option<&PassportFile> {
        self.front_side.as_ref()
    }

    /// The reverse side; driver's licenses and identity cards have one.
    #[must_use]
    pub fn reverse_side(&self) -> Option<&PassportFile> {
        self.reverse_side.as_ref()
    }

    /// The user holding the document.
    #[must_use]
    pub fn selfie(&self) -> Option<&PassportFile> {
        self.selfie.as_ref()
    }

    /// The pages of a translation.
    #[must_use]
    pub fn translation(&self) -> Option<&PassportFiles> {
        self.translation.as_ref()
    }
}

/// One of the five documents that prove an address.
#[derive(Debug)]
pub struct AddressDocument {
    pub(super) head: Head,
    pub(super) files: Option<PassportFiles>,
    pub(super) translation: Option<PassportFiles>,
}

impl AddressDocument {
    /// The pages of the document.
    #[must_use]
    pub fn files(&self) -> Option<&PassportFiles> {
        self.files.as_ref()
    }

    /// The pages of a translation.
    #[must_use]
    pub fn translation(&self) -> Option<&PassportFiles> {
        self.translation.as_ref()
    }
}

/// A phone number or an e-mail address: plain text, trusted as verified by Telegram.
#[derive(Debug)]
pub struct PlainElement<T> {
    pub(super) head: Head,
    pub(super) text: T,
}

impl<T> PlainElement<T> {
    /// The text.
    #[must_use]
    pub fn text(&self) -> &T {
        &self.text
    }
}

/// A document whose hash was verified.
pub struct DocumentPart<D> {
    pub(super) element: ElementType,
    pub(super) document: D,
    pub(super) hash: DataHash,
}

impl<D> DocumentPart<D> {
    /// The document.
    #[must_use]
    pub fn document(&self) -> &D {
        &self.document
    }

    /// Its hash, from the credentials.
    #[must_use]
    pub fn hash(&self) -> &DataHash {
        &self.hash
    }
}

impl<D: Document> DocumentPart<D> {
    /// An error about one field, for the user: it is resolved when the value of the field changes.
    #[must_use]
    pub fn error(&self, field: D::Field, message: impl Into<String>) -> ElementError {
        let source = Source::Data {
            field: D::field_name(field),
            hash: self.hash,
        };
        ElementError::new(self.element, source, message)
    }
}

impl<D> fmt::Debug for DocumentPart<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DocumentPart({}, ..)", self.element)
    }
}

/// A kind of JSON document, with the names of its fields.
pub trait Document: private::Read {
    /// The fields that an error can name. Source: protocol reference, section 11.2.
    type Field;

    /// The name on the wire.
    fn field_name(field: Self::Field) -> &'static str;
}

macro_rules! documents {
    ($($document:ident, $field:ident;)*) => {$(
        impl Document for $document {
            type Field = $field;

            fn field_name(field: $field) -> &'static str {
                field.name()
            }
        }

        impl private::Read for $document {
            fn read(json: &[u8]) -> Option<Self> {
                Self::from_json(json).ok()
            }
        }
    )*};
}

documents! {
    PersonalDetails, PersonalDetailsField;
    ResidentialAddress, AddressField;
    IdDocumentData, IdDocumentField;
}

pub(super) mod private {
    pub trait Read: Sized {
        fn read(json: &[u8]) -> Option<Self>;
    }
}
