//! Accepting connections.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use super::stream::Stream;

/// A handshake takes a few round trips; whoever needs longer is let go.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// So many handshakes at once, from everywhere and from one address. Those beyond are let go at once.
const MOST_HANDSHAKES: usize = 1_024;
const MOST_OF_ADDRESS: usize = 128;
/// Connections that wait for the route table.
const WAITING: usize = 64;
/// After the operating system had no connection to give, it is left alone for so long.
const PAUSE: Duration = Duration::from_millis(500);

/// What somebody gets who speaks plain HTTP to an address that speaks HTTPS.
const NOT_ENCRYPTED: &[u8] =
    b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\
    Content-Length: 77\r\n\r\nThis address speaks HTTPS only: ask for it with https:// instead of http://.\n";

/// The other end of a connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// Where connections come in.
pub(crate) struct Entrance {
    arrived: mpsc::Receiver<(Stream, SocketAddr)>,
    accepting: JoinHandle<()>,
}

impl Entrance {
    /// Begins to accept connections: encrypted ones when there is a way to.
    pub(crate) fn open(listener: TcpListener, tls: Option<TlsAcceptor>) -> Entrance {
        let (send, arrived) = mpsc::channel(WAITING);
        let accepting = tokio::spawn(accept_for_ever(listener, tls, send));
        Entrance { arrived, accepting }
    }
}

impl Drop for Entrance {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Entrance {
    /// The next connection, and where it comes from.
    pub(crate) async fn accept(&mut self) -> (Stream, SocketAddr) {
        match self.arrived.recv().await {
            Some(arrived) => arrived,
            // Nobody accepts any more: whoever serves is about to stop.
            None => std::future::pending().await,
        }
    }
}

async fn accept_for_ever(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    arrived: mpsc::Sender<(Stream, SocketAddr)>,
) {
    let turns = Turns::default();
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) if is_of_one_connection(&error) => continue,
            Err(error) => {
                tracing::error!(%error, "no connection can be accepted");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        // Without it only small answers wait a little.
        let _ = stream.set_nodelay(true);
        let Some(tls) = &tls else {
            if arrived.send((Stream::plain(stream), peer)).await.is_err() {
                return;
            }
            continue;
        };
        let Some(turn) = turns.take(peer.ip()) else {
            tracing::warn!("too many handshakes at once: a connection was let go");
            continue;
        };
        let (tls, arrived) = (tls.clone(), arrived.clone());
        tokio::spawn(async move {
            let made = tokio::time::timeout(HANDSHAKE, encrypted(stream, &tls)).await;
            drop(turn);
            match made {
                Ok(Ok(Some(stream))) => drop(arrived.send((stream, peer)).await),
                Ok(Ok(None)) => {}
                Ok(Err(error)) => tracing::debug!(%error, "a handshake failed"),
                Err(_) => tracing::debug!("a handshake took too long"),
            }
        });
    }
}

/// The handshake; `None` when the other end did not begin one and was told so.
async fn encrypted(mut stream: TcpStream, tls: &TlsAcceptor) -> io::Result<Option<Stream>> {
    /// The first byte of every handshake (RFC 8446, section 5.1).
    const HANDSHAKE_RECORD: u8 = 22;
    let mut first = [0];
    match stream.peek(&mut first).await? {
        0 => Ok(None),
        _ if first[0] == HANDSHAKE_RECORD => Ok(Some(Stream::encrypted(tls.accept(stream).await?))),
        _ => {
            stream.write_all(NOT_ENCRYPTED).await?;
            stream.shutdown().await?;
            // What was sent is read, or the answer would be lost with the connection.
            let mut rest = stream.take(64 * 1024);
            let mut sink = tokio::io::sink();
            let _ = tokio::time::timeout(Duration::from_secs(1), tokio::io::copy(&mut rest, &mut sink)).await;
            Ok(None)
        }
    }
}

/// Whether only the one connection that was to be accepted has gone.
fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// How many handshakes are being made, in all and by address.
#[derive(Clone, Default)]
struct Turns(Arc<Mutex<(usize, HashMap<IpAddr, usize>)>>);

/// One handshake; it counts until it is dropped.
struct Turn(Turns, IpAddr);

impl Turns {
    fn take(&self, from: IpAddr) -> Option<Turn> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (all, by_address) = &mut *counts;
        let of_address = by_address.get(&from).copied().unwrap_or_default();
        if *all >= MOST_HANDSHAKES || of_address >= MOST_OF_ADDRESS {
            return None;
        }
        *all += 1;
        by_address.insert(from, of_address + 1);
        Some(Turn(self.clone(), from))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut counts = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (all, by_address) = &mut *counts;
        *all = all.saturating_sub(1);
        match by_address.get_mut(&self.1) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(by_address.remove(&self.1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_cannot_take_every_turn() {
        let (turns, one, other) =
            (Turns::default(), IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let held: Vec<Turn> = std::iter::from_fn(|| turns.take(one)).collect();
        assert_eq!(held.len(), MOST_OF_ADDRESS);
        assert!(turns.take(other).is_some());
        drop(held);
        assert!(turns.take(one).is_some());
        assert!(turns.0.lock().unwrap().1.is_empty());
    }

    #[test]
    fn the_length_of_the_refusal_is_right() {
        let text = std::str::from_utf8(NOT_ENCRYPTED).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.ends_with(&format!("Content-Length: {}", body.len())), "{} bytes", body.len());
    }
}
