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

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

use args::{Cli, Command};

/// How editors start the server. Some always add the option.
const LSP: &str = "lsp";
const STDIO: &str = "--stdio";

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    if serves_an_editor(std::env::args_os().skip(1)) {
        return commands::lsp::run();
    }
    match Cli::try_parse() {
        Ok(cli) => run(&cli.command),
        Err(error) => usage::say(&error).into(),
    }
}

/// Whether the arguments are just `lsp`, with or without `--stdio`. Then clap is not run: a server lives all day and would keep the memory of an option
/// parser that it has no use for.
fn serves_an_editor(mut args: impl Iterator<Item = OsString>) -> bool {
    let is_lsp = args.next().is_some_and(|command| command == LSP);
    is_lsp && args.next().is_none_or(|option| option == STDIO) && args.next().is_none()
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
