//! The link that asks a user for documents, and the URL by which the user comes back.
//!
//! A link is read as the strictest of the official clients would, since what they disagree about
//! is of use only to those who want one client to see another request than the next:
//!
//! * `tg://resolve?domain=telegrampassport&..` and `tg://passport?..`, each also with `tg:`, and
//!   with a slash before the question mark. Scheme and host in any case.
//! * Not `tg://secureid`, which only some old clients knew; not `https://t.me/telegrampassport`,
//!   which opens a chat.
//! * Names of parameters in any case; of repeated ones the first counts, even if it is empty;
//!   unknown ones are passed over.
//! * A plus sign is a space, as in the data of HTML forms: libraries that write a space so write a
//!   plus as `%2B`, as everybody must. Percent signs must be followed by two hexadecimal digits, and the
//!   bytes must be UTF-8. A fragment is cut off.
//! * The nonce is in `nonce`. Only with a scope of version 1.0, which is no JSON object, `payload`
//!   is looked at if there is no `nonce`: links of all SDKs carry the literal text
//!   `payload=nonce`, so whoever falls back on it would take "nonce" for everybody's nonce.
//!
//! The texts of a link are kept as they are. The scope is parsed on request only, and nothing here
//! looks into the key.
//!
//! Source: protocol reference, section 4 (deep link and callback).

mod bot_id;
mod callback;
mod error;
mod page;
mod parse;
mod print;

pub use bot_id::{BotId, BotIdError};
pub use callback::{CallbackError, CallbackUrl, Outcome};
pub use error::LinkError;
pub use page::{PageTexts, html_page};

use core::fmt;

use crate::nonce::{Nonce, NonceKey};
use crate::scope::{Scope, ScopeError};

/// The longest link that is made or read, in bytes. There is no published limit.
pub const MAX_LINK_LENGTH: usize = 128 * 1024;

/// The longest value of a parameter, in bytes after decoding: what TDLib leaves of a text.
pub const MAX_VALUE_LENGTH: usize = 35_000;

/// A request for documents, as a link carries it.
///
/// `Debug` shows neither the nonce nor the query of the callback URL, where services put the
/// number of a session. `Display` is the link itself, [`to_tg_resolve`](Self::to_tg_resolve).
///
/// ```
/// use telegram_passport::link::{BotId, CallbackUrl, RequestLink};
/// use telegram_passport::nonce::Nonce;
/// use telegram_passport::scope::Scope;
///
/// let scope = Scope::builder().phone_number().email().build()?;
/// # let nonce = Nonce::from_text("in earnest: Nonce::generate")?;
/// # let nonce = { drop(nonce); Nonce::from_text("b8ee")? };
/// let link = RequestLink::new(BotId::new(543_260_180)?, &scope, "the public key", &nonce)?
///     .with_callback(&CallbackUrl::web("https://a.example/back?session=1")?)?;
/// assert_eq!(
///     link.to_string(),
///     "tg://resolve?domain=telegrampassport&bot_id=543260180\
///      &scope=%7B%22v%22%3A1%2C%22d%22%3A%5B%22pn%22%2C%22em%22%5D%7D\
///      &public_key=the%20public%20key&nonce=b8ee\
///      &callback_url=https%3A%2F%2Fa.example%2Fback%3Fsession%3D1&payload=nonce",
/// );
///
/// let read = RequestLink::parse(&link.to_string())?;
/// assert_eq!(read, link);
/// assert_eq!(read.scope()?, scope);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct RequestLink {
    bot_id: BotId,
    scope: String,
    public_key: String,
    nonce: Nonce,
    callback_url: Option<String>,
}

impl RequestLink {
    /// A request of version 1.1. The scope goes into the link in its short form.
    ///
    /// `public_key` is the text that is registered with BotFather, unchanged: PEM of a
    /// `SubjectPublicKeyInfo`.
    ///
    /// # Errors
    ///
    /// [`LinkError::Missing`] if the key is empty, [`LinkError::ValueTooLong`] or
    /// [`LinkError::TooLong`] if a text is too long or all together are.
    pub fn new(
        bot_id: BotId,
        scope: &Scope,
        public_key: impl AsRef<str>,
        nonce: &Nonce,
    ) -> Result<Self, LinkError> {
        Self::verbatim(bot_id, &scope.to_short(), public_key, nonce)
    }

