//! Test vectors made by the generators beside them: what stands around the encryption. Links,
//! callbacks, scopes, forms, complaints, documents, keys. Our crates are asked by way of the runner,
//! which compares.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use conformance::runner::cases::Case;
use conformance::runner::judge::Outcome;
use conformance::runner::{self, OurCrates, Suite};
use conformance::shim::{self, Answer};
use conformance::vectors::{self, Verdict};
use serde_json::json;

include!(concat!(env!("OUT_DIR"), "/vectors/callbacks_made.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/documents_made.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/errors_made.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/form_made.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/links_made.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/pem_made.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/required_made.rs"));
include!(concat!(env!("OUT_DIR"), "/vectors/scope_made.rs"));

fn check(file: &str, tc_id: u64) {
    let cases = cases(file);
    let case = cases.iter().find(|it| it.tc_id == tc_id);
    let (outcome, note) = run(case.expect("the vector is there").clone());
    assert_eq!(outcome, Outcome::Pass, "{note}");
}

/// A case whose expectation is turned round does not pass: the comparison compares.
#[test]
fn a_wrong_expectation_is_noticed() {
    for file in FILES {
        let mut turned = 0;
        for case in cases(file).iter().step_by(5) {
            let result = match case.result {
                Verdict::Valid => Verdict::Invalid,
                Verdict::Invalid => Verdict::Valid,
                Verdict::Acceptable => continue,
            };
            let case = Case {
                result,
                ..case.clone()
            };
            let about = format!("{file} {}", case.tc_id);
            assert_ne!(run(case).0, Outcome::Pass, "{about}");
            turned += 1;
        }
        assert!(turned > 10, "{file}: only {turned}");
    }
}

/// Each document that breaks a rule breaks one, and is refused for the field that it names.
#[test]
fn a_document_is_refused_for_the_field_that_is_wrong() {
    let (mut fields, mut compared) = (BTreeSet::new(), 0);
    let files = vectors::committed().expect("the committed files can be read");
    for group in files.iter().flat_map(|(_, file)| &file.test_groups) {
        for test in group.tests.iter().filter(|it| it["field"].is_string()) {
            let request = json!({
                "op": "document_check",
                "document": test["document"],
                "elementType": group.fields["elementType"],
                "nativeNames": group.fields["nativeNames"],
            });
            let Answer::Refused { reason, .. } = shim::answer(&request) else {
                panic!("{} is taken", test["comment"]);
            };
            let quoted: Vec<_> = reason.split('`').skip(1).step_by(2).collect();
            let field = test["field"].as_str().expect("a text");
            assert!(
                !quoted.is_empty() && quoted.iter().all(|it| *it == field),
                "{reason}"
            );
            fields.insert(field.to_owned());
            compared += 1;
        }
    }
    assert!(
        fields.len() >= 15 && compared > 100,
        "{compared} of {fields:?}"
    );
}

const FILES: [&str; 8] = [
    "links_made",
    "callbacks_made",
    "scope_made",
    "required_made",
    "form_made",
    "errors_made",
    "documents_made",
    "pem_made",
];

static SUITES: LazyLock<Vec<Suite>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors");
    runner::suites(&[folder.into()]).expect("the vectors can be read")
});

fn cases(file: &str) -> &'static [Case] {
    let suite = SUITES.iter().find(|it| it.file == file);
    let cases = suite.and_then(|it| it.cases.as_deref());
    cases.expect("the file is there, and its kind is known")
}

fn run(case: Case) -> (Outcome, String) {
    let suite = Suite {
        file: case.kind.clone(),
        algorithm: case.kind.clone(),
        cases: Some(vec![case]),
        notes: BTreeMap::new(),
    };
    let mut verdicts = runner::run(&mut OurCrates, &[suite], |_| {}).into_iter();
    let verdict = verdicts.next().expect("a verdict");
    (verdict.outcome, verdict.note)
}
