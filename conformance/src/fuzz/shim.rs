//! The shim protocol.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::runner;
use crate::shim;

/// A line, or several, as another program writes them.
///
/// Each is answered by one line, that names the `id` of the request and holds one of the three kinds of
/// answers; the same request gets the same answer.
///
/// Operations that read files or take a tenth of a second are left out.
pub fn shim_line(data: &[u8]) {
    let mut lines = data.split(|&byte| byte == b'\n').collect::<Vec<_>>();
    lines.retain(|line| !line.iter().all(u8::is_ascii_whitespace));
    let requests: Vec<_> = lines
        .iter()
        .map(|line| serde_json::from_slice::<Value>(line).ok())
        .collect();
    if lines.len() > 4 || requests.iter().flatten().any(is_left_out) {
        return;
    }
    let mut out = Vec::new();
    let served = shim::serve(data, &mut out);
    served.expect("reading from and writing to memory does not fail");
    let answers: Vec<_> = out.split_inclusive(|&byte| byte == b'\n').collect();
    assert_eq!(answers.len(), lines.len());
    for (request, answer) in requests.into_iter().zip(answers) {
        let answer: Value = serde_json::from_slice(answer).expect("an answer is JSON");
        let kinds = ["ok", "err", "unsupported"];
        let kinds = kinds.into_iter().filter(|it| answer.get(it).is_some());
        assert_eq!(kinds.count(), 1, "{answer}");
        match request {
            Some(request) => {
                assert_eq!(answer["id"], request["id"]);
                let again = shim::answer(&request).to_json(&request["id"]);
                assert_eq!(again, answer);
            }
            None => assert!(answer["id"].is_null() && answer["err"].is_string()),
        }
    }
}

fn is_left_out(request: &Value) -> bool {
    let op = request["op"].as_str().unwrap_or_default();
    LEFT_OUT.contains(&op)
}

/// Some requests of the runner for each operation.
pub(super) fn seeds() -> Vec<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors").into();
    let suites = runner::suites(&[folder]).expect("the committed files can be read");
    let cases = suites.iter().flat_map(|it| it.cases.iter().flatten());
    let steps = cases.flat_map(|it| it.steps.iter().map(|step| (it.tc_id, &step.request)));
    let mut asked: BTreeMap<&str, usize> = BTreeMap::new();
    let asked = steps.filter(|(_, request)| {
        let before = asked
            .entry(request["op"].as_str().unwrap_or_default())
            .or_default();
        *before += 1;
        *before <= MOST_OF_ONE && !is_left_out(request)
    });
    let line = |(id, request): (u64, &Value)| {
        let mut request = request.clone();
        request["id"] = id.to_string().into();
        request.to_string().into_bytes()
    };
    let mut seeds: Vec<_> = asked.map(line).collect();
    seeds.sort_by_key(Vec::len);
    seeds.dedup();
    seeds
}

const LEFT_OUT: [&str; 4] = ["file", "srp", "srp_verifier", "passport_secret_unwrap"];

const MOST_OF_ONE: usize = 8;
