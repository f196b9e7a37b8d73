//! Verifying phone numbers and e-mail addresses by code.
//!
//! What the reference leaves open: a phone number is 2 to 15 digits, whatever stands between them;
//! a code comes by SMS first, then by call, then no more; of the purposes of an e-mail only Passport
//! is simulated, others are `EMAIL_NOT_ALLOWED`; tokens of Google and Apple are `CODE_INVALID`.
//!
//! Source: protocol reference, sections 1.4 and 3.3.

use std::collections::BTreeSet;

use telegram_passport_tl::{enums, functions, types};

use super::dispatch::Answer;
use super::password::{CODE_LENGTH, Pending, pattern};
use super::refusal::{Refusal, refuse};
use super::state::Call;

/// What of an account is verified, and what waits for a code.
#[derive(Clone)]
pub(in crate::testing) struct Verification {
    /// Digits of phone numbers.
    pub(in crate::testing) phones: BTreeSet<String>,
    pub(in crate::testing) emails: BTreeSet<String>,
    phone: Option<PendingPhone>,
    email: Option<Pending>,
}

#[derive(Clone)]
struct PendingPhone {
    hash: String,
    pending: Pending,
    by_call: bool,
}

impl Verification {
    pub(super) fn new(phone: &str) -> Self {
        Self {
            phones: digits(phone).into_iter().collect(),
            emails: BTreeSet::new(),
            phone: None,
            email: None,
        }
    }

    /// The waiting phone number, if it is this one and the hash is right.
    fn phone(&mut self, phone: &str, hash: &str, now: i64) -> Result<&mut PendingPhone, Refusal> {
        let Some(digits) = digits(phone) else {
            return refuse("PHONE_NUMBER_INVALID");
        };
        let pending = self.phone.as_mut();
        let pending = pending.filter(|it| it.hash == hash && now < it.pending.expires);
        match pending {
            None => refuse("PHONE_CODE_EXPIRED"),
            Some(pending) if pending.pending.address != digits => refuse("PHONE_NUMBER_INVALID"),
            Some(pending) => Ok(pending),
        }
    }
}

impl PendingPhone {
    fn sent(&self) -> enums::auth::SentCode {
        let length = i32::try_from(CODE_LENGTH).unwrap_or_default();
        let by_call = self.by_call;
        types::auth::SentCode {
            r#type: match by_call {
                true => types::auth::SentCodeTypeCall { length }.into(),
                false => types::auth::SentCodeTypeSms { length }.into(),
            },
            phone_code_hash: self.hash.clone(),
            next_type: (!by_call).then_some(enums::auth::CodeType::Call),
            timeout: (!by_call).then_some(RESEND_TIMEOUT),
        }
        .into()
    }
}

impl Answer for functions::account::SendVerifyPhoneCode {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let Some(phone) = digits(&self.phone_number) else {
            return refuse("PHONE_NUMBER_INVALID");
        };
        let (user, random, now) = call.user()?;
        let pending = PendingPhone {
            hash: random.digits(HASH_LENGTH),
            pending: Pending::send(&phone, now, random, &mut user.codes),
            by_call: false,
        };
        let sent = pending.sent();
        user.verification.phone = Some(pending);
        Ok(sent)
    }
}

impl Answer for functions::auth::ResendCode {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        if self.phone_code_hash.is_empty() {
            return refuse("PHONE_CODE_HASH_EMPTY");
        }
        let (user, random, now) = call.user()?;
        let waiting = &mut user.verification;
        let waiting = waiting.phone(&self.phone_number, &self.phone_code_hash, now)?;
        if waiting.by_call {
            return refuse("SEND_CODE_UNAVAILABLE");
        }
        waiting.by_call = true;
        let address = waiting.pending.address.clone();
        waiting.pending = Pending::send(&address, now, random, &mut user.codes);
        Ok(waiting.sent())
    }
}

impl Answer for functions::auth::CancelCode {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let (user, _, now) = call.user()?;
        let waiting = &mut user.verification;
        waiting.phone(&self.phone_number, &self.phone_code_hash, now)?;
        waiting.phone = None;
        Ok(true)
    }
}

impl Answer for functions::account::VerifyPhone {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        if self.phone_code.is_empty() {
            return refuse("PHONE_CODE_EMPTY");
        }
        let (user, _, now) = call.user()?;
        let verification = &mut user.verification;
        let waiting = verification.phone(&self.phone_number, &self.phone_code_hash, now)?;
        if waiting.pending.code != self.phone_code {
            return refuse("PHONE_CODE_INVALID");
        }
        let phone = waiting.pending.address.clone();
        verification.phones.insert(phone);
        verification.phone = None;
        Ok(true)
    }
}

impl Answer for functions::account::SendVerifyEmailCode {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        for_passport(&self.purpose)?;
        if !is_email(&self.email) {
            return refuse("EMAIL_INVALID");
        }
        let (user, random, now) = call.user()?;
        let pending = Pending::send(&self.email, now, random, &mut user.codes);
        user.verification.email = Some(pending);
        Ok(types::account::SentEmailCode {
            email_pattern: pattern(&self.email),
            length: i32::try_from(CODE_LENGTH).unwrap_or_default(),
        }
        .into())
    }
}

impl Answer for functions::account::VerifyEmail {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        for_passport(&self.purpose)?;
        let enums::EmailVerification::Code(given) = self.verification else {
            return refuse("CODE_INVALID");
        };
        let (user, _, now) = call.user()?;
        let verification = &mut user.verification;
        let pending = verification.email.as_ref().and_then(|it| it.living(now));
        let Some(pending) = pending else {
            return refuse("EMAIL_VERIFY_EXPIRED");
        };
        if pending.code != given.code {
            return refuse("CODE_INVALID");
        }
        let email = pending.address.clone();
        verification.emails.insert(email.clone());
        verification.email = None;
        Ok(types::account::EmailVerified { email }.into())
    }
}

fn for_passport(purpose: &enums::EmailVerifyPurpose) -> Result<(), Refusal> {
    match purpose {
        enums::EmailVerifyPurpose::Passport => Ok(()),
        _ => refuse("EMAIL_NOT_ALLOWED"),
    }
}

/// The digits of a phone number, if it is one.
pub(super) fn digits(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    (2..=15).contains(&digits.len()).then_some(digits)
}

/// Whether a text could be an e-mail address: something, an at sign, and a dot behind it.
pub(super) fn is_email(text: &str) -> bool {
    text.split_once('@')
        .is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.'))
}

/// Digits of a `phone_code_hash`.
const HASH_LENGTH: usize = 18;

/// Seconds until a code may be sent again; not enforced.
const RESEND_TIMEOUT: i32 = 60;
