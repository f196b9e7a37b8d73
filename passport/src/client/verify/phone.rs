//! A phone number.

use core::fmt;

use telegram_passport_tl::{enums, functions, types};

use super::{VerifyError, code_of_length, known_length};
use crate::client::Connection;
use crate::document::PhoneNumber;

/// A code that is on its way to a phone.
///
/// ```
/// # async fn example<C: telegram_passport::client::Connection>(connection: &C) -> Result<(), Box<dyn std::error::Error>> {
/// use telegram_passport::{client::PhoneVerification, document::PhoneNumber};
///
/// let number = PhoneNumber::new("999661234567");
/// let mut sent = PhoneVerification::send(connection, &number).await?;
/// # let nothing_came = true;
/// if nothing_came {
///     sent.resend(connection).await?;
/// }
/// sent.confirm(connection, "12345").await?;
/// // Now save the number again.
/// # Ok(())
/// # }
/// ```
pub struct PhoneVerification {
    phone_number: PhoneNumber,
    phone_code_hash: String,
    delivery: Delivery,
    length: Option<usize>,
    resend: Option<enums::auth::CodeType>,
    timeout: Option<i32>,
}

/// How the code comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Delivery {
    /// As a message in another Telegram app of this user.
    App,
    /// By SMS: a number.
    Sms,
    /// By SMS: a word or a phrase.
    SmsText,
    /// In a call.
    Call,
    /// As the number that calls.
    FlashCall,
    /// As the last digits of the number that calls, and need not be answered.
    MissedCall,
    /// On the platform Fragment.
    Fragment,
    /// In a way that this crate does not know.
    Other,
}

impl PhoneVerification {
    /// Has a code sent to the number, which is sent as it is.
    ///
    /// # Errors
    ///
    /// [`VerifyError::Refused`] for a number that is none; [`VerifyError::Call`].
    pub async fn send<C: Connection>(
        connection: &C,
        phone_number: &PhoneNumber,
    ) -> Result<Self, VerifyError<C::Error>> {
        let call = functions::account::SendVerifyPhoneCode {
            phone_number: phone_number.as_str().to_owned(),
            settings: PLAIN.into(),
        };
        Self::sent(phone_number.clone(), connection.invoke(&call).await?)
    }

    /// Has it sent in the next way, [`next`](Self::next), once the time of
    /// [`timeout`](Self::timeout) is over. The old code is worth nothing then.
    ///
    /// # Errors
    ///
    /// [`VerifyError::Refused`] if there is no other way or the verification has expired;
    /// [`VerifyError::Call`].
    pub async fn resend<C: Connection>(
        &mut self,
        connection: &C,
    ) -> Result<(), VerifyError<C::Error>> {
        let call = functions::auth::ResendCode {
            phone_number: self.phone_number.as_str().to_owned(),
            phone_code_hash: self.phone_code_hash.clone(),
            reason: None,
        };
        let answer = connection.invoke(&call).await?;
        *self = Self::sent(self.phone_number.clone(), answer)?;
        Ok(())
    }

    /// Tells Telegram that the user has given up.
    ///
    /// # Errors
    ///
    /// [`VerifyError::Refused`] if the code has expired anyway; [`VerifyError::Call`].
    pub async fn cancel<C: Connection>(self, connection: &C) -> Result<(), VerifyError<C::Error>> {
        let call = functions::auth::CancelCode {
            phone_number: self.phone_number.as_str().to_owned(),
            phone_code_hash: self.phone_code_hash.clone(),
        };
        connection.invoke(&call).await?;
        Ok(())
    }

    /// Gives Telegram the code that the user has typed.
    ///
    /// # Errors
    ///
    /// [`VerifyError::CodeEmpty`] and [`VerifyError::CodeLength`] before anything is sent;
    /// [`VerifyError::Refused`] for a wrong code or one that has expired; [`VerifyError::Call`].
    pub async fn confirm<C: Connection>(
        &self,
        connection: &C,
        code: &str,
    ) -> Result<(), VerifyError<C::Error>> {
        let call = functions::account::VerifyPhone {
            phone_number: self.phone_number.as_str().to_owned(),
            phone_code_hash: self.phone_code_hash.clone(),
            phone_code: code_of_length(code, self.length)?,
        };
        if connection.invoke(&call).await? {
            Ok(())
        } else {
            Err(VerifyError::Unexpected)
        }
    }

    /// How the code comes.
    #[must_use]
    pub fn delivery(&self) -> Delivery {
        self.delivery
    }

    /// How many characters the code has, if Telegram has told.
    #[must_use]
    pub fn code_length(&self) -> Option<usize> {
        self.length
    }

    /// How [`resend`](Self::resend) would have it sent; `None` if there is no other way.
    #[must_use]
    pub fn next(&self) -> Option<Delivery> {
        self.resend.as_ref().map(|next| match next {
            enums::auth::CodeType::Sms => Delivery::Sms,
            enums::auth::CodeType::Call => Delivery::Call,
            enums::auth::CodeType::FlashCall => Delivery::FlashCall,
            enums::auth::CodeType::MissedCall => Delivery::MissedCall,
            enums::auth::CodeType::FragmentSms => Delivery::Fragment,
        })
    }

    /// After how many seconds another code can be sent, if Telegram has told.
    #[must_use]
    pub fn timeout(&self) -> Option<u32> {
        u32::try_from(self.timeout?).ok()
    }

    fn sent<E>(
        phone_number: PhoneNumber,
        answer: enums::auth::SentCode,
    ) -> Result<Self, VerifyError<E>> {
        let enums::auth::SentCode::Code(sent) = answer else {
            return Err(VerifyError::Unexpected);
        };
        let (delivery, length) = delivery(&sent.r#type);
        Ok(Self {
            phone_number,
            phone_code_hash: sent.phone_code_hash,
            delivery,
            length,
            resend: sent.next_type,
            timeout: sent.timeout,
        })
    }
}

/// Prints how the code comes, and neither the number nor the hash.
impl fmt::Debug for PhoneVerification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PhoneVerification")
            .field("delivery", &self.delivery)
            .field("code_length", &self.length)
            .field("next", &self.next())
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

fn delivery(kind: &enums::auth::SentCodeType) -> (Delivery, Option<usize>) {
    use enums::auth::SentCodeType as Type;

    match kind {
        Type::App(kind) => (Delivery::App, known_length(kind.length)),
        Type::Sms(kind) => (Delivery::Sms, known_length(kind.length)),
        Type::Call(kind) => (Delivery::Call, known_length(kind.length)),
        Type::MissedCall(kind) => (Delivery::MissedCall, known_length(kind.length)),
        Type::FragmentSms(kind) => (Delivery::Fragment, known_length(kind.length)),
        Type::FirebaseSms(kind) => (Delivery::Sms, known_length(kind.length)),
        Type::FlashCall(_) => (Delivery::FlashCall, None),
        Type::SmsWord(_) | Type::SmsPhrase(_) => (Delivery::SmsText, None),
        Type::EmailCode(_) | Type::SetUpEmailRequired(_) => (Delivery::Other, None),
    }
}

/// Nothing that would need the help of the phone's system.
const PLAIN: types::CodeSettings = types::CodeSettings {
    allow_flashcall: false,
    current_number: false,
    allow_app_hash: false,
    allow_missed_call: false,
    allow_firebase: false,
    unknown_number: false,
    logout_tokens: None,
    token: None,
};
