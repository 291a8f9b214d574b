//! Who asks.

use crate::policy::Reach;
use crate::{Error, Permission, Result, Role};

/// Whoever asks for something: the public, somebody signed in, or the operator at the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    name: String,
    role: Role,
    /// Of a machine, the permissions that its token was given; of who is confined, those that are left; of those that the role has.
    only: Option<Vec<Permission>>,
    place: Place,
}

/// Where an account stands in the programme: numbers in the database.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// The member that it is.
    pub(crate) member: Option<i64>,
    /// The subgroup that the member sits on.
    pub(crate) subgroup: Option<i64>,
    /// Its organisation: its own, else the member's.
    pub(crate) organisation: Option<i64>,
}

/// Whose a thing of the programme is: numbers in the database.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Belonging {
    /// The subgroup that drives or follows it.
    pub(crate) subgroup: Option<i64>,
    /// Of an action: who does it, and who answers for it.
    pub(crate) members: [Option<i64>; 2],
}

/// A thing that is somebody's.
pub(crate) trait Belongs {
    /// Whose it is.
    fn belongs(&self) -> Belonging;
}

impl Belongs for store::partnership::Action {
    fn belongs(&self) -> Belonging {
        Belonging { subgroup: Some(self.subgroup_id), members: [self.owner_id, self.sponsor_id] }
    }
}

impl Belongs for store::partnership::Recommendation {
    fn belongs(&self) -> Belonging {
        Belonging { subgroup: Some(self.subgroup_id), ..Belonging::default() }
    }
}

impl Belongs for store::partnership::Subgroup {
    fn belongs(&self) -> Belonging {
        Belonging { subgroup: Some(self.id), ..Belonging::default() }
    }
}

impl Belongs for store::indicators::Indicator {
    fn belongs(&self) -> Belonging {
        Belonging { subgroup: self.subgroup_id, ..Belonging::default() }
    }
}

impl Actor {
    /// Somebody who is not signed in.
    pub fn public() -> Actor {
        Actor { name: "public".to_owned(), role: Role::Public, only: None, place: Place::default() }
    }

    /// Somebody signed in.
    pub fn account(email: &str, role: Role) -> Actor {
        Actor { name: email.to_owned(), role, only: None, place: Place::default() }
    }

    /// The same, who stands there in the programme.
    pub(crate) fn placed(self, place: Place) -> Actor {
        Actor { place, ..self }
    }

    /// The operator at the command line: whoever can read the database's file may do everything.
    pub fn command_line(system_user: &str) -> Actor {
        let name = format!("command line ({system_user})");
        Actor { name, role: Role::Operator, only: None, place: Place::default() }
    }

    /// het itself, doing what an administrator has told it to do every night.
    pub(crate) fn jobs() -> Actor {
        Actor { name: "scheduled job".to_owned(), role: Role::Operator, only: None, place: Place::default() }
    }

    /// A program with a token that was given some of its role's permissions.
    pub(crate) fn machine(name: &str, role: Role, only: Vec<Permission>) -> Actor {
        Actor { name: format!("machine {name}"), role, only: Some(only), place: Place::default() }
    }

    /// The same somebody, who may do nothing but sign out and look after their own account: what is left to who must have a second
    /// factor and has none.
    pub(crate) fn confined(self) -> Actor {
        Actor { only: Some(vec![Permission::SignIn, Permission::OwnAccount]), ..self }
    }

    /// What the audit log calls them.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Their role.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Whether the policy lets them.
    pub fn may(&self, permission: Permission) -> bool {
        let given =
            self.only.as_ref().is_none_or(|only| only.contains(&permission) && !permission.is_of_people());
        given && crate::policy::allows(self.role, permission)
    }

    /// Refuses unless the policy lets them.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn require(&self, permission: Permission) -> Result<()> {
        if self.may(permission) { Ok(()) } else { Err(Error::Forbidden { role: self.role, permission }) }
    }

    /// The number of their organisation, when they have one.
    pub(crate) fn organisation(&self) -> Option<i64> {
        self.place.organisation
    }

    /// Whether the policy lets them do it to this thing.
    pub(crate) fn may_of(&self, permission: Permission, thing: &impl Belongs) -> bool {
        self.require_of(permission, thing).is_ok()
    }

    /// Refuses unless the policy lets them do it to this thing.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::NotYours`].
    pub(crate) fn require_of(&self, permission: Permission, thing: &impl Belongs) -> Result<()> {
        let belonging = thing.belongs();
        self.require_change(permission, Some(&belonging), &belonging)
    }

    /// Refuses unless the policy lets them make a thing that belonged to `before` (none: a new one) belong to `after`. Nobody takes
    /// from others, or gives to them, what is beyond their reach; an owner may hand an action on within its subgroup.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::NotYours`].
    pub(crate) fn require_change(
        &self,
        permission: Permission,
        before: Option<&Belonging>,
        after: &Belonging,
    ) -> Result<()> {
        self.require(permission)?;
        let own_subgroup =
            |of: &Belonging| self.place.subgroup.is_some() && of.subgroup == self.place.subgroup;
        let own_action =
            |of: &Belonging| self.place.member.is_some() && of.members.contains(&self.place.member);
        let reached = match crate::policy::reach(self.role, permission) {
            Some(Reach::Everything) => true,
            Some(Reach::OwnSubgroup) => own_subgroup(after) && before.is_none_or(own_subgroup),
            Some(Reach::OwnActions) => {
                before.is_some_and(|before| own_action(before) && before.subgroup == after.subgroup)
            }
            None => false,
        };
        if reached { Ok(()) } else { Err(Error::NotYours { role: self.role, permission }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_reaches_beyond_their_own() {
        let at = |member, subgroup| Place { member, subgroup, organisation: None };
        let of = |subgroup: i64, members| Belonging { subgroup: Some(subgroup), members };
        let (mine, other) = (of(1, [Some(10), None]), of(2, [Some(20), None]));
        let check = |role, place, before: Option<&Belonging>, after: &Belonging, expected| {
            let actor = Actor::account("somebody", role).placed(place);
            let found = actor.require_change(Permission::EditActions, before, after).is_ok();
            assert_eq!(found, expected, "{role:?} {place:?} {before:?} {after:?}");
        };
        let chair = Role::SubgroupChair;
        check(chair, at(Some(9), Some(1)), Some(&mine), &mine, true);
        check(chair, at(Some(9), Some(1)), None, &mine, true);
        check(chair, at(Some(9), Some(1)), Some(&other), &other, false);
        check(chair, at(Some(9), Some(1)), Some(&mine), &other, false);
        check(chair, at(Some(9), Some(1)), Some(&other), &mine, false);
        check(chair, at(None, None), Some(&Belonging::default()), &Belonging::default(), false);
        let owner = Role::ActionOwner;
        check(owner, at(Some(10), Some(5)), Some(&mine), &mine, true);
        check(owner, at(Some(10), None), Some(&mine), &of(1, [Some(11), None]), true);
        check(owner, at(Some(10), None), Some(&mine), &of(2, [Some(10), None]), false);
        check(owner, at(Some(10), None), Some(&other), &mine, false);
        check(owner, at(Some(10), None), None, &mine, false);
        check(owner, at(None, None), Some(&of(1, [None, None])), &of(1, [None, None]), false);
        check(Role::Director, at(None, None), Some(&mine), &other, true);
        check(Role::Reader, at(Some(10), Some(1)), Some(&mine), &mine, false);
    }
}
