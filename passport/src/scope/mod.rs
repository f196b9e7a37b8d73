//! The scope: which elements a service asks for.
//!
//! A service builds one with [`Scope::builder`], which can hardly say anything that Telegram's
//! rules forbid, or reads one with [`Scope::parse`]. User clients never look into a scope: they
//! hand the text to the server as it is, so a link keeps the text beside whatever is parsed from
//! it.
//!
//! Source: protocol reference, section 5 (scope JSON).

mod builder;
mod document;
mod error;
mod json;
mod parse;
mod print;
mod rules;

pub use builder::{
    AddressAlternative, AddressRequest, IdentityAlternative, IdentityRequest, ScopeBuilder,
};
pub use document::{AddressDocument, IdentityDocument};
pub use error::{ScopeError, ScopeOption, ScopeProblem, ScopeWarning};

pub use crate::document::NativeNames;

use crate::ElementType;

/// The longest text that is read as a scope, in bytes. There is no published limit.
pub const MAX_SCOPE_LENGTH: usize = 64 * 1024;

/// A valid scope: a list of elements, each of which a user's client shows as one row.
///
/// Each type stands in it at most once, alternatives included, so it has at most 13 elements.
///
/// ```
/// use telegram_passport::ElementType;
/// use telegram_passport::scope::{IdentityDocument, NativeNames, Scope};
///
/// let scope = Scope::builder()
///     .personal_details(NativeNames::Required)
///     .identity_document(IdentityDocument::Passport.with_selfie())
///     .phone_number()
///     .build()?;
/// assert_eq!(
///     scope.to_short(),
///     r#"{"v":1,"d":[{"_":"pd","n":1},{"_":"pp","s":1},"pn"]}"#,
/// );
///
/// let passport = scope.elements()[1].alternatives().next().unwrap();
/// assert_eq!(passport.element, ElementType::Passport);
/// assert!(passport.selfie && !passport.translation);
/// # Ok::<(), telegram_passport::scope::ScopeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    elements: Vec<ScopeElement>,
}

impl Scope {
    /// Starts an empty request; the builder's methods add to it.
    pub fn builder() -> ScopeBuilder {
        ScopeBuilder::default()
    }

    /// What is asked for, in the order of the text. Never empty.
    #[must_use]
    pub fn elements(&self) -> &[ScopeElement] {
        &self.elements
    }
}

/// One row of a request: one type, or several of which the user chooses one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ScopeElement {
    kind: Kind,
    options: Options,
}

impl ScopeElement {
    /// What fulfils this row: any one of these. Never empty.
    ///
    /// The aliases `id_document` and `address_document` are written out, and each alternative has
    /// the options of the row as well as its own.
    pub fn alternatives(&self) -> impl Iterator<Item = Required> + '_ {
        let (one, several): (&[ElementType], &[Member]) = match &self.kind {
            Kind::One(Name::Type(element)) => (core::slice::from_ref(element), &[]),
            Kind::One(Name::Alias(alias)) => (alias.members(), &[]),
            Kind::OneOf(members) => (&[], members),
        };
        let one = one.iter().map(|&element| (element, Options::NONE));
        let several = several
            .iter()
            .filter_map(|member| Some((member.name.element()?, member.options)));
        one.chain(several).map(|(element, own)| Required {
            element,
            selfie: self.options.selfie || own.selfie,
            translation: self.options.translation || own.translation,
            native_names: self.options.native_names || own.native_names,
        })
    }
}

/// One element that would do, and what must come with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Required {
    /// The type; never an alias.
    pub element: ElementType,
    /// With a selfie; only for identity documents.
    pub selfie: bool,
    /// With a translation; only for documents.
    pub translation: bool,
    /// With the names in the script of the country of residence; only for personal details.
    pub native_names: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Kind {
    One(Name),
    OneOf(Vec<Member>),
}

/// A member of `one_of`. An alias is refused by the rules, so none is left in a [`Scope`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Member {
    name: Name,
    options: Options,
}

/// What may stand for a type in a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Name {
    Type(ElementType),
    Alias(Alias),
}

impl Name {
    /// A long or a short name.
    fn find(text: &str) -> Option<Self> {
        let element = ElementType::from_name(text).or_else(|| ElementType::from_short_name(text));
        element.map(Self::Type).or_else(|| {
            let mut aliases = [Alias::IdDocument, Alias::AddressDocument].into_iter();
            let alias = aliases.find(|alias| alias.name() == text || alias.short_name() == text)?;
            Some(Self::Alias(alias))
        })
    }

    fn element(self) -> Option<ElementType> {
        match self {
            Self::Type(element) => Some(element),
            Self::Alias(_) => None,
        }
    }

    /// The types that it stands for.
    fn elements(&self) -> &[ElementType] {
        match self {
            Self::Type(element) => core::slice::from_ref(element),
            Self::Alias(alias) => alias.members(),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Type(element) => element.name(),
            Self::Alias(alias) => alias.name(),
        }
    }

    fn short_name(self) -> &'static str {
        match self {
            Self::Type(element) => element.short_name(),
            Self::Alias(alias) => alias.short_name(),
        }
    }
}

/// A name for several types. The documents that are missing from the lists below are missing from
/// Telegram's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Alias {
    IdDocument,
    AddressDocument,
}

impl Alias {
    fn members(self) -> &'static [ElementType] {
        match self {
            Self::IdDocument => &[
                ElementType::Passport,
                ElementType::DriverLicense,
                ElementType::IdentityCard,
            ],
            Self::AddressDocument => &[
                ElementType::UtilityBill,
                ElementType::BankStatement,
                ElementType::RentalAgreement,
            ],
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::IdDocument => "id_document",
            Self::AddressDocument => "address_document",
        }
    }

    fn short_name(self) -> &'static str {
        match self {
            Self::IdDocument => "idd",
            Self::AddressDocument => "add",
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Options {
    selfie: bool,
    translation: bool,
    native_names: bool,
}

impl Options {
    const NONE: Self = Self {
        selfie: false,
        translation: false,
        native_names: false,
    };

    /// Those that are set, in the order in which they are printed.
    fn set(self) -> impl Iterator<Item = ScopeOption> {
        let all = [
            (self.selfie, ScopeOption::Selfie),
            (self.translation, ScopeOption::Translation),
            (self.native_names, ScopeOption::NativeNames),
        ];
        all.into_iter()
            .filter_map(|(set, option)| set.then_some(option))
    }
}
