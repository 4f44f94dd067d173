//! `workspace/didChangeConfiguration`

use serde_json::Value;
use tower_lsp::lsp_types::{ConfigurationItem, DidChangeConfigurationParams};

use crate::server::Backend;

/// Takes the settings in the notification; asks the client for them if there are none (VS Code sends null).
pub(crate) fn did_change_configuration(
    backend: &Backend,
    mut params: DidChangeConfigurationParams,
) {
    match params.settings.get_mut("gouji").map(Value::take) {
        Some(options) => backend.configure(options),
        None => pull(backend),
    }
}

/// Asks the client for its settings.
pub(crate) fn pull(backend: &Backend) {
    if !backend.shared.session().client().has_configuration {
        return;
    }
    let remote = backend.client.clone();
    let backend = backend.clone();
    let item = ConfigurationItem { scope_uri: None, section: Some("gouji".to_owned()) };
    Backend::ask(async move {
        if let Some(options) = remote.configuration(vec![item]).await?.pop() {
            backend.configure(options);
        }
        Ok(())
    });
}
