//! Our own crates behind the shim protocol, asked by somebody who means no good.

use std::io::{BufReader, Read, repeat};

use conformance::shim::{self, Answer, answer};
use serde_json::{Value, json};

#[test]
fn hexadecimal_has_no_signs() {
    for digits in ["+f", "-1", "0x", " f", "é", "0g"] {
        let request = json!({"op": "secret_check", "secret": digits.repeat(32)});
        let Answer::Refused { reason, .. } = answer(&request) else {
            panic!("{digits} was taken");
        };
        assert_eq!(reason, "`secret` is not hexadecimal");
    }
}

/// It would be read for ever.
#[cfg(unix)]
#[test]
fn a_device_is_no_file() {
    for op in ["file", "bench_file"] {
        for path in ["/dev/zero", "/"] {
            // 239 and zeros, which are a secret.
            let key = format!("7w{}=", "A".repeat(41));
            let request = json!({"op": op, "path": path, "secret": key, "hash": key});
            let Answer::Refused { reason, .. } = answer(&request) else {
                panic!("{path} was taken");
            };
            assert_eq!(reason, "`path` is not that of a file");
        }
    }
}

#[test]
fn a_line_without_end_is_answered_once() {
    let line = repeat(b'x').take(70 * 1024 * 1024);
    let rest = b"\n{\"id\": 7, \"op\": \"sing\"}\n".as_slice();
    let mut answers = Vec::new();
    shim::serve(BufReader::new(line.chain(rest)), &mut answers).expect("it can be read");
    let answers = String::from_utf8(answers).expect("text");
    let answers: Vec<Value> = answers
        .lines()
        .map(|it| serde_json::from_str(it).expect("JSON"))
        .collect();
    assert_eq!(answers.len(), 2);
    assert_eq!(answers[0]["err"], "the line is longer than 67108864 bytes");
    assert_eq!(answers[1], json!({"id": 7, "unsupported": true}));
}
