//! Links of requests: the vectors and tables of the reference, and what holds for every link.

use conformance::vectors;
use serde_json::{Value, json};
use telegram_passport::link::{BotId, CallbackUrl, LinkError, RequestLink};
use telegram_passport::nonce::{Nonce, NonceKey};
use telegram_passport::scope::Scope;

use super::passport_scope::OFFICIAL;

include!(concat!(env!("OUT_DIR"), "/vectors/deep_links.rs"));

fn check(file: &str, tc_id: u32) {
    let (kind, vector) = vectors::one(file, tc_id);
    if let Err(error) = run(&kind, &vector) {
        panic!("{error}");
    }
}

#[test]
fn further_files() {
    vectors::run_further("PassportDeepLink", run);
}

#[test]
fn a_wrong_expectation_is_noticed() {
    for (tc_id, field, wrong) in [
        (1, "result", json!("invalid")),
        (5, "result", json!("valid")),
        (
            12,
            "url",
            json!("tg://passport?bot_id=1&scope=s&public_key=k&nonce=n"),
        ),
        (25, "nonce", json!("a b c&d=e%")),
        (25, "scope", json!({"v": 1, "data": ["email"]})),
        (25, "url", json!("tg://resolve?domain=telegrampassport")),
    ] {
        let (kind, mut vector) = vectors::one("deep_links", tc_id);
        assert_eq!(run(&kind, &vector), Ok(()));
        vector[field] = wrong;
        assert!(run(&kind, &vector).is_err(), "{tc_id} {field}");
    }
}

fn run(kind: &str, vector: &Value) -> Result<(), String> {
    match kind {
        "DeepLinkParse" => parses(vector),
        "DeepLinkBuild" => builds(vector),
        other => Err(format!("{other} is no kind of links")),
    }
}

fn parses(vector: &Value) -> Result<(), String> {
    let read = RequestLink::parse(text(vector, "url"));
    match (read, text(vector, "result")) {
        (Err(error), "valid") => Err(format!("it was refused: {error}")),
        (Ok(_), "invalid") => Err("it was accepted".into()),
        (Ok(link), _) => {
            let expected = &vector["expected"];
            same("scope", link.scope_text(), text(expected, "scope"))?;
            has_fields_of(&link, expected)
        }
        (Err(_), _) => Ok(()),
    }
}

fn builds(vector: &Value) -> Result<(), String> {
    let text = |field| text(vector, field);
    let error = |error: &dyn std::fmt::Display| error.to_string();
    let [long, short] =
        ["scope", "scopeShort"].map(|field| Scope::parse(&vector[field].to_string()));
    let (long, short) = (
        long.map_err(|it| error(&it))?,
        short.map_err(|it| error(&it))?,
    );
    if long != short {
        return Err(format!("{short:?} is not {long:?}"));
    }
    let bot_id = text("bot_id").parse().map_err(|it| error(&it))?;
    let nonce = Nonce::from_text(text("nonce")).map_err(|it| error(&it))?;
    let with_callback = |link: RequestLink| match text("callback_url") {
        "" => Ok(link),
        url => link.with_callback(&CallbackUrl::web(url).expect("the SDK takes it")),
    };

    // What others made is read, and written again as they made it.
    let made = RequestLink::parse(text("url")).map_err(|it| error(&it))?;
    has_fields_of(&made, vector)?;
    let again = RequestLink::verbatim(bot_id, made.scope_text(), text("public_key"), &nonce);
    let again = again.and_then(with_callback).map_err(|it| error(&it))?;
    let printed = match text("url").starts_with("tg://") {
        true => again.to_tg_resolve(),
        false => again.to_tg_resolve_without_slashes(),
    };
    same("printed", &printed, text("url"))?;

    // What is made here means the same.
    let built = RequestLink::new(bot_id, &long, text("public_key"), &nonce);
    let built = built.and_then(with_callback).map_err(|it| error(&it))?;
    has_fields_of(
        &RequestLink::parse(&built.to_string()).map_err(|it| error(&it))?,
        vector,
    )?;
    match built.scope() {
        Ok(scope) if scope == long => Ok(()),
        other => Err(format!("the scope became {other:?}")),
    }
}

/// Bot, key, nonce and callback, but not the scope.
fn has_fields_of(link: &RequestLink, expected: &Value) -> Result<(), String> {
    same(
        "bot_id",
        &link.bot_id().to_string(),
        text(expected, "bot_id"),
    )?;
    same(
        "public_key",
        link.public_key(),
        text(expected, "public_key"),
    )?;
    same("nonce", link.nonce().as_str(), text(expected, "nonce"))?;
    let callback = link.callback_text().unwrap_or_default();
    same("callback_url", callback, text(expected, "callback_url"))
}

