//! Commands and options. The doc comments are what `--help` prints, so they are Chinese.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

/// The path that means standard input.
pub(crate) const STDIN: &str = "-";

const TEMPLATE: &str = "{about}\n\n用法：{usage}\n\n{all-args}{after-help}";

// Headings of groups of options.
const INPUT: &str = "读取哪些文件";
const SELECTION: &str = "检查什么";
const OUTPUT: &str = "输出";
const GENERAL: &str = "其他";

/// gouji（勾稽）：核对政府信息公开工作年度报告，查表格是否前后相符、正文是否与表格一致
#[derive(Debug, Parser)]
#[command(
    name = "gouji",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    arg_required_else_help = true,
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    help_template = TEMPLATE,
    after_help = "用 gouji <命令> --help 查看各命令的选项。退出状态：0 没有达到 --fail-on 的问题；1 有；2 用法、文件或配置有误。"
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// 显示帮助
    #[arg(short, long, action = ArgAction::Help, global = true, help_heading = GENERAL)]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = ArgAction::Version, help_heading = GENERAL)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
#[command(help_template = TEMPLATE)]
pub(crate) enum Command {
    /// 检查文件和文件夹
    #[command(help_template = TEMPLATE, override_usage = "gouji check [选项] [路径]...")]
    Check(CheckArgs),
    /// 把报告中的数据导出为 JSON 或 CSV
    #[command(help_template = TEMPLATE, override_usage = "gouji export [选项] [路径]...")]
    Export(ExportArgs),
    /// 说明一条规则：查什么、为什么、怎样改
    #[command(help_template = TEMPLATE, override_usage = "gouji explain [选项] <规则>")]
    Explain(ExplainArgs),
    /// 列出全部规则
    #[command(help_template = TEMPLATE, override_usage = "gouji rules [选项]")]
    Rules(RulesArgs),
    /// 生成一份完整的空白报告（尚未实现）
    #[command(help_template = TEMPLATE, override_usage = "gouji new --agency <机关> --year <年> [--from <文件>]")]
    New(NewArgs),
    /// 在标准输入输出上运行语言服务器，供编辑器使用
    #[command(help_template = TEMPLATE, override_usage = "gouji lsp")]
    Lsp(LspArgs),
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) rules: SelectionArgs,
    /// 达到这一严重程度即以状态 1 退出：error（默认）、warning、info、hint、never
    #[arg(long, value_name = "程度", hide_possible_values = true, help_heading = SELECTION)]
    pub(crate) fail_on: Option<FailOn>,
    /// 就地改正可以自动改正的问题（不改任何数据），再报告余下的；标准输入改正后写到标准输出
    #[arg(long, conflicts_with = "diff", help_heading = OUTPUT)]
    pub(crate) fix: bool,
    /// 只显示 --fix 会作的改动（统一差异格式），不写文件
    #[arg(long, help_heading = OUTPUT)]
    pub(crate) diff: bool,
    /// 输出格式：text（默认）、json
    #[arg(long, value_name = "格式", default_value = "text", hide_possible_values = true, hide_default_value = true, help_heading = OUTPUT)]
    pub(crate) format: CheckFormat,
    /// 不列出问题，只按规则计数
    #[arg(long, conflicts_with = "diff", help_heading = OUTPUT)]
    pub(crate) statistics: bool,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// 输出格式：json（默认）、csv
    #[arg(long, value_name = "格式", default_value = "json", hide_possible_values = true, hide_default_value = true, help_heading = OUTPUT)]
    pub(crate) format: ExportFormat,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// Which files, and how they are read.
#[derive(Debug, Args)]
pub(crate) struct InputArgs {
    /// 文件或文件夹，默认为当前文件夹；- 表示标准输入
    #[arg(value_name = "路径", help_heading = INPUT)]
    pub(crate) paths: Vec<PathBuf>,
    /// 标准输入的内容算作哪个文件（决定用哪份配置和显示的文件名）
    #[arg(long, value_name = "文件名", help_heading = INPUT)]
    pub(crate) stdin_filename: Option<PathBuf>,
    /// 使用这份配置，不再逐级查找 gouji.toml
    #[arg(long, value_name = "文件", help_heading = INPUT)]
    pub(crate) config: Option<PathBuf>,
    /// 同时处理的文件数，默认为处理器核数
    #[arg(long, value_name = "数", help_heading = INPUT)]
    pub(crate) jobs: Option<NonZeroUsize>,
}

impl InputArgs {
    /// Whether a path is standard input.
    pub(crate) fn reads_stdin(&self) -> bool {
        self.paths.iter().any(|path| path.as_os_str() == STDIN)
    }
}

#[derive(Debug, Args)]
pub(crate) struct SelectionArgs {
    /// 只检查这些规则（规则编号、组名或 all，以逗号分隔）
    #[arg(long, value_name = "规则", value_delimiter = ',', help_heading = SELECTION)]
    pub(crate) select: Option<Vec<String>>,
    /// 不检查这些规则（规则编号、组名或 all，以逗号分隔）
    #[arg(long, value_name = "规则", value_delimiter = ',', help_heading = SELECTION)]
    pub(crate) ignore: Vec<String>,
}

/// How much is said, and in which colours.
#[derive(Debug, Args)]
pub(crate) struct OutputArgs {
    /// 是否着色：auto（默认，终端上着色）、always、never
    #[arg(long, value_name = "何时", default_value = "auto", hide_possible_values = true, hide_default_value = true, help_heading = OUTPUT)]
    pub(crate) color: Color,
    /// 不显示小结和进度
    #[arg(short, long, conflicts_with = "verbose", help_heading = OUTPUT)]
    pub(crate) quiet: bool,
    /// 说明跳过了哪些文件、用了哪份配置和什么编码
    #[arg(short, long, help_heading = OUTPUT)]
    pub(crate) verbose: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// 规则编号
    #[arg(value_name = "规则", help_heading = SELECTION)]
    pub(crate) rule: String,
    /// 使用这份配置，不再逐级查找 gouji.toml
    #[arg(long, value_name = "文件", help_heading = INPUT)]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    /// 输出格式：text（默认）、json
    #[arg(long, value_name = "格式", default_value = "text", hide_possible_values = true, hide_default_value = true, help_heading = OUTPUT)]
    pub(crate) format: RulesFormat,
    /// 使用这份配置，不再逐级查找 gouji.toml
    #[arg(long, value_name = "文件", help_heading = INPUT)]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct NewArgs {
    /// 机关名称
    #[arg(long, value_name = "机关", help_heading = INPUT)]
    agency: String,
    /// 报告年度
    #[arg(long, value_name = "年", help_heading = INPUT)]
    year: u16,
    /// 上一年的报告，从中带入结转数
    #[arg(long, value_name = "文件", help_heading = INPUT)]
    from: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct LspArgs {
    /// 使用标准输入输出（也是唯一的方式；有的编辑器总是带上这个选项）
    #[arg(long, help_heading = GENERAL)]
    stdio: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    Text,
    Json,
    Sarif,
    Github,
    Gitlab,
    Junit,
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    Json,
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RulesFormat {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Error,
    Warning,
    Info,
    Hint,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}
