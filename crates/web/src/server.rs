//! Serving a town until told to stop.

use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use town::Town;

use crate::app::{App, Options};
use crate::router::router;

/// How long pages that are being made may take once het is told to stop.
const LAST_WORDS: Duration = Duration::from_secs(10);

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
    /// The connection to the network broke.
    #[error("het stopped serving: {0}")]
    Serve(#[from] std::io::Error),
}

/// A town that listens and is about to be served.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
}

impl Server {
    /// Begins to listen.
    ///
    /// # Errors
    /// [`Error::Listen`] when the address is taken or not ours.
    pub async fn bind(town: Town, options: Options) -> Result<Server, Error> {
        let address = options.address;
        let listening = |source| Error::Listen { address, source };
        let listener = TcpListener::bind(address).await.map_err(listening)?;
        let address = listener.local_addr().map_err(listening)?;
        Ok(Server { listener, address, router: router(App::new(town, Options { address, ..options })) })
    }

    /// The address that it listens on, with the port that it was given.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop` is ready, then lets pages that are being made be finished.
    ///
    /// # Errors
    /// [`Error::Serve`] when the network breaks.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), Error> {
        let (told, mut hears) = tokio::sync::watch::channel(false);
        let service = self.router.into_make_service_with_connect_info::<SocketAddr>();
        let serving = axum::serve(self.listener, service).with_graceful_shutdown(async move {
            stop.await;
            let _ = told.send(true);
        });
        let patience = async move {
            let _ = hears.wait_for(|told| *told).await;
            tokio::time::sleep(LAST_WORDS).await;
        };
        tokio::select! {
            served = serving => Ok(served?),
            () = patience => Ok(()),
        }
    }
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
