//! From vectors to requests.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::inside;
use crate::vectors::{File, Group, Verdict};

/// One vector as requests, with what must come of them.
#[derive(Clone, Debug)]
pub struct Case {
    /// The type of its group, such as `ValueDecrypt`.
    pub kind: String,
    /// Its number, unique in the file.
    pub tc_id: u64,
    /// What it shows.
    pub comment: String,
    /// The flags, explained in the notes of its file.
    pub flags: Vec<String>,
    /// What must come of it.
    pub result: Verdict,
    /// For which classes of failure it may be refused; none if it does not say.
    pub failure: Vec<String>,
    /// What is asked, one after the other.
    pub steps: Vec<Step>,
}

/// A request, and the result that it must have if it has one.
#[derive(Clone, Debug)]
pub struct Step {
    /// The request without `id` and `flags`.
    pub request: Value,
    /// The result.
    pub expected: Expected,
}

/// What the result is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// Any result will do.
    Anything,
    /// Exactly this text, but for the case of hexadecimal digits.
    Text(String),
    /// An object that has these members, each compared as JSON; it may have others.
    Members(Map<String, Value>),
    /// A link that says the same as this one: whatever the order and the form of the scheme, and
    /// `{"_": "pd"}` in the scope is `"pd"`.
    Link(String),
    /// Elements of a message: empty texts and lists count as absent.
    Elements(Value),
    /// A TL value, as JSON or as `{"reencoded": hex}`.
    Tl {
        /// As JSON; `None` if the vector does not say.
        value: Option<Value>,
        /// As it is written again.
        bytes: String,
    },
}

/// The cases of a file; `None` if its kind is not known. `folder` is where the files lie that its
/// cases name. Groups of a type that is not known are left out: [`unknown_groups`] tells which.
///
/// # Errors
///
/// The first case that cannot be understood, or that stands there twice, or a number of cases that
/// is not that of the header: what would be left out would count as if there were nothing to see.
pub fn of_file(file: &File, folder: &Path) -> Result<Option<Vec<Case>>, String> {
    if !KINDS.contains(&file.algorithm.as_str()) {
        return Ok(None);
    }
    let count: usize = file.test_groups.iter().map(|group| group.tests.len()).sum();
    if count != file.number_of_tests {
        let said = file.number_of_tests;
        return Err(format!(
            "it has {count} cases and not {said}, its `numberOfTests`"
        ));
    }
    let groups = file.test_groups.iter();
    let tests = groups.flat_map(|group| group.tests.iter().map(move |test| (group, test)));
    let mut numbers = BTreeSet::new();
    let mut cases = Vec::new();
    for (group, test) in tests {
        let kind = &group.kind;
        let number = test["tcId"].as_u64();
        let number = number.ok_or_else(|| format!("a case of {kind} has no number as `tcId`"))?;
        let at = |what: &str| format!("tcId {number}: {what}");
        if !numbers.insert(number) {
            return Err(at("this number is used twice"));
        }
        if GROUPS.contains(&kind.as_str()) {
            cases.push(of_test(group, test, number, folder).map_err(|what| at(&what))?);
        }
    }
    Ok(Some(cases))
}

/// The types of groups of a file that this runner does not know.
#[must_use]
pub fn unknown_groups(file: &File) -> BTreeSet<&str> {
    let kinds = file.test_groups.iter().map(|group| group.kind.as_str());
    kinds.filter(|kind| !GROUPS.contains(kind)).collect()
}

/// The kinds of files that this runner knows.
pub const KINDS: [&str; 17] = [
    "TlWire",
    "TlConstructorId",
    "PassportValue",
    "PassportSecrets",
    "PassportCredentials",
    "PassportOaep",
    "PassportMessage",
    "PassportFile",
    "PassportPem",
    "PassportRequired",
    "PassportScope",
    "PassportDeepLink",
    "PassportCallback",
    "PassportDocument",
    "PassportForm",
    "PassportErrors",
    "TelegramSrp",
];

/// The types of groups that this runner knows, as [`steps`] does.
const GROUPS: [&str; 27] = [
    "ValueDecrypt",
    "SecretCheck",
    "SecretGenerate",
    "ValueSecretWrap",
    "PassportSecretWrap",
    "CredentialsDecrypt",
    "CredentialsSecretOpen",
    "PassportMessage",
    "PassportMessageTl",
    "FileDecrypt",
    "PemPrivateKey",
    "PemPublicKey",
    "ScopeFulfilled",
    "ScopeValidate",
    "ErrorsBuild",
    "DeepLinkParse",
    "DeepLinkBuild",
    "CallbackBuild",
    "DocumentRead",
    "DocumentCheck",
    "SrpCheck",
    "SrpVerifier",
    "FormSubmit",
    "TlEncode",
    "TlDecode",
    "TlDecodeInvalid",
    "TlConstructorId",
];

/// Inputs that a case may lack. Without any other it would be refused for that, and an invalid one
/// would pass.
const OPTIONAL: [&str; 5] = [
    "passphrase",
    "expectedNonce",
    "error",
    "document",
    "documentHex",
];

