//! The faults of the product: what can go wrong with a call, which errors a client may say then, and
//! what the user has to mend.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::Path;

use telegram_passport::ElementType;
use telegram_passport::testing::{Fault, Meanwhile};
use telegram_passport_tl::{Encode, RpcError, enums, types};

/// Whether all of the product is wanted, which takes minutes, instead of a sample.
pub(super) fn is_whole() -> bool {
    std::env::var_os("PASSPORT_WHOLE_PRODUCT").is_some()
}

/// What can go wrong with any call: without a refusal by name, and without what another app does.
pub(super) fn transport() -> Vec<Fault> {
    vec![
        Fault::CallLost,
        Fault::AnswerLost,
        Fault::AnswerCut,
        Fault::FloodWait(9),
        Fault::Twice,
        Fault::WrongIds,
        Fault::AnswerRepeated,
        Fault::PartLost,
        Fault::PartDamaged,
        Fault::Meanwhile(Meanwhile::PartsGone),
    ]
}

/// What befalls stored values.
pub(super) fn damage() -> Vec<Fault> {
    let (one, other) = (ElementType::Passport, ElementType::Address);
    let bill = ElementType::UtilityBill;
    let events = [
        Meanwhile::ValueDamaged(one),
        Meanwhile::ValueDamaged(bill),
        Meanwhile::ValueSecretsDamaged(one),
        Meanwhile::ValueSecretsDamaged(bill),
        Meanwhile::DataSwapped(one, other),
        Meanwhile::ValueDeleted(one),
        Meanwhile::ValueSavedAgain(one),
        Meanwhile::ValueSavedAgain(ElementType::Email),
    ];
    events.map(Fault::Meanwhile).into()
}

/// What befalls password and passport secret, as far as it takes no time.
pub(super) fn secret_events() -> Vec<Fault> {
    let events = [
        Meanwhile::SecretDeleted,
        Meanwhile::SecretDamaged,
        Meanwhile::SecretIdChanged,
        Meanwhile::PasswordRemoved,
    ];
    events.map(Fault::Meanwhile).into()
}

/// The others, each of which costs the simulation 100 000 rounds of PBKDF2.
pub(super) fn slow_events(password: &str) -> Vec<Fault> {
    let theirs = || "theirs".to_owned();
    let events = [
        Meanwhile::PasswordChanged {
            from: password.to_owned(),
            to: theirs(),
        },
        Meanwhile::PasswordChangedAlone(theirs()),
        Meanwhile::SecretReplaced(password.to_owned()),
    ];
    events.map(Fault::Meanwhile).into()
}

/// Answers of a server that lies: of no type, of another type, too long, too deep; and bits that are
/// other ones, here and there.
pub(super) fn lies(number: usize) -> Vec<Fault> {
    let nothing: Vec<enums::SecureValue> = Vec::new();
    let nothing = nothing.to_bytes().expect("TL");
    let vector = &nothing[..4];
    let huge = [vector, &[0xff; 4]].concat();
    let many = [vector, &[0xff, 0xff, 0xff, 0x7f], &[0; 4096]].concat();
    // A form that asks for one of one of one of ...
    let form = types::account::AuthorizationForm {
        required_types: vec![],
        values: vec![],
        errors: vec![],
        users: vec![],
        privacy_policy_url: None,
    };
    let form = enums::account::AuthorizationForm::from(form).to_bytes();
    let one_of = types::SecureRequiredTypeOneOf { types: vec![] };
    let one_of = enums::SecureRequiredType::from(one_of).to_bytes();
    let one = [vector, &[1, 0, 0, 0]].concat();
    let mut deep = [&form.expect("TL")[..8], &one].concat();
    deep.extend([&one_of.expect("TL")[..4], &one].concat().repeat(20_000));
    let answers = [
        Vec::new(),
        vec![0; 4],
        vec![0; 64],
        true.to_bytes().expect("TL"),
        false.to_bytes().expect("TL"),
        nothing,
        huge,
        many,
        deep,
    ];
    let bits = if is_whole() { 400 } else { 10 };
    let flipped = (0..bits).map(|at| Fault::AnswerFlipped((number * bits + at) * 7919));
    answers
        .into_iter()
        .map(Fault::Answered)
        .chain(flipped)
        .collect()
}

