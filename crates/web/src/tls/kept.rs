//! The certificate in use, read again when its files change.

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant, SystemTime};

use rustls::ServerConfig;
use rustls::crypto::{CryptoProvider, ring};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use town::Moment;

use super::{TlsFiles, certificate};
use crate::server::Error;

/// How long before the certificate ends the log begins to say so, and how often: those who renew by themselves have done it by then.
const WARN_DAYS: i64 = 21;
const WARN_EVERY: Duration = Duration::from_secs(24 * 60 * 60);
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
        let mut warned: Option<Instant> = None;
        loop {
            if warned.is_none_or(|at| at.elapsed() >= WARN_EVERY) {
                warned = Some(Instant::now());
                self.warn();
            }
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
                    warned = None;
                }
                Err(error) => {
                    tracing::error!(%error, "the new certificate will not do; the old one stays in use")
                }
            }
        }
    }

    /// When the certificate in use ends; `None` where it cannot be read.
    pub(crate) fn ends(&self) -> Option<Moment> {
        certificate::ends(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn warn(&self) {
        let Some(ends) = self.ends() else { return };
        if let Some(days) = days_left(ends, town::now()) {
            tracing::warn!(%ends, days, "the certificate ends soon: renew it");
        }
    }

    fn marks(&self) -> [Mark; 2] {
        [mark(&self.files.certificate), mark(&self.files.key)]
    }
}

/// How many whole days are left, when they are few; less than none when it has ended.
fn days_left(ends: Moment, now: Moment) -> Option<i64> {
    let days = ends.duration_since(now).as_hours().div_euclid(24);
    (days < WARN_DAYS).then_some(days)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_days_are_counted_down() {
        let check = |ends: &str, expected| {
            let now = "2026-11-28T12:00:00Z".parse().unwrap();
            assert_eq!(days_left(ends.parse().unwrap(), now), expected, "{ends}");
        };
        check("2027-02-28T12:00:00Z", None);
        check("2026-12-19T12:00:00Z", None);
        check("2026-12-19T11:59:59Z", Some(20));
        check("2026-11-29T11:00:00Z", Some(0));
        check("2026-11-28T11:00:00Z", Some(-1));
    }
}
