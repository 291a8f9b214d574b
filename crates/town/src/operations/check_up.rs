//! What `het doctor` looks at.

use std::path::Path;

use store::operations;

use crate::{Actor, Moment, Permission, Result, Role, Town};

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    /// As it should be.
    Good,
    /// It works, and somebody should look at it.
    Warning,
    /// It does not work, or what is kept is in danger.
    Bad,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at: `audit log`.
    pub what: &'static str,
    /// How it is.
    pub health: Health,
    /// What was seen and, unless it is good, what to do.
    pub words: String,
}

pub(super) fn finding(what: &'static str, health: Health, words: impl Into<String>) -> Finding {
    Finding { what, health, words: words.into() }
}

/// Less free space than this is a warning; a tenth of it is bad.
const LITTLE_SPACE: u64 = 1 << 30;

impl Town {
    /// Looks at the database, its tables, the audit log, the register and its keys, the way to the database, the disk under `folder`, the settings, the accounts, the backups,
    /// the jobs and the clock, which says `now`.
    ///
    /// # Errors
    /// When the actor may not, or the database cannot answer at all.
    pub async fn check_up(&self, actor: &Actor, folder: Option<&Path>, now: Moment) -> Result<Vec<Finding>> {
        actor.require(Permission::Maintain)?;
        let mut found =
            vec![self.database().await?, self.kept_through_failure().await?, self.tables().await?];
        found.extend(self.way_to_database().await?);
        found.push(self.audit_log().await);
        found.extend(folder.map(space));
        found.extend(folder.and_then(who_may_read));
        found.extend(self.register_findings().await?);
        found.push(self.set_up_as().await?);
        found.push(self.accounts_there().await?);
        found.push(self.backups(now).await?);
        found.push(self.jobs_done(now).await?);
        found.push(self.clock(now).await?);
        Ok(found)
    }

    async fn database(&self) -> Result<Finding> {
        let damage = operations::damage(self.store().reader()).await?;
        Ok(match damage.first() {
            None => finding("database", Health::Good, "it answers and finds nothing wrong with itself"),
            Some(first) => finding(
                "database",
                Health::Bad,
                format!(
                    "{} things are wrong, the first: {first}. Restore the last good backup",
                    damage.len()
                ),
            ),
        })
    }

    async fn kept_through_failure(&self) -> Result<Finding> {
        let how = operations::durability(self.store().reader()).await?;
        let settings = how.settings.iter().map(|(name, value)| format!("{name} {value}"));
        let words = format!("{}: {}", how.database, settings.collect::<Vec<_>>().join(", "));
        Ok(if how.is_safe {
            finding("writes", Health::Good, words)
        } else {
            finding(
                "writes",
                Health::Bad,
                format!("{words}: what was acknowledged can be lost when the power fails"),
            )
        })
    }

    async fn tables(&self) -> Result<Finding> {
        let (applied, known) = self.store().changes_of_tables().await?;
        Ok(if applied == known {
            finding("tables", Health::Good, format!("version {applied}, which is what this het knows"))
        } else {
            let words = format!("version {applied}, but this het knows {known}: run the newest het");
            finding("tables", Health::Bad, words)
        })
    }

    async fn audit_log(&self) -> Finding {
        match store::verify_audit(self.store().reader()).await {
            Ok(entries) => finding(
                "audit log",
                Health::Good,
                format!("{entries} entries, each following from the one before"),
            ),
            Err(error) => {
                finding("audit log", Health::Bad, format!("{error}. Compare it with the last backup"))
            }
        }
    }

    async fn set_up_as(&self) -> Result<Finding> {
        let kept = store::settings(self.store().reader()).await?;
        let missing: Vec<&str> =
            ["town-name", "area"].into_iter().filter(|name| !kept.contains_key(*name)).collect();
        Ok(match (missing.is_empty(), self.settings().await?) {
            (true, settings) if settings.synthetic => {
                finding("settings", Health::Good, format!("{}, which is synthetic", settings.town_name))
            }
            (true, settings) => {
                finding("settings", Health::Good, format!("{} ({})", settings.town_name, settings.area))
            }
            (false, _) => finding(
                "settings",
                Health::Warning,
                format!("{} not set: use het set", missing.join(" and ")),
            ),
        })
    }

