//! Implementations side by side: what is told of each.

use std::collections::BTreeMap;

use conformance::runner::judge::Outcome;
use conformance::runner::matrix::{Column, Matrix};
use conformance::runner::{Suite, Verdict};
use conformance::vectors::Note;

use super::runner::verdict;

/// Cases with the same flags are one finding, which says what the flag means.
#[test]
fn findings_are_told_by_the_bug() {
    let matrix = matrix();
    let text = matrix.to_markdown();
    let expected = "\
        * **2 wrong-accept** values, Padding (AUTH\\_BYPASS): cases 2, 4. Anyone may write. \
        Tell them.\n  For example 2, case 2: it said 00\n\
        * **1 crash** values, Huge: cases 5. \n  For example 5, case 5: it said 00\n";
    assert!(text.ends_with(expected), "{text}");
    assert!(text.contains("## Other 1.0\n"), "{text}");
    assert!(!text.contains("## Ours"), "{text}");
    let row = "| values | Kind | 5 of 5 | 2 of 5, **2 wrong-accept**, **1 crash** |\n";
    assert!(text.contains(row), "{text}");
}

/// What stands in a vector or in an answer is text, and stays text in the page.
#[test]
fn the_page_is_one_file_without_markup_of_others() {
    let page = matrix().to_html();
    assert!(page.contains("Anyone may write. Tell them."), "{page}");
    assert!(
        page.contains("<li><b>2 wrong-accept</b> <code>values</code>"),
        "{page}"
    );
    for outside in ["http:", "https:", "src=", "href=", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
    let evil = Column {
        name: "<script>alert(1)</script>".to_owned(),
        version: "1 & 2".to_owned(),
        verdicts: vec![flagged(1, "Padding", Outcome::Crash)],
        remarks: vec!["<b>bold</b>".to_owned()],
    };
    let page = Matrix::of(&[], vec![evil]).to_html();
    assert!(!page.contains("<script>alert"), "{page}");
    assert!(page.contains("1 &amp; 2"), "{page}");
    assert!(page.contains("<p>&lt;b&gt;bold&lt;/b&gt;</p>"), "{page}");
}

/// Many cases do not make a line that nobody reads.
#[test]
fn numbers_are_cut() {
    let verdicts = (1..=40).map(|id| flagged(id, "Padding", Outcome::WrongAccept));
    let column = Column {
        name: "Other".to_owned(),
        version: "1.0".to_owned(),
        verdicts: verdicts.collect(),
        remarks: vec!["It draws again_.".to_owned()],
    };
    let text = Matrix::of(&[], vec![column]).to_markdown();
    let expected = "cases 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 28 more.";
    assert!(text.contains(expected), "{text}");
    assert!(text.contains("\n\nIt draws again\\_.\n\n* "), "{text}");
}

fn matrix() -> Matrix {
    let note = Note {
        bug_type: "AUTH_BYPASS".to_owned(),
        description: "Anyone may write. Tell them.".to_owned(),
    };
    let suite = Suite {
        file: "values".to_owned(),
        algorithm: "PassportValue".to_owned(),
        cases: None,
        notes: BTreeMap::from([("Padding".to_owned(), note)]),
    };
    let column = |name: &str, outcomes: [Outcome; 5]| Column {
        name: name.to_owned(),
        version: "1.0".to_owned(),
        verdicts: [
            (1, "Valid"),
            (2, "Padding"),
            (3, "Valid"),
            (4, "Padding"),
            (5, "Huge"),
        ]
        .into_iter()
        .zip(outcomes)
        .map(|((id, flag), outcome)| flagged(id, flag, outcome))
        .collect(),
        remarks: Vec::new(),
    };
    use Outcome::{Crash, Pass, WrongAccept};
    let ours = column("Ours", [Pass; 5]);
    let other = column("Other", [Pass, WrongAccept, Pass, WrongAccept, Crash]);
    Matrix::of(&[suite], vec![ours, other])
}

/// What became of a case that has texts to be shown.
fn flagged(tc_id: u64, flag: &str, outcome: Outcome) -> Verdict {
    let mut verdict = verdict(tc_id, outcome);
    verdict.file = "values".to_owned();
    verdict.case.comment = format!("case {tc_id}");
    verdict.case.flags = vec![flag.to_owned()];
    verdict.note = "it said 00".to_owned();
    verdict
}
