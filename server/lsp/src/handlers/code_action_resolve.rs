//! `codeAction/resolve`

use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::CodeAction;

use super::code_action::{Unresolved, What};
use crate::actions;
use crate::convert::Document;
use crate::server::Backend;
use crate::session::Answer;

/// Builds the edits of an action. Those of an older version would land in the wrong place: then there are none.
pub(crate) fn code_action_resolve(backend: &Backend, mut action: CodeAction) -> Result<CodeAction> {
    let Some(unresolved) =
        action.data.clone().and_then(|data| serde_json::from_value::<Unresolved>(data).ok())
    else {
        return Ok(action);
    };
    let session = backend.shared.session();
    let client = session.client().clone();
    let answer = session.checked(&unresolved.uri);
    drop(session);
    let Answer::Checked(checked) = answer else {
        return Err(Error::new(ErrorCode::ContentModified));
    };
    if checked.version != unresolved.version {
        return Err(Error::new(ErrorCode::ContentModified));
    }
    let edits = match unresolved.what {
        What::All => actions::fix_all(&checked.snapshot),
        What::Fix(index, number) => {
            let found = checked.snapshot.findings().nth(index);
            let edits =
                found.and_then(|found| Some(actions::fix(found, found.finding.fixes.get(number)?)));
            edits.ok_or_else(|| Error::invalid_params("no such fix"))?
        }
    };
    let document =
        Document { uri: &unresolved.uri, text: checked.snapshot.text(), client: &client };
    action.edit = Some(document.workspace_edit(checked.version, &edits));
    Ok(action)
}
