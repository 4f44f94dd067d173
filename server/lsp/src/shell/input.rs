//! Standard input as a stream of whole messages. It knows when everything that has arrived is handled, which is when checking begins.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use tokio::io::{AsyncRead, ReadBuf};

use super::direct::Direct;
use super::frames::{Arrival, Frames};
use super::output::Output;
use super::source::Source;

/// Standard input as a stream.
pub(super) struct Input<C, D, E> {
    source: Source,
    frames: Frames,
    /// What is no message is refused here.
    output: Output,
    /// What has arrived and waits for its turn.
    arrivals: vec::IntoIter<Arrival>,
    /// Whole messages, the first `used` bytes of which are taken.
    messages: Vec<u8>,
    used: usize,
    on_direct: C,
    on_dry: D,
    on_end: Option<E>,
}

impl<C: Fn(Direct), D: Fn(), E: FnOnce()> Input<C, D, E> {
    /// Messages are refused on `output` when they are none. `on_direct` is called with what is read here when all messages before it were handled; `on_dry` is called whenever all that has arrived was taken; `on_end` once when
    /// the client closes its end. To be called inside a runtime.
    pub(super) fn start(output: Output, on_direct: C, on_dry: D, on_end: E) -> Self {
        Self {
            source: Source::start(),
            frames: Frames::default(),
            output,
            arrivals: Vec::new().into_iter(),
            messages: Vec::new(),
            used: 0,
            on_direct,
            on_dry,
            on_end: Some(on_end),
        }
    }

    /// Waits for whole messages; false at the end of the input.
    fn poll_messages(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        while self.used == self.messages.len() {
            match self.arrivals.next() {
                Some(Arrival::Messages(messages)) => {
                    (self.messages, self.used) = (messages, 0);
                    break;
                }
                // Whoever asks for more has handled all that it got.
                Some(Arrival::Direct(read)) => {
                    (self.on_direct)(read);
                    continue;
                }
                Some(Arrival::Fault(fault)) => {
                    tracing::warn!(?fault, "a message that is none");
                    self.output.send(&fault.answer());
                    continue;
                }
                None => {}
            }
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
            self.arrivals = self.frames.take(arrived).into_iter();
        }
        Poll::Ready(true)
    }
}

impl<C, D, E> AsyncRead for Input<C, D, E>
where
    C: Fn(Direct) + Unpin,
    D: Fn() + Unpin,
    E: FnOnce() + Unpin,
{
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
