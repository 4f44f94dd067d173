//! `gouji export`: the reports' figures as data.

use crate::args::{ExportArgs, ExportFormat};
use crate::exit::Status;
use crate::export::{csv, json};
use crate::inputs::{Input, Inputs};
use crate::output::Out;
use crate::run::{Done, run as run_files};

/// Prints the figures of what `args` names.
pub(crate) fn run(args: &ExportArgs) -> Status {
    let inputs = Inputs::new(&args.input, None);
    let (begin, separator, end): (String, &[u8], &str) = match args.format {
        ExportFormat::Json => (json::begin(), b",", json::END),
        ExportFormat::Csv => (csv::HEADER.to_owned(), b"", ""),
    };
    let mut out = Out::new();
    let _ = out.write(begin.as_bytes());
    let status = run_files(
        &inputs,
        &args.input,
        &args.output,
        &mut out,
        separator,
        |input| file(args, &inputs, input),
        |()| (),
    );
    let _ = out.write(end.as_bytes());
    out.finish(status)
}

fn file(args: &ExportArgs, inputs: &Inputs, input: &Input) -> Done<()> {
    let done = inputs.open(input, |opened| {
        let mut done = Done::new(input, ());
        for (index, view) in opened.snapshot.reports().enumerate() {
            let report = match args.format {
                ExportFormat::Json => json::report,
                ExportFormat::Csv => csv::report,
            };
            report(&mut done.out, &input.name, index, view, opened.snapshot.text());
            done.reports += 1;
        }
        if args.output.verbose {
            done.remark(opened);
        }
        done
    });
    done.unwrap_or_else(|fault| Done { fault: Some(fault), ..Done::new(input, ()) })
}
