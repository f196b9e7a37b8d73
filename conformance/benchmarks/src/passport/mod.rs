//! Passport: a submission and a file, against what cannot be done without and against the peer.

mod file;
mod python;
pub(crate) mod submission;

use std::error::Error;
use std::time::Duration;

use clap::ValueEnum;

use self::file::{Encrypted, MEBIBYTES, Way};
use self::submission::Work;
use crate::clock::{Timed, processor_time, turns};
use crate::report::{against, at_least, markdown, median_ratio, smallest};

/// Measures both.
pub(crate) fn report(rounds: usize) -> Result<String, Box<dyn Error>> {
    Ok(submissions(rounds)? + &files(rounds)?)
}

fn submissions(rounds: usize) -> Result<String, Box<dyn Error>> {
    let message = submission::message()?;
    let works = Work::value_variants();
    let mut contenders = Vec::new();
    for work in works {
        let mut repeat = submission::repeat(*work, &message)?;
        let timed: Timed = Box::new(move |times| processor_time(|| repeat(times)));
        contenders.push(timed);
    }
    let python = python::timed(&message).map(|timed| contenders.push(timed));
    let times = turns(&mut contenders, rounds, BATCH)?;
    drop(contenders);

    let ours = &times[Work::Submission as usize];
    let row = |what: &str, own: &[f64], operation: String, faster: String| {
        let milliseconds = format!("{:.3}", smallest(own) / 1e6);
        vec![what.to_owned(), milliseconds, operation, faster]
    };
    let mut rows = Vec::new();
    for (work, own) in works.iter().zip(&times) {
        let operation = work
            .operation()
            .map(|(rsa, most)| against(median_ratio(own, &times[rsa as usize]), most));
        let faster = work
            .least_faster()
            .map(|least| at_least(median_ratio(ours, own), Some(least)));
        let (operation, faster) = (operation.unwrap_or_default(), faster.unwrap_or_default());
        rows.push(row(work.describe(), own, operation, faster));
    }
    if let Some(own) = times.get(works.len()) {
        let faster = at_least(median_ratio(ours, own), None);
        rows.push(row(python::NAME, own, String::new(), faster));
    }
    let head = [
        "A submission of 13 elements",
        "ms",
        "/ RSA operation",
        "times as fast as `submission`",
    ];
    let mut out = String::new();
    markdown(&mut out, &head, &rows);
    if let Err(error) = python {
        out += &format!("{} was not measured: {error}\n\n", python::NAME);
    }
    Ok(out)
}

fn files(rounds: usize) -> Result<String, Box<dyn Error>> {
    let encrypted: &'static Encrypted = Box::leak(Box::new(Encrypted::new()?));
    let mut contenders: Vec<_> = WAYS
        .iter()
        .map(|(_, way, _)| encrypted.timed(*way))
        .collect();
    let times = turns(&mut contenders, rounds, Duration::ZERO)?;
    let rows: Vec<_> = WAYS
        .iter()
        .zip(&times)
        .map(|((name, _, goal), own)| {
            vec![
                (*name).to_owned(),
                format!("{:.2}", smallest(own) / 1e6),
                format!("{:.0}", MEBIBYTES as f64 / smallest(own) * 1e9),
                at_least(median_ratio(&times[0], own), *goal),
            ]
        })
        .collect();
    let mut out = String::new();
    let head = [
        "A file of 10 MiB",
        "ms",
        "MiB/s",
        "of the first line's throughput",
    ];
    markdown(&mut out, &head, &rows);
    Ok(out)
}

const WAYS: [(&str, Way, Option<f64>); 8] = [
    ("AES-256-CBC, then SHA-256", Way::Bare, None),
    ("whole, in place", Way::Whole, Some(0.9)),
    (
        "whole, until it is overwritten",
        Way::WholeOverwritten,
        None,
    ),
    ("stream, chunks of 1 KiB", Way::Chunks(KIB), Some(0.85)),
    (
        "stream, chunks of 16 KiB",
        Way::Chunks(16 * KIB),
        Some(0.85),
    ),
    (
        "stream, chunks of 64 KiB",
        Way::Chunks(64 * KIB),
        Some(0.85),
    ),
    ("stream, in one chunk", Way::Chunks(usize::MAX), Some(0.85)),
    ("stream into memory that grows", Way::Kept(64 * KIB), None),
];

const KIB: usize = 1024;

/// A batch of submissions takes at least so long.
const BATCH: Duration = Duration::from_millis(5);
