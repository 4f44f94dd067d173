//! `gouji explain`: one rule's page.

use std::path::Path;
use std::sync::Arc;

use gouji_core::rules::Fixable;
use gouji_workspace::config::{FileSettings, Options, Resolver};

use crate::args::ExplainArgs;
use crate::exit::Status;
use crate::format::severity_name;
use crate::inputs::shorten;
use crate::output::{Out, say_error};

/// Prints the page of `args.rule`.
pub(crate) fn run(args: &ExplainArgs) -> Status {
    let settings = match settings_here(args.config.as_deref()) {
        Ok(settings) => settings,
        Err(status) => return status,
    };
    let registry = settings.settings.engine().registry();
    let Some(index) = registry.find(&args.rule) else {
        let near = registry
            .nearest(&args.rule)
            .map(|near| format!("；最接近的是“{near}”"))
            .unwrap_or_default();
        say_error(&format!(
            "gouji: 没有名为“{}”的规则{near}（用 gouji rules 查看全部规则）",
            args.rule
        ));
        return Status::Failure;
    };
    let rule = registry.info(index);
    let severity = settings.settings.severity(index).map_or("关闭", severity_name);
    let fix = match rule.fixable {
        Fixable::No => "无",
        Fixable::Choice => "有，由作者选择",
        Fixable::Safe => "有，可用 --fix 自动改正",
    };
    let page = rule.markdown();
    let mut out = Out::new();
    let head = format!(
        "# {}\n\n组：{}　严重程度：{severity}　改法：{fix}\n\n",
        rule.id,
        rule.group.name()
    );
    let _ = out.write(format!("{head}{page}\n").as_bytes());
    out.finish(Status::Clean)
}

/// The settings of a file in the current folder, so that rules of the user's own forms are known. Says what is wrong with its configuration.
pub(super) fn settings_here(config: Option<&Path>) -> Result<Arc<FileSettings>, Status> {
    let resolver =
        Resolver::new(Options { config: config.map(Path::to_owned), ..Options::default() });
    resolver.settings_for(Path::new("gouji.txt")).map_err(|error| {
        for line in shorten(&error.to_string()).lines() {
            say_error(&format!("gouji: {line}"));
        }
        Status::Failure
    })
}
