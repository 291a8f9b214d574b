//! What a town sets once.

use std::collections::BTreeMap;

use vocabulary::AreaCode;

use crate::{Actor, Error, Permission, Result, Role, Town};

/// What a town has set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The town's name: `Luton`.
    pub town_name: String,
    /// The town's area: the upper-tier authority whose figures it follows.
    pub area: AreaCode,
    /// The country it is compared with.
    pub country: AreaCode,
    /// The region it is compared with.
    pub region: Option<AreaCode>,
    /// The nearest neighbours it is compared with, as the town chose them.
    pub neighbours: Vec<AreaCode>,
    /// One accent colour, as `#rrggbb`.
    pub colour: String,
    /// Whether everything in it is synthetic.
    pub synthetic: bool,
    /// The roles whose accounts must have a second factor.
    pub second_factor_for: Vec<Role>,
}

/// What is set when a town begins or is changed; `None` leaves a setting as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Setup {
    /// The town's name.
    pub town_name: Option<String>,
    /// The town's area.
    pub area: Option<AreaCode>,
    /// The country it is compared with.
    pub country: Option<AreaCode>,
    /// The region it is compared with.
    pub region: Option<AreaCode>,
    /// The nearest neighbours it is compared with.
    pub neighbours: Option<Vec<AreaCode>>,
    /// One accent colour, as `#rrggbb`.
    pub colour: Option<String>,
    /// Whether everything in it is synthetic.
    pub synthetic: Option<bool>,
    /// The roles whose accounts must have a second factor; none for nobody.
    pub second_factor_for: Option<Vec<Role>>,
}

impl Settings {
    fn read(mut kept: BTreeMap<String, String>) -> Settings {
        let code = |text: Option<String>| text.and_then(|text| text.parse().ok());
        Settings {
            town_name: kept.remove("town-name").unwrap_or_else(|| "Your town".to_owned()),
            // Until a town says which area it is, it is Luton, the first health equity town to use het.
            area: code(kept.remove("area")).unwrap_or(AreaCode::LUTON),
            country: code(kept.remove("country")).unwrap_or(AreaCode::ENGLAND),
            region: code(kept.remove("region")),
            neighbours: kept
                .remove("neighbours")
                .map(|list| list.split_whitespace().filter_map(|one| one.parse().ok()).collect())
                .unwrap_or_default(),
            colour: kept.remove("colour").unwrap_or_else(|| "#0b5a6b".to_owned()),
            synthetic: kept.remove("synthetic").is_some_and(|text| text == "yes"),
            second_factor_for: kept
                .remove("second-factor-for")
                .map(|list| list.split_whitespace().filter_map(Role::from_code).collect())
                .unwrap_or_default(),
        }
    }
}

impl Town {
    /// What the town has set, with the defaults where it has not.
    pub async fn settings(&self) -> Result<Settings> {
        Ok(Settings::read(store::settings(self.store().reader()).await?))
    }

    /// Changes what the town has set.
    ///
    /// # Errors
    /// [`Error::Refused`] for a colour that is not `#rrggbb`, an empty name or a role that no account can have.
    pub async fn set_up(&self, actor: &Actor, setup: Setup) -> Result<()> {
        actor.require(Permission::Administer)?;
        let hexadecimal =
            |c: &str| c.len() == 7 && c.starts_with('#') && c[1..].bytes().all(|b| b.is_ascii_hexdigit());
        if setup.colour.as_deref().is_some_and(|colour| !hexadecimal(colour)) {
            return Err(Error::refused(
                "colour",
                "Write the colour as # and six hexadecimal digits, such as #0b5a6b",
            ));
        }
        if setup.town_name.as_deref().is_some_and(|name| name.trim().is_empty()) {
            return Err(Error::refused("town-name", "Write the town's name"));
        }
        let roles = setup.second_factor_for;
        if roles.iter().flatten().any(|role| !Role::OF_ACCOUNTS.contains(role)) {
            return Err(Error::refused("second-factor-for", "Choose roles that an account can have"));
        }
        let roles = roles.map(|roles| roles.into_iter().map(Role::code).collect::<Vec<_>>().join(" "));
        let neighbours =
            setup.neighbours.map(|list| list.iter().map(AreaCode::to_string).collect::<Vec<_>>().join(" "));
        let code = |code: Option<AreaCode>| code.map(|code| code.to_string());
        let changes = [
            ("town-name", setup.town_name),
            ("area", code(setup.area)),
            ("country", code(setup.country)),
            ("region", code(setup.region)),
            ("neighbours", neighbours),
            ("colour", setup.colour),
            ("synthetic", setup.synthetic.map(|yes| if yes { "yes" } else { "no" }.to_owned())),
            ("second-factor-for", roles),
        ];
        let write = self.store().write().await?;
        let mut detail = serde_json::Map::new();
        for (name, value) in changes {
            if let Some(value) = value {
                store::set_setting(&write, name, &value).await?;
                detail.insert(name.to_owned(), value.into());
            }
        }
        self.commit(write, actor, "set", "settings", detail.into()).await
    }
}
