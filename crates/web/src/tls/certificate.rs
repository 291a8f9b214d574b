//! Reading a certificate and its key.

use std::path::Path;
use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use town::Moment;

use super::TlsFiles;
use crate::server::Error;

/// A file of certificates or a key is a few kilobytes.
const MOST_BYTES: u64 = 1 << 20;

/// Reads both files and sees that they belong together.
///
/// # Errors
/// [`Error::Certificate`] naming the file and what is wrong with it. Nothing of a key is repeated.
pub(super) fn read(files: &TlsFiles, provider: &CryptoProvider) -> Result<Arc<CertifiedKey>, Error> {
    let text = bytes_of(&files.certificate)?;
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    let chain = chain.map_err(|error| wrong(&files.certificate, error.to_string()))?;
    if chain.is_empty() {
        return Err(wrong(&files.certificate, "there is no certificate in it".to_owned()));
    }
    refuse_if_open_to_all(&files.key)?;
    let text = bytes_of(&files.key)?;
    let key = PrivateKeyDer::from_pem_slice(&text)
        .map_err(|_| wrong(&files.key, "there is no private key in it".to_owned()))?;
    let certified = CertifiedKey::from_der(chain, key, provider);
    Ok(Arc::new(certified.map_err(|error| {
        let words = match error {
            rustls::Error::InconsistentKeys(_) => "it is not the key of the certificate".to_owned(),
            other => other.to_string(),
        };
        wrong(&files.key, words)
    })?))
}

/// When the server's own certificate ends; `None` where it cannot be read.
pub(super) fn ends(certified: &CertifiedKey) -> Option<Moment> {
    let own = certified.end_entity_cert().ok()?;
    let (_, read) = x509_parser::parse_x509_certificate(own).ok()?;
    Moment::from_second(read.validity().not_after.timestamp()).ok()
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Error> {
    let known = std::fs::metadata(path).map_err(|error| wrong(path, error.to_string()))?;
    if !known.is_file() || known.len() > MOST_BYTES {
        return Err(wrong(path, "a file of at most 1 MB was expected".to_owned()));
    }
    std::fs::read(path).map_err(|error| wrong(path, error.to_string()))
}

fn refuse_if_open_to_all(path: &Path) -> Result<(), Error> {
    use std::os::unix::fs::PermissionsExt;
    let known = std::fs::metadata(path).map_err(|error| wrong(path, error.to_string()))?;
    if known.permissions().mode() & 0o007 == 0 {
        return Ok(());
    }
    let words = "everybody on this machine may read it: take that away with chmod 600";
    Err(wrong(path, words.to_owned()))
}

fn wrong(path: &Path, reason: String) -> Error {
    Error::Certificate { file: path.to_owned(), reason }
}
