//! Signing in with the account of a provider: the council's Entra ID, NHS Care Identity Service 2, anything that speaks OpenID Connect.
//!
//! The authorization code flow with proof of key (RFC 7636). State, nonce and proof are made for each attempt, are good once and for ten
//! minutes, and are bound to the browser by a cookie. Nobody is given an account by a provider: whoever comes for the first time is linked
//! to the account of the same address, when the provider says that it proved the address to be theirs; from then on the provider's own
//! name for them (issuer and subject) is what counts.

mod exchange;
mod found;
mod http;
mod settings;

use jiff::ToSpan;
use serde_json::Value;
use store::accounts::{self, Account, ProviderVisit};

use self::exchange::Secrets;
pub use self::settings::{Provider, Providers};
use super::lifetime::older;
use super::sign_in::{Beginning, actor_of};
use super::token::{hash_of, random_token};
use super::{Site, Started};
use crate::{Error, Moment, Result, Role, Town};

/// So long after a browser was sent it may come back.
const PATIENCE_MINUTES: i64 = 10;

/// Why somebody who came back from a provider is not signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turned {
    /// This browser was not sent, has come back already, or took too long.
    Stale,
    /// The provider says that they did not sign in there.
    There,
    /// The provider does not answer, or not as it should.
    Away,
    /// The provider does not know the code (any more).
    Code,
    /// The token is not signed by the provider for het, for this attempt, now.
    Token,
    /// They are of a tenant that is not let in, or the provider was not sure enough of them.
    Assurance,
    /// The provider gives no address, or does not say that it is theirs.
    Unverified,
    /// No account has this address.
    Unknown,
    /// The account of this address is somebody else's at the provider.
    Other,
    /// The account is shut.
    Shut,
}

impl Turned {
    /// What the page says, and what to do.
    pub fn words(self) -> &'static str {
        match self {
            Turned::Stale => "That took too long, or was done already. Try again",
            Turned::There => "You did not sign in there. Try again, or sign in with your password",
            Turned::Away => {
                "The other service does not answer just now. Try again later, or sign in with your password"
            }
            Turned::Code | Turned::Token => "The other service's answer was not accepted. Try again",
            Turned::Assurance => {
                "Your account there is not one that your town lets in, or you did not sign in there strongly enough"
            }
            Turned::Unverified => {
                "The other service does not say that your email address is yours. Ask whoever looks after your account there"
            }
            Turned::Unknown => {
                "Nobody here has your email address. Ask whoever looks after het in your town for an account"
            }
            Turned::Other => {
                "The account with your email address belongs to somebody else's account there. Ask whoever looks after het in your town"
            }
            Turned::Shut => "Your account here is shut. Ask whoever looks after het in your town",
        }
    }

    /// What the log calls it.
    pub fn code(self) -> &'static str {
        match self {
            Turned::Stale => "stale",
            Turned::There => "refused there",
            Turned::Away => "no answer",
            Turned::Code => "code not known",
            Turned::Token => "token not valid",
            Turned::Assurance => "not assured",
            Turned::Unverified => "email not verified",
            Turned::Unknown => "no account",
            Turned::Other => "account of another",
            Turned::Shut => "account shut",
        }
    }
}

/// A browser about to be sent to a provider.
pub struct Leaving {
    /// The address that it is sent to.
    pub address: String,
    /// What it has to hold when it comes back.
    pub browser: String,
}

/// What a browser brings back.
pub struct Returned<'a> {
    /// What it has held since it was sent.
    pub browser: Option<&'a str>,
    /// What the provider was told to give back.
    pub state: &'a str,
    /// What a token is given for.
    pub code: Option<&'a str>,
    /// Who says so (RFC 9207), where the provider says it.
    pub issuer: Option<&'a str>,
}

/// Somebody signed in, and the page they wanted.
pub struct Arrived {
    /// Their session.
    pub started: Started,
    /// Where they were going.
    pub goes_to: String,
}

/// What a verified token says.
struct Claims {
    subject: String,
    all: Value,
}

impl Claims {
    fn text(&self, claim: &str) -> Option<&str> {
        self.all.get(claim)?.as_str()
    }

    fn is_true(&self, claim: &str) -> bool {
        match self.all.get(claim) {
            Some(Value::Bool(yes)) => *yes,
            Some(Value::String(text)) => ["true", "1"].contains(&text.as_str()),
            Some(Value::Number(number)) => number.as_u64() == Some(1),
            _ => false,
        }
    }

    fn any_of(&self, claim: &str, accepted: &[String]) -> bool {
        let is = |value: &Value| value.as_str().is_some_and(|text| accepted.iter().any(|one| one == text));
        match self.all.get(claim) {
            Some(Value::Array(values)) => values.iter().any(is),
            Some(value) => is(value),
            None => false,
        }
    }
}

