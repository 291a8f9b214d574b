//! Opening the town that the arguments point to.

use std::path::PathBuf;

use town::register::KeySource;
use town::{Actor, Opening, Town};

use crate::arguments::Place;
use crate::failure::Failure;

/// Opens the town, creating its folder and database when they are not there.
pub async fn open(place: &Place) -> Result<Town, Failure> {
    Ok(Town::open_with(opening(place)?).await?)
}

/// Where the town and its register are, and the keys of the register.
pub fn opening(place: &Place) -> Result<Opening, Failure> {
    let source = match (&place.keys_file, &place.keys_command) {
        (Some(file), _) => Some(KeySource::File(file.clone())),
        (None, Some(command)) => Some(KeySource::Command(command.clone())),
        (None, None) => std::env::var("HET_KEYS").ok().filter(|text| !text.is_empty()).map(KeySource::Text),
    };
    let keys = source.map(|source| source.keys()).transpose()?;
    Ok(Opening { address: address(place)?, register: place.register_url.clone(), keys })
}

/// The address of the database, whose folder is created when it is not there.
pub fn address(place: &Place) -> Result<String, Failure> {
    if let Some(url) = &place.database_url {
        return Ok(url.clone());
    }
    let folder = folder(place)?;
    // Only its owner may look into it.
    use std::os::unix::fs::DirBuilderExt;
    let created = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder);
    created.map_err(|error| Failure::Refused(format!("{}: {error}", folder.display())))?;
    Ok(format!("sqlite://{}", folder.join("het.sqlite").display()))
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
