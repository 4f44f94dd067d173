//! `workspace/executeCommand`

use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{ExecuteCommandParams, MessageType};

use crate::commands;
use crate::server::Backend;

pub(crate) fn execute_command(
    backend: &Backend,
    params: &ExecuteCommandParams,
) -> Result<Option<Value>> {
    match params.command.as_str() {
        commands::EXPLAIN => {
            explain(backend, params.arguments.first().and_then(Value::as_str).unwrap_or_default())
        }
        other => Err(Error::invalid_params(format!("没有名为“{other}”的命令"))),
    }
}

/// Answers with the page of a rule; a client that does nothing with answers gets it as a message too.
fn explain(backend: &Backend, rule: &str) -> Result<Option<Value>> {
    let session = backend.shared.session();
    let settings = session.settings();
    let registry = settings.engine().registry();
    let Some(index) = registry.find(rule) else {
        return Err(Error::invalid_params(format!("没有名为“{rule}”的规则")));
    };
    let page = registry.info(index).page.to_string();
    if !session.client().shows_pages {
        let (remote, text) = (backend.client.clone(), page.clone());
        tokio::spawn(async move { remote.show_message(MessageType::INFO, text).await });
    }
    Ok(Some(Value::String(page)))
}
