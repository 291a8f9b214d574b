//! What `het doctor` looks at of the register.

use store::operations;
use store::register;

use super::check_up::{Finding, Health, finding};
use crate::{Result, Town};

impl Town {
    /// How the register's database is, whose it is, and whether its keys are there.
    pub(super) async fn register_findings(&self) -> Result<Vec<Finding>> {
        Ok(vec![self.register_database().await?, self.register_keys().await?])
    }

    async fn register_database(&self) -> Result<Finding> {
        let db = self.register().reader();
        let damage = operations::damage(db).await?;
        if let Some(first) = damage.first() {
            let words = format!(
                "{} things are wrong, the first: {first}. Restore the last good backup",
                damage.len()
            );
            return Ok(finding("register", Health::Bad, words));
        }
        let (applied, known) = self.register().changes_of_tables().await?;
        if applied != known {
            let words = format!("version {applied}, but this het knows {known}: run the newest het");
            return Ok(finding("register", Health::Bad, words));
        }
        let entries = match self.verify_register_audit().await {
            Ok(entries) => entries,
            Err(error) => {
                let words = format!("{error}. Compare it with the last backup");
                return Ok(finding("register", Health::Bad, words));
            }
        };
        let people = register::count_people(db).await?;
        let words = format!("{people} people; {entries} audit entries, each following from the one before");
        let own = operations::user_of(db).await?;
        if own.is_some() && own == operations::user_of(self.store().reader()).await? {
            let words = format!(
                "{words}. The role that reads the programme reads it too: give it a role of its own (HET_REGISTER_URL)"
            );
            return Ok(finding("register", Health::Warning, words));
        }
        Ok(finding("register", Health::Good, words))
    }

    async fn register_keys(&self) -> Result<Finding> {
        let uses = self.uses_of_keys().await?;
        let total = |wanted: &dyn Fn(&crate::register::KeyUse) -> bool| -> i64 {
            uses.iter().filter(|one| wanted(one)).map(|one| one.rows + one.secrets).sum()
        };
        let open_secrets = total(&|one| one.key.is_empty());
        let locked = total(&|one| !one.is_here && !one.key.is_empty());
        let older = total(&|one| one.is_here && !one.seals);
        let (health, words) = match (&self.keys, locked) {
            (None, 0) if open_secrets > 0 => (
                Health::Warning,
                format!("none was given: {open_secrets} secrets of second factors are not sealed"),
            ),
            (None, 0) => {
                (Health::Good, "none was given, and nothing is sealed: the register is not in use".to_owned())
            }
            (None, locked) => (
                Health::Bad,
                format!(
                    "none was given, and {locked} rows are sealed: say where they are with HET_KEYS_FILE"
                ),
            ),
            (Some(_), locked) if locked > 0 => (
                Health::Bad,
                format!("{locked} rows are sealed by a key that was not given: nobody can read them"),
            ),
            (Some(keys), _) if older + open_secrets > 0 => (
                Health::Warning,
                format!(
                    "{} is here; {older} rows are sealed by an older key and {open_secrets} secrets by none: run het keys rotate",
                    keys.newest()
                ),
            ),
            (Some(keys), _) => (Health::Good, format!("{} is here and seals everything", keys.newest())),
        };
        Ok(finding("keys", health, words))
    }
}