fn same(what: &str, found: &str, expected: &str) -> Result<(), String> {
    match found == expected {
        true => Ok(()),
        false => Err(format!("{what}: {found:?} instead of {expected:?}")),
    }
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().expect("the vector has this field")
}

/// Section 4.4, first row: the scope is kept although it is no JSON.
#[test]
fn a_scope_that_is_no_json() {
    let link = read(concat!(
        "tg://resolve?domain=telegrampassport&bot_id=543260180&scope=%7B%22v%22%3A1%2C%22d%22%3A",
        "%5B%7B%22%22%5D%7D%5D%7D&public_key=BEGIN%20PUBLIC%20KEY%0A&nonce=b8ee&callback_url=",
        "https%3A%2F%2Fcore.telegram.org%2Fpassport%2Fexample%3Fpassport_ssid%3Db8ee&payload=nonce"
    ));
    assert_eq!(link.bot_id().get(), 543_260_180);
    assert_eq!(link.scope_text(), r#"{"v":1,"d":[{""]}]}"#);
    assert!(link.scope().is_err());
    assert_eq!(link.public_key(), "BEGIN PUBLIC KEY\n");
    assert_eq!(link.nonce().as_str(), "b8ee");
    assert_eq!(link.nonce_key(), NonceKey::Nonce);
    let callback = "https://core.telegram.org/passport/example?passport_ssid=b8ee";
    assert_eq!(link.callback_text(), Some(callback));
    assert_eq!(link.callback(), CallbackUrl::web(callback).ok());
}

/// Section 4.4, the other rows: of version 1.0, and what is refused.
#[test]
fn table_of_links() {
    for start in ["tg://resolve?domain=telegrampassport&", "tg://passport?"] {
        let link = read(&format!(
            "{start}bot_id=12345&public_key=key&scope=asd&payload=nonce"
        ));
        assert_eq!(link.bot_id().get(), 12345);
        assert_eq!([link.scope_text(), link.public_key()], ["asd", "key"]);
        assert_eq!(link.nonce().as_str(), "nonce");
        assert_eq!(link.nonce_key(), NonceKey::Payload);
        assert_eq!(link.callback_text(), None);
        for rest in [
            "bot_id=0&public_key=key&scope=asd&payload=nonce",
            "bot_id=-1&public_key=key&scope=asd&payload=nonce",
            "bot_id=12345&public_key=&scope=asd&payload=nonce",
            "bot_id=12345&public_key=key&scope=&payload=nonce",
            "bot_id=12345&public_key=key&scope=asd&payload=",
            "bot_id=12345&public_key=%FF&scope=asd&payload=nonce",
            "bot_id=12345&public_key=key&scope=%FF&payload=nonce",
            "bot_id=12345&public_key=key&scope=asd&payload=%FF",
        ] {
            assert!(
                RequestLink::parse(&format!("{start}{rest}")).is_err(),
                "{rest}"
            );
        }
    }
    for start in ["t.me/", "https://t.me/", "tg://t.me/"] {
        let url = format!("{start}telegrampassport?bot_id=12345&public_key=k&scope=s&payload=n");
        assert_eq!(RequestLink::parse(&url), Err(LinkError::NotARequest));
    }
}

/// Section 15.8: the link of the official example page.
#[test]
fn official_link() {
    let link = read(OFFICIAL_LINK);
    assert_eq!(link.bot_id().get(), 543_260_180);
    assert_eq!(link.scope_text(), OFFICIAL);
    assert_eq!(link.public_key().len(), 451);
    assert_eq!(link.public_key().matches('\n').count(), 9);
    assert!(
        link.public_key()
            .starts_with("-----BEGIN PUBLIC KEY-----\nMIIBIjAN")
    );
    assert!(link.public_key().ends_with("B\n-----END PUBLIC KEY-----\n"));
    assert_eq!(link.nonce().as_str(), OFFICIAL_NONCE);
    let callback = "https://core.telegram.org/passport/example?passport_ssid=\
                    b8e892dc2e0afe63424d101b964f1256_32858210_db259b427f200751ce";
    assert_eq!(link.callback_text(), Some(callback));
    // That page repeats the nonce as payload; the SDKs send the word.
    let payload = format!("&payload={OFFICIAL_NONCE}");
    assert_eq!(
        link.to_string(),
        OFFICIAL_LINK.replace(&payload, "&payload=nonce")
    );
}

/// Section 4.3, and trap 8 of section 16: the literal `payload=nonce` of all SDKs is nobody's
/// nonce.
#[test]
fn nonce_or_payload() {
    let key_and_nonce = |scope: &str, rest: &str| {
        let url = format!("tg://passport?bot_id=1&public_key=k&scope={scope}{rest}");
        let link = RequestLink::parse(&url)?;
        Ok((link.nonce_key(), link.nonce().as_str().to_owned()))
    };
    let nonce = |text: &str| Ok((NonceKey::Nonce, text.to_owned()));
    let payload = |text: &str| Ok((NonceKey::Payload, text.to_owned()));
    let missing = |parameter| Err(LinkError::Missing { parameter });
    for (scope, rest, expected) in [
        ("%7B%7D", "&nonce=N&payload=nonce", nonce("N")),
        ("%7B%7D", "&payload=nonce&nonce=N", nonce("N")),
        ("%7B%7D", "&payload=nonce", missing("nonce")),
        ("%7B%7D", "&payload=P", missing("nonce")),
        ("%7B%7D", "&nonce=&payload=nonce", missing("nonce")),
        ("%7B%7D", "&nonce=N&payload=%FF", nonce("N")),
        ("s", "&nonce=N&payload=P", payload("N")),
        ("s", "&nonce=&payload=P", payload("P")),
        ("s", "&payload=P", payload("P")),
        ("s", "", missing("payload")),
        ("%20%7B%7D", "&payload=P", payload("P")),
    ] {
        assert_eq!(key_and_nonce(scope, rest), expected, "{scope} {rest}");
    }
}

/// With a scope of version 1.0 clients look into `payload` alone.
#[test]
fn printed_with_the_name_that_clients_look_for() {
    let print = |scope| link(1, scope, "k", "N").to_tg_passport();
    assert_eq!(
        print("[]"),
        "tg://passport?bot_id=1&scope=%5B%5D&public_key=k&payload=N"
    );
    assert_eq!(
        print("{}"),
        "tg://passport?bot_id=1&scope=%7B%7D&public_key=k&nonce=N&payload=nonce"
    );
}

pub(crate) fn read(url: &str) -> RequestLink {
    RequestLink::parse(url).unwrap_or_else(|error| panic!("{url}: {error}"))
}

pub(crate) fn link(bot_id: i64, scope: &str, key: &str, nonce: &str) -> RequestLink {
    let nonce = Nonce::from_text(nonce).expect("it is a nonce");
    RequestLink::verbatim(bot(bot_id), scope, key, &nonce).expect("it is short")
}

pub(crate) fn bot(id: i64) -> BotId {
    BotId::new(id).expect("it is a bot id")
}

const OFFICIAL_NONCE: &str = "b8e892dc2e0afe63424d101b964f1256_32858210_708614a4585b84872e";

/// Section 15.8.
pub(crate) const OFFICIAL_LINK: &str = concat!(
    "tg://resolve?domain=telegrampassport&bot_id=543260180&scope=%7B%22v%22%3A1%2C%22d%22%3A%5B",
    "%7B%22_%22%3A%22pd%22%2C%22n%22%3A1%7D%2C%22ad%22%2C%22pn%22%2C%22em%22%2C%7B%22_%22%3A%5B",
    "%7B%22_%22%3A%22pp%22%2C%22s%22%3A1%2C%22t%22%3A1%7D%2C%22ip%22%2C%22dl%22%2C%22ic%22%5D%7",
    "D%2C%7B%22_%22%3A%5B%22ub%22%2C%22bs%22%2C%22ra%22%2C%22pr%22%2C%22tr%22%5D%7D%5D%7D&publi",
    "c_key=-----BEGIN%20PUBLIC%20KEY-----%0AMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAv6m1zBF",
    "8lZOCqcxf8hnj%0AkvHwuWdU8s4rBWaxKXH%2FvDDUklcCS5uhSnmjhxWca9suubaG3lW4HxlCilkeJPVf%0Ajimg5",
    "Q8ZqWrR3OoOihEpcG9iJZTOEpsEk7VtEiabgacBG3Quv9JslTrDe95Fn801%0At9d21HXwgMrHeHpWDOn31Dr%2Bwo",
    "EH%2BkwySUWa6L%2FZbnGwSNP7eeDTE7Amz1RMDk3t%0A8EWGq58u0IQatPcEH09aUQlKzk6MIiALkZ9ILBKCBk6d2",
    "WCokKnsdBctovNbxwSx%0AhP1qst1r%2BYc8iPBZozsDC0ZsC5jXCkcODI3OC0tkNtYzN2XKalW5R0DjDRUDmGhT%0",
    "AzQIDAQAB%0A-----END%20PUBLIC%20KEY-----%0A&nonce=b8e892dc2e0afe63424d101b964f1256_3285821",
    "0_708614a4585b84872e&callback_url=https%3A%2F%2Fcore.telegram.org%2Fpassport%2Fexample%3Fp",
    "assport_ssid%3Db8e892dc2e0afe63424d101b964f1256_32858210_db259b427f200751ce&payload=b8e892",
    "dc2e0afe63424d101b964f1256_32858210_708614a4585b84872e",
);
