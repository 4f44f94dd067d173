//! `workspace/executeCommand`

use std::path::Path;
use std::sync::Arc;

use gouji_core::ide::{SkeletonLayout, skeleton};
use gouji_core::rules::RuleInfo;
use gouji_core::snapshot::Snapshot;
use gouji_workspace::config::Resolver;
use gouji_workspace::export::Format;
use gouji_workspace::file;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::request::{Request, ShowDocument};
use tower_lsp::lsp_types::{ExecuteCommandParams, Url};

use crate::capabilities::Client;
use crate::checked::DocumentSettings;
use crate::commands::{self, Arguments, Command, CommandKind};
use crate::server::Backend;
use crate::session::Session;
use crate::worker::DEFAULTS;

pub(crate) async fn execute_command(
    backend: &Backend,
    params: ExecuteCommandParams,
) -> Result<Option<Value>> {
    let command = Command::find(&params.command)?;
    let arguments = command.arguments(&params.arguments)?;
    let context = Context::new(backend);
    let text = match command.kind {
        CommandKind::ExplainRule => explain(backend, context, &arguments).await,
        CommandKind::Export => export(backend, context, &arguments).await,
        CommandKind::NewReport => new_report(context, &arguments).await,
        CommandKind::ShowConfiguration => show_configuration(context, &arguments).await,
        CommandKind::ShowRange => return show_range(backend, &arguments).map(|()| None),
    };
    text.map(|text| Some(Value::String(text)))
}

/// The client and the configuration at the time of the call, so that a command holds no lock while it reads files.
struct Context {
    client: Arc<Client>,
    resolver: Arc<Resolver>,
}

impl Context {
    fn new(backend: &Backend) -> Self {
        let session = backend.shared.session();
        Self { client: session.client().clone(), resolver: session.resolver().clone() }
    }

    /// The settings of a document; without one, those of a new document in the first folder.
    fn document_settings(&self, uri: Option<&Url>) -> DocumentSettings {
        let path = uri.map(|uri| Session::path(&self.client, uri));
        let path = path.unwrap_or_else(|| Session::place_of_new(&self.client));
        let file = self.resolver.settings_for(&path).ok();
        file.map_or_else(
            || DocumentSettings::Defaults(DEFAULTS.clone()),
            DocumentSettings::Configured,
        )
    }
}

/// The page of a rule. A client that does not show answers itself also gets a short form of it as a message.
async fn explain(backend: &Backend, context: Context, arguments: &Arguments<'_>) -> Result<String> {
    let rule = arguments.text(0)?.to_owned();
    // The document is there only to find rules of the user's own forms, so a URI that cannot be read is ignored.
    let uri = arguments.optional(1)?.and_then(|uri| Url::parse(uri).ok());
    let shows_pages = context.client.shows_pages;
    let (page, short) = on_disk(move || {
        let settings = context.document_settings(uri.as_ref());
        let registry = settings.core().engine().registry();
        let unknown = || {
            let near = registry.nearest(&rule).map(|near| format!("；最接近的是“{near}”"));
            commands::invalid(format!("没有名为“{rule}”的规则{}", near.unwrap_or_default()))
        };
        let index = registry.find(&rule).ok_or_else(unknown)?;
        let rule = registry.info(index);
        Ok((rule.markdown(), short(rule)))
    })
    .await?;
    if !shows_pages {
        backend.shared.output.show_info(&short);
    }
    Ok(page)
}

/// A rule's page cut down to a message box: its title, the first two sentences, and where to read the rest.
fn short(rule: &RuleInfo) -> String {
    let mut lines = rule.page.trim().lines().map(str::trim);
    let title = lines.next().unwrap_or_default().trim_end_matches('。');
    let about = lines.skip_while(|line| line.is_empty() || line.starts_with('#'));
    let first: String = about.take_while(|line| !line.is_empty()).collect();
    let sentences: String = first.split_inclusive('。').take(2).collect();
    let place = rule.url().unwrap_or_else(|| format!("gouji explain {}", rule.id));
    format!("{title}（{}）。{sentences}\n完整的说明：{place}", rule.id)
}

