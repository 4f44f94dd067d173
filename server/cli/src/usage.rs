//! Usage errors in Chinese: clap finds them, but its messages are English.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::exit::Status;
use crate::output::{say_error, say_out};

/// Reports what is wrong with the command line, or prints the help or version that it asks for.
pub(crate) fn say(error: &Error) -> Status {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            say_out(&error.render().to_string());
            Status::Clean
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            say_error(error.render().to_string().trim_end());
            Status::Failure
        }
        _ => {
            say_error(&format!("用法有误：{}（用 --help 查看用法）", message(error)));
            Status::Failure
        }
    }
}

fn message(error: &Error) -> String {
    let argument = text(error, ContextKind::InvalidArg);
    let value = text(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("{argument} 后面缺少值{}", valid(error))
        }
        ErrorKind::InvalidValue => format!("{argument} 的值“{value}”无效{}", valid(error)),
        ErrorKind::ValueValidation => format!("{argument} 的值“{value}”无效：应为正整数"),
        ErrorKind::UnknownArgument => {
            format!("没有选项 {argument}{}", near(error, ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => {
            let command = text(error, ContextKind::InvalidSubcommand);
            format!("没有命令“{command}”{}", near(error, ContextKind::SuggestedSubcommand))
        }
        ErrorKind::ArgumentConflict => {
            let other = text(error, ContextKind::PriorArg);
            if other == argument || other.is_empty() {
                format!("{argument} 只能写一次")
            } else {
                format!("{argument} 不能与 {other} 同用")
            }
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::InvalidUtf8 => "参数不是有效的 UTF-8".to_owned(),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument} 的值的个数不对")
        }
        _ => error.kind().to_string(),
    }
}

fn valid(error: &Error) -> String {
    let near = near(error, ContextKind::SuggestedValue);
    let all = text(error, ContextKind::ValidValue);
    if all.is_empty() { near } else { format!("{near}；可用的有：{all}") }
}

fn near(error: &Error, kind: ContextKind) -> String {
    let near = text(error, kind);
    if near.is_empty() { near } else { format!("；最接近的是 {near}") }
}

fn text(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    }
}
