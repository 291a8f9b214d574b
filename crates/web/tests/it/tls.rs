//! HTTPS by het itself: real clients, certificates that change under load, clients that are slow or speak plain HTTP.

use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use town::Town;
use web::{Options, Server, TlsFiles};

static NEXT: AtomicUsize = AtomicUsize::new(0);

/// An empty town, with a certificate, in a folder of its own.
struct Place {
    folder: PathBuf,
}

impl Place {
    fn new() -> Place {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("het-tls-{}-{number}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let place = Place { folder };
        place.certify();
        place
    }

    fn files(&self) -> TlsFiles {
        TlsFiles { certificate: self.folder.join("het.pem"), key: self.folder.join("het.key") }
    }

    /// Writes a new certificate and key, as one who renews it does, and gives the certificate.
    fn certify(&self) -> CertificateDer<'static> {
        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let key = rcgen::KeyPair::generate().unwrap();
        let mut about = rcgen::CertificateParams::new(names).unwrap();
        about.not_after = rcgen::date_time_ymd(2040, 1, 1);
        let made = about.self_signed(&key).unwrap();
        let files = self.files();
        write(&files.key, key.serialize_pem().as_bytes());
        write(&files.certificate, made.pem().as_bytes());
        made.der().clone()
    }

    fn certificate(&self) -> CertificateDer<'static> {
        CertificateDer::from_pem_file(self.files().certificate).unwrap()
    }

    async fn server(&self) -> Result<Server, web::Error> {
        let address = format!("sqlite://{}", self.folder.join("het.sqlite").display());
        let town = Town::open(&address).await.unwrap();
        let options =
            Options { address: ([127, 0, 0, 1], 0).into(), tls: Some(self.files()), ..Options::default() };
        Server::bind(town, options).await
    }

    /// Serves until the returned sender is dropped or used.
    async fn serve(&self) -> (SocketAddr, tokio::sync::oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
        let server = self.server().await.unwrap();
        assert!(server.url().starts_with("https://"));
        let address = server.address();
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let served = tokio::spawn(server.run(async move {
            let _ = stopped.await;
        }));
        (address, stop, served)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Writes a file that only its owner may read beside the one that is there, and puts it in its place.
fn write(path: &Path, bytes: &[u8]) {
    let new = path.with_added_extension("new");
    std::fs::write(&new, bytes).unwrap();
    std::fs::set_permissions(&new, std::fs::Permissions::from_mode(0o600)).unwrap();
    std::fs::rename(new, path).unwrap();
}

fn connector(
    trusted: &[CertificateDer<'static>],
    versions: &[&'static SupportedProtocolVersion],
) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    for certificate in trusted {
        roots.add(certificate.clone()).unwrap();
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_protocol_versions(versions).unwrap();
    let mut config = builder.with_root_certificates(roots).with_no_client_auth();
    // A session that is taken up again shows the certificate that it began with.
    config.resumption = rustls::client::Resumption::disabled();
    TlsConnector::from(Arc::new(config))
}

async fn connect(address: SocketAddr, by: &TlsConnector) -> std::io::Result<TlsStream<TcpStream>> {
    let stream = TcpStream::connect(address).await?;
    by.connect(ServerName::try_from("localhost").unwrap(), stream).await
}

async fn get(address: SocketAddr, by: &TlsConnector, path: &str) -> std::io::Result<String> {
    let mut stream = connect(address, by).await?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

const BOTH: &[&SupportedProtocolVersion] = &[&rustls::version::TLS13, &rustls::version::TLS12];

#[tokio::test(flavor = "multi_thread")]
async fn https_is_spoken_by_real_clients() {
    let place = Place::new();
    let (address, stop, served) = place.serve().await;
    for version in BOTH {
        let by = connector(&[place.certificate()], &[version]);
        let answer = get(address, &by, "/sign-in").await.unwrap();
        let lower = answer.to_lowercase();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(lower.contains("strict-transport-security: max-age=63072000"), "{answer}");
        assert!(answer.contains("__Host-het-door=") && answer.contains("; Secure"), "{answer}");
        let figures = get(address, &by, "/metrics").await.unwrap();
        // 1 January 2040.
        assert!(figures.contains("\nhet_certificate_ends_seconds 2208988800\n"), "{figures}");
    }
    // Somebody who does not trust the certificate is not answered.
    assert!(get(address, &connector(&[], BOTH), "/").await.is_err());
    let folder = place.folder.clone();
    tokio::task::spawn_blocking(move || ask_with_tools(&folder, address.port())).await.unwrap();
    stop.send(()).unwrap();
    served.await.unwrap();
}

/// curl and openssl, where the machine has them.
fn ask_with_tools(folder: &Path, port: u16) {
    let certificate = folder.join("het.pem");
    let url = format!("https://localhost:{port}/health/live");
    match Command::new("curl")
        .args(["-sS", "--resolve", &format!("localhost:{port}:127.0.0.1"), "--cacert"])
        .arg(&certificate)
        .arg(&url)
        .output()
    {
        Ok(output) => assert_eq!(String::from_utf8_lossy(&output.stdout), "live\n", "{output:?}"),
        Err(_) => println!("skipped: there is no curl"),
    }
    for (version, spoken) in [("-tls1_3", true), ("-tls1_2", true), ("-tls1_1", false)] {
        let connect = format!("127.0.0.1:{port}");
        let asked = Command::new("openssl")
            .args([
                "s_client",
                "-connect",
                &connect,
                version,
                "-alpn",
                "http/1.1",
                "-verify_return_error",
                "-CAfile",
            ])
            .arg(&certificate)
            .stdin(std::process::Stdio::null())
            .output();
        match asked {
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stdout);
                let made = said.contains("ALPN protocol: http/1.1") && said.contains("Verify return code: 0");
                assert_eq!(made, spoken, "{version}: {said}");
            }
            Err(_) => println!("skipped: there is no openssl"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn certificates_are_renewed_under_load() {
    let place = Place::new();
    let (address, stop, served) = place.serve().await;
    let (done, asked) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let old = place.certificate();
    // What is to come is trusted before it is in use, as with an authority.
    let kept = (std::fs::read(place.files().certificate).unwrap(), std::fs::read(place.files().key).unwrap());
    let new = place.certify();
    let coming =
        (std::fs::read(place.files().certificate).unwrap(), std::fs::read(place.files().key).unwrap());
    let put = |(certificate, key): &(Vec<u8>, Vec<u8>)| {
        write(&place.files().key, key);
        write(&place.files().certificate, certificate);
    };
    put(&kept);
    let by = connector(&[old.clone(), new.clone()], BOTH);
    let askers: Vec<_> = (0..8)
        .map(|_| {
            let (by, done, asked) = (by.clone(), done.clone(), asked.clone());
            tokio::spawn(async move {
                while !done.load(Ordering::Relaxed) {
                    let answer = get(address, &by, "/health/live").await.unwrap();
                    assert!(answer.ends_with("live\n"), "{answer}");
                    asked.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    // A certificate that is none, and a key that everybody may read: the old one stays.
    write(&place.files().certificate, b"-----BEGIN CERTIFICATE-----\nnot one\n-----END CERTIFICATE-----\n");
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(shown(address, &by).await, old);
    put(&coming);
    std::fs::set_permissions(place.files().key, std::fs::Permissions::from_mode(0o644)).unwrap();
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(shown(address, &by).await, old);
    // Then a good one, found by itself.
    put(&coming);
    until_shown(address, &by, &new, Duration::from_secs(10)).await;
    done.store(true, Ordering::Relaxed);
    for asker in askers {
        asker.await.unwrap();
    }
    println!("{} connections while certificates changed, none failed", asked.load(Ordering::Relaxed));
    assert!(asked.load(Ordering::Relaxed) > 50);
    stop.send(()).unwrap();
    served.await.unwrap();
}

/// The certificate that a connection is shown.
async fn shown(address: SocketAddr, by: &TlsConnector) -> CertificateDer<'static> {
    let stream = connect(address, by).await.unwrap();
    stream.get_ref().1.peer_certificates().unwrap()[0].clone()
}

async fn until_shown(
    address: SocketAddr,
    by: &TlsConnector,
    wanted: &CertificateDer<'static>,
    most: Duration,
) {
    let began = Instant::now();
    while shown(address, by).await != *wanted {
        assert!(began.elapsed() < most, "the new certificate is not in use");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_gets_a_clear_end() {
    let place = Place::new();
    let (address, _stop, _served) = place.serve().await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    let read = tokio::time::timeout(Duration::from_secs(3), stream.read_to_string(&mut answer)).await;
    read.unwrap().unwrap();
    assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains("https://"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_handshakes_hold_nobody() {
    let place = Place::new();
    let (address, stop, served) = place.serve().await;
    let mut held = Vec::new();
    for number in 0..200_u8 {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(([127, 0, 0, 2], 0).into()).unwrap();
        let mut stream = socket.connect(address).await.unwrap();
        if number % 2 == 0 {
            // Half of them begin a handshake and stop in its middle.
            stream.write_all(&[22, 3, 1, 2, 0, 1]).await.unwrap();
        }
        held.push(stream);
    }
    let by = connector(&[place.certificate()], BOTH);
    let began = Instant::now();
    for _ in 0..20 {
        assert!(get(address, &by, "/health/live").await.unwrap().ends_with("live\n"));
    }
    println!("20 connections beside 200 that stand still: {:?}", began.elapsed());
    assert!(began.elapsed() < Duration::from_secs(5));
    // Those beyond what one address may have were let go at once, the others after ten seconds.
    let mut byte = [0];
    let ended = tokio::time::timeout(Duration::from_secs(2), held[199].read(&mut byte)).await.unwrap();
    assert!(matches!(ended, Ok(0) | Err(_)));
    let ended = tokio::time::timeout(Duration::from_secs(12), held[1].read(&mut byte)).await.unwrap();
    assert!(matches!(ended, Ok(0) | Err(_)));
    // One more stands still while het is told to stop, beside a connection that is kept open: neither holds it up.
    let still = TcpStream::connect(address).await.unwrap();
    let open = connect(address, &by).await.unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let began = Instant::now();
    stop.send(()).unwrap();
    served.await.unwrap();
    println!("stopped after {:?}", began.elapsed());
    assert!(began.elapsed() < Duration::from_secs(11));
    drop((still, open));
}

#[tokio::test]
async fn files_that_will_not_do_are_refused() {
    let refused = async |place: &Place, words: &str| {
        let error = place.server().await.err().unwrap().to_string();
        assert!(error.contains(words), "{error}");
        assert!(!error.contains("PRIVATE"), "{error}");
    };
    let place = Place::new();
    let (files, whole) = (place.files(), std::fs::read(place.files().key).unwrap());
    std::fs::set_permissions(&files.key, std::fs::Permissions::from_mode(0o644)).unwrap();
    refused(&place, "chmod 600").await;
    write(&files.key, b"");
    refused(&place, "no private key").await;
    let other = Place::new();
    write(&files.key, &std::fs::read(other.files().key).unwrap());
    refused(&place, "not the key of the certificate").await;
    write(&files.key, &whole);
    assert!(place.server().await.is_ok());
    write(&files.certificate, b"");
    refused(&place, "no certificate").await;
    std::fs::remove_file(&files.certificate).unwrap();
    refused(&place, "het.pem").await;
}

/// SIGHUP, by which a service manager says that files have changed.
#[tokio::test(flavor = "multi_thread")]
async fn sighup_is_no_end() {
    let place = Place::new();
    let (address, _stop, _served) = place.serve().await;
    let by = connector(&[place.certificate()], BOTH);
    assert!(get(address, &by, "/health/live").await.is_ok());
    let new = place.certify();
    let told = Command::new("kill").args(["-HUP", &std::process::id().to_string()]).status().unwrap();
    assert!(told.success());
    let by = connector(&[place.certificate(), new.clone()], BOTH);
    let began = Instant::now();
    while connect(address, &by).await.is_err() {
        assert!(began.elapsed() < Duration::from_millis(1_500), "SIGHUP is heard at once");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(shown(address, &by).await, new);
}
