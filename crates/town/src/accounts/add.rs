//! Adding somebody who may sign in.

use crate::error::Refusal;
use crate::{Actor, Error, Permission, Result, Role, Town, now};

/// Somebody about to be given an account.
#[derive(Clone)]
pub struct NewUser {
    /// The address they sign in with.
    pub email: String,
    /// What they are called on screen.
    pub name: String,
    /// One of [`Role::OF_ACCOUNTS`].
    pub role: Role,
    /// Their first password: 12 to 128 characters.
    pub password: String,
}

impl Town {
    /// Adds an account.
    ///
    /// # Errors
    /// [`Error::Refused`] when the address, name, role or password will not do, or the address is taken.
    pub async fn add_user(&self, actor: &Actor, new: NewUser) -> Result<()> {
        actor.require(Permission::Administer)?;
        let email = new.email.trim().to_lowercase();
        let mut refusals = who_refused(&email, &new.name, new.role);
        refusals.extend(super::password::refused(&new.password, &email, &new.name));
        if !refusals.is_empty() {
            return Err(Error::Refused(refusals));
        }
        let hash = super::password::hash(new.password).await?;
        let write = self.store().write().await?;
        let created_at = now().to_string();
        let account = store::accounts::NewAccount {
            email: &email,
            name: new.name.trim(),
            role: new.role.code(),
            password_hash: &hash,
            created_at: &created_at,
        };
        store::accounts::add_account(&write, account).await?;
        let detail = serde_json::json!({ "role": new.role.code() });
        self.commit(write, actor, "add", format!("account {email}"), detail).await
    }

    /// Whether anybody can sign in yet.
    pub async fn has_users(&self) -> Result<bool> {
        Ok(!store::accounts::accounts(self.store().reader()).await?.is_empty())
    }
}

/// What is wrong with an address, a name and a role.
pub(super) fn who_refused(email: &str, name: &str, role: Role) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let mut refuse =
        |field: &str, words: &str| refusals.push(Refusal { field: field.into(), words: words.into() });
    let looks_like_email = email.split_once('@').is_some_and(|(who, at)| !who.is_empty() && at.contains('.'));
    if !looks_like_email || email.contains(char::is_whitespace) || email.len() > 254 {
        refuse("email", "Write an email address, such as name@example.org");
    }
    if name.trim().is_empty() {
        refuse("name", "Write the name to show on screen");
    }
    if !Role::OF_ACCOUNTS.contains(&role) {
        refuse("role", "Choose a role that an account can have");
    }
    refusals
}
