//! From what is received, stored and sent to vectors.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

use base64ct::{Base64, Encoding};
use rand_core::TryRng as _;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use telegram_passport::ElementType;
use telegram_passport::client::srp::{KdfAlgo, SecretExponent};
use telegram_passport::client::{Connection, Password, StoredContent, StoredValue, wait};
use telegram_passport::file::mtproto::{Download, RemoteFile};
use telegram_passport::link::RequestLink;
use telegram_passport::submission::FilePart;
use telegram_passport::testing::{Bot, Document};
use telegram_passport_tl::{Boxed, Decode as _, Encode as _, enums, functions, types};

use super::Made;
use super::file::VectorFile;
use super::person::Person;
use super::service::{Service, Wish};

/// All files in the making.
pub(super) struct Collection {
    seed: u64,
    messages: VectorFile,
    credentials: VectorFile,
    values: VectorFile,
    files: VectorFile,
    secrets: VectorFile,
    srp: VectorFile,
    tl: VectorFile,
    encrypted: BTreeMap<PathBuf, Vec<u8>>,
}

impl Collection {
    pub(super) fn new(seed: u64) -> Self {
        let doors = [
            ("BotApi", "As the Bot API brings it."),
            ("Mtproto", "As MTProto brings it."),
        ];
        Self {
            seed,
            messages: VectorFile::new(
                "PassportMessage",
                "What services receive by the Bot API; data is what was typed in.",
                &doors[..1],
            ),
            credentials: VectorFile::new(
                "PassportCredentials",
                "Credentials of the same messages: keys to what was asked for, and to no more.",
                &doors,
            ),
            values: VectorFile::new(
                "PassportValue",
                "Documents of the same messages; msg is what was typed in.",
                &doors[1..],
            ),
            files: VectorFile::new(
                "PassportFile",
                "Files of the same messages as services download them; size and hash are those of what was put in.",
                &doors,
            ),
            secrets: VectorFile::new(
                "PassportSecrets",
                "What the server stores: value secrets under the passport secret, and this under the password.",
                &[("Stored", "As it lies on the server.")],
            ),
            srp: VectorFile::new(
                "TelegramSrp",
                "Proofs and verifiers of the passwords, with the server's numbers.",
                &[
                    ("Proof", "The answer to the server's B, its a given."),
                    ("Verifier", "What was sent for a new password."),
                ],
            ),
            tl: VectorFile::new(
                "TlWire",
                "The calls of the user's side, and what services receive by MTProto, as bytes.",
                &[("Call", "A function."), ("Action", "A constructor.")],
            ),
            encrypted: BTreeMap::new(),
        }
    }

    /// The password in force: its proof, its verifier, and the passport secret under it.
    pub(super) fn password(&mut self, person: &mut Person) -> Result<(), Box<dyn Error>> {
        let name = person.typist.name;
        let state = wait(
            person
                .connection
                .invoke(&functions::account::GetPassword {}),
        )?;
        let current = state.into_inner().has_password.ok_or("no password")?;
        let hash = KdfAlgo::check(&current.current_algo)?.hash(&Password::from(person.password));
        let mut a = [0; 256];
        person.random.try_fill_bytes(&mut a)?;
        let exponent = SecretExponent::from_bytes(&a);
        let proof = hash.prove_with(current.srp_id, &current.srp_b, &exponent)?;
        let mut test = parameters(&current.current_algo)?;
        test["password"] = person.password.into();
        let mut verifier = test.clone();
        test["srpB"] = hex(&current.srp_b);
        test["a"] = hex(&a);
        test["A"] = hex(&proof.a);
        test["M1"] = hex(&proof.m1);
        let comment = format!("{name}, `{}`", person.password);
        self.srp
            .test("SrpCheck", &json!({}), "Proof", comment.clone(), test);

        verifier["v"] = hex(&sent_verifier(person, &current.current_algo)?);
        self.srp.test(
            "SrpVerifier",
            &json!({}),
            "Verifier",
            comment.clone(),
            verifier,
        );

        let stored = person.account.secret().ok_or("no passport secret")?;
        let enums::SecurePasswordKdfAlgo::Pbkdf2Hmacsha512iter100000(algo) = stored.secure_algo
        else {
            return Err("another algorithm".into());
        };
        let test = json!({
            "algorithm": "securePasswordKdfAlgoPBKDF2HMACSHA512iter100000",
            "password": person.password,
            "salt": hex(&algo.salt),
            "secretId": person.unlocked.secret_id().to_string(),
            "encrypted": hex(&stored.secure_secret),
            "secret": hex(person.unlocked.passport_secret().expose()),
        });
        self.secrets
            .test("PassportSecretWrap", &json!({}), "Stored", comment, test);
        Ok(())
    }

