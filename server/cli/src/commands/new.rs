//! `gouji new`: a complete skeleton of a report.

use crate::exit::Status;
use crate::output::say_error;

/// Says that the command is to come.
pub(crate) fn run() -> Status {
    say_error(
        "gouji: new 尚未实现：目前请在编辑器中用补全生成各部分和表格，或复制上一年的报告修改",
    );
    Status::Failure
}
