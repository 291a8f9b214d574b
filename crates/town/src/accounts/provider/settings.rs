//! What a town says of its providers, in a file of its own: one table for each.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use serde::Deserialize;
use tokio::sync::Mutex;
use url::Url;
use zeroize::Zeroizing;

use super::found::Found;
use super::http::Http;
use crate::accounts::site::is_safe;
use crate::{Error, Result};

/// One table of the file, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    label: String,
    issuer: String,
    client_id: String,
    client_secret_file: Option<PathBuf>,
    client_secret_env: Option<String>,
    #[serde(default)]
    scopes: Vec<String>,
    email_claim: Option<String>,
    verified_claim: Option<String>,
    #[serde(default)]
    emails_are_verified: bool,
    #[serde(default)]
    ask_userinfo: bool,
    #[serde(default)]
    tenants: Vec<String>,
    #[serde(default)]
    acr_asked: Vec<String>,
    #[serde(default)]
    acr_accepted: Vec<String>,
    #[serde(default)]
    second_factor_acr: Vec<String>,
    #[serde(default)]
    second_factor_amr: Vec<String>,
}

/// A provider at whom people of the town have an account already: their council, the NHS.
pub struct Provider {
    /// What it is called in addresses: the name of its table in the file.
    pub code: String,
    /// What the button says: `your council account`.
    pub label: String,
    pub(super) issuer: String,
    pub(super) client_id: String,
    pub(super) client_secret: Option<Zeroizing<String>>,
    pub(super) scopes: Vec<String>,
    /// Which claim is the address that an account is known by.
    pub(super) email_claim: String,
    /// Which claim says that the address was proved to be theirs; none when the provider gives nobody an address that is not.
    pub(super) verified_claim: Option<String>,
    pub(super) ask_userinfo: bool,
    /// The tenants (`tid`) whose people are let in; everybody whom the issuer knows when empty.
    pub(super) tenants: Vec<String>,
    /// How sure the provider is asked to be (`acr_values`).
    pub(super) acr_asked: Vec<String>,
    /// What it has to answer (`acr`); anything when empty.
    pub(super) acr_accepted: Vec<String>,
    /// What of that stands for a second factor.
    pub(super) second_factor_acr: Vec<String>,
    /// Which ways of signing in (`amr`) stand for a second factor.
    pub(super) second_factor_amr: Vec<String>,
    /// What was found out about it, until it is old.
    pub(super) found: Mutex<Option<Found>>,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provider")
            .field("code", &self.code)
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

/// Every provider of a town; none unless it says so. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Providers(Option<Arc<Kept>>);

#[derive(Debug)]
struct Kept {
    all: Vec<Provider>,
    http: Http,
}

impl Providers {
    /// Reads the file's text; secrets are read from where it says they are.
    ///
    /// # Errors
    /// [`Error::Refused`] naming the table and what is wrong with it.
    pub fn parse(text: &str) -> Result<Providers> {
        let tables: BTreeMap<String, Written> =
            toml::from_str(text).map_err(|error| Error::refused("providers", error.to_string()))?;
        let all =
            tables.into_iter().map(|(code, written)| written.provider(code)).collect::<Result<Vec<_>>>()?;
        if all.is_empty() {
            return Ok(Providers::default());
        }
        Ok(Providers(Some(Arc::new(Kept { all, http: Http::new()? }))))
    }

    /// Every one, by code.
    pub fn all(&self) -> &[Provider] {
        self.0.as_deref().map(|kept| kept.all.as_slice()).unwrap_or_default()
    }

