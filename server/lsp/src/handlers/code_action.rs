//! `textDocument/codeAction`. Actions are made from the last result, never by checking anew.

use std::ops::Range;

use gouji_core::ide::{self, Edits, SkeletonLayout, fix_edits};
use gouji_core::rules::Applicability;
use gouji_core::snapshot::Found;
use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, Command,
    Diagnostic, NumberOrString, Url,
};

use crate::actions;
use crate::checked::Checked;
use crate::commands;
use crate::convert::{self, Converter};
use crate::server::Backend;

/// The kind of the action that applies every safe fix.
pub(crate) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.gouji");

/// The `data` of an action whose edits are made when it is chosen.
#[derive(Serialize, Deserialize)]
pub(crate) struct Unresolved {
    pub(crate) uri: Url,
    pub(crate) version: i32,
    pub(crate) what: What,
}

/// What an unresolved action does.
#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "camelCase")]
pub(crate) enum What {
    /// Applies a fix: the index of the finding, and that of the fix among its fixes.
    Fix(usize, usize),
    /// Applies every safe fix.
    All,
    /// Rewrites the table at this byte offset.
    Rewrite(usize, Tables),
}

/// The layout that a table is rewritten in.
#[derive(Debug, Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Tables {
    Markdown,
    Tabs,
}

pub(crate) async fn code_action(
    backend: &Backend,
    params: CodeActionParams,
) -> Result<Option<CodeActionResponse>> {
    let uri = params.text_document.uri;
    let Some(checked) = super::checked(backend, &uri).await? else { return Ok(None) };
    let client = backend.shared.session().client().clone();
    let converter = Converter::new(&uri, checked.snapshot.text(), &client);
    let mut actions = Actions { converter, checked: &checked, list: Vec::new() };
    let wants = |kind: &CodeActionKind| {
        params.context.only.as_ref().is_none_or(|only| only.iter().any(|it| covers(it, kind)))
    };
    let range = convert::byte_range(converter.text, params.range, client.encoding);
    if wants(&CodeActionKind::QUICKFIX) {
        let is_meant = |(_, found): &(usize, Found<'_>)| {
            let touches = found.range().start <= range.end && range.start <= found.range().end;
            let mut shown = params.context.diagnostics.iter();
            touches || shown.any(|diagnostic| is_of(converter, *found, diagnostic))
        };
        let meant = checked.findings().enumerate().filter(is_meant);
        let meant: Vec<_> = meant
            .filter_map(|(index, found)| Some((index, found, converter.diagnostic(found)?)))
            .collect();
        for (index, found, diagnostic) in &meant {
            actions.fixes(*index, *found, diagnostic);
        }
        for (_, found, diagnostic) in &meant {
            actions.about_rule(*found, diagnostic);
        }
    }
    if wants(&CodeActionKind::REFACTOR_REWRITE) {
        actions.rewrites(&range);
    }
    if wants(&FIX_ALL) {
        actions.fix_all();
    }
    Ok(Some(actions.list.into_iter().map(CodeActionOrCommand::CodeAction).collect()))
}

/// Whether a diagnostic that the client sends back is that of a finding. Compared without columns, which Neovim 0.7 sends back in bytes. A paragraph
/// is one line and may have several findings of one rule; their messages tell them apart.
fn is_of(converter: Converter<'_>, found: Found<'_>, diagnostic: &Diagnostic) -> bool {
    let is_its_rule = |code: &NumberOrString| matches!(code, NumberOrString::String(id) if **id == *found.rule().id);
    diagnostic.code.as_ref().is_some_and(is_its_rule)
        && diagnostic.message == found.finding.message
        && diagnostic.range.start.line == converter.position(found.range().start).line
}

