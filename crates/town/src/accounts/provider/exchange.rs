//! What het and a provider say to each other, by the crate `openidconnect`: discovery, the address to send a browser to, the code that comes
//! back for an ID token, and whether that token is one.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::ToSpan;
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreGenderClaim, CoreIdToken, CoreJwsSigningAlgorithm,
    CoreProviderMetadata,
};
use openidconnect::{
    AuthenticationContextClass, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret,
    CsrfToken, EmptyAdditionalClaims, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce,
    OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, SubjectIdentifier,
    TokenResponse, UserInfoClaims,
};
use serde_json::Value;

use super::found::Found;
use super::http::Http;
use super::settings::Provider;
use super::{Claims, Turned};
use crate::Moment;
use crate::accounts::lifetime::older;

/// What was found out about a provider is asked again after this long.
const HOURS: i64 = 1;

type Ready = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What only this browser and this attempt know.
pub(super) struct Secrets<'a> {
    pub(super) state: &'a str,
    pub(super) nonce: &'a str,
    pub(super) verifier: &'a str,
}

/// The algorithms that a token may be signed with: with a key that the provider alone has. Never `none`, never the client's own secret.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

impl Provider {
    /// The address to send a browser to.
    pub(super) async fn address(
        &self,
        http: &Http,
        back: &str,
        secrets: Secrets<'_>,
        now: Moment,
    ) -> Result<String, Turned> {
        let client = self.client(http, back, false, now).await?;
        let verifier = PkceCodeVerifier::new(secrets.verifier.to_owned());
        let (state, nonce) = (secrets.state.to_owned(), secrets.nonce.to_owned());
        let asked = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                || CsrfToken::new(state),
                || Nonce::new(nonce),
            )
            .add_scopes(self.scopes.iter().cloned().map(Scope::new))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        let asked = self.acr_asked.iter().fold(asked, |asked, acr| {
            asked.add_auth_context_value(AuthenticationContextClass::new(acr.clone()))
        });
        Ok(asked.url().0.to_string())
    }

    /// What the token says that the code is given for.
    pub(super) async fn claims(
        &self,
        http: &Http,
        back: &str,
        (code, secrets): (&str, Secrets<'_>),
        now: Moment,
    ) -> Result<Claims, Turned> {
        let client = self.client(http, back, false, now).await?;
        let verifier = PkceCodeVerifier::new(secrets.verifier.to_owned());
        let given = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|_| Turned::Away)?
            .set_pkce_verifier(verifier)
            .request_async(http)
            .await;
        // An error may hold what was sent, so that nothing of it goes on.
        let given = given.map_err(|error| match error {
            openidconnect::RequestTokenError::ServerResponse(_) => Turned::Code,
            _ => Turned::Away,
        })?;
        let token = given.id_token().ok_or(Turned::Token)?;
        let nonce = Nonce::new(secrets.nonce.to_owned());
        let subject = match verified(&client, token, &nonce) {
            // The provider may have another key since it was last asked.
            Err(ClaimsVerificationError::SignatureVerification(_)) => {
                let client = self.client(http, back, true, now).await?;
                verified(&client, token, &nonce)
            }
            verified => verified,
        };
        let subject = subject.map_err(|_| Turned::Token)?;
        let mut all = payload(token).ok_or(Turned::Token)?;
        if self.ask_userinfo {
            let about: UserInfoClaims<EmptyAdditionalClaims, CoreGenderClaim> = client
                .user_info(given.access_token().clone(), Some(SubjectIdentifier::new(subject.clone())))
                .map_err(|_| Turned::Away)?
                .request_async(http)
                .await
                .map_err(|_| Turned::Away)?;
            if let Some(email) = about.email() {
                all["email"] = email.as_str().into();
                all["email_verified"] = about.email_verified().into();
            }
        }
        Ok(Claims { subject, all })
    }

    async fn client(&self, http: &Http, back: &str, anew: bool, now: Moment) -> Result<Ready, Turned> {
        let mut found = self.found.lock().await;
        let is_good = found.as_ref().is_some_and(|found| !anew && !older(&found.at, HOURS.hours(), now));
        if !is_good {
            let issuer = IssuerUrl::new(self.issuer.clone()).map_err(|_| Turned::Away)?;
            let metadata =
                CoreProviderMetadata::discover_async(issuer, http).await.map_err(|_| Turned::Away)?;
            *found = Some(Found { at: now.to_string(), metadata });
        }
        let metadata = found.as_ref().map(|found| found.metadata.clone()).ok_or(Turned::Away)?;
        let secret = self.client_secret.as_ref().map(|secret| ClientSecret::new(secret.to_string()));
        let back = RedirectUrl::new(back.to_owned()).map_err(|_| Turned::Away)?;
        let client =
            CoreClient::from_provider_metadata(metadata, ClientId::new(self.client_id.clone()), secret);
        Ok(client.set_redirect_uri(back))
    }
}

/// Whom the token is about, when it is signed by the provider, for het, for this attempt, and good now.
fn verified(client: &Ready, token: &CoreIdToken, nonce: &Nonce) -> Result<String, ClaimsVerificationError> {
    let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS);
    Ok(token.claims(&verifier, nonce)?.subject().to_string())
}

/// Everything that a token says, once it has been verified.
fn payload(token: &CoreIdToken) -> Option<Value> {
    let text = token.to_string();
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text.split('.').nth(1)?).ok()?;
    serde_json::from_slice(&bytes).ok()
}
