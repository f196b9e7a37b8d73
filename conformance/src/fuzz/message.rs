//! Whole messages, through both doors.

use std::cell::RefCell;

use base64ct::{Base64, Encoding};
use serde_json::{Map, Value, json};
use telegram_passport::key::{CredentialsKey as _, PrivateKey};
use telegram_passport::scope::Scope;
use telegram_passport::submission::Submission;
use telegram_passport::{Check, ElementType, PassportData, Problem, bot_api, mtproto};
use telegram_passport_tl::{Boxed, Decode, Encode, enums, types};

use super::credentials::{doors_agree, everything, fitting};
use super::files::TEXT;
use super::meter::bounded;
use super::seal::{PlainKey, SECRET, padded, seal};
use super::{seeds, tl};
use crate::sealed::valid_document;
use crate::shim::{elements_of, without_empty};
use crate::vectors::File;

/// An update of the Bot API, through to what a service does with the submission.
///
/// Bytes, text and tree are read alike; memory is bounded; nothing opens without the nonce, and what
/// opens opens twice. Errors about all of its parts can be written in both forms.
///
/// With `plain` in place of the encrypted credentials or a document, the body seals them: so fuzzing
/// reaches documents and credentials at once.
pub fn bot_api_update(data: &[u8]) {
    update(data);
    if let Some(sealed) = seal_update(data) {
        update(sealed.to_string().as_bytes());
    }
}

fn update(data: &[u8]) {
    let most = 128 * data.len() + 64 * 1024;
    let read = bounded(most, || bot_api::read_update(data));
    if let Ok(text) = str::from_utf8(data) {
        let same = bot_api::read_update(text).map(|it| it.map(|it| it.user_id));
        assert_eq!(
            read.as_ref().map(|it| it.as_ref().map(|it| it.user_id)),
            same.as_ref().copied()
        );
    }
    match serde_json::from_slice::<Value>(data) {
        Err(_) => assert!(read.is_err(), "no JSON"),
        Ok(tree) => match (&read, bot_api::read_update(&tree)) {
            (Ok(text), Ok(tree)) => assert_eq!(format!("{text:?}"), format!("{tree:?}")),
            // A tree has lost that a key occurred twice.
            (Err(error), _) if matches!(error.problem(), Problem::Json(_)) => {}
            (Err(text), Err(tree)) => assert_eq!(*text, tree),
            (text, tree) => panic!("text: {text:?}, tree: {tree:?}"),
        },
    }
    let Ok(Some(incoming)) = read else { return };
    let passport_data = incoming.passport_data;
    let opened = open(&passport_data, false, true);
    assert_eq!(open(&passport_data, false, true), opened);
    assert!(open(&passport_data, false, false).elements.is_err());
    if let Ok(submission) = passport_data.open(&PlainKey, |_: &str| true) {
        use_it(&submission);
    }
}

/// What a service does with a submission.
fn use_it(submission: &Submission) {
    let mut seen: Vec<ElementType> = Vec::new();
    for element in submission.elements() {
        assert!(!seen.contains(&element.element_type()));
        seen.push(element.element_type());
        let errors = element.files().map(|file| file.error("unreadable"));
        for error in errors.chain([element.error("wrong")]) {
            assert_eq!(error.to_bot_api()["type"], element.element_type().name());
            // The hash of an element from the Bot API need not be base64.
            let Ok(error) = error.to_tl() else { continue };
            let bytes = error.to_bytes().expect("it is short");
            assert_eq!(enums::SecureValueError::from_bytes(&bytes), Ok(error));
        }
    }
    let scope = Scope::parse(SCOPE).expect("the scope is valid");
    let fulfilment = scope.check(submission);
    assert_eq!(fulfilment.is_complete(), fulfilment.unmet().count() == 0);
    for row in fulfilment.rows() {
        assert!(row.met_by().is_none_or(|element| seen.contains(&element)));
    }
    // The kinds of the elements are printed, and nothing of the content.
    let shown = format!("{submission:?}").len();
    assert!(
        shown < 16 * 1024 || submission.findings().len() > 100,
        "{shown}"
    );
}

