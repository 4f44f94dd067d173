//! Leaving with the editor: one that is killed closes no pipe when another process still holds it.

/// Calls `on_death` once when the process `id` ends. Does nothing when there is no such process: the editor may live in another container.
#[cfg(target_os = "linux")]
pub(crate) fn watch(id: u32, on_death: impl FnOnce() + Send + 'static) {
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::process::{Pid, PidfdFlags, pidfd_open};

    let Some(pid) = i32::try_from(id).ok().and_then(Pid::from_raw) else { return };
    let Ok(handle) = pidfd_open(pid, PidfdFlags::empty()) else { return };
    std::thread::spawn(move || {
        // Readable when the process ends: no clock, no polling.
        while poll(&mut [PollFd::new(&handle, PollFlags::IN)], None) == Err(rustix::io::Errno::INTR)
        {
        }
        on_death();
    });
}

/// Calls `on_death` once when the process `id` has ended, some seconds later at most. Does nothing when there is no such process.
#[cfg(all(unix, not(target_os = "linux")))]
pub(crate) fn watch(id: u32, on_death: impl FnOnce() + Send + 'static) {
    use rustix::process::{Pid, test_kill_process};

    let Some(pid) = i32::try_from(id).ok().and_then(Pid::from_raw) else { return };
    std::thread::spawn(move || {
        if test_kill_process(pid) == Err(rustix::io::Errno::SRCH) {
            return;
        }
        while test_kill_process(pid) != Err(rustix::io::Errno::SRCH) {
            std::thread::sleep(std::time::Duration::from_secs(3));
        }
        on_death();
    });
}

/// The end of input is all that tells of the editor's death here.
#[cfg(not(unix))]
pub(crate) fn watch(_id: u32, _on_death: impl FnOnce() + Send + 'static) {}
