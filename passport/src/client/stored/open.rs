//! From the server's answer to a value that may be used.

use telegram_passport_tl::{enums, types};

use super::{
    StoredAddressDocument, StoredContent, StoredData, StoredError, StoredFile,
    StoredIdentityDocument, StoredProblem, StoredValue,
};
use crate::cipher;
use crate::client::Unlocked;
use crate::document::{
    DocumentError, EmailAddress, IdDocumentData, PersonalDetails, PhoneNumber, PrivateText,
    ResidentialAddress,
};
use crate::element::ElementType;
use crate::error::{Check, OpenError};
use crate::file::FileCredentials;
use crate::file::mtproto::RemoteFile;
use crate::hash::{DataHash, FileHash};
use crate::secret::ValueSecret;
use crate::submission::{FilePart, Part};
use crate::wrap::{PartHash, unwrap_value_secret};

impl StoredValue {
    /// Opens a value that the server has sent: decrypts its document, checks everything that can be
    /// checked without fetching files.
    ///
    /// What other clients write is taken as they mean it: an empty `secureData` and
    /// `secureFileEmpty` are parts that are not there.
    ///
    /// # Errors
    ///
    /// [`StoredError`], with the part that is to blame.
    ///
    /// ```
    /// use telegram_passport::client::{StoredValue, Unlocked};
    /// use telegram_passport::secret::PassportSecret;
    /// use telegram_passport::tl::{enums, types};
    ///
    /// # let unlocked = Unlocked::with_secret(PassportSecret::generate(&mut getrandom::SysRng)?);
    /// # let email = String::from("anna@example.org");
    /// # let value = types::SecureValue {
    /// #     r#type: enums::SecureValueType::Email,
    /// #     data: None, front_side: None, reverse_side: None, selfie: None, translation: None,
    /// #     files: None, plain_data: Some(types::SecurePlainEmail { email }.into()),
    /// #     hash: vec![1, 2, 3],
    /// # };
    /// // `value` is of the answer to `account.getSecureValue`.
    /// let stored = StoredValue::open(value, &unlocked)?;
    /// assert_eq!(stored.email().map(|email| email.as_str()), Some("anna@example.org"));
    /// assert_eq!(stored.hash(), [1, 2, 3]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Source: protocol reference, sections 6 and 8.9.
    pub fn open(value: types::SecureValue, unlocked: &Unlocked) -> Result<Self, StoredError> {
        let element = ElementType::from(&value.r#type);
        let reading = Reading { element, unlocked };
        reading.refuse_unexpected(&value)?;
        let types::SecureValue {
            data,
            front_side,
            reverse_side,
            selfie,
            translation,
            files,
            plain_data,
            hash,
            ..
        } = value;
        let content = match element {
            ElementType::PersonalDetails => {
                StoredContent::PersonalDetails(reading.data(data, PersonalDetails::from_json)?)
            }
            ElementType::Address => {
                StoredContent::Address(reading.data(data, ResidentialAddress::from_json)?)
            }
            ElementType::PhoneNumber | ElementType::Email => reading.plain(plain_data)?,
            _ if element.is_identity_document() => {
                let reverse_side = match element.has_reverse_side() {
                    true => Some(reading.required(FilePart::ReverseSide, reverse_side)?),
                    false => None,
                };
                StoredContent::IdentityDocument(Box::new(StoredIdentityDocument {
                    data: reading.data(data, IdDocumentData::from_json)?,
                    front_side: reading.required(FilePart::FrontSide, front_side)?,
                    reverse_side,
                    selfie: reading.optional(FilePart::Selfie, selfie)?,
                    translation: reading.list(FilePart::Translation, translation)?,
                }))
            }
            _ => {
                let files = reading.list(FilePart::Files, files)?;
                if files.is_empty() {
                    return Err(reading.error(FilePart::Files(0), StoredProblem::Missing));
                }
                StoredContent::AddressDocument(StoredAddressDocument {
                    files,
                    translation: reading.list(FilePart::Translation, translation)?,
                })
            }
        };
        Ok(Self {
            element,
            hash,
            secret_id: unlocked.secret_id(),
            content,
        })
    }
}

/// One value while it is opened.
struct Reading<'a> {
    element: ElementType,
    unlocked: &'a Unlocked,
}

