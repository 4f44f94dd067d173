//! Standard input as a stream of whole messages, which tells when everything that has arrived is handled: then checking begins.

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
    /// Where malformed messages are answered with errors.
    output: Output,
    /// What has arrived and is not yet handled.
    arrivals: vec::IntoIter<Arrival>,
    /// Messages for `tower_lsp`, of which `used` bytes are taken.
    messages: Vec<u8>,
    used: usize,
    on_direct: C,
    on_dry: D,
    on_end: Option<E>,
}

impl<C: Fn(Direct), D: Fn(), E: FnOnce()> Input<C, D, E> {
    /// Starts reading. Malformed messages are answered on `output`. `on_direct` is called with each message that is parsed here, once all messages
    /// before it are handled; `on_dry` whenever everything that has arrived is handled; `on_end` once, when the client closes its end. Must be called
    /// inside a runtime.
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

    /// Waits for messages for `tower_lsp`; false at the end of the input.
    fn poll_messages(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        while self.used == self.messages.len() {
            match self.arrivals.next() {
                Some(Arrival::Messages(messages)) => {
                    (self.messages, self.used) = (messages, 0);
                    break;
                }
                // The reader asks for more only when it has handled all messages before this one.
                Some(Arrival::Direct(read)) => {
                    (self.on_direct)(read);
                    continue;
                }
                Some(Arrival::Fault(fault)) => {
                    tracing::warn!(?fault, "malformed message");
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
