//! The operations of the shim that runners of benchmarks ask for.

use std::path::Path;

use conformance::shim::{Answer, answer};
use conformance::vectors;
use serde_json::{Value, json};

#[test]
fn a_message() {
    let group = &vectors::file("messages").test_groups[0];
    let mut request = json!({
        "op": "bench_message",
        "pem": group.fields["privateKeyPem"],
        "text": group.tests[0]["passportData"].to_string(),
        "n": 2,
    });
    figures(&answer(&request));
    // What cannot be opened has no time.
    request["text"] = json!("{}");
    assert!(matches!(answer(&request), Answer::Refused { .. }));
}

#[test]
fn a_file() {
    let file = vectors::file("files");
    let tests = file.test_groups.iter().flat_map(|it| &it.tests);
    for test in tests.filter(|it| it["result"] != "acceptable") {
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/vectors"));
        let path = folder.join(test["file"].as_str().expect("a path"));
        let request = json!({
            "op": "bench_file",
            "path": path,
            "secret": test["secret"],
            "hash": test["fileHash"],
        });
        match answer(&request) {
            refused @ Answer::Refused { .. } => {
                assert_eq!(test["result"], "invalid", "{refused:?}")
            }
            done => {
                assert_eq!(test["result"], "valid", "{}", test["comment"]);
                figures(&done);
            }
        }
    }
}

fn figures(answer: &Answer) {
    let Answer::Done(figures) = answer else {
        panic!("{answer:?}")
    };
    let figure = |name: &str| figures[name].as_f64();
    let (median, least) = (figure("median_us"), figure("min_us"));
    assert!(least > Some(0.0) && median >= least, "{figures}");
    assert!(
        figures["maxrss_kb"] == Value::Null || figure("maxrss_kb") > Some(0.0),
        "{figures}"
    );
}
