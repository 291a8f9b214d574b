//! What a guest of an organisation sees: the actions that are shared with it, and nothing else of the programme.

use vocabulary::Date;

use super::actions::{find, page_of};
use super::{ActionLine, ActionPage, Programme, line_of};
use crate::{Actor, Error, Permission, Result, Town};

/// The actions that are shared with an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedActions {
    /// The organisation's name; none while the account has no organisation.
    pub organisation: Option<String>,
    /// Its actions, by code.
    pub lines: Vec<ActionLine>,
}

impl Town {
    /// The actions that are shared with the organisation of whoever asks.
    pub async fn shared_actions(&self, actor: &Actor, as_of: Date) -> Result<SharedActions> {
        actor.require(Permission::ReadShared)?;
        let programme = self.programme().await?;
        let organisation = programme.organisations.iter().find(|o| Some(o.id) == actor.organisation());
        let shared = programme.actions.iter().filter(|action| is_shared(&programme, action.id, actor));
        Ok(SharedActions {
            organisation: organisation.map(|organisation| organisation.name.clone()),
            lines: shared.map(|action| line_of(&programme, action, as_of)).collect(),
        })
    }

    /// An action that is shared with the organisation of whoever asks.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, and just the same when it is not shared with them: nobody learns of an action that
    /// they may not see.
    pub async fn shared_action(&self, actor: &Actor, code: &str, as_of: Date) -> Result<ActionPage> {
        actor.require(Permission::ReadShared)?;
        let programme = self.programme().await?;
        let action = find(&programme, code)?;
        if !is_shared(&programme, action.id, actor) {
            return Err(Error::NotFound { what: "action", value: code.to_owned() });
        }
        Ok(page_of(&programme, action, actor, as_of))
    }
}

fn is_shared(programme: &Programme, action: i64, actor: &Actor) -> bool {
    actor
        .organisation()
        .is_some_and(|organisation| programme.actions_shared.contains(&(action, organisation)))
}
