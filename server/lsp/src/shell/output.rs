//! Standard output. Writing never blocks: what the stream takes at once is written at once, and a thread writes the rest.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use serde::Serialize;
use tokio::io::AsyncWrite;
use tower_lsp::jsonrpc::Id;
use tower_lsp::lsp_types::{MessageType, ShowMessageParams, Url};

use super::frames::framed;
use crate::progress::Stop;

/// How long the client may take to read the last bytes when the program ends.
const LAST_BYTES: Duration = Duration::from_millis(500);

/// Queued bytes beyond which [`Output::wait_for_room`] waits.
const ROOM: usize = 256 << 10;
/// How often [`Output::wait_for_room`] looks whether its work has been stopped, which does not wake it.
const NAP: Duration = Duration::from_millis(100);

/// Bytes that a stream is sure to take if it is ready at all.
const PIECE: usize = 4096;
/// Longer messages are left to the thread, which writes them in one go.
const AT_ONCE: usize = 8 * PIECE;

/// Standard output. Clones share it.
#[derive(Clone)]
pub(crate) struct Output {
    inner: Arc<Inner>,
}

struct Inner {
    file: File,
    queue: Mutex<Queue>,
    filled: Condvar,
    emptied: Condvar,
}

#[derive(Default)]
struct Queue {
    bytes: Vec<u8>,
    /// Diagnostics that wait, the latest of each document only: a client that stops reading must not fill the memory.
    published: VecDeque<(Url, Vec<u8>)>,
    writing: bool,
    broken: bool,
}

impl Output {
    /// Starts the thread that writes.
    pub(super) fn start() -> io::Result<Self> {
        let inner = Arc::new(Inner {
            file: standard_output()?,
            queue: Mutex::default(),
            filled: Condvar::new(),
            emptied: Condvar::new(),
        });
        let output = Self { inner };
        let thread = output.clone();
        std::thread::spawn(move || thread.drain());
        Ok(output)
    }

    /// Sends the diagnostics of a document; they replace those of the same document that are still queued.
    pub(crate) fn publish(&self, document: &Url, message: Vec<u8>) {
        let mut queue = self.queue();
        let written = self.write_now(&queue, &message);
        if written == message.len() {
            return;
        }
        if written > 0 {
            queue.bytes.extend_from_slice(&message[written..]);
        } else if let Some((_, waiting)) = queue.published.iter_mut().find(|(it, _)| it == document)
        {
            *waiting = message;
        } else {
            queue.published.push_back((document.clone(), message));
        }
        self.inner.filled.notify_one();
    }

    /// Shows an error to the user.
    pub(crate) fn show_error(&self, message: &str) {
        self.show(MessageType::ERROR, message);
    }

    /// Shows a piece of information to the user.
    pub(crate) fn show_info(&self, message: &str) {
        self.show(MessageType::INFO, message);
    }

    fn show(&self, typ: MessageType, message: &str) {
        let params = ShowMessageParams { typ, message: message.to_owned() };
        self.send(&notification("window/showMessage", &params));
    }

    /// Sends whole messages.
    pub(crate) fn send(&self, messages: &[u8]) {
        let mut queue = self.queue();
        let written = self.write_now(&queue, messages);
        if written < messages.len() && !queue.broken {
            queue.bytes.extend_from_slice(&messages[written..]);
            self.inner.filled.notify_one();
        }
    }

    /// Writes as much as the stream takes without blocking, if nothing is queued before it; returns the number of bytes. Saves waking the thread, which
    /// costs as much as checking an edit.
    fn write_now(&self, queue: &Queue, messages: &[u8]) -> usize {
        if queue.writing || queue.broken || !queue.is_empty() || messages.len() > AT_ONCE {
            return 0;
        }
        let pieces = messages.chunks(PIECE);
        let write = |piece: &[u8]| {
            if takes_a_piece(&self.inner.file) {
                (&self.inner.file).write(piece).ok()
            } else {
                None
            }
        };
        let mut total = 0;
        for piece in pieces {
            let written = write(piece).unwrap_or(0);
            total += written;
            if written < piece.len() {
                break;
            }
        }
        total
    }

