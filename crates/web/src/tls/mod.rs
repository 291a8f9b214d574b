//! HTTPS by het itself: TLS 1.2 and 1.3 by rustls, with HTTP/1.1 in it.
//!
//! | part | what it knows |
//! |---|---|
//! | `certificate` | reading the certificate and its key, and refusing a key that everybody may read |
//! | `kept` | the certificate in use, and reading it again when its files change |
//! | `entrance` | accepting connections: handshakes beside each other, limited in time and number |
//! | `stream` | a connection, encrypted or not, that ends when nothing moves on it |
//!
//! Handshakes are made in tasks of their own, so that somebody slow holds nobody else, and only whole connections reach the route
//! table. (The rejected alternatives: a handshake inside `accept`, where one slow client stops everybody, and the crate
//! `axum-server`, which brings the same two hundred lines with an accept loop of its own beside axum's.)

mod certificate;
mod entrance;
mod kept;
mod stream;

use std::path::PathBuf;

pub(crate) use entrance::{Entrance, Peer};
pub(crate) use kept::Kept;

/// Where the certificate of a server is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate and those that vouch for it, as PEM: the server's own first.
    pub certificate: PathBuf,
    /// Its private key, as PEM, which not everybody on the machine may read.
    pub key: PathBuf,
}
