//! Opening the town that the arguments point to.

use std::path::PathBuf;

use town::{Actor, Town};

use crate::arguments::Place;
use crate::failure::Failure;

/// Opens the town, creating its folder and database when they are not there.
pub async fn open(place: &Place) -> Result<Town, Failure> {
    let address = match &place.database_url {
        Some(url) => url.clone(),
        None => {
            let folder = folder(place)?;
            std::fs::create_dir_all(&folder)
                .map_err(|error| Failure::Refused(format!("{}: {error}", folder.display())))?;
            format!("sqlite://{}", folder.join("het.sqlite").display())
        }
    };
    Ok(Town::open(&address).await?)
}

/// The folder of the embedded database.
pub fn folder(place: &Place) -> Result<PathBuf, Failure> {
    if let Some(data) = &place.data {
        return Ok(data.clone());
    }
    let home = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    home("XDG_DATA_HOME")
        .or_else(|| home("HOME").map(|home| home.join(".local/share")))
        .map(|base| base.join("het"))
        .ok_or_else(|| Failure::Call("say where the town is kept with --data DIR".to_owned()))
}

/// The operator: whoever runs the command.
pub fn operator() -> Actor {
    Actor::command_line(&std::env::var("USER").unwrap_or_else(|_| "unknown user".to_owned()))
}
