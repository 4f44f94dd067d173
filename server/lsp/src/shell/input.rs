//! Standard input, read by a thread of its own. It knows when everything that has arrived is handled, which is when checking begins.

use std::io::Read;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::frames::Frames;
use super::output::Output;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Bytes of one read. A pipe holds as many, so a burst of small edits is one piece.
const PIECE: usize = 64 * 1024;
/// Pieces that may wait. The thread stops reading beyond, so that a client which floods the server waits for it.
const WAITING: usize = 16;

/// Standard input as a stream.
pub(super) struct Input<D> {
    pieces: Receiver<Vec<u8>>,
    piece: Vec<u8>,
    used: usize,
    on_dry: D,
}

impl<D: Fn()> Input<D> {
    /// Starts to read; refuses on `output` what is no message. `on_dry` is called whenever all that has arrived was taken; `on_end` once when the client closes its end.
    pub(super) fn start(output: Output, on_dry: D, on_end: impl FnOnce() + Send + 'static) -> Self {
        let (sender, pieces) = channel(WAITING);
        std::thread::spawn(move || {
            read(&sender, &output);
            on_end();
        });
        Self { pieces, piece: Vec::new(), used: 0, on_dry }
    }
}

fn read(sender: &Sender<Vec<u8>>, output: &Output) {
    let mut input = std::io::stdin().lock();
    let mut buffer = vec![0; PIECE];
    let mut frames = Frames::default();
    loop {
        match input.read(&mut buffer) {
            Ok(0) => return,
            Ok(length) => {
                let (messages, faults) = frames.take(&buffer[..length]);
                for fault in faults {
                    tracing::warn!(?fault, "a message that is none");
                    output.send(&fault.answer());
                }
                if !messages.is_empty() && sender.blocking_send(messages).is_err() {
                    return;
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => {
                tracing::error!(%error, "standard input");
                return;
            }
        }
    }
}

impl<D: Fn() + Unpin> AsyncRead for Input<D> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        if self.used == self.piece.len() {
            match self.pieces.poll_recv(cx) {
                Poll::Ready(Some(piece)) => {
                    self.piece = piece;
                    self.used = 0;
                }
                Poll::Ready(None) => return Poll::Ready(Ok(())),
                Poll::Pending => {
                    (self.on_dry)();
                    return Poll::Pending;
                }
            }
        }
        let rest = &self.piece[self.used..];
        let taken = rest.len().min(buffer.remaining());
        buffer.put_slice(&rest[..taken]);
        self.used += taken;
        Poll::Ready(Ok(()))
    }
}
