//! Which backups are kept.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::file_error;
use crate::{Error, Moment, Result};

/// How many backups are kept: the newest of each of the last so many days, weeks and months that have one. The newest of all is
/// always kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// Days.
    pub days: usize,
    /// Weeks, from Monday.
    pub weeks: usize,
    /// Months.
    pub months: usize,
}

const START: &str = "het-";
const END: &str = ".hetbackup";
const FORMAT: &str = "%Y-%m-%dT%H%M%SZ";

/// The file's name of a backup made at this moment.
pub(super) fn name_of(moment: Moment) -> String {
    format!("{START}{}{END}", moment.strftime(FORMAT))
}

fn moment_of(name: &str) -> Option<Moment> {
    name.strip_prefix(START)?.strip_suffix(END)?.parse().ok()
}

/// The backups of a folder that were named for their moment, the oldest first.
///
/// # Errors
/// When the folder cannot be read.
pub fn backups_in(folder: &Path) -> Result<Vec<(Moment, PathBuf)>> {
    let mut found = Vec::new();
    for file in std::fs::read_dir(folder).map_err(file_error(folder))? {
        let file = file.map_err(file_error(folder))?;
        if let Some(moment) = file.file_name().to_str().and_then(moment_of) {
            found.push((moment, file.path()));
        }
    }
    found.sort();
    Ok(found)
}

/// The newest backup of a folder that was made at or before a moment.
///
/// # Errors
/// [`Error::Failed`] when there is none.
pub fn backup_before(folder: &Path, at: Moment) -> Result<PathBuf> {
    let found = backups_in(folder)?.into_iter().rfind(|(moment, _)| *moment <= at);
    let none = || format!("no backup in {} was made at or before {at}", folder.display());
    found.map(|(_, path)| path).ok_or_else(|| Error::Failed { doing: "the restore", reason: none() })
}

/// Removes the backups of a folder that need not be kept and gives their names.
///
/// # Errors
/// When the folder cannot be read or a file not removed.
pub fn prune(folder: &Path, keep: Keep) -> Result<Vec<PathBuf>> {
    let found = backups_in(folder)?;
    let moments: Vec<Moment> = found.iter().map(|(moment, _)| *moment).collect();
    let wanted = wanted(&moments, keep);
    let old: Vec<PathBuf> =
        found.into_iter().filter(|(moment, _)| !wanted.contains(moment)).map(|(_, path)| path).collect();
    for path in &old {
        std::fs::remove_file(path).map_err(file_error(path))?;
    }
    Ok(old)
}

fn wanted(moments: &[Moment], keep: Keep) -> BTreeSet<Moment> {
    let mut newest_first = moments.to_vec();
    newest_first.sort_by(|one, other| other.cmp(one));
    let day = |date: Date| date;
    let week = |date: Date| {
        let monday = i64::from(date.weekday().to_monday_zero_offset());
        date.checked_sub(jiff::Span::new().days(monday)).unwrap_or(date)
    };
    let month = |date: Date| date.first_of_month();
    let mut wanted: BTreeSet<Moment> = newest_first.first().copied().into_iter().collect();
    let kinds: [(usize, &dyn Fn(Date) -> Date); 3] =
        [(keep.days, &day), (keep.weeks, &week), (keep.months, &month)];
    for (count, span) in kinds {
        let mut seen = BTreeSet::new();
        for moment in &newest_first {
            let date = moment.to_zoned_datetime(TimeZone::UTC).date();
            if seen.len() < count && seen.insert(span(date)) {
                wanted.insert(*moment);
            }
        }
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(made: &[&str], days: usize, weeks: usize, months: usize, kept: &[&str]) {
        let moments: Vec<Moment> = made.iter().map(|text| text.parse().unwrap()).collect();
        let wanted: Vec<String> =
            wanted(&moments, Keep { days, weeks, months }).iter().map(Moment::to_string).collect();
        assert_eq!(wanted, kept, "{days} days, {weeks} weeks, {months} months");
    }

    #[test]
    fn the_newest_of_each_day_week_and_month() {
        let made = [
            "2026-09-30T02:00:00Z",
            "2026-10-15T02:00:00Z",
            "2026-11-15T02:00:00Z", // a Sunday
            "2026-11-16T02:00:00Z", // the Monday after
            "2026-11-23T02:00:00Z",
            "2026-11-24T02:00:00Z",
            "2026-11-24T14:00:00Z",
        ];
        check(&made, 0, 0, 0, &made[6..]);
        check(&made, 1, 0, 0, &made[6..]);
        check(&made, 2, 0, 0, &[made[4], made[6]]);
        check(&made, 0, 2, 0, &[made[3], made[6]]);
        check(&made, 0, 3, 0, &[made[2], made[3], made[6]]);
        check(&made, 0, 0, 3, &[made[0], made[1], made[6]]);
        check(&[], 7, 4, 12, &[]);
    }

    #[test]
    fn a_name_tells_its_moment() {
        let moment: Moment = "2026-11-24T17:22:05Z".parse().unwrap();
        assert_eq!(name_of(moment), "het-2026-11-24T172205Z.hetbackup");
        assert_eq!(moment_of(&name_of(moment)), Some(moment));
        assert_eq!(moment_of("notes.txt"), None);
        assert_eq!(moment_of("het-2026-11-24T172205Z.hetbackup.part"), None);
    }
}
