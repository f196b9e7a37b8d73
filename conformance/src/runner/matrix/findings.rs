//! What an implementation gets wrong, told by the bug rather than by the case.

use std::collections::BTreeMap;

use super::{Column, Matrix, WRONG};
use crate::runner::Verdict;
use crate::runner::judge::Outcome;
use crate::vectors::Note;

/// Cases of one file that share their flags, and that came out wrong in the same way.
pub(super) struct Finding<'a> {
    outcome: Outcome,
    pub(super) file: &'a str,
    /// Each flag with what it means, where the file says so.
    flags: Vec<(&'a str, Option<&'a Note>)>,
    /// At least one.
    cases: Vec<&'a Verdict>,
}

impl Finding<'_> {
    /// How many cases came out how.
    pub(super) fn count(&self) -> String {
        format!("{} {}", self.cases.len(), self.outcome.name())
    }

    /// What is wrong and in which cases. What is of others goes through `escape`.
    pub(super) fn summary(&self, escape: fn(&str) -> String) -> String {
        let (title, meaning) = (escape(&self.title()), escape(&self.meaning()));
        format!("{title}: cases {}. {meaning}", self.numbers())
    }

    /// The first of the cases, as [`summary`](Self::summary).
    pub(super) fn example(&self, escape: fn(&str) -> String) -> String {
        let first = self.cases[0];
        let (comment, note) = (escape(&first.case.comment), escape(&first.note));
        format!("For example {}, {comment}: {note}", first.case.tc_id)
    }

    /// The numbers of the cases, the first of them if they are many.
    fn numbers(&self) -> String {
        let numbers = self.cases.iter().map(|it| it.case.tc_id.to_string());
        let shown: Vec<_> = numbers.take(MOST_NUMBERS).collect();
        match self.cases.len().checked_sub(MOST_NUMBERS) {
            None | Some(0) => shown.join(", "),
            Some(more) => format!("{} and {more} more", shown.join(", ")),
        }
    }

    /// The flags, each with its kind of bug.
    fn title(&self) -> String {
        let flags = self.flags.iter().map(|(flag, note)| match note {
            Some(note) if !note.bug_type.is_empty() => format!("{flag} ({})", note.bug_type),
            _ => (*flag).to_owned(),
        });
        let flags: Vec<_> = flags.collect();
        flags.join(", ")
    }

    /// What its flags mean.
    fn meaning(&self) -> String {
        let notes = self.flags.iter().filter_map(|(_, note)| *note);
        let texts: Vec<_> = notes.map(|note| note.description.as_str()).collect();
        texts.join(" ")
    }
}

impl Matrix {
    /// The findings about an implementation, the worst first.
    pub(super) fn findings<'a>(&'a self, column: &'a Column) -> Vec<Finding<'a>> {
        let mut found: BTreeMap<_, Vec<&Verdict>> = BTreeMap::new();
        for verdict in &column.verdicts {
            if let Some(rank) = WRONG.iter().position(|it| *it == verdict.outcome) {
                let key = (rank, verdict.file.as_str(), &verdict.case.flags);
                found.entry(key).or_default().push(verdict);
            }
        }
        let findings = found.into_iter().map(|((rank, file, flags), cases)| {
            let flags = flags.iter().map(|flag| {
                let note = self.notes.get(&(file.to_owned(), flag.clone()));
                (flag.as_str(), note)
            });
            Finding {
                outcome: WRONG[rank],
                file,
                flags: flags.collect(),
                cases,
            }
        });
        findings.collect()
    }
}

/// How many numbers of cases are listed.
const MOST_NUMBERS: usize = 12;
