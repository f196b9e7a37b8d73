//! The URL that a client opens when the user has closed the form, and what it says.
//!
//! It proves nothing, carries no data and may never come: anybody can open it. Use it to show the
//! right page, and nothing else; only credentials that decrypt and bear the nonce prove anything.
//!
//! Source: protocol reference, section 4.5 (callback).

use core::fmt;

use super::{BotId, MAX_LINK_LENGTH, MAX_VALUE_LENGTH};

/// A callback URL that a client may open: `http`, `https`, or `tgbot<id>://passport`, which opens
/// the application of the bot that asks. Never `javascript:`, `file:`, `tg:` and so on.
///
/// `Debug` leaves the query out, where services put the number of a session.
///
/// ```
/// use telegram_passport::link::{CallbackUrl, Outcome};
///
/// let callback = CallbackUrl::web("https://a.example/back?session=1")?;
/// let opened = callback.join(&Outcome::Success);
/// assert_eq!(
///     opened.as_deref(),
///     Some("https://a.example/back?session=1&tg_passport=success"),
/// );
/// assert!(CallbackUrl::web("javascript:alert(1)").is_err());
/// # Ok::<(), telegram_passport::link::CallbackError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct CallbackUrl {
    text: String,
    bot_id: Option<BotId>,
}

impl CallbackUrl {
    /// A page of the service. It should have a query already, since Android's client appends
    /// `&tg_passport=..` in any case: see [`has_query`](Self::has_query).
    ///
    /// # Errors
    ///
    /// [`CallbackError::Scheme`] for anything but `http://` and `https://` (in any case),
    /// [`CallbackError::Character`] for white space and control characters,
    /// [`CallbackError::TooLong`].
    pub fn web(text: &str) -> Result<Self, CallbackError> {
        let after = ["http://", "https://"].into_iter().find_map(|scheme| {
            let (start, after) = text.split_at_checked(scheme.len())?;
            start.eq_ignore_ascii_case(scheme).then_some(after)
        });
        let after = after.ok_or(CallbackError::Scheme)?;
        if after.is_empty() || after.starts_with(['/', '?', '#']) {
            return Err(CallbackError::NoHost);
        }
        if text.len() > MAX_VALUE_LENGTH {
            return Err(CallbackError::TooLong);
        }
        if text.contains(|it: char| it.is_control() || it.is_whitespace()) {
            return Err(CallbackError::Character);
        }
        let (text, bot_id) = (text.to_owned(), None);
        Ok(Self { text, bot_id })
    }

    /// The application of a bot: `tgbot<id>://passport`, as the Apple SDK has it.
    #[must_use]
    pub fn application(bot_id: BotId) -> Self {
        Self {
            text: format!("tgbot{bot_id}://passport"),
            bot_id: Some(bot_id),
        }
    }

    /// Reads the callback URL of a request of this bot.
    ///
    /// # Errors
    ///
    /// Those of [`web`](Self::web); [`CallbackError::Scheme`] for the application of another bot.
    pub fn parse(text: &str, bot_id: BotId) -> Result<Self, CallbackError> {
        let application = Self::application(bot_id);
        if text.eq_ignore_ascii_case(&application.text) {
            return Ok(application);
        }
        Self::web(text)
    }

    /// The URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The bot whose application it opens; `None` for a page.
    #[must_use]
    pub fn bot_id(&self) -> Option<BotId> {
        self.bot_id
    }

    /// Whether the URL has a query and no fragment, so that all clients append to the query what
    /// became of the request. If not, some append it where a web server does not look.
    #[must_use]
    pub fn has_query(&self) -> bool {
        self.text.contains('?') && !self.text.contains('#')
    }

    /// What a user's client opens when the form is closed, by the rule of Telegram Desktop: the
    /// parameters go to the very end, even behind a fragment. `None` if nothing is opened, which
    /// is so for errors that services are not told.
    #[must_use]
    pub fn join(&self, outcome: &Outcome) -> Option<String> {
        let text = &self.text;
        if self.bot_id.is_some() {
            return Some(match outcome {
                Outcome::Success => format!("{text}/success"),
                Outcome::Cancel => format!("{text}/cancel"),
                Outcome::Error(name) if TOLD_APPLICATIONS.contains(&name.as_str()) => {
                    format!("{text}/error?error={name}")
                }
                Outcome::Error(_) => return None,
            });
        }
        let parameters = match outcome {
            Outcome::Success => "tg_passport=success",
            Outcome::Cancel => "tg_passport=cancel",
            Outcome::Error(name) if TOLD_PAGES.contains(&name.as_str()) => {
                &format!("tg_passport=error&error={name}")
            }
            Outcome::Error(_) => return None,
        };
        let (question, hash) = (text.rfind('?'), text.rfind('#'));
        let separator = if question.is_some() && question > hash {
            '&'
        } else {
            '?'
        };
        Some(format!("{text}{separator}{parameters}"))
    }
}

