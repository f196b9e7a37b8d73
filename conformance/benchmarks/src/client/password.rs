//! The password: proved to the server, and used to unlock the passport secret.

use std::convert::Infallible;
use std::error::Error;
use std::hint::black_box;

use clap::ValueEnum;
use getrandom::SysRng;
use pbkdf2::pbkdf2_hmac;
use serde_json::Value;
use sha2::Sha512;
use telegram_passport::client::srp::{KdfAlgo, PasswordHash};
use telegram_passport::client::{Connection, Failure, Password, Request, unlock, wait};
use telegram_passport::secret::PassportSecret;
use telegram_passport::wrap::{PasswordKdf, unwrap_passport_secret, wrap_passport_secret};
use telegram_passport_tl::{Boxed, Encode, RpcError, enums, types};

use crate::passport::submission::{Repeat, repeated};

/// What is done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Work {
    /// PBKDF2-HMAC-SHA512 with 100 000 rounds and 64 bytes of output, as the crate `pbkdf2` has it.
    Kdf,
    /// From `account.password` to the answer of SRP: parameters checked, password hashed, proved.
    Answer,
    /// The same with the password hashed before: the arithmetic.
    AnswerAgain,
    /// The passport secret of `account.passwordSettings`, decrypted and checked.
    Secret,
    /// The flow: two calls, both of the above, on a connection that has its answers ready.
    Unlock,
}

impl Work {
    /// What it is called in tables.
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Self::Kdf => "PBKDF2, 100 000 rounds",
            Self::Answer => "SRP answer",
            Self::AnswerAgain => "SRP answer, password hashed before",
            Self::Secret => "passport secret decrypted",
            Self::Unlock => "`unlock`, no time on the way",
        }
    }

    /// How many KDFs it cannot do without, and how many times as long it may take as they do.
    pub(crate) fn kdfs(self) -> Option<(f64, Option<f64>)> {
        match self {
            Self::Kdf => None,
            Self::AnswerAgain => Some((1.0, None)),
            Self::Answer | Self::Secret => Some((1.0, Some(1.2))),
            Self::Unlock => Some((2.0, Some(1.2))),
        }
    }
}

/// An account with a password and a passport secret.
pub(crate) struct Account {
    password: String,
    algo: enums::PasswordKdfAlgo,
    srp_b: Vec<u8>,
    salt: Vec<u8>,
    encrypted: Vec<u8>,
    secret_id: i64,
}

impl Account {
    /// Password, parameters and B are those of a test vector.
    pub(crate) fn new() -> Result<Self, Box<dyn Error>> {
        let file: Value = serde_json::from_str(VECTORS)?;
        let vectors = file["testGroups"][0]["tests"].as_array();
        let mut vectors = vectors.into_iter().flatten();
        let vector = vectors
            .find(|vector| vector["tcId"] == 2)
            .ok_or("no vector")?;
        let field = |name: &str| bytes(&vector[name]);
        let algo = types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow {
            salt1: field("salt1")?,
            salt2: field("salt2")?,
            g: vector["g"].as_i64().ok_or("no g")?.try_into()?,
            p: field("p")?,
        };
        let password = vector["password"].as_str().ok_or("no password")?.to_owned();
        let secret = PassportSecret::generate(&mut SysRng)?;
        let salt = vec![7; 40];
        let kdf = PasswordKdf::Pbkdf2 { salt: salt.clone() };
        Ok(Self {
            algo: algo.into(),
            srp_b: field("srpB")?,
            encrypted: wrap_passport_secret(&secret, &password, &kdf).to_vec(),
            secret_id: secret.id(),
            salt,
            password,
        })
    }