/// The refusals of a method: those that the reference knows of it, those that any method can answer
/// with, and those of sections 1.5 and 9.5, which concern calls of many kinds.
pub(super) fn refusals(method: &str) -> Vec<Fault> {
    let mut names: Vec<String> = known()
        .remove(method)
        .expect("the schema names every method");
    names.extend(EVERYWHERE.map(str::to_owned));
    names.sort();
    names.dedup();
    // Success, in the words of an error: the simulation says it of its own.
    names.retain(|name| !name.starts_with("EMAIL_UNCONFIRMED"));
    let spelled = |name: &String| match name.as_str() {
        // The uploads of the story have one part.
        "FILE_PART_X_MISSING" => Fault::rpc("FILE_PART_0_MISSING"),
        name => Fault::rpc(name.replace("_X", "_9")),
    };
    names.iter().map(spelled).collect()
}

/// The errors that the schema knows of each method, from the file that it is generated from.
pub(super) fn known() -> BTreeMap<String, Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tl/schema/methods.toml");
    let text = std::fs::read_to_string(path).expect("the file is there");
    let file: toml::Table = text.parse().expect("TOML");
    let methods = file["methods"].as_table().expect("methods");
    let name = |error: &toml::Value| error["name"].as_str().expect("a name").to_owned();
    let errors = |method: &toml::Value| {
        let errors = method.get("errors").and_then(toml::Value::as_array);
        errors.into_iter().flatten().map(name).collect()
    };
    methods
        .iter()
        .map(|(method, it)| (method.clone(), errors(it)))
        .collect()
}

/// Whether that is what a client may say of a call with this fault.
pub(super) fn is_told(fault: &Fault, error: &dyn Debug) -> bool {
    let error = format!("{error:?}");
    match fault {
        Fault::Rpc(message) => {
            let refusal = RpcError::parse(400, message);
            let (name, number) = (refusal.name(), refusal.value());
            let words = WORDS.iter().filter(|(of, _)| *of == name);
            let mut words = words.flat_map(|(_, words)| words.split('|'));
            words.any(|word| error.contains(word))
                || error.contains(&format!("\"{name}\""))
                    && number.is_none_or(|number| error.contains(&format!("Some({number})")))
        }
        Fault::FloodWait(_) => {
            error.contains("seconds: 9")
                || error.contains("\"FLOOD_WAIT_X\"") && error.contains("Some(9)")
        }
        Fault::CallLost | Fault::AnswerLost => error.contains("NoAnswer"),
        Fault::AnswerCut => error.contains("Answer(") || error.contains("NoAnswer"),
        _ => true,
    }
}

/// Whether the server says what is not so.
pub(super) fn is_lie(fault: &Fault) -> bool {
    matches!(
        fault,
        Fault::Answered(_) | Fault::AnswerFlipped(_) | Fault::AnswerRepeated | Fault::WrongIds
    )
}

/// Whether a client may come to its end in spite of the fault, without a word.
pub(super) fn may_succeed(fault: &Fault) -> bool {
    match fault {
        Fault::Rpc(message) => ACTED_UPON.contains(&message.as_str()),
        Fault::FloodWait(_) | Fault::CallLost | Fault::AnswerLost | Fault::AnswerCut => false,
        _ => true,
    }
}

/// The values that an event of this kind may break.
pub(super) fn broken_by(fault: &Fault) -> Vec<ElementType> {
    match fault {
        Fault::Meanwhile(
            Meanwhile::ValueDamaged(element)
            | Meanwhile::ValueSecretsDamaged(element)
            | Meanwhile::ValueDeleted(element),
        ) => vec![*element],
        Fault::Meanwhile(Meanwhile::DataSwapped(one, other)) => vec![*one, *other],
        _ => Vec::new(),
    }
}

