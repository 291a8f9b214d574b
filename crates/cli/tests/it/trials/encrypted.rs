//! The connection to PostgreSQL is encrypted, and its certificate checked, where the address asks for it.

use std::process::Command;

use super::cluster::Cluster;
use crate::program::Place;

#[test]
fn the_way_to_postgres_is_encrypted() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str| {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let path = |ending: &str| folder.path().join(format!("{name}.{ending}"));
        std::fs::write(path("pem"), made.cert.pem()).unwrap();
        std::fs::write(path("key"), made.signing_key.serialize_pem()).unwrap();
        // The server takes a key that its owner, or root and its group, alone may read.
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        std::fs::set_permissions(path("key"), mode).unwrap();
        (path("pem"), path("key"))
    };
    let ((certificate, key), (other, _)) = (write("server"), write("other"));
    // Where the server runs as another user, the key is that user's.
    let _ = Command::new("chown").arg("-R").arg("postgres").arg(folder.path()).status();
    let settings =
        format!("ssl=on\nssl_cert_file='{}'\nssl_key_file='{}'", certificate.display(), key.display());
    let Some(cluster) = Cluster::start(None, &settings) else { return };
    let place = |options: &str| {
        let url = cluster.place().url.unwrap().replace("127.0.0.1", "localhost");
        Place { url: Some(format!("{url}?{options}")), ..Place::sqlite() }
    };
    let trusting = format!("sslmode=verify-full&sslrootcert={}", certificate.display());
    assert!(place(&trusting).doctor().contains("connection encrypted"), "{}", place(&trusting).doctor());
    assert!(place("sslmode=require").doctor().contains("connection encrypted"));
    let plain = place("sslmode=disable").doctor();
    assert!(plain.contains("not encrypted, and the server is on this machine"), "{plain}");
    // Another certificate, or another name than the one in it.
    let stranger = place(&format!("sslmode=verify-full&sslrootcert={}", other.display()));
    assert!(stranger.refused(&["doctor"], 1).contains("could not be opened"));
    let mut elsewhere = place(&trusting);
    elsewhere.url = elsewhere.url.map(|url| url.replace("localhost", "127.0.0.1"));
    assert!(elsewhere.refused(&["doctor"], 1).contains("could not be opened"));
}
