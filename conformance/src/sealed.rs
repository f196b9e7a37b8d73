//! Stored values as a server would hold them, for tests of the user's side.

use telegram_passport::ElementType;
use telegram_passport::cipher::{Padding, encrypt_data};
use telegram_passport::client::Unlocked;
use telegram_passport::hash::FileHash;
use telegram_passport::secret::{PassportSecret, ValueSecret};
use telegram_passport::wrap::wrap_value_secret;
use telegram_passport_tl::{enums, types};

use crate::seeded::SeededRng;

/// Makes values that one passport secret opens. Files exist by their hashes only.
pub struct Vault {
    unlocked: Unlocked,
    rng: SeededRng,
    files: i64,
}

impl Vault {
    /// A vault with its own passport secret.
    ///
    /// # Panics
    ///
    /// Never: seeded randomness does not fail.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut rng = SeededRng::new(seed);
        let secret = PassportSecret::generate(&mut rng).expect("randomness");
        Self {
            unlocked: Unlocked::with_secret(secret),
            rng,
            files: 0,
        }
    }

    /// What opens the values.
    #[must_use]
    pub fn unlocked(&self) -> &Unlocked {
        &self.unlocked
    }

    /// A value of that type without anything; its hash is the name of the type.
    #[must_use]
    pub fn empty(element: ElementType) -> types::SecureValue {
        types::SecureValue {
            r#type: element.into(),
            data: None,
            front_side: None,
            reverse_side: None,
            selfie: None,
            translation: None,
            files: None,
            plain_data: None,
            hash: element.name().into(),
        }
    }

    /// A value with everything that its type must have and nothing else, with valid content.
    ///
    /// # Panics
    ///
    /// Never.
    pub fn plainest(&mut self, element: ElementType) -> types::SecureValue {
        let mut value = Self::empty(element);
        value.data = valid_document(element).map(|json| self.data(json));
        value.front_side = element.has_front_side().then(|| self.file());
        value.reverse_side = element.has_reverse_side().then(|| self.file());
        value.files = element.has_files().then(|| vec![self.file()]);
        value.plain_data = match element {
            ElementType::PhoneNumber => Some(
                types::SecurePlainPhone {
                    phone: "999661234567".to_owned(),
                }
                .into(),
            ),
            ElementType::Email => Some(
                types::SecurePlainEmail {
                    email: "anna@example.org".to_owned(),
                }
                .into(),
            ),
            _ => None,
        };
        value
    }

    /// A document, encrypted.
    ///
    /// # Panics
    ///
    /// Never: the padding fits.
    pub fn data(&mut self, json: &str) -> enums::SecureData {
        let secret = ValueSecret::generate(&mut self.rng).expect("randomness");
        self.data_of(json, &secret)
    }

    /// A document, encrypted with this secret.
    ///
    /// # Panics
    ///
    /// Never: the padding fits.
    pub fn data_of(&mut self, json: &str, secret: &ValueSecret) -> enums::SecureData {
        let padding = Padding::random(&mut self.rng, json.len()).expect("randomness");
        let sealed = encrypt_data(json.as_bytes(), &padding, secret).expect("it fits");
        types::SecureData {
            data: sealed.bytes,
            data_hash: sealed.hash.as_bytes().to_vec(),
            secret: wrap_value_secret(self.unlocked.passport_secret(), &sealed.hash, secret)
                .to_vec(),
        }
        .into()
    }

    /// A new file.
    ///
    /// # Panics
    ///
    /// Never.
    pub fn file(&mut self) -> enums::SecureFile {
        let secret = ValueSecret::generate(&mut self.rng).expect("randomness");
        self.files += 1;
        let mut hash = [0; 32];
        hash[..8].copy_from_slice(&self.files.to_be_bytes());
        self.file_of(hash, &secret)
    }

    /// A file of that hash and secret.
    ///
    /// # Panics
    ///
    /// Never: the hash has its length.
    pub fn file_of(&mut self, hash: [u8; 32], secret: &ValueSecret) -> enums::SecureFile {
        let hash = FileHash::from_slice(&hash).expect("32 bytes");
        types::SecureFile {
            id: self.files,
            access_hash: 7,
            size: 4096,
            dc_id: 2,
            date: 1_700_000_000,
            file_hash: hash.as_bytes().to_vec(),
            secret: wrap_value_secret(self.unlocked.passport_secret(), &hash, secret).to_vec(),
        }
        .into()
    }
}

/// The hash of a file.
///
/// # Panics
///
/// If it is an empty one.
#[must_use]
pub fn hash_of(file: &enums::SecureFile) -> Vec<u8> {
    match file {
        enums::SecureFile::File(file) => file.file_hash.clone(),
        enums::SecureFile::Empty => panic!("an empty file has no hash"),
    }
}

/// A document that the official clients would save, if the type has one.
#[must_use]
pub fn valid_document(element: ElementType) -> Option<&'static str> {
    match element {
        ElementType::PersonalDetails => Some(
            r#"{"birth_date":"01.02.1990","country_code":"DE","first_name":"Anna","gender":"female","last_name":"Smith","residence_country_code":"DE"}"#,
        ),
        ElementType::Address => Some(
            r#"{"city":"Berlin","country_code":"DE","post_code":"10115","street_line1":"Street 1"}"#,
        ),
        _ if element.is_identity_document() => Some(r#"{"document_no":"AB123456"}"#),
        _ => None,
    }
}
