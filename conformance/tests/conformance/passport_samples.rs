//! What a submission holds, as JSON to compare with vectors; a message of the Bot API as one of
//! MTProto; and the part that a vector blames.

use base64ct::{Base64, Encoding};
pub(super) use conformance::shim::{blame, elements_of, without_empty};
use serde_json::Value;
use telegram_passport::ElementType;
use telegram_passport_tl::{Boxed, enums, types};

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
