//! Counts that repeat: instructions and calls of the allocator, by valgrind's callgrind.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use clap::ValueEnum;

use crate::cases::{CASES, Case, Who};
use crate::report::{self, Figures};

/// Counts all contenders of all cases.
pub(crate) fn report() -> Result<String, Box<dyn Error>> {
    let folder = env::temp_dir().join(format!("benchmarks-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let report = count_all(&folder);
    fs::remove_dir_all(&folder)?;
    report
}

fn count_all(folder: &Path) -> Result<String, Box<dyn Error>> {
    let (mut instructions, mut allocations) = (Figures::new(), Figures::new());
    let mut count = |case: Case| -> Result<(), Box<dyn Error>> {
        for who in Who::value_variants() {
            let counts = per_operation(folder, case, *who)?;
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

#[derive(Debug, Clone, Copy)]
struct Counts {
    instructions: f64,
    allocations: f64,
}

/// The difference of two runs, in which all that happens once cancels out.
fn per_operation(folder: &Path, case: Case, who: Who) -> Result<Counts, Box<dyn Error>> {
    // Enough that the allocator has settled.
    let (few, many) = (8, 24);
    let less = run(folder, case, who, few)?;
    let more = run(folder, case, who, many)?;
    let per = |less: f64, more: f64| (more - less) / (many - few) as f64;
    Ok(Counts {
        instructions: per(less.instructions, more.instructions),
        allocations: per(less.allocations, more.allocations),
    })
}

fn run(folder: &Path, case: Case, who: Who, iterations: u64) -> Result<Counts, Box<dyn Error>> {
    let name = |value: Option<clap::builder::PossibleValue>| {
        value
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    };
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
        .args(["repeat", "--case", &name(case.to_possible_value())])
        .args(["--who", &name(who.to_possible_value())])
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
