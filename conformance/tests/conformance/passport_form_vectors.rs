//! Shared vectors of forms, by the whole way from the server's answer to the call: the form, the
//! review, the choice, the submission, and the credentials opened with the service's key.

use std::collections::BTreeMap;

use conformance::runner::cases::Case;
use conformance::runner::judge::Outcome;
use conformance::runner::{self, OurCrates, Suite};
use conformance::vectors;

include!(concat!(env!("OUT_DIR"), "/vectors/form.rs"));

fn check(file: &str, tc_id: u32) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors");
    let suites = runner::suites(&[folder.into()]).expect("the vectors can be read");
    let mut suites = suites.into_iter();
    let suite = suites
        .find(|it| it.file == file)
        .expect("the file is there");
    let cases = suite.cases.expect("its kind is known");
    let mut cases = cases.into_iter();
    let case = cases.find(|it| it.tc_id == u64::from(tc_id));
    let (outcome, note) = run(case.expect("the vector is there"));
    assert_eq!(outcome, Outcome::Pass, "{note}");
}

/// What the folder named by `PASSPORT_VECTORS` holds; without it there is nothing to do.
#[test]
fn further_files() {
    let Some(folder) = std::env::var_os(vectors::FOLDER_VARIABLE) else {
        return;
    };
    let suites = runner::suites(&[folder.into()]).expect("the vectors can be read");
    for suite in suites
        .into_iter()
        .filter(|it| it.algorithm == "PassportForm")
    {
        for case in suite.cases.expect("its kind is known") {
            let tc_id = case.tc_id;
            let (outcome, note) = run(case);
            assert_eq!(outcome, Outcome::Pass, "{} {tc_id}: {note}", suite.file);
        }
    }
}

#[test]
fn a_wrong_expectation_is_noticed() {
    let (_, mut vector) = vectors::one("form", 3);
    let group = |vector: &serde_json::Value| vectors::Group {
        kind: "FormSubmit".to_owned(),
        source: None,
        tests: vec![vector.clone()],
        fields: serde_json::Map::new(),
    };
    let read = |vector: &serde_json::Value| {
        let file = vectors::File {
            algorithm: "PassportForm".to_owned(),
            number_of_tests: 1,
            notes: BTreeMap::new(),
            test_groups: vec![group(vector)],
        };
        let cases = runner::cases::of_file(&file, std::path::Path::new("."));
        let cases = cases.expect("it is understood");
        cases.and_then(|mut it| it.pop()).expect("a case")
    };
    assert_eq!(run(read(&vector)).0, Outcome::Pass);
    for (path, wrong) in [
        ("/chosen/0", "identity_card"),
        ("/valueHashes/0/hash", "00"),
        ("/credentials/nonce", "another"),
        ("/credentials/secure_data/passport/selfie/secret", "AA=="),
    ] {
        let place = vector.pointer_mut(path).expect("the vector has it");
        let right = std::mem::replace(place, wrong.into());
        assert_eq!(run(read(&vector)).0, Outcome::WrongOutput, "{path}");
        *vector.pointer_mut(path).expect("the vector has it") = right;
    }
}

fn run(case: Case) -> (Outcome, String) {
    let suite = Suite {
        file: "form".to_owned(),
        algorithm: "PassportForm".to_owned(),
        cases: Some(vec![case]),
        notes: BTreeMap::new(),
    };
    let verdicts = runner::run(&mut OurCrates, &[suite], |_| ());
    let verdict = verdicts.into_iter().next().expect("one case");
    (verdict.outcome, verdict.note)
}
