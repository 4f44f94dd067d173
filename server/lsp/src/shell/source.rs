//! The bytes of standard input. Where the system tells when there are any, they are read on the thread that handles them, since a hand-over costs as much
//! as checking an edit; elsewhere on a thread of their own.

use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Bytes of one read: as many as a pipe holds, so that a burst of small edits is read at once.
const PIECE: usize = 64 * 1024;
/// Most pieces that wait to be handled. Then the thread stops reading, so that a client that floods the server is slowed down.
const WAITING: usize = 16;

/// Standard input.
pub(super) struct Source {
    way: Way,
    piece: Vec<u8>,
}

enum Way {
    Direct(Pin<Box<dyn AsyncRead + Send>>),
    Thread(Receiver<Vec<u8>>),
}

impl Source {
    /// Standard input. Must be called inside a runtime.
    pub(super) fn start() -> Self {
        let way = direct().map_or_else(Way::thread, Way::Direct);
        Self { way, piece: Vec::new() }
    }

    /// The next bytes; an empty slice at the end.
    pub(super) fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        match &mut self.way {
            Way::Direct(stream) => {
                self.piece.resize(PIECE, 0);
                let mut buffer = ReadBuf::new(&mut self.piece);
                ready!(stream.as_mut().poll_read(cx, &mut buffer))?;
                let length = buffer.filled().len();
                Poll::Ready(Ok(&self.piece[..length]))
            }
            Way::Thread(pieces) => {
                self.piece = ready!(pieces.poll_recv(cx)).unwrap_or_default();
                Poll::Ready(Ok(&self.piece))
            }
        }
    }
}

impl Way {
    fn thread() -> Self {
        let (sender, pieces) = channel(WAITING);
        std::thread::spawn(move || read(&sender));
        Self::Thread(pieces)
    }
}

fn read(sender: &Sender<Vec<u8>>) {
    let mut input = io::stdin().lock();
    let mut buffer = vec![0; PIECE];
    loop {
        match input.read(&mut buffer) {
            Ok(0) => return,
            Ok(length) => {
                if sender.blocking_send(buffer[..length].to_vec()).is_err() {
                    return;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                tracing::error!(%error, "standard input");
                return;
            }
        }
    }
}

/// Standard input for non-blocking reads, if it is a pipe or a socket, as editors give. Non-blocking is a property of the open stream and not of its
/// descriptor: a stream that is standard output too (a terminal) must stay as it is.
#[cfg(unix)]
fn direct() -> Option<Pin<Box<dyn AsyncRead + Send>>> {
    use std::fs::File;
    use std::os::fd::{AsFd, OwnedFd};
    use std::os::unix::fs::{FileTypeExt, MetadataExt};
    use std::os::unix::net::UnixStream;

    let file = |stream: OwnedFd| File::from(stream);
    let input = file(io::stdin().as_fd().try_clone_to_owned().ok()?);
    let output = file(io::stdout().as_fd().try_clone_to_owned().ok()?);
    let (is, other) = (input.metadata().ok()?, output.metadata().ok()?);
    if (is.dev(), is.ino()) == (other.dev(), other.ino()) {
        return None;
    }
    if is.file_type().is_fifo() {
        let pipe = tokio::net::unix::pipe::Receiver::from_file(input).ok()?;
        return Some(Box::pin(pipe));
    }
    if is.file_type().is_socket() {
        let socket = UnixStream::from(OwnedFd::from(input));
        // Fails for a socket of another family, which is not read this way.
        socket.local_addr().ok()?;
        socket.set_nonblocking(true).ok()?;
        return Some(Box::pin(tokio::net::UnixStream::from_std(socket).ok()?));
    }
    None
}

#[cfg(not(unix))]
fn direct() -> Option<Pin<Box<dyn AsyncRead + Send>>> {
    None
}
