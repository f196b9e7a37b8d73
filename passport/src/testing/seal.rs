//! Sealing documents as a user's client does, with every step at hand so that tests can do one of
//! them wrong.
//!
//! Source: protocol reference, sections 8.5 (encrypting), 7.1 to 7.4 (credentials).

use core::convert::Infallible;

use base64ct::{Base64, Encoding};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use telegram_passport_tl::{enums, types};

use super::document::Document;
use super::random::Randomness;
use crate::cipher::{Keys, Padding};
use crate::element::ElementType;
use crate::scope::Required;
use crate::secret::ValueSecret;

/// Encrypted bytes with what opens them.
#[derive(Clone)]
pub(super) struct Sealed {
    pub(super) bytes: Vec<u8>,
    pub(super) hash: [u8; 32],
    pub(super) secret: ValueSecret,
}

impl Sealed {
    pub(super) fn new(plaintext: &[u8], random: &mut Randomness) -> Self {
        let padding = infallible(Padding::random(random, plaintext.len()));
        let padded = [padding.as_bytes(), plaintext].concat();
        Self::of_padded(padded, random)
    }

    /// Of padding and plaintext, whatever the padding is. A rest that is no whole block is left as
    /// it is.
    pub(super) fn of_padded(padded: Vec<u8>, random: &mut Randomness) -> Self {
        let secret = infallible(ValueSecret::generate(random));
        let (bytes, hash) = encrypt(padded, secret.expose());
        Self {
            bytes,
            hash,
            secret,
        }
    }

    fn credentials(&self, hash: &str) -> Value {
        let secret = Base64::encode_string(self.secret.expose());
        json!({ hash: Base64::encode_string(&self.hash), "secret": secret })
    }
}

/// A sealed file, and the name under which Telegram has it.
#[derive(Clone)]
pub(super) struct SealedFile {
    pub(super) id: i64,
    pub(super) access_hash: i64,
    pub(super) sealed: Sealed,
}

impl SealedFile {
    pub(super) fn new(plaintext: &[u8], random: &mut Randomness) -> Self {
        Self {
            id: random.long(),
            access_hash: random.long(),
            sealed: Sealed::new(plaintext, random),
        }
    }

    fn to_tl(&self) -> enums::SecureFile {
        let size = i64::try_from(self.sealed.bytes.len()).unwrap_or(i64::MAX);
        types::SecureFile {
            id: self.id,
            access_hash: self.access_hash,
            size,
            dc_id: DC_ID,
            date: DATE,
            file_hash: self.sealed.hash.to_vec(),
            secret: Vec::new(),
        }
        .into()
    }

    fn credentials(&self) -> Value {
        self.sealed.credentials("file_hash")
    }
}

/// A sealed document.
#[derive(Clone)]
pub(super) struct SealedDocument {
    pub(super) element: ElementType,
    pub(super) data: Option<Sealed>,
    pub(super) front_side: Option<SealedFile>,
    pub(super) reverse_side: Option<SealedFile>,
    pub(super) selfie: Option<SealedFile>,
    pub(super) translation: Vec<SealedFile>,
    pub(super) files: Vec<SealedFile>,
    pub(super) text: Option<String>,
    pub(super) hash: Vec<u8>,
    /// Whether selfie and translation go into the credentials, too.
    asked: Required,
}

impl SealedDocument {
    pub(super) fn new(document: &Document, asked: Required, random: &mut Randomness) -> Self {
        let one = |plaintext: &Option<Vec<u8>>, random: &mut Randomness| {
            plaintext
                .as_ref()
                .map(|plaintext| SealedFile::new(plaintext, random))
        };
        let all = |plaintexts: &[Vec<u8>], random: &mut Randomness| {
            let plaintexts = plaintexts.iter();
            plaintexts.map(|it| SealedFile::new(it, random)).collect()
        };
        Self {
            element: document.element,
            data: document.data.as_ref().map(|data| Sealed::new(data, random)),
            front_side: one(&document.front_side, random),
            reverse_side: one(&document.reverse_side, random),
            selfie: one(&document.selfie, random),
            translation: all(&document.translation, random),
            files: all(&document.files, random),
            text: document.text.clone(),
            hash: random.bytes(32),
            asked,
        }
    }

    /// Its files, in the order of the schema.
    pub(super) fn all_files(&self) -> impl Iterator<Item = &SealedFile> {
        let singles = [&self.front_side, &self.reverse_side, &self.selfie];
        let lists = self.translation.iter().chain(&self.files);
        singles.into_iter().flatten().chain(lists)
    }

