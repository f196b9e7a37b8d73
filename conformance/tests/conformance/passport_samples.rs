//! What a submission holds, as JSON to compare with vectors; a message of the Bot API as one of
//! MTProto; and the part that a vector blames.

use base64ct::{Base64, Encoding};
use serde_json::{Map, Value, json};
use telegram_passport::answer::ElementError;
use telegram_passport::document::{AddressField, IdDocumentField, PersonalDetailsField};
use telegram_passport::submission::{Element, FilePart, PassportFile, Submission};
use telegram_passport::{ElementType, FileLocation};
use telegram_passport_tl::{Boxed, enums, types};

/// In the form of `expected.elements` of the vectors.
pub(super) fn elements_of(submission: &Submission) -> Value {
    let element = |element: &Element| {
        let mut object = Map::new();
        object.insert("type".into(), element.element_type().name().into());
        let (name, value) = match element {
            Element::PersonalDetails(it) => (
                "data",
                it.data()
                    .map(|it| it.document().to_json().as_str().to_owned()),
            ),
            Element::Address(it) => (
                "data",
                it.data()
                    .map(|it| it.document().to_json().as_str().to_owned()),
            ),
            Element::IdentityDocument(it) => (
                "data",
                it.data()
                    .map(|it| it.document().to_json().as_str().to_owned()),
            ),
            Element::PhoneNumber(it) => ("phone_number", Some(it.text().as_str().to_owned())),
            Element::Email(it) => ("email", Some(it.text().as_str().to_owned())),
            _ => ("", None),
        };
        if let Some(value) = value {
            let value = match name {
                "data" => serde_json::from_str(&value).expect("the document is JSON"),
                _ => value.into(),
            };
            object.insert(name.into(), value);
        }
        for passport_file in element.files() {
            let (name, many) = match passport_file.part() {
                FilePart::FrontSide => ("front_side", false),
                FilePart::ReverseSide => ("reverse_side", false),
                FilePart::Selfie => ("selfie", false),
                FilePart::Translation(_) => ("translation", true),
                FilePart::Files(_) => ("files", true),
            };
            let value = file(passport_file);
            if many {
                let list = object.entry(name).or_insert_with(|| json!([]));
                list.as_array_mut().expect("a list").push(value);
            } else {
                object.insert(name.into(), value);
            }
        }
        Value::Object(object)
    };
    submission.elements().iter().map(element).collect()
}

fn file(file: &PassportFile) -> Value {
    let mut value = json!({
        "file_hash": file.hash().to_base64(),
        "secret": Base64::encode_string(file.credentials().secret().expose()),
    });
    if let FileLocation::BotApi(location) = file.location() {
        value["file_id"] = location.file_id.as_str().into();
    }
    value
}

/// What both doors have in common.
pub(super) fn files_without_location(mut elements: Value) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(object) => {
                object.remove("file_id");
                object.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    strip(&mut elements);
    elements
}

/// Empty fields and missing ones are the same.
pub(super) fn without_empty(mut elements: Value) -> Value {
    let elements_of = elements.as_array_mut().into_iter().flatten();
    for data in elements_of.filter_map(|element| element.get_mut("data")?.as_object_mut()) {
        data.retain(|_, value| value != "");
    }
    elements
}

/// The action that carries what a `passport_data` carries, with the hashes of the credentials.
pub(super) fn action_of(
    passport_data: &Value,
    plaintext: &Value,
) -> types::MessageActionSecureValuesSentMe {
    let parsed;
    let plaintext = match plaintext.as_str() {
        Some(text) => {
            parsed = serde_json::from_str(text).expect("JSON");
            &parsed
        }
        None => plaintext,
    };
    let values = passport_data["data"].as_array().into_iter().flatten();
    let values = values.map(|element| {
        let name = element["type"].as_str().expect("a type");
        let kind: ElementType = name.parse().expect("a known type");
        let credentials = &plaintext["secure_data"][name];
        let one = |part: &str| element.get(part).map(|_| secure_file(&credentials[part]));
        let many = |part: &str| {
            let files = credentials[part]
                .as_array()
                .filter(|_| element.get(part).is_some());
            files.map(|files| files.iter().map(secure_file).collect::<Vec<_>>())
        };
        Boxed(types::SecureValue {
            r#type: kind.into(),
            data: element.get("data").map(|data| {
                Boxed(types::SecureData {
                    data: bytes(data),
                    data_hash: bytes(&credentials["data"]["data_hash"]),
                    secret: Vec::new(),
                })
            }),
            front_side: one("front_side"),
            reverse_side: one("reverse_side"),
            selfie: one("selfie"),
            translation: many("translation"),
            files: many("files"),
            plain_data: match kind {
                ElementType::PhoneNumber => Some(enums::SecurePlainData::SecurePlainPhone(
                    types::SecurePlainPhone {
                        phone: text(&element["phone_number"]),
                    },
                )),
                ElementType::Email => Some(enums::SecurePlainData::SecurePlainEmail(
                    types::SecurePlainEmail {
                        email: text(&element["email"]),
                    },
                )),
                _ => None,
            },
            hash: vec![1, 2, 3],
        })
    });
    let credentials = &passport_data["credentials"];
    types::MessageActionSecureValuesSentMe {
        values: values.collect(),
        credentials: Boxed(types::SecureCredentialsEncrypted {
            data: bytes(&credentials["data"]),
            hash: bytes(&credentials["hash"]),
            secret: bytes(&credentials["secret"]),
        }),
    }
}

/// The error that a vector asks for, made by the part that it blames.
pub(super) fn blame(submission: &Submission, request: &Value) -> Option<ElementError> {
    let kind: ElementType = request["type"].as_str()?.parse().ok()?;
    let message = request["message"].as_str()?;
    let element = submission.get(kind)?;
    let index = request["index"].as_u64().unwrap_or_default() as usize;
    let file = |part: FilePart| {
        let mut files = element.files();
        Some(files.find(|file| file.part() == part)?.error(message))
    };
    match request["source"].as_str()? {
        "data" => {
            let field = request["field_name"].as_str()?;
            match element {
                Element::PersonalDetails(it) => Some(
                    it.data()?
                        .error(PersonalDetailsField::from_name(field)?, message),
                ),
                Element::Address(it) => {
                    Some(it.data()?.error(AddressField::from_name(field)?, message))
                }
                Element::IdentityDocument(it) => Some(
                    it.data()?
                        .error(IdDocumentField::from_name(field)?, message),
                ),
                _ => None,
            }
        }
        "front_side" => file(FilePart::FrontSide),
        "reverse_side" => file(FilePart::ReverseSide),
        "selfie" => file(FilePart::Selfie),
        "file" => file(FilePart::Files(index)),
        "translation_file" => file(FilePart::Translation(index)),
        "files" => Some(submission.address_document(kind)?.files()?.error(message)),
        "translation_files" => match element {
            Element::IdentityDocument(it) => Some(it.translation()?.error(message)),
            Element::AddressDocument(it) => Some(it.translation()?.error(message)),
            _ => None,
        },
        "unspecified" => Some(element.error(message)),
        _ => None,
    }
}

fn secure_file(credentials: &Value) -> enums::SecureFile {
    enums::SecureFile::File(types::SecureFile {
        id: 1,
        access_hash: 2,
        size: 3,
        dc_id: 4,
        date: 5,
        file_hash: bytes(&credentials["file_hash"]),
        secret: Vec::new(),
    })
}

fn bytes(value: &Value) -> Vec<u8> {
    Base64::decode_vec(value.as_str().unwrap_or_default()).expect("base64")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
