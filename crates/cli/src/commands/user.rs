//! `het user`.

use std::io::{BufRead, IsTerminal};

use town::accounts::NewUser;

use super::place;
use crate::arguments::{Place, User};
use crate::failure::Failure;
use crate::write::say;

pub async fn run(at: &Place, what: User) -> Result<(), Failure> {
    let User::Add { email, name, role } = what;
    if std::io::stdin().is_terminal() {
        eprintln!("Type a password of at least 12 characters, then Enter:");
    }
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password)?;
    let password = password.trim_end_matches(['\r', '\n']).to_owned();
    let town = place::open(at).await?;
    town.add_user(&place::operator(), NewUser { email: email.clone(), name, role, password }).await?;
    say(&format!("{email} can sign in."))?;
    Ok(town.close().await?)
}