/// Seals what stands in the clear, each document with the credentials for it.
fn seal_update(data: &[u8]) -> Option<Value> {
    let mut update: Value = serde_json::from_slice(data).ok()?;
    let passport_data = update
        .pointer_mut("/message/passport_data")?
        .as_object_mut()?;
    let mut credentials = passport_data
        .get_mut("credentials")?
        .get_mut("plain")?
        .take();
    let elements = passport_data.get_mut("data").and_then(Value::as_array_mut);
    for element in elements
        .into_iter()
        .flatten()
        .filter_map(Value::as_object_mut)
    {
        let Some(Value::String(document)) = element.remove("plain") else {
            continue;
        };
        let (bytes, hash) = seal(&padded(document.as_bytes()), &SECRET);
        element.insert("data".into(), base64(&bytes).into());
        let name = element.get("type").and_then(Value::as_str);
        enter(&mut credentials, name.unwrap_or_default(), &hash);
    }
    let (bytes, hash) = seal(&padded(credentials.to_string().as_bytes()), &SECRET);
    let sealed = json!({"data": base64(&bytes), "hash": base64(&hash), "secret": base64(&SECRET)});
    passport_data.insert("credentials".into(), sealed);
    Some(update)
}

/// Puts the key of a document into credentials in which its element stands.
fn enter(credentials: &mut Value, element: &str, hash: &[u8; 32]) {
    let secure_data = credentials.get_mut("secure_data");
    let element = secure_data.and_then(|it| it.get_mut(element)?.as_object_mut());
    if let Some(element) = element {
        let data = json!({"data_hash": base64(hash), "secret": base64(&SECRET)});
        element.insert("data".into(), data);
    }
}

/// The bytes of the action that carries a submission over MTProto.
///
/// They are read exactly if they are that constructor and a sound container. What opens, opens through
/// the door of the Bot API, too, with the same elements and findings.
///
/// Credentials and documents that begin with a brace are sealed first, as in [`bot_api_update`].
pub fn mtproto_action(data: &[u8]) {
    let read = bounded(2 * tl::most(data), || {
        mtproto::read_action_bytes(data).map(drop)
    });
    let action = Boxed::<types::MessageActionSecureValuesSentMe>::from_bytes(data);
    let is_tl = read
        .as_ref()
        .map_or_else(|it| !matches!(it.problem(), Problem::Tl(_)), |()| true);
    assert_eq!(is_tl, action.is_ok());
    let Ok(Boxed(mut action)) = action else {
        return;
    };
    one_action(&action, read.is_ok());
    if seal_action(&mut action) {
        one_action(&action, mtproto::read_action(&action).is_ok());
    }
}

fn one_action(action: &types::MessageActionSecureValuesSentMe, is_read: bool) {
    let read = mtproto::read_action(action);
    assert_eq!(read.is_ok(), is_read);
    let Ok(data) = read else { return };
    let opened = open(&data, false, true);
    if let Some(json) = to_bot_api(action) {
        let same = bot_api::read_passport_data(&json).expect("its container is sound, too");
        doors_agree(&opened, &open(&same, false, true));
    }
    if let Ok(submission) = data.open(&PlainKey, |_: &str| true) {
        use_it(&submission);
    }
}

