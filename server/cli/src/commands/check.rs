//! `gouji check`: lints files and folders.

use gouji_core::snapshot::{Found, Snapshot};
use gouji_workspace::config::FailOn;
use gouji_workspace::decode::{Decoded, encode};
use gouji_workspace::file;

use crate::args::{self, CheckArgs, CheckFormat};
use crate::check::fix::{Fixed, fix};
use crate::check::totals::Totals;
use crate::exit::Status;
use crate::format::{Diff, File, Format, Json, StatisticsJson, StatisticsText, Text};
use crate::inputs::{Fault, Input, Inputs, Opened};
use crate::output::{Out, is_colored, say_error};
use crate::run::{Done, Run};

/// Checks what `args` names and prints what is found.
pub(crate) fn run(args: &CheckArgs) -> Status {
    let Some(format) = format(args) else {
        say_error(
            "gouji: --format sarif、github、gitlab、junit、html 尚未实现：目前可用 text、json",
        );
        return Status::Failure;
    };
    // As a filter: standard output is for the corrected text alone, and everything else goes to standard error.
    let is_filter = args.fix && args.input.reads_stdin();
    if let Some(fault) = misuse(args, is_filter) {
        say_error(&format!("用法有误：{fault}"));
        return Status::Failure;
    }
    let inputs = Inputs::new(&args.input, Some(&args.rules));
    let check = Check { args, format: &*format };

    let mut out = Out::new();
    let mut totals = Totals::default();
    let _ = out.write(&format.begin());
    let run = Run {
        inputs: &inputs,
        jobs: args.input.jobs,
        quiet: args.output.quiet,
        separator: format.separator(),
    };
    let faults = run.each(&mut out, |input| check.file(&inputs, input), |file| totals.merge(file));
    if args.diff || is_filter {
        if !args.output.quiet {
            say_error(crate::format::summary(&totals).trim_end());
        }
    } else {
        let _ = out.write(&format.end(&totals));
    }
    // The program is about to end: freeing the thousands of names of a form one by one would only take time.
    std::mem::forget(inputs);
    let found = if totals.fails { Status::Findings } else { Status::Clean };
    out.finish(faults.max(found))
}

/// What is wrong with the combination of options, beyond what clap can say.
fn misuse(args: &CheckArgs, is_filter: bool) -> Option<&'static str> {
    if args.diff && args.format != CheckFormat::Text {
        return Some("--diff 只能与 --format text 同用");
    }
    if is_filter && args.format != CheckFormat::Text {
        return Some("--fix 把改正后的标准输入写到标准输出，只能与 --format text 同用");
    }
    if is_filter && args.input.paths.len() > 1 {
        return Some("--fix 把改正后的标准输入写到标准输出，不能再写其他路径");
    }
    None
}

struct Check<'a> {
    args: &'a CheckArgs,
    format: &'a dyn Format,
}

