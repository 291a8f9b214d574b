//! How long records are kept: data with its source, and throwing away what is past its time.

use std::sync::LazyLock;

use jiff::ToSpan;
use serde::Deserialize;
use store::register::{self, Erasure, Standing};
use vocabulary::Date;

use super::subject;
use crate::{Actor, Error, Moment, Permission, Result, Town};

/// One rule of the schedule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionRule {
    /// `child`, `child-of-17`, `adult`, `reading` or `opt-out-check`.
    pub kind: String,
    /// What it says.
    pub words: String,
    /// How many years, or days for the last.
    pub value: i64,
    /// `delete` or `anonymise`.
    pub action: String,
    /// Where it stands.
    pub source: String,
}

#[derive(Deserialize)]
struct File {
    rule: Vec<RetentionRule>,
}

const KINDS: [&str; 5] = ["child", "child-of-17", "adult", "reading", "opt-out-check"];

/// The schedule that het comes with, as its file says it.
pub const RETENTION_SCHEDULE: &str = include_str!("../../data/register/retention.toml");

static RULES: LazyLock<std::result::Result<Vec<RetentionRule>, String>> =
    LazyLock::new(|| parse(RETENTION_SCHEDULE));

fn parse(text: &str) -> std::result::Result<Vec<RetentionRule>, String> {
    let rules = toml::from_str::<File>(text).map_err(|error| error.message().to_owned())?.rule;
    for kind in KINDS {
        let of_kind: Vec<&RetentionRule> = rules.iter().filter(|rule| rule.kind == kind).collect();
        let [rule] = of_kind.as_slice() else { return Err(format!("there must be one rule for '{kind}'")) };
        if !["delete", "anonymise"].contains(&rule.action.as_str()) {
            return Err(format!("the action of '{kind}' must be delete or anonymise"));
        }
        if !(1..=150).contains(&rule.value) || rule.source.trim().is_empty() {
            return Err(format!("'{kind}' needs a value from 1 to 150 and a source"));
        }
    }
    match rules.iter().find(|rule| !KINDS.contains(&rule.kind.as_str())) {
        Some(unknown) => Err(format!("'{}' is no kind of record", unknown.kind)),
        None => Ok(rules),
    }
}

/// The rules that het comes with; none when they cannot be read, and then nothing is thrown away.
pub fn retention_rules() -> &'static [RetentionRule] {
    RULES.as_deref().unwrap_or_default()
}

/// The rule of a kind.
pub(super) fn rule<'r>(rules: &'r [RetentionRule], kind: &str) -> Option<&'r RetentionRule> {
    rules.iter().find(|rule| rule.kind == kind)
}

/// From which day a record is past its time, and by which rule.
pub(super) fn due_on(
    rules: &[RetentionRule],
    born: Date,
    last_contact: Date,
) -> Option<(Date, &RetentionRule)> {
    let birthday = |years: i64| born.saturating_add(years.years());
    let kind = match last_contact {
        day if day < birthday(17) => "child",
        day if day < birthday(18) => "child-of-17",
        _ => "adult",
    };
    let rule = rule(rules, kind)?;
    let from = if kind == "adult" { last_contact } else { born };
    Some((from.saturating_add(rule.value.years()), rule))
}

/// What is past its time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Due {
    /// By kind: how many are thrown away, and how many a hold keeps.
    pub kinds: Vec<(String, u64, u64)>,
    /// How many notes of readings.
    pub readings: u64,
}

impl Due {
    fn add(&mut self, kind: &str, held: bool) {
        let place = self.kinds.iter().position(|(known, ..)| known == kind).unwrap_or_else(|| {
            self.kinds.push((kind.to_owned(), 0, 0));
            self.kinds.len() - 1
        });
        if held { self.kinds[place].2 += 1 } else { self.kinds[place].1 += 1 }
    }
}

