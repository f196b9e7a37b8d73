//! The user's side: password, passport secret and files, against what cannot be done without.

mod password;
mod upload;

use std::error::Error;
use std::time::Duration;

use clap::ValueEnum;

use self::password::{Account, Work};
use self::upload::{Plain, Way};
use crate::clock::{Timed, processor_time, turns};
use crate::report::{against, at_least, markdown, median_ratio, smallest};

/// Measures both.
pub(crate) fn report(rounds: usize) -> Result<String, Box<dyn Error>> {
    Ok(passwords(rounds)? + &files(rounds)?)
}

fn passwords(rounds: usize) -> Result<String, Box<dyn Error>> {
    let account: &'static Account = Box::leak(Box::new(Account::new()?));
    let works = Work::value_variants();
    let mut contenders = Vec::new();
    for work in works {
        let mut repeat = account.repeat(*work)?;
        let timed: Timed = Box::new(move |times| processor_time(|| repeat(times)));
        contenders.push(timed);
    }
    let times = turns(&mut contenders, rounds, Duration::ZERO)?;
    let rows: Vec<_> = works
        .iter()
        .zip(&times)
        .map(|(work, own)| {
            let ratio = work.kdfs().map(|(kdfs, most)| {
                let ratio = median_ratio(own, &times[Work::Kdf as usize]);
                against(ratio / kdfs, most)
            });
            let kdfs = work.kdfs().map(|(kdfs, _)| format!("{kdfs:.0}"));
            vec![
                work.describe().to_owned(),
                format!("{:.2}", smallest(own) / 1e6),
                kdfs.unwrap_or_default(),
                ratio.unwrap_or_default(),
            ]
        })
        .collect();
    let mut out = String::new();
    let head = ["Password and secret", "ms", "KDFs in it", "/ them"];
    markdown(&mut out, &head, &rows);
    Ok(out)
}

fn files(rounds: usize) -> Result<String, Box<dyn Error>> {
    let plain: &'static Plain = Box::leak(Box::new(Plain::new(MEBIBYTES << 20)?));
    let mut contenders: Vec<_> = WAYS.iter().map(|(_, way, _)| plain.timed(*way)).collect();
    let times = turns(&mut contenders, rounds, Duration::ZERO)?;
    plain.remove()?;
    let [bare, md5] = [Way::Bare, Way::Md5].map(|way| {
        let at = WAYS.iter().position(|(_, it, _)| *it == way);
        &times[at.unwrap_or_default()]
    });
    let rows: Vec<_> = WAYS
        .iter()
        .zip(&times)
        .map(|((name, way, goal), own)| {
            let (whole, rest) = match way {
                Way::Md5 => (String::new(), String::new()),
                _ if way.has_md5() => {
                    let rest: Vec<_> = own.iter().zip(md5).map(|(own, md5)| own - md5).collect();
                    let whole = at_least(median_ratio(bare, own), None);
                    (whole, at_least(median_ratio(bare, &rest), *goal))
                }
                _ => (at_least(median_ratio(bare, own), *goal), String::new()),
            };
            vec![
                (*name).to_owned(),
                format!("{:.2}", smallest(own) / 1e6),
                format!("{:.0}", MEBIBYTES as f64 / smallest(own) * 1e9),
                whole,
                rest,
            ]
        })
        .collect();
    let mut out = String::new();
    let head = [
        "A file of 10 MiB",
        "ms",
        "MiB/s",
        "of the first line's throughput",
        "MD5 subtracted",
    ];
    markdown(&mut out, &head, &rows);
    Ok(out)
}

const WAYS: [(&str, Way, Option<f64>); 7] = [
    ("SHA-256, then AES-256-CBC", Way::Bare, None),
    ("MD5", Way::Md5, None),
    ("whole, to a new vector", Way::Whole, Some(0.85)),
    ("parts of 32 KiB", Way::Parts(32 * KIB), Some(0.85)),
    ("parts of 512 KiB", Way::Parts(512 * KIB), Some(0.85)),
    ("parts of 32 KiB, as calls", Way::Sent(32 * KIB), None),
    (
        "parts of 32 KiB, as calls, from the disk",
        Way::SentFromDisk(32 * KIB),
        None,
    ),
];

/// The length of the file.
const MEBIBYTES: usize = 10;

const KIB: u32 = 1024;