    /// Blocks until the client has read most of what was sent, or the work that has more to send is stopped.
    pub(crate) fn wait_for_room(&self, stop: &Stop) {
        let mut queue = self.queue();
        while queue.bytes.len() > ROOM && !queue.broken && !stop.is_stopped() {
            let emptied = self.inner.emptied.wait_timeout(queue, NAP);
            queue = emptied.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Blocks until everything is written, but not for ever.
    pub(super) fn finish(&self) {
        let queue = self.queue();
        let busy = |queue: &mut Queue| !queue.broken && (queue.writing || !queue.is_empty());
        drop(self.inner.emptied.wait_timeout_while(queue, LAST_BYTES, busy));
    }

    fn drain(&self) {
        loop {
            let mut queue = self.queue();
            queue.writing = false;
            while queue.is_empty() {
                self.inner.emptied.notify_all();
                queue = self.inner.filled.wait(queue).unwrap_or_else(PoisonError::into_inner);
            }
            queue.writing = true;
            let bytes = queue.take();
            drop(queue);
            if let Err(error) = (&self.inner.file).write_all(&bytes) {
                // The client is gone; the end of input is about to end the program.
                tracing::debug!(%error, "standard output");
                self.queue().broken = true;
                self.inner.emptied.notify_all();
                return;
            }
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.inner.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    fn is_empty(&self) -> bool {
        self.bytes.is_empty() && self.published.is_empty()
    }

    fn take(&mut self) -> Vec<u8> {
        let mut bytes = std::mem::take(&mut self.bytes);
        for (_, message) in self.published.drain(..) {
            bytes.extend_from_slice(&message);
        }
        bytes
    }
}

/// A notification with its header.
pub(crate) fn notification(method: &str, params: &impl Serialize) -> Vec<u8> {
    written_notification(method, &serde_json::to_string(params).unwrap_or_default())
}

/// An answer whose result is already written as JSON.
pub(super) fn written_answer(id: &Id, result: &str) -> Vec<u8> {
    let id = serde_json::to_string(id).unwrap_or_default();
    framed(format!(r#"{{"jsonrpc":"2.0","result":{result},"id":{id}}}"#).as_bytes())
}

/// A notification whose parameters are already written as JSON.
pub(crate) fn written_notification(method: &str, params: &str) -> Vec<u8> {
    framed(format!(r#"{{"jsonrpc":"2.0","method":"{method}","params":{params}}}"#).as_bytes())
}

/// For `tower_lsp`, whose codec fills its buffer by whole messages: all that it offers is taken at once, so messages are never split.
impl AsyncWrite for Output {
    fn poll_write(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.send(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// Whether a write of [`PIECE`] returns at once: a pipe that is ready has a free page, a socket that is ready a third of its buffer.
#[cfg(unix)]
fn takes_a_piece(file: &File) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let mut stream = [PollFd::new(file, PollFlags::OUT)];
    let ready = poll(&mut stream, Some(&Timespec { tv_sec: 0, tv_nsec: 0 }));
    ready.is_ok() && stream[0].revents() == PollFlags::OUT
}

/// Elsewhere there is no way to know, and the thread writes everything.
#[cfg(not(unix))]
fn takes_a_piece(_: &File) -> bool {
    false
}

/// Standard output without the line buffer of `std::io::stdout`, which would search every message for line ends.
#[cfg(unix)]
fn standard_output() -> io::Result<File> {
    use std::os::fd::AsFd;
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

/// Standard output without the line buffer of `std::io::stdout`.
#[cfg(windows)]
fn standard_output() -> io::Result<File> {
    use std::os::windows::io::AsHandle;
    Ok(File::from(io::stdout().as_handle().try_clone_to_owned()?))
}
