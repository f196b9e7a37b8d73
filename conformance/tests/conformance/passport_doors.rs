//! The two doors: a message written for each of them, what became of it, and what the service then
//! sees, files included.

use std::cell::Cell;
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use telegram_passport::document::{AddressField, IdDocumentField, PersonalDetailsField};
use telegram_passport::key::CredentialsKey;
use telegram_passport::submission::{Element, FilePart, Finding, Part, Submission};
use telegram_passport::{
    Check, ContainerError, ElementType, FileLocation, OpenError, PassportData, bot_api, mtproto,
};
use telegram_passport_tl::{Boxed, Encode, enums, types};

use super::passport_contents::NONCE;
use super::passport_sealed::{Carried, Content, Message, PlainKey, base64, put};

/// The two ways in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    BotApi,
    Mtproto,
}

impl Door {
    pub(super) const BOTH: [Self; 2] = [Self::BotApi, Self::Mtproto];

    /// The message as it goes through.
    pub(super) fn write(self, message: &Message) -> Vec<u8> {
        match self {
            Self::BotApi => message.to_json().to_string().into_bytes(),
            Self::Mtproto => {
                let bytes = Boxed(message.to_action()).to_bytes();
                bytes.expect("it can be written")
            }
        }
    }

    pub(super) fn read(self, bytes: &[u8]) -> Result<PassportData, ContainerError> {
        match self {
            Self::BotApi => bot_api::read_passport_data(bytes),
            Self::Mtproto => mtproto::read_action_bytes(bytes),
        }
    }
}

/// What became of a message.
#[derive(Debug)]
pub(super) struct Outcome {
    /// How often the nonce was asked for.
    pub(super) asked: usize,
    pub(super) opened: Result<Opened, Refusal>,
}

#[derive(Debug)]
pub(super) struct Opened {
    pub(super) contents: Vec<Content>,
    pub(super) findings: Vec<Finding>,
}

#[derive(Debug)]
pub(super) enum Refusal {
    Container(ContainerError),
    Open(OpenError),
}

/// Sends a message through a door, opens it, fetches its files and opens them.
pub(super) fn open(
    door: Door,
    message: &Message,
    key: &impl CredentialsKey,
    nonce: &str,
) -> Outcome {
    open_bytes(door, &door.write(message), message, key, nonce)
}

/// The same with other bytes; the files are those of the message.
pub(super) fn open_bytes(
    door: Door,
    bytes: &[u8],
    message: &Message,
    key: &impl CredentialsKey,
    nonce: &str,
) -> Outcome {
    let asked = Cell::new(0);
    let opened = door.read(bytes).map_err(Refusal::Container);
    let opened = opened.and_then(|data| {
        let check = |presented: &str| {
            asked.set(asked.get() + 1);
            presented == nonce
        };
        data.open(key, check).map_err(Refusal::Open)
    });
    if let Err(Refusal::Open(error)) = &opened {
        looks_like_any_other(error);
    }
    Outcome {
        asked: asked.get(),
        opened: opened.map(|submission| seen(&submission, message)),
    }
}

/// What comes out of a message that can be opened.
pub(super) fn opened(door: Door, message: &Message) -> Opened {
    let outcome = open(door, message, &PlainKey, NONCE);
    outcome.opened.expect("it can be opened")
}

/// By which check it is refused, and how often the nonce was asked for.
pub(super) fn refusal(door: Door, message: &Message) -> (Check, usize) {
    refusal_of(door, message, NONCE)
}

pub(super) fn refusal_of(door: Door, message: &Message, nonce: &str) -> (Check, usize) {
    let outcome = open(door, message, &PlainKey, nonce);
    match outcome.opened {
        Err(Refusal::Open(error)) => (error.detail().check(), outcome.asked),
        other => panic!("{door:?}: {other:?}"),
    }
}

/// The one text, which tells nothing.
fn looks_like_any_other(error: &OpenError) {
    let text = format!("{error} {error:?}");
    assert_eq!(
        text,
        "the Telegram Passport data could not be opened OpenError"
    );
}

fn seen(submission: &Submission, message: &Message) -> Opened {
    let content = |element: &Element| {
        let files = element.files().filter_map(|file| {
            let number = match file.location() {
                FileLocation::BotApi(file) => file.file_id.strip_prefix("file-")?.parse().ok()?,
                FileLocation::Mtproto(file) => usize::try_from(file.id).ok()?,
            };
            let plaintext = match file.decrypt(message.files().nth(number)?.bytes.as_slice()) {
                Ok(plaintext) => Some(plaintext.as_bytes().to_vec()),
                Err(error) => {
                    looks_like_any_other(&error);
                    None
                }
            };
            Some((file.part(), plaintext))
        });
        Content {
            kind: element.element_type(),
            hash: element.hash().to_bytes().unwrap_or_default(),
            fields: fields(element),
            text: match element {
                Element::PhoneNumber(element) => Some(element.text().as_str().to_owned()),
                Element::Email(element) => Some(element.text().as_str().to_owned()),
                _ => None,
            },
            files: files.collect(),
        }
    };
    Opened {
        contents: submission.elements().iter().map(content).collect(),
        findings: submission.findings().to_vec(),
    }
}

