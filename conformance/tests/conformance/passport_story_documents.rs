//! Documents of the stories: as drafts, and as what must be read where they were saved.

use std::collections::BTreeMap;

use serde_json::Value;
use telegram_passport::ElementType;
use telegram_passport::client::{StoredContent, StoredValue};
use telegram_passport::testing::{Document, picture};

pub(super) use conformance::drafts::draft;

/// What a value holds, part by part, in plain.
pub(super) type Content = BTreeMap<String, Vec<u8>>;

/// What a Passport holds.
pub(super) type Contents = BTreeMap<ElementType, Content>;

/// A passport with another number and another picture each time.
pub(super) fn passport(version: u32) -> Document {
    Document::new(ElementType::Passport)
        .with_data(format!(
            r#"{{"document_no":"AB{version}","expiry_date":"31.12.2090"}}"#
        ))
        .with_front_side(picture(&format!("version {version}")))
}

/// What must be read where that was saved.
pub(super) fn content(document: &Document) -> Content {
    let mut content = Content::new();
    let json = document.data().map(str::from_utf8);
    put_json(&mut content, json.map(|json| json.expect("text")));
    let mut put = |part: String, bytes: &[u8]| content.insert(part, bytes.to_vec());
    let singles = [
        ("text", document.text().map(str::as_bytes)),
        ("front_side", document.front_side()),
        ("reverse_side", document.reverse_side()),
        ("selfie", document.selfie()),
    ];
    for (part, bytes) in singles {
        if let Some(bytes) = bytes {
            put(part.to_owned(), bytes);
        }
    }
    let lists = [
        ("translation", document.translation()),
        ("files", document.files()),
    ];
    for (part, list) in lists {
        for (at, bytes) in list.iter().enumerate() {
            put(format!("{part}[{at}]"), bytes);
        }
    }
    content
}

pub(super) fn contents<'a>(documents: impl IntoIterator<Item = &'a Document>) -> Contents {
    let documents = documents.into_iter();
    documents
        .map(|it| (it.element_type(), content(it)))
        .collect()
}

/// What is stored, but for its files.
pub(super) fn content_of(value: &StoredValue) -> Content {
    let mut content = Content::new();
    let data = match value.content() {
        StoredContent::PersonalDetails(data) => Some(data.json()),
        StoredContent::Address(data) => Some(data.json()),
        StoredContent::IdentityDocument(document) => Some(document.data().json()),
        StoredContent::PhoneNumber(phone) => {
            content.insert("text".to_owned(), phone.as_str().into());
            None
        }
        StoredContent::Email(email) => {
            content.insert("text".to_owned(), email.as_str().into());
            None
        }
        _ => None,
    };
    put_json(&mut content, data);
    content
}

/// JSON without what is empty, in the order of its keys: an empty field and a missing one are the same.
pub(super) fn put_json(content: &mut Content, json: Option<impl AsRef<str>>) {
    if let Some(json) = json {
        let mut fields: BTreeMap<String, Value> =
            serde_json::from_str(json.as_ref()).expect("an object");
        fields.retain(|_, text| text != "");
        let json = serde_json::to_vec(&fields).expect("JSON");
        content.insert("data".to_owned(), json);
    }
}
