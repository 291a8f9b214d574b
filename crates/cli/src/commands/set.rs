//! `het set`.

use town::Setup;

use super::place;
use crate::arguments::{Place, Set};
use crate::failure::Failure;
use crate::write::say;

pub async fn run(at: &Place, set: Set) -> Result<(), Failure> {
    let town = place::open(at).await?;
    let setup = Setup {
        town_name: set.name,
        area: set.area,
        country: set.country,
        region: set.region,
        neighbours: set.neighbours,
        colour: set.colour,
        synthetic: None,
        second_factor_for: if set.second_factor_for_nobody {
            Some(Vec::new())
        } else {
            set.second_factor_for
        },
    };
    town.set_up(&place::operator(), setup).await?;
    let settings = town.settings().await?;
    say(&format!("{} ({})", settings.town_name, settings.area))?;
    if !settings.second_factor_for.is_empty() {
        let roles: Vec<&str> = settings.second_factor_for.iter().map(|role| role.code()).collect();
        say(&format!("A second factor is required of: {}", roles.join(", ")))?;
    }
    Ok(town.close().await?)
}
