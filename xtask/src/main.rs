//! The commands of the people who work on this workspace.

// They panic if nobody reads; `failure::say` and `failure::tell` do not.
#![warn(clippy::print_stdout, clippy::print_stderr)]

mod api;
mod corpora;
mod data;
mod diff;
mod examples;
mod failure;
mod generate;
mod import;
mod lint;
mod output;
mod passport;
mod progress;
mod regenerate;
mod schemas;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Regenerate(arguments) => regenerate::run(&arguments),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Lint(arguments) => lint::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Corpora(arguments) => corpora::run(&arguments),
        Command::Examples(arguments) => examples::run(&arguments),
        Command::Api(arguments) => api::run(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure::tell(&failure);
            ExitCode::from(failure.code())
        }
    }
}

/// The commands of the people who work on this workspace
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 all is well, 1 the command found what it looks for \
    (a stale file, a wrong schema, a difference), 2 it could not do its work."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Regenerate(regenerate::Arguments),
    Generate(generate::Arguments),
    Import(import::Arguments),
    Lint(lint::Arguments),
    Diff(diff::Arguments),
    Corpora(corpora::Arguments),
    Examples(examples::Arguments),
    Api(api::Arguments),
}