    /// Its files that the credentials open.
    pub(super) fn opened_files_mut(&mut self) -> impl Iterator<Item = &mut SealedFile> {
        let asked = self.asked;
        let selfie = self.selfie.as_mut().filter(|_| asked.selfie);
        let translation = self
            .translation
            .iter_mut()
            .filter(move |_| asked.translation);
        let sides = [&mut self.front_side, &mut self.reverse_side];
        let sides = sides.into_iter().flatten();
        sides
            .chain(selfie)
            .chain(translation)
            .chain(&mut self.files)
    }

    /// A list of files that the credentials open.
    pub(super) fn opened_list_mut(&mut self) -> Option<&mut Vec<SealedFile>> {
        let translation = self.asked.translation.then_some(&mut self.translation);
        let lists = [Some(&mut self.files), translation];
        lists.into_iter().flatten().find(|list| !list.is_empty())
    }

    /// The value as a bot gets it, without the secrets that only the user could open.
    pub(super) fn to_tl(&self) -> types::SecureValue {
        let one = |file: &Option<SealedFile>| file.as_ref().map(SealedFile::to_tl);
        let all = |files: &[SealedFile]| {
            let files: Vec<_> = files.iter().map(SealedFile::to_tl).collect();
            (!files.is_empty()).then_some(files)
        };
        let data = self.data.as_ref().map(|data| {
            types::SecureData {
                data: data.bytes.clone(),
                data_hash: data.hash.to_vec(),
                secret: Vec::new(),
            }
            .into()
        });
        let plain_data = self.text.as_ref().map(|text| match self.element {
            ElementType::Email => types::SecurePlainEmail {
                email: text.clone(),
            }
            .into(),
            _ => types::SecurePlainPhone {
                phone: text.clone(),
            }
            .into(),
        });
        types::SecureValue {
            r#type: self.element.into(),
            data,
            front_side: one(&self.front_side),
            reverse_side: one(&self.reverse_side),
            selfie: one(&self.selfie),
            translation: all(&self.translation),
            files: all(&self.files),
            plain_data,
            hash: self.hash.clone(),
        }
    }

    /// Its entry in `secure_data`; none for phone number and e-mail.
    fn credentials(&self) -> Option<Value> {
        if self.element.is_plain() {
            return None;
        }
        let mut entry = Map::new();
        let mut put = |name: &str, value: Option<Value>| {
            value.map(|value| entry.insert(name.to_owned(), value));
        };
        let one = |file: &Option<SealedFile>| file.as_ref().map(SealedFile::credentials);
        let all = |files: &[SealedFile]| {
            let files: Vec<_> = files.iter().map(SealedFile::credentials).collect();
            (!files.is_empty()).then(|| files.into())
        };
        put(
            "data",
            self.data.as_ref().map(|data| data.credentials("data_hash")),
        );
        put("front_side", one(&self.front_side));
        put("reverse_side", one(&self.reverse_side));
        if self.asked.selfie {
            put("selfie", one(&self.selfie));
        }
        if self.asked.translation {
            put("translation", all(&self.translation));
        }
        put("files", all(&self.files));
        Some(Value::Object(entry))
    }
}

/// The credentials of these documents, still in plain.
pub(super) fn credentials(documents: &[SealedDocument], nonce_key: &str, nonce: &str) -> Value {
    let mut secure_data = Map::new();
    for document in documents {
        if let Some(entry) = document.credentials() {
            secure_data.insert(document.element.name().to_owned(), entry);
        }
    }
    json!({ "secure_data": secure_data, nonce_key: nonce })
}

/// Encrypts padding and plaintext; gives the ciphertext and the hash.
pub(super) fn encrypt(mut padded: Vec<u8>, secret: &[u8; 32]) -> (Vec<u8>, [u8; 32]) {
    let hash: [u8; 32] = Sha256::digest(&padded).into();
    Keys::derive(secret, &hash).encrypt(&mut padded);
    (padded, hash)
}

/// Takes what cannot have failed.
pub(super) fn infallible<T>(result: Result<T, Infallible>) -> T {
    match result {
        Ok(value) => value,
        Err(never) => match never {},
    }
}

/// The data centre of files that no server holds.
pub(super) const DC_ID: i32 = 2;

/// When submissions without a server were made: Unix time in seconds.
pub(super) const DATE: i32 = 1_700_000_000;