/// `window/showDocument` with the URI in the client's own spelling: `ShowDocumentParams` would normalise it.
enum ShowSpelled {}

impl Request for ShowSpelled {
    type Params = Value;
    type Result = Value;
    const METHOD: &'static str = ShowDocument::METHOD;
}

/// Asks the client to show a range, without waiting for its answer: the command has no result.
fn show_range(backend: &Backend, arguments: &Arguments<'_>) -> Result<()> {
    let spelling = backend.shared.session().spelling(&arguments.uri(0)?);
    let params = json!({ "uri": spelling, "takeFocus": true, "selection": arguments.range(1)? });
    let remote = backend.client.clone();
    Backend::ask(async move { remote.send_request::<ShowSpelled>(params).await.map(drop) });
    Ok(())
}

/// The figures of a document: of its open state if it is open, else of the file on disk.
async fn export(backend: &Backend, context: Context, arguments: &Arguments<'_>) -> Result<String> {
    let uri = arguments.uri(0)?;
    let name = arguments.text(1)?;
    let format = Format::NAMES.iter().find(|(it, _)| *it == name).map(|(_, format)| *format);
    let format = format.ok_or_else(|| arguments.wrong(1, "应是 json 或 csv"))?;
    let name = display_name(&context.client, &uri);
    if let Some(checked) = super::checked(backend, &uri).await? {
        return Ok(format.file(&name, &checked.snapshot));
    }
    on_disk(move || {
        let path = uri.to_file_path().map_err(|()| {
            commands::invalid(format!("文档“{uri}”没有打开，也不是磁盘上的文件：请先打开它"))
        })?;
        let text = file::read(&path)
            .map_err(|problem| commands::invalid(format!("{}：{problem}", path.display())))?
            .text;
        let snapshot = Snapshot::new(&text, context.document_settings(Some(&uri)).core().clone());
        Ok(format.file(&name, &snapshot))
    })
    .await
}

/// The text of an empty report, laid out by the form that applies to its year.
async fn new_report(context: Context, arguments: &Arguments<'_>) -> Result<String> {
    let (agency, year) = (arguments.text(0)?.trim().to_owned(), arguments.year(1)?);
    let layout = match arguments.optional(2)? {
        None | Some("pipes") => SkeletonLayout::Pipes,
        Some("markdown") => SkeletonLayout::Markdown,
        Some("tabs") => SkeletonLayout::Tabs,
        Some(_) => return Err(arguments.wrong(2, "应是 pipes、markdown 或 tabs")),
    };
    on_disk(move || {
        let settings = context.document_settings(None);
        let mut forms = settings.core().engine().forms().iter();
        let form = forms
            .find(|form| form.years.contains(year))
            .ok_or_else(|| commands::invalid(format!("没有适用于 {year} 年的报告格式")))?;
        Ok(skeleton(form, &agency, year, layout))
    })
    .await
}

/// Which configuration file applies to a document, and every value in force.
async fn show_configuration(context: Context, arguments: &Arguments<'_>) -> Result<String> {
    let uri = arguments.uri(0)?;
    on_disk(move || {
        let path = Session::path(&context.client, &uri);
        let head = format!("# {} 的配置\n", display_name(&context.client, &uri));
        Ok(match context.resolver.settings_for(&path) {
            Ok(file) => head + &file.show(),
            Err(error) => {
                let problems: String =
                    error.to_string().lines().map(|line| format!("#   {line}\n")).collect();
                format!("{head}# 配置有误，暂按默认设置检查：\n{problems}")
            }
        })
    })
    .await
}

/// A document's path as the user knows it: relative to the open folder that holds it.
fn display_name(client: &Client, uri: &Url) -> String {
    let Ok(path) = uri.to_file_path() else { return uri.to_string() };
    let within = client.folders.iter().filter_map(|folder| path.strip_prefix(folder).ok());
    within.min_by_key(|path| path.as_os_str().len()).map_or(&*path, Path::new).display().to_string()
}

/// Runs `work`, which may read files, off the thread that handles messages.
async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(Error::internal_error()))
}
