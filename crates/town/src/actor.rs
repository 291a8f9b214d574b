//! Who asks.

use crate::{Error, Permission, Result, Role};

/// Whoever asks for something: the public, somebody signed in, or the operator at the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    name: String,
    role: Role,
    /// Of a machine: the permissions that its token was given, of those that its role has.
    only: Option<Vec<Permission>>,
}

impl Actor {
    /// Somebody who is not signed in.
    pub fn public() -> Actor {
        Actor { name: "public".to_owned(), role: Role::Public, only: None }
    }

    /// Somebody signed in.
    pub fn account(email: &str, role: Role) -> Actor {
        Actor { name: email.to_owned(), role, only: None }
    }

    /// The operator at the command line: whoever can read the database's file may do everything.
    pub fn command_line(system_user: &str) -> Actor {
        Actor { name: format!("command line ({system_user})"), role: Role::Operator, only: None }
    }

    /// A program with a token that was given some of its role's permissions.
    pub(crate) fn machine(name: &str, role: Role, only: Vec<Permission>) -> Actor {
        Actor { name: format!("machine {name}"), role, only: Some(only) }
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
}
