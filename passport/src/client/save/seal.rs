//! The parts of a value as they are sent.

use rand_core::TryCryptoRng;

use super::PrepareError;
use crate::cipher::{Padding, encrypt_data};
use crate::client::{Draft, DraftFile, PartSize, StoredFile, StoredValue, Upload};
use crate::document::PrivateText;
use crate::hash::DataHash;
use crate::secret::ValueSecret;
use crate::submission::FilePart;

/// What a value consists of.
pub(super) enum Content {
    /// The digits of a phone number.
    Phone(PrivateText),
    /// An e-mail address without white space around it.
    Email(PrivateText),
    /// Document and files, each encrypted on its own.
    Encrypted {
        data: Option<SavedData>,
        files: Vec<(FilePart, SavedFile)>,
    },
}

/// A document, encrypted under a fresh secret. The secret itself is encrypted when it is sent, under
/// the passport secret of that moment.
pub(super) struct SavedData {
    pub(super) encrypted: Vec<u8>,
    pub(super) hash: DataHash,
    pub(super) secret: ValueSecret,
}

pub(super) enum SavedFile {
    New(Box<Upload>),
    Kept(StoredFile),
}

impl Content {
    pub(super) fn new<R: TryCryptoRng + ?Sized>(
        draft: &Draft,
        part_size: PartSize,
        rng: &mut R,
    ) -> Result<Self, PrepareError> {
        let json = match draft {
            Draft::PhoneNumber(phone) => return Ok(Self::Phone(phone.digits())),
            Draft::Email(email) => return Ok(Self::Email(email.as_str().trim().into())),
            Draft::PersonalDetails { data, .. } => Some(data.json()),
            Draft::IdentityDocument(document) => Some(document.data().json()),
            Draft::Address(data) => Some(data.json()),
            Draft::AddressDocument(_) => None,
        };
        let data = json.map(|json| SavedData::new(&json, rng)).transpose()?;
        let mut files = Vec::new();
        for (part, file) in draft.all_files() {
            let file = match file {
                DraftFile::Stored(file) => SavedFile::Kept(file.clone()),
                DraftFile::New(file) => {
                    let upload = Upload::new(file, part_size, rng);
                    let upload = upload.map_err(|error| PrepareError::Source { part, error })?;
                    SavedFile::New(Box::new(upload))
                }
            };
            files.push((part, file));
        }
        Ok(Self::Encrypted { data, files })
    }

    /// Whether that is what is stored: every part, each with its hash, in its place.
    pub(super) fn is(&self, stored: &StoredValue) -> bool {
        match self {
            Self::Phone(digits) => stored
                .phone_number()
                .is_some_and(|phone| phone.digits() == *digits),
            Self::Email(text) => stored.email().is_some_and(|email| {
                let (sent, stored) = (text.as_str(), email.as_str().trim());
                sent.eq_ignore_ascii_case(stored)
            }),
            Self::Encrypted { data, files } => {
                let has_data = match (data, stored.data_key()) {
                    (Some(data), Some((hash, secret))) => {
                        data.hash == *hash && data.secret == *secret
                    }
                    (None, None) => true,
                    _ => false,
                };
                let mut others = stored.all_files();
                let has_files = files.iter().all(|(part, file)| {
                    let other = others.next();
                    other.is_some_and(|(place, other)| place == *part && file.is(other))
                });
                has_data && has_files && others.next().is_none()
            }
        }
    }

    pub(super) fn files(&self) -> impl Iterator<Item = &(FilePart, SavedFile)> {
        let files: &[_] = match self {
            Self::Encrypted { files, .. } => files,
            _ => &[],
        };
        files.iter()
    }

    pub(super) fn uploads(&self) -> impl Iterator<Item = &Upload> {
        self.files().filter_map(|(_, file)| match file {
            SavedFile::New(upload) => Some(&**upload),
            SavedFile::Kept(_) => None,
        })
    }

    pub(super) fn uploads_mut(&mut self) -> impl Iterator<Item = (FilePart, &mut Upload)> {
        let files: &mut [_] = match self {
            Self::Encrypted { files, .. } => files,
            _ => &mut [],
        };
        files.iter_mut().filter_map(|(part, file)| match file {
            SavedFile::New(upload) => Some((*part, &mut **upload)),
            SavedFile::Kept(_) => None,
        })
    }
}

impl SavedData {
    fn new<R: TryCryptoRng + ?Sized>(
        json: &PrivateText,
        rng: &mut R,
    ) -> Result<Self, PrepareError> {
        let failed = |error: &dyn core::fmt::Display| PrepareError::Randomness(error.to_string());
        let secret = ValueSecret::generate(rng).map_err(|error| failed(&error))?;
        let padding = Padding::random(rng, json.as_bytes().len());
        let padding = padding.map_err(|error| failed(&error))?;
        let sealed =
            encrypt_data(json.as_bytes(), &padding, &secret).map_err(|error| failed(&error))?;
        Ok(Self {
            encrypted: sealed.bytes,
            hash: sealed.hash,
            secret,
        })
    }
}

impl SavedFile {
    fn is(&self, stored: &StoredFile) -> bool {
        match self {
            Self::New(upload) => upload.credentials() == stored.credentials(),
            Self::Kept(file) => {
                file.remote().id == stored.remote().id && file.credentials() == stored.credentials()
            }
        }
    }
}
