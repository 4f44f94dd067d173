//! Work on many files at the same time, with results in order and few of them waiting for their turn.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use rayon::prelude::*;

/// Files per thread in one batch, whose results are printed together: enough that threads seldom wait for each other, few enough that the results
/// take little memory.
const STEP: usize = 256;

/// Passes the result of `work` for each item to `emit`, in the order of the items, until `emit` breaks.
pub(crate) fn in_order<T: Sync, R: Send>(
    items: &[T],
    jobs: Option<NonZeroUsize>,
    work: impl Fn(&T) -> R + Sync,
    mut emit: impl FnMut(R) -> ControlFlow<()> + Send,
) {
    let jobs = jobs
        .or_else(|| std::thread::available_parallelism().ok())
        .map_or(1, NonZeroUsize::get)
        .min(items.len());
    // No threads are started for a single file.
    let pool = (jobs > 1).then(|| rayon::ThreadPoolBuilder::new().num_threads(jobs).build());
    let Some(Ok(pool)) = pool else {
        let _ = items.iter().try_for_each(|item| emit(work(item)));
        return;
    };
    pool.install(|| {
        for step in items.chunks(STEP * jobs) {
            let results: Vec<R> = step.par_iter().map(&work).collect();
            if results.into_iter().try_for_each(&mut emit).is_break() {
                return;
            }
        }
    });
}
