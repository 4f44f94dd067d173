//! `codeLens/resolve`

use gouji_core::ide;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::CodeLens;

use super::code_lens::Unresolved;
use crate::convert::Converter;
use crate::document::Outcome;
use crate::server::Backend;

/// Adds how many relations of the table hold. Fails if the document has been edited since, because the index may mean another table; the client asks for
/// the lenses again.
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
    let converter = Converter::new(&unresolved.uri, checked.snapshot.text(), &client);
    lens.command = Some(converter.lens(table.lens()));
    Ok(lens)
}
