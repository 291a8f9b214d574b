//! `het audit`.

use super::place;
use crate::arguments::{Audit, Place};
use crate::failure::Failure;
use crate::write::say;

pub async fn run(at: &Place, what: Audit) -> Result<(), Failure> {
    let town = place::open(at).await?;
    match what {
        Audit::Verify => {
            let entries = town.verify_audit().await?;
            say(&format!("{entries} entries, each following from the one before it"))?;
        }
    }
    Ok(town.close().await?)
}
