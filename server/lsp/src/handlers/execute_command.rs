//! `workspace/executeCommand`

use gouji_core::engine::{Engine, Settings};
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{ExecuteCommandParams, MessageType, Url};

use crate::checked::Given;
use crate::commands;
use crate::server::Backend;
use crate::session::Session;

pub(crate) fn execute_command(
    backend: &Backend,
    params: &ExecuteCommandParams,
) -> Result<Option<Value>> {
    let argument = |at: usize| params.arguments.get(at).and_then(Value::as_str).unwrap_or_default();
    match params.command.as_str() {
        commands::EXPLAIN => explain(backend, argument(0), argument(1)),
        other => Err(Error::invalid_params(format!("没有名为“{other}”的命令"))),
    }
}

/// Answers with the page of a rule; a client that does nothing with answers gets it as a message too.
fn explain(backend: &Backend, rule: &str, document: &str) -> Result<Option<Value>> {
    let session = backend.shared.session();
    let (client, resolver) = (session.client().clone(), session.resolver().clone());
    drop(session);
    // A form of the user's own may bring the rule.
    let file = Url::parse(document)
        .ok()
        .and_then(|uri| resolver.settings_for(&Session::path(&client, &uri)).ok());
    let given =
        file.map_or_else(|| Given::Plain(Settings::new(Engine::builtin()).into()), Given::File);
    let registry = given.settings().engine().registry();
    let Some(index) = registry.find(rule) else {
        return Err(Error::invalid_params(format!("没有名为“{rule}”的规则")));
    };
    let page = registry.info(index).page.to_string();
    if !client.shows_pages {
        let (remote, text) = (backend.client.clone(), page.clone());
        tokio::spawn(async move { remote.show_message(MessageType::INFO, text).await });
    }
    Ok(Some(Value::String(page)))
}