/// The errors of sections 1.5 and 9.5 of the reference, and those of any method.
const EVERYWHERE: [&str; 16] = [
    "APP_VERSION_OUTDATED",
    "AUTH_KEY_UNREGISTERED",
    "BUSINESS_CONNECTION_NOT_ALLOWED",
    "EMAIL_INVALID",
    "INTERNAL",
    "PASSWORD_HASH_INVALID",
    "PASSWORD_MISSING",
    "PASSWORD_REQUIRED",
    "PASSWORD_TOO_FRESH_X",
    "PHONE_NUMBER_INVALID",
    "SECURE_SECRET_INVALID",
    "SECURE_SECRET_REQUIRED",
    "SECURE_VALUE_EMPTY",
    "SECURE_VALUE_HASH_INVALID",
    "SESSION_TOO_FRESH_X",
    "SRP_ID_INVALID",
];

/// What the reference tells a client to do something about by itself (1.4, 9.5, 10.3, 10.5); and
/// that there is no other way of sending a code, which only means that the last one must do.
const ACTED_UPON: [&str; 8] = [
    "EMAIL_VERIFICATION_NEEDED",
    "FILE_MIGRATE_9",
    "FILE_PARTS_INVALID",
    "FILE_PART_0_MISSING",
    "MD5_CHECKSUM_INVALID",
    "PHONE_VERIFICATION_NEEDED",
    "SEND_CODE_UNAVAILABLE",
    "SRP_ID_INVALID",
];

/// In which words the client's errors say what it is that Telegram refuses: names of variants.
const WORDS: [(&str, &str); 26] = [
    ("APP_VERSION_OUTDATED", "AppVersionOutdated"),
    ("BOT_INVALID", "BotInvalid"),
    ("CODE_INVALID", "WrongCode"),
    ("EMAIL_INVALID", "EmailInvalid|InvalidAddress"),
    ("EMAIL_NOT_ALLOWED", "AddressNotAllowed"),
    ("EMAIL_VERIFICATION_NEEDED", "EmailVerificationNeeded"),
    ("EMAIL_VERIFY_EXPIRED", "Expired"),
    ("FLOOD_PREMIUM_WAIT_X", "seconds: 9"),
    (
        "PASSWORD_HASH_INVALID",
        "WrongPassword|PasswordChanged|HasPassword",
    ),
    ("PASSWORD_REQUIRED", "PasswordRequired"),
    ("PHONE_CODE_EMPTY", "WrongCode"),
    ("PHONE_CODE_EXPIRED", "Expired"),
    ("PHONE_CODE_INVALID", "WrongCode"),
    ("PHONE_NUMBER_INVALID", "PhoneNumberInvalid|InvalidAddress"),
    ("PHONE_VERIFICATION_NEEDED", "PhoneVerificationNeeded"),
    ("PUBLIC_KEY_INVALID", "PublicKeyInvalid"),
    ("PUBLIC_KEY_REQUIRED", "PublicKeyRequired|PublicKeyInvalid"),
    ("SCOPE_EMPTY", "ScopeEmpty"),
    ("SECURE_SECRET_INVALID", "SecretInvalid"),
    ("SECURE_SECRET_REQUIRED", "SecretRequired"),
    ("SECURE_VALUE_EMPTY", "ValueChanged"),
    ("SECURE_VALUE_HASH_INVALID", "ValueChanged"),
    ("SEND_CODE_UNAVAILABLE", "NoOtherWay"),
    ("SRP_ID_INVALID", "StaleProof"),
    ("SRP_PASSWORD_CHANGED", "PasswordChanged"),
    ("FLOOD_WAIT_X", "seconds: 9"),
];
