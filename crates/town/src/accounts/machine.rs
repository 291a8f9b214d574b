//! Programs that may ask: a token, shown once, that opens some of what its role may.

use jiff::ToSpan;
use store::accounts::{self, Machine};

use super::lifetime::older;
use super::sign_in::SignedIn;
use super::token::{hash_of, random_token};
use crate::error::Refusal;
use crate::{Actor, Error, Moment, Permission, Result, Role, Town};

/// A machine about to be given a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMachine {
    /// What it is called.
    pub name: String,
    /// What it is in the policy.
    pub role: Role,
    /// What of that its token opens.
    pub scopes: Vec<Permission>,
    /// For how many days, 1 to 366.
    pub days: i64,
}

/// A machine, as whoever looks after accounts sees it.
pub type MachineView = Machine;

/// Every token begins with this, so that one that was published by mistake is found.
const MARK: &str = "het_";

impl Town {
    /// Adds a machine and gives its token, which is kept nowhere.
    ///
    /// # Errors
    /// [`Error::Refused`] when the name is empty or taken, a scope is none that the role has, or the days are too many.
    pub async fn add_machine(&self, actor: &Actor, new: &NewMachine, now: Moment) -> Result<String> {
        actor.require(Permission::Administer)?;
        let mut refusals = Vec::new();
        let mut refuse = |field: &str, words: String| refusals.push(Refusal { field: field.into(), words });
        let name = new.name.trim();
        if name.is_empty() || name.len() > 100 {
            refuse("name", "Write a name of at most 100 letters".to_owned());
        }
        if !Role::OF_ACCOUNTS.contains(&new.role) {
            refuse("role", "Choose a role that an account can have".to_owned());
        }
        if new.scopes.is_empty() {
            refuse("scope", "Say what the token opens".to_owned());
        }
        for scope in &new.scopes {
            if !scope.is_for_machines() || !crate::policy::allows(new.role, *scope) {
                refuse(
                    "scope",
                    format!("The role {} does not give a machine {}", new.role.code(), scope.code()),
                );
            }
        }
        if !(1..=366).contains(&new.days) {
            refuse("days", "A token opens for 1 to 366 days".to_owned());
        }
        if !refusals.is_empty() {
            return Err(Error::Refused(refusals));
        }
        let token = format!("{MARK}{}", random_token(32)?);
        let expires = now.checked_add((new.days * 24).hours()).unwrap_or(now);
        let machine = Machine {
            name: name.to_owned(),
            role: new.role.code().to_owned(),
            scopes: new.scopes.iter().map(|scope| scope.code()).collect::<Vec<_>>().join(" "),
            expires_at: expires.to_string(),
            revoked_at: None,
        };
        let write = self.store().write().await?;
        accounts::add_machine(&write, &machine, &hash_of(&token), &now.to_string()).await?;
        let detail = serde_json::json!({ "role": machine.role, "scopes": machine.scopes, "until": machine.expires_at });
        self.commit(write, actor, "add", format!("machine {name}"), detail).await?;
        Ok(token)
    }

    /// Every machine, by name.
    pub async fn machines(&self, actor: &Actor) -> Result<Vec<MachineView>> {
        actor.require(Permission::Administer)?;
        Ok(accounts::machines(self.store().reader()).await?)
    }

    /// Takes a machine's token back.
    ///
    /// # Errors
    /// [`Error::NotFound`] when no machine of this name has one.
    pub async fn revoke_machine(&self, actor: &Actor, name: &str, now: Moment) -> Result<()> {
        actor.require(Permission::Administer)?;
        let write = self.store().write().await?;
        if !accounts::revoke_machine(&write, name, &now.to_string()).await? {
            return Err(Error::NotFound { what: "machine with a token", value: name.to_owned() });
        }
        self.commit(write, actor, "revoke", format!("machine {name}"), serde_json::json!({})).await
    }

    /// Which machine holds this token, while it opens.
    pub async fn machine_of(&self, token: &str, now: Moment) -> Result<Option<SignedIn>> {
        if !token.starts_with(MARK) {
            return Ok(None);
        }
        let machine = accounts::machine_by_token(self.store().reader(), &hash_of(token)).await?;
        let machine = machine.filter(|machine| machine.revoked_at.is_none());
        let Some(machine) = machine.filter(|machine| !older(&machine.expires_at, 0.seconds(), now)) else {
            return Ok(None);
        };
        let Some(role) = Role::from_code(&machine.role) else { return Ok(None) };
        let only = machine.scopes.split(' ').filter_map(Permission::from_code).collect();
        let actor = Actor::machine(&machine.name, role, only);
        Ok(Some(SignedIn {
            actor,
            name: machine.name,
            form_token: String::new(),
            // A machine signs nothing in: its token is its one factor, shown with each request.
            has_second_factor: true,
            must_enrol: false,
        }))
    }
}
