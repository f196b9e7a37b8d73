//! The service that both bots are: what it asks for, and what it makes of the answer.
//!
//! There is no network here, so it is the same whether submissions come as Bot API JSON or as TL.

use std::error::Error;
use std::time::Instant;

use telegram_passport::answer::ElementError;
use telegram_passport::document::{NativeNames, PersonalDetails};
use telegram_passport::file::{FileError, ImageReport};
use telegram_passport::key::{KeyError, PrivateKey, PublicKey};
use telegram_passport::link::{BotId, PageTexts, RequestLink, html_page};
use telegram_passport::nonce::{MemoryNonceStore, Nonce, NonceLimits, NonceStore};
use telegram_passport::scope::{AddressDocument, IdentityDocument, IdentityRequest, Scope};
use telegram_passport::submission::{DocumentPart, PassportFile, Submission};
use telegram_passport::{OpenError, PassportData};

/// Errors that pass from thread to thread.
pub(crate) type Failure = Box<dyn Error + Send + Sync>;

/// A service with its keys, and with the nonces of the requests that it waits for.
pub(crate) struct Service {
    key: PrivateKey,
    public_key: PublicKey,
    bot_id: BotId,
    scope: Scope,
    pub(crate) nonces: MemoryNonceStore,
}

impl Service {
    /// `public_key` is the text that is registered with BotFather.
    pub(crate) fn new(
        private_key: &[u8],
        public_key: &[u8],
        bot_token: &str,
    ) -> Result<Self, Failure> {
        let key = PrivateKey::from_pem(private_key)?;
        let public_key = PublicKey::from_pem(public_key)?;
        if key.public_key().fingerprint() != public_key.fingerprint() {
            return Err("the public key does not belong to the private key".into());
        }
        // The id of a bot is the number before the colon of its token.
        let (bot_id, _) = bot_token.split_once(':').ok_or("a bot token has a colon")?;
        let bot_id = bot_id
            .parse()
            .map_err(|_| "a bot token begins with a number")?;
        let scope = Scope::builder()
            .personal_details(NativeNames::NotRequired)
            .identity_document(IdentityRequest::one_of([
                IdentityDocument::Passport.with_selfie(),
                IdentityDocument::IdentityCard.with_selfie(),
            ]))
            .address_document(AddressDocument::UtilityBill)
            .phone_number();
        Ok(Self {
            key,
            public_key,
            bot_id: BotId::new(bot_id)?,
            scope: scope.build()?,
            nonces: MemoryNonceStore::new(NonceLimits::default(), Instant::now),
        })
    }

    /// A page with the button, for this user alone: it has a nonce of its own.
    pub(crate) fn request_page(&self, user_id: i64) -> Result<String, Failure> {
        let nonce = Nonce::generate(&mut getrandom::SysRng)?;
        self.nonces.keep(user_id, &nonce)?;
        let link = RequestLink::new(self.bot_id, &self.scope, self.public_key.text(), &nonce)?;
        Ok(html_page(&link, &PageTexts::ENGLISH))
    }

    /// Opens what a user has sent, if that user was asked for it.
    pub(crate) fn open(&self, user_id: i64, sent: &PassportData) -> Result<Submission, OpenError> {
        sent.open(&self.key, self.nonces.of(user_id))
    }

    /// What was asked for and is not there, for the log: clients let nobody leave it out.
    pub(crate) fn missing(&self, submission: &Submission) -> Vec<String> {
        let fulfilment = self.scope.check(submission);
        fulfilment.unmet().map(ToString::to_string).collect()
    }
}

/// What the user has to mend in the documents. A real service compares them with what it knows.
pub(crate) fn document_errors(submission: &Submission) -> Vec<ElementError> {
    let blame = |details: &DocumentPart<PersonalDetails>| {
        let violations = details.document().validate(NativeNames::NotRequired);
        let violations = violations.err();
        let violations = violations.iter().flatten();
        violations
            .map(|it| details.error(it.field, format!("The {it}")))
            .collect()
    };
    let details = submission.personal_details();
    details
        .and_then(|element| element.data())
        .map_or_else(Vec::new, blame)
}

/// What the user has to mend in a picture, if anything.
pub(crate) fn picture_error(file: &PassportFile, picture: &[u8]) -> Option<ElementError> {
    let mut findings = ImageReport::of(picture).findings();
    findings
        .next()
        .map(|finding| file.error(finding.to_string()))
}

/// What goes to the log: the error, and what only the operator may know.
pub(crate) fn tell(error: &Failure) -> String {
    let mut text = format!("error: {error}");
    if let Some(hint) = error.downcast_ref().and_then(KeyError::hint) {
        text += &format!("\nhint: {hint}");
    }
    let opening = match error.downcast_ref() {
        Some(FileError::Open(error)) => Some(error),
        _ => error.downcast_ref::<OpenError>(),
    };
    if let Some(error) = opening {
        text += &format!("\ndetail: {}", error.detail());
    }
    text
}
