//! What a service receives: encrypted credentials and encrypted elements.
//!
//! It comes through one of two doors, [`bot_api`](crate::bot_api) as JSON or
//! [`mtproto`](crate::mtproto) as TL; behind them everything is the same. Nothing here has been
//! verified: all of it was chosen by the sender or by Telegram's server.

mod error;

pub use self::error::{ContainerError, Problem};

use core::fmt;

use base64ct::{Base64, Encoding};

use crate::element::ElementType;
use crate::hash::{CredentialsHash, DataHash, FileHash};
use crate::location::FileLocation;

/// A submission as it was received, still encrypted.
///
/// Open it with [`open`](Self::open).
#[derive(Clone)]
pub struct PassportData {
    pub(crate) credentials: EncryptedCredentials,
    pub(crate) elements: Vec<EncryptedElement>,
}

impl PassportData {
    /// The kinds of its elements, in the order in which they came.
    pub fn element_types(&self) -> impl Iterator<Item = &ElementName> {
        self.elements.iter().map(|element| &element.name)
    }
}

impl fmt::Debug for PassportData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PassportData")?;
        f.debug_list().entries(self.element_types()).finish()
    }
}

/// The kind of an element, as it was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ElementName {
    /// One of the 13 kinds.
    Known(ElementType),
    /// A kind that this version does not know. Telegram adds some over time.
    Other(String),
}

/// The hash of a whole element, made by Telegram's server in an unpublished way: opaque, never
/// verified, and returned unchanged in an error about the element.
///
/// Source: protocol reference, section 8.6 (value hash).
#[derive(Clone, PartialEq, Eq)]
pub struct ElementHash(ElementHashForm);

#[derive(Clone, PartialEq, Eq)]
enum ElementHashForm {
    /// As the Bot API gave it. It should be base64, but is not decoded until it must be.
    Text(String),
    /// As MTProto gave it.
    Raw(Vec<u8>),
}

impl ElementHash {
    pub(crate) fn from_text(text: &str) -> Self {
        Self(ElementHashForm::Text(text.to_owned()))
    }

    pub(crate) fn from_raw(bytes: &[u8]) -> Self {
        Self(ElementHashForm::Raw(bytes.to_vec()))
    }

    /// As the Bot API wants it: the text that it gave, or base64.
    #[must_use]
    pub fn to_text(&self) -> String {
        match &self.0 {
            ElementHashForm::Text(text) => text.clone(),
            ElementHashForm::Raw(bytes) => Base64::encode_string(bytes),
        }
    }

    /// As MTProto wants it: raw bytes, or nothing if the Bot API's text is not base64.
    #[must_use]
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        match &self.0 {
            ElementHashForm::Text(text) => Base64::decode_vec(text).ok(),
            ElementHashForm::Raw(bytes) => Some(bytes.clone()),
        }
    }
}

impl fmt::Debug for ElementHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ElementHash({:?})", self.to_text())
    }
}

/// The encrypted credentials. Source: section 12, EncryptedCredentials.
#[derive(Clone)]
pub(crate) struct EncryptedCredentials {
    pub(crate) data: Vec<u8>,
    pub(crate) hash: CredentialsHash,
    pub(crate) secret: Vec<u8>,
}

/// One element, encrypted. Source: section 12, EncryptedPassportElement.
#[derive(Clone)]
pub(crate) struct EncryptedElement {
    pub(crate) name: ElementName,
    pub(crate) hash: ElementHash,
    pub(crate) data: Option<EncryptedData>,
    pub(crate) front_side: Option<EncryptedFile>,
    pub(crate) reverse_side: Option<EncryptedFile>,
    pub(crate) selfie: Option<EncryptedFile>,
    /// Files that were sent as empty are `None`, so that the others keep their places.
    pub(crate) translation: Vec<Option<EncryptedFile>>,
    pub(crate) files: Vec<Option<EncryptedFile>>,
    pub(crate) phone_number: Option<String>,
    pub(crate) email: Option<String>,
}

impl EncryptedElement {
    /// An element without anything in it.
    pub(crate) fn new(name: ElementName) -> Self {
        Self {
            name,
            hash: ElementHash::from_raw(&[]),
            data: None,
            front_side: None,
            reverse_side: None,
            selfie: None,
            translation: Vec::new(),
            files: Vec::new(),
            phone_number: None,
            email: None,
        }
    }
}

#[derive(Clone)]
pub(crate) struct EncryptedData {
    pub(crate) bytes: Vec<u8>,
    /// Over MTProto only.
    pub(crate) hash: Option<DataHash>,
}

#[derive(Clone)]
pub(crate) struct EncryptedFile {
    pub(crate) location: FileLocation,
    /// Over MTProto only.
    pub(crate) hash: Option<FileHash>,
}
