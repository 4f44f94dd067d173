//! What `check` and `export` have in common: many files, one output, and faults reported beside it.

use std::collections::HashSet;
use std::fmt::Write;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use crate::exit::Status;
use crate::inputs::{Fault, Input, Inputs, Opened, shorten};
use crate::output::{Out, say_error};
use crate::parallel;
use crate::progress::Progress;

/// A run over the files of a command.
pub(crate) struct Run<'a> {
    pub(crate) inputs: &'a Inputs,
    /// How many files are processed at the same time; `None` for the number of processors.
    pub(crate) jobs: Option<NonZeroUsize>,
    /// Whether no progress is shown.
    pub(crate) quiet: bool,
    /// Printed between the outputs of two files.
    pub(crate) separator: &'a [u8],
}

/// What becomes of one file.
pub(crate) struct Done<T> {
    /// For standard output.
    pub(crate) out: Vec<u8>,
    /// Lines for standard error.
    pub(crate) notes: String,
    /// How many reports the file holds.
    pub(crate) reports: usize,
    /// Why it was not read, or not written.
    pub(crate) fault: Option<Fault>,
    /// What the command counts.
    pub(crate) counted: T,
    /// Index of the argument that led to the file.
    pub(crate) argument: usize,
    /// The file as output shows it.
    pub(crate) name: String,
}

impl<T> Done<T> {
    /// A file with nothing to print.
    pub(crate) fn new(input: &Input, counted: T) -> Self {
        let (argument, name) = (input.argument, input.name.clone());
        Self {
            out: Vec::new(),
            notes: String::new(),
            reports: 0,
            fault: None,
            counted,
            argument,
            name,
        }
    }

    /// Whether there is anything for standard error.
    fn speaks(&self) -> bool {
        !self.notes.is_empty() || self.fault.is_some()
    }

    /// Adds the notes of `--verbose`: how the file was read, and why it was skipped.
    pub(crate) fn remark(&mut self, opened: &Opened) {
        let mut note = |text: &str| {
            let _ = writeln!(self.notes, "gouji: {}: {text}", self.name);
        };
        if let Some(config) = &opened.settings.config {
            note(&format!("使用配置 {}", shorten(&config.display().to_string())));
        }
        if !opened.encoding.is_plain() {
            note(&format!("按 {} 读取", opened.encoding.name()));
        }
        if self.reports == 0 {
            note("没有年度报告，已跳过");
        }
    }
}

impl Run<'_> {
    /// Gives each file to `work`, prints the outcomes in order and passes what was counted to `count`. Returns the status of the faults alone:
    /// whether findings fail the run is for the command to say.
    pub(crate) fn each<T: Send>(
        &self,
        out: &mut Out,
        work: impl Fn(&Input) -> Done<T> + Sync,
        mut count: impl FnMut(T) + Send,
    ) -> Status {
        let mut progress = Progress::new(self.inputs.files.len(), self.quiet);
        let mut report = Report::new(out, self.separator, progress.is_shown());
        parallel::in_order(&self.inputs.files, self.jobs, work, |done| {
            let is_seen = done.speaks() || !done.out.is_empty();
            let next = progress.step(is_seen, || report.print(&done));
            report.note(&done);
            count(done.counted);
            next
        });
        progress.finish();
        report.finish(self.inputs)
    }
}

/// What has been printed of a run.
struct Report<'a> {
    out: &'a mut Out,
    separator: &'a [u8],
    /// Whether progress is shown on standard error.
    is_shown: bool,
    is_begun: bool,
    status: Status,
    /// The configurations that have been reported as broken.
    reported: HashSet<String>,
    /// The arguments that led to a report, and those that led to a fault.
    with_reports: HashSet<usize>,
    with_faults: HashSet<usize>,
}

impl<'a> Report<'a> {
    fn new(out: &'a mut Out, separator: &'a [u8], is_shown: bool) -> Self {
        Self {
            out,
            separator,
            is_shown,
            is_begun: false,
            status: Status::Clean,
            reported: HashSet::new(),
            with_reports: HashSet::new(),
            with_faults: HashSet::new(),
        }
    }

    fn print<T>(&mut self, done: &Done<T>) -> ControlFlow<()> {
        // Standard error must not overtake what is buffered for standard output.
        if done.speaks() || self.is_shown {
            self.out.flush()?;
        }
        if !done.notes.is_empty() {
            say_error(done.notes.trim_end());
        }
        if let Some(fault) = &done.fault {
            self.fault(&done.name, fault);
        }
        if done.out.is_empty() {
            return ControlFlow::Continue(());
        }
        if std::mem::replace(&mut self.is_begun, true) {
            self.out.write(self.separator)?;
        }
        self.out.write(&done.out)
    }

    /// Reports a fault. A broken configuration is reported once, not for each of its files.
    fn fault(&mut self, name: &str, fault: &Fault) {
        match fault {
            Fault::File(message) => say_error(&format!("gouji: {name}: {message}")),
            Fault::Config(error) => {
                let message = shorten(&error.to_string());
                if self.reported.contains(&message) {
                    return;
                }
                for line in message.lines() {
                    say_error(&format!("gouji: {line}"));
                }
                // A wrong option has no file, and concerns all files.
                if error.problems.iter().any(|problem| problem.origin.file.is_some()) {
                    say_error(&format!("gouji: {name} 等使用这份配置的文件没有检查"));
                }
                self.reported.insert(message);
            }
        }
    }

    fn note<T>(&mut self, done: &Done<T>) {
        if done.reports > 0 {
            self.with_reports.insert(done.argument);
        }
        if done.fault.is_some() {
            self.status = Status::Failure;
            self.with_faults.insert(done.argument);
        }
    }

    /// Reports the folders without a report, and returns the status of all faults.
    fn finish(mut self, inputs: &Inputs) -> Status {
        let _ = self.out.flush();
        for (argument, folder) in &inputs.folders {
            if !self.with_reports.contains(argument) && !self.with_faults.contains(argument) {
                self.status = Status::Failure;
                let files = inputs.files.iter().filter(|file| file.argument == *argument).count();
                say_error(&format!("gouji: {}: {}", folder.display(), no_report(files)));
            }
        }
        self.status
    }
}

fn no_report(files: usize) -> String {
    let read = gouji_workspace::walk::EXTENSIONS.map(|ending| format!(".{ending}")).join(" ");
    if files == 0 {
        format!(
            "没有可以读取的文件：文件夹中只读取 {read}，被 .gitignore 忽略的除外；其他文件请直接写出文件名"
        )
    } else {
        format!("{files} 个文件中没有找到年度报告：请检查路径，或用 --verbose 查看跳过了哪些文件")
    }
}
