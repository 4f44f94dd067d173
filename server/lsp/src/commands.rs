//! Commands that a client may run on the server, and their arguments.

use serde::Deserialize;
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{Range, Url};

/// A command with the names of its arguments, as error messages show them.
#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) kind: CommandKind,
    pub(crate) name: &'static str,
    arguments: &'static [&'static str],
    /// How many of the arguments, counted from the first, must be given.
    required: usize,
}

/// What a command does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CommandKind {
    /// Answers with a rule's page (Markdown).
    ExplainRule,
    /// Answers with the figures of a document, open or on disk.
    Export,
    /// Answers with the text of an empty report.
    NewReport,
    /// Answers with the settings that a document is checked with.
    ShowConfiguration,
    /// Has a client that can show documents show a range of one.
    ShowRange,
}

/// The document says whose own forms may bring the rule.
pub(crate) const EXPLAIN: Command = Command {
    kind: CommandKind::ExplainRule,
    name: "gouji.explainRule",
    arguments: &["规则编号", "文档的 URI"],
    required: 1,
};
pub(crate) const EXPORT: Command = Command {
    kind: CommandKind::Export,
    name: "gouji.export",
    arguments: &["文档的 URI", "格式（json 或 csv）"],
    required: 2,
};
pub(crate) const NEW_REPORT: Command = Command {
    kind: CommandKind::NewReport,
    name: "gouji.newReport",
    arguments: &["机关名称", "年度", "表格的排法（pipes、markdown 或 tabs）"],
    required: 2,
};
pub(crate) const SHOW_CONFIGURATION: Command = Command {
    kind: CommandKind::ShowConfiguration,
    name: "gouji.showConfiguration",
    arguments: &["文档的 URI"],
    required: 1,
};
pub(crate) const SHOW_RANGE: Command = Command {
    kind: CommandKind::ShowRange,
    name: "gouji.showRange",
    arguments: &["文档的 URI", "范围"],
    required: 2,
};

/// A command of the client, not of the server: it shows a range of a document and takes the document and the range. Sent only to clients that
/// declare `experimental.gouji.revealsRanges`.
pub(crate) const REVEAL: &str = "gouji.revealRange";

/// Every command of the server.
pub(crate) const ALL: &[&Command] =
    &[&EXPLAIN, &EXPORT, &NEW_REPORT, &SHOW_CONFIGURATION, &SHOW_RANGE];

/// The arguments of one call; their number fits the command.
#[derive(Debug)]
pub(crate) struct Arguments<'a> {
    command: &'static Command,
    values: &'a [Value],
}

impl Command {
    /// Finds a command by name; the error lists the valid names.
    pub(crate) fn find(name: &str) -> Result<&'static Self> {
        ALL.iter().copied().find(|command| command.name == name).ok_or_else(|| {
            let all: Vec<&str> = ALL.iter().map(|command| command.name).collect();
            invalid(format!("没有名为“{name}”的命令；可用的有：{}", all.join("、")))
        })
    }

    /// The arguments of a call, unless there are too few or too many.
    pub(crate) fn arguments<'a>(&'static self, values: &'a [Value]) -> Result<Arguments<'a>> {
        if (self.required..=self.arguments.len()).contains(&values.len()) {
            return Ok(Arguments { command: self, values });
        }
        let (required, optional) = self.arguments.split_at(self.required);
        let mut takes = required.join("、");
        if !optional.is_empty() {
            takes += &format!("，以及可以不写的{}", optional.join("、"));
        }
        Err(invalid(format!("{} 的参数是{takes}；这里有 {} 个参数", self.name, values.len())))
    }
}

