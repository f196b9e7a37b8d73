//! Reports: what they name, and that nothing breaks them.

use conformance::runner::judge::Outcome;
use conformance::runner::report::Format;
use serde_json::{Value, json};

use super::runner::{of, verdict};

/// All forms of report name what failed, and none breaks by what is in it.
#[test]
fn reports() {
    let mut failed = verdict(7, Outcome::WrongAccept);
    failed.case.comment = "a | b <c> & \"d\" \u{1}".to_owned();
    failed.note = "said 'x'\u{1b}[2J\r\n9 of 9 cases passed\u{202e}\u{85}".to_owned();
    let mut run = of(vec![failed, verdict(8, Outcome::Pass)]);
    run.unknown.push(("other".to_owned(), "Mystery".to_owned()));
    let mut other = verdict(9, Outcome::WrongReason);
    other.note = "refused for length instead of hash".to_owned();
    run.verdicts.push(other);
    assert!(!run.is_clean());

    let text = run.print(Format::Text);
    assert!(text.contains("wrong-accept: some 7, a | b"), "{text}");
    assert!(text.contains("1 of 3 cases passed"), "{text}");
    // What a shim says cannot write to the terminal, or pass for the end of a report.
    let said = r"said 'x'\u{1b}[2J\r\n9 of 9 cases passed\u{202e}\u{85}";
    assert!(text.contains(said), "{text}");
    let lines: Vec<_> = text
        .lines()
        .filter(|it| it.contains("cases passed"))
        .collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(
        !text.contains(['\u{1b}', '\r', '\u{202e}', '\u{85}']),
        "{text}"
    );
    let report: Value = serde_json::from_str(&run.print(Format::Json)).expect("JSON");
    assert_eq!(report["failures"][0]["tcId"], 7);
    assert_eq!(report["failures"][0]["outcome"], "wrong-accept");
    assert_eq!(
        (&report["counts"]["pass"], &report["clean"]),
        (&json!(1), &json!(false))
    );
    assert_eq!(report["unknownFiles"][0]["algorithm"], "Mystery");
    let markdown = run.print(Format::Markdown);
    assert!(
        markdown.contains("**wrong-accept** some 7: a \\| b \\<c>"),
        "{markdown}"
    );
    let junit = run.print(Format::Junit);
    assert!(junit.contains("failures=\"2\""), "{junit}");
    for report in [&text, &markdown, &junit, &report.to_string()] {
        assert!(report.contains("wrong-reason"), "{report}");
        assert!(
            report.contains("refused for length instead of hash"),
            "{report}"
        );
    }
    assert!(
        junit.contains("7 a | b &lt;c&gt; &amp; &quot;d&quot;  \""),
        "{junit}"
    );

    let skipped = "<testcase classname=\"other\" name=\"Mystery\"><skipped message=\"the kind Mystery is not known here\"/></testcase>";
    assert!(junit.contains(skipped), "{junit}");
    assert!(junit.contains("tests=\"4\" failures=\"2\""), "{junit}");

    run.known.extend([0, 2]);
    assert!(run.is_clean());
    assert!(
        run.print(Format::Junit)
            .contains("<skipped message=\"wrong-accept")
    );
}

/// Names of files are texts from outside, too.
#[test]
fn names_in_reports() {
    let mut evil = verdict(1, Outcome::Crash);
    evil.file = "a\"b<c|d\u{1b}".to_owned();
    evil.case.kind = "K\"<|".to_owned();
    let mut run = of(vec![evil.clone()]);
    run.unknown.push((evil.file, evil.case.kind));
    let junit = run.print(Format::Junit);
    let name = "a&quot;b&lt;c|d ";
    assert!(
        junit.contains(&format!("<testsuite name=\"{name}.K&quot;&lt;|\"")),
        "{junit}"
    );
    assert_eq!(
        junit.matches(&format!("classname=\"{name}\"")).count(),
        2,
        "{junit}"
    );
    let markdown = run.print(Format::Markdown);
    let name = "a\"b\\<c\\|d ";
    assert!(
        markdown.contains(&format!("| {name} | K\"\\<\\| |")),
        "{markdown}"
    );
    assert_eq!(markdown.matches(name).count(), 3, "{markdown}");
    assert!(!run.print(Format::Text).contains('\u{1b}'));
    for report in [junit, markdown] {
        assert!(!report.contains("b<c"), "{report}");
    }
}
