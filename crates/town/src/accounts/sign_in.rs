//! Signing in, being signed in, signing out.

use std::future::Future;
use std::time::Duration;

use jiff::ToSpan;
use store::Note;
use store::accounts::{self, Account, Session};

use super::lifetime::{has_ended, older, session_limits};
use super::token::{hash_of, random_token, session_id};
use crate::actor::Place;
use crate::{Actor, Moment, Result, Role, Settings, Town};

/// For so long a page waits for what is only noted in passing.
const IN_PASSING: Duration = Duration::from_millis(250);

/// A session that has just begun. The token goes to the browser and is kept nowhere else.
#[derive(Clone)]
pub struct Started {
    /// What the browser holds: 256 random bits in hexadecimal.
    pub token: String,
    /// Whether a code of the second factor is still to come: see [`Town::give_code`]. Until then nobody is signed in.
    pub needs_code: bool,
}

/// Somebody signed in, as each request finds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Who they are, to the use cases.
    pub actor: Actor,
    /// What they are called on screen.
    pub name: String,
    /// What every form of this session must carry.
    pub form_token: String,
    /// Whether they gave, or could be asked for, a second factor.
    pub has_second_factor: bool,
    /// Whether they may do nothing until they have set one up.
    pub must_enrol: bool,
}

impl SignedIn {
    /// The same under what the town has set: whoever must have a second factor and has none may do nothing else until then.
    #[must_use]
    pub fn under(self, settings: &Settings) -> SignedIn {
        let must_enrol = !self.has_second_factor && settings.second_factor_for.contains(&self.actor.role());
        if !must_enrol {
            return self;
        }
        SignedIn { actor: self.actor.confined(), must_enrol, ..self }
    }
}

impl Town {
    /// Signs somebody in. `None` when the address and password do not belong together; it takes as long either way.
    pub async fn sign_in(&self, email: &str, password: &str, now: Moment) -> Result<Option<Started>> {
        let db = self.store().reader();
        let account = accounts::account_by_email(db, &email.trim().to_lowercase()).await?;
        let account = account.filter(|account| account.disabled_at.is_none());
        let hash = account.as_ref().map(|account| account.password_hash.clone()).unwrap_or_default();
        let matches = super::password::matches(password.to_owned(), hash).await?;
        let Some(account) = account.filter(|_| matches) else { return Ok(None) };
        let write = self.store().write().await?;
        let needs_code = account.has_second_factor();
        let action = if needs_code { "give password" } else { "sign in" };
        Ok(Some(
            self.start(write, &account, Beginning { needs_code, action, ..Beginning::default() }, now)
                .await?,
        ))
    }

    /// Begins a session of an account, in the same transaction as whatever `write` holds; sessions that have ended go.
    pub(super) async fn start(
        &self,
        write: store::Write,
        account: &Account,
        how: Beginning<'_>,
        now: Moment,
    ) -> Result<Started> {
        let (token, mut session) = new_session(account.id, now)?;
        (session.needs_code, session.vouched) = (how.needs_code, how.vouched);
        if let Some(form_token) = how.form_token {
            session.form_token = form_token;
        }
        let (idle, begun) = session_limits();
        let before = |span: jiff::Span| now.checked_sub(span).unwrap_or(now).to_string();
        accounts::end_stale_sessions(write.reader(), &before(idle), &before(begun)).await?;
        accounts::start_session(write.reader(), &session).await?;
        let subject = format!("account {}", account.email);
        let detail = serde_json::json!({ "session": session_id(&token) });
        write.commit_session(&crate::entry(&actor_of(account), how.action, subject, detail)).await?;
        Ok(Started { token, needs_code: how.needs_code })
    }

    /// Who holds this token, if their session has not ended by `now`.
    pub async fn signed_in(&self, token: &str, now: Moment) -> Result<Option<SignedIn>> {
        let db = self.store().reader();
        let token_hash = hash_of(token);
        let Some(session) = accounts::held_session(db, &token_hash).await? else { return Ok(None) };
        if has_ended(&session.created_at, &session.seen_at, now) {
            self.in_passing(async move |note| accounts::end_session(note.reader(), &token_hash).await)
                .await?;
            return Ok(None);
        }
        if session.needs_code {
            return Ok(None);
        }
        let Some(role) = Role::from_code(&session.role).filter(|_| session.disabled_at.is_none()) else {
            return Ok(None);
        };
        // Being seen is noted at most once a minute: a page is not a write.
        if older(&session.seen_at, 1.minute(), now) {
            let at = now.to_string();
            self.in_passing(async move |note| accounts::touch_session(note.reader(), &token_hash, &at).await)
                .await?;
        }
        let place = Place {
            member: session.member_id,
            subgroup: session.subgroup_id,
            organisation: session.organisation_id,
        };
        Ok(Some(SignedIn {
            actor: Actor::account(&session.email, role).placed(place),
            name: session.name,
            form_token: session.form_token,
            has_second_factor: session.has_second_factor,
            must_enrol: false,
        }))
    }

    /// Notes what no page rests on. It is left out while others of this process write or the disk is full, and waited for no longer than a
    /// quarter of a second: pages can be read whatever is being written.
    async fn in_passing<F>(&self, noting: impl FnOnce(Note) -> F) -> Result<()>
    where
        F: Future<Output = store::Result<()>> + Send + 'static,
    {
        let Some(note) = self.store().note_at_once() else { return Ok(()) };
        match tokio::time::timeout(IN_PASSING, tokio::spawn(noting(note))).await {
            Ok(Ok(Err(error))) if error.passing().is_none() => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Ends the session of this token. One that has ended already leaves no trace.
    pub async fn sign_out(&self, token: &str) -> Result<()> {
        let write = self.store().write().await?;
        let hash = hash_of(token);
        let Some(session) = accounts::session_by_token(write.reader(), &hash).await? else {
            return Ok(write.abandon().await?);
        };
        accounts::end_session(write.reader(), &hash).await?;
        let account = accounts::account_by_id(write.reader(), session.account_id).await?;
        let email = account.map(|account| account.email).unwrap_or_default();
        let (actor, subject) = (Actor::account(&email, Role::Public), format!("account {email}"));
        let detail = serde_json::json!({ "session": session_id(token) });
        Ok(write.commit_session(&crate::entry(&actor, "sign out", subject, detail)).await?)
    }
}

/// How a session begins.
#[derive(Default)]
pub(super) struct Beginning<'a> {
    /// Whether a second factor is still to come.
    pub(super) needs_code: bool,
    /// Whether a provider said that one was given to it.
    pub(super) vouched: bool,
    /// What the audit log calls it.
    pub(super) action: &'a str,
    /// What its forms carry, when it takes the place of another session whose forms are to stay good.
    pub(super) form_token: Option<String>,
}

/// The owner of an account, as the audit log names them.
pub(super) fn actor_of(account: &Account) -> Actor {
    Actor::account(&account.email, Role::from_code(&account.role).unwrap_or(Role::Public))
}

/// A session that begins now, and its token.
pub(super) fn new_session(account_id: i64, now: Moment) -> Result<(String, Session)> {
    let (token, form_token) = (random_token(32)?, random_token(32)?);
    let session = Session {
        token_hash: hash_of(&token),
        account_id,
        form_token,
        created_at: now.to_string(),
        seen_at: now.to_string(),
        needs_code: false,
        wrong_codes: 0,
        vouched: false,
    };
    Ok((token, session))
}
