//! The matrix as Markdown.

use std::fmt::Write as _;

use super::{LEGEND, Matrix};
use crate::runner::report::{escape_markdown as escape, escape_markdown_name as name};

pub(super) fn print(matrix: &Matrix) -> String {
    let mut out = String::from(HEAD);
    out.push_str("| vectors | group |");
    for column in &matrix.columns {
        // Writing into a text does not fail.
        let _ = write!(
            out,
            " {} {} |",
            escape(&column.name),
            escape(&column.version)
        );
    }
    out.push_str("\n| --- | --- |");
    out.push_str(&" --- |".repeat(matrix.columns.len()));
    out.push('\n');
    for group in matrix.groups() {
        let _ = write!(out, "| {} | {} |", name(&group.0), name(&group.1));
        for column in &matrix.columns {
            let Some(cell) = column.cell(&group) else {
                out.push_str(" – |");
                continue;
            };
            let _ = write!(out, " {} of {}", cell.passed, cell.all);
            for (outcome, count) in cell.wrong {
                let _ = write!(out, ", **{count} {}**", outcome.name());
            }
            out.push_str(" |");
        }
        out.push('\n');
    }
    out.push_str("\n– is not implemented there.\n\n");
    for (outcome, meaning) in LEGEND {
        let _ = writeln!(out, "* **{}**: {meaning}.", outcome.name());
    }
    for column in &matrix.columns {
        let findings = matrix.findings(column);
        if findings.is_empty() && column.remarks.is_empty() {
            continue;
        }
        let _ = writeln!(
            out,
            "\n## {} {}\n",
            escape(&column.name),
            escape(&column.version)
        );
        for remark in &column.remarks {
            let _ = writeln!(out, "{}\n", escape(remark));
        }
        for finding in findings {
            let _ = writeln!(
                out,
                "* **{}** {}, {}\n  {}",
                finding.count(),
                escape(finding.file),
                finding.summary(escape),
                finding.example(escape)
            );
        }
    }
    out
}

const HEAD: &str = "# Implementations side by side

How many of the test vectors come out as they should; behind the table, what each implementation lets through.

";