impl Check<'_> {
    fn file(&self, inputs: &Inputs, input: &Input) -> Done<Totals> {
        let done = inputs.open(input, Snapshot::settled, |opened| self.opened(input, opened));
        done.unwrap_or_else(|fault| self.fault(input, fault))
    }

    fn fault(&self, input: &Input, fault: Fault) -> Done<Totals> {
        let message = fault.message();
        let file = File {
            path: &input.name,
            explicit: input.explicit,
            snapshot: None,
            findings: &[],
            change: None,
            error: Some(&message),
        };
        let counted = Totals { files: 1, faults: 1, ..Totals::default() };
        Done { out: self.format.file(&file), fault: Some(fault), ..Done::new(input, counted) }
    }

    fn opened(&self, input: &Input, opened: &Opened) -> Done<Totals> {
        let Repaired { fixed, change, stdout, fault } = self.repair(input, opened);
        let mut counted = Totals::default();
        let snapshot = match fixed {
            Some(fixed) => {
                (counted.fixed, counted.fixed_files) = (fixed.count, 1);
                fixed.snapshot
            }
            None => opened.snapshot.clone(),
        };
        let findings: Vec<Found<'_>> = opened.settings.findings(&snapshot).collect();
        let message = fault.as_ref().map(Fault::message);
        let file = File {
            path: &input.name,
            explicit: input.explicit,
            snapshot: Some(&snapshot),
            findings: &findings,
            change: change.as_ref().map(|(before, after)| (before.as_str(), after.as_str())),
            error: message.as_deref(),
        };
        counted.faults = usize::from(fault.is_some());
        counted.reports = file.reports();
        counted.files = usize::from(file.is_listed());
        counted.add(&findings, self.fail_on(opened.settings.fail_on), self.args.statistics);
        let mut done = Done {
            out: self.format.file(&file),
            reports: counted.reports,
            fault,
            ..Done::new(input, counted)
        };
        if let Some(bytes) = stdout {
            done.notes =
                String::from_utf8_lossy(&std::mem::replace(&mut done.out, bytes)).into_owned();
        }
        if self.args.output.verbose {
            done.remark(opened);
        }
        done
    }

    /// Applies `--fix` or `--diff` to a file. With `--fix` the text of standard input is printed even if nothing was fixed, as a filter should.
    fn repair(&self, input: &Input, opened: &Opened) -> Repaired {
        let mut repaired = Repaired::default();
        if !self.args.fix && !self.args.diff {
            return repaired;
        }
        let decoded =
            Decoded { text: opened.snapshot.text().to_string(), encoding: opened.encoding };
        let fixed = fix(&decoded.text, &opened.snapshot, &opened.settings);
        if self.args.diff {
            repaired.change = fixed.map(|fixed| (decoded.text, fixed.text));
            return repaired;
        }
        let after = fixed.as_ref().map(|fixed| fixed.text.as_str());
        let written = if input.is_stdin {
            encode(after.unwrap_or(&decoded.text), decoded.encoding)
                .map(|bytes| repaired.stdout = Some(bytes))
                .map_err(|error| error.to_string())
        } else {
            after.map_or(Ok(()), |after| file::replace(input.path(), &decoded, after))
        };
        match written {
            Ok(()) => repaired.fixed = fixed,
            Err(message) => repaired.fault = Some(Fault::File(message)),
        }
        repaired
    }

    /// The level of `--fail-on`, else that of the configuration, else errors.
    fn fail_on(&self, configured: Option<FailOn>) -> FailOn {
        let option = self.args.fail_on.map(|level| match level {
            args::FailOn::Error => FailOn::Error,
            args::FailOn::Warning => FailOn::Warning,
            args::FailOn::Info => FailOn::Info,
            args::FailOn::Hint => FailOn::Hint,
            args::FailOn::Never => FailOn::Never,
        });
        option.or(configured).unwrap_or(FailOn::Error)
    }
}

/// What became of a file's safe fixes.
#[derive(Default)]
struct Repaired {
    /// The fixed file, if fixes were made and written.
    fixed: Option<Fixed>,
    /// The text before and after the fixes, if they are only to be shown.
    change: Option<(String, String)>,
    /// The text for standard output, which takes the place of the findings there.
    stdout: Option<Vec<u8>>,
    /// Why the fixed file was not written.
    fault: Option<Fault>,
}

fn format(args: &CheckArgs) -> Option<Box<dyn Format>> {
    let quiet = args.output.quiet;
    Some(match args.format {
        CheckFormat::Text if args.diff => Box::new(Diff),
        CheckFormat::Text if args.statistics => Box::new(StatisticsText { quiet }),
        CheckFormat::Json if args.statistics => Box::new(StatisticsJson),
        CheckFormat::Text => Box::new(Text { colored: is_colored(args.output.color), quiet }),
        CheckFormat::Json => Box::new(Json),
        CheckFormat::Sarif
        | CheckFormat::Github
        | CheckFormat::Gitlab
        | CheckFormat::Junit
        | CheckFormat::Html => return None,
    })
}
