//! Looking after other people's accounts.

use store::accounts::{self, Account};

use crate::editing::Checks;
use crate::{Actor, Error, Moment, Permission, Result, Role, Town};

/// An account, as whoever looks after accounts sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Its number, by which its page is found.
    pub id: i64,
    /// The address they sign in with.
    pub email: String,
    /// What they are called on screen.
    pub name: String,
    /// Their role's code.
    pub role: String,
    /// Whether they have chosen a password.
    pub has_password: bool,
    /// Whether they have a second factor.
    pub has_second_factor: bool,
    /// The code of the member that they are; empty for none.
    pub member: String,
    /// The name of the organisation that they are a guest of; empty for none.
    pub organisation: String,
    /// When the account was shut, if it was.
    pub disabled_at: Option<String>,
}

impl Town {
    /// Every account, by name.
    pub async fn users(&self, actor: &Actor) -> Result<Vec<User>> {
        actor.require(Permission::Administer)?;
        let found = accounts::accounts(self.store().reader()).await?;
        let programme = self.programme().await?;
        let member = |id: Option<i64>| programme.member(id).map(|m| m.code.clone()).unwrap_or_default();
        let organisation = |id: Option<i64>| {
            let found = programme.organisations.iter().find(|organisation| Some(organisation.id) == id);
            found.map(|organisation| organisation.name.clone()).unwrap_or_default()
        };
        let user = |account: Account| User {
            id: account.id,
            member: member(account.member_id),
            organisation: organisation(account.organisation_id),
            has_second_factor: account.has_second_factor(),
            email: account.email,
            name: account.name,
            role: account.role,
            has_password: !account.password_hash.is_empty(),
            disabled_at: account.disabled_at,
        };
        Ok(found.into_iter().map(user).collect())
    }

    /// The account with this number.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub async fn user(&self, actor: &Actor, id: &str) -> Result<User> {
        let found = self.users(actor).await?.into_iter().find(|user| user.id.to_string() == id);
        found.ok_or_else(|| Error::NotFound { what: "account", value: id.to_owned() })
    }

    /// Shuts an account and ends its sessions, or opens it again.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nobody has this address; [`Error::Refused`] when it is one's own.
    pub async fn set_user_disabled(
        &self,
        actor: &Actor,
        email: &str,
        disabled: bool,
        now: Moment,
    ) -> Result<()> {
        actor.require(Permission::Administer)?;
        let account = self.account(email).await?;
        not_oneself(actor, &account, "shut")?;
        let at = disabled.then(|| now.to_string());
        let write = self.store().write().await?;
        accounts::set_disabled(&write, account.id, at.as_deref()).await?;
        accounts::end_sessions_of(write.reader(), account.id).await?;
        accounts::close_invitations_of(&write, account.id).await?;
        let action = if disabled { "disable" } else { "enable" };
        self.commit(write, actor, action, format!("account {}", account.email), serde_json::json!({})).await
    }

    /// Ends every session of an account, or of everybody when none is named, and changes nothing else.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nobody has this address.
    pub async fn end_sessions(&self, actor: &Actor, email: Option<&str>) -> Result<()> {
        actor.require(Permission::Administer)?;
        let account = match email {
            Some(email) => Some(self.account(email).await?),
            None => None,
        };
        let write = self.store().write().await?;
        let subject = match account {
            Some(account) => {
                accounts::end_sessions_of(write.reader(), account.id).await?;
                format!("account {}", account.email)
            }
            None => {
                accounts::end_all_sessions(&write).await?;
                "every account".to_owned()
            }
        };
        self.commit(write, actor, "end sessions", subject, serde_json::json!({})).await
    }

    /// Gives an account another role; its sessions end, so that nothing goes on under the old one.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nobody has this address; [`Error::Refused`] for a role that no account can have.
    pub async fn set_user_role(&self, actor: &Actor, email: &str, role: Role) -> Result<()> {
        actor.require(Permission::Administer)?;
        if !Role::OF_ACCOUNTS.contains(&role) {
            return Err(Error::refused("role", "Choose a role that an account can have"));
        }
        let account = self.account(email).await?;
        not_oneself(actor, &account, "role")?;
        let write = self.store().write().await?;
        accounts::set_role(&write, account.id, role.code()).await?;
        accounts::end_sessions_of(write.reader(), account.id).await?;
        let detail = serde_json::json!({ "from": account.role, "to": role.code() });
        self.commit(write, actor, "change role", format!("account {}", account.email), detail).await
    }

    /// Says which member of the partnership somebody is, by code, and of which organisation they are a guest, by name; empty for
    /// none. Their role's reach follows from it, at their next request.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nobody has this address; [`Error::Refused`] naming `member` or `organisation` when there is none such.
    pub async fn place_user(
        &self,
        actor: &Actor,
        email: &str,
        member: &str,
        organisation: &str,
    ) -> Result<()> {
        actor.require(Permission::Administer)?;
        let account = self.account(email).await?;
        let programme = self.programme().await?;
        let mut checks = Checks::default();
        let (code, name) = (member.trim(), organisation.trim());
        let words = "Choose a member of the partnership, by code";
        let member = checks.chosen("member", &programme.members, |m| m.code == code, code, words);
        let words = "Choose an organisation of the partnership, by name";
        let organisation =
            checks.chosen("organisation", &programme.organisations, |o| o.name == name, name, words);
        checks.done()?;
        let write = self.store().write().await?;
        accounts::set_place(&write, account.id, member.map(|m| m.id), organisation.map(|o| o.id)).await?;
        let detail = serde_json::json!({ "member": code, "organisation": name });
        self.commit(write, actor, "place", format!("account {}", account.email), detail).await
    }

    /// The account with this address.
    pub(super) async fn account(&self, email: &str) -> Result<Account> {
        let email = email.trim().to_lowercase();
        let found = accounts::account_by_email(self.store().reader(), &email).await?;
        found.ok_or(Error::NotFound { what: "account", value: email })
    }
}

/// Whoever looks after accounts cannot lock themselves out, or make themselves something else, without a second person.
fn not_oneself(actor: &Actor, account: &Account, field: &str) -> Result<()> {
    if actor.name() == account.email {
        return Err(Error::refused(
            field,
            "This is your own account: ask somebody else who looks after accounts",
        ));
    }
    Ok(())
}