/// Kinds are hierarchical: `source` covers `source.fixAll.gouji`.
fn covers(wanted: &CodeActionKind, kind: &CodeActionKind) -> bool {
    let (wanted, kind) = (wanted.as_str(), kind.as_str());
    wanted.is_empty()
        || kind.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

struct Actions<'a> {
    converter: Converter<'a>,
    checked: &'a Checked,
    list: Vec<CodeAction>,
}

impl Actions<'_> {
    fn fixes(&mut self, index: usize, found: Found<'_>, diagnostic: &Diagnostic) {
        let mut preferred = false;
        for (number, fix) in found.finding.fixes.iter().enumerate() {
            // At most one action is preferred: editors apply it without asking.
            let safe = fix.applicability == Applicability::Safe
                && !std::mem::replace(&mut preferred, true);
            let mut action = quick_fix(fix.title.clone(), diagnostic);
            action.is_preferred = safe.then_some(true);
            self.push(action, What::Fix(index, number), || fix_edits(found, fix));
        }
    }

    fn about_rule(&mut self, found: Found<'_>, diagnostic: &Diagnostic) {
        let rule = found.rule().id.to_string();
        let here = format!("在此处忽略 {rule}");
        if self.list.iter().any(|action| action.title == here) {
            return;
        }
        let snapshot = &self.checked.snapshot;
        for (title, edits) in [
            (here, actions::ignore_here(snapshot, found)),
            (format!("在本文件中忽略 {rule}"), actions::ignore_in_file(snapshot, found)),
        ] {
            let mut action = quick_fix(title, diagnostic);
            action.edit = Some(self.converter.workspace_edit(self.checked.version, &edits));
            self.list.push(action);
        }
        let title = format!("解释规则 {rule}");
        let mut action = quick_fix(title.clone(), diagnostic);
        action.command = Some(Command::new(
            title,
            commands::EXPLAIN.name.to_owned(),
            Some(vec![rule.into(), self.converter.uri.as_str().into()]),
        ));
        self.list.push(action);
    }

    fn fix_all(&mut self) {
        let edits = actions::fix_all(self.checked);
        if !edits.is_empty() {
            let title = "修复所有可安全修复的问题".to_owned();
            let action = CodeAction { title, kind: Some(FIX_ALL), ..CodeAction::default() };
            self.push(action, What::All, || edits);
        }
    }

    /// Offers to rewrite the table at the cursor in other layouts.
    fn rewrites(&mut self, range: &Range<usize>) {
        for to in [Tables::Markdown, Tables::Tabs] {
            let Some(rewrite) = ide::rewritten(&self.checked.snapshot, range, to.layout()) else {
                continue;
            };
            let title = format!("将{}改写为{}", rewrite.name, to.name());
            let kind = Some(CodeActionKind::REFACTOR_REWRITE);
            let action = CodeAction { title, kind, ..CodeAction::default() };
            let what = What::Rewrite(rewrite.range.start, to);
            self.push(action, what, || vec![(rewrite.range, rewrite.text)]);
        }
    }

    /// Adds an action: with data to make its edits from if the client asks for them later, else with the edits.
    fn push(&mut self, mut action: CodeAction, what: What, edits: impl FnOnce() -> Edits) {
        if self.converter.client.resolves_edits {
            let unresolved =
                Unresolved { uri: self.converter.uri.clone(), version: self.checked.version, what };
            action.data = serde_json::to_value(unresolved).ok();
        } else {
            action.edit = Some(self.converter.workspace_edit(self.checked.version, &edits()));
        }
        self.list.push(action);
    }
}

impl Tables {
    pub(crate) fn layout(self) -> SkeletonLayout {
        match self {
            Self::Markdown => SkeletonLayout::Markdown,
            Self::Tabs => SkeletonLayout::Tabs,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Markdown => " Markdown 表格",
            Self::Tabs => "制表符分隔的表格（可粘贴到 Word、WPS）",
        }
    }
}

fn quick_fix(title: String, diagnostic: &Diagnostic) -> CodeAction {
    CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostic.clone()]),
        ..CodeAction::default()
    }
}
