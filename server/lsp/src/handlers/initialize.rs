//! `initialize` and `initialized`

use serde_json::json;
use tower_lsp::lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions,
    CompletionOptions, DiagnosticOptions, DiagnosticServerCapabilities, DocumentLinkOptions,
    DocumentOnTypeFormattingOptions, ExecuteCommandOptions, FoldingRangeProviderCapability,
    HoverProviderCapability, InitializeResult, LinkedEditingRangeServerCapabilities, OneOf,
    Registration, RenameOptions, SaveOptions, SelectionRangeProviderCapability,
    SemanticTokensFullOptions, SemanticTokensOptions, SemanticTokensServerCapabilities,
    ServerCapabilities, ServerInfo, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions, WorkDoneProgressOptions,
    WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};

use super::code_action::FIX_ALL;
use super::{completion, did_change_configuration, file_operations, formatting};
use crate::server::Backend;
use crate::{commands, convert};

pub(crate) fn initialize(backend: &Backend) -> InitializeResult {
    let client = backend.shared.session().client().clone();
    let capabilities = ServerCapabilities {
        position_encoding: Some(convert::encoding_kind(client.encoding)),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions {
                include_text: Some(false),
            })),
            ..TextDocumentSyncOptions::default()
        })),
        // Announced only to clients that pull: others would show everything twice.
        diagnostic_provider: client.pulls.then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some("gouji".to_owned()),
                workspace_diagnostics: true,
                ..DiagnosticOptions::default()
            })
        }),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![
                CodeActionKind::QUICKFIX,
                CodeActionKind::REFACTOR_REWRITE,
                FIX_ALL,
            ]),
            resolve_provider: Some(true),
            ..CodeActionOptions::default()
        })),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: commands::ALL.iter().map(|command| command.name.to_owned()).collect(),
            ..ExecuteCommandOptions::default()
        }),
        completion_provider: Some(CompletionOptions {
            resolve_provider: Some(true),
            trigger_characters: Some(completion::TRIGGERS.map(str::to_owned).into()),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        inlay_hint_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        document_link_provider: Some(DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        semantic_tokens_provider: Some(SemanticTokensServerCapabilities::SemanticTokensOptions(
            SemanticTokensOptions {
                legend: convert::legend(),
                range: Some(true),
                full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
                ..SemanticTokensOptions::default()
            },
        )),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(true) }),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_range_formatting_provider: Some(OneOf::Left(true)),
        document_on_type_formatting_provider: Some(DocumentOnTypeFormattingOptions {
            first_trigger_character: formatting::TYPED[0].to_owned(),
            more_trigger_character: Some(vec![formatting::TYPED[1].to_owned()]),
        }),
        rename_provider: Some(if client.prepares_rename {
            OneOf::Right(RenameOptions {
                prepare_provider: Some(true),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })
        } else {
            OneOf::Left(true)
        }),
        linked_editing_range_provider: Some(LinkedEditingRangeServerCapabilities::Simple(true)),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: Some(file_operations::capabilities()),
        }),
        ..ServerCapabilities::default()
    };
    let info = ServerInfo {
        name: "gouji".to_owned(),
        version: Some(env!("CARGO_PKG_VERSION").to_owned()),
    };
    InitializeResult { capabilities, server_info: Some(info) }
}

/// Asks the client to report changes outside the open documents, and for its configuration.
pub(crate) fn initialized(backend: &Backend) {
    let client = backend.shared.session().client().clone();
    let mut registrations = Vec::new();
    if client.watches_files {
        const ALL: u32 = 7;
        const CREATED_OR_DELETED: u32 = 5;
        // Changes of an open report come as edits. Changes of others matter only to a client that pulls the workspace.
        let reports = if client.pulls { ALL } else { CREATED_OR_DELETED };
        let watchers = json!({ "watchers": [
            { "globPattern": "**/*.toml" },
            { "globPattern": "**/*.{txt,md,markdown,htm,html}", "kind": reports },
            { "globPattern": "**/{.gitignore,.ignore}" },
            // Folders.
            { "globPattern": "**/*", "kind": CREATED_OR_DELETED },
        ] });
        registrations.push(registration("workspace/didChangeWatchedFiles", Some(watchers)));
    }
    if client.registers_configuration {
        registrations.push(registration(
            "workspace/didChangeConfiguration",
            Some(json!({ "section": "gouji" })),
        ));
    }
    if !registrations.is_empty() {
        let remote = backend.client.clone();
        Backend::ask(async move { remote.register_capability(registrations).await });
    }
    did_change_configuration::pull(backend);
}

fn registration(method: &str, options: Option<serde_json::Value>) -> Registration {
    Registration {
        id: format!("gouji/{method}"),
        method: method.to_owned(),
        register_options: options,
    }
}