fn fields(element: &Element) -> Option<BTreeMap<String, String>> {
    let pair = |name: &str, text: Option<&str>| Some((name.to_owned(), text?.to_owned()));
    Some(match element {
        Element::PersonalDetails(element) => {
            let document = element.data()?.document();
            let fields = PersonalDetailsField::ALL.into_iter();
            let fields = fields.filter_map(|it| pair(it.name(), document.get(it)));
            fields.collect()
        }
        Element::Address(element) => {
            let document = element.data()?.document();
            let fields = AddressField::ALL.into_iter();
            let fields = fields.filter_map(|it| pair(it.name(), document.get(it)));
            fields.collect()
        }
        Element::IdentityDocument(element) => {
            let document = element.data()?.document();
            let fields = IdDocumentField::ALL.into_iter();
            let fields = fields.filter_map(|it| pair(it.name(), document.get(it)));
            fields.collect()
        }
        _ => return None,
    })
}

impl Message {
    /// What lies on the server, by its number.
    fn files(&self) -> impl Iterator<Item = &Carried> {
        let parts = self.elements.iter().flat_map(|element| &element.parts);
        parts.filter_map(|(part, carried)| matches!(part, Part::File(_)).then_some(carried))
    }

    /// Its `passport_data`.
    pub(super) fn to_json(&self) -> Value {
        let mut number = 0;
        let elements = self.elements.iter().map(|element| {
            let mut object = Map::new();
            object.insert("type".into(), element.kind.name().into());
            object.insert("hash".into(), base64(&element.hash).into());
            if let Some(text) = &element.text {
                object.insert(element.kind.name().into(), text.as_str().into());
            }
            for (part, carried) in &element.parts {
                let file = json!({ "file_id": format!("file-{number}"), "file_unique_id": "u" });
                number += usize::from(*part != Part::Data);
                match part {
                    Part::Data => {
                        object.insert("data".into(), base64(&carried.bytes).into());
                    }
                    Part::File(part) => put(&mut object, *part, file),
                }
            }
            Value::Object(object)
        });
        let elements: Vec<_> = elements.collect();
        let (data, hash) = (base64(&self.data), base64(&self.hash));
        let credentials = json!({ "data": data, "hash": hash, "secret": base64(&self.secret) });
        json!({ "data": elements, "credentials": credentials })
    }

    /// Its action.
    pub(super) fn to_action(&self) -> types::MessageActionSecureValuesSentMe {
        let mut number = 0;
        let values = self.elements.iter().map(|element| {
            let mut files = BTreeMap::new();
            for (part, carried) in &element.parts {
                if let Part::File(part) = part {
                    files.insert(*part, secure_file(number, &carried.hash));
                    number += 1;
                }
            }
            let mut list = |of: fn(usize) -> FilePart| {
                let files: Vec<_> = (0..).map_while(|index| files.remove(&of(index))).collect();
                (!files.is_empty()).then_some(files)
            };
            let (translation, list) = (list(FilePart::Translation), list(FilePart::Files));
            let data = element.parts.get(&Part::Data).map(|data| {
                let (data, data_hash) = (data.bytes.clone(), data.hash.clone());
                let secret = vec![0; 32];
                Boxed(types::SecureData {
                    data,
                    data_hash,
                    secret,
                })
            });
            let plain_data = element.text.clone().map(|text| match element.kind {
                ElementType::PhoneNumber => types::SecurePlainPhone { phone: text }.into(),
                _ => types::SecurePlainEmail { email: text }.into(),
            });
            Boxed(types::SecureValue {
                r#type: tl_type(element.kind),
                data,
                front_side: files.remove(&FilePart::FrontSide),
                reverse_side: files.remove(&FilePart::ReverseSide),
                selfie: files.remove(&FilePart::Selfie),
                translation,
                files: list,
                plain_data,
                hash: element.hash.clone(),
            })
        });
        types::MessageActionSecureValuesSentMe {
            values: values.collect(),
            credentials: Boxed(types::SecureCredentialsEncrypted {
                data: self.data.clone(),
                hash: self.hash.clone(),
                secret: self.secret.clone(),
            }),
        }
    }
}

/// The table of section 6, written here anew.
fn tl_type(kind: ElementType) -> enums::SecureValueType {
    use enums::SecureValueType as Tl;
    match kind.name() {
        "personal_details" => Tl::PersonalDetails,
        "passport" => Tl::Passport,
        "driver_license" => Tl::DriverLicense,
        "identity_card" => Tl::IdentityCard,
        "internal_passport" => Tl::InternalPassport,
        "address" => Tl::Address,
        "utility_bill" => Tl::UtilityBill,
        "bank_statement" => Tl::BankStatement,
        "rental_agreement" => Tl::RentalAgreement,
        "passport_registration" => Tl::PassportRegistration,
        "temporary_registration" => Tl::TemporaryRegistration,
        "phone_number" => Tl::Phone,
        "email" => Tl::Email,
        other => panic!("{other} is not in the table"),
    }
}

fn secure_file(number: i64, hash: &[u8]) -> enums::SecureFile {
    enums::SecureFile::File(types::SecureFile {
        id: number,
        access_hash: 2,
        size: 3,
        dc_id: 4,
        date: 5,
        file_hash: hash.to_vec(),
        secret: Vec::new(),
    })
}
