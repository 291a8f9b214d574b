//! Cookies: three that browsers hold, one that says what was just done. All are strictly needed, so nobody is asked.

use axum::http::{HeaderMap, HeaderValue, header};

/// The cookies that het sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cookie {
    /// The token of a session.
    Session,
    /// What a form of somebody not signed in must match.
    Door,
    /// What a browser holds while it is at a provider.
    Provider,
    /// What was just done, for the next page to say.
    Notice,
}

impl Cookie {
    fn name(self, https: bool) -> String {
        let name = match self {
            Cookie::Session => "het-session",
            Cookie::Door => "het-door",
            Cookie::Provider => "het-provider",
            Cookie::Notice => "het-notice",
        };
        // `__Host-` makes browsers refuse the cookie unless it is Secure, for the whole site, and set by this very host.
        if https { format!("__Host-{name}") } else { name.to_owned() }
    }

    fn seconds(self) -> u32 {
        match self {
            Cookie::Session => 12 * 60 * 60,
            Cookie::Door => 60 * 60,
            Cookie::Provider => 10 * 60,
            Cookie::Notice => 60,
        }
    }

    /// Its value in a request.
    pub(crate) fn read(self, headers: &HeaderMap, https: bool) -> Option<String> {
        let name = self.name(https);
        let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        all.flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value.to_owned())
    }

    /// The header that sets it. `value` holds only letters, digits and hyphens.
    pub(crate) fn set(self, value: &str, https: bool) -> Option<HeaderValue> {
        self.header(value, self.seconds(), https)
    }

    /// The header that takes it away.
    pub(crate) fn clear(self, https: bool) -> Option<HeaderValue> {
        self.header("", 0, https)
    }

    fn header(self, value: &str, seconds: u32, https: bool) -> Option<HeaderValue> {
        let secure = if https { "; Secure" } else { "" };
        let name = self.name(https);
        let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
        HeaderValue::from_str(&text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let check = |header: &str, https, expected: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, HeaderValue::from_str(header).unwrap());
            assert_eq!(Cookie::Session.read(&headers, https).as_deref(), expected, "{header}");
        };
        check("het-session=abc", false, Some("abc"));
        check("a=b; het-session=abc; c=d", false, Some("abc"));
        check("x-het-session=abc", false, None);
        check("het-session=abc", true, None);
        check("__Host-het-session=abc", true, Some("abc"));
        check("nonsense", false, None);
    }

    #[test]
    fn over_https_a_cookie_is_secure() {
        let set = Cookie::Session.set("ab12", true).unwrap();
        assert_eq!(set, "__Host-het-session=ab12; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure");
        assert!(!Cookie::Session.set("ab12", false).unwrap().to_str().unwrap().contains("Secure"));
    }
}