impl<'a> Arguments<'a> {
    /// A text argument; `None` where an optional one is left out or null.
    pub(crate) fn optional(&self, at: usize) -> Result<Option<&'a str>> {
        match self.values.get(at) {
            None | Some(Value::Null) if at >= self.command.required => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            _ => Err(self.wrong(at, "应是一段文字")),
        }
    }

    /// A required text argument.
    pub(crate) fn text(&self, at: usize) -> Result<&'a str> {
        self.optional(at)?.ok_or_else(|| self.wrong(at, "应是一段文字"))
    }

    /// A required URI argument.
    pub(crate) fn uri(&self, at: usize) -> Result<Url> {
        Url::parse(self.text(at)?).map_err(|_| self.wrong(at, "应是文档的 URI，如 file:///a.txt"))
    }

    /// A required `Range` argument.
    pub(crate) fn range(&self, at: usize) -> Result<Range> {
        let range = self.values.get(at).and_then(|it| Range::deserialize(it).ok());
        range.ok_or_else(|| self.wrong(at, "应是一个范围，有 start 和 end"))
    }

    /// A required year of four digits, given as a number or as text.
    pub(crate) fn year(&self, at: usize) -> Result<u16> {
        let year = match self.values.get(at) {
            Some(Value::Number(number)) => {
                number.as_u64().and_then(|year| u16::try_from(year).ok())
            }
            Some(Value::String(text)) => text.trim().parse().ok(),
            _ => None,
        };
        year.filter(|year| (1000..=9999).contains(year))
            .ok_or_else(|| self.wrong(at, "应是四位数的年份，如 2025"))
    }

    /// The error for an argument that cannot be used: its name, its value and what it should be.
    pub(crate) fn wrong(&self, at: usize, should: &str) -> Error {
        let is = self.values.get(at).map_or_else(|| "没有写".to_owned(), |it| format!("是 {it}"));
        let name = self.command.arguments.get(at).copied().unwrap_or_default();
        invalid(format!("{} 的参数“{name}”{is}：{should}", self.command.name))
    }
}

/// `InvalidParams` with a message for whoever made the call.
pub(crate) fn invalid(message: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::invalid_params(message)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn message<T: std::fmt::Debug>(result: Result<T>) -> String {
        result.expect_err("an error").message.into_owned()
    }

    #[test]
    fn an_error_names_command_and_argument() {
        assert_eq!(
            message(Command::find("gouji.exports")),
            "没有名为“gouji.exports”的命令；可用的有：gouji.explainRule、gouji.export、gouji.newReport、gouji.showConfiguration、gouji.showRange"
        );
        assert_eq!(
            message(EXPORT.arguments(&[json!("file:///a")])),
            "gouji.export 的参数是文档的 URI、格式（json 或 csv）；这里有 1 个参数"
        );
        assert_eq!(
            message(EXPLAIN.arguments(&[])),
            "gouji.explainRule 的参数是规则编号，以及可以不写的文档的 URI；这里有 0 个参数"
        );
        let values = [json!(3), json!("二〇二五")];
        let arguments = NEW_REPORT.arguments(&values).expect("enough");
        assert_eq!(
            message(arguments.text(0)),
            "gouji.newReport 的参数“机关名称”是 3：应是一段文字"
        );
        assert_eq!(
            message(arguments.year(1)),
            "gouji.newReport 的参数“年度”是 \"二〇二五\"：应是四位数的年份，如 2025"
        );
    }

    #[test]
    fn a_year_is_a_number_or_text() {
        for year in [json!(2025), json!("2025"), json!(" 2025 ")] {
            let values = [json!("某局"), year];
            assert_eq!(NEW_REPORT.arguments(&values).expect("enough").year(1), Ok(2025));
        }
        for year in [json!(25), json!(2025.5), json!(-2025), json!(70000), json!(null)] {
            let values = [json!("某局"), year];
            assert!(NEW_REPORT.arguments(&values).expect("enough").year(1).is_err());
        }
    }

    #[test]
    fn an_argument_that_may_be_left_out_may_be_null() {
        let values = [json!("某局"), json!(2025), json!(null)];
        assert_eq!(NEW_REPORT.arguments(&values).expect("enough").optional(2), Ok(None));
        let values = [json!(null)];
        assert!(EXPLAIN.arguments(&values).expect("enough").text(0).is_err());
    }
}
