//! One submission of all 13 elements, and those who open it.

use std::error::Error;
use std::hint::black_box;

use base64ct::{Base64, Encoding};
use clap::ValueEnum;
use getrandom::SysRng;
use rsa::pkcs8::DecodePrivateKey;
use rsa::traits::PaddingScheme;
use rsa::{Oaep, RsaPrivateKey};
use serde_json::Value;
use sha1::Sha1;
use telegram_passport::bot_api;
#[cfg(feature = "aws-lc-rs")]
use telegram_passport::key::AwsLcKey;
use telegram_passport::key::{CredentialsKey, PrivateKey, Refused};
use telegram_passport::nonce::Nonce;
use telegram_passport::secret::CredentialsSecret;
use telegram_passport::submission::Submission;

/// What is done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Work {
    /// The bare RSA operation of the crate `rsa`, with blinding.
    Rsa,
    /// From the text of `passport_data` to verified documents.
    Submission,
    /// The same, with a key that knows its answer: what is left without RSA.
    WithoutRsa,
    /// The RSA operation of `aws-lc-rs`.
    #[cfg(feature = "aws-lc-rs")]
    AwsLcRsa,
    /// The submission, with that.
    #[cfg(feature = "aws-lc-rs")]
    AwsLcSubmission,
}

impl Work {
    /// What it is called in tables.
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Self::Rsa => "RSA operation of `rsa`",
            Self::Submission => "submission",
            Self::WithoutRsa => "submission, RSA left out",
            #[cfg(feature = "aws-lc-rs")]
            Self::AwsLcRsa => "RSA operation of `aws-lc-rs`",
            #[cfg(feature = "aws-lc-rs")]
            Self::AwsLcSubmission => "submission with `aws-lc-rs`",
        }
    }

    /// How many times as fast as [`Work::Submission`] it has to be.
    pub(crate) fn least_faster(self) -> Option<f64> {
        match self {
            #[cfg(feature = "aws-lc-rs")]
            Self::AwsLcSubmission => Some(3.0),
            _ => None,
        }
    }

    /// The RSA operation that it is held against, and how many times as much it may cost.
    pub(crate) fn operation(self) -> Option<(Self, Option<f64>)> {
        match self {
            Self::Submission => Some((Self::Rsa, Some(1.25))),
            Self::WithoutRsa => Some((Self::Rsa, None)),
            #[cfg(feature = "aws-lc-rs")]
            Self::AwsLcSubmission => Some((Self::AwsLcRsa, None)),
            _ => None,
        }
    }
}

/// A message of the test vectors.
pub(crate) struct Message {
    /// The `passport_data` of the Bot API.
    pub(crate) text: String,
    pub(crate) private_key_pem: String,
    pub(crate) nonce: String,
}

/// The message of all 13 elements.
pub(crate) fn message() -> Result<Message, Box<dyn Error>> {
    let file: Value = serde_json::from_str(VECTORS)?;
    let group = &file["testGroups"][0];
    let vectors = group["tests"].as_array().into_iter().flatten();
    let vector = vectors
        .into_iter()
        .find(|vector| vector["comment"] == "all 13 element types")
        .ok_or("messages.json has no message of all 13 element types")?;
    let text = |value: &Value| value.as_str().map(str::to_owned).ok_or("a text is missing");
    Ok(Message {
        text: vector["passportData"].to_string(),
        private_key_pem: text(&group["privateKeyPem"])?,
        nonce: text(&vector["expectedNonce"])?,
    })
}

/// Does the work as often as it is told.
pub(crate) type Repeat = Box<dyn FnMut(u64)>;

/// The work, which has been shown to succeed.
pub(crate) fn repeat(work: Work, message: &Message) -> Result<Repeat, Box<dyn Error>> {
    let key = PrivateKey::from_pem(&message.private_key_pem)?;
    Ok(match work {
        Work::Rsa => {
            let key = RsaPrivateKey::from_pkcs8_der(&der(&message.private_key_pem)?)?;
            let encrypted = encrypted_secret(message)?;
            let padding = || Oaep::<Sha1>::new();
            padding().decrypt(Some(&mut SysRng), &key, &encrypted)?;
            repeated(move || padding().decrypt(Some(&mut SysRng), &key, black_box(&encrypted)))
        }
        Work::Submission => opening(message, key)?,
        Work::WithoutRsa => {
            let secret = key.open(&encrypted_secret(message)?)?;
            opening(message, Known(secret))?
        }
        #[cfg(feature = "aws-lc-rs")]
        Work::AwsLcRsa => {
            let key = AwsLcKey::new(&key)?;
            let encrypted = encrypted_secret(message)?;
            key.open(&encrypted)?;
            repeated(move || key.open(black_box(&encrypted)))
        }
        #[cfg(feature = "aws-lc-rs")]
        Work::AwsLcSubmission => opening(message, AwsLcKey::new(&key)?)?,
    })
}

/// The kinds of the elements, in the order in which they came.
pub(crate) fn elements(message: &Message) -> Result<Vec<String>, Box<dyn Error>> {
    let data = bot_api::read_passport_data(&message.text)?;
    let key = PrivateKey::from_pem(&message.private_key_pem)?;
    let submission = data.open(&key, &Nonce::from_text(&message.nonce)?)?;
    let elements = submission.elements().iter();
    Ok(elements.map(|it| it.element_type().to_string()).collect())
}

fn opening<K>(message: &Message, key: K) -> Result<Repeat, Box<dyn Error>>
where
    K: CredentialsKey + 'static,
{
    let text = message.text.clone();
    let nonce = Nonce::from_text(&message.nonce)?;
    let once = move || -> Result<Submission, Box<dyn Error>> {
        Ok(bot_api::read_passport_data(black_box(&text))?.open(&key, &nonce)?)
    };
    if once()?.elements().len() != 13 {
        return Err("these are not 13 elements".into());
    }
    Ok(repeated(once))
}

fn encrypted_secret(message: &Message) -> Result<Vec<u8>, Box<dyn Error>> {
    let data: Value = serde_json::from_str(&message.text)?;
    let text = data["credentials"]["secret"].as_str();
    Ok(Base64::decode_vec(text.ok_or("there is no secret")?)?)
}

/// The bytes of a PEM with nothing around it.
fn der(pem: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let lines = pem.lines().filter(|line| !line.starts_with('-'));
    Ok(Base64::decode_vec(&lines.collect::<String>())?)
}

/// Whatever `once` makes is looked at and dropped.
pub(crate) fn repeated<T>(mut once: impl FnMut() -> T + 'static) -> Repeat {
    Box::new(move |times| {
        for _ in 0..times {
            black_box(&once());
        }
    })
}

/// A key for one message.
struct Known(CredentialsSecret);

impl CredentialsKey for Known {
    fn open(&self, _: &[u8]) -> Result<CredentialsSecret, Refused> {
        Ok(self.0.clone())
    }
}

const VECTORS: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../vectors/messages.json"
));
