//! Ending with the editor. The end of input is not enough: when an editor is killed, its end of the pipe stays open if another process has inherited it.

/// Calls `on_death` once when the process `id` ends. Does nothing if there is no such process: the editor may live in another container.
#[cfg(target_os = "linux")]
pub(crate) fn watch(id: u32, on_death: impl FnOnce() + Send + 'static) {
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::process::{Pid, PidfdFlags, pidfd_open};

    let Some(pid) = i32::try_from(id).ok().and_then(Pid::from_raw) else { return };
    let Ok(handle) = pidfd_open(pid, PidfdFlags::empty()) else { return };
    std::thread::spawn(move || {
        // The descriptor becomes readable when the process ends.
        while poll(&mut [PollFd::new(&handle, PollFlags::IN)], None) == Err(rustix::io::Errno::INTR)
        {
        }
        on_death();
    });
}

/// Calls `on_death` once, a few seconds at most after the process `id` has ended. Does nothing if there is no such process.
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

/// Does nothing: here only the end of input tells of the editor's death.
#[cfg(not(unix))]
pub(crate) fn watch(_id: u32, _on_death: impl FnOnce() + Send + 'static) {}
