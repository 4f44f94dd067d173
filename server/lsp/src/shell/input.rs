//! Standard input as a stream of whole messages. It knows when everything that has arrived is handled, which is when checking begins.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, ReadBuf};

use super::frames::Frames;
use super::output::Output;
use super::source::Source;

/// Standard input as a stream.
pub(super) struct Input<D, E> {
    source: Source,
    frames: Frames,
    /// What is no message is refused here.
    output: Output,
    /// Whole messages, the first `used` bytes of which are taken.
    messages: Vec<u8>,
    used: usize,
    on_dry: D,
    on_end: Option<E>,
}

impl<D: Fn(), E: FnOnce()> Input<D, E> {
    /// Messages are refused on `output` when they are none. `on_dry` is called whenever all that has arrived was taken; `on_end` once when
    /// the client closes its end. To be called inside a runtime.
    pub(super) fn start(output: Output, on_dry: D, on_end: E) -> Self {
        Self {
            source: Source::start(),
            frames: Frames::default(),
            output,
            messages: Vec::new(),
            used: 0,
            on_dry,
            on_end: Some(on_end),
        }
    }

    /// Waits for whole messages; false at the end of the input.
    fn poll_messages(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        while self.used == self.messages.len() {
            let arrived = match self.source.poll_read(cx) {
                Poll::Ready(arrived) => arrived,
                Poll::Pending => {
                    (self.on_dry)();
                    return Poll::Pending;
                }
            };
            let arrived = arrived.unwrap_or_else(|error| {
                tracing::error!(%error, "standard input");
                &[]
            });
            if arrived.is_empty() {
                if let Some(on_end) = self.on_end.take() {
                    on_end();
                }
                return Poll::Ready(false);
            }
            let (messages, faults) = self.frames.take(arrived);
            for fault in faults {
                tracing::warn!(?fault, "a message that is none");
                self.output.send(&fault.answer());
            }
            (self.messages, self.used) = (messages, 0);
        }
        Poll::Ready(true)
    }
}

impl<D: Fn() + Unpin, E: FnOnce() + Unpin> AsyncRead for Input<D, E> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if ready!(self.poll_messages(cx)) {
            let rest = &self.messages[self.used..];
            let taken = rest.len().min(buffer.remaining());
            buffer.put_slice(&rest[..taken]);
            self.used += taken;
        }
        Poll::Ready(Ok(()))
    }
}