fn seal_action(action: &mut types::MessageActionSecureValuesSentMe) -> bool {
    let credentials = serde_json::from_slice::<Value>(&action.credentials.data);
    let Ok(mut credentials) = credentials else {
        return false;
    };
    for value in &mut action.values {
        let element = ElementType::from(&value.r#type);
        if let Some(data) = &mut value.data
            && data.data.starts_with(b"{")
        {
            let (bytes, hash) = seal(&padded(&data.data), &SECRET);
            (data.data, data.data_hash) = (bytes, hash.to_vec());
            enter(&mut credentials, element.name(), &hash);
        }
    }
    let (bytes, hash) = seal(&padded(credentials.to_string().as_bytes()), &SECRET);
    let sealed = &mut action.credentials;
    (sealed.data, sealed.hash, sealed.secret) = (bytes, hash.to_vec(), SECRET.to_vec());
    true
}

/// What became of opening a message.
#[derive(Debug, PartialEq)]
pub(super) struct Opened {
    /// The nonce that was asked about.
    pub(super) asked: Option<String>,
    /// Elements without their places and, at the end, the findings.
    pub(super) elements: Result<Value, Check>,
}

/// Opens with a key that is none, and takes any nonce or none at all.
pub(super) fn open(data: &PassportData, version_1_0: bool, accept: bool) -> Opened {
    let asked = RefCell::new(None);
    let check = |nonce: &str| {
        let before = asked.replace(Some(nonce.to_owned()));
        assert_eq!(before, None, "the nonce is asked about once");
        accept
    };
    let opened = match version_1_0 {
        true => data.open_version_1_0(&PlainKey, check),
        false => data.open(&PlainKey, check),
    };
    let elements = match opened {
        Ok(submission) => {
            let mut elements = without_empty(elements_of(&submission));
            remove_places(&mut elements);
            let findings = submission.findings().iter().map(|it| it.to_string());
            let findings: Vec<_> = findings.collect();
            elements
                .as_array_mut()
                .expect("a list")
                .push(findings.into());
            Ok(elements)
        }
        Err(error) => {
            assert_eq!(error.to_string(), TEXT);
            Err(error.detail().check())
        }
    };
    let asked = asked.into_inner();
    assert!(elements.is_err() || (accept && asked.is_some()));
    Opened { asked, elements }
}

/// The doors give different places of files.
fn remove_places(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(remove_places),
        Value::Object(members) => {
            members.remove("file_id");
            members.values_mut().for_each(remove_places);
        }
        _ => {}
    }
}

