//! What a user's client submits for a form: by the whole way from the server's answer to the call.

use serde_json::{Map, Value, json};
use telegram_passport::ElementType;
use telegram_passport::cipher;
use telegram_passport::client::{Form, PassportConfig, wait};
use telegram_passport::hash::CredentialsHash;
use telegram_passport::key::{CredentialsKey as _, PrivateKey};
use telegram_passport::link::{BotId, RequestLink};
use telegram_passport::nonce::Nonce;
use telegram_passport::secret::ValueSecret;
use telegram_passport_tl::{enums, functions, types};

use super::Refusal;
use super::fields::{base64, hex, text, to_hex};
use crate::scripted::Scripted;
use crate::sealed::{Vault, valid_document};
use crate::seeded::SeededRng;
use crate::vectors;

/// The vectors tell of documents only hash and secret, or the text, too. It is encrypted here, or a
/// document of our own for it, with that secret; the hash is put back into the result.
pub(super) fn submit(request: &Value) -> Result<Value, Refusal> {
    let mut vault = Vault::new(1);
    let mut hashes = Vec::new();
    let mut values = Vec::new();
    for value in request["values"].as_array().into_iter().flatten() {
        values.push(stored(&mut vault, value, &mut hashes)?.into());
    }
    let rows = request["required"].as_array().into_iter().flatten();
    let form = types::account::AuthorizationForm {
        required_types: rows.map(row).collect::<Result<_, _>>()?,
        values,
        errors: vec![],
        users: vec![],
        privacy_policy_url: None,
    };
    let key = PrivateKey::from_pem_allowing_small(service_key()?, 1024)?;
    let nonce = Nonce::from_text(text(request, "nonce")?)?;
    let scope = text(request, "scope")?;
    let bot_id = BotId::new(1)?;
    let link = RequestLink::verbatim(bot_id, scope, key.public_key().to_pem(), &nonce)?;

    let review = Form::read(&link, form)?.review(vault.unlocked(), &PassportConfig::unknown());
    let choice = match review.choose() {
        Ok(choice) => choice,
        Err(incomplete) => {
            let rows: Vec<_> = incomplete.rows().iter().map(|row| row.row).collect();
            return Ok(json!({"missingRows": rows}));
        }
    };
    let telegram = Scripted::new().answer("account.acceptAuthorization", &true);
    wait(choice.submit(&telegram, &mut SeededRng::new(2)))?;
    let sent: functions::account::AcceptAuthorization = telegram.sent(0);

    let secret = key.open(&sent.credentials.secret)?;
    let hash = CredentialsHash::from_slice(&sent.credentials.hash)?;
    let credentials = sent.credentials.data.clone();
    let plaintext = cipher::decrypt_credentials(&secret, &hash, credentials)?;
    let mut json = String::from_utf8(plaintext.as_bytes().to_vec())?;
    for (ours, theirs) in &hashes {
        json = json.replace(ours, theirs);
    }
    let credentials: Value = serde_json::from_str(&json)?;
    let value_hashes = sent.value_hashes.iter().map(|it| {
        let element = ElementType::from(&it.r#type);
        json!({"type": element.name(), "hash": to_hex(&it.hash)})
    });
    Ok(json!({
        "chosen": choice.elements().map(ElementType::name).collect::<Vec<_>>(),
        "valueHashes": value_hashes.collect::<Vec<_>>(),
        "credentials": credentials,
    }))
}

/// A key of the committed vectors stands for the service.
fn service_key() -> Result<String, Refusal> {
    let groups = &vectors::file("messages").test_groups;
    let key = groups
        .iter()
        .find_map(|group| group.fields.get("privateKeyPem")?.as_str());
    key.map(str::to_owned)
        .ok_or_else(|| Refusal::Reason("no committed vector has a key".to_owned()))
}

/// A value of the server; the hashes of its document, ours and theirs, as the credentials have them.
fn stored(
    vault: &mut Vault,
    value: &Value,
    hashes: &mut Vec<(String, String)>,
) -> Result<types::SecureValue, Refusal> {
    let element: ElementType = text(value, "type")?.parse()?;
    let parts = &value["parts"];
    let part = |name: &str| parts[name].as_array().map_or(&[][..], Vec::as_slice);
    let mut stored = match element.is_plain() {
        true => vault.plainest(element),
        false => Vault::empty(element),
    };
    stored.hash = hex(value, "serverHash")?;
    let document = value.get("document").and_then(Value::as_str);
    let document = document.or_else(|| valid_document(element));
    if let ([data, ..], Some(document)) = (part("data"), document) {
        let secret = ValueSecret::from_slice(&base64(data, "secret")?)?;
        let sealed = vault.data_of(document, &secret);
        let ours = telegram_passport::hash::DataHash::from_slice(&sealed.data_hash)?;
        hashes.push((ours.to_base64(), text(data, "hash")?.to_owned()));
        stored.data = Some(sealed);
    }
    let mut files = |name: &str| -> Result<Vec<enums::SecureFile>, Refusal> {
        let files = part(name).iter().map(|file| {
            let secret = ValueSecret::from_slice(&base64(file, "secret")?)?;
            let hash = base64(file, "hash")?.try_into();
            let hash = hash.map_err(|_| Refusal::Reason("a hash is not 32 bytes".to_owned()))?;
            Ok(vault.file_of(hash, &secret))
        });
        files.collect()
    };
    stored.front_side = files("front_side")?.pop();
    stored.reverse_side = files("reverse_side")?.pop();
    stored.selfie = files("selfie")?.pop();
    let lists = [files("translation")?, files("files")?];
    let [translation, files] = lists.map(|files| Some(files).filter(|files| !files.is_empty()));
    (stored.translation, stored.files) = (translation, files);
    Ok(stored)
}

fn row(row: &Value) -> Result<enums::SecureRequiredType, Refusal> {
    let empty = Map::new();
    let one = |it: &Value| -> Result<enums::SecureRequiredType, Refusal> {
        let element: ElementType = text(it, "type")?.parse()?;
        let members = it.as_object().unwrap_or(&empty);
        let is = |name: &str| members.get(name).is_some_and(|it| *it == true);
        Ok(types::SecureRequiredType {
            native_names: is("native_names"),
            selfie_required: is("selfie_required"),
            translation_required: is("translation_required"),
            r#type: element.into(),
        }
        .into())
    };
    match row.as_array().map_or(&[][..], Vec::as_slice) {
        [alone] => one(alone),
        several => Ok(types::SecureRequiredTypeOneOf {
            types: several.iter().map(one).collect::<Result<_, _>>()?,
        }
        .into()),
    }
}
