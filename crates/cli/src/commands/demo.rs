//! `het demo`.

use super::place;
use crate::arguments::{Demo, Place};
use crate::failure::Failure;
use crate::write::{private, say};

pub async fn run(at: &Place, demo: Demo) -> Result<(), Failure> {
    let town = place::open(at).await?;
    let operator = place::operator();
    if town.fill_with_synthetic(&operator, demo.seed, town::today()).await? {
        let settings = town.settings().await?;
        say(&format!("{}: filled. Every name and number in it is made up.", settings.town_name))?;
    } else {
        say("The synthetic town is there already: left as it is.")?;
    }
    if let Err(error) = fill_register(&town, &demo).await
        && !matches!(error, town::Error::NoKeys)
    {
        return Err(error.into());
    }
    let accounts = town.add_demo_users(&operator).await?;
    let passwords = place::folder(at)?.join("demo-passwords.txt");
    if !accounts.is_empty() {
        let lines: Vec<String> =
            accounts.iter().map(|(email, password)| format!("{email} {password}\n")).collect();
        private(&passwords, &lines.concat())?;
    }
    if let Ok(kept) = std::fs::read_to_string(&passwords) {
        say("Sign in as:")?;
        kept.lines().try_for_each(|line| say(&format!("  {line}")))?;
    }
    Ok(town.close().await?)
}

/// Synthetic people, when het was given keys to seal them with.
async fn fill_register(town: &town::Town, demo: &Demo) -> town::Result<()> {
    let day = (town::today(), town::now());
    town.fill_register_with_synthetic(&place::operator(), (demo.seed, demo.people), day).await.map(|_| ())
}
