//! One object: counts, and each case that did not come out as its `result` says.

use serde_json::{Value, json};

use super::Run;
use crate::runner::Verdict;
use crate::runner::judge::Outcome;

pub(super) fn print(run: &Run) -> String {
    let counts: serde_json::Map<_, _> = Outcome::ALL
        .into_iter()
        .map(|outcome| (outcome.name().to_owned(), run.count(outcome).into()))
        .collect();
    let known: Vec<_> = run
        .known
        .iter()
        .filter_map(|at| run.verdicts.get(*at))
        .collect();
    let report = json!({
        "implementation": run.implementation,
        "cases": run.verdicts.len(),
        "counts": counts,
        "failures": run.failures().map(failure).collect::<Vec<_>>(),
        "knownFailures": known.into_iter().map(failure).collect::<Vec<_>>(),
        "untrueKnownFailures": run.untrue,
        "unknownFiles": run.unknown.iter().map(|(file, algorithm)| {
            json!({"file": file, "algorithm": algorithm})
        }).collect::<Vec<_>>(),
        "clean": run.is_clean(),
    });
    format!("{report:#}\n")
}

fn failure(verdict: &Verdict) -> Value {
    json!({
        "file": verdict.file,
        "group": verdict.case.kind,
        "tcId": verdict.case.tc_id,
        "comment": verdict.case.comment,
        "flags": verdict.case.flags,
        "outcome": verdict.outcome,
        "note": verdict.note,
    })
}
