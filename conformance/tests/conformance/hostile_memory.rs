//! What texts made to do harm may cost in memory, counted by the allocator, where it is measured
//! nowhere else: the JSON form of TL, schemas, links, scopes and PEM. None of them may nest so deeply
//! that the stack ends.
//!
//! TL bytes are in `memory` and `extremes`, containers and credentials in `passport_hostile_memory`,
//! documents in `passport_documents`, files in `passport_files`.

use std::thread;

use allocation_counter::measure;
use serde::Deserialize;
use serde_json::{Value, json};
use telegram_passport::key::{KeyError, PrivateKey, PublicKey};
use telegram_passport::link::{LinkError, MAX_LINK_LENGTH, Outcome, RequestLink};
use telegram_passport::scope::{MAX_SCOPE_LENGTH, Scope};
use telegram_passport_tl::{enums, functions};
use tl_schema_codegen::check::Options;
use tl_schema_codegen::ids::Dialect;
use tl_schema_codegen::load::load;
use tl_schema_codegen::source::Source;

#[test]
fn json_form_of_tl() {
    let list = |item: &str, count: usize| format!("[{}{item}]", format!("{item},").repeat(count));
    let types = |list: String| format!(r#"{{"_":"account.getSecureValue","types":{list}}}"#);
    let texts = [
        list("0", 20_000),
        list("[]", 20_000),
        list("{}", 20_000),
        list(r#"{"":0}"#, 10_000),
        types(list("0", 20_000)),
        types(list("[]", 20_000)),
        types(list(r#"{"_":"secureValueTypePassport"}"#, 5_000)),
        format!(r#"{{"_":"{}"}}"#, "x".repeat(1 << 18)),
        format!(
            r#"{{"_":"dataJSON","data":"{}"}}"#,
            r"\u0041".repeat(1 << 17)
        ),
        "[".repeat(1 << 18),
        r#"{"a":"#.repeat(1 << 16),
    ];
    for text in texts {
        let most = 128 * text.len() as u64 + 64 * 1024;
        within(most, &text, || {
            drop(serde_json::from_str::<functions::account::GetSecureValue>(
                &text,
            ));
        });
        within(most, &text, || {
            drop(serde_json::from_str::<enums::DataJson>(&text))
        });
    }
}

/// As text, and as a tree, which somebody else has read with no limit of its own.
#[test]
fn json_form_of_tl_that_is_deep() {
    let deep = |start: &str, end: &str| format!("{}{}", start.repeat(10_000), end.repeat(10_000));
    let peers = r#"{"_":"inputPeerUserFromMessage","msg_id":1,"user_id":"1","peer":"#;
    for text in [deep("[", "]"), deep(r#"{"_":"#, "}"), deep(peers, "}")] {
        on_a_usual_stack(move || {
            assert!(serde_json::from_str::<enums::InputPeer>(&text).is_err());
        });
    }
    let peer = |peer: Value| json!({"_": "inputPeerUserFromMessage", "msg_id": 1, "user_id": "1", "peer": peer});
    for around in [|it| json!([it]), |it| json!({"_": it}), peer] {
        on_a_usual_stack(move || {
            let tree = (0..500).fold(Value::Null, |inner, _| around(inner));
            let read = enums::InputPeer::deserialize(&tree);
            let error = read.expect_err("it is too deep").to_string();
            assert!(error.contains("deep"), "{error}");
        });
    }
}

#[test]
fn schema_text() {
    let texts = [
        "a = A;\n".repeat(5_000),
        numbered(5_000, |at| format!("a{at} = A{at};\n")),
        numbered(5_000, |at| format!("a{at} = A;\n")),
        format!("a{} = A;", numbered(5_000, |at| format!(" f{at}:int"))),
        format!("a{} = A;", " x:Unknown".repeat(5_000)),
        format!("a flags:#{} = A;", " f:flags.0?true".repeat(2_500)),
        format!(
            "a x:{}int{} = A;",
            "Vector<".repeat(10_000),
            ">".repeat(10_000)
        ),
        format!("a{} = A;", " {t:Type}".repeat(5_000)),
        "a".repeat(1 << 14),
        ";".repeat(1 << 14),
        "\n".repeat(1 << 14),
        "//\n".repeat(1 << 14),
        "/*".repeat(1 << 15),
        "---types---\n".repeat(5_000),
        "\u{202e}".repeat(1 << 14),
        "a#1 = A;\n".repeat(5_000),
    ];
    for text in texts {
        on_a_usual_stack(move || {
            let most = 192 * text.len() as u64 + 1024 * 1024;
            within(most, &text, || {
                let sources = [(Source::new("x.tl", &*text), Dialect::Server)];
                match load(&sources, &Options::default()) {
                    Ok(checked) => assert!(checked.schema.constructors.len() <= 5_000),
                    Err(error) => assert!(error.to_string().len() < 1 << 20),
                }
            });
        });
    }
}

#[test]
fn links() {
    let start = "tg://passport?";
    let filled = |piece: &str| {
        let count = (MAX_LINK_LENGTH - start.len()) / piece.len();
        format!("{start}{}", piece.repeat(count))
    };
    let pieces = [
        "&",
        "%41",
        "%",
        "a=b&",
        "scope=%7B&",
        "bot_id=1&nonce=n&",
        "+",
        "#",
        "\u{202e}",
    ];
    let texts = pieces.iter().map(|piece| filled(piece));
    let values = [
        "scope=",
        "bot_id=1&scope=",
        "bot_id=1&public_key=k&nonce=n&scope=",
    ];
    let values = values.iter().flat_map(|value| {
        let rest = MAX_LINK_LENGTH - start.len() - value.len();
        ["%41", "+", "{"].map(|it| format!("{start}{value}{}", it.repeat(rest / it.len())))
    });
    for text in texts.chain(values) {
        assert!(text.len() <= MAX_LINK_LENGTH);
        within(16 * text.len() as u64 + 1024, &text, || {
            drop(RequestLink::parse(&text))
        });
        within(16 * text.len() as u64 + 1024, &text, || {
            drop(Outcome::read(&text))
        });
    }
    let longer = "a".repeat(1 << 24);
    within(0, &longer, || {
        let bytes = longer.len();
        assert_eq!(
            RequestLink::parse(&longer),
            Err(LinkError::TooLong { bytes })
        );
    });
}

#[test]
fn scopes() {
    let list = |item: &str| {
        let count = (MAX_SCOPE_LENGTH - 32) / (item.len() + 1);
        format!(
            r#"{{"v":1,"d":[{}{item}]}}"#,
            format!("{item},").repeat(count - 1)
        )
    };
    let items = [
        "0",
        "[]",
        "{}",
        r#""""#,
        r#"{"":0}"#,
        r#""pd""#,
        r#"{"_":["pp"]}"#,
        "[[[[0]]]]",
    ];
    let texts = items.iter().map(|item| list(item));
    let keys = format!(
        r#"{{"v":1,"d":["pd"],{}"x":0}}"#,
        numbered(6000, |at| format!("\"{at}\":0,"))
    );
    let deep = ["[", r#"{"d":"#].map(|it| it.repeat((MAX_SCOPE_LENGTH - 32) / it.len()));
    for text in texts.chain([keys]).chain(deep) {
        assert!(text.len() <= MAX_SCOPE_LENGTH, "{}", text.len());
        on_a_usual_stack(move || {
            within(128 * text.len() as u64 + 1024, &text, || {
                drop(Scope::parse(&text))
            });
        });
    }
    let longer = " ".repeat(1 << 24);
    within(1024, &longer, || assert!(Scope::parse(&longer).is_err()));
}

#[test]
fn pem() {
    let filled = |piece: &str| piece.repeat((64 << 10) / piece.len());
    let begin = "-----BEGIN PRIVATE KEY-----";
    let block = "-----BEGIN X-----\n-----END X-----\n";
    let public = "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n";
    let pieces = [
        "\\", "\\n", "\\r", "-", begin, block, public, "A", " ", "\u{202e}",
    ];
    let texts = pieces.iter().map(|piece| filled(piece));
    let rest = (64 << 10) - 64;
    let bodies = ["A", "A\n", "A:\n", "/////////////////////"].map(|it| {
        let body = it.repeat(rest / it.len());
        format!("{begin}{body}-----END PRIVATE KEY-----")
    });
    for text in texts.chain(bodies) {
        assert!(text.len() <= 64 << 10);
        within(16 * text.len() as u64 + 1024, &text, || {
            drop(PrivateKey::from_pem(&text));
            drop(PublicKey::from_pem(&text));
        });
    }
    let longer = "A".repeat(1 << 24);
    within(0, &longer, || {
        assert_eq!(PrivateKey::from_pem(&longer).err(), Some(KeyError::TooLong));
        assert_eq!(PublicKey::from_pem(&longer).err(), Some(KeyError::TooLong));
    });
}

fn within(most: u64, text: &str, run: impl FnOnce()) {
    let held = measure(run).bytes_max;
    let start: String = text.chars().take(40).collect();
    assert!(
        held <= most,
        "{} bytes of {start:?} made it hold {held}, not {most}",
        text.len()
    );
}

fn numbered(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect()
}

/// As large as threads usually have it: recursion that follows a text of 10 000 levels would end here.
fn on_a_usual_stack(run: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(2 << 20).spawn(run);
    let ended = thread.expect("a thread").join();
    ended.expect("no panic");
}
