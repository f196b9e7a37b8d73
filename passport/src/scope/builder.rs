//! Building a scope: types that can only say what the rules allow.
//!
//! What they cannot rule out is left to [`ScopeBuilder::build`]: an empty scope, an empty list of
//! alternatives, a type that stands twice.

use super::rules::check;
use super::{
    AddressDocument, Alias, IdentityDocument, Kind, Member, Name, Options, Scope, ScopeElement,
    ScopeError,
};
use crate::ElementType;
use crate::document::NativeNames;

/// A request in the making. Each method adds one row.
///
/// ```
/// use telegram_passport::scope::{
///     AddressDocument, AddressRequest, IdentityDocument, IdentityRequest, NativeNames, Scope,
/// };
///
/// let scope = Scope::builder()
///     .personal_details(NativeNames::NotRequired)
///     .address()
///     .identity_document(
///         IdentityRequest::one_of([
///             IdentityDocument::Passport.with_translation(),
///             IdentityDocument::InternalPassport.into(),
///         ])
///         .with_selfie(),
///     )
///     .address_document(AddressRequest::address_document())
///     .email()
///     .build()?;
/// assert_eq!(scope.elements().len(), 5);
///
/// let error = Scope::builder()
///     .address_document(AddressDocument::UtilityBill)
///     .address_document(AddressRequest::one_of(AddressDocument::ALL))
///     .build()
///     .unwrap_err();
/// assert_eq!(error.path(), "data[1].one_of[0]");
/// # Ok::<(), telegram_passport::scope::ScopeError>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "the scope comes from `build`"]
pub struct ScopeBuilder {
    elements: Vec<ScopeElement>,
}

impl ScopeBuilder {
    /// Asks for `personal_details`, with or without the names in the language of the country of
    /// residence.
    pub fn personal_details(self, native_names: NativeNames) -> Self {
        let options = Options {
            native_names: native_names == NativeNames::Required,
            ..Options::NONE
        };
        self.one(ElementType::PersonalDetails, options)
    }

    /// Asks for an identity document: one that is named, or one of several.
    pub fn identity_document(self, request: impl Into<IdentityRequest>) -> Self {
        self.with(request.into().0)
    }

    /// Asks for `address`, the residential address as the user wrote it down.
    pub fn address(self) -> Self {
        self.one(ElementType::Address, Options::NONE)
    }

    /// Asks for a document that proves an address: one that is named, or one of several.
    pub fn address_document(self, request: impl Into<AddressRequest>) -> Self {
        self.with(request.into().0)
    }

    /// Asks for `phone_number`.
    pub fn phone_number(self) -> Self {
        self.one(ElementType::PhoneNumber, Options::NONE)
    }

    /// Asks for `email`.
    pub fn email(self) -> Self {
        self.one(ElementType::Email, Options::NONE)
    }

    /// The scope.
    ///
    /// # Errors
    ///
    /// Nothing is asked for, a list of alternatives is empty, or a type stands twice. The error
    /// names the row and the alternative.
    pub fn build(self) -> Result<Scope, ScopeError> {
        check(&self.elements)?;
        Ok(Scope {
            elements: self.elements,
        })
    }

    fn one(self, element: ElementType, options: Options) -> Self {
        self.with(ScopeElement::one(Name::Type(element), options))
    }

    fn with(mut self, element: ScopeElement) -> Self {
        self.elements.push(element);
        self
    }
}

/// An identity document to choose among others, with options that hold for it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IdentityAlternative(Member);

impl IdentityAlternative {
    /// Asks for a selfie with this document.
    #[must_use]
    pub fn with_selfie(mut self) -> Self {
        self.0.options.selfie = true;
        self
    }
}

/// A row that asks for an identity document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IdentityRequest(ScopeElement);

impl IdentityRequest {
    /// The alias `id_document`: a passport, a driver's license or an identity card, as the user
    /// likes. An internal passport is not among them.
    #[must_use]
    pub fn id_document() -> Self {
        Self(ScopeElement::alias(Alias::IdDocument))
    }

    /// Asks for a selfie, whichever document it will be.
    #[must_use]
    pub fn with_selfie(mut self) -> Self {
        self.0.options.selfie = true;
        self
    }
}

/// A document that proves an address, to choose among others, with an option that holds for it
/// alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AddressAlternative(Member);

/// A row that asks for a document that proves an address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AddressRequest(ScopeElement);

impl AddressRequest {
    /// The alias `address_document`: a utility bill, a bank statement or a rental agreement, as
    /// the user likes. The two registrations are not among them.
    #[must_use]
    pub fn address_document() -> Self {
        Self(ScopeElement::alias(Alias::AddressDocument))
    }
}

/// What both groups have: everything but the selfie and the alias.
macro_rules! groups {
    ($($document:ident, $alternative:ident, $request:ident;)*) => {$(
        impl $alternative {
            /// Asks for a translation of this document, unless it is in English.
            #[must_use]
            pub fn with_translation(mut self) -> Self {
                self.0.options.translation = true;
                self
            }
        }

        impl $request {
            /// One of these documents, as the user likes.
            #[must_use]
            pub fn one_of<T>(documents: impl IntoIterator<Item = T>) -> Self
            where
                T: Into<$alternative>,
            {
                let members = documents.into_iter().map(|it| it.into().0);
                Self(ScopeElement::one_of(members.collect()))
            }

            /// Asks for a translation, whichever document it will be, unless it is in English.
            #[must_use]
            pub fn with_translation(mut self) -> Self {
                self.0.options.translation = true;
                self
            }
        }

        impl From<$document> for $alternative {
            fn from(document: $document) -> Self {
                Self(Member::of(document.into()))
            }
        }

        impl From<$alternative> for $request {
            fn from(document: $alternative) -> Self {
                Self(document.0.into())
            }
        }

        impl From<$document> for $request {
            fn from(document: $document) -> Self {
                $alternative::from(document).into()
            }
        }
    )*};
}

groups! {
    IdentityDocument, IdentityAlternative, IdentityRequest;
    AddressDocument, AddressAlternative, AddressRequest;
}

impl Member {
    fn of(element: ElementType) -> Self {
        let name = Name::Type(element);
        let options = Options::NONE;
        Self { name, options }
    }
}

impl ScopeElement {
    fn one(name: Name, options: Options) -> Self {
        let kind = Kind::One(name);
        Self { kind, options }
    }

    fn alias(alias: Alias) -> Self {
        Self::one(Name::Alias(alias), Options::NONE)
    }

    fn one_of(members: Vec<Member>) -> Self {
        let (kind, options) = (Kind::OneOf(members), Options::NONE);
        Self { kind, options }
    }
}

impl From<Member> for ScopeElement {
    fn from(member: Member) -> Self {
        Self::one(member.name, member.options)
    }
}
