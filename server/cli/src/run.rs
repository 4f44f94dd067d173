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
        let is_shown = progress.is_shown();
        let mut status = Status::Clean;
        let mut told = HashSet::new();
        let mut with_reports = HashSet::new();
        let mut with_faults = HashSet::new();
        let mut printed = false;
        parallel::in_order(&self.inputs.files, self.jobs, work, |done| {
            let tells = !done.notes.is_empty() || done.fault.is_some();
            let next = progress.step(tells || !done.out.is_empty(), || {
                // Standard error must not overtake what is buffered for standard output.
                if tells || is_shown {
                    out.flush()?;
                }
                if !done.notes.is_empty() {
                    say_error(done.notes.trim_end());
                }
                if let Some(fault) = &done.fault {
                    status = Status::Failure;
                    with_faults.insert(done.argument);
                    tell(&done.name, fault, &mut told);
                }
                if done.out.is_empty() {
                    return ControlFlow::Continue(());
                }
                if printed {
                    out.write(self.separator)?;
                }
                printed = true;
                out.write(&done.out)
            });
            if done.reports > 0 {
                with_reports.insert(done.argument);
            }
            count(done.counted);
            next
        });
        progress.finish();
        let _ = out.flush();
        for (argument, folder) in &self.inputs.folders {
            if !with_reports.contains(argument) && !with_faults.contains(argument) {
                status = Status::Failure;
                let files =
                    self.inputs.files.iter().filter(|file| file.argument == *argument).count();
                say_error(&format!("gouji: {}: {}", folder.display(), no_report(files)));
            }
        }
        status
    }
}

/// Reports a fault. A broken configuration is reported once, not for each of its files.
fn tell(name: &str, fault: &Fault, told: &mut HashSet<String>) {
    match fault {
        Fault::File(message) => say_error(&format!("gouji: {name}: {message}")),
        Fault::Config(error) => {
            let message = shorten(&error.to_string());
            if !told.contains(&message) {
                for line in message.lines() {
                    say_error(&format!("gouji: {line}"));
                }
                // A wrong option has no file, and concerns all files.
                if error.problems.iter().any(|problem| problem.origin.file.is_some()) {
                    say_error(&format!("gouji: {name} 等使用这份配置的文件没有检查"));
                }
                told.insert(message);
            }
        }
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
