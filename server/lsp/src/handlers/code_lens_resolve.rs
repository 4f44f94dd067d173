//! `codeLens/resolve`

use gouji_core::ide;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::CodeLens;

use super::code_lens::Unresolved;
use crate::convert::Document;
use crate::document::Outcome;
use crate::server::Backend;

/// Says how many relations of a table hold. A lens of an older version stands over another table perhaps: its client asks again.
pub(crate) fn code_lens_resolve(backend: &Backend, mut lens: CodeLens) -> Result<CodeLens> {
    let Some(unresolved) =
        lens.data.clone().and_then(|data| serde_json::from_value::<Unresolved>(data).ok())
    else {
        return Ok(lens);
    };
    let session = backend.shared.session();
    let (client, result) = (session.client().clone(), session.result(&unresolved.uri));
    drop(session);
    let checked = match result {
        Some((version, Outcome::Checked(checked))) if version == unresolved.version => checked,
        _ => return Err(Error::new(ErrorCode::ContentModified)),
    };
    let table = ide::tables_with_relations(&checked.snapshot).nth(unresolved.table);
    let table = table.ok_or_else(|| Error::invalid_params("no such table"))?;
    let document = Document::new(&unresolved.uri, checked.snapshot.text(), &client);
    lens.command = Some(document.lens(table.lens()));
    Ok(lens)
}