fn of_test(group: &Group, test: &Value, tc_id: u64, folder: &Path) -> Result<Case, String> {
    let words =
        |name: &str| words(&test[name]).ok_or_else(|| format!("`{name}` is no list of words"));
    Ok(Case {
        kind: group.kind.clone(),
        tc_id,
        comment: test["comment"].as_str().unwrap_or_default().to_owned(),
        flags: match &test["flags"] {
            Value::String(_) => return Err("`flags` is no list of words".to_owned()),
            _ => words("flags")?,
        },
        result: verdict(group, test)?,
        // One class, or several of which each will do.
        failure: words("failure")?,
        steps: steps(group, test, folder)?,
    })
}

/// The list of what is missing is a result like any other: a message that does not fulfil its scope
/// is answered, not refused. Without that list a refusal is meant.
fn verdict(group: &Group, test: &Value) -> Result<Verdict, String> {
    let answered = match group.kind.as_str() {
        "ScopeFulfilled" => test.get("missing").is_some(),
        "FormSubmit" => test.get("missingRows").is_some(),
        _ => false,
    };
    let result = Verdict::deserialize(&test["result"]);
    match result.map_err(|_| "`result` is not valid, invalid or acceptable".to_owned())? {
        Verdict::Invalid if answered => Ok(Verdict::Valid),
        verdict => Ok(verdict),
    }
}

/// A word, a list of words, or none.
fn words(value: &Value) -> Option<Vec<String>> {
    let word = |it: &Value| it.as_str().map(str::to_owned);
    match value {
        Value::Null => Some(Vec::new()),
        Value::Array(words) => words.iter().map(word).collect(),
        value => Some(vec![word(value)?]),
    }
}