impl Provider {
    /// Whether whoever the token is about may come in at all.
    fn lets_in(&self, claims: &Claims) -> bool {
        let tenant = self.tenants.is_empty() || claims.any_of("tid", &self.tenants);
        tenant && (self.acr_accepted.is_empty() || claims.any_of("acr", &self.acr_accepted))
    }

    fn vouches(&self, claims: &Claims) -> bool {
        claims.any_of("acr", &self.second_factor_acr) || claims.any_of("amr", &self.second_factor_amr)
    }

    /// The address that the provider has proved to be theirs.
    fn verified_email(&self, claims: &Claims) -> Option<String> {
        let proved = self.verified_claim.as_ref().is_none_or(|claim| claims.is_true(claim));
        let email = claims.text(&self.email_claim)?.trim().to_lowercase();
        (proved && email.contains('@') && email.len() <= 254).then_some(email)
    }

    fn back(&self, site: &Site) -> String {
        site.address_of(&format!("/sign-in/with/{}/return", self.code))
    }
}

impl Town {
    /// The same town, with providers at whom its people may sign in.
    #[must_use]
    pub fn with_providers(self, providers: Providers) -> Town {
        Town { providers, ..self }
    }

    /// The providers at whom people may sign in.
    pub fn providers(&self) -> &[Provider] {
        self.providers.all()
    }

    /// Sends a browser to a provider.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the town has no provider of this code.
    pub async fn go_to_provider(
        &self,
        code: &str,
        site: &Site,
        goes_to: &str,
        now: Moment,
    ) -> Result<std::result::Result<Leaving, Turned>> {
        let (provider, http) = self.provider(code)?;
        let (state, nonce, verifier) = (random_token(32)?, random_token(32)?, random_token(32)?);
        let browser = random_token(32)?;
        let secrets = Secrets { state: &state, nonce: &nonce, verifier: &verifier };
        let address = match provider.address(http, &provider.back(site), secrets, now).await {
            Ok(address) => address,
            Err(turned) => return Ok(Err(turned)),
        };
        let visit = ProviderVisit {
            state_hash: hash_of(&state),
            browser_hash: hash_of(&browser),
            provider: provider.code.clone(),
            nonce,
            verifier,
            goes_to: goes_to.to_owned(),
            created_at: now.to_string(),
        };
        let forget = now.checked_sub(PATIENCE_MINUTES.minutes()).unwrap_or(now).to_string();
        accounts::send_to_provider(self.store().note().await?.reader(), &visit, &forget).await?;
        Ok(Ok(Leaving { address, browser }))
    }

    /// Signs in whoever comes back from a provider, or says why not.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the town has no provider of this code.
    pub async fn come_from_provider(
        &self,
        code: &str,
        site: &Site,
        returned: Returned<'_>,
        now: Moment,
    ) -> Result<std::result::Result<Arrived, Turned>> {
        let (provider, http) = self.provider(code)?;
        let state = hash_of(returned.state);
        let sent = accounts::take_provider_visit(self.store().note().await?.reader(), &state).await?;
        let is_same = |sent: &ProviderVisit| {
            sent.provider == provider.code
                && returned.browser.is_some_and(|browser| hash_of(browser) == sent.browser_hash)
                && !older(&sent.created_at, PATIENCE_MINUTES.minutes(), now)
        };
        let Some(sent) = sent.filter(is_same) else { return Ok(Err(Turned::Stale)) };
        if returned.issuer.is_some_and(|issuer| issuer != provider.issuer) {
            return Ok(Err(Turned::Token));
        }
        let Some(given) = returned.code else { return Ok(Err(Turned::There)) };
        let secrets = Secrets { state: returned.state, nonce: &sent.nonce, verifier: &sent.verifier };
        let claims = match provider.claims(http, &provider.back(site), (given, secrets), now).await {
            Ok(claims) if provider.lets_in(&claims) => claims,
            Ok(_) => return Ok(Err(Turned::Assurance)),
            Err(turned) => return Ok(Err(turned)),
        };
        let account = match self.account_at(provider, &claims, now).await? {
            Ok(account) => account,
            Err(turned) => return Ok(Err(turned)),
        };
        let vouched = provider.vouches(&claims);
        let needs_code = !vouched && account.has_second_factor();
        let action = format!("{} with {}", if needs_code { "come" } else { "sign in" }, provider.code);
        let write = self.store().write().await?;
        let how = Beginning { needs_code, vouched, action: &action, form_token: None };
        let started = self.start(write, &account, how, now).await?;
        Ok(Ok(Arrived { started, goes_to: sent.goes_to }))
    }

