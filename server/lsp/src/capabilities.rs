//! What the client can do. Read leniently: an unknown value counts as a missing capability, where `lsp_types` would refuse the whole client.

use std::path::PathBuf;

use gouji_core::ide::Markup;
use gouji_core::text::Encoding;
use serde_json::Value;
use tower_lsp::lsp_types::Url;

/// What `initialize` says of the client.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)] // each one is a switch of the protocol
pub(crate) struct Client {
    /// The encoding in which it counts columns: the first of its offers that we know.
    pub(crate) encoding: Encoding,
    /// Whether it pulls diagnostics and can be told to pull again. Otherwise they are pushed; never both, which would show everything twice.
    pub(crate) pulls: bool,
    /// Whether diagnostics may name other places.
    pub(crate) related_information: bool,
    /// Whether diagnostics may link to the rule's page.
    pub(crate) code_description: bool,
    /// Whether edits may name the version that they are for.
    pub(crate) document_changes: bool,
    /// Whether it asks for the edits of a code action when that is chosen.
    pub(crate) resolves_edits: bool,
    /// Whether it watches files when asked to.
    pub(crate) watches_files: bool,
    /// Whether it can be asked for its configuration.
    pub(crate) has_configuration: bool,
    /// Whether it reports changes of its configuration only when asked to.
    pub(crate) registers_configuration: bool,
    /// Whether it shows the answer of `gouji.explainRule` itself.
    pub(crate) shows_pages: bool,
    /// What the items of a completion list may have.
    pub(crate) completion: Completion,
    /// The markup of hovers.
    pub(crate) markup: Markup,
    /// Whether document symbols may form a tree.
    pub(crate) symbol_trees: bool,
    /// Whether definitions may be links, which say what range at the cursor they belong to.
    pub(crate) definition_links: bool,
    /// Whether it shows progress that the server begins.
    pub(crate) shows_progress: bool,
    /// Whether it sends `prepareRename` before a rename.
    pub(crate) prepares_rename: bool,
    /// Whether it folds whole lines only.
    pub(crate) folds_lines: bool,
    /// Whether it has the command `gouji.revealRange`.
    pub(crate) reveals_ranges: bool,
    /// Whether it asks again for hints, lenses and tokens when told to.
    pub(crate) refreshes: Refreshes,
    /// Whether it shows a document at the server's request.
    pub(crate) shows_documents: bool,
    /// The editor's process.
    pub(crate) process_id: Option<u32>,
    /// The workspace folders.
    pub(crate) folders: Vec<PathBuf>,
    /// The initialization options: the keys of gouji.toml.
    pub(crate) options: Value,
}

/// What the items of a completion list may have.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools)] // each one is a switch of the protocol
pub(crate) struct Completion {
    /// Snippets, with places to jump to.
    pub(crate) snippets: bool,
    /// The tag `Deprecated`.
    pub(crate) tags: bool,
    /// The flag `deprecated`, which came before the tag.
    pub(crate) deprecated: bool,
    /// The flag `preselect`.
    pub(crate) preselects: bool,
    /// An `insertTextMode`, which says whether indentation is adjusted.
    pub(crate) modes: bool,
}

/// What a client asks for again when told that it has changed without an edit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Refreshes {
    pub(crate) hints: bool,
    pub(crate) lenses: bool,
    pub(crate) tokens: bool,
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub(crate) fn read(params: &Value) -> Self {
        let on = |path: &str| flag(params, path);
        Self {
            encoding: encoding(params),
            pulls: params
                .pointer("/capabilities/textDocument/diagnostic")
                .is_some_and(Value::is_object)
                && on("workspace/diagnostics/refreshSupport"),
            related_information: on("textDocument/publishDiagnostics/relatedInformation"),
            code_description: on("textDocument/publishDiagnostics/codeDescriptionSupport"),
            document_changes: on("workspace/workspaceEdit/documentChanges"),
            resolves_edits: on("textDocument/codeAction/dataSupport") && resolves_edits(params),
            watches_files: on("workspace/didChangeWatchedFiles/dynamicRegistration"),
            has_configuration: on("workspace/configuration"),
            registers_configuration: on("workspace/didChangeConfiguration/dynamicRegistration"),
            shows_pages: on("experimental/gouji/showsPages"),
            completion: completion(params),
            markup: markup(params),
            symbol_trees: on("textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            definition_links: on("textDocument/definition/linkSupport"),
            shows_progress: on("window/workDoneProgress"),
            prepares_rename: on("textDocument/rename/prepareSupport"),
            folds_lines: on("textDocument/foldingRange/lineFoldingOnly"),
            reveals_ranges: on("experimental/gouji/revealsRanges"),
            shows_documents: on("window/showDocument/support"),
            refreshes: Refreshes {
                hints: on("workspace/inlayHint/refreshSupport"),
                lenses: on("workspace/codeLens/refreshSupport"),
                tokens: on("workspace/semanticTokens/refreshSupport"),
            },
            process_id: params
                .get("processId")
                .and_then(Value::as_u64)
                .and_then(|id| u32::try_from(id).ok()),
            folders: folders(params),
            options: params.get("initializationOptions").cloned().unwrap_or(Value::Null),
        }
    }
}