    /// What the server stores beside the values.
    pub(super) fn stored(&mut self, person: &Person) -> Result<(), Box<dyn Error>> {
        for element in person.elements() {
            let (_, saved) = person.value(element)?;
            let value = person.account.stored(element).ok_or("nothing is stored")?;
            let mut test = |part: &str, hash: &[u8], encrypted: &[u8], secret: &[u8]| {
                let comment = format!("{}, {element}, {part}", person.typist.name);
                let test = json!({
                    "passportSecret": hex(person.unlocked.passport_secret().expose()),
                    "hash": hex(hash),
                    "encrypted": hex(encrypted),
                    "valueSecret": hex(secret),
                });
                self.secrets
                    .test("ValueSecretWrap", &json!({}), "Stored", comment, test);
            };
            if let Some((hash, secret)) = data_key(saved) {
                let data = value.data.as_ref().ok_or("no data is stored")?;
                test("data", &hash, &data.secret, &secret);
            }
            for (part, file) in saved.all_files() {
                let stored = remote(&value, part).ok_or("no file is stored")?;
                let secret = file.secret().expose();
                test(
                    &part.to_string(),
                    file.hash().as_bytes(),
                    &stored.secret,
                    secret,
                );
            }
        }
        Ok(())
    }

    /// What a service got, by both doors.
    pub(super) fn received(
        &mut self,
        person: &Person,
        service: &Service,
        link: &RequestLink,
    ) -> Result<(), Box<dyn Error>> {
        let update = service.received()?;
        let of = format!("{}, {}", person.typist.name, service.wish.describe());
        let group = json!({"privateKeyPem": service.key.to_pem().as_str()});
        let data = &update.json()["message"]["passport_data"];
        let action = update.action();

        let mut elements = Vec::new();
        let mut secure_data = json!({});
        for object in data["data"].as_array().into_iter().flatten() {
            let name = object["type"].as_str().unwrap_or_default();
            let element: ElementType = name.parse()?;
            let (typed, saved) = person.value(element)?;
            let (expected, keys) = expected(typed, saved, service.wish, object)?;
            elements.push(expected);
            if let Some(keys) = keys {
                secure_data[name] = keys;
            }
            for (part, file) in asked(saved, service.wish) {
                let file_id = place(object, part)["file_id"].as_str();
                let encrypted = service.bot.file(file_id.unwrap_or_default());
                let content = content(typed, part).ok_or("nothing was typed in")?;
                let credentials = (file.hash().as_bytes(), file.secret().expose());
                let comment = format!("{of}, {element}, {part}");
                let encrypted = encrypted.ok_or("no such file")?;
                self.file("BotApi", comment, credentials, encrypted, content);
            }
        }
        let nonce = link.nonce().as_str();
        let test = json!({
            "passportData": data,
            "expectedNonce": nonce,
            "expected": {"nonce": nonce, "elements": elements},
        });
        self.messages
            .test("PassportMessage", &group, "BotApi", of.clone(), test);

        let plain = json!({"secure_data": secure_data, "nonce": nonce});
        let both = [
            ("BotApi", data["credentials"].clone()),
            ("Mtproto", credentials(&action.credentials)),
        ];
        for (flag, credentials) in both {
            let test = json!({"credentials": credentials, "expected": plain});
            let comment = format!("{of}, {flag}");
            self.credentials
                .test("CredentialsDecrypt", &group, flag, comment, test);
        }
        for value in &action.values {
            self.received_value(person, service, &of, value)?;
        }
        let bytes = Boxed(action.clone()).to_bytes()?;
        let test = json!({"type": "MessageAction", "bytes": hex(&bytes)});
        self.tl.test("TlDecode", &json!({}), "Action", of, test);
        Ok(())
    }

