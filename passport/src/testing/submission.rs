//! A submission without a server: sealed as a user's client seals it, received as a bot receives it.

use core::fmt;

use serde_json::Value;
use telegram_passport_tl::types;

use super::container::{self, Message};
use super::document::Document;
use super::random::Randomness;
use super::seal::{self, SealedDocument, encrypt, infallible};
use crate::cipher::Padding;
use crate::element::ElementType;
use crate::key::{KeyError, PublicKey, RandomError};
use crate::link::RequestLink;
use crate::location::FileLocation;
use crate::scope::{Required, Scope, ScopeError};
use crate::secret::CredentialsSecret;

/// Seals documents for the service that made the link, and hands them over as Telegram would: as the
/// update of the Bot API, as the action of MTProto, with the encrypted files.
///
/// Of each row of the request the first alternative is sent that is among the documents. Selfie and
/// translation go along, but only if they were asked for do the credentials open them. What a
/// document lacks is not noticed: that is for the service to do.
///
/// The same seed makes the same submission; take another one for the next.
///
/// ```
/// use telegram_passport::ElementType;
/// use telegram_passport::bot_api::read_update;
/// use telegram_passport::key::PrivateKey;
/// use telegram_passport::link::{BotId, RequestLink};
/// use telegram_passport::nonce::Nonce;
/// use telegram_passport::scope::{IdentityDocument, Scope};
/// use telegram_passport::testing::{Document, Randomness, submission};
///
/// // The service's side.
/// let key = PrivateKey::generate(&mut Randomness::new(1))?;
/// let scope = Scope::builder().identity_document(IdentityDocument::Passport).email().build()?;
/// let nonce = Nonce::generate(&mut Randomness::new(2))?;
/// let link = RequestLink::new(BotId::new(7)?, &scope, key.public_key().text(), &nonce)?;
///
/// // A user answers.
/// let answer = submission(&link, &Document::samples(), 3)?;
/// let update = answer.update(1234);
///
/// // The service's side again.
/// let incoming = read_update(&update)?.ok_or("no submission")?;
/// assert_eq!(incoming.user_id, 1234);
/// let submission = incoming.passport_data.open(&key, &nonce)?;
/// let passport = submission.identity_document(ElementType::Passport).ok_or("no passport")?;
/// let front = passport.front_side().ok_or("no picture")?;
/// let encrypted = answer.file(front.location()).ok_or("no file")?;
/// let picture = front.decrypt(encrypted)?;
/// assert_eq!(picture.as_bytes()[..3], [0xff, 0xd8, 0xff]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`SubmissionError`] if the scope or the key of the link cannot be read, or none of the documents
/// fulfils a row of the request.
pub fn submission(
    link: &RequestLink,
    documents: &[Document],
    seed: u64,
) -> Result<Submission, SubmissionError> {
    let scope = read_scope(link.scope_text()).map_err(SubmissionError::Scope)?;
    let key = PublicKey::from_pem(link.public_key()).map_err(SubmissionError::Key)?;
    let mut random = Randomness::new(seed);
    let mut sealed = Vec::new();
    for row in scope.elements() {
        let alternatives: Vec<Required> = row.alternatives().collect();
        let found = alternatives.iter().find_map(|asked| {
            let mut documents = documents.iter();
            let document = documents.find(|it| it.element == asked.element)?;
            Some((document, *asked))
        });
        let Some((document, asked)) = found else {
            let alternatives = alternatives.iter().map(|asked| asked.element);
            return Err(SubmissionError::Missing(alternatives.collect()));
        };
        sealed.push(SealedDocument::new(document, asked, &mut random));
    }
    let plain = Plain {
        documents: sealed,
        nonce_key: link.nonce_key().name().to_owned(),
        nonce: link.nonce().as_str().to_owned(),
        key,
        random,
    };
    Ok(plain.seal())
}

/// A submission on its way to a service; see [`submission`].
#[derive(Clone)]
pub struct Submission {
    pub(super) plain: Plain,
    pub(super) documents: Vec<SealedDocument>,
    pub(super) credentials: types::SecureCredentialsEncrypted,
}

impl Submission {
    /// The update of the Bot API, from a user of that id.
    #[must_use]
    pub fn update(&self, user_id: i64) -> Value {
        container::update(Message {
            number: 1,
            user_id,
            date: seal::DATE.into(),
            action: &self.action(),
            complete_only: false,
        })
    }

