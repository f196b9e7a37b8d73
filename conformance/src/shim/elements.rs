//! What a submission holds, as JSON to compare with vectors, and the part that a vector blames.

use base64ct::{Base64, Encoding};
use serde_json::{Map, Value, json};
use telegram_passport::answer::ElementError;
use telegram_passport::document::{AddressField, IdDocumentField, PersonalDetailsField};
use telegram_passport::submission::{Element, FilePart, PassportFile, Submission};
use telegram_passport::{ElementType, FileLocation};

/// In the form of `expected.elements` of the vectors, [`without_empty`]. Over MTProto `file_id` is the
/// `id` of the `secureFile`, as decimal text.
#[must_use]
pub fn elements_of(submission: &Submission) -> Value {
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
                "data" => serde_json::from_str(&value).unwrap_or_default(),
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
                list.as_array_mut()
                    .into_iter()
                    .for_each(|list| list.push(value.clone()));
            } else {
                object.insert(name.into(), value);
            }
        }
        Value::Object(object)
    };
    without_empty(submission.elements().iter().map(element).collect())
}

fn file(file: &PassportFile) -> Value {
    let mut value = json!({
        "file_hash": file.hash().to_base64(),
        "secret": Base64::encode_string(file.credentials().secret().expose()),
    });
    match file.location() {
        FileLocation::BotApi(location) => value["file_id"] = location.file_id.as_str().into(),
        FileLocation::Mtproto(remote) => value["file_id"] = remote.id.to_string().into(),
    }
    value
}

/// Empty fields and missing ones are the same.
#[must_use]
pub fn without_empty(mut elements: Value) -> Value {
    let elements_of = elements.as_array_mut().into_iter().flatten();
    for data in elements_of.filter_map(|element| element.get_mut("data")?.as_object_mut()) {
        data.retain(|_, value| value != "");
    }
    elements
}

/// The error that a vector asks for, made by the part that it blames.
#[must_use]
pub fn blame(submission: &Submission, request: &Value) -> Option<ElementError> {
    let kind: ElementType = request["type"].as_str()?.parse().ok()?;
    let message = request["message"].as_str()?;
    let element = submission.get(kind)?;
    let index = match request.get("index") {
        Some(index) => usize::try_from(index.as_u64()?).ok()?,
        None => 0,
    };
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