    /// A value as MTProto brings it.
    fn received_value(
        &mut self,
        person: &Person,
        service: &Service,
        of: &str,
        value: &types::SecureValue,
    ) -> Result<(), Box<dyn Error>> {
        let element = ElementType::from(&value.r#type);
        let (typed, saved) = person.value(element)?;
        if let Some((hash, secret)) = data_key(saved) {
            let data = value.data.as_ref().ok_or("no data came")?;
            let test = json!({
                "secret": hex(&secret),
                "hash": hex(&hash),
                "ct": hex(&data.data),
                "msg": hex(typed.data().unwrap_or_default()),
            });
            let comment = format!("{of}, {element}");
            self.values
                .test("ValueDecrypt", &json!({}), "Mtproto", comment, test);
        }
        for (part, file) in asked(saved, service.wish) {
            let remote = remote(value, part).ok_or("no file came")?;
            let encrypted = download(&service.bot, remote)?;
            let content = content(typed, part).ok_or("nothing was typed in")?;
            let credentials = (file.hash().as_bytes(), file.secret().expose());
            let comment = format!("{of}, {element}, {part}");
            self.file("Mtproto", comment, credentials, encrypted, content);
        }
        Ok(())
    }

    fn file(
        &mut self,
        flag: &str,
        comment: String,
        (hash, secret): (&[u8; 32], &[u8; 32]),
        encrypted: Vec<u8>,
        content: &[u8],
    ) {
        let path = format!("files/{}.enc", self.files.count() + 1);
        let test = json!({
            "file": path,
            "secret": Base64::encode_string(secret),
            "fileHash": Base64::encode_string(hash),
            "plaintextSize": content.len(),
            "plaintextSha256": hex(&Sha256::digest(content)),
        });
        let comment = format!("{comment}, {flag}");
        self.files
            .test("FileDecrypt", &json!({}), flag, comment, test);
        let path = Path::new("submissions").join(path);
        self.encrypted.insert(path, encrypted);
    }

    /// All that the person's app has called, but for the parts of files.
    pub(super) fn calls(&mut self, person: &Person) -> Result<(), Box<dyn Error>> {
        for (number, (method, body)) in person.connection.calls().into_iter().enumerate() {
            let test = json!({"type": method, "bytes": hex(&body)});
            let comment = format!("{}, call {number}: {method}", person.typist.name);
            self.tl.test("TlDecode", &json!({}), "Call", comment, test);
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Made {
        let mut files = self.encrypted;
        let mut tests = 0;
        for (name, file) in [
            ("submissions/credentials.json", self.credentials),
            ("submissions/files.json", self.files),
            ("submissions/messages.json", self.messages),
            ("submissions/value.json", self.values),
            ("secrets/secrets.json", self.secrets),
            ("calls/srp.json", self.srp),
            ("calls/tl_wire.json", self.tl),
        ] {
            tests += file.count();
            let text = file.to_json(self.seed).into_bytes();
            files.insert(name.into(), text);
        }
        Made { files, tests }
    }
}

/// What a service must find in an element, and what the credentials must say of it.
fn expected(
    typed: &Document,
    saved: &StoredValue,
    wish: Wish,
    object: &Value,
) -> Result<(Value, Option<Value>), Box<dyn Error>> {
    let element = typed.element_type();
    let mut expected = json!({"type": element.name()});
    if let Some(text) = typed.text() {
        expected[element.name()] = text.into();
        return Ok((expected, None));
    }
    let mut keys = json!({});
    if let (Some(json), Some((hash, secret))) = (typed.data(), data_key(saved)) {
        expected["data"] = serde_json::from_slice(json)?;
        let secret = Base64::encode_string(&secret);
        keys["data"] = json!({"data_hash": Base64::encode_string(&hash), "secret": secret});
    }
    for (part, file) in asked(saved, wish) {
        let key = json!({
            "file_hash": file.hash().to_base64(),
            "secret": Base64::encode_string(file.secret().expose()),
        });
        let mut opened = key.clone();
        opened["file_id"] = place(object, part)["file_id"].clone();
        for (to, file) in [(&mut keys, key), (&mut expected, opened)] {
            match part {
                FilePart::Translation(_) => push(&mut to["translation"], file),
                FilePart::Files(_) => push(&mut to["files"], file),
                single => to[single.to_string()] = file,
            }
        }
    }
    Ok((expected, Some(keys)))
}

fn push(list: &mut Value, item: Value) {
    match list {
        Value::Array(items) => items.push(item),
        other => *other = json!([item]),
    }
}

/// The files that a service gets the keys of.
fn asked(
    saved: &StoredValue,
    wish: Wish,
) -> impl Iterator<Item = (FilePart, &telegram_passport::client::StoredFile)> {
    saved.all_files().filter(move |(part, _)| match part {
        FilePart::Selfie | FilePart::Translation(_) => wish.has_extras(),
        _ => true,
    })
}

fn content(typed: &Document, part: FilePart) -> Option<&[u8]> {
    match part {
        FilePart::FrontSide => typed.front_side(),
        FilePart::ReverseSide => typed.reverse_side(),
        FilePart::Selfie => typed.selfie(),
        FilePart::Translation(at) => typed.translation().get(at).map(Vec::as_slice),
        FilePart::Files(at) => typed.files().get(at).map(Vec::as_slice),
    }
}

/// Where a file stands in an element of the Bot API.
fn place(object: &Value, part: FilePart) -> &Value {
    match part {
        FilePart::Translation(at) => &object["translation"][at],
        FilePart::Files(at) => &object["files"][at],
        single => &object[single.to_string()],
    }
}

/// Where a file stands in a value of MTProto.
fn remote(value: &types::SecureValue, part: FilePart) -> Option<&types::SecureFile> {
    let file = match part {
        FilePart::FrontSide => value.front_side.as_ref(),
        FilePart::ReverseSide => value.reverse_side.as_ref(),
        FilePart::Selfie => value.selfie.as_ref(),
        FilePart::Translation(at) => value.translation.as_ref()?.get(at),
        FilePart::Files(at) => value.files.as_ref()?.get(at),
    };
    match file? {
        enums::SecureFile::File(file) => Some(file),
        enums::SecureFile::Empty => None,
    }
}

fn download(bot: &Bot, file: &types::SecureFile) -> Result<Vec<u8>, Box<dyn Error>> {
    let (mut download, mut whole) = (Download::new(RemoteFile::from(file)), Vec::new());
    while let Some(request) = download.next_request() {
        let connection = bot.connection();
        let answer = wait(connection.invoke_in(Some(download.dc_id()), &request))?;
        whole.extend(download.accept(answer)?);
    }
    Ok(whole)
}

/// Hash and secret of the document.
fn data_key(saved: &StoredValue) -> Option<([u8; 32], [u8; 32])> {
    let (hash, secret) = match saved.content() {
        StoredContent::PersonalDetails(data) => (data.hash(), data.secret()),
        StoredContent::Address(data) => (data.hash(), data.secret()),
        StoredContent::IdentityDocument(document) => {
            (document.data().hash(), document.data().secret())
        }
        _ => return None,
    };
    Some((*hash.as_bytes(), *secret.expose()))
}

/// The credentials of MTProto in the form of the Bot API.
fn credentials(credentials: &types::SecureCredentialsEncrypted) -> Value {
    json!({
        "data": Base64::encode_string(&credentials.data),
        "hash": Base64::encode_string(&credentials.hash),
        "secret": Base64::encode_string(&credentials.secret),
    })
}

/// The verifier that the app has sent for the password of these parameters.
fn sent_verifier(
    person: &Person,
    algo: &enums::PasswordKdfAlgo,
) -> Result<Vec<u8>, Box<dyn Error>> {
    for (method, body) in person.connection.calls().into_iter().rev() {
        if method != "account.updatePasswordSettings" {
            continue;
        }
        let call = functions::account::UpdatePasswordSettings::from_bytes(&body)?;
        if let Some(new) = call.new_settings.into_inner().new_algo
            && new.new_algo == *algo
        {
            return Ok(new.new_password_hash);
        }
    }
    Err("no verifier was sent".into())
}

fn parameters(algo: &enums::PasswordKdfAlgo) -> Result<Value, Box<dyn Error>> {
    let enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(algo) = algo
    else {
        return Err("another algorithm".into());
    };
    Ok(json!({
        "salt1": hex(&algo.salt1),
        "salt2": hex(&algo.salt2),
        "g": algo.g,
        "p": hex(&algo.p),
    }))
}

fn hex(bytes: &[u8]) -> Value {
    let digits = bytes.iter().map(|byte| format!("{byte:02x}"));
    Value::String(digits.collect())
}
