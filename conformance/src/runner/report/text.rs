//! Lines for a terminal.

use std::fmt::Write as _;

use super::{Run, count, escape_text as escape, groups};
use crate::runner::judge::Outcome;

pub(super) fn print(run: &Run) -> String {
    let mut out = format!("{}\n\n", escape(&run.implementation));
    for group in groups(&run.verdicts) {
        let (file, kind) = group;
        let counts: Vec<_> = Outcome::ALL
            .into_iter()
            .map(|outcome| (outcome, count(&run.verdicts, group, outcome)))
            .filter(|(_, count)| *count > 0)
            .map(|(outcome, count)| format!("{count} {}", outcome.name()))
            .collect();
        let (file, kind) = (escape(file), escape(kind));
        // Writing into a text does not fail.
        let _ = writeln!(out, "{file:<18} {kind:<22} {}", counts.join(", "));
    }
    for (file, algorithm) in &run.unknown {
        let (file, algorithm) = (escape(file), escape(algorithm));
        let _ = writeln!(
            out,
            "{file:<18} {algorithm:<22} a kind that is not known here"
        );
    }
    // What is not supported is in the table; a line for each case would hide the rest.
    let failures = run.failures();
    let mut failures = failures
        .filter(|it| it.outcome != Outcome::Unsupported)
        .peekable();
    if failures.peek().is_some() {
        out.push('\n');
    }
    for verdict in failures {
        let (case, outcome) = (&verdict.case, verdict.outcome.name());
        let _ = write!(
            out,
            "{outcome}: {} {}, {}",
            escape(&verdict.file),
            case.tc_id,
            escape(&case.comment)
        );
        if !verdict.note.is_empty() {
            let _ = write!(out, ": {}", escape(&verdict.note));
        }
        out.push('\n');
    }
    for untrue in &run.untrue {
        let _ = writeln!(
            out,
            "known failures: {}: take the entry out or mend it",
            escape(untrue)
        );
    }
    let passed = run.count(Outcome::Pass);
    let _ = writeln!(out, "\n{passed} of {} cases passed", run.verdicts.len());
    let unsupported = run.count(Outcome::Unsupported);
    if unsupported > 0 {
        let _ = writeln!(
            out,
            "{unsupported} are unsupported: the implementation has no such operation"
        );
    }
    if !run.known.is_empty() {
        let _ = writeln!(out, "{} are known failures", run.known.len());
    }
    if run.lacks_only() {
        out.push_str(
            "the exit status is 1 since \"not implemented\" counts, unless a line `FILE * unsupported # why` \
             in the known failures says so\n",
        );
    }
    out
}
