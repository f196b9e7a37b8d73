//! Confirming the recovery e-mail: `account.confirmPasswordEmail`, `account.resendPasswordEmail`,
//! `account.cancelPasswordEmail`.
//!
//! Source: protocol reference, section 3.4.

use telegram_passport_tl::functions;

use super::dispatch::Answer;
use super::password::Pending;
use super::refusal::{Refusal, refuse};
use super::state::Call;

impl Answer for functions::account::ConfirmPasswordEmail {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let (user, _, now) = call.user()?;
        let state = &mut user.password;
        let pending = state.unconfirmed.as_ref().and_then(|it| it.living(now));
        let Some(pending) = pending else {
            return refuse("EMAIL_HASH_EXPIRED");
        };
        if pending.code != self.code {
            return refuse("CODE_INVALID");
        }
        let address = pending.address.clone();
        user.verification.emails.insert(address.clone());
        state.recovery_email = Some(address);
        state.unconfirmed = None;
        Ok(true)
    }
}

impl Answer for functions::account::ResendPasswordEmail {
    /// The old code is good no longer.
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let (user, random, now) = call.user()?;
        let Some(pending) = &mut user.password.unconfirmed else {
            return refuse("EMAIL_HASH_EXPIRED");
        };
        let address = pending.address.clone();
        *pending = Pending::send(&address, now, random, &mut user.codes);
        Ok(true)
    }
}

impl Answer for functions::account::CancelPasswordEmail {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let (user, _, _) = call.user()?;
        match user.password.unconfirmed.take() {
            Some(_) => Ok(true),
            None => refuse("EMAIL_HASH_EXPIRED"),
        }
    }
}