fn flag(params: &Value, path: &str) -> bool {
    params.pointer(&format!("/capabilities/{path}")).and_then(Value::as_bool).unwrap_or(false)
}

/// The first of the client's offers that we know: they are listed by preference.
fn encoding(params: &Value) -> Encoding {
    let offers =
        params.pointer("/capabilities/general/positionEncodings").and_then(Value::as_array);
    let known = |offer: &Value| match offer.as_str()? {
        "utf-8" => Some(Encoding::Utf8),
        "utf-16" => Some(Encoding::Utf16),
        "utf-32" => Some(Encoding::Utf32),
        _ => None,
    };
    offers.and_then(|offers| offers.iter().find_map(known)).unwrap_or(Encoding::Utf16)
}

fn completion(params: &Value) -> Completion {
    let on = |path: &str| flag(params, &format!("textDocument/completion/completionItem/{path}"));
    let knows_one = |path: &str| {
        let path = format!("/capabilities/textDocument/completion/completionItem/{path}/valueSet");
        let values = params.pointer(&path).and_then(Value::as_array);
        values.is_some_and(|values| values.iter().any(|value| value == 1))
    };
    Completion {
        snippets: on("snippetSupport"),
        tags: knows_one("tagSupport"),
        deprecated: on("deprecatedSupport"),
        preselects: on("preselectSupport"),
        modes: knows_one("insertTextModeSupport"),
    }
}

/// Markdown where the client says that it shows it.
fn markup(params: &Value) -> Markup {
    let formats =
        params.pointer("/capabilities/textDocument/hover/contentFormat").and_then(Value::as_array);
    let shows = |formats: &Vec<Value>| formats.iter().any(|format| format == "markdown");
    if formats.is_some_and(shows) { Markup::Markdown } else { Markup::Plain }
}

fn resolves_edits(params: &Value) -> bool {
    let properties =
        params.pointer("/capabilities/textDocument/codeAction/resolveSupport/properties");
    properties
        .and_then(Value::as_array)
        .is_some_and(|names| names.iter().any(|name| name == "edit"))
}

fn folders(params: &Value) -> Vec<PathBuf> {
    let path = |uri: &Value| Url::parse(uri.as_str()?).ok()?.to_file_path().ok();
    match params.get("workspaceFolders").and_then(Value::as_array) {
        Some(folders) => folders.iter().filter_map(|folder| path(folder.get("uri")?)).collect(),
        None => params.get("rootUri").and_then(path).into_iter().collect(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_said_is_the_least() {
        let client = Client::read(&Value::Null);
        assert_eq!(client.encoding, Encoding::Utf16);
        assert!(!client.pulls && !client.related_information && client.folders.is_empty());
    }

    #[test]
    fn unknown_offers_are_passed_over() {
        let client = Client::read(
            &json!({ "capabilities": { "general": { "positionEncodings": ["utf-7", 3, "utf-32", "utf-8"] } } }),
        );
        assert_eq!(client.encoding, Encoding::Utf32);
    }

    #[test]
    fn pulls_only_if_it_can_be_told_to_ask_again() {
        let without = json!({ "capabilities": { "textDocument": { "diagnostic": {} } } });
        assert!(!Client::read(&without).pulls);
        let with = json!({ "capabilities": {
            "textDocument": { "diagnostic": {} },
            "workspace": { "diagnostics": { "refreshSupport": true } },
        } });
        assert!(Client::read(&with).pulls);
    }

    #[test]
    fn an_empty_root_is_no_folder() {
        assert_eq!(Client::read(&json!({ "rootUri": "" })).folders, Vec::<PathBuf>::new());
        let folders = Client::read(&json!({ "rootUri": "file:///a", "workspaceFolders": [{ "uri": "file:///b%20c", "name": "b" }] })).folders;
        assert_eq!(folders, [PathBuf::from("/b c")]);
    }
}
