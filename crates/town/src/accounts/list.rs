//! The list of accounts, for whoever looks after them.

use report::documents::{Cell, Column, Table};

use super::User;
use crate::partnership::csv_of;
use crate::{Actor, Permission, Result, Town};

/// Which accounts a list shows, and in which order. Empty text leaves a filter out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserFilter {
    /// With this role, by its code.
    pub role: String,
    /// With these words in the name or the address.
    pub words: String,
    /// `email`, `role` or `state`; by name when empty.
    pub sort: String,
}

/// How an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UserState {
    /// Whoever was invited has not chosen a password yet.
    Invited,
    /// In use.
    Open,
    /// In use, with a second factor.
    OpenWithSecondFactor,
    /// Nobody signs in to it.
    Shut,
}

impl UserState {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            UserState::Invited => "Invited",
            UserState::Open => "Open",
            UserState::OpenWithSecondFactor => "Open, with second factor",
            UserState::Shut => "Shut",
        }
    }
}

impl User {
    /// How it stands.
    pub fn state(&self) -> UserState {
        match (&self.disabled_at, self.has_password, self.has_second_factor) {
            (Some(_), ..) => UserState::Shut,
            (None, false, _) => UserState::Invited,
            (None, true, true) => UserState::OpenWithSecondFactor,
            (None, true, false) => UserState::Open,
        }
    }
}

/// What an account can be in the partnership.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserPlaces {
    /// The members: code and name.
    pub members: Vec<(String, String)>,
    /// The names of the organisations.
    pub organisations: Vec<String>,
}

impl Town {
    /// The accounts that a filter leaves, and how many there are.
    pub async fn user_list(&self, actor: &Actor, filter: &UserFilter) -> Result<(Vec<User>, usize)> {
        let mut users = self.users(actor).await?;
        let total = users.len();
        let words = filter.words.trim().to_lowercase();
        let holds = |text: &str| words.is_empty() || text.to_lowercase().contains(&words);
        users.retain(|user| {
            (filter.role.is_empty() || user.role == filter.role) && (holds(&user.name) || holds(&user.email))
        });
        match filter.sort.as_str() {
            "email" => users.sort_by(|a, b| a.email.cmp(&b.email)),
            "role" => users.sort_by(|a, b| a.role.cmp(&b.role)),
            "state" => users.sort_by_key(User::state),
            _ => {}
        }
        Ok((users, total))
    }

    /// The same list as CSV.
    pub async fn user_csv(&self, actor: &Actor, filter: &UserFilter) -> Result<Vec<u8>> {
        let headings = ["Name", "Email", "Role", "Member", "Guest of", "State"];
        let mut table = Table::new("Accounts", headings.map(Column::text).into());
        for user in self.user_list(actor, filter).await?.0 {
            let state = user.state().words().to_owned();
            let cells = [user.name, user.email, user.role, user.member, user.organisation, state];
            table.push(cells.map(Cell::text).into());
        }
        csv_of(&table)
    }

    /// The members and organisations that an account can be placed at.
    pub async fn user_places(&self, actor: &Actor) -> Result<UserPlaces> {
        actor.require(Permission::Administer)?;
        let programme = self.programme().await?;
        Ok(UserPlaces {
            members: programme.members.iter().map(|m| (m.code.clone(), m.name.clone())).collect(),
            organisations: programme.organisations.iter().map(|o| o.name.clone()).collect(),
        })
    }
}
