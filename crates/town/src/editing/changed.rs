//! What somebody else saved of a thing while one was editing it.

use store::AuditLine;
use vocabulary::Date;

use super::{Editable, Editing, Fields, Seen};
use crate::partnership::{Programme, principle};
use crate::{Error, Moment, Result, Town, clock, long_date};

/// What somebody else saved of a thing while one was editing it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// What the thing is called: `action`.
    pub what: &'static str,
    /// Its code now.
    pub code: String,
    /// Who changed it, when that is known.
    pub by: Option<String>,
    /// When, in words.
    pub at: Option<String>,
    /// The fields that they changed.
    pub fields: Vec<ChangedField>,
    /// Its version now.
    pub version: String,
    /// What to begin anew with: everything as it is now, except what one has changed oneself.
    pub merged: Fields,
    /// What is seen of it now.
    pub now: Seen,
}

/// A field that somebody else changed. All texts are in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedField {
    /// Its name in the form.
    pub name: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What it held when one began; not known to a program that says only which version it saw.
    pub was: Option<String>,
    /// What it holds now.
    pub now: String,
    /// What one wrote into it, when that is neither.
    pub yours: Option<String>,
}

impl Town {
    /// Finds out what is another since it was seen, and through whom.
    pub(super) async fn changed<F: Editable>(
        &self,
        programme: &Programme,
        code: &str,
        editing: Editing<'_>,
        now: &F,
        form: &F,
    ) -> Result<Error> {
        let (entry, seen) = match editing.seen {
            Seen::Fields { entry, fields } => (*entry, Some(fields)),
            Seen::Version { .. } => (0, None),
        };
        let (is, wanted) = (now.fields(), form.fields());
        let (mut fields, mut merged) = (Vec::new(), is.clone());
        for &(name, label) in F::FIELDS {
            let text = |of: &Fields| of.get(name).cloned().unwrap_or_default();
            let (was, is, yours) = (seen.map(text), text(&is), text(&wanted));
            let mine = was.as_ref().is_none_or(|was| *was != yours);
            if mine {
                merged.insert(name.to_owned(), yours.clone());
            }
            if was.as_ref() == Some(&is) || was.is_none() && yours == is {
                continue;
            }
            fields.push(ChangedField {
                name,
                label,
                yours: (mine && yours != is).then(|| in_words(programme, name, &yours)),
                was: was.map(|was| in_words(programme, name, &was)),
                now: in_words(programme, name, &is),
            });
        }
        let subjects = [now.subject(editing.code), now.subject(code), "programme".to_owned()];
        let line = self.newest_of(&subjects, entry).await?;
        let by = match &line {
            Some(line) => Some(self.called(&line.actor).await?),
            None => None,
        };
        Ok(Error::Changed(Box::new(Changed {
            what: F::WHAT,
            code: code.to_owned(),
            by,
            at: line.and_then(|line| line.at.parse().ok()).map(|at: Moment| clock::in_words(at)),
            fields,
            version: super::fields::version_of(&is),
            merged,
            now: self.seen(now).await?,
        })))
    }

    /// The newest entry of the audit log about one of these, after the one with this number.
    async fn newest_of(&self, subjects: &[String], after: i64) -> Result<Option<AuditLine>> {
        let mut newest: Option<AuditLine> = None;
        for subject in subjects {
            let line = store::audit_lines(self.store().reader(), Some(subject), 1).await?.pop();
            let newer = |line: &AuditLine| line.id > newest.as_ref().map_or(after, |newest| newest.id);
            newest = line.filter(newer).or(newest);
        }
        Ok(newest)
    }

    /// What whoever is in the audit log is called on screen.
    async fn called(&self, actor: &str) -> Result<String> {
        let account = store::accounts::account_by_email(self.store().reader(), actor).await?;
        Ok(account.map_or_else(|| actor.to_owned(), |account| account.name))
    }
}

/// What a field says, for people: names for codes, dates in full.
fn in_words(programme: &Programme, field: &str, text: &str) -> String {
    let named = |found: Option<&String>| found.cloned().unwrap_or_else(|| text.to_owned());
    let member = || programme.members.iter().find(|member| member.code == text).map(|member| &member.name);
    match field {
        _ if text.is_empty() => match field {
            "owner" | "sponsor" => "nobody".to_owned(),
            "impact" => "no".to_owned(),
            _ => "nothing".to_owned(),
        },
        "owner" | "sponsor" => named(member()),
        "subgroup" => named(programme.subgroups.iter().find(|one| one.code == text).map(|one| &one.name)),
        "starts" | "due" | "finished" | "stopped" => date(text),
        "percent" => format!("{text}%"),
        "principle" => {
            let words = text.parse().ok().and_then(principle).unwrap_or_default();
            format!("{text}. {words}")
        }
        "recommendations" => text.replace('\n', ", "),
        "milestones" => lines(text, |[title, due, done]| match done {
            "" => format!("{title}, due {}", date(due)),
            done => format!("{title}, due {}, done {}", date(due), date(done)),
        }),
        "targets" => lines(text, |[value, due, source]| match source {
            "" => format!("{value} by {}", date(due)),
            source => format!("{value} by {} ({source})", date(due)),
        }),
        _ => text.to_owned(),
    }
}

fn date(text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), |date: Date| long_date(date))
}

fn lines(text: &str, say: impl Fn([&str; 3]) -> String) -> String {
    let line = |line: &str| {
        let mut parts = line.splitn(3, '\t');
        let first = parts.next().unwrap_or_default();
        let second = parts.next().unwrap_or_default();
        say([first, second, parts.next().unwrap_or_default()])
    };
    text.lines().map(line).collect::<Vec<_>>().join("; ")
}