    /// The account of whoever a token is about: that which is linked to them, or, the first time, that of their address.
    async fn account_at(
        &self,
        provider: &Provider,
        claims: &Claims,
        now: Moment,
    ) -> Result<std::result::Result<Account, Turned>> {
        let open = |account: Account| {
            let is_open = account.disabled_at.is_none() && Role::from_code(&account.role).is_some();
            if is_open { Ok(account) } else { Err(Turned::Shut) }
        };
        let write = self.store().write().await?;
        let (issuer, subject) = (provider.issuer.as_str(), claims.subject.as_str());
        if let Some(account) = accounts::account_by_identity(write.reader(), issuer, subject).await? {
            write.abandon().await?;
            return Ok(open(account));
        }
        let found = match provider.verified_email(claims) {
            None => Err(Turned::Unverified),
            Some(email) => match accounts::account_by_email(write.reader(), &email).await? {
                None => Err(Turned::Unknown),
                Some(account) => match open(account) {
                    Ok(account) if accounts::is_linked(write.reader(), account.id, issuer).await? => {
                        Err(Turned::Other)
                    }
                    open => open,
                },
            },
        };
        match found {
            Ok(account) => {
                accounts::link_identity(&write, account.id, issuer, subject, &now.to_string()).await?;
                let detail = serde_json::json!({ "provider": provider.code, "issuer": issuer });
                let about = format!("account {}", account.email);
                write.commit_session(&crate::entry(&actor_of(&account), "link", about, detail)).await?;
                Ok(Ok(account))
            }
            Err(turned) => {
                write.abandon().await?;
                Ok(Err(turned))
            }
        }
    }

    fn provider(&self, code: &str) -> Result<(&Provider, &http::Http)> {
        let found = self.providers.of(code);
        found.ok_or_else(|| Error::NotFound { what: "provider", value: code.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(more: &str) -> Providers {
        let text = format!("[council]\nlabel = 'x'\nclient-id = 'het'\nissuer = 'https://x.example'\n{more}");
        Providers::parse(&text).unwrap()
    }

    fn claims(all: Value) -> Claims {
        Claims { subject: "somebody".into(), all }
    }

    #[test]
    fn only_an_address_that_was_proved_counts() {
        let check = |more: &str, all: Value, expected: Option<&str>| {
            let found = provider(more).all()[0].verified_email(&claims(all.clone()));
            assert_eq!(found.as_deref(), expected, "{more} {all}");
        };
        let json = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        check("", json(r#"{"email":"Ada@Example.org","email_verified":true}"#), Some("ada@example.org"));
        check("", json(r#"{"email":"ada@example.org","email_verified":false}"#), None);
        check("", json(r#"{"email":"ada@example.org","email_verified":"no"}"#), None);
        check("", json(r#"{"email":"ada@example.org"}"#), None);
        check("", json(r#"{"email_verified":true}"#), None);
        check("emails-are-verified = true", json(r#"{"email":"ada@example.org"}"#), Some("ada@example.org"));
        let entra = "verified-claim = 'xms_edov'\nemail-claim = 'upn'";
        for edov in ["true", "1", "\"1\"", "\"true\""] {
            let all = json(&format!(r#"{{"upn":"ada@example.org","xms_edov":{edov}}}"#));
            check(entra, all, Some("ada@example.org"));
        }
        check(entra, json(r#"{"upn":"ada@example.org","email_verified":true}"#), None);
        check(entra, json(r#"{"upn":"ada","xms_edov":true}"#), None);
    }

    #[test]
    fn tenants_and_assurance_are_held_to() {
        let check = |more: &str, all: Value, expected: (bool, bool)| {
            let providers = provider(more);
            let (one, claims) = (&providers.all()[0], claims(all));
            assert_eq!((one.lets_in(&claims), one.vouches(&claims)), expected, "{more}");
        };
        let json = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        check("", json("{}"), (true, false));
        check("tenants = ['t1']", json("{}"), (false, false));
        check("tenants = ['t1']", json(r#"{"tid":"t2"}"#), (false, false));
        check("tenants = ['t1']", json(r#"{"tid":"t1"}"#), (true, false));
        let cis2 = "acr-accepted = ['AAL3_ANY']\nsecond-factor-acr = ['AAL3_ANY']";
        check(cis2, json(r#"{"acr":"AAL2_OR_AAL3_ANY"}"#), (false, false));
        check(cis2, json(r#"{"acr":"AAL3_ANY"}"#), (true, true));
        check("second-factor-amr = ['mfa']", json(r#"{"amr":["pwd","mfa"]}"#), (true, true));
        check("second-factor-amr = ['mfa']", json(r#"{"amr":["pwd"]}"#), (true, false));
    }
}
