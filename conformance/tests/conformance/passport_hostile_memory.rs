//! What JSON made to do harm may cost in memory: counted by the allocator, at each place where JSON
//! comes in.

use allocation_counter::measure;
use serde_json::json;
use telegram_passport::submission::Part;
use telegram_passport::{Check, ElementType, bot_api, mtproto};

use super::passport_contents::NONCE;
use super::passport_hostile::submission;
use super::passport_sealed::{Message, PlainKey, Sender};

/// White space is read at no cost of memory; other texts at a small one.
#[test]
fn memory_of_a_container() {
    let spaces = &*vec![b' '; 64 << 20];
    let allocated = measure(|| {
        assert!(bot_api::read_update(spaces).is_err());
        assert!(bot_api::read_message(spaces).is_err());
        assert!(bot_api::read_passport_data(spaces).is_err());
    });
    assert!(allocated.bytes_max < 1024, "{}", allocated.bytes_max);
    let tree = json!({ "message": "x".repeat(5 << 20) });
    let allocated = measure(|| assert!(bot_api::read_update(&tree).is_err()));
    assert!(allocated.bytes_max < 1024, "{}", allocated.bytes_max);

    for text in crowded() {
        for text in [text.clone(), format!(r#"{{"x":{text}}}"#)] {
            let allocated = measure(|| drop(bot_api::read_update(&text)));
            let most = 2 * text.len() as u64 + MOST;
            assert!(allocated.bytes_max <= most, "{}", allocated.bytes_max);
        }
    }
}

/// The same text, encrypted. There is one copy of what came in.
#[test]
fn memory_of_credentials_and_documents() {
    let submitted = submission();
    let mut texts = crowded();
    texts.retain(|text| text.len() < 1 << 20);
    // More than is read.
    texts.push(" ".repeat(5 << 20));
    for text in texts {
        let credentials = submitted.with_credentials(text.as_bytes()).message;
        let allocated = memory_of_opening(&credentials, Check::Json);
        assert!(allocated <= 3 * text.len() as u64 + MOST, "{allocated}");

        let mut sender = Sender::new(1, false);
        let position = submitted.message.position(ElementType::Address);
        let document = sender.seal(text.as_bytes());
        let document = submitted.with_part(position, Part::Data, document).message;
        let allocated = memory_of_opening(&document, Check::Json);
        assert!(allocated <= text.len() as u64 + 64 * 1024, "{allocated}");
    }
}

fn memory_of_opening(message: &Message, check: Check) -> u64 {
    let data = mtproto::read_action(&message.to_action()).expect("a container");
    let allocated = measure(|| {
        let opened = data.open(&PlainKey, |nonce: &str| nonce == NONCE);
        let error = opened.expect_err("this is neither credentials nor a document");
        assert_eq!(error.detail().check(), check);
    });
    allocated.bytes_max
}

/// Texts that make a tree as large as may be: few bytes for each value, or one long value.
fn crowded() -> Vec<String> {
    let list = |item: &str, count: usize| format!("[{}0]", format!("{item},").repeat(count));
    vec![
        list("0", 65_000),
        list("[]", 65_000),
        list("[0]", 32_000),
        list("{}", 65_000),
        list(r#""""#, 65_000),
        list("0", 2_000_000),
        list(r#"{"":0}"#, 32_000),
        list("[[[[0]]]]", 13_000),
        format!("[\"{}\"]", "x".repeat((4 << 20) - 10)),
        format!("[\"{}\"]", r"\u0041".repeat(690_000)),
        format!("{{{}\"x\":0}}", r#""x":0,"#.repeat(60_000)),
        "[".repeat(4 << 20),
    ]
}

/// What a tree may take beside its text.
const MOST: u64 = 12 << 20;
