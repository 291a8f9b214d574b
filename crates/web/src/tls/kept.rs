//! The certificate in use, read again when its files change.

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use rustls::ServerConfig;
use rustls::crypto::{CryptoProvider, ring};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;

use super::{TlsFiles, certificate};
use crate::server::Error;

/// How often the files are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// The certificate that handshakes are made with from now on.
#[derive(Debug)]
pub(crate) struct Kept {
    files: TlsFiles,
    provider: Arc<CryptoProvider>,
    now: RwLock<Arc<CertifiedKey>>,
}

/// What shows that a file is another one than before: when it was changed, its size, which file it is.
type Mark = Option<(SystemTime, u64, u64)>;

impl Kept {
    /// Reads the files for the first time.
    ///
    /// # Errors
    /// [`Error::Certificate`] when they will not do: het then does not start.
    pub(crate) fn read(files: TlsFiles) -> Result<Arc<Kept>, Error> {
        let provider = Arc::new(ring::default_provider());
        let now = RwLock::new(certificate::read(&files, &provider)?);
        Ok(Arc::new(Kept { files, provider, now }))
    }

    /// How connections are made: TLS 1.3 or 1.2, for HTTP/1.1.
    ///
    /// # Errors
    /// When the cryptography lacks what those need, which ring does not.
    pub(crate) fn config(self: &Arc<Kept>) -> Result<Arc<ServerConfig>, Error> {
        let builder = ServerConfig::builder_with_provider(self.provider.clone());
        let builder = builder
            .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
            .map_err(|error| Error::Encryption(error.to_string()))?;
        let mut config = builder.with_no_client_auth().with_cert_resolver(self.clone());
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }

    /// Reads the files again whenever they change or the process is sent SIGHUP. Files that will not do are told in the log, and
    /// the certificate that was in use stays.
    pub(crate) async fn watch(self: Arc<Kept>) {
        let mut hung_up = HangUp::listen();
        let mut seen = self.marks();
        loop {
            let told = tokio::select! {
                () = hung_up.next() => true,
                () = tokio::time::sleep(LOOK_EVERY) => false,
            };
            // Before they are read: what is written meanwhile is another change.
            let marks = self.marks();
            if !told && marks == seen {
                continue;
            }
            seen = marks;
            match certificate::read(&self.files, &self.provider) {
                Ok(certified) => {
                    *self.now.write().unwrap_or_else(PoisonError::into_inner) = certified;
                    tracing::info!("the certificate was read again and is in use");
                }
                Err(error) => {
                    tracing::error!(%error, "the new certificate will not do; the old one stays in use")
                }
            }
        }
    }

    fn marks(&self) -> [Mark; 2] {
        [mark(&self.files.certificate), mark(&self.files.key)]
    }
}

fn mark(path: &Path) -> Mark {
    use std::os::unix::fs::MetadataExt;
    let known = std::fs::metadata(path).ok()?;
    Some((known.modified().ok()?, known.len(), known.ino()))
}

impl ResolvesServerCert for Kept {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.now.read().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

/// SIGHUP, by which services are told to read their files again.
struct HangUp(Option<tokio::signal::unix::Signal>);

impl HangUp {
    fn listen() -> HangUp {
        use tokio::signal::unix::{SignalKind, signal};
        HangUp(signal(SignalKind::hangup()).ok())
    }

    async fn next(&mut self) {
        let heard = match &mut self.0 {
            Some(signal) => signal.recv().await,
            None => None,
        };
        if heard.is_none() {
            // There is no way to be told; the files are still looked at.
            std::future::pending::<()>().await;
        }
    }
}
