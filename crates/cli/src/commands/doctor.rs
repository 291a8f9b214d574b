//! `het doctor`.

use town::operations::Health;

use super::place;
use crate::arguments::Place;
use crate::failure::Failure;
use crate::write::say;

pub async fn run(at: &Place) -> Result<(), Failure> {
    let town = place::open(at).await?;
    let folder = if at.database_url.is_none() { Some(place::folder(at)?) } else { None };
    let findings = town.check_up(&place::operator(), folder.as_deref(), town::now()).await?;
    town.close().await?;
    for finding in &findings {
        let mark = match finding.health {
            Health::Good => "good   ",
            Health::Warning => "WARNING",
            Health::Bad => "BAD    ",
        };
        say(&format!("{mark}  {:<10} {}", finding.what, finding.words))?;
    }
    match findings.iter().filter(|finding| finding.health == Health::Bad).count() {
        0 => Ok(()),
        bad => Err(Failure::Refused(format!("{bad} of {} things are bad", findings.len()))),
    }
}
