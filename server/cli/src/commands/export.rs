//! `gouji export`: the reports' figures as data.

use gouji_core::snapshot::Snapshot;
use gouji_workspace::export::Format;

use crate::args::{ExportArgs, ExportFormat};
use crate::exit::Status;
use crate::inputs::{Input, Inputs};
use crate::output::Out;
use crate::run::{Done, Run};

/// Prints the figures of what `args` names.
pub(crate) fn run(args: &ExportArgs) -> Status {
    let inputs = Inputs::new(&args.input, None);
    let format = match args.format {
        ExportFormat::Json => Format::Json,
        ExportFormat::Csv => Format::Csv,
    };
    let mut out = Out::new();
    let _ = out.write(format.begin().as_bytes());
    let run = Run {
        inputs: &inputs,
        jobs: args.input.jobs,
        quiet: args.output.quiet,
        separator: format.separator().as_bytes(),
    };
    let status = run.each(&mut out, |input| file(args, format, &inputs, input), |()| ());
    let _ = out.write(format.end().as_bytes());
    out.finish(status)
}

fn file(args: &ExportArgs, format: Format, inputs: &Inputs, input: &Input) -> Done<()> {
    let done = inputs.open(input, Snapshot::new, |opened| {
        let mut done = Done::new(input, ());
        format.reports(&mut done.out, &input.name, &opened.snapshot);
        done.reports = opened.snapshot.reports().count();
        if args.output.verbose {
            done.remark(opened);
        }
        done
    });
    done.unwrap_or_else(|fault| Done { fault: Some(fault), ..Done::new(input, ()) })
}
