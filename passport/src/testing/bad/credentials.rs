//! Spoiling the credentials.

use serde_json::Value;

use super::super::random::Randomness;
use super::super::seal::{self, Sealed, SealedFile, infallible};
use super::super::submission::Submission;
use super::{BadSubmission, flip, padding_too_long, padding_too_short, truncate};
use crate::cipher::Padding;
use crate::secret::CredentialsSecret;

pub(super) fn spoil(submission: &Submission, bad: BadSubmission) -> Option<Submission> {
    use BadSubmission as Bad;
    let mut submission = submission.clone();
    let mut plain = submission.plain.clone();
    let mut json = plain.credentials();
    Some(match bad {
        Bad::WrongNonce => {
            plain.nonce = format!("not {}", plain.nonce);
            plain.seal()
        }
        Bad::NoNonce => {
            json.as_object_mut()?.remove(&plain.nonce_key);
            plain.seal_json(json.to_string().as_bytes())
        }
        Bad::NonceUnderOtherName => {
            let other = if plain.nonce_key == "nonce" {
                "payload"
            } else {
                "nonce"
            };
            plain.nonce_key = other.to_owned();
            plain.seal()
        }
        Bad::ForgedSecret => {
            let length = submission.credentials.secret.len();
            submission.credentials.secret = plain.random.bytes(length);
            submission
        }
        Bad::EmptySecret => {
            submission.credentials.secret.clear();
            submission
        }
        Bad::SecretWithoutChecksum => {
            let text = json.to_string();
            let padding = infallible(Padding::random(&mut plain.random, text.len()));
            let padded = [padding.as_bytes(), text.as_bytes()].concat();
            let secret = infallible(CredentialsSecret::generate(&mut plain.random));
            let mut bytes = *secret.expose();
            if let Some(byte) = bytes.last_mut() {
                *byte ^= 1;
            }
            plain.seal_raw(padded, &bytes)
        }
        Bad::DamagedCredentials => {
            flip(&mut submission.credentials.data);
            submission
        }
        Bad::TruncatedCredentials => {
            truncate(&mut submission.credentials.data);
            submission
        }
        Bad::EmptyCredentials => {
            submission.credentials.data.clear();
            submission
        }
        Bad::WrongCredentialsHash => {
            flip(&mut submission.credentials.hash);
            submission
        }
        Bad::CredentialsPaddingTooShort | Bad::CredentialsPaddingTooLong => {
            let padded = match bad {
                Bad::CredentialsPaddingTooShort => padding_too_short(json.to_string().as_bytes()),
                _ => padding_too_long(),
            };
            let secret = infallible(CredentialsSecret::generate(&mut plain.random));
            plain.seal_padded(padded, &secret)
        }
        Bad::CredentialsNotJson => plain.seal_json(b"{\"secure_data\":{},"),
        Bad::CredentialsWithoutSecureData => {
            json.as_object_mut()?.remove("secure_data");
            plain.seal_json(json.to_string().as_bytes())
        }
        _ => {
            let mut others = plain.documents.clone();
            // Without data, a bot of the Bot API notices only at the files.
            others.iter().find(|document| document.data.is_some())?;
            for document in &mut others {
                if let Some(data) = &mut document.data {
                    *data = other(&mut plain.random);
                }
                for file in document.opened_files_mut() {
                    *file = SealedFile {
                        sealed: other(&mut plain.random),
                        ..*file
                    };
                }
            }
            let json: Value = seal::credentials(&others, &plain.nonce_key, &plain.nonce);
            plain.seal_json(json.to_string().as_bytes())
        }
    })
}

/// Something that is somebody else's.
fn other(random: &mut Randomness) -> Sealed {
    Sealed::new(b"{}", random)
}