    /// A request with the text of a scope as it is, such as [`Scope::to_long`].
    ///
    /// If the text is no JSON object, clients take the request for version 1.0, so the nonce is
    /// printed as `payload`; see [`nonce_key`](Self::nonce_key).
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new), also for the scope.
    pub fn verbatim(
        bot_id: BotId,
        scope: &str,
        public_key: impl AsRef<str>,
        nonce: &Nonce,
    ) -> Result<Self, LinkError> {
        let link = Self {
            bot_id,
            scope: value(scope.to_owned(), "scope")?,
            public_key: value(public_key.as_ref().to_owned(), "public_key")?,
            nonce: nonce.clone(),
            callback_url: None,
        };
        link.within_limit()
    }

    /// The same request, after which the client opens this URL.
    ///
    /// # Errors
    ///
    /// [`LinkError::OtherBot`] if the URL is one of another bot's application,
    /// [`LinkError::TooLong`].
    pub fn with_callback(mut self, url: &CallbackUrl) -> Result<Self, LinkError> {
        if url.bot_id().is_some_and(|bot_id| bot_id != self.bot_id) {
            return Err(LinkError::OtherBot);
        }
        self.callback_url = Some(url.as_str().to_owned());
        self.within_limit()
    }

    /// The bot that asks.
    #[must_use]
    pub fn bot_id(&self) -> BotId {
        self.bot_id
    }

    /// The text of the scope, as a user's client hands it to the server.
    #[must_use]
    pub fn scope_text(&self) -> &str {
        &self.scope
    }

    /// The scope, read leniently. User clients have no need of it: the server tells them what is
    /// asked for.
    ///
    /// # Errors
    ///
    /// Those of [`Scope::parse`].
    pub fn scope(&self) -> Result<Scope, ScopeError> {
        Scope::parse(&self.scope)
    }

    /// The text of the service's public key, which was not looked into.
    #[must_use]
    pub fn public_key(&self) -> &str {
        &self.public_key
    }

    /// The nonce, or in a request of version 1.0 the payload.
    #[must_use]
    pub fn nonce(&self) -> &Nonce {
        &self.nonce
    }

    /// Under which name the nonce stands in the credentials.
    #[must_use]
    pub fn nonce_key(&self) -> NonceKey {
        NonceKey::of_scope(&self.scope)
    }

    /// The text of `callback_url`, which may be anything: never open it. `None` if there is none
    /// or it is empty.
    #[must_use]
    pub fn callback_text(&self) -> Option<&str> {
        self.callback_url.as_deref()
    }

    /// The callback URL, if there is one that may be opened. Official clients, too, drop others
    /// without a word.
    #[must_use]
    pub fn callback(&self) -> Option<CallbackUrl> {
        CallbackUrl::parse(self.callback_url.as_deref()?, self.bot_id).ok()
    }

    fn within_limit(self) -> Result<Self, LinkError> {
        match self.to_tg_resolve().len() {
            0..=MAX_LINK_LENGTH => Ok(self),
            bytes => Err(LinkError::TooLong { bytes }),
        }
    }
}

impl fmt::Display for RequestLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_tg_resolve())
    }
}

impl fmt::Debug for RequestLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let callback_url = self.callback_url.as_deref().map(callback::without_query);
        f.debug_struct("RequestLink")
            .field("bot_id", &self.bot_id)
            .field("scope", &self.scope)
            .field("public_key", &self.public_key)
            .field("nonce", &self.nonce)
            .field("callback_url", &callback_url)
            .finish()
    }
}

/// A text that may stand in a link as this parameter.
fn value(text: String, parameter: &'static str) -> Result<String, LinkError> {
    match text.len() {
        0 => Err(LinkError::Missing { parameter }),
        1..=MAX_VALUE_LENGTH => Ok(text),
        bytes => Err(LinkError::ValueTooLong { parameter, bytes }),
    }
}