    /// The one of this code, and what it is asked by.
    pub(super) fn of(&self, code: &str) -> Option<(&Provider, &Http)> {
        let kept = self.0.as_deref()?;
        kept.all.iter().find(|provider| provider.code == code).map(|provider| (provider, &kept.http))
    }
}

impl Written {
    fn provider(self, code: String) -> Result<Provider> {
        let refuse = |words: String| Err(Error::refused(format!("provider {code}"), words));
        let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if code.is_empty() || !code.chars().all(plain) {
            return refuse("name the table with small letters, figures and hyphens".to_owned());
        }
        if !Url::parse(&self.issuer).is_ok_and(|issuer| is_safe(&issuer)) {
            return refuse(format!("the issuer {} has to be reached by https", self.issuer));
        }
        if self.label.trim().is_empty() || self.client_id.trim().is_empty() {
            return refuse("write a label and a client-id".to_owned());
        }
        if self.emails_are_verified && self.verified_claim.is_some() {
            return refuse("either emails-are-verified or a verified-claim".to_owned());
        }
        let client_secret = match (self.client_secret_file, self.client_secret_env) {
            (None, None) => None,
            (Some(_), Some(_)) => {
                return refuse("the secret is either in a file or in the environment".to_owned());
            }
            (Some(file), None) => match std::fs::read_to_string(&file) {
                Ok(text) => Some(Zeroizing::new(text.trim().to_owned())),
                Err(error) => return refuse(format!("{}: {error}", file.display())),
            },
            (None, Some(name)) => match std::env::var(&name) {
                Ok(text) => Some(Zeroizing::new(text.trim().to_owned())),
                Err(_) => return refuse(format!("there is no {name} in the environment")),
            },
        };
        if client_secret.as_ref().is_some_and(|secret| secret.is_empty()) {
            return refuse("the secret is empty".to_owned());
        }
        let verified = self.verified_claim.unwrap_or_else(|| "email_verified".to_owned());
        Ok(Provider {
            label: self.label.trim().to_owned(),
            issuer: self.issuer,
            client_id: self.client_id,
            client_secret,
            scopes: if self.scopes.is_empty() { vec!["email".into(), "profile".into()] } else { self.scopes },
            email_claim: self.email_claim.unwrap_or_else(|| "email".to_owned()),
            verified_claim: (!self.emails_are_verified).then_some(verified),
            ask_userinfo: self.ask_userinfo,
            tenants: self.tenants,
            acr_asked: self.acr_asked,
            acr_accepted: self.acr_accepted,
            second_factor_acr: self.second_factor_acr,
            second_factor_amr: self.second_factor_amr,
            found: Mutex::default(),
            code,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(more: &str, expected: Option<&str>) {
        let text = format!("[council]\nlabel = 'Council'\nclient-id = 'het'\n{more}");
        let read = Providers::parse(&text);
        match (expected, read) {
            (None, Ok(read)) => assert_eq!(read.all()[0].code, "council"),
            (Some(words), Err(error)) => assert!(error.to_string().contains(words), "{error}"),
            (expected, read) => panic!("{more}: {expected:?}, {read:?}"),
        }
    }

    #[test]
    fn a_file_is_read_or_says_what_is_wrong() {
        let issuer = "issuer = 'https://login.example.org/v2.0'\n";
        check(issuer, None);
        check("issuer = 'http://127.0.0.1:9000'", None);
        check("issuer = 'http://login.example.org'", Some("https"));
        check("issuer = 'login'", Some("https"));
        check("", Some("issuer"));
        check(&format!("{issuer}secret = 'x'"), Some("secret"));
        check(&format!("{issuer}client-secret-env = 'HET_NOT_SET_ANYWHERE'"), Some("environment"));
        check(&format!("{issuer}client-secret-file = '/nowhere/at/all'"), Some("/nowhere/at/all"));
        check(&format!("{issuer}emails-are-verified = true\nverified-claim = 'x'"), Some("either"));
        assert!(Providers::parse("").unwrap().all().is_empty());
        assert!(
            Providers::parse("['A b']\nlabel = 'x'\nclient-id = 'x'\nissuer = 'https://x.example'").is_err()
        );
    }

    #[test]
    fn a_secret_does_not_print() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "very-secret\n").unwrap();
        let text = format!(
            "[council]\nlabel = 'x'\nclient-id = 'het'\nissuer = 'https://x.example'\nclient-secret-file = '{}'",
            file.path().display()
        );
        let read = Providers::parse(&text).unwrap();
        assert_eq!(read.all()[0].client_secret.as_deref().map(String::as_str), Some("very-secret"));
        assert!(!format!("{read:?}").contains("very-secret"));
    }
}
