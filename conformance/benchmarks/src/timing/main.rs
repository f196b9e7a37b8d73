//! Whether the time that an operation takes tells two classes of inputs apart.
//!
//! The method is that of dudect (Reparaz, Balasch, Verbauwhede: "Dude, is my code constant time?",
//! 2017): inputs of both classes come in random order, each is timed, and Welch's t-test compares
//! the means, of all times and of those below several quantiles. It can find a difference, never
//! prove that there is none. Prints Markdown; `conformance/BENCHMARKS.md` has what came out.
//!
//! It is a program to be run by hand, on a quiet machine: nothing about time is ever a test.

mod compare;
mod control;
mod measure;
mod oaep;
mod srp;
mod statistics;

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use measure::{Subject, measure};
use statistics::Finding;

#[derive(Parser)]
#[command(about = "Whether the time of an operation tells two classes of inputs apart")]
struct Arguments {
    /// How long each pair of classes is measured
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Only the pairs whose name holds this text, beside the controls
    #[arg(long, default_value = "")]
    only: String,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("error: a control came out wrong, so the rest of the table says nothing");
            eprintln!("hint: a quieter machine, or more --seconds");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Prints the table, and says whether the controls came out as they must.
fn run(arguments: &Arguments) -> Result<bool, Box<dyn Error>> {
    let time = Duration::from_secs(arguments.seconds);
    let mut trusted = true;
    println!("{HEAD}");
    for (mut subject, wanted) in control::subjects()? {
        let finding = report(&mut subject, time)?;
        trusted &= finding.is_some_and(|finding| finding.verdict() == wanted);
    }
    let groups = [oaep::subjects()?, compare::subjects()?, srp::subjects()?];
    for mut subject in groups.into_iter().flatten() {
        if subject.name.contains(&arguments.only) {
            report(&mut subject, time)?;
        }
    }
    Ok(trusted)
}

/// Measures, and prints a line of the table.
fn report(subject: &mut Subject, time: Duration) -> Result<Option<Finding>, Box<dyn Error>> {
    let times = measure(subject, time)?;
    let (name, [first, second]) = (&subject.name, subject.classes);
    let finding = Finding::of(&times);
    match &finding {
        Some(finding) => println!("| {name} | {first} / {second} | {finding} |"),
        None => println!("| {name} | {first} / {second} | too few samples | | | | | | |"),
    }
    Ok(finding)
}

const HEAD: &str = "\
| operation | first class / second class | samples of each | t of all | greatest t | of the fastest | \
difference, ns | would be seen, ns | verdict |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |";
