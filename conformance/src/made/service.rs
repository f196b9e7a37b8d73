//! The services that ask.

use std::error::Error;

use telegram_passport::key::PrivateKey;
use telegram_passport::link::RequestLink;
use telegram_passport::nonce::Nonce;
use telegram_passport::scope::{
    AddressDocument, AddressRequest, IdentityAlternative, IdentityDocument, IdentityRequest,
    NativeNames, Scope,
};
use telegram_passport::testing::{Bot, Randomness, Telegram, Update};

/// What a service wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// All 13 types, documents with selfies and translations.
    Everything,
    /// All 13 types, without them.
    EverythingBare,
    /// One of several identity documents, one of several that prove an address, and how to reach
    /// the person.
    OneOfSeveral,
}

impl Wish {
    /// Whether selfies and translations are asked for.
    pub(super) fn has_extras(self) -> bool {
        self == Self::Everything
    }

    fn scope(self) -> Result<Scope, Box<dyn Error>> {
        let scope = Scope::builder();
        if self == Self::OneOfSeveral {
            let identity = [IdentityDocument::Passport, IdentityDocument::IdentityCard];
            let address = [AddressDocument::UtilityBill, AddressDocument::BankStatement];
            return Ok(scope
                .identity_document(IdentityRequest::one_of(identity))
                .address_document(AddressRequest::one_of(address))
                .phone_number()
                .email()
                .build()?);
        }
        let mut scope = scope
            .personal_details(NativeNames::Required)
            .address()
            .phone_number()
            .email();
        for document in IdentityDocument::ALL {
            scope = match self.has_extras() {
                true => {
                    let document: IdentityAlternative = document.with_selfie().with_translation();
                    scope.identity_document(document)
                }
                false => scope.identity_document(document),
            };
        }
        for document in AddressDocument::ALL {
            scope = match self.has_extras() {
                true => scope.address_document(document.with_translation()),
                false => scope.address_document(document),
            };
        }
        Ok(scope.build()?)
    }

    /// In words, for comments.
    pub(super) fn describe(self) -> &'static str {
        match self {
            Self::Everything => "everything with selfies and translations",
            Self::EverythingBare => "everything without selfies and translations",
            Self::OneOfSeveral => "one of several",
        }
    }
}

/// A service with its bot.
pub(super) struct Service {
    pub(super) wish: Wish,
    pub(super) bot: Bot,
    pub(super) key: PrivateKey,
    scope: Scope,
    random: Randomness,
}

impl Service {
    pub(super) fn new(telegram: &Telegram, wish: Wish, seed: u64) -> Result<Self, Box<dyn Error>> {
        let mut random = Randomness::new(seed);
        let key = match wish {
            Wish::Everything => PrivateKey::from_pem(SAMPLE_KEY)?,
            _ => PrivateKey::generate(&mut random)?,
        };
        Ok(Self {
            wish,
            bot: telegram.bot(key.public_key().text()),
            scope: wish.scope()?,
            key,
            random,
        })
    }

    /// A request with a nonce of its own.
    pub(super) fn ask(&mut self) -> Result<RequestLink, Box<dyn Error>> {
        let nonce = Nonce::generate(&mut self.random)?;
        let public_key = self.key.public_key();
        let public_key = public_key.text();
        let link = RequestLink::new(self.bot.id(), &self.scope, public_key, &nonce)?;
        // As it comes to the user's app.
        Ok(RequestLink::parse(&link.to_string())?)
    }

    /// The one submission that came.
    pub(super) fn received(&self) -> Result<Update, Box<dyn Error>> {
        let mut updates = self.bot.updates();
        match (updates.pop(), updates.is_empty()) {
            (Some(update), true) => Ok(update),
            _ => Err("there is not one submission".into()),
        }
    }
}

const SAMPLE_KEY: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../passport/examples/sample/private_key.pem"
));
