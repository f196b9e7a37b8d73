//! The credentials: what the user's client tells the service, and nobody else.
//!
//! Source: protocol reference, sections 7.1 to 7.4.

use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

use crate::element::ElementType;
use crate::error::{Check, OpenError};
use crate::file::FileCredentials;
use crate::hash::{DataHash, FileHash};
use crate::json::Json;
use crate::secret::ValueSecret;

/// The decrypted and verified JSON of the credentials, of which only the nonce may be looked at.
pub(crate) struct UncheckedCredentials<'a>(Json<'a>);

impl<'a> UncheckedCredentials<'a> {
    pub(crate) fn parse(json: &'a [u8]) -> Result<Self, OpenError> {
        let json = Json::parse(json).ok().filter(Json::is_object);
        json.map(Self)
            .ok_or_else(|| OpenError::at(Check::Json, "credentials.data"))
    }

    /// The nonce of a request of version 1.1.
    pub(crate) fn nonce(&self) -> Option<&str> {
        self.0.get("nonce")?.as_str()
    }

    /// The nonce of a request of version 1.0.
    pub(crate) fn payload(&self) -> Option<&str> {
        self.0.get("payload")?.as_str()
    }

    /// The rest, once the nonce was right.
    pub(crate) fn read(&self) -> Result<Credentials, OpenError> {
        let object = self.0.get("secure_data").filter(|data| data.is_object());
        let object = object.ok_or_else(|| malformed("secure_data"))?;
        let mut elements = Vec::new();
        for element in ElementType::ALL
            .into_iter()
            .filter(|element| !element.is_plain())
        {
            if let Some(value) = object.get(element.name()) {
                elements.push((element, secure_value(value, element)?));
            }
        }
        Ok(Credentials { elements })
    }
}

/// Secrets and hashes of everything that the service may open.
pub(crate) struct Credentials {
    elements: Vec<(ElementType, ElementCredentials)>,
}

impl Credentials {
    pub(crate) fn get(&self, element: ElementType) -> Option<&ElementCredentials> {
        self.elements
            .iter()
            .find(|(other, _)| *other == element)
            .map(|(_, value)| value)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (ElementType, &ElementCredentials)> {
        self.elements
            .iter()
            .map(|(element, value)| (*element, value))
    }
}

/// Those of one element. Source: section 7.3, SecureValue.
pub(crate) struct ElementCredentials {
    pub(crate) data: Option<DataCredentials>,
    pub(crate) front_side: Option<FileCredentials>,
    pub(crate) reverse_side: Option<FileCredentials>,
    pub(crate) selfie: Option<FileCredentials>,
    pub(crate) translation: Vec<FileCredentials>,
    pub(crate) files: Vec<FileCredentials>,
}

/// Those of a JSON document. Source: section 7.4.
pub(crate) struct DataCredentials {
    pub(crate) hash: DataHash,
    pub(crate) secret: ValueSecret,
}

fn secure_value(value: &Json<'_>, element: ElementType) -> Result<ElementCredentials, OpenError> {
    let at = |part: &str| format!("secure_data.{element}.{part}");
    if !value.is_object() {
        return Err(malformed(&format!("secure_data.{element}")));
    }
    let data = value
        .get("data")
        .map(|json| data(json).map_err(|check| refused(check, &at("data"))));
    let one = |name: &str| {
        let json = value.get(name);
        json.map(|json| file(json).map_err(|check| refused(check, &at(name))))
            .transpose()
    };
    let many = |name: &str| {
        let Some(json) = value.get(name) else {
            return Ok(Vec::new());
        };
        let items = json.as_array().ok_or_else(|| malformed(&at(name)))?;
        let item = |(index, json)| {
            file(json).map_err(|check| refused(check, &at(&format!("{name}[{index}]"))))
        };
        items.iter().enumerate().map(item).collect()
    };
    Ok(ElementCredentials {
        data: data.transpose()?,
        front_side: one("front_side")?,
        reverse_side: one("reverse_side")?,
        selfie: one("selfie")?,
        translation: many("translation")?,
        files: many("files")?,
    })
}

fn data(json: &Json<'_>) -> Result<DataCredentials, Check> {
    let hash = bytes(json, "data_hash")?;
    Ok(DataCredentials {
        hash: DataHash::from_slice(hash.as_slice()).map_err(|_| Check::Encoding)?,
        secret: secret(json)?,
    })
}

fn file(json: &Json<'_>) -> Result<FileCredentials, Check> {
    let hash = bytes(json, "file_hash")?;
    let hash = FileHash::from_slice(hash.as_slice()).map_err(|_| Check::Encoding)?;
    Ok(FileCredentials::new(hash, secret(json)?))
}

fn secret(json: &Json<'_>) -> Result<ValueSecret, Check> {
    let secret = bytes(json, "secret")?;
    // It has 32 bytes.
    ValueSecret::from_slice(secret.as_slice()).map_err(|_| Check::Checksum)
}

/// 32 bytes in base64.
fn bytes(json: &Json<'_>, key: &str) -> Result<Zeroizing<[u8; 32]>, Check> {
    let text = json.get(key).and_then(Json::as_str).ok_or(Check::Json)?;
    let mut bytes = Zeroizing::new([0; 32]);
    let decoded = Base64::decode(text, bytes.as_mut_slice()).map_err(|_| Check::Encoding)?;
    if decoded.len() == 32 {
        Ok(bytes)
    } else {
        Err(Check::Encoding)
    }
}

fn malformed(place: &str) -> OpenError {
    refused(Check::Json, place)
}

fn refused(check: Check, place: &str) -> OpenError {
    OpenError::at(check, format!("credentials.{place}"))
}