    async fn accounts_there(&self) -> Result<Finding> {
        let accounts = store::accounts::accounts(self.store().reader()).await?;
        let open = accounts.iter().filter(|account| account.disabled_at.is_none());
        let required = self.settings().await?.second_factor_for;
        let (mut people, mut unknown, mut without) = (0, 0, 0);
        for account in open {
            people += 1;
            let role = Role::from_code(&account.role);
            unknown += usize::from(role.is_none());
            let must = role.is_some_and(|role| required.contains(&role));
            without += usize::from(must && !account.has_second_factor());
        }
        Ok(if unknown > 0 {
            finding("accounts", Health::Bad, format!("{unknown} have a role that this het does not know"))
        } else if people == 0 {
            finding("accounts", Health::Warning, "nobody can sign in: use het user add")
        } else {
            let led = format!("; {without} of them have to set up a second factor first");
            let led = if without > 0 { led } else { String::new() };
            finding("accounts", Health::Good, format!("{people} can sign in{led}"))
        })
    }

    async fn backups(&self, now: Moment) -> Result<Finding> {
        let last = operations::last_done(self.store().reader(), "back up").await?;
        let Some(last) = last.and_then(|at| at.parse::<Moment>().ok()) else {
            return Ok(finding("backups", Health::Warning, "none was ever made: use het backup"));
        };
        let hours = now.duration_since(last).as_hours();
        let words = format!("the last was made at {last}");
        Ok(if hours < 48 {
            finding("backups", Health::Good, words)
        } else {
            finding("backups", Health::Warning, format!("{words}, {} days ago", hours / 24))
        })
    }

    async fn clock(&self, now: Moment) -> Result<Finding> {
        let db = self.store().reader();
        if let Some(server) = operations::clock_of_server(db).await?
            && let Ok(server) = server.parse::<Moment>()
        {
            let apart = now.duration_since(server).as_secs().abs();
            if apart > 5 {
                let words = format!("{apart} seconds apart from the database server's: set both by NTP");
                return Ok(finding("clock", Health::Bad, words));
            }
        }
        let newest = store::audit_lines(db, None, 1).await?.pop();
        Ok(match newest.and_then(|line| line.at.parse::<Moment>().ok()) {
            Some(newest) if newest > now => finding(
                "clock",
                Health::Bad,
                format!("it says {now}, but the last change was made at {newest}: the clock was set back"),
            ),
            _ => finding("clock", Health::Good, format!("{now}, after everything that was done")),
        })
    }
}

fn space(folder: &Path) -> Finding {
    match rustix::fs::statvfs(folder) {
        Ok(disk) => {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            let words = format!("{:.1} GB free under {}", free as f64 / 1e9, folder.display());
            match free {
                free if free < LITTLE_SPACE / 10 => {
                    finding("disk", Health::Bad, format!("{words}: make room"))
                }
                free if free < LITTLE_SPACE => {
                    finding("disk", Health::Warning, format!("{words}: make room"))
                }
                _ => finding("disk", Health::Good, words),
            }
        }
        Err(error) => finding("disk", Health::Warning, format!("{}: {error}", folder.display())),
    }
}

/// Whether others on the machine may read the database's file.
fn who_may_read(folder: &Path) -> Option<Finding> {
    use std::os::unix::fs::PermissionsExt;
    let file = folder.join("het.sqlite");
    let mode = |path: &Path| std::fs::metadata(path).ok().map(|known| known.permissions().mode());
    let (file_mode, folder_mode) = (mode(&file)?, mode(folder)?);
    Some(if file_mode & 0o004 != 0 && folder_mode & 0o001 != 0 {
        let words = format!("everybody on this machine may read {}: chmod 700 its folder", file.display());
        finding("file", Health::Warning, words)
    } else {
        finding("file", Health::Good, "not everybody on this machine may read it")
    })
}
