//! The door for services that use the Bot API: JSON in.
//!
//! Works beside any Bot API library: give it the raw JSON of an update, a message or its
//! `passport_data`. Unknown fields are ignored and unknown element types kept as such, since
//! Telegram adds both over time. What goes out as JSON is in [`answer`](crate::answer).
//!
//! Source: protocol reference, section 12 (Bot API JSON container).

use core::fmt;

use base64ct::{Base64, Encoding};
use serde_json::Value;

use crate::container::{
    ContainerError, ElementHash, ElementName, EncryptedCredentials, EncryptedData,
    EncryptedElement, EncryptedFile, PassportData, Problem,
};
use crate::element::ElementType;
use crate::hash::CredentialsHash;
use crate::json::{Json, JsonError};
use crate::location::{BotApiFile, FileLocation};

/// A submission with the account that sent it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Incoming {
    /// The id of the sender, `message.from.id`. The nonce must be one that this user was given.
    pub user_id: i64,
    /// What was sent.
    pub passport_data: PassportData,
}

/// Reads an update. `None` if it is sound but carries no `message.passport_data`: an ordinary
/// update, for somebody else to handle.
///
/// # Errors
///
/// [`ContainerError`] with the path of the field that is wrong. JSON of more than 4 MiB, of more
/// than 65 536 values, nested more than 128 deep, or with a key twice in one object is refused.
///
/// ```
/// let update = br#"{"update_id":1,"message":{"message_id":2,"text":"hello"}}"#;
/// assert!(telegram_passport::bot_api::read_update(update.as_slice())?.is_none());
///
/// let update = br#"{"message":{"from":{"id":7},"passport_data":{"data":[]}}}"#;
/// let error = telegram_passport::bot_api::read_update(update.as_slice()).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "message.passport_data.credentials: the field is missing",
/// );
/// # Ok::<(), telegram_passport::ContainerError>(())
/// ```
pub fn read_update(update: impl JsonInput) -> Result<Option<Incoming>, ContainerError> {
    let private::Parsed(json) = update.tree()?;
    let root = Place::root(&json).object()?;
    match root.optional("message") {
        Some(message) => incoming(message),
        None => Ok(None),
    }
}

/// Reads a message. `None` if it is sound but carries no `passport_data`.
///
/// # Errors
///
/// As [`read_update`].
pub fn read_message(message: impl JsonInput) -> Result<Option<Incoming>, ContainerError> {
    incoming(Place::root(&message.tree()?.0))
}

/// Reads a `passport_data` alone. Who sent it must be known from elsewhere.
///
/// # Errors
///
/// As [`read_update`].
pub fn read_passport_data(passport_data: impl JsonInput) -> Result<PassportData, ContainerError> {
    container(Place::root(&passport_data.tree()?.0))
}

/// JSON as bytes, as text, or as a tree that was read already.
///
/// A tree has lost what its reader made of keys that occur twice; prefer bytes or text.
pub trait JsonInput: private::Tree {}

impl JsonInput for &[u8] {}
impl JsonInput for &Vec<u8> {}
impl JsonInput for &str {}
impl JsonInput for &String {}
impl JsonInput for &Value {}

fn incoming(message: Place<'_, '_>) -> Result<Option<Incoming>, ContainerError> {
    let message = message.object()?;
    let Some(passport_data) = message.optional("passport_data") else {
        return Ok(None);
    };
    let passport_data = container(passport_data)?;
    let from = message.required("from")?.object()?;
    let user_id = from.required("id")?;
    let user_id = user_id
        .json
        .as_i64()
        .ok_or_else(|| user_id.expected("an integer"))?;
    Ok(Some(Incoming {
        user_id,
        passport_data,
    }))
}

fn container(place: Place<'_, '_>) -> Result<PassportData, ContainerError> {
    let place = place.object()?;
    let credentials = place.required("credentials")?.object()?;
    let hash = credentials.required("hash")?;
    let credentials = EncryptedCredentials {
        data: credentials.required("data")?.base64()?,
        hash: CredentialsHash::from_slice(&hash.base64()?)
            .map_err(|_| ContainerError::new(Problem::HashLength, hash))?,
        secret: credentials.required("secret")?.base64()?,
    };
    let list = place.required("data")?;
    let mut elements: Vec<EncryptedElement> = Vec::new();
    for item in list.items()? {
        let element = element(item.place(&list))?;
        let known = matches!(element.name, ElementName::Known(_));
        if known && elements.iter().any(|other| other.name == element.name) {
            return Err(ContainerError::new(Problem::Twice, item.place(&list)));
        }
        elements.push(element);
    }
    Ok(PassportData {
        credentials,
        elements,
    })
}

fn element(place: Place<'_, '_>) -> Result<EncryptedElement, ContainerError> {
    let place = place.object()?;
    let name = place.required("type")?.text()?;
    let name = match ElementType::from_name(name) {
        Some(element) => ElementName::Known(element),
        None => ElementName::Other(name.to_owned()),
    };
    let mut element = EncryptedElement::new(name);
    if let ElementName::Other(_) = element.name {
        // Its parts may be of kinds that are not known either.
        return Ok(element);
    }
    if let Some(hash) = place.optional("hash") {
        element.hash = ElementHash::from_text(hash.text()?);
    }
    if let Some(data) = place.optional("data") {
        element.data = Some(EncryptedData {
            bytes: data.base64()?,
            hash: None,
        });
    }
    element.front_side = place.optional("front_side").map(file).transpose()?;
    element.reverse_side = place.optional("reverse_side").map(file).transpose()?;
    element.selfie = place.optional("selfie").map(file).transpose()?;
    for (name, list) in [
        ("translation", &mut element.translation),
        ("files", &mut element.files),
    ] {
        let Some(place) = place.optional(name) else {
            continue;
        };
        for item in place.items()? {
            list.push(Some(file(item.place(&place))?));
        }
    }
    for (name, text) in [
        ("phone_number", &mut element.phone_number),
        ("email", &mut element.email),
    ] {
        *text = place
            .optional(name)
            .map(|place| place.text())
            .transpose()?
            .map(Into::into);
    }
    Ok(element)
}

