//! Failures that are known: a file that is itself checked.
//!
//! A line is the file, the number of the case, the outcome, and after a `#` the reason, which must
//! be there: `messages 14 wrong-accept # keeps the first of two equal keys`. Empty lines and lines
//! that begin with `#` are passed over.
//!
//! `form * unsupported # reads messages only` is all cases of a file that are unsupported, since who
//! implements a part would need thousands of lines. No other outcome has that: it would hide what
//! breaks tomorrow.

use super::Verdict;
use super::judge::Outcome;

/// The known failures of an implementation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    file: String,
    /// `None` for every case of the file that came out so.
    tc_id: Option<u64>,
    outcome: Outcome,
}

impl Expected {
    /// Reads the text of such a file.
    ///
    /// # Errors
    ///
    /// The first line that is no entry, by its number, with what is wrong.
    ///
    /// ```
    /// use conformance::runner::expected::Expected;
    ///
    /// assert!(Expected::parse("value 3 wrong-accept # takes short padding\n").is_ok());
    /// let error = Expected::parse("value 3 wrong-accept\n").unwrap_err();
    /// assert_eq!(error, "line 1: a reason is missing: `# why`");
    /// ```
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut entries: Vec<Entry> = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let at = |what: &str| format!("line {}: {what}", number + 1);
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (entry, reason) = line.split_once('#').unwrap_or((line, ""));
            if reason.trim().is_empty() {
                return Err(at("a reason is missing: `# why`"));
            }
            let words: Vec<_> = entry.split_whitespace().collect();
            let [file, tc_id, outcome] = words[..] else {
                return Err(at("not three words: file, number, outcome"));
            };
            let mut outcomes = Outcome::ALL.into_iter();
            let outcome = outcomes.find(|it| it.name() == outcome && *it != Outcome::Pass);
            let outcome = outcome.ok_or_else(|| at("no such outcome"))?;
            let tc_id = match tc_id {
                "*" if outcome == Outcome::Unsupported => None,
                "*" => return Err(at("`*` is for unsupported only: name the case")),
                number => {
                    let number = number.parse();
                    Some(number.map_err(|_| at("the second is no number, nor `*`"))?)
                }
            };
            let file = file.to_owned();
            let entry = Entry {
                file,
                tc_id,
                outcome,
            };
            let same = |it: &Entry| it.file == entry.file && it.tc_id == entry.tc_id;
            if entries.iter().any(same) {
                let what = tc_id.map_or("file", |_| "case");
                return Err(at(&format!("this {what} stands here twice")));
            }
            entries.push(entry);
        }
        Ok(Self { entries })
    }

    /// Whether this failure is known.
    #[must_use]
    pub fn knows(&self, verdict: &Verdict) -> bool {
        self.entries.iter().any(|entry| {
            entry.file == verdict.file
                && entry.tc_id.is_none_or(|it| it == verdict.case.tc_id)
                && entry.outcome == verdict.outcome
        })
    }

    /// Entries that are not true: the case came out otherwise, or is not there. Each is an error.
    #[must_use]
    pub fn untrue(&self, verdicts: &[Verdict]) -> Vec<String> {
        let case = |entry: &Entry, tc_id: u64| {
            let mut verdicts = verdicts.iter();
            let found = verdicts.find(|it| it.file == entry.file && it.case.tc_id == tc_id);
            match found {
                None => Some("there is no such case".to_owned()),
                Some(it) if it.outcome != entry.outcome => {
                    let (now, then) = (it.outcome.name(), entry.outcome.name());
                    Some(format!("came out as {now} and not as {then}"))
                }
                Some(_) => None,
            }
        };
        let all = |entry: &Entry| {
            let verdicts = verdicts.iter().filter(|it| it.file == entry.file);
            let mut outcomes = verdicts.map(|it| it.outcome).peekable();
            if outcomes.peek().is_none() {
                return Some("there is no such file".to_owned());
            }
            let name = entry.outcome.name();
            (!outcomes.any(|it| it == entry.outcome)).then(|| format!("nothing in it is {name}"))
        };
        let entries = self.entries.iter();
        entries
            .filter_map(|entry| {
                let file = &entry.file;
                Some(match entry.tc_id {
                    Some(tc_id) => format!("{file} {tc_id}: {}", case(entry, tc_id)?),
                    None => format!("{file} *: {}", all(entry)?),
                })
            })
            .collect()
    }
}
