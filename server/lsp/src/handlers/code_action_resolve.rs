//! `codeAction/resolve`

use gouji_core::ide;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::CodeAction;

use super::code_action::{Unresolved, What};
use crate::actions;
use crate::commands::invalid;
use crate::convert::Converter;
use crate::document::Outcome;
use crate::server::Backend;

/// Makes the edits of an action. Fails if the document has been edited since, because they would land in the wrong place.
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
            let rewrite = rewrite.ok_or_else(|| invalid("这个表格已不存在：请重新打开操作列表"))?;
            vec![(rewrite.range, rewrite.text)]
        }
        What::Fix(index, number) => {
            let found = checked.findings().nth(index);
            let edits = found
                .and_then(|found| Some(ide::fix_edits(found, found.finding.fixes.get(number)?)));
            edits.ok_or_else(|| invalid("这个改法已不存在：请重新打开操作列表"))?
        }
    };
    let converter = Converter::new(&unresolved.uri, checked.snapshot.text(), &client);
    action.edit = Some(converter.workspace_edit(checked.version, &edits));
    Ok(action)
}
