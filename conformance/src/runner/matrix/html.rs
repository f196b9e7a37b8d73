//! The matrix as one page, without outside resources. Without its script it is a table all the same.

use std::fmt::Write as _;

use super::{LEGEND, Matrix};
use crate::runner::report::escape_xml as escape;

pub(super) fn print(matrix: &Matrix) -> String {
    let mut out = String::from(HEAD);
    out.push_str("<table>\n<thead><tr><th>vectors</th><th>group</th>");
    for column in &matrix.columns {
        // Writing into a text does not fail.
        let _ = write!(
            out,
            "<th>{}<br><small>{}</small></th>",
            escape(&column.name),
            escape(&column.version)
        );
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for group in matrix.groups() {
        let _ = write!(
            out,
            "<tr><td>{}</td><td>{}</td>",
            escape(&group.0),
            escape(&group.1)
        );
        for column in &matrix.columns {
            let Some(cell) = column.cell(&group) else {
                out.push_str("<td class=\"none\" data-sort=\"-1\">–</td>");
                continue;
            };
            let class = if cell.wrong.is_empty() {
                "good"
            } else {
                "wrong"
            };
            let share = cell.passed * 1000 / cell.all;
            let _ = write!(
                out,
                "<td class=\"{class}\" data-sort=\"{share}\">{} of {}",
                cell.passed, cell.all
            );
            for (outcome, count) in cell.wrong {
                let _ = write!(out, "<br><b>{count} {}</b>", outcome.name());
            }
            out.push_str("</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n<p>– is not implemented there.</p>\n<dl>\n");
    for (outcome, meaning) in LEGEND {
        let _ = writeln!(out, "<dt>{}</dt><dd>{meaning}</dd>", outcome.name());
    }
    out.push_str("</dl>\n");
    for column in &matrix.columns {
        let findings = matrix.findings(column);
        if findings.is_empty() && column.remarks.is_empty() {
            continue;
        }
        let (name, version) = (escape(&column.name), escape(&column.version));
        let _ = writeln!(out, "<h2>{name} {version}</h2>");
        for remark in &column.remarks {
            let _ = writeln!(out, "<p>{}</p>", escape(remark));
        }
        out.push_str("<ul>\n");
        for finding in findings {
            let _ = writeln!(
                out,
                "<li><b>{}</b> <code>{}</code> {}<br><small>{}</small></li>",
                finding.count(),
                escape(finding.file),
                finding.summary(escape),
                finding.example(escape)
            );
        }
        out.push_str("</ul>\n");
    }
    out.push_str(FOOT);
    out
}

const HEAD: &str = r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Telegram Passport: implementations side by side</title>
<style>
body { font: 15px/1.5 sans-serif; max-width: 75em; margin: 2em auto; padding: 0 1em; }
table { border-collapse: collapse; }
th, td { border: 1px solid #bbb; padding: .3em .6em; text-align: left; vertical-align: top; }
th { cursor: pointer; }
.good { background: #e2f5e2; }
.wrong { background: #fbe3e0; }
.none { color: #666; }
dt { font-weight: bold; }
li { overflow-wrap: anywhere; }
</style>
</head>
<body>
<h1>Telegram Passport: implementations side by side</h1>
<p>How many of the test vectors come out as they should. A click on a heading sorts by its column.</p>
"#;

const FOOT: &str = r#"<script>
const body = document.querySelector("tbody");
const key = (row, at) => row.cells[at].dataset.sort ?? row.cells[at].textContent;
document.querySelectorAll("th").forEach((heading, at) => {
  let up = true;
  heading.addEventListener("click", () => {
    const rows = [...body.rows].sort((a, b) => key(a, at).localeCompare(key(b, at), "en", { numeric: true }));
    body.append(...(up ? rows : rows.reverse()));
    up = !up;
  });
});
</script>
</body>
</html>
"#;