    /// The work, which has been shown to succeed.
    pub(crate) fn repeat(&'static self, work: Work) -> Result<Repeat, Box<dyn Error>> {
        Ok(match work {
            Work::Kdf => repeated(move || {
                let (password, salt) = (black_box([7; 32]), black_box([9; 40]));
                let mut output = [0; 64];
                pbkdf2_hmac::<Sha512>(&password, &salt, 100_000, &mut output);
                output
            }),
            Work::Answer => {
                self.answer(&self.hash()?)?;
                repeated(move || self.answer(&self.hash()?))
            }
            Work::AnswerAgain => {
                let hash = self.hash()?;
                repeated(move || self.answer(&hash))
            }
            Work::Secret => {
                self.secret()?;
                repeated(|| self.secret())
            }
            Work::Unlock => {
                let connection = Ready::new(self)?;
                let password = Password::from(self.password.as_str());
                let once = move || wait(unlock(&connection, black_box(&password), &mut SysRng));
                once()?;
                repeated(once)
            }
        })
    }

    fn hash(&self) -> Result<PasswordHash, Box<dyn Error>> {
        let password = Password::from(black_box(self.password.as_str()));
        Ok(KdfAlgo::check(&self.algo)?.hash(&password))
    }

    fn answer(&self, hash: &PasswordHash) -> Result<types::InputCheckPasswordSrp, Box<dyn Error>> {
        Ok(hash.prove(1, black_box(&self.srp_b), &mut SysRng)?)
    }

    fn secret(&self) -> Result<PassportSecret, Box<dyn Error>> {
        let salt = self.salt.clone();
        let kdf = PasswordKdf::Pbkdf2 { salt };
        let encrypted = black_box(&self.encrypted);
        Ok(unwrap_passport_secret(
            encrypted,
            self.secret_id,
            &self.password,
            &kdf,
        )?)
    }
}

/// A connection that knows both answers.
struct Ready {
    password: Vec<u8>,
    settings: Vec<u8>,
}

impl Ready {
    fn new(account: &Account) -> Result<Self, Box<dyn Error>> {
        let new_secure_algo = types::SecurePasswordKdfAlgoPbkdf2Hmacsha512iter100000 {
            salt: account.salt.clone(),
        };
        let state = types::account::Password {
            has_recovery: false,
            has_secure_values: true,
            has_password: Some(types::account::PasswordHasPassword {
                current_algo: account.algo.clone(),
                srp_b: account.srp_b.clone(),
                srp_id: 1,
            }),
            hint: None,
            email_unconfirmed_pattern: None,
            new_algo: account.algo.clone(),
            new_secure_algo: new_secure_algo.clone().into(),
            secure_random: vec![5; 256],
            pending_reset_date: None,
            login_email_pattern: None,
        };
        let stored = types::SecureSecretSettings {
            secure_algo: new_secure_algo.into(),
            secure_secret: account.encrypted.clone(),
            secure_secret_id: account.secret_id,
        };
        let settings = types::account::PasswordSettings {
            email: None,
            secure_settings: Some(stored.into()),
        };
        Ok(Self {
            password: Boxed(state).to_bytes()?,
            settings: Boxed(settings).to_bytes()?,
        })
    }
}

impl Connection for Ready {
    type Error = Infallible;

    async fn send(&self, request: Request<'_>) -> Result<Vec<u8>, Failure<Infallible>> {
        match request.method() {
            "account.getPassword" => Ok(self.password.clone()),
            "account.getPasswordSettings" => Ok(self.settings.clone()),
            _ => Err(Failure::Rpc(RpcError::parse(400, "METHOD_INVALID"))),
        }
    }
}

/// Bytes in hexadecimal.
fn bytes(value: &Value) -> Result<Vec<u8>, Box<dyn Error>> {
    let digits = value.as_str().ok_or("no text")?;
    let pairs = (0..digits.len()).step_by(2);
    let bytes: Result<_, _> = pairs
        .map(|at| u8::from_str_radix(digits.get(at..at + 2).unwrap_or("?"), 16))
        .collect();
    Ok(bytes?)
}

const VECTORS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/srp.json"));
