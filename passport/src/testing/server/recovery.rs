//! A forgotten password, by the recovery e-mail: `auth.requestPasswordRecovery`,
//! `auth.checkRecoveryPassword`, `auth.recoverPassword`.
//!
//! A wrong code is `CODE_INVALID`, as it is for the recovery e-mail; the reference names no error
//! for it.
//!
//! Source: protocol reference, sections 3.4 and 9.6.

use telegram_passport_tl::{functions, types};

use super::dispatch::Answer;
use super::password::{PasswordState, Pending, authorization, pattern};
use super::refusal::{Refusal, refuse};
use super::settings::new_password;
use super::state::Call;

impl Answer for functions::auth::RequestPasswordRecovery {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let (user, random, now) = call.user()?;
        let state = &mut user.password;
        if state.current.is_none() {
            return refuse("PASSWORD_EMPTY");
        }
        let Some(address) = &state.recovery_email else {
            return refuse("PASSWORD_RECOVERY_NA");
        };
        let email_pattern = pattern(address);
        state.recovery = Some(Pending::send(address, now, random, &mut user.codes));
        Ok(types::auth::PasswordRecovery { email_pattern }.into())
    }
}

impl Answer for functions::auth::CheckRecoveryPassword {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let (user, _, now) = call.user()?;
        check(&user.password, &self.code, now)?;
        Ok(true)
    }
}

impl Answer for functions::auth::RecoverPassword {
    /// Without new settings the password is gone. Either way Passport data is.
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let (user, random, now) = call.user()?;
        check(&user.password, &self.code, now)?;
        let mut password = None;
        if let Some(settings) = &self.new_settings {
            let Some(new) = &settings.new_algo else {
                return refuse("NEW_SETTINGS_INVALID");
            };
            if settings.email.is_some() || settings.new_secure_settings.is_some() {
                return refuse("NEW_SETTINGS_INVALID");
            }
            password = new_password(&user.password, new)?;
        }
        user.password.replace(password, random);
        user.lose_passport();
        Ok(authorization(user))
    }
}

fn check(state: &PasswordState, code: &str, now: i64) -> Result<(), Refusal> {
    if code.is_empty() {
        return refuse("CODE_EMPTY");
    }
    let pending = state.recovery.as_ref().and_then(|it| it.living(now));
    match pending {
        None => refuse("PASSWORD_RECOVERY_EXPIRED"),
        Some(pending) if pending.code == code => Ok(()),
        Some(_) => refuse("CODE_INVALID"),
    }
}
