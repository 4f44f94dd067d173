//! `codeAction/resolve`

use gouji_core::ide;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::CodeAction;

use super::code_action::{Unresolved, What};
use crate::actions;
use crate::convert::Document;
use crate::document::Outcome;
use crate::server::Backend;

/// Builds the edits of an action. Those of an older version would land in the wrong place: then there are none.
pub(crate) fn code_action_resolve(backend: &Backend, mut action: CodeAction) -> Result<CodeAction> {
    let Some(unresolved) =
        action.data.clone().and_then(|data| serde_json::from_value::<Unresolved>(data).ok())
    else {
        return Ok(action);
    };
    let client = backend.shared.session().client().clone();
    let result = backend.shared.session().result(&unresolved.uri);
    let Some((version, Outcome::Checked(checked))) = result else {
        return Err(Error::new(ErrorCode::ContentModified));
    };
    if version != unresolved.version {
        return Err(Error::new(ErrorCode::ContentModified));
    }
    let edits = match unresolved.what {
        What::All => actions::fix_all(&checked),
        What::Rewrite(at, to) => {
            let rewrite = ide::rewritten(&checked.snapshot, &(at..at), to.layout());
            let rewrite = rewrite.ok_or_else(|| Error::invalid_params("no such table"))?;
            vec![(rewrite.range, rewrite.text)]
        }
        What::Fix(index, number) => {
            let found = checked.findings().nth(index);
            let edits = found
                .and_then(|found| Some(ide::fix_edits(found, found.finding.fixes.get(number)?)));
            edits.ok_or_else(|| Error::invalid_params("no such fix"))?
        }
    };
    let document = Document::new(&unresolved.uri, checked.snapshot.text(), &client);
    action.edit = Some(document.workspace_edit(checked.version, &edits));
    Ok(action)
}