impl fmt::Debug for CallbackUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = without_query(&self.text);
        f.debug_tuple("CallbackUrl").field(&text).finish()
    }
}

/// What became of a request, as the callback tells it. It proves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The user has submitted; the bot gets a message, perhaps later.
    Success,
    /// The user has closed the form.
    Cancel,
    /// The form failed, with an error such as `PUBLIC_KEY_INVALID`: capital letters, digits and
    /// `_` only, at most 64. Empty if the URL names none, or something that is none.
    Error(String),
}

impl Outcome {
    /// Reads it from the URL that was opened, or from as much of it as the service sees, such as
    /// path and query.
    ///
    /// `tg_passport=` is found in the query, behind a fragment, and behind a path without a
    /// question mark, wherever one of the official clients puts it; the last one counts. In the
    /// Apple form the path tells it. `None` if the URL says nothing.
    ///
    /// ```
    /// use telegram_passport::link::Outcome;
    ///
    /// let read = |url| Outcome::read(url);
    /// assert_eq!(read("https://a.example/x#f?tg_passport=success"), Some(Outcome::Success));
    /// assert_eq!(read("tgbot543260180://passport/cancel"), Some(Outcome::Cancel));
    /// assert_eq!(read("https://a.example/x"), None);
    /// ```
    #[must_use]
    pub fn read(url: &str) -> Option<Self> {
        if url.len() > MAX_LINK_LENGTH {
            return None;
        }
        if let Some(rest) = behind_application(url) {
            let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
            return Self::of(path, query);
        }
        let start = url.rmatch_indices(PARAMETER).find_map(|(start, _)| {
            let before = url.get(..start)?;
            (before.is_empty() || before.ends_with(['?', '&', '#'])).then_some(start)
        })?;
        let rest = url.get(start + PARAMETER.len()..)?;
        let (word, rest) = rest.split_once(['&', '#']).unwrap_or((rest, ""));
        Self::of(word, rest)
    }

    fn of(word: &str, rest: &str) -> Option<Self> {
        match word {
            "success" => Some(Self::Success),
            "cancel" => Some(Self::Cancel),
            "error" => {
                let mut parameters = rest.split(['&', '#']);
                let name = parameters.find_map(|it| it.strip_prefix("error="));
                let name = name.filter(|name| is_error_name(name)).unwrap_or_default();
                Some(Self::Error(name.to_owned()))
            }
            _ => None,
        }
    }
}

/// A text that is no callback URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallbackError {
    /// It begins neither with `http://` nor with `https://`, nor is it the application of the bot
    /// that asks.
    Scheme,
    /// Nothing stands where the host should be.
    NoHost,
    /// It has white space or control characters.
    Character,
    /// It is longer than [`MAX_VALUE_LENGTH`].
    TooLong,
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scheme => f.write_str(
                "a callback URL begins with https:// or http://, or is the bot's own \
                 tgbot<id>://passport",
            ),
            Self::NoHost => f.write_str("the callback URL has no host"),
            Self::Character => f.write_str(
                "the callback URL has white space or control characters, percent-encode them",
            ),
            Self::TooLong => write!(f, "the callback URL has more than {MAX_VALUE_LENGTH} bytes"),
        }
    }
}

impl std::error::Error for CallbackError {}

/// A URL for the log: services put the number of a session into the query.
pub(super) fn without_query(url: &str) -> String {
    match url.split_once(['?', '#']) {
        Some((start, _)) => format!("{start}?.."),
        None => url.to_owned(),
    }
}

/// What follows `tgbot<id>://passport/`.
fn behind_application(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    let (tgbot, bot_id) = scheme.split_at_checked("tgbot".len())?;
    let is_application = tgbot.eq_ignore_ascii_case("tgbot") && bot_id.parse::<BotId>().is_ok();
    let (host, path) = rest.split_once('/')?;
    (is_application && host.eq_ignore_ascii_case("passport")).then_some(path)
}

fn is_error_name(name: &str) -> bool {
    let is_letter = |byte: u8| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'_');
    name.len() <= 64 && name.bytes().all(is_letter)
}

const PARAMETER: &str = "tg_passport=";

/// The errors with which Telegram Desktop opens a page.
const TOLD_PAGES: [&str; 5] = [
    "BOT_INVALID",
    "PUBLIC_KEY_REQUIRED",
    "PUBLIC_KEY_INVALID",
    "SCOPE_EMPTY",
    "PAYLOAD_EMPTY",
];

/// The errors that the Apple SDK knows.
const TOLD_APPLICATIONS: [&str; 7] = [
    "BOT_INVALID",
    "PUBLIC_KEY_REQUIRED",
    "PUBLIC_KEY_INVALID",
    "SCOPE_EMPTY",
    "NONCE_EMPTY",
    "TELEGRAM_NOT_INSTALLED",
    "USER_NOT_LOGGED_IN",
];
