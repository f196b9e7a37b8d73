//! The two-step password as the account sees it: `account.getPassword`,
//! `account.getPasswordSettings`, `auth.checkPassword`.
//!
//! Source: protocol reference, sections 3.3, 3.4 and 9.1.

use num_bigint::BigUint;
use telegram_passport_tl::{enums, functions, types};

use super::super::random::Randomness;
use super::dispatch::Answer;
use super::people;
use super::refusal::{Refusal, refuse};
use super::srp;
use super::state::{Call, User, date};

/// What the server keeps about the password of an account.
#[derive(Clone)]
pub(in crate::testing) struct PasswordState {
    pub(in crate::testing) current: Option<Password>,
    /// Grows with every password, so that a proof for an older one is known.
    pub(super) version: u64,
    pub(super) challenge: Option<Challenge>,
    /// The server's part of the salts for a new password, and of that for a passport secret.
    pub(super) new_salt1: Vec<u8>,
    pub(super) new_salt2: Vec<u8>,
    pub(super) new_secure_salt: Vec<u8>,
    pub(in crate::testing) secret: Option<types::SecureSecretSettings>,
    pub(in crate::testing) recovery_email: Option<String>,
    pub(super) unconfirmed: Option<Pending>,
    /// The code for a forgotten password.
    pub(super) recovery: Option<Pending>,
    /// When a requested reset may be carried out.
    pub(super) reset_date: Option<i64>,
    /// Before when no other reset may be requested.
    pub(super) reset_retry_date: Option<i64>,
}

impl PasswordState {
    pub(super) fn new(random: &mut Randomness) -> Self {
        Self {
            current: None,
            version: 0,
            challenge: None,
            new_salt1: random.bytes(SERVER_SALT_LENGTH),
            new_salt2: random.bytes(SALT2_LENGTH),
            new_secure_salt: random.bytes(SERVER_SALT_LENGTH),
            secret: None,
            recovery_email: None,
            unconfirmed: None,
            recovery: None,
            reset_date: None,
            reset_retry_date: None,
        }
    }

    /// Another password, or none; with new salts for the next one.
    pub(in crate::testing) fn replace(
        &mut self,
        password: Option<Password>,
        random: &mut Randomness,
    ) {
        self.current = password;
        self.version = self.version.wrapping_add(1);
        self.new_salt1 = random.bytes(SERVER_SALT_LENGTH);
        self.new_salt2 = random.bytes(SALT2_LENGTH);
        self.recovery = None;
        self.reset_date = None;
        if self.current.is_none() {
            self.recovery_email = None;
            self.unconfirmed = None;
        }
    }

    /// A password as another app of the user would set it.
    pub(in crate::testing) fn replace_with_text(&mut self, text: &str, random: &mut Randomness) {
        let salt1 = [self.new_salt1.as_slice(), &random.bytes(CLIENT_SALT_LENGTH)].concat();
        let salt2 = self.new_salt2.clone();
        let password = Password {
            verifier: srp::verifier(text, &salt1, &salt2),
            salt1,
            salt2,
            hint: String::new(),
        };
        self.replace(Some(password), random);
    }
}

/// A password, as far as a server knows it.
#[derive(Clone)]
pub(in crate::testing) struct Password {
    pub(super) verifier: BigUint,
    pub(super) salt1: Vec<u8>,
    pub(super) salt2: Vec<u8>,
    pub(super) hint: String,
}

impl Password {
    fn algorithm(&self) -> enums::PasswordKdfAlgo {
        algorithm(&self.salt1, &self.salt2)
    }
}

/// An exchange that was begun by `account.getPassword`.
#[derive(Clone)]
pub(super) struct Challenge {
    pub(super) id: i64,
    pub(super) secret: BigUint,
    pub(super) version: u64,
}

/// A code that was sent to an address, and waits.
#[derive(Clone)]
pub(super) struct Pending {
    pub(super) address: String,
    pub(super) code: String,
    pub(super) expires: i64,
}

impl Pending {
    /// Sends a new code.
    pub(super) fn send(
        address: &str,
        now: i64,
        random: &mut Randomness,
        codes: &mut Vec<(String, String)>,
    ) -> Self {
        let code = random.digits(CODE_LENGTH);
        codes.push((address.to_owned(), code.clone()));
        Self {
            address: address.to_owned(),
            code,
            expires: now.saturating_add(CODE_LIFETIME),
        }
    }

