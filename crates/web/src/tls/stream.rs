//! A connection, encrypted or not, that ends when nothing moves on it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};
use tokio_rustls::server::TlsStream;

/// A connection on which nothing came or went for so long is ended: longer than any answer may take, so that nobody who waits
/// for one is cut off, and short enough that nobody holds thousands of them for nothing.
const IDLE: Duration = Duration::from_secs(150);

/// One connection.
pub(crate) struct Stream {
    wire: Wire,
    moved: Instant,
    looks: Pin<Box<Sleep>>,
}

enum Wire {
    Plain(TcpStream),
    Encrypted(Box<TlsStream<TcpStream>>),
}

impl Stream {
    pub(super) fn plain(stream: TcpStream) -> Stream {
        Stream::of(Wire::Plain(stream))
    }

    pub(super) fn encrypted(stream: TlsStream<TcpStream>) -> Stream {
        Stream::of(Wire::Encrypted(Box::new(stream)))
    }

    fn of(wire: Wire) -> Stream {
        Stream { wire, moved: Instant::now(), looks: Box::pin(tokio::time::sleep(IDLE)) }
    }

    /// An error when nothing has moved for too long; else whoever asks is woken when that is so.
    fn idle(&mut self, cx: &mut Context<'_>) -> Option<io::Error> {
        while self.looks.as_mut().poll(cx).is_ready() {
            let ends = self.moved + IDLE;
            if ends <= Instant::now() {
                return Some(io::ErrorKind::TimedOut.into());
            }
            self.looks.as_mut().reset(ends);
        }
        None
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let read = match &mut self.wire {
            Wire::Plain(stream) => Pin::new(stream).poll_read(cx, buffer),
            Wire::Encrypted(stream) => Pin::new(stream.as_mut()).poll_read(cx, buffer),
        };
        match read {
            Poll::Ready(read) => {
                self.moved = Instant::now();
                Poll::Ready(read)
            }
            Poll::Pending => self.idle(cx).map_or(Poll::Pending, |error| Poll::Ready(Err(error))),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = match &mut self.wire {
            Wire::Plain(stream) => Pin::new(stream).poll_write(cx, bytes),
            Wire::Encrypted(stream) => Pin::new(stream.as_mut()).poll_write(cx, bytes),
        };
        match written {
            Poll::Ready(written) => {
                self.moved = Instant::now();
                Poll::Ready(written)
            }
            Poll::Pending => self.idle(cx).map_or(Poll::Pending, |error| Poll::Ready(Err(error))),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.wire {
            Wire::Plain(stream) => Pin::new(stream).poll_flush(cx),
            Wire::Encrypted(stream) => Pin::new(stream.as_mut()).poll_flush(cx),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.wire {
            Wire::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
            Wire::Encrypted(stream) => Pin::new(stream.as_mut()).poll_shutdown(cx),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = match &mut self.wire {
            Wire::Plain(stream) => Pin::new(stream).poll_write_vectored(cx, pieces),
            Wire::Encrypted(stream) => Pin::new(stream.as_mut()).poll_write_vectored(cx, pieces),
        };
        if written.is_ready() {
            self.moved = Instant::now();
        }
        match written {
            Poll::Pending => self.idle(cx).map_or(Poll::Pending, |error| Poll::Ready(Err(error))),
            ready => ready,
        }
    }

    fn is_write_vectored(&self) -> bool {
        match &self.wire {
            Wire::Plain(stream) => stream.is_write_vectored(),
            Wire::Encrypted(stream) => stream.is_write_vectored(),
        }
    }
}