impl Reading<'_> {
    /// Refuses parts that the table of section 6 does not give to this kind.
    fn refuse_unexpected(&self, value: &types::SecureValue) -> Result<(), StoredError> {
        let kind = self.element;
        let single = |file: &Option<enums::SecureFile>| file.as_ref().is_some_and(is_there);
        let list = |files: &Option<Vec<_>>| files.iter().flatten().any(is_there);
        let parts = [
            (kind.has_data(), Part::Data, has_data(&value.data)),
            (
                kind.has_front_side(),
                Part::File(FilePart::FrontSide),
                single(&value.front_side),
            ),
            (
                kind.has_reverse_side(),
                Part::File(FilePart::ReverseSide),
                single(&value.reverse_side),
            ),
            (
                kind.may_have_selfie(),
                Part::File(FilePart::Selfie),
                single(&value.selfie),
            ),
            (
                kind.may_have_translation(),
                Part::File(FilePart::Translation(0)),
                list(&value.translation),
            ),
            (
                kind.has_files(),
                Part::File(FilePart::Files(0)),
                list(&value.files),
            ),
        ];
        let mut unexpected = parts.iter().filter(|(has, _, there)| *there && !*has);
        if let Some((_, part, _)) = unexpected.next() {
            let problem = StoredProblem::Unexpected;
            return Err(StoredError::new(kind, *part, problem));
        }
        if value.plain_data.is_some() && !kind.is_plain() {
            return Err(StoredError::new(kind, None, StoredProblem::Unexpected));
        }
        Ok(())
    }

    fn data<D>(
        &self,
        data: Option<enums::SecureData>,
        read: impl FnOnce(&[u8]) -> Result<D, DocumentError>,
    ) -> Result<StoredData<D>, StoredError> {
        let fail = |problem| StoredError::new(self.element, Part::Data, problem);
        if !has_data(&data) {
            return Err(fail(StoredProblem::Missing));
        }
        let data = data.ok_or_else(|| fail(StoredProblem::Missing))?;
        let data = data.into_inner();
        let hash = DataHash::from_slice(&data.data_hash).map_err(|_| fail(StoredProblem::Hash))?;
        let secret = self
            .secret(&hash, &data.secret)
            .ok_or_else(|| fail(StoredProblem::Secret))?;
        let plaintext = cipher::decrypt_data(&secret, &hash, data.data)
            .map_err(|error| fail(StoredProblem::Open(error)))?;
        let document = read(plaintext.as_bytes());
        let document = document.map_err(|error| fail(StoredProblem::Document(error)))?;
        // What was read as a document is UTF-8.
        let json = core::str::from_utf8(plaintext.as_bytes())
            .map_err(|_| fail(StoredProblem::Open(OpenError::new(Check::Json))))?;
        Ok(StoredData {
            document,
            json: PrivateText::from(json),
            hash,
            secret,
        })
    }

    fn plain(&self, plain: Option<enums::SecurePlainData>) -> Result<StoredContent, StoredError> {
        use enums::SecurePlainData as Plain;

        let fail = |problem| Err(StoredError::new(self.element, None, problem));
        match (self.element, plain) {
            (ElementType::PhoneNumber, Some(Plain::SecurePlainPhone(plain))) => {
                match plain.phone.is_empty() {
                    true => fail(StoredProblem::Missing),
                    false => Ok(StoredContent::PhoneNumber(PhoneNumber::new(plain.phone))),
                }
            }
            (ElementType::Email, Some(Plain::SecurePlainEmail(plain))) => {
                match plain.email.is_empty() {
                    true => fail(StoredProblem::Missing),
                    false => Ok(StoredContent::Email(EmailAddress::new(plain.email))),
                }
            }
            (_, Some(_)) => fail(StoredProblem::OtherPlainData),
            (_, None) => fail(StoredProblem::Missing),
        }
    }

    fn required(
        &self,
        part: FilePart,
        file: Option<enums::SecureFile>,
    ) -> Result<StoredFile, StoredError> {
        let file = self.optional(part, file)?;
        file.ok_or_else(|| self.error(part, StoredProblem::Missing))
    }

    fn optional(
        &self,
        part: FilePart,
        file: Option<enums::SecureFile>,
    ) -> Result<Option<StoredFile>, StoredError> {
        match file {
            Some(enums::SecureFile::File(file)) => self.file(part, &file).map(Some),
            Some(enums::SecureFile::Empty) | None => Ok(None),
        }
    }

    /// Files that the server has lost are left out. So does the Bot API, and so do the credentials,
    /// which pair with the files by their places.
    fn list(
        &self,
        part: fn(usize) -> FilePart,
        files: Option<Vec<enums::SecureFile>>,
    ) -> Result<Vec<StoredFile>, StoredError> {
        let files = files.into_iter().flatten().enumerate();
        files
            .filter_map(|(at, file)| self.optional(part(at), Some(file)).transpose())
            .collect()
    }

    fn file(&self, part: FilePart, file: &types::SecureFile) -> Result<StoredFile, StoredError> {
        let hash = FileHash::from_slice(&file.file_hash)
            .map_err(|_| self.error(part, StoredProblem::Hash))?;
        let secret = self.secret(&hash, &file.secret);
        let secret = secret.ok_or_else(|| self.error(part, StoredProblem::Secret))?;
        Ok(StoredFile::new(
            RemoteFile::from(file),
            FileCredentials::new(hash, secret),
            self.unlocked.secret_id(),
        ))
    }

    fn secret(&self, hash: &impl PartHash, encrypted: &[u8]) -> Option<ValueSecret> {
        unwrap_value_secret(self.unlocked.passport_secret(), hash, encrypted).ok()
    }

    fn error(&self, part: FilePart, problem: StoredProblem) -> StoredError {
        StoredError::new(self.element, Part::File(part), problem)
    }
}

/// TDLib writes an empty document where a type has none.
fn has_data(data: &Option<enums::SecureData>) -> bool {
    data.as_ref()
        .is_some_and(|data| !(data.data.is_empty() && data.data_hash.is_empty()))
}

fn is_there(file: &enums::SecureFile) -> bool {
    matches!(file, enums::SecureFile::File(_))
}
