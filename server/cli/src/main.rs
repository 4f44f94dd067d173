//! The program `gouji`: checks report documents, repairs them, gives their figures as data and serves editors.

mod args;
mod check;
mod commands;
mod exit;
mod format;
mod inputs;
mod output;
mod parallel;
mod progress;
mod run;
mod usage;

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

use args::{Cli, Command};

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => run(&cli.command),
        Err(error) => usage::say(&error).into(),
    }
}

fn run(command: &Command) -> ExitCode {
    let status = match command {
        Command::Check(args) => commands::check::run(args),
        Command::Export(args) => commands::export::run(args),
        Command::Explain(args) => commands::explain::run(args),
        Command::Rules(args) => commands::rules::run(args),
        Command::New(_) => commands::new::run(),
        Command::Lsp(_) => return commands::lsp::run(),
    };
    status.into()
}
