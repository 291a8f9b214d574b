//! Serving a town until told to stop.

use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;
use town::Town;

use crate::app::{App, Options};
use crate::router::router;
use crate::tls::{Entrance, Kept, Peer};

/// How long pages that are being made may take once het is told to stop.
const LAST_WORDS: Duration = Duration::from_secs(10);

/// How long the head of a request may take to arrive.
const HEAD: Duration = Duration::from_secs(15);

/// Why a town cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address cannot be listened on.
    #[error("het cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A certificate or its key will not do.
    #[error("{}: {reason}", file.display())]
    Certificate {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The cryptography lacks what HTTPS needs.
    #[error("het cannot encrypt: {0}")]
    Encryption(String),
}

/// A town that listens and is about to be served.
pub struct Server {
    entrance: Entrance,
    certificate: Option<Arc<Kept>>,
    address: SocketAddr,
    app: App,
    router: Router,
}

impl Server {
    /// Begins to listen. With a certificate it speaks HTTPS only.
    ///
    /// # Errors
    /// [`Error::Listen`] when the address is taken or not ours, [`Error::Certificate`] when the certificate will not do.
    pub async fn bind(town: Town, mut options: Options) -> Result<Server, Error> {
        let certificate = options.tls.clone().map(Kept::read).transpose()?;
        options.https |= certificate.is_some();
        let config = certificate.as_ref().map(Kept::config).transpose()?;
        let address = options.address;
        let listening = |source| Error::Listen { address, source };
        let listener = TcpListener::bind(address).await.map_err(listening)?;
        let address = listener.local_addr().map_err(listening)?;
        let entrance = Entrance::open(listener, config.map(TlsAcceptor::from));
        let app = App::new(town, Options { address, ..options }, certificate.clone());
        Ok(Server { entrance, certificate, address, router: router(app.clone()), app })
    }

    /// The address that it listens on, with the port that it was given.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of its first page: `https://` when it has a certificate.
    pub fn url(&self) -> String {
        let scheme = if self.certificate.is_some() { "https" } else { "http" };
        format!("{scheme}://{}/", self.address)
    }

    /// Serves until `stop` is ready, then lets pages that are being made be finished.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) {
        let Server { entrance, certificate, router, app, .. } = self;
        let serving = serve(entrance, router, stop);
        let watching = async move {
            match certificate {
                Some(certificate) => certificate.watch().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = serving => {}
            () = watching => {}
        }
        app.traces().finish().await;
    }
}

/// Answers on every connection until `stop` is ready, then lets pages that are being made be finished. (`axum::serve` has no limit on how
/// long the head of a request may take, so that a few connections that say a byte a minute would hold it.)
async fn serve(mut entrance: Entrance, router: Router, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let open = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            arrived = entrance.accept() => arrived,
            () = &mut stop => break,
        };
        let router = router.clone();
        let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(Peer(peer)));
            router.clone().oneshot(request)
        });
        let connection = open.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(entrance);
    // Whoever takes longer is let go.
    let _ = tokio::time::timeout(LAST_WORDS, open.shutdown()).await;
}

/// Ready when the process is told to stop: by Ctrl+C or, where there is such a thing, SIGTERM.
pub async fn stopped() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            // Without a handler there is no way to be told; go on serving.
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => tokio::select! {
                () = interrupted => {}
                _ = terminated.recv() => {}
            },
            Err(_) => interrupted.await,
        }
    }
    #[cfg(not(unix))]
    interrupted.await;
}
