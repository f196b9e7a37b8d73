//! A forgotten password without an e-mail: `account.resetPassword`,
//! `account.declinePasswordReset`.
//!
//! The first call requests, the next one after the waiting period carries out. Whoever has declined
//! has to wait before the next request. Both periods are the simulation's own.
//!
//! Source: protocol reference, section 3.4.

use telegram_passport_tl::{enums, functions, types};

use super::dispatch::Answer;
use super::refusal::{Refusal, refuse};
use super::state::{Call, date};

impl Answer for functions::account::ResetPassword {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let (user, random, now) = call.user()?;
        let state = &mut user.password;
        if state.current.is_none() {
            return refuse("PASSWORD_EMPTY");
        }
        if let Some(retry) = state.reset_retry_date.filter(|&retry| now < retry) {
            let retry_date = date(retry);
            return Ok(types::account::ResetPasswordFailedWait { retry_date }.into());
        }
        let until = *state
            .reset_date
            .get_or_insert(now.saturating_add(WAITING_PERIOD));
        if now < until {
            let until_date = date(until);
            return Ok(types::account::ResetPasswordRequestedWait { until_date }.into());
        }
        state.replace(None, random);
        user.lose_passport();
        Ok(enums::account::ResetPasswordResult::ResetPasswordOk)
    }
}

impl Answer for functions::account::DeclinePasswordReset {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let (user, _, now) = call.user()?;
        if user.password.reset_date.take().is_none() {
            return refuse("RESET_REQUEST_MISSING");
        }
        user.password.reset_retry_date = Some(now.saturating_add(RETRY_PERIOD));
        Ok(true)
    }
}

/// Seconds between the request and the reset.
const WAITING_PERIOD: i64 = 7 * 24 * 3600;

/// Seconds from declining to the next request.
const RETRY_PERIOD: i64 = 24 * 3600;
