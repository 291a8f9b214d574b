//! Asking a provider: one request on one connection, by HTTPS, with limits on time and size, and following nothing.
//!
//! The rejected alternative, reqwest, brings its own pool, redirects, proxies and decompression: a hundred lines here against forty crates.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper_util::rt::TokioIo;
use openidconnect::http::{Request, Response, Uri, header};
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use url::{Host, Url};

use crate::accounts::site::is_safe;
use crate::{Error, Result};

/// A provider that takes longer is away.
const PATIENCE: Duration = Duration::from_secs(10);
/// More than this is no answer: a set of keys is a few KB.
const LIMIT: usize = 1 << 20;

/// Why there is no answer. It says nothing of what was asked or sent.
#[derive(Debug, thiserror::Error)]
#[error("the provider could not be asked: {0}")]
pub(super) struct Away(String);

/// What asks.
pub(super) struct Http(TlsConnector);

impl std::fmt::Debug for Http {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Http")
    }
}

impl Http {
    /// Trusts whom the machine trusts.
    pub(super) fn new() -> Result<Http> {
        let failed =
            |error: rustls::Error| Error::Failed { doing: "setting up HTTPS", reason: error.to_string() };
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(failed)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Http(TlsConnector::from(Arc::new(config))))
    }

    async fn ask(&self, request: HttpRequest) -> std::result::Result<HttpResponse, Away> {
        match tokio::time::timeout(PATIENCE, self.exchange(request)).await {
            Ok(answered) => answered,
            Err(_) => Err(Away("it took too long".to_owned())),
        }
    }

    async fn exchange(&self, request: HttpRequest) -> std::result::Result<HttpResponse, Away> {
        let url = Url::parse(&request.uri().to_string()).map_err(away)?;
        if !is_safe(&url) {
            return Err(Away("one of its addresses is not of https".to_owned()));
        }
        let host = match url.host() {
            Some(Host::Domain(name)) => name.to_owned(),
            Some(Host::Ipv4(address)) => address.to_string(),
            Some(Host::Ipv6(address)) => address.to_string(),
            None => return Err(Away("one of its addresses has no host".to_owned())),
        };
        let port = url.port_or_known_default().unwrap_or(443);
        let request = plain(request, &url)?;
        let stream = TcpStream::connect((host.as_str(), port)).await.map_err(away)?;
        if url.scheme() == "http" {
            return send(stream, request).await;
        }
        let name = ServerName::try_from(host).map_err(away)?;
        send(self.0.connect(name, stream).await.map_err(away)?, request).await
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = Away;
    type Future = Pin<Box<dyn Future<Output = std::result::Result<HttpResponse, Away>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

fn away(error: impl std::fmt::Display) -> Away {
    Away(error.to_string())
}

/// The request as it is written to a server: its path alone, and whose it is in a header.
fn plain(request: HttpRequest, url: &Url) -> std::result::Result<Request<Full<Bytes>>, Away> {
    let (mut parts, body) = request.into_parts();
    let path = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let authority = &url[url::Position::BeforeHost..url::Position::AfterPort];
    parts.uri = path.parse::<Uri>().map_err(away)?;
    parts.headers.insert(header::HOST, authority.parse().map_err(away)?);
    Ok(Request::from_parts(parts, Full::new(Bytes::from(body))))
}

async fn send<S>(stream: S, request: Request<Full<Bytes>>) -> std::result::Result<HttpResponse, Away>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(away)?;
    // It ends by itself when the sender is gone.
    tokio::spawn(async move {
        let _ = connection.await;
    });
    let (parts, body) = sender.send_request(request).await.map_err(away)?.into_parts();
    let body = Limited::new(body, LIMIT).collect().await.map_err(away)?.to_bytes();
    Ok(Response::from_parts(parts, body.to_vec()))
}