/// The same message as the Bot API has it; nothing if a file is empty, which that has no word for.
pub(super) fn to_bot_api(action: &types::MessageActionSecureValuesSentMe) -> Option<Value> {
    let file = |file: &enums::SecureFile| match file {
        enums::SecureFile::Empty => None,
        enums::SecureFile::File(file) => Some(json!({"file_id": file.id.to_string()})),
    };
    let mut elements = Vec::new();
    for value in &action.values {
        let kind = ElementType::from(&value.r#type);
        let mut element = Map::new();
        element.insert("type".into(), kind.name().into());
        element.insert("hash".into(), base64(&value.hash).into());
        // TDLib writes an empty document where a type has none.
        let data = value.data.as_ref();
        if let Some(data) = data.filter(|it| !(it.data.is_empty() && it.data_hash.is_empty())) {
            element.insert("data".into(), base64(&data.data).into());
        }
        for (name, part) in [
            ("front_side", &value.front_side),
            ("reverse_side", &value.reverse_side),
            ("selfie", &value.selfie),
        ] {
            if let Some(part) = part {
                element.insert(name.into(), file(part)?);
            }
        }
        for (name, list) in [("translation", &value.translation), ("files", &value.files)] {
            if let Some(list) = list {
                let list: Option<Vec<_>> = list.iter().map(file).collect();
                element.insert(name.into(), list?.into());
            }
        }
        match (&value.plain_data, kind) {
            (Some(enums::SecurePlainData::SecurePlainPhone(it)), ElementType::PhoneNumber) => {
                element.insert("phone_number".into(), it.phone.as_str().into());
            }
            (Some(enums::SecurePlainData::SecurePlainEmail(it)), ElementType::Email) => {
                element.insert("email".into(), it.email.as_str().into());
            }
            _ => {}
        }
        elements.push(Value::Object(element));
    }
    let credentials = &action.credentials;
    Some(json!({
        "data": elements,
        "credentials": {
            "data": base64(&credentials.data),
            "hash": base64(&credentials.hash),
            "secret": base64(&credentials.secret),
        },
    }))
}

pub(super) fn base64(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}

/// Messages of the vectors with their secrets in the clear, and one whose content is in the clear.
pub(super) fn seeds_of_updates() -> Vec<Vec<u8>> {
    let update = |passport_data: Value| {
        let message = json!({"message_id": 1, "from": {"id": 7}, "passport_data": passport_data});
        json!({"update_id": 1, "message": message})
            .to_string()
            .into_bytes()
    };
    let mut seeds = Vec::new();
    for stem in ["messages", "required", "errors"] {
        let File { test_groups, .. } = seeds::file(stem);
        for group in test_groups {
            let pem = group.fields.get("privateKeyPem").and_then(Value::as_str);
            let key = pem.and_then(|pem| PrivateKey::from_pem_allowing_small(pem, 1024).ok());
            let Some(key) = key else { continue };
            let common = group.fields.get("passportData");
            let messages = group.tests.iter().filter_map(|it| it.get("passportData"));
            let opened = messages
                .chain(common)
                .filter_map(|it| without_rsa(it.clone(), &key));
            seeds.extend(opened.map(update));
        }
    }
    let mut clear = to_bot_api(everything()).expect("no file is empty");
    for element in clear["data"].as_array_mut().into_iter().flatten() {
        let kind = element["type"].as_str().and_then(|it| it.parse().ok());
        if let (Some(document), Some(element)) =
            (kind.and_then(valid_document), element.as_object_mut())
        {
            element.remove("data");
            element.insert("plain".into(), document.into());
        }
    }
    clear["credentials"] = json!({"plain": fitting("a nonce")});
    let elements = clear["data"].as_array().cloned().unwrap_or_default();
    for element in elements {
        let mut credentials = json!({"nonce": "n", "secure_data": {}});
        let name = element["type"].as_str().unwrap_or_default();
        let fitting = fitting("n")["secure_data"][name].clone();
        credentials["secure_data"][name] = fitting;
        let one = json!({"data": [element], "credentials": {"plain": credentials}});
        seeds.push(update(one));
    }
    seeds.push(update(clear.clone()));
    let elements = clear["data"].as_array_mut().into_iter().flatten();
    for element in elements.filter_map(Value::as_object_mut) {
        // Null is as good as nothing.
        for name in OPTIONAL {
            element.entry(name).or_insert(Value::Null);
        }
    }
    seeds.push(update(clear));
    seeds
}

/// The message with the secret of its credentials as [`PlainKey`] has it.
fn without_rsa(mut passport_data: Value, key: &PrivateKey) -> Option<Value> {
    let secret = passport_data.pointer_mut("/credentials/secret")?;
    let opened = key.open(&Base64::decode_vec(secret.as_str()?).ok()?).ok()?;
    *secret = base64(opened.expose()).into();
    Some(passport_data)
}

/// A message with everything, in the clear, whole and element by element; and one that is sealed.
pub(super) fn seeds_of_actions() -> Vec<Vec<u8>> {
    let mut whole = everything().clone();
    for value in &mut whole.values {
        let document = valid_document(ElementType::from(&value.r#type));
        if let (Some(document), Some(data)) = (document, &mut value.data) {
            data.data = document.into();
        }
    }
    whole.credentials.data = fitting("a nonce").to_string().into_bytes();
    let bytes = |action: &types::MessageActionSecureValuesSentMe| {
        let boxed = Boxed(action.clone());
        boxed.to_bytes().expect("it is short")
    };
    let mut seeds = Vec::new();
    for value in &whole.values {
        let mut one = whole.clone();
        one.values = vec![value.clone()];
        let name = ElementType::from(&value.r#type).name();
        let element = fitting("n")["secure_data"][name].clone();
        let credentials = json!({"nonce": "n", "secure_data": {name: element}});
        one.credentials.data = credentials.to_string().into_bytes();
        seeds.push(bytes(&one));
    }
    seeds.push(bytes(&whole));
    seal_action(&mut whole);
    seeds.push(bytes(&whole));
    seeds
}

const SCOPE: &str = r#"{"v":1,"d":[{"_":"pd","n":1},{"_":["pp","dl","ic","ip"],"s":1,"t":1},"ad",{"_":["ub","bs","ra","pr","tr"],"t":1},"pn","em"]}"#;

const OPTIONAL: [&str; 8] = [
    "front_side",
    "reverse_side",
    "selfie",
    "translation",
    "files",
    "phone_number",
    "email",
    "hash",
];
