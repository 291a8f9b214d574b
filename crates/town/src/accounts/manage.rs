//! Looking after other people's accounts.

use store::accounts::{self, Account};

use crate::{Actor, Error, Moment, Permission, Result, Role, Town};

/// An account, as whoever looks after accounts sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
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
    /// When the account was shut, if it was.
    pub disabled_at: Option<String>,
}

impl Town {
    /// Every account, by name.
    pub async fn users(&self, actor: &Actor) -> Result<Vec<User>> {
        actor.require(Permission::Administer)?;
        let found = accounts::accounts(self.store().reader()).await?;
        let user = |account: Account| User {
            email: account.email,
            name: account.name,
            role: account.role,
            has_password: !account.password_hash.is_empty(),
            has_second_factor: account.totp_secret.is_some(),
            disabled_at: account.disabled_at,
        };
        Ok(found.into_iter().map(user).collect())
    }

    /// Shuts an account and ends its sessions, or opens it again.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nobody has this address.
    pub async fn set_user_disabled(
        &self,
        actor: &Actor,
        email: &str,
        disabled: bool,
        now: Moment,
    ) -> Result<()> {
        actor.require(Permission::Administer)?;
        let account = self.account(email).await?;
        let at = disabled.then(|| now.to_string());
        let write = self.store().write().await?;
        accounts::set_disabled(&write, account.id, at.as_deref()).await?;
        accounts::end_sessions_of(write.reader(), account.id).await?;
        accounts::close_invitations_of(&write, account.id).await?;
        let action = if disabled { "disable" } else { "enable" };
        self.commit(write, actor, action, format!("account {}", account.email), serde_json::json!({})).await
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
        let write = self.store().write().await?;
        accounts::set_role(&write, account.id, role.code()).await?;
        accounts::end_sessions_of(write.reader(), account.id).await?;
        let detail = serde_json::json!({ "from": account.role, "to": role.code() });
        self.commit(write, actor, "change role", format!("account {}", account.email), detail).await
    }

    /// The account with this address.
    pub(super) async fn account(&self, email: &str) -> Result<Account> {
        let email = email.trim().to_lowercase();
        let found = accounts::account_by_email(self.store().reader(), &email).await?;
        found.ok_or(Error::NotFound { what: "account", value: email })
    }
}