    /// Unless it is too old.
    pub(super) fn living(&self, now: i64) -> Option<&Self> {
        (now < self.expires).then_some(self)
    }
}

impl Answer for functions::account::GetPassword {
    /// Every call makes the only `srp_id` that is good from now on.
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let (user, random, now) = call.user()?;
        let has_secure_values = !user.values.is_empty();
        let state = &mut user.password;
        state.challenge = None;
        let has_password = state.current.as_ref().map(|password| {
            let secret = BigUint::from_bytes_be(&random.bytes(64));
            let id = random.long();
            let public = srp::public(&password.verifier, &secret);
            state.challenge = Some(Challenge {
                id,
                secret,
                version: state.version,
            });
            types::account::PasswordHasPassword {
                current_algo: password.algorithm(),
                srp_b: srp::pad(&public),
                srp_id: id,
            }
        });
        let hint = state.current.as_ref().map(|it| it.hint.clone());
        let unconfirmed = state.unconfirmed.as_ref().and_then(|it| it.living(now));
        let secure_salt = types::SecurePasswordKdfAlgoPbkdf2Hmacsha512iter100000 {
            salt: state.new_secure_salt.clone(),
        };
        Ok(types::account::Password {
            has_recovery: state.recovery_email.is_some(),
            has_secure_values,
            has_password,
            hint: hint.filter(|hint| !hint.is_empty()),
            email_unconfirmed_pattern: unconfirmed.map(|it| pattern(&it.address)),
            new_algo: algorithm(&state.new_salt1, &state.new_salt2),
            new_secure_algo: secure_salt.into(),
            secure_random: random.bytes(256),
            pending_reset_date: state.reset_date.map(date),
            login_email_pattern: None,
        }
        .into())
    }
}

impl Answer for functions::account::GetPasswordSettings {
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let (user, _, _) = call.user()?;
        user.password.check(&self.password)?;
        Ok(types::account::PasswordSettings {
            email: user.password.recovery_email.clone(),
            secure_settings: user.password.secret.clone().map(Into::into),
        }
        .into())
    }
}

impl Answer for functions::auth::CheckPassword {
    /// Where there is no password, there is nothing to be proved: wrong.
    fn answer(self, call: &mut Call<'_>) -> Result<Self::Return, Refusal> {
        let (user, _, _) = call.user()?;
        user.password.check(&self.password)?;
        if user.password.current.is_none() {
            return refuse("PASSWORD_HASH_INVALID");
        }
        Ok(authorization(user))
    }
}

/// What a log-in answers with.
pub(super) fn authorization(user: &User) -> enums::auth::Authorization {
    types::auth::Authorization {
        setup_password_required: None,
        tmp_sessions: None,
        future_auth_token: None,
        user: people::account(user),
    }
    .into()
}

fn algorithm(salt1: &[u8], salt2: &[u8]) -> enums::PasswordKdfAlgo {
    types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow {
        salt1: salt1.to_vec(),
        salt2: salt2.to_vec(),
        g: srp::GENERATOR.into(),
        p: srp::pad(&srp::prime()),
    }
    .into()
}

/// An e-mail address of which only the ends are to be seen.
pub(super) fn pattern(address: &str) -> String {
    let (name, domain) = address.split_once('@').unwrap_or((address, ""));
    let mut ends = name.chars();
    match (ends.next(), ends.next_back()) {
        (Some(first), Some(last)) => format!("{first}***{last}@{domain}"),
        _ => format!("***@{domain}"),
    }
}

/// Bytes of the server's part of a salt.
const SERVER_SALT_LENGTH: usize = 8;

/// Bytes that a client adds to it.
pub(super) const CLIENT_SALT_LENGTH: usize = 32;

const SALT2_LENGTH: usize = 16;

/// Digits of a code by e-mail.
pub(super) const CODE_LENGTH: usize = 6;

/// Seconds for which a code by e-mail is good: the simulation's own number.
pub(super) const CODE_LIFETIME: i64 = 3600;
