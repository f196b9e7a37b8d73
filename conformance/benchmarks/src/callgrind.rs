//! Counts that repeat: instructions and calls of the allocator, by valgrind's callgrind.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use clap::ValueEnum;

use crate::cases::{CASES, Case, Who};
use crate::passport::submission::Work;
use crate::report::{self, Figures, against, markdown, thousands};

/// Counts all contenders of all cases.
pub(crate) fn report() -> Result<String, Box<dyn Error>> {
    in_folder(count_all)
}

/// Counts what opening a submission takes.
pub(crate) fn submission() -> Result<String, Box<dyn Error>> {
    in_folder(count_submission)
}

/// Gives `count` a folder for its files.
fn in_folder(count: fn(&Path) -> Result<String, Box<dyn Error>>) -> Result<String, Box<dyn Error>> {
    let folder = env::temp_dir().join(format!("benchmarks-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let report = count(&folder);
    fs::remove_dir_all(&folder)?;
    report
}

fn count_all(folder: &Path) -> Result<String, Box<dyn Error>> {
    let (mut instructions, mut allocations) = (Figures::new(), Figures::new());
    let mut count = |case: Case| -> Result<(), Box<dyn Error>> {
        for who in Who::value_variants() {
            let arguments = ["repeat", "--case", &name(&case), "--who", &name(who)];
            let counts = per_operation(folder, &arguments)?;
            instructions.insert((case, *who), vec![counts.instructions]);
            allocations.insert((case, *who), vec![counts.allocations]);
        }
        Ok(())
    };
    for case in CASES {
        count(case)?;
    }
    count(Case::SmallUploadFile)?;
    Ok(report::wire("instructions", &instructions)
        + &report::allocations(&allocations)
        + &report::constant(&instructions))
}

fn count_submission(folder: &Path) -> Result<String, Box<dyn Error>> {
    let mut counts = Vec::new();
    for work in Work::value_variants() {
        let arguments = ["repeat-passport", "--work", &name(work)];
        counts.push((*work, per_operation(folder, &arguments)?));
    }
    let instructions = |work: Work| counts[work as usize].1.instructions;
    let rows: Vec<_> = counts
        .iter()
        .map(|(work, counts)| {
            let ratio = work
                .operation()
                .map(|(rsa, most)| against(counts.instructions / instructions(rsa), most));
            vec![
                work.describe().to_owned(),
                thousands(counts.instructions),
                ratio.unwrap_or_default(),
                thousands(counts.allocations),
            ]
        })
        .collect();
    let mut out = String::new();
    let head = [
        "A submission of 13 elements",
        "instructions",
        "/ RSA operation",
        "calls of the allocator",
    ];
    markdown(&mut out, &head, &rows);
    Ok(out)
}

/// The name of a value on the command line.
fn name(value: &impl ValueEnum) -> String {
    let name = value.to_possible_value();
    name.map(|name| name.get_name().to_owned())
        .unwrap_or_default()
}

#[derive(Debug, Clone, Copy)]
struct Counts {
    instructions: f64,
    allocations: f64,
}

/// The difference of two runs, in which all that happens once cancels out.
fn per_operation(folder: &Path, arguments: &[&str]) -> Result<Counts, Box<dyn Error>> {
    // Enough that the allocator has settled.
    let (few, many) = (8, 24);
    let less = run(folder, arguments, few)?;
    let more = run(folder, arguments, many)?;
    let per = |less: f64, more: f64| (more - less) / (many - few) as f64;
    Ok(Counts {
        instructions: per(less.instructions, more.instructions),
        allocations: per(less.allocations, more.allocations),
    })
}

fn run(folder: &Path, arguments: &[&str], iterations: u64) -> Result<Counts, Box<dyn Error>> {
    let out: PathBuf = folder.join("callgrind.out");
    let output = Command::new("valgrind")
        // Long copies by `rep movsb` would count as an instruction a byte.
        .env(
            "GLIBC_TUNABLES",
            "glibc.cpu.x86_rep_movsb_threshold=4294967296",
        )
        .args([
            "--tool=callgrind",
            "--compress-strings=no",
            "--compress-pos=no",
        ])
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(env::current_exe()?)
        .args(arguments)
        .args(["--iterations", &iterations.to_string()])
        .output()
        .map_err(|error| format!("valgrind does not start: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    parse(&fs::read_to_string(&out)?).ok_or_else(|| "callgrind wrote no summary".into())
}

/// Reads the profile: `totals:` and, below each `cfn=` (called function), `calls=`.
fn parse(profile: &str) -> Option<Counts> {
    let mut instructions = None;
    let mut calls: BTreeMap<&str, f64> = BTreeMap::new();
    let mut called = "";
    for line in profile.lines() {
        if let Some(name) = line.strip_prefix("cfn=") {
            called = name;
        } else if let Some(rest) = line.strip_prefix("calls=") {
            let count = rest.split(' ').next()?.parse::<f64>().ok()?;
            *calls.entry(called).or_default() += count;
        } else if let Some(total) = line.strip_prefix("totals: ") {
            instructions = total.trim().parse().ok();
        }
    }
    let allocations = ["malloc", "calloc", "realloc"]
        .iter()
        .filter_map(|name| calls.get(name))
        .sum();
    Some(Counts {
        instructions: instructions?,
        allocations,
    })
}
