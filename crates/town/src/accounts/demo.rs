//! Accounts with which the synthetic town is tried out.

use super::NewUser;
use crate::partnership::SharingForm;
use crate::{Actor, Error, Result, Role, Town};

impl Town {
    /// Adds an account of each role with a random password to the synthetic town, if nobody can sign in to it yet: the chair sits on the
    /// subgroup of the first action, the owner does it, and it is shared with the guest's organisation. Gives their addresses and
    /// passwords, which are kept nowhere.
    ///
    /// # Errors
    /// [`Error::Refused`] in a town that is not synthetic.
    pub async fn add_demo_users(&self, actor: &Actor) -> Result<Vec<(String, String)>> {
        if !self.settings().await?.synthetic {
            return Err(Error::refused("data", "Only the synthetic town is given accounts for trying out"));
        }
        if self.has_users().await? {
            return Ok(Vec::new());
        }
        let mut added = Vec::new();
        for role in Role::OF_ACCOUNTS {
            let (email, password) = (demo_email(*role), super::token::random_token(10)?);
            let name = format!("Synthetic {}", role.code());
            let new = NewUser { email: email.clone(), name, role: *role, password: password.clone() };
            self.add_user(actor, new).await?;
            added.push((email, password));
        }
        self.place_demo_users(actor).await?;
        Ok(added)
    }

    async fn place_demo_users(&self, actor: &Actor) -> Result<()> {
        let programme = self.programme().await?;
        let Some(action) = programme.actions.first() else { return Ok(()) };
        let chair = programme.members.iter().find(|member| member.subgroup_id == Some(action.subgroup_id));
        if let Some(chair) = chair {
            self.place_user(actor, &demo_email(Role::SubgroupChair), &chair.code, "").await?;
        }
        if let Some(owner) = programme.member(action.owner_id.or(action.sponsor_id)) {
            self.place_user(actor, &demo_email(Role::ActionOwner), &owner.code, "").await?;
        }
        if let Some(organisation) = programme.organisations.first() {
            self.place_user(actor, &demo_email(Role::PartnerGuest), "", &organisation.name).await?;
            let form = SharingForm { organisations: vec![organisation.name.clone()] };
            let seen = self.seen(&self.sharing_form(actor, &action.code).await?).await?;
            let editing = crate::editing::Editing { code: &action.code, seen: &seen };
            self.save_sharing(actor, Some(editing), &form).await?;
        }
        Ok(())
    }
}

fn demo_email(role: Role) -> String {
    format!("{}@demo.example", role.code())
}