fn file(place: Place<'_, '_>) -> Result<EncryptedFile, ContainerError> {
    let place = place.object()?;
    let number = |name| place.optional(name).and_then(|place| place.json.as_i64());
    let unique = place.optional("file_unique_id");
    let location = FileLocation::BotApi(BotApiFile {
        file_id: place.required("file_id")?.text()?.to_owned(),
        file_unique_id: unique
            .map(|place| place.text())
            .transpose()?
            .map(Into::into),
        // Old data has nonsense here; nothing depends on it.
        file_size: number("file_size").and_then(|size| size.try_into().ok()),
        file_date: number("file_date"),
    });
    Ok(EncryptedFile {
        location,
        hash: None,
    })
}

/// A value with the path that leads to it.
#[derive(Clone, Copy)]
struct Place<'a, 'p> {
    json: &'a Json<'a>,
    parent: Option<&'p Place<'a, 'p>>,
    name: Name<'a>,
}

#[derive(Clone, Copy)]
enum Name<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

/// An item of a list, not yet tied to its place.
#[derive(Clone, Copy)]
struct Item<'a> {
    json: &'a Json<'a>,
    index: usize,
}

impl<'a> Item<'a> {
    fn place<'p>(self, list: &'p Place<'a, 'p>) -> Place<'a, 'p> {
        Place {
            json: self.json,
            parent: Some(list),
            name: Name::Index(self.index),
        }
    }
}

impl<'a, 'p> Place<'a, 'p> {
    fn root(json: &'a Json<'a>) -> Self {
        Self {
            json,
            parent: None,
            name: Name::Root,
        }
    }

    fn object(self) -> Result<Self, ContainerError> {
        if self.json.is_object() {
            Ok(self)
        } else {
            Err(self.expected("an object"))
        }
    }

    fn optional<'q>(&'q self, key: &'a str) -> Option<Place<'a, 'q>>
    where
        'p: 'q,
    {
        let json = self.json.get(key)?;
        Some(Place {
            json,
            parent: Some(self),
            name: Name::Key(key),
        })
    }

    fn required<'q>(&'q self, key: &'a str) -> Result<Place<'a, 'q>, ContainerError>
    where
        'p: 'q,
    {
        self.optional(key).ok_or_else(|| {
            let place = Place {
                json: self.json,
                parent: Some(self),
                name: Name::Key(key),
            };
            ContainerError::new(Problem::Missing, place)
        })
    }

    fn items(&self) -> Result<impl Iterator<Item = Item<'a>> + use<'a>, ContainerError> {
        let items = self
            .json
            .as_array()
            .ok_or_else(|| self.expected("an array"))?;
        Ok(items
            .iter()
            .enumerate()
            .map(|(index, json)| Item { json, index }))
    }

    fn text(&self) -> Result<&'a str, ContainerError> {
        self.json.as_str().ok_or_else(|| self.expected("a string"))
    }

    fn base64(&self) -> Result<Vec<u8>, ContainerError> {
        Base64::decode_vec(self.text()?).map_err(|_| ContainerError::new(Problem::Base64, self))
    }

    fn expected(&self, kind: &'static str) -> ContainerError {
        ContainerError::new(Problem::Expected(kind), self)
    }
}

impl fmt::Display for Place<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(parent) = self.parent else {
            return Ok(());
        };
        parent.fmt(f)?;
        match self.name {
            Name::Root => Ok(()),
            Name::Key(key) if parent.parent.is_none() => f.write_str(key),
            Name::Key(key) => write!(f, ".{key}"),
            Name::Index(index) => write!(f, "[{index}]"),
        }
    }
}

mod private {
    use super::*;

    /// JSON that was read, for this module alone.
    pub struct Parsed<'a>(pub(super) Json<'a>);

    pub trait Tree {
        fn tree<'a>(self) -> Result<Parsed<'a>, ContainerError>
        where
            Self: 'a;
    }

    impl Tree for &[u8] {
        fn tree<'a>(self) -> Result<Parsed<'a>, ContainerError>
        where
            Self: 'a,
        {
            Json::parse(self).map(Parsed).map_err(refused)
        }
    }

    impl Tree for &Vec<u8> {
        fn tree<'a>(self) -> Result<Parsed<'a>, ContainerError>
        where
            Self: 'a,
        {
            self.as_slice().tree()
        }
    }

    impl Tree for &str {
        fn tree<'a>(self) -> Result<Parsed<'a>, ContainerError>
        where
            Self: 'a,
        {
            self.as_bytes().tree()
        }
    }

    impl Tree for &String {
        fn tree<'a>(self) -> Result<Parsed<'a>, ContainerError>
        where
            Self: 'a,
        {
            self.as_bytes().tree()
        }
    }

    impl Tree for &Value {
        fn tree<'a>(self) -> Result<Parsed<'a>, ContainerError>
        where
            Self: 'a,
        {
            Json::from_value(self).map(Parsed).map_err(refused)
        }
    }

    fn refused(error: JsonError) -> ContainerError {
        ContainerError::new(Problem::Json(error.to_string()), "")
    }
}
