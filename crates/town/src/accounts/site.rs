//! Where browsers reach het: what passkeys and providers are bound to.

use url::{Host, Url};

/// The address under which browsers reach het: `https://het.example.org`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site(Url);

impl Site {
    /// Reads an address. Only this machine itself may be reached without HTTPS.
    ///
    /// # Errors
    /// What is wrong with it, in plain words.
    pub fn parse(address: &str) -> Result<Site, String> {
        let url = Url::parse(address.trim()).map_err(|error| format!("{address} is no address: {error}"))?;
        if !is_safe(&url) {
            return Err(format!("{address}: browsers have to reach het by https"));
        }
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        if !bare || !url.username().is_empty() || url.password().is_some() {
            return Err(format!(
                "{address}: write only https:// and the name, such as https://het.example.org"
            ));
        }
        Ok(Site(url))
    }

    /// This machine, on a port: `http://localhost:8080`.
    pub fn on_this_machine(port: u16) -> Option<Site> {
        Site::parse(&format!("http://localhost:{port}")).ok()
    }

    /// The whole address of a path.
    pub fn address_of(&self, path: &str) -> String {
        format!("{}{path}", self.0.origin().ascii_serialization())
    }

    /// What passkeys are bound to: the name of the machine. `None` where it is reached by a number, which browsers allow for no passkey.
    pub fn name(&self) -> Option<&str> {
        self.0.domain()
    }

    pub(super) fn url(&self) -> &Url {
        &self.0
    }
}

/// Whether an address is of HTTPS, or of this very machine.
pub(super) fn is_safe(url: &Url) -> bool {
    let here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "https" && url.has_host() || url.scheme() == "http" && here
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_reached_without_https() {
        let check = |address: &str, expected: Option<&str>| {
            let read = Site::parse(address).ok().map(|site| site.address_of("/x"));
            assert_eq!(read.as_deref(), expected, "{address}");
        };
        check("https://het.example.org", Some("https://het.example.org/x"));
        check(" https://het.example.org:8443/ ", Some("https://het.example.org:8443/x"));
        check("http://localhost:8080", Some("http://localhost:8080/x"));
        check("http://127.0.0.1:8080", Some("http://127.0.0.1:8080/x"));
        check("http://[::1]:8080", Some("http://[::1]:8080/x"));
        check("http://het.example.org", None);
        check("http://localhost.example.org", None);
        check("https://het.example.org/het", None);
        check("https://somebody@het.example.org", None);
        check("ftp://localhost", None);
        check("het.example.org", None);
        check("", None);
    }

    #[test]
    fn passkeys_need_a_name() {
        assert_eq!(Site::parse("https://het.example.org:8443").unwrap().name(), Some("het.example.org"));
        assert_eq!(Site::parse("http://127.0.0.1:8080").unwrap().name(), None);
    }
}
