//! Spoiling the data of an element, or elements as a whole.

use serde_json::Value;

use super::super::seal::{Sealed, encrypt};
use super::super::submission::{Plain, Submission};
use super::{BadSubmission, flip, padding_too_long, padding_too_short, truncate};
use base64ct::{Base64, Encoding};

pub(super) fn spoil(submission: &Submission, bad: BadSubmission) -> Option<Submission> {
    use BadSubmission as Bad;
    let mut submission = submission.clone();
    let plain = submission.plain.clone();
    match bad {
        Bad::SwappedData => {
            let documents = submission.documents.iter_mut();
            let mut data = documents.filter_map(|it| it.data.as_mut());
            let (one, other) = (data.next()?, data.next()?);
            core::mem::swap(&mut one.bytes, &mut other.bytes);
        }
        Bad::DamagedData => flip(&mut sent_data(&mut submission)?.bytes),
        Bad::TruncatedData => truncate(&mut sent_data(&mut submission)?.bytes),
        Bad::EmptyData => sent_data(&mut submission)?.bytes.clear(),
        Bad::DataPaddingTooShort => {
            let padded = padding_too_short(b"{}");
            return sealed_data(plain, |it, plain| {
                *it = Sealed::of_padded(padded, &mut plain.random);
            });
        }
        Bad::DataPaddingTooLong => {
            return sealed_data(plain, |it, plain| {
                *it = Sealed::of_padded(padding_too_long(), &mut plain.random);
            });
        }
        Bad::DataNotJson => {
            return sealed_data(plain, |it, plain| {
                *it = Sealed::new(b"{\"document_no\":", &mut plain.random);
            });
        }
        Bad::DataNotUtf8 => {
            return sealed_data(plain, |it, plain| {
                *it = Sealed::new(b"{\"document_no\":\"\xff\"}", &mut plain.random);
            });
        }
        Bad::WrongDataHash => {
            return data_credentials(plain, |entry, plain| {
                let hash = plain.random.bytes(32);
                entry["data_hash"] = Base64::encode_string(&hash).into();
            });
        }
        Bad::WrongDataSecret => {
            return data_credentials(plain, |entry, plain| {
                let other = Sealed::new(b"", &mut plain.random);
                entry["secret"] = Base64::encode_string(other.secret.expose()).into();
            });
        }
        Bad::DataSecretWithoutChecksum => return secret_without_checksum(plain),
        Bad::DataWithoutCredentials => {
            let element = plain.documents.iter().find(|it| it.data.is_some())?.element;
            let mut json = plain.credentials();
            let entry = json.get_mut("secure_data")?.get_mut(element.name())?;
            entry.as_object_mut()?.remove("data");
            return Some(plain.seal_json(json.to_string().as_bytes()));
        }
        Bad::MissingText => {
            let mut documents = submission.documents.iter_mut();
            let document = documents.find(|it| it.text.is_some())?;
            document.text = None;
        }
        Bad::MissingElement => {
            let mut documents = submission.documents.iter();
            let at = documents.position(|it| !it.element.is_plain())?;
            submission.documents.remove(at);
        }
        _ => {
            let first = submission.documents.first()?.clone();
            submission.documents.push(first);
        }
    }
    Some(submission)
}

/// The first data as it is sent.
fn sent_data(submission: &mut Submission) -> Option<&mut Sealed> {
    let mut documents = submission.documents.iter_mut();
    documents.find_map(|document| document.data.as_mut())
}

/// Other data in the first element that has some, with the credentials for it.
fn sealed_data(
    mut plain: Plain,
    spoil: impl FnOnce(&mut Sealed, &mut Plain),
) -> Option<Submission> {
    let at = plain.documents.iter().position(|it| it.data.is_some())?;
    let mut data = plain.documents.get(at)?.data.clone()?;
    spoil(&mut data, &mut plain);
    plain.documents.get_mut(at)?.data = Some(data);
    Some(plain.seal())
}

/// Other credentials for the first data.
fn data_credentials(
    mut plain: Plain,
    spoil: impl FnOnce(&mut Value, &mut Plain),
) -> Option<Submission> {
    let element = plain.documents.iter().find(|it| it.data.is_some())?.element;
    let mut json = plain.credentials();
    let entry = json.get_mut("secure_data")?.get_mut(element.name())?;
    spoil(entry.get_mut("data")?, &mut plain);
    Some(plain.seal_json(json.to_string().as_bytes()))
}

/// Data encrypted with 32 bytes that are no secret.
fn secret_without_checksum(mut plain: Plain) -> Option<Submission> {
    let at = plain.documents.iter().position(|it| it.data.is_some())?;
    let mut data = plain.documents.get(at)?.data.clone()?;
    let mut secret = *data.secret.expose();
    if let Some(byte) = secret.last_mut() {
        *byte ^= 1;
    }
    let mut padded = vec![32; 32];
    padded.extend(b"{}              ");
    (data.bytes, data.hash) = encrypt(padded, &secret);
    plain.documents.get_mut(at)?.data = Some(data);
    data_credentials(plain, |entry, _| {
        entry["secret"] = Base64::encode_string(&secret).into();
    })
}
