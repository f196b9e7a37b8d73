//! A table by group, and a list of what failed.

use std::fmt::Write as _;

use super::{Run, count, escape_markdown as escape, escape_markdown_name as name, groups};
use crate::runner::judge::Outcome;

pub(super) fn print(run: &Run) -> String {
    let mut out = format!("# {}\n\n", escape(&run.implementation));
    out.push_str("| file | group |");
    for outcome in Outcome::ALL {
        let _ = write!(out, " {} |", outcome.name());
    }
    out.push_str("\n| --- | --- |");
    out.push_str(&" ---: |".repeat(Outcome::ALL.len()));
    out.push('\n');
    for group in groups(&run.verdicts) {
        let (file, kind) = group;
        let _ = write!(out, "| {} | {} |", name(file), name(kind));
        for outcome in Outcome::ALL {
            match count(&run.verdicts, group, outcome) {
                0 => out.push_str(" |"),
                count => {
                    let _ = write!(out, " {count} |");
                }
            }
        }
        out.push('\n');
    }
    for (file, algorithm) in &run.unknown {
        let _ = writeln!(
            out,
            "\n{}: the kind {} is not known here.",
            name(file),
            name(algorithm)
        );
    }
    let mut failures = run.failures().peekable();
    if failures.peek().is_some() {
        out.push_str("\n## What did not come out as it should\n\n");
    }
    for verdict in failures {
        let case = &verdict.case;
        let flags = case.flags.join(", ");
        let _ = write!(
            out,
            "* **{}** {} {}: {} ({})",
            verdict.outcome.name(),
            name(&verdict.file),
            case.tc_id,
            escape(&case.comment),
            escape(&flags),
        );
        if !verdict.note.is_empty() {
            let _ = write!(out, ": {}", escape(&verdict.note));
        }
        out.push('\n');
    }
    for untrue in &run.untrue {
        let _ = writeln!(out, "* known failures: {}", escape(untrue));
    }
    out
}
