//! The effective configuration of a file, for its author: which file it comes from, and every value in force.

use std::fmt::Write;

use gouji_core::engine::Settings;
use gouji_core::rules::{RuleIndex, Severity};

use super::choice::Choice;
use super::{FailOn, FileSettings, Level};

impl FileSettings {
    /// The effective configuration as TOML with remarks in Chinese. It can be read back as a `gouji.toml`, except that forms, bands, words and
    /// `[[ignore]]` entries are only remarks.
    pub fn show(&self) -> String {
        let mut text = match &self.config {
            Some(file) => format!("# 配置文件：{}\n", file.display()),
            None => "# 没有找到 gouji.toml，使用默认设置\n".to_owned(),
        };
        let engine = self.settings.engine();
        for form in engine.forms() {
            let _ = writeln!(text, "# 表单：{}（{}）", form.id, form.name);
        }
        if !self.words.is_empty() {
            let _ = writeln!(text, "# 词表另加：{}", self.words);
        }
        let fail_on = self.fail_on.unwrap_or(FailOn::Error);
        let _ = writeln!(text, "\nfail-on = \"{}\"\n\n[rules]", fail_on.word());
        let defaults = Settings::new(engine.clone());
        let mut group = "";
        for (index, rule) in engine.registry().rules().iter().enumerate() {
            if rule.group.name() != group {
                group = rule.group.name();
                let _ = writeln!(text, "# {group}");
            }
            let index = RuleIndex(index as u16);
            let (now, default) = (self.settings.severity(index), defaults.severity(index));
            let _ = write!(text, "{} = \"{}\"", rule.id, level(now));
            if now != default {
                let _ = write!(text, " # 默认 {}", level(default));
            }
            text.push('\n');
        }
        let width = self.ambiguous_width.word();
        let hints = self.inlay_hints;
        let _ = writeln!(
            text,
            "\n[inlay-hints]\ncolumns = {}\nsums = {}\n\n[format]\nambiguous-width = \"{width}\"",
            hints.columns, hints.sums
        );
        for ignore in &self.texts {
            let ids = ignore.rules.iter().map(|&rule| engine.registry().info(rule).id.as_ref());
            let ids: Vec<&str> = ids.collect();
            let _ = writeln!(text, "# 不报告落在“{}”上的：{}", ignore.text, ids.join("、"));
        }
        text
    }
}

fn level(severity: Option<Severity>) -> &'static str {
    Level(severity).word()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::{Options, Resolver};

    #[test]
    fn what_is_shown_can_be_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("gouji.toml");
        std::fs::write(
            &file,
            "fail-on = \"never\"\nignore = [\"table-note-missing\", { path = \"*.txt\", rules = [\"title-missing\"], text = \"某某\", reason = \"样稿\" }]\n[rules]\nfee-unit-slip = \"info\"\n[inlay-hints]\nsums = false\n[format]\nambiguous-width = \"narrow\"\n[[typos]]\nwrong = \"公开拦\"\nright = \"公开栏\"\n",
        )
        .unwrap();
        let show = || {
            let resolver = Resolver::new(Options::default());
            resolver.settings_for(&folder.path().join("a.txt")).unwrap().show()
        };
        let shown = show();
        assert!(shown.starts_with(&format!("# 配置文件：{}\n", file.display())), "{shown}");
        for line in [
            "# 词表另加：错别字 1",
            "fail-on = \"never\"",
            "fee-unit-slip = \"info\" # 默认 error",
            "table-note-missing = \"off\" # 默认 hint",
            "title-missing = \"warning\"",
            "columns = true",
            "sums = false",
            "ambiguous-width = \"narrow\"",
            "# 不报告落在“某某”上的：title-missing",
        ] {
            assert!(shown.lines().any(|it| it == line), "{line} in\n{shown}");
        }
        std::fs::write(&file, &shown).unwrap();
        let again = show();
        let values = |text: &str| {
            text.lines()
                .filter(|line| !line.starts_with('#'))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(values(&again), values(&shown));
    }
}
