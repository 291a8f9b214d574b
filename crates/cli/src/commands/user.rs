//! `het user` and `het machine`.

use std::io::{BufRead, IsTerminal};

use town::accounts::{NewMachine, NewUser, Reset};

use super::place;
use crate::arguments::{Machine, Place, User};
use crate::failure::Failure;
use crate::write::say;

pub async fn run(at: &Place, what: User) -> Result<(), Failure> {
    let operator = place::operator();
    // Asked for before the database is opened.
    let password = if matches!(what, User::Add { .. }) { typed_password()? } else { String::new() };
    let town = place::open(at).await?;
    match what {
        User::Add { email, name, role } => {
            town.add_user(&operator, NewUser { email: email.clone(), name, role, password }).await?;
            say(&format!("{email} can sign in."))?;
        }
        User::Invite { email, name, role, site } => {
            let token = town.invite_user(&operator, &email, &name, role, town::now()).await?;
            say(&link(&site, &token))?;
        }
        User::List => {
            for user in town.users(&operator).await? {
                let state = match (&user.disabled_at, user.has_password) {
                    (Some(at), _) => format!("shut since {at}"),
                    (None, false) => "invited".to_owned(),
                    (None, true) if user.has_second_factor => "open, with second factor".to_owned(),
                    (None, true) => "open".to_owned(),
                };
                say(&format!("{:<32} {:<18} {:<24} {}", user.email, user.role, user.name, state))?;
            }
        }
        User::Disable { email } => town.set_user_disabled(&operator, &email, true, town::now()).await?,
        User::Enable { email } => town.set_user_disabled(&operator, &email, false, town::now()).await?,
        User::Role { email, role } => town.set_user_role(&operator, &email, role).await?,
        User::Place { email, member, organisation } => {
            town.place_user(&operator, &email, &member, &organisation).await?;
        }
        // Everybody is meant when nobody is named: the arguments see to it that it was said.
        User::EndSessions { email, .. } => town.end_sessions(&operator, email.as_deref()).await?,
        User::Reset { email, second_factor_too, site } => {
            let what = if second_factor_too { Reset::PasswordAndFactors } else { Reset::Password };
            let token = town.reset_user(&operator, &email, what, town::now()).await?;
            say(&link(&site, &token))?;
        }
    }
    Ok(town.close().await?)
}

pub async fn machine(at: &Place, what: Machine) -> Result<(), Failure> {
    let operator = place::operator();
    let town = place::open(at).await?;
    match what {
        Machine::Add { name, role, scopes, days } => {
            let new = NewMachine { name, role, scopes, days };
            say(&town.add_machine(&operator, &new, town::now()).await?)?;
        }
        Machine::List => {
            for machine in town.machines(&operator).await? {
                let state = machine
                    .revoked_at
                    .map_or(format!("until {}", machine.expires_at), |at| format!("taken back {at}"));
                say(&format!("{:<32} {:<18} {:<32} {}", machine.name, machine.role, machine.scopes, state))?;
            }
        }
        Machine::Revoke { name } => town.revoke_machine(&operator, &name, town::now()).await?,
    }
    Ok(town.close().await?)
}

/// The link of an invitation: it opens once, for three days.
fn link(site: &str, token: &str) -> String {
    format!("{}/invitation/{token}", site.trim_end_matches('/'))
}

fn typed_password() -> Result<String, Failure> {
    if std::io::stdin().is_terminal() {
        eprintln!("Type a password of at least 12 characters, then Enter:");
    }
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password)?;
    Ok(password.trim_end_matches(['\r', '\n']).to_owned())
}
