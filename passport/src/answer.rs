//! Asking again: errors about what was submitted.
//!
//! An [`ElementError`] is made by the very part that it blames, such as
//! `passport.front_side()?.error("too dark")`, so its hash is always right and only what exists can
//! be blamed. It goes out as JSON for the Bot API or as TL for MTProto. The user cannot submit again
//! before all errors are resolved.
//!
//! Source: protocol reference, section 11 (element errors).

use core::fmt;

use serde_json::{Map, Value, json};
use telegram_passport_tl::{enums, functions, types};

use crate::container::ElementHash;
use crate::element::ElementType;
use crate::hash::{DataHash, FileHash};

/// What is wrong with an element, in words for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementError {
    element: ElementType,
    source: Source,
    message: String,
}

/// The nine kinds, with what names the blamed part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Data { field: &'static str, hash: DataHash },
    FrontSide(FileHash),
    ReverseSide(FileHash),
    Selfie(FileHash),
    File(FileHash),
    Files(Vec<FileHash>),
    TranslationFile(FileHash),
    TranslationFiles(Vec<FileHash>),
    Unspecified(ElementHash),
}

impl ElementError {
    pub(crate) fn new(element: ElementType, source: Source, message: impl Into<String>) -> Self {
        Self {
            element,
            source,
            message: message.into(),
        }
    }

    /// The kind of the element that is blamed.
    #[must_use]
    pub fn element_type(&self) -> ElementType {
        self.element
    }

    /// What the user reads.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The `PassportElementError` of the Bot API.
    #[must_use]
    pub fn to_bot_api(&self) -> Value {
        let mut object = Map::new();
        let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
        put("source", self.source.name().into());
        put("type", self.element.name().into());
        put("message", self.message.as_str().into());
        match &self.source {
            Source::Data { field, hash } => {
                put("field_name", (*field).into());
                put("data_hash", hash.to_base64().into());
            }
            Source::FrontSide(hash)
            | Source::ReverseSide(hash)
            | Source::Selfie(hash)
            | Source::File(hash)
            | Source::TranslationFile(hash) => {
                put("file_hash", hash.to_base64().into());
            }
            Source::Files(hashes) | Source::TranslationFiles(hashes) => {
                let hashes: Vec<_> = hashes.iter().map(FileHash::to_base64).collect();
                put("file_hashes", hashes.into());
            }
            Source::Unspecified(hash) => {
                put("element_hash", hash.to_text().into());
            }
        }
        Value::Object(object)
    }

    /// The `SecureValueError` of TL.
    ///
    /// # Errors
    ///
    /// [`ElementHashError`] if the error is about a whole element that came through the Bot API with
    /// a hash that is not base64.
    pub fn to_tl(&self) -> Result<enums::SecureValueError, ElementHashError> {
        let r#type = enums::SecureValueType::from(self.element);
        let text = self.message.clone();
        let raw = |hash: &FileHash| hash.as_bytes().to_vec();
        let all = |hashes: &[FileHash]| hashes.iter().map(raw).collect();
        Ok(match &self.source {
            Source::Data { field, hash } => types::SecureValueErrorData {
                r#type,
                data_hash: hash.as_bytes().to_vec(),
                field: (*field).to_owned(),
                text,
            }
            .into(),
            Source::FrontSide(hash) => types::SecureValueErrorFrontSide {
                r#type,
                file_hash: raw(hash),
                text,
            }
            .into(),
            Source::ReverseSide(hash) => types::SecureValueErrorReverseSide {
                r#type,
                file_hash: raw(hash),
                text,
            }
            .into(),
            Source::Selfie(hash) => types::SecureValueErrorSelfie {
                r#type,
                file_hash: raw(hash),
                text,
            }
            .into(),
            Source::File(hash) => types::SecureValueErrorFile {
                r#type,
                file_hash: raw(hash),
                text,
            }
            .into(),
            Source::Files(hashes) => types::SecureValueErrorFiles {
                r#type,
                file_hash: all(hashes),
                text,
            }
            .into(),
            Source::TranslationFile(hash) => types::SecureValueErrorTranslationFile {
                r#type,
                file_hash: raw(hash),
                text,
            }
            .into(),
            Source::TranslationFiles(hashes) => {
                let file_hash = all(hashes);
                types::SecureValueErrorTranslationFiles {
                    r#type,
                    file_hash,
                    text,
                }
                .into()
            }
            Source::Unspecified(hash) => {
                let hash = hash.to_bytes().ok_or(ElementHashError)?;
                types::SecureValueError { r#type, hash, text }.into()
            }
        })
    }
}

impl Source {
    const fn name(&self) -> &'static str {
        match self {
            Self::Data { .. } => "data",
            Self::FrontSide(_) => "front_side",
            Self::ReverseSide(_) => "reverse_side",
            Self::Selfie(_) => "selfie",
            Self::File(_) => "file",
            Self::Files(_) => "files",
            Self::TranslationFile(_) => "translation_file",
            Self::TranslationFiles(_) => "translation_files",
            Self::Unspecified(_) => "unspecified",
        }
    }
}

/// The body of the Bot API method `setPassportDataErrors`, as JSON text.
///
/// ```
/// let body = telegram_passport::answer::set_passport_data_errors(7, &[]);
/// assert_eq!(body, r#"{"errors":[],"user_id":7}"#);
/// ```
#[must_use]
pub fn set_passport_data_errors(user_id: i64, errors: &[ElementError]) -> String {
    let errors: Vec<_> = errors.iter().map(ElementError::to_bot_api).collect();
    json!({ "user_id": user_id, "errors": errors }).to_string()
}

/// The MTProto method `users.setSecureValueErrors`.
///
/// # Errors
///
/// As [`ElementError::to_tl`].
pub fn set_secure_value_errors(
    id: enums::InputUser,
    errors: &[ElementError],
) -> Result<functions::users::SetSecureValueErrors, ElementHashError> {
    let errors = errors
        .iter()
        .map(ElementError::to_tl)
        .collect::<Result<_, _>>()?;
    Ok(functions::users::SetSecureValueErrors { id, errors })
}

/// The hash of an element, as the Bot API gave it, is not base64, so TL cannot carry it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ElementHashError;

impl fmt::Display for ElementHashError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the hash of the element is not base64; send this error through the Bot API")
    }
}

impl std::error::Error for ElementHashError {}
