//! Editing the targets of an indicator.

use store::indicators::Target;
use vocabulary::Date;

use super::edit::find;
use crate::actor::{Belonging, Belongs};
use crate::editing::{Change, Checks, Editable, Editing, FieldLine, form};
use crate::partnership::Programme;
use crate::{Actor, Permission, Result, Town};

/// A target as a form sends it; one without a value and a date is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TargetForm {
    /// The value to reach.
    pub value: String,
    /// By when, as ISO text.
    pub due: String,
    /// Who set it, and where.
    pub source: String,
}

/// All targets of an indicator as a form sends them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TargetsForm {
    /// The targets, by date.
    pub targets: Vec<TargetForm>,
}

impl FieldLine for TargetForm {
    fn parts(&self) -> [&str; 3] {
        [&self.value, &self.due, &self.source]
    }

    fn of_parts([value, due, source]: [&str; 3]) -> TargetForm {
        TargetForm { value: value.to_owned(), due: due.to_owned(), source: source.to_owned() }
    }
}

form!(TargetsForm, "targets of indicator", {
    targets: "Targets",
});

impl Town {
    /// What the indicator with this code is called, for the pages of its forms.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) when there is none.
    pub async fn indicator_name(&self, actor: &Actor, code: &str) -> Result<String> {
        actor.require(Permission::EditIndicators)?;
        Ok(find(&*self.programme().await?, code)?.name.clone())
    }

    /// The targets of the indicator with this code, as the form begins with them.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) when there is no such indicator.
    pub async fn targets_form(&self, actor: &Actor, code: &str) -> Result<TargetsForm> {
        self.form(actor, code).await
    }

    /// Makes the targets of an indicator those of the form, and gives its code now.
    ///
    /// # Errors
    /// [`Error::Refused`](crate::Error::Refused) naming `target-0-value`, `target-0-due`, …;
    /// [`Error::Changed`](crate::Error::Changed) when they are others than were seen.
    pub async fn save_targets(
        &self,
        actor: &Actor,
        editing: Option<Editing<'_>>,
        form: &TargetsForm,
    ) -> Result<String> {
        self.keep(actor, editing, form).await
    }
}

impl Editable for TargetsForm {
    const EDITING: Permission = Permission::EditIndicators;
    const RENAMED: Option<(&'static str, &'static str)> = Some(("indicator", "code"));

    fn of(programme: &Programme, code: &str) -> Result<TargetsForm> {
        let targets = programme.targets_of(find(programme, code)?.id).map(|target| TargetForm {
            value: target.value.to_string(),
            due: target.due_on.to_string(),
            source: target.source.clone(),
        });
        Ok(TargetsForm { targets: targets.collect() })
    }

    fn belongs(programme: &Programme, code: &str) -> Result<Belonging> {
        Ok(find(programme, code)?.belongs())
    }

    fn change(&self, programme: &Programme, code: Option<&str>) -> Result<Change> {
        let indicator = find(programme, code.unwrap_or_default())?;
        let mut checks = Checks::default();
        let mut targets = Vec::new();
        for (index, form) in self.targets.iter().enumerate() {
            if form.value.trim().is_empty() && form.due.trim().is_empty() && form.source.trim().is_empty() {
                continue;
            }
            let (value_field, due_field) = (format!("target-{index}-value"), format!("target-{index}-due"));
            let value = checks.number(&value_field, &form.value);
            if form.value.trim().is_empty() {
                checks.refuse(&value_field, "Enter the value to reach");
            }
            let due: Option<Date> =
                form.due.trim().parse().ok().filter(|date: &Date| (1990..=2200).contains(&date.year()));
            if due.is_none() {
                checks.refuse(&due_field, "Enter the date by which it should be reached, such as 31 3 2029");
            }
            if let Some((value, due_on)) = value.zip(due) {
                let source = form.source.trim().to_owned();
                targets.push(Target { indicator_id: indicator.id, value, due_on, source });
            }
        }
        checks.done()?;
        Ok(Change::Targets(indicator.code.clone(), indicator.id, targets))
    }
}
