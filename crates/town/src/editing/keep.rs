//! Keeping what a form says.

use serde::{Deserialize, Serialize};
use store::audit_head;

use super::fields::version_of;
use super::{Change, Fields, Form};
use crate::actor::Belonging;
use crate::partnership::Programme;
use crate::{Actor, Error, Permission, Result, Town, entry};

/// How often a change is tried anew because something else was committed while it was written.
const TRIES: usize = 20;

/// A form that the programme's things are read into and written from.
pub(crate) trait Editable: Form {
    /// What somebody needs to edit one.
    const EDITING: Permission = Permission::EditProgramme;
    /// What somebody needs to make a new one.
    const MAKING: Permission = Self::EDITING;
    /// The kind of thing in whose audit entries a new code of this one is found, and the field of that code; none where the
    /// code never changes.
    const RENAMED: Option<(&'static str, &'static str)> = None;

    /// The thing with this code as its form shows it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    fn of(programme: &Programme, code: &str) -> Result<Self>;

    /// What the form changes about the thing with this code, or makes anew without one.
    ///
    /// # Errors
    /// [`Error::Refused`] with every field that will not do.
    fn change(&self, programme: &Programme, code: Option<&str>) -> Result<Change>;

    /// Whose the thing with this code is.
    fn belongs(_programme: &Programme, _code: &str) -> Result<Belonging> {
        Ok(Belonging::default())
    }

    /// The form with what cannot be changed as it is: a form that edits leaves such a field out.
    fn settled(&self, _now: &Self) -> Self {
        self.clone()
    }

    /// What the audit log calls the thing that had this code and these fields.
    fn subject(&self, code: &str) -> String {
        format!("{} {code}", Self::WHAT)
    }
}

/// What somebody saw of a thing when they began to edit it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Seen {
    /// Every field.
    Fields {
        /// The number of the last entry of the audit log at that time.
        entry: i64,
        /// What each field held.
        fields: Fields,
    },
    /// Its version, as a program was given it.
    Version {
        /// The version.
        version: String,
    },
}

impl Seen {
    /// The version that was seen.
    pub fn version(&self) -> String {
        match self {
            Seen::Fields { fields, .. } => version_of(fields),
            Seen::Version { version } => version.clone(),
        }
    }
}

/// The thing that is edited, by its code, and what was seen of it.
#[derive(Debug, Clone, Copy)]
pub struct Editing<'e> {
    /// Its code, as the address of its form has it.
    pub code: &'e str,
    /// What was seen of it.
    pub seen: &'e Seen,
}

impl Town {
    /// What somebody sees who begins to edit a form with these fields.
    pub async fn seen<F: Form>(&self, form: &F) -> Result<Seen> {
        let head = audit_head(self.store().reader()).await?;
        Ok(Seen::Fields { entry: head.entries, fields: form.fields() })
    }

    /// Reads the thing with this code into its form.
    pub(crate) async fn form<F: Editable>(&self, actor: &Actor, code: &str) -> Result<F> {
        actor.require(F::EDITING)?;
        let programme = self.programme().await?;
        let form = F::of(&programme, code)?;
        let belongs = F::belongs(&programme, code)?;
        actor.require_change(F::EDITING, Some(&belongs), &belongs)?;
        Ok(form)
    }

    /// Keeps what a form says of the thing that is edited, or of a new one, and gives the code that it is found by now.
    ///
    /// # Errors
    /// [`Error::Refused`] with every field that will not do; [`Error::Changed`] when somebody else changed the thing since
    /// it was seen: then nothing is written.
    pub(crate) async fn keep<F: Editable>(
        &self,
        actor: &Actor,
        editing: Option<Editing<'_>>,
        form: &F,
    ) -> Result<String> {
        let permission = if editing.is_some() { F::EDITING } else { F::MAKING };
        actor.require(permission)?;
        for _ in 0..TRIES {
            let version = self.data_version().await?;
            let programme = self.programme().await?;
            let before = match editing {
                Some(editing) => Some(self.as_seen(actor, &programme, editing, form).await?),
                None => None,
            };
            let belonged = editing.map(|editing| F::belongs(&programme, editing.code)).transpose()?;
            let form = &before.as_ref().map_or_else(|| form.clone(), |before| form.settled(before));
            let change = form.change(&programme, editing.map(|editing| editing.code))?;
            actor.require_change(permission, belonged.as_ref(), &change.belongs(&programme))?;
            let write = self.store().write().await?;
            if let Err(error) = change.write(&write).await {
                write.abandon().await?;
                if self.data_version().await? == version {
                    return Err(error.into());
                }
                continue;
            }
            let subject = match (&before, editing) {
                (Some(before), Some(editing)) => before.subject(editing.code),
                _ => form.subject(change.code()),
            };
            let verb = if before.is_some() { "edit" } else { "create" };
            let detail = detail(before.as_ref(), form);
            if write.commit_on(version, &entry(actor, verb, subject, detail)).await? {
                return Ok(change.code().to_owned());
            }
        }
        Err(Error::Crowded)
    }

    /// The thing as it is, when that is what was seen.
    async fn as_seen<F: Editable>(
        &self,
        actor: &Actor,
        programme: &Programme,
        editing: Editing<'_>,
        form: &F,
    ) -> Result<F> {
        let (code, now) = match F::of(programme, editing.code) {
            Ok(now) => (editing.code.to_owned(), now),
            Err(error @ Error::NotFound { .. }) => {
                let Some(code) = self.renamed::<F>(editing.code).await? else { return Err(error) };
                let now = F::of(programme, &code)?;
                (code, now)
            }
            Err(error) => return Err(error),
        };
        let belongs = F::belongs(programme, &code)?;
        actor.require_change(F::EDITING, Some(&belongs), &belongs)?;
        if editing.seen.version() == version_of(&now.fields()) {
            return Ok(now);
        }
        Err(self.changed(programme, &code, editing, &now, &form.settled(&now)).await?)
    }

    /// The code that a thing was given instead of this one.
    async fn renamed<F: Editable>(&self, code: &str) -> Result<Option<String>> {
        let Some((what, field)) = F::RENAMED else { return Ok(None) };
        let subject = format!("{what} {code}");
        let newest = store::audit_lines(self.store().reader(), Some(&subject), 1).await?.pop();
        let detail: Option<serde_json::Value> =
            newest.and_then(|line| serde_json::from_str(&line.detail).ok());
        Ok(detail.and_then(|detail| detail["to"][field].as_str().map(str::to_owned)))
    }
}

/// What the audit log keeps of an edit: the fields that are others now, from what to what; of a new thing all of them.
fn detail<F: Form>(before: Option<&F>, after: &F) -> serde_json::Value {
    let to = after.fields();
    let Some(before) = before else { return serde_json::json!({ "to": to }) };
    let from = before.fields();
    let other = |one: &Fields, than: &Fields| -> Fields {
        one.iter()
            .filter(|(name, text)| than.get(*name) != Some(text))
            .map(|(name, text)| (name.clone(), text.clone()))
            .collect()
    };
    serde_json::json!({ "from": other(&from, &to), "to": other(&to, &from) })
}
