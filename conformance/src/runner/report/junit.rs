//! XML as JUnit writes it.

use std::fmt::Write as _;

use super::{Run, count, escape_xml as escape, groups};
use crate::runner::judge::Outcome;

pub(super) fn print(run: &Run) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let failures = run.failures().count() + run.untrue.len();
    let _ = writeln!(
        out,
        "<testsuites name=\"{}\" tests=\"{}\" failures=\"{failures}\">",
        escape(&run.implementation),
        run.verdicts.len() + run.untrue.len() + run.unknown.len(),
    );
    for group in groups(&run.verdicts) {
        let (file, kind) = group;
        let tests: usize = Outcome::ALL
            .into_iter()
            .map(|outcome| count(&run.verdicts, group, outcome))
            .sum();
        let (file, kind) = (escape(file), escape(kind));
        let _ = writeln!(
            out,
            "  <testsuite name=\"{file}.{kind}\" tests=\"{tests}\">"
        );
        for (at, verdict) in run.verdicts.iter().enumerate() {
            if (verdict.file.as_str(), verdict.case.kind.as_str()) != group {
                continue;
            }
            let _ = write!(
                out,
                "    <testcase classname=\"{file}\" name=\"{} {}\"",
                verdict.case.tc_id,
                escape(&verdict.case.comment),
            );
            let outcome = verdict.outcome;
            let message = escape(&format!("{}: {}", outcome.name(), verdict.note));
            let _ = match (outcome, run.known.contains(&at)) {
                (Outcome::Pass, _) => writeln!(out, "/>"),
                (_, true) => writeln!(out, "><skipped message=\"{message}\"/></testcase>"),
                (_, false) => writeln!(out, "><failure message=\"{message}\"/></testcase>"),
            };
        }
        out.push_str("  </testsuite>\n");
    }
    for (file, algorithm) in &run.unknown {
        let (file, kind) = (escape(file), escape(algorithm));
        let _ = writeln!(
            out,
            "  <testsuite name=\"{file}.{kind}\" tests=\"1\" skipped=\"1\">\n    \
             <testcase classname=\"{file}\" name=\"{kind}\">\
             <skipped message=\"the kind {kind} is not known here\"/></testcase>\n  </testsuite>"
        );
    }
    if !run.untrue.is_empty() {
        let count = run.untrue.len();
        let _ = writeln!(
            out,
            "  <testsuite name=\"known failures\" tests=\"{count}\">"
        );
        for untrue in &run.untrue {
            let untrue = escape(untrue);
            let _ = writeln!(
                out,
                "    <testcase name=\"{untrue}\"><failure message=\"{untrue}\"/></testcase>"
            );
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}