fn steps(group: &Group, test: &Value, folder: &Path) -> Result<Vec<Step>, String> {
    let text = |name: &str| Expected::Text(test[name].as_str().unwrap_or_default().to_owned());
    let plain = |op: &str, fields: &[&str], expected| {
        let mut needed = fields.iter().filter(|it| !OPTIONAL.contains(it));
        if let Some(missing) = needed.find(|it| test.get(**it).is_none()) {
            return Err(format!("`{missing}` is missing"));
        }
        let request = request(op, fields, test);
        Ok(vec![Step { request, expected }])
    };
    let of_group = |name: &str| {
        let field = group.fields.get(name).cloned();
        field.ok_or_else(|| format!("its group has no `{name}`"))
    };
    let with_key = |mut steps: Vec<Step>| {
        for step in &mut steps {
            step.request["pem"] = of_group("privateKeyPem")?;
        }
        Ok(steps)
    };
    Ok(match group.kind.as_str() {
        "ValueDecrypt" => plain("value", &["secret", "hash", "ct"], text("msg"))?,
        "SecretCheck" => plain("secret_check", &["secret"], text("id"))?,
        "SecretGenerate" => plain("secret_generate", &["random"], text("secret"))?,
        "ValueSecretWrap" => {
            let fields = ["passportSecret", "hash", "encrypted"];
            plain("value_secret_unwrap", &fields, text("valueSecret"))?
        }
        "PassportSecretWrap" => {
            let fields = ["algorithm", "password", "salt", "secretId", "encrypted"];
            plain("passport_secret_unwrap", &fields, text("secret"))?
        }
        "CredentialsDecrypt" => {
            let expected = test.get("expected");
            let nonce = expected.and_then(|it| it.get("nonce").or_else(|| it.get("payload")));
            // Where readers of JSON show the rest in different ways, only the nonce is told.
            let nonce = nonce.or_else(|| test.get("nonce"));
            let expected = members([("json", expected), ("nonce", nonce)]);
            return with_key(plain("credentials", &["credentials"], expected)?);
        }
        "CredentialsSecretOpen" => {
            return with_key(plain(
                "credentials_secret",
                &["ciphertext"],
                text("secret"),
            )?);
        }
        "PassportMessage" => {
            let expected = Expected::Elements(test["expected"].clone());
            return with_key(plain(
                "message",
                &["passportData", "expectedNonce"],
                expected,
            )?);
        }
        "PassportMessageTl" => {
            let expected = Expected::Elements(test["expected"].clone());
            return with_key(plain("message_tl", &["action", "expectedNonce"], expected)?);
        }
        "FileDecrypt" => {
            let path = file_of(test, folder)?;
            let sha256 = test.get("plaintextSha256");
            let expected = members([("sha256", sha256), ("size", test.get("plaintextSize"))]);
            let hash = test.get("fileHash").ok_or("`fileHash` is missing")?;
            let mut steps = plain("file", &["secret"], expected)?;
            steps[0].request["hash"] = hash.clone();
            steps[0].request["path"] = path.into();
            // As a whole, and again in pieces of each of these sizes.
            let whole = steps[0].clone();
            let chunks = group.fields.get("chunks").and_then(Value::as_array);
            steps.extend(chunks.into_iter().flatten().map(|size| {
                let mut step = whole.clone();
                step.request["chunk"] = size.clone();
                step
            }));
            steps
        }
        "PemPrivateKey" => {
            let mut steps = plain("credentials", &["pem", "passphrase"], Expected::Anything)?;
            steps[0].request["credentials"] = of_group("credentials")?;
            steps
        }
        "PemPublicKey" => plain("public_key", &["pem"], Expected::Anything)?,
        "ScopeFulfilled" => {
            let expected = members([("missing", test.get("missing"))]);
            return with_key(plain("scope_check", &["scope", "passportData"], expected)?);
        }
        "ScopeValidate" => plain("scope_validate", &["scope"], Expected::Anything)?,
        "ErrorsBuild" => {
            let expected = members([
                ("botApi", test.get("botApi")),
                ("tlBytes", test.get("tlBytes")),
            ]);
            let mut steps = plain("error_build", &["request"], expected)?;
            for name in ["passportData", "credentialsPlaintext"] {
                steps[0].request[name] = group.fields.get(name).cloned().unwrap_or_default();
            }
            return with_key(steps);
        }
        "DeepLinkParse" => {
            let expected = test["expected"].as_object().cloned().unwrap_or_default();
            plain("link_parse", &["url"], Expected::Members(expected))?
        }
        "DeepLinkBuild" => {
            let fields = ["bot_id", "scope", "public_key", "nonce", "callback_url"];
            // A request that cannot be built has no link.
            let url = test["url"].as_str().unwrap_or_default();
            plain("link_build", &fields, Expected::Link(url.to_owned()))?
        }
        "CallbackBuild" => {
            let fields = ["bot_id", "callback_url", "outcome", "error"];
            let expected = members([("url", test.get("url"))]);
            plain("callback_build", &fields, expected)?
        }
        "DocumentRead" | "DocumentCheck" => {
            let (op, expected) = match group.kind.as_str() {
                "DocumentRead" => ("document_read", members([("fields", test.get("expected"))])),
                _ => ("document_check", Expected::Anything),
            };
            let mut steps = plain(op, &["document", "documentHex"], expected)?;
            for name in ["elementType", "nativeNames"] {
                steps[0].request[name] = group.fields.get(name).cloned().unwrap_or_default();
            }
            steps
        }
        "SrpCheck" => {
            let fields = ["password", "salt1", "salt2", "g", "p", "srpB", "a"];
            let expected = members([("A", test.get("A")), ("M1", test.get("M1"))]);
            plain("srp", &fields, expected)?
        }
        "SrpVerifier" => {
            let fields = ["password", "salt1", "salt2", "g", "p"];
            plain("srp_verifier", &fields, text("v"))?
        }
        "FormSubmit" => {
            let fields = ["scope", "nonce", "required", "values"];
            let expected = members(
                ["chosen", "valueHashes", "credentials", "missingRows"]
                    .map(|name| (name, test.get(name))),
            );
            plain("form_submit", &fields, expected)?
        }
        "TlEncode" => {
            let mut steps = plain("tl_encode", &["value"], text("bytes"))?;
            let mut decode = request("tl_decode", &["bytes"], test);
            // A function is read by its own name, a constructor by that of its type.
            let flags = test["flags"].as_array();
            let is_function = flags.is_some_and(|it| it.contains(&json!("Function")));
            let name = if is_function { "name" } else { "resultType" };
            decode["type"] = test[name].clone();
            steps.push(Step {
                request: decode,
                expected: tl(test),
            });
            steps
        }
        "TlDecode" | "TlDecodeInvalid" => plain("tl_decode", &["type", "bytes"], tl(test))?,
        "TlConstructorId" => plain("tl_id", &["definition"], text("id"))?,
        kind => return Err(format!("the type {kind} of its group is not known here")),
    })
}

/// The path of the encrypted file. It must be there: who cannot open it seems to refuse it.
fn file_of(test: &Value, folder: &Path) -> Result<String, String> {
    let name = test["file"].as_str().ok_or("`file` is no text")?;
    let path = inside(folder, name).ok_or_else(|| format!("{name} leads out of its folder"))?;
    let path = path.to_str().ok_or("its folder has no name in UTF-8")?;
    match Path::new(path).is_file() {
        true => Ok(path.to_owned()),
        false => Err(format!("its file {name} is not there")),
    }
}

fn tl(test: &Value) -> Expected {
    Expected::Tl {
        value: test.get("value").cloned(),
        bytes: test["bytes"].as_str().unwrap_or_default().to_owned(),
    }
}

/// Those of the members that the vector has.
fn members<const N: usize>(members: [(&str, Option<&Value>); N]) -> Expected {
    let members = members.into_iter();
    let members = members.filter_map(|(name, value)| Some((name.to_owned(), value?.clone())));
    Expected::Members(members.collect())
}

fn request(op: &str, fields: &[&str], test: &Value) -> Value {
    let mut request = json!({"op": op});
    for field in fields {
        if let Some(value) = test.get(*field) {
            request[*field] = value.clone();
        }
    }
    request
}