    /// The action of the MTProto message.
    #[must_use]
    pub fn action(&self) -> types::MessageActionSecureValuesSentMe {
        let values = self.documents.iter().map(|it| it.to_tl().into());
        types::MessageActionSecureValuesSentMe {
            values: values.collect(),
            credentials: self.credentials.clone().into(),
        }
    }

    /// The encrypted file of that location, as a download would give it; through either door.
    #[must_use]
    pub fn file(&self, location: &FileLocation) -> Option<&[u8]> {
        let id = match location {
            FileLocation::BotApi(file) => container::of_file_id(&file.file_id)?,
            FileLocation::Mtproto(file) => file.id,
        };
        let mut files = self.documents.iter().flat_map(SealedDocument::all_files);
        let file = files.find(|file| file.id == id)?;
        Some(&file.sealed.bytes)
    }

    /// All encrypted files, each with the `file_id` of the Bot API.
    pub fn files(&self) -> impl Iterator<Item = (String, &[u8])> {
        let files = self.documents.iter().flat_map(SealedDocument::all_files);
        files.map(|file| (container::file_id(file.id), file.sealed.bytes.as_slice()))
    }
}

impl fmt::Debug for Submission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Submission")?;
        let elements = self.documents.iter().map(|it| it.element);
        f.debug_list().entries(elements).finish()
    }
}

/// Everything that a submission is made of, before the credentials are sealed.
#[derive(Clone)]
pub(super) struct Plain {
    pub(super) documents: Vec<SealedDocument>,
    pub(super) nonce_key: String,
    pub(super) nonce: String,
    pub(super) key: PublicKey,
    pub(super) random: Randomness,
}

impl Plain {
    pub(super) fn seal(self) -> Submission {
        let json = self.credentials();
        self.seal_json(json.to_string().as_bytes())
    }

    /// What the credentials should say.
    pub(super) fn credentials(&self) -> Value {
        seal::credentials(&self.documents, &self.nonce_key, &self.nonce)
    }

    /// With credentials that say this.
    pub(super) fn seal_json(mut self, json: &[u8]) -> Submission {
        let padding = infallible(Padding::random(&mut self.random, json.len()));
        let padded = [padding.as_bytes(), json].concat();
        let secret = infallible(CredentialsSecret::generate(&mut self.random));
        self.seal_padded(padded, &secret)
    }

    /// With credentials of this padding and text.
    pub(super) fn seal_padded(self, padded: Vec<u8>, secret: &CredentialsSecret) -> Submission {
        self.seal_raw(padded, secret.expose())
    }

    /// With 32 bytes that may be no secret.
    pub(super) fn seal_raw(mut self, padded: Vec<u8>, secret: &[u8; 32]) -> Submission {
        let (data, hash) = encrypt(padded, secret);
        let secret = match self.key.encrypt_bytes(&mut self.random, secret) {
            Ok(secret) => secret,
            // No key of 2048 bits gets here. A service that opens nothing finds it at once.
            Err(RandomError::Internal) => Vec::new(),
            Err(RandomError::Randomness(never)) => match never {},
        };
        Submission {
            documents: self.documents.clone(),
            credentials: types::SecureCredentialsEncrypted {
                data,
                hash: hash.to_vec(),
                secret,
            },
            plain: self,
        }
    }
}

/// Why there is nothing to submit.
#[derive(Debug)]
#[non_exhaustive]
pub enum SubmissionError {
    /// The scope of the link cannot be read, so it is not known what is asked for.
    Scope(ScopeError),
    /// The public key of the link cannot be read.
    Key(KeyError),
    /// There is no document for a row of the request; one of these types would do.
    Missing(Vec<ElementType>),
}

impl fmt::Display for SubmissionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scope(error) => write!(f, "the scope of the link cannot be read: {error}"),
            Self::Key(error) => write!(f, "the public key of the link cannot be read: {error}"),
            Self::Missing(types) => {
                f.write_str("the request wants one of these, of which no document was given:")?;
                types.iter().try_for_each(|element| write!(f, " {element}"))
            }
        }
    }
}

impl std::error::Error for SubmissionError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Scope(error) => Some(error),
            Self::Key(error) => Some(error),
            Self::Missing(_) => None,
        }
    }
}

/// Reads a scope of either version: one of version 1.0 was a list of long names.
///
/// Source: protocol reference, sections 4.3 and 5.
pub(super) fn read_scope(text: &str) -> Result<Scope, ScopeError> {
    if text.starts_with('[') {
        return Scope::parse(&format!(r#"{{"v":1,"data":{text}}}"#));
    }
    Scope::parse(text)
}