impl Town {
    /// Throws away, or makes anonymous, what is past its time by the schedule: het's, or that of a file's text. With `dry_run` it only
    /// says what would be.
    ///
    /// # Errors
    /// [`Error::Refused`] for a schedule that will not do.
    pub async fn run_retention(
        &self,
        actor: &Actor,
        schedule: Option<&str>,
        dry_run: bool,
        (today, now): (Date, Moment),
    ) -> Result<Due> {
        actor.require(Permission::KeepRegister)?;
        let own = schedule.map(parse).transpose().map_err(|reason| Error::refused("schedule", reason))?;
        let rules = own.as_deref().unwrap_or_else(|| retention_rules());
        let (mut due, mut ids) = (Due::default(), Vec::new());
        register::each_standing(self.register().reader(), |standing: Standing| {
            let dates = standing.date_of_birth.parse().ok().zip(standing.last_contact.parse().ok());
            let Some((on, rule)) = dates.and_then(|(born, last)| due_on(rules, born, last)) else { return };
            if on <= today {
                due.add(&rule.kind, standing.is_held);
                if !standing.is_held {
                    ids.push((standing.id, rule));
                }
            }
        })
        .await?;
        let before = rule(rules, "reading").map(|rule| today.saturating_sub(rule.value.years()).to_string());
        if let Some(before) = &before {
            due.readings = register::readings_before(self.register().reader(), before).await?.unsigned_abs();
        }
        if dry_run {
            return Ok(due);
        }
        for (id, rule) in ids {
            self.throw_away(actor, &id, rule, now).await?;
        }
        if let Some(before) = before.filter(|_| due.readings > 0) {
            let write = self.register().write().await?;
            let count = register::purge_readings(&write, &before).await?;
            let detail = serde_json::json!({ "readings": count, "before": before });
            self.commit_register(write, actor, "retention", "register", detail).await?;
        }
        Ok(due)
    }

    /// One person, in one transaction, unless a hold was set meanwhile.
    async fn throw_away(&self, actor: &Actor, id: &str, rule: &RetentionRule, now: Moment) -> Result<()> {
        let (keys, write) = (self.keys()?, self.register().write().await?);
        let holds = register::holds_of(write.reader(), keys, id).await?;
        let person = register::person_by_id(write.reader(), keys, id).await?;
        let Some(person) = person.filter(|_| holds.iter().all(|hold| hold.lifted_at.is_some())) else {
            return Ok(write.abandon().await?);
        };
        let anonymise = rule.action == "anonymise";
        if anonymise {
            register::keep_anonymous(&write, &person).await?;
        }
        let erasure = Erasure {
            id: id.to_owned(),
            at: now.to_string(),
            erased_by: actor.name().to_owned(),
            kind: if anonymise { "anonymised" } else { "retention" }.to_owned(),
            reason: rule.kind.clone(),
        };
        register::delete_person(&write, &erasure).await?;
        let detail = serde_json::json!({ "rule": rule.kind, "action": rule.action });
        self.commit_register(write, actor, "retention", subject(id), detail).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schedule_is_that_of_the_code_of_practice() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        let check = |born: &str, last: &str, kind: &str, due: &str| {
            let (on, rule) = due_on(retention_rules(), date(born), date(last)).unwrap();
            assert_eq!((rule.kind.as_str(), on), (kind, date(due)), "{born} {last}");
        };
        check("2001-11-24", "2010-01-01", "child", "2026-11-24");
        check("2001-11-24", "2018-11-23", "child", "2026-11-24");
        // 17 when last seen: a year longer.
        check("2001-11-24", "2018-11-24", "child-of-17", "2027-11-24");
        check("2001-11-24", "2019-11-23", "child-of-17", "2027-11-24");
        check("2001-11-24", "2019-11-24", "adult", "2027-11-24");
        check("1980-01-01", "2020-02-29", "adult", "2028-02-29");
        check("2004-02-29", "2010-01-01", "child", "2029-02-28");
    }

    #[test]
    fn a_schedule_that_will_not_do_is_refused() {
        let text = RETENTION_SCHEDULE;
        assert!(parse(text).is_ok());
        assert!(parse(&text.replace("\"adult\"", "\"adults\"")).is_err());
        assert!(parse(&text.replacen("delete", "forget", 2)).is_err());
        assert!(parse(&text.replace("value = 8", "value = 0")).is_err());
        assert!(parse("").is_err());
    }
}
