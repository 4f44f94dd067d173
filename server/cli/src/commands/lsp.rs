//! `gouji lsp`: the language server on standard input and output.

use std::process::ExitCode;

/// Serves until the client ends it. The protocol has exit statuses of its own.
pub(crate) fn run() -> ExitCode {
    gouji_lsp::run()
}
