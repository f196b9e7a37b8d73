//! The plaintext of credentials, sealed here, so that fuzzing reaches what stands behind the RSA step.

use std::sync::OnceLock;

use serde_json::{Map, Value, json};
use telegram_passport::hash::DataHash;
use telegram_passport::{Check, ElementType, bot_api, mtproto};
use telegram_passport_tl::types;

use super::message::{Opened, base64, open, to_bot_api};
use super::seal::{SECRET, padded, seal};
use super::seeds;
use crate::sealed::{Vault, valid_document};

/// The credentials of a message with everything in it: of each type one element with all its parts.
///
/// Both doors give the same elements and findings. They differ only where MTProto knows a hash that the
/// Bot API does not have. The nonce that is asked about is the one that another reader of JSON sees, it
/// is asked about once, and without it nothing opens; so with the payload of version 1.0. A document
/// that comes out is the one that was put in, whatever the credentials say.
pub fn credentials(data: &[u8]) {
    let (bytes, hash) = seal(&padded(data), &SECRET);
    let mut action = everything().clone();
    action.credentials = types::SecureCredentialsEncrypted {
        data: bytes,
        hash: hash.to_vec(),
        secret: SECRET.to_vec(),
    }
    .into();
    let by_tl = mtproto::read_action(&action).expect("the container is sound");
    let json = to_bot_api(&action).expect("no file is empty");
    let by_json = bot_api::read_passport_data(&json).expect("the container is sound");

    let plain = serde_json::from_slice::<Value>(data).ok();
    let of = |name: &str| {
        let value = plain.as_ref().and_then(|it| it.get(name));
        value.and_then(Value::as_str).map(str::to_owned)
    };
    for (version_1_0, name) in [(false, "nonce"), (true, "payload")] {
        let tl = open(&by_tl, version_1_0, true);
        let json = open(&by_json, version_1_0, true);
        doors_agree(&tl, &json);
        assert_eq!(tl.asked, json.asked);
        if let Some(asked) = &tl.asked {
            assert_eq!(of(name).as_ref(), Some(asked));
        }
        let refused = open(&by_tl, version_1_0, false);
        assert_eq!(refused.asked, tl.asked);
        let unasked = [Check::Json, Check::Nonce];
        assert!(refused.elements.is_err_and(|it| unasked.contains(&it)));
        for element in json
            .elements
            .iter()
            .flat_map(|it| it.as_array().into_iter().flatten())
        {
            is_what_was_sealed(element);
        }
    }
}

/// What opens over MTProto opens over the Bot API, and is the same.
pub(super) fn doors_agree(tl: &Opened, json: &Opened) {
    match (&tl.elements, &json.elements) {
        (Ok(tl), Ok(json)) => assert_eq!(tl, json),
        (Ok(_), Err(check)) => panic!("opens over MTProto alone: {check:?}"),
        (Err(check), Ok(_)) => assert_eq!(*check, Check::HashMismatch),
        (Err(Check::HashMismatch), Err(_)) => {}
        (Err(tl), Err(json)) => assert_eq!(tl, json),
    }
}

fn is_what_was_sealed(element: &Value) {
    let Some(data) = element.get("data") else {
        return;
    };
    let kind: Option<ElementType> = element["type"].as_str().and_then(|it| it.parse().ok());
    let document = kind.and_then(valid_document).expect("it has a document");
    let document: Value = serde_json::from_str(document).expect("it is JSON");
    assert_eq!(*data, document);
}

/// One element of each type with all that it may have; the content is fixed.
pub(super) fn everything() -> &'static types::MessageActionSecureValuesSentMe {
    static EVERYTHING: OnceLock<types::MessageActionSecureValuesSentMe> = OnceLock::new();
    EVERYTHING.get_or_init(|| types::MessageActionSecureValuesSentMe {
        values: ElementType::ALL
            .into_iter()
            .map(|it| value(it).into())
            .collect(),
        credentials: types::SecureCredentialsEncrypted {
            data: Vec::new(),
            hash: vec![0; 32],
            secret: Vec::new(),
        }
        .into(),
    })
}

fn value(element: ElementType) -> types::SecureValue {
    let mut value = Vault::new(1).plainest(element);
    value.hash = element.name().into();
    value.data = valid_document(element).map(|document| {
        let (data, hash) = seal(&padded(document.as_bytes()), &SECRET);
        let (data_hash, secret) = (hash.to_vec(), Vec::new());
        types::SecureData {
            data,
            data_hash,
            secret,
        }
        .into()
    });
    let file = |number: u8| {
        types::SecureFile {
            id: number.into(),
            access_hash: 2,
            size: 4096,
            dc_id: 2,
            date: 1_700_000_000,
            file_hash: vec![number; 32],
            secret: Vec::new(),
        }
        .into()
    };
    value.front_side = element.has_front_side().then(|| file(1));
    value.reverse_side = element.has_reverse_side().then(|| file(2));
    value.selfie = element.is_identity_document().then(|| file(3));
    value.files = element.has_files().then(|| vec![file(4), file(5)]);
    let is_document = element.is_identity_document() || element.has_files();
    value.translation = is_document.then(|| vec![file(6), file(7)]);
    value
}

/// Credentials that fit all that [`everything`] has.
pub(super) fn fitting(nonce: &str) -> Value {
    let file = |number: u8| json!({"file_hash": base64(&[number; 32]), "secret": base64(&SECRET)});
    let mut secure_data = Map::new();
    for element in ElementType::ALL.into_iter().filter(|it| !it.is_plain()) {
        let value = value(element);
        let mut parts = Map::new();
        if let Some(data) = &value.data {
            let hash = DataHash::from_slice(&data.data_hash).expect("32 bytes");
            let data = json!({"data_hash": hash.to_base64(), "secret": base64(&SECRET)});
            parts.insert("data".into(), data);
        }
        for (name, part, number) in [
            ("front_side", &value.front_side, 1),
            ("reverse_side", &value.reverse_side, 2),
            ("selfie", &value.selfie, 3),
        ] {
            if part.is_some() {
                parts.insert(name.into(), file(number));
            }
        }
        for (name, list, first) in [
            ("files", &value.files, 4),
            ("translation", &value.translation, 6),
        ] {
            if list.is_some() {
                parts.insert(name.into(), json!([file(first), file(first + 1)]));
            }
        }
        secure_data.insert(element.name().into(), parts.into());
    }
    json!({"secure_data": secure_data, "nonce": nonce})
}

/// Credentials that fit, parts of them, and those of the vectors.
pub(super) fn seeds() -> Vec<Vec<u8>> {
    let whole = fitting("a nonce");
    let mut seeds = vec![whole.to_string().into_bytes()];
    let parts = whole["secure_data"].as_object().into_iter().flatten();
    for (name, part) in parts {
        let one = json!({"secure_data": {name: part}, "nonce": "n", "payload": "p"});
        seeds.push(one.to_string().into_bytes());
    }
    seeds.extend(seeds::json_fields("credentials", "expected"));
    seeds
}
