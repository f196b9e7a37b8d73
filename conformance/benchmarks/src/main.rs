//! Measures this workspace side by side with its peers and prints Markdown.
//!
//! `conformance/BENCHMARKS.md` says how to run it and what came out.

mod callgrind;
mod cases;
mod client;
mod clock;
mod compile;
mod input;
mod layer;
mod passport;
mod report;
mod rustc;
mod schema;
mod tl_proto_types;

use std::process::ExitCode;

use cases::{Case, Who};
use clap::{Parser, Subcommand};
use passport::submission::{self, Work};

#[derive(Parser)]
#[command(about = "Measures this workspace side by side with its peers and prints Markdown")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Times of encoding and decoding, the contenders taking turns
    Times {
        /// How often each contender has its turn
        #[arg(long, default_value_t = 200)]
        rounds: usize,
    },
    /// Instructions and allocations of encoding and decoding, counted by valgrind's callgrind
    Counts,
    /// Times of the front end and the generator over the whole layer
    Schema {
        /// How often each contender has its turn
        #[arg(long, default_value_t = 20)]
        rounds: usize,
    },
    /// Processor time and memory of the compiler, for the crates that are compared
    Compile {
        /// How often each crate is built; the least counts
        #[arg(long, default_value_t = 2)]
        rounds: usize,
    },
    /// Times of opening a submission and decrypting a file, the contenders taking turns
    Passport {
        /// How often each contender has its turn
        #[arg(long, default_value_t = 50)]
        rounds: usize,
    },
    /// Times of proving a password, unlocking and encrypting a file, the contenders taking turns
    Client {
        /// How often each contender has its turn
        #[arg(long, default_value_t = 50)]
        rounds: usize,
    },
    /// Instructions of opening a submission, counted by valgrind's callgrind
    PassportCounts,
    /// Does one thing again and again, for a profiler
    Repeat {
        #[arg(long)]
        case: Case,
        #[arg(long)]
        who: Who,
        #[arg(long)]
        iterations: u64,
    },
    /// The same with a submission of Passport
    RepeatPassport {
        #[arg(long)]
        work: Work,
        #[arg(long)]
        iterations: u64,
    },
}

fn main() -> ExitCode {
    if let Some(log) = rustc::wanted() {
        return rustc::run(&log);
    }
    let result = match Arguments::parse().command {
        Command::Times { rounds } => {
            print!("{}", report::wire("ns", &clock::figures(rounds)));
            Ok(())
        }
        Command::Counts => callgrind::report().map(|report| print!("{report}")),
        Command::Schema { rounds } => schema::report(rounds).map(|report| print!("{report}")),
        Command::Compile { rounds } => compile::report(rounds).map(|report| print!("{report}")),
        Command::Passport { rounds } => passport::report(rounds).map(|report| print!("{report}")),
        Command::Client { rounds } => client::report(rounds).map(|report| print!("{report}")),
        Command::PassportCounts => callgrind::submission().map(|report| print!("{report}")),
        Command::Repeat {
            case,
            who,
            iterations,
        } => {
            for mut contender in cases::contenders(case) {
                if contender.who == who {
                    (contender.repeat)(iterations);
                }
            }
            Ok(())
        }
        Command::RepeatPassport { work, iterations } => submission::message()
            .and_then(|message| submission::repeat(work, &message))
            .map(|mut repeat| repeat(iterations)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
