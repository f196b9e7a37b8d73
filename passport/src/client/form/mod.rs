//! The form: what a service asks for, beside what is stored.
//!
//! [`Form::load`] turns a request link into rows to fill. It needs no password; what is stored stays
//! closed until then. [`Form::review`] opens it with the unlocked Passport and says row by row what is
//! there, what is missing and what the service has complained about.
//!
//! Source: protocol reference, sections 1.3, 5.6, 6 and 11.4.

mod blame;
mod choice;
mod error;
mod lack;
mod review;
mod rows;

pub use self::blame::{Blame, Place};
pub use self::choice::Choice;
pub use self::error::{FormError, FormRefusal, LoadError};
pub use self::lack::{Incomplete, Lack, MissingRow};
pub use self::review::Review;
pub use self::rows::FormRow;

use core::fmt;

use telegram_passport_tl::{enums, functions, types};

use super::connection::Connection;
use crate::element::ElementType;
use crate::link::{Outcome, RequestLink};

/// A service's form, as Telegram has sent it for a request.
///
/// ```
/// # async fn example<C: telegram_passport::client::Connection>(connection: &C, url: &str) -> Result<(), Box<dyn std::error::Error>>
/// # where C::Error: Send + Sync {
/// use telegram_passport::client::Form;
/// use telegram_passport::link::{Outcome, RequestLink};
///
/// let link = RequestLink::parse(url)?;
/// let form = match Form::load(connection, &link).await {
///     Ok(form) => form,
///     Err(error) => {
///         if let Some(url) = Form::callback_of(&link, &error.outcome()) {
///             println!("open {url}");
///         }
///         return Err(error.into());
///     }
/// };
/// for row in form.rows() {
///     println!("one of {:?}", row.alternatives());
/// }
/// let cancelled = form.callback(&Outcome::Cancel);
/// # Ok(())
/// # }
/// ```
pub struct Form {
    link: RequestLink,
    rows: Vec<FormRow>,
    values: Vec<types::SecureValue>,
    blames: Vec<Blame>,
    bot: Option<types::User>,
    privacy_policy_url: Option<String>,
}

impl Form {
    /// Asks Telegram for the form of a request. Scope and public key go out as they stand in the
    /// link, but for line ends: CR LF in the key becomes LF, as Telegram Desktop has it.
    ///
    /// # Errors
    ///
    /// [`LoadError`]. Its [`outcome`](LoadError::outcome) is what the callback tells the service.
    pub async fn load<C: Connection>(
        connection: &C,
        link: &RequestLink,
    ) -> Result<Self, LoadError<C::Error>> {
        let call = functions::account::GetAuthorizationForm {
            bot_id: link.bot_id().get(),
            scope: link.scope_text().to_owned(),
            public_key: public_key(link),
        };
        let form = connection.invoke(&call).await?.into_inner();
        Ok(Self::read(link, form)?)
    }

    /// The form that is in an answer of `account.getAuthorizationForm`.
    ///
    /// # Errors
    ///
    /// [`FormError`] if it breaks a rule of reference section 5.6.
    pub fn read(
        link: &RequestLink,
        form: types::account::AuthorizationForm,
    ) -> Result<Self, FormError> {
        let rows = rows::rows(&form.required_types)?;
        if rows.is_empty() {
            return Err(FormError::Empty);
        }
        let values: Vec<_> = form.values.into_iter().map(|value| value.0).collect();
        let mut seen: Vec<ElementType> = Vec::new();
        for value in &values {
            let element = ElementType::from(&value.r#type);
            if seen.contains(&element) {
                return Err(FormError::ValueTwice(element));
            }
            seen.push(element);
        }
        let bot = form.users.into_iter().find_map(|user| match user {
            enums::User::User(user) if user.id == link.bot_id().get() => Some(*user),
            _ => None,
        });
        Ok(Self {
            link: link.clone(),
            blames: blame::blames(form.errors, &rows, &values),
            rows,
            values,
            bot,
            privacy_policy_url: form.privacy_policy_url,
        })
    }

    /// The request.
    #[must_use]
    pub fn link(&self) -> &RequestLink {
        &self.link
    }

    /// What is asked for. Never empty.
    #[must_use]
    pub fn rows(&self) -> &[FormRow] {
        &self.rows
    }

    /// What the service has complained about. Submission is blocked until all of it is changed.
    #[must_use]
    pub fn blames(&self) -> &[Blame] {
        &self.blames
    }

    /// The stored values that Telegram has sent along, encrypted.
    #[must_use]
    pub fn values(&self) -> &[types::SecureValue] {
        &self.values
    }

    /// The bot that asks, to be shown to the user; `None` if Telegram has not sent it.
    #[must_use]
    pub fn bot(&self) -> Option<&types::User> {
        self.bot.as_ref()
    }

    /// The service's privacy policy, if it has one that may be opened: a page, and nothing else.
    #[must_use]
    pub fn privacy_policy_url(&self) -> Option<&str> {
        let url = self.privacy_policy_url.as_deref()?;
        crate::link::CallbackUrl::web(url).ok()?;
        Some(url)
    }

    /// The URL to open when the form is closed; `None` if nothing is to be opened.
    #[must_use]
    pub fn callback(&self, outcome: &Outcome) -> Option<String> {
        Self::callback_of(&self.link, outcome)
    }

    /// As [`callback`](Self::callback), for a form that could not be loaded.
    #[must_use]
    pub fn callback_of(link: &RequestLink, outcome: &Outcome) -> Option<String> {
        link.callback()?.join(outcome)
    }
}

/// Prints what is asked for and complained about, and nothing of what is stored.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form")
            .field("bot_id", &self.link.bot_id())
            .field("rows", &self.rows)
            .field("blames", &self.blames)
            .finish_non_exhaustive()
    }
}

/// The public key as it goes to the server, here and when the form is submitted.
pub(crate) fn public_key(link: &RequestLink) -> String {
    link.public_key().replace("\r\n", "\n")
}
