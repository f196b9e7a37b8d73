//! The errors of `setPassportDataErrors`, from JSON to TL.
//!
//! Source: protocol reference, sections 11.1 and 11.3.

use base64ct::{Base64, Encoding};
use serde_json::Value;
use telegram_passport_tl::{enums, types};

use crate::element::ElementType;

/// The user and the errors, or what the Bot API says is wrong.
pub(super) fn read(body: &str) -> Result<(i64, Vec<enums::SecureValueError>), String> {
    let body: Value = serde_json::from_str(body).map_err(|_| "can't parse the body".to_owned())?;
    let user_id = body.get("user_id").and_then(Value::as_i64);
    let user_id = user_id.ok_or("user_id isn't an integer")?;
    let errors = body.get("errors").and_then(Value::as_array);
    let errors = errors.ok_or("errors isn't an array")?;
    let errors = errors.iter().map(|it| {
        let error = Error {
            object: it,
            element: element(it)?,
            text: text(it, "message").ok_or("message isn't a string")?,
        };
        error.read()
    });
    let errors: Result<Vec<_>, String> = errors.collect();
    let errors = errors.map_err(|it| format!("Can't parse PassportElementError: {it}"))?;
    Ok((user_id, errors))
}

struct Error<'a> {
    object: &'a Value,
    element: ElementType,
    text: &'a str,
}

impl Error<'_> {
    fn read(&self) -> Result<enums::SecureValueError, String> {
        let (r#type, text) = (self.element.into(), self.text.to_owned());
        let file_hash = || self.hash("file_hash");
        Ok(
            match self::text(self.object, "source").unwrap_or_default() {
                "" | "unspecified" => {
                    let hash = self.hash("element_hash")?;
                    types::SecureValueError { r#type, hash, text }.into()
                }
                "data" => types::SecureValueErrorData {
                    r#type,
                    data_hash: self.hash("data_hash")?,
                    field: self::text(self.object, "field_name")
                        .ok_or("field_name isn't a string")?
                        .to_owned(),
                    text,
                }
                .into(),
                "front_side" => {
                    let file_hash = file_hash()?;
                    types::SecureValueErrorFrontSide {
                        r#type,
                        file_hash,
                        text,
                    }
                    .into()
                }
                "reverse_side" => {
                    let file_hash = file_hash()?;
                    types::SecureValueErrorReverseSide {
                        r#type,
                        file_hash,
                        text,
                    }
                    .into()
                }
                "selfie" => {
                    let file_hash = file_hash()?;
                    types::SecureValueErrorSelfie {
                        r#type,
                        file_hash,
                        text,
                    }
                    .into()
                }
                "file" => {
                    let file_hash = file_hash()?;
                    types::SecureValueErrorFile {
                        r#type,
                        file_hash,
                        text,
                    }
                    .into()
                }
                "translation_file" => {
                    let file_hash = file_hash()?;
                    types::SecureValueErrorTranslationFile {
                        r#type,
                        file_hash,
                        text,
                    }
                    .into()
                }
                "files" => {
                    let file_hash = self.hashes()?;
                    types::SecureValueErrorFiles {
                        r#type,
                        file_hash,
                        text,
                    }
                    .into()
                }
                "translation_files" => {
                    let file_hash = self.hashes()?;
                    types::SecureValueErrorTranslationFiles {
                        r#type,
                        file_hash,
                        text,
                    }
                    .into()
                }
                _ => return Err("wrong source specified".to_owned()),
            },
        )
    }

    fn hash(&self, name: &str) -> Result<Vec<u8>, String> {
        let hash = text(self.object, name).ok_or_else(|| format!("{name} isn't a string"))?;
        decode(hash)
    }

    fn hashes(&self) -> Result<Vec<Vec<u8>>, String> {
        let hashes = self.object.get("file_hashes").and_then(Value::as_array);
        let hashes = hashes.filter(|it| !it.is_empty());
        let hashes = hashes.ok_or("file_hashes isn't an array of hashes")?;
        let hash = |it: &Value| decode(it.as_str().ok_or("file_hashes holds no strings")?);
        hashes.iter().map(hash).collect()
    }
}

fn element(error: &Value) -> Result<ElementType, String> {
    if !error.is_object() {
        return Err("expected an object".to_owned());
    }
    let name = text(error, "type").ok_or("type isn't a string")?;
    let element = ElementType::from_name(name);
    Ok(element.ok_or("wrong type specified")?)
}

fn text<'a>(object: &'a Value, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str()
}

fn decode(hash: &str) -> Result<Vec<u8>, String> {
    let hash = Base64::decode_vec(hash);
    hash.map_err(|_| "hash isn't a valid base64-encoded string".to_owned())
}
