//! Work on many files at once, results in order, few of them waiting.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use rayon::prelude::*;

/// Files per thread between two writes: enough that the threads seldom wait for each other, few enough that their output stays small.
const STEP: usize = 256;

/// Gives the result of `work` for each item to `emit`, in the order of the items, until it breaks.
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
    // A single file does not wait for threads to start.
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
