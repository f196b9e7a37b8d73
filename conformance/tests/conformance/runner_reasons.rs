//! Classes of failure: why a case is refused, and whether that is what it is about.

use std::path::Path;
use std::time::Duration;

use conformance::runner::cases::{self, Expected};
use conformance::runner::judge::{Outcome, judge};
use conformance::runner::process::Process;
use conformance::runner::{Implementation as _, Reply};
use conformance::shim::{self, Answer};
use conformance::vectors;
use serde_json::json;

/// A refusal for another reason than the one that the case is about is no pass; where either side
/// gives none, nothing is compared.
#[test]
fn reasons_are_compared() {
    use vectors::Verdict::{Acceptable, Invalid, Valid};

    let outcome = |verdict, failure: &[&str], class: Option<&str>| {
        let failure: Vec<_> = failure.iter().map(|it| (*it).to_owned()).collect();
        let answer = Answer::Refused {
            reason: "no".to_owned(),
            class: class.map(str::to_owned),
        };
        judge(
            verdict,
            &failure,
            &Expected::Anything,
            &Reply::Answer(answer),
        )
    };
    for (failure, class, expected) in [
        (&["hash"][..], Some("hash"), Outcome::Pass),
        (&["hash"], Some("length"), Outcome::WrongReason),
        (&["hash"], Some("no such word"), Outcome::WrongReason),
        (&["hash", "length"], Some("length"), Outcome::Pass),
        (&["hash", "length"], Some("padding"), Outcome::WrongReason),
        (&["hash"], None, Outcome::Pass),
        (&[], Some("length"), Outcome::Pass),
        (&[], None, Outcome::Pass),
    ] {
        assert_eq!(
            outcome(Invalid, failure, class).0,
            expected,
            "{failure:?} {class:?}"
        );
        assert_eq!(outcome(Acceptable, failure, class).0, Outcome::Pass);
        assert_eq!(outcome(Valid, failure, class).0, Outcome::WrongReject);
    }
    let (_, note) = outcome(Invalid, &["hash", "padding"], Some("length"));
    assert_eq!(note, "refused for length instead of hash or padding: no");
}

/// The class of a refusal comes through a process, and into a case from its vector.
#[test]
fn reasons_come_from_vectors_and_shims() {
    let says = r#"sed -u 's/.*/{"id":"1","err":"no","kind":"typed","class":"length"}/'"#;
    let mut process = Process::new(says, Duration::from_secs(60));
    let expected = Answer::Refused {
        reason: "no".to_owned(),
        class: Some("length".to_owned()),
    };
    assert_eq!(
        process.ask(&json!({"id": "1"})),
        Reply::Answer(expected.clone())
    );
    let request = json!({"op": "value", "secret": "00", "hash": "", "ct": ""});
    let ours = shim::answer(&request);
    assert_eq!(ours.to_json(&json!("1"))["class"], "length");
    let unsound = format!("{}ee", "01".repeat(31));
    for (op, fields, class) in [
        ("secret_check", json!({"secret": unsound}), Some("checksum")),
        ("secret_check", json!({"secret": "0"}), Some("encoding")),
        ("secret_check", json!({}), Some("missing")),
        (
            "scope_validate",
            json!({"scope": {"v": 1, "d": []}}),
            Some("missing"),
        ),
        (
            "link_parse",
            json!({"url": "https://a.example"}),
            Some("form"),
        ),
        (
            "tl_decode",
            json!({"type": "InputUser", "bytes": "cf8688"}),
            Some("end"),
        ),
        (
            "tl_decode",
            json!({"type": "MessageAction", "bytes": "cf8688b9"}),
            Some("constructor"),
        ),
        (
            "tl_encode",
            json!({"value": {"_": "inputUser"}}),
            Some("json"),
        ),
        (
            "file",
            json!({"path": "/none", "secret": "", "hash": ""}),
            Some("length"),
        ),
    ] {
        let mut request = fields.clone();
        request["op"] = op.into();
        let answer = shim::answer(&request).to_json(&json!("1"));
        assert_eq!(answer["class"].as_str(), class, "{op} {fields}: {answer}");
    }

    let file: vectors::File = serde_json::from_value(json!({
        "algorithm": "PassportScope", "numberOfTests": 3,
        "testGroups": [{"type": "ScopeValidate", "tests": [
            {"tcId": 1, "flags": [], "scope": {}, "result": "invalid", "failure": "json"},
            {"tcId": 2, "flags": [], "scope": {}, "result": "invalid", "failure": ["a", "b"]},
            {"tcId": 3, "flags": [], "scope": {}, "result": "invalid"},
        ]}],
    }))
    .expect("a file");
    let cases = cases::of_file(&file, Path::new("."));
    let cases = cases.expect("it is understood").expect("the kind is known");
    let failures: Vec<_> = cases.iter().map(|case| case.failure.join(" ")).collect();
    assert_eq!(failures, ["json", "a b", ""]);
}
