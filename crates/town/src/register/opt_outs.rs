//! The national data opt-out: numbers to be checked by NHS England's service, and its answer. Its rules do not let anybody hold in a
//! person's record whether they have opted out; the answer (those who have not) may be kept beside the records for 21 days.

use store::register;
use vocabulary::{Date, NhsNumber};

use super::retention::{retention_rules, rule};
use crate::{Actor, Error, Permission, Result, Town};

/// What an answer says of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptOuts {
    /// Numbers in the answer.
    pub numbers: u64,
    /// People of the register who are in the answer and have not opted out.
    pub clear: u64,
    /// People of the register who are not: they have opted out, were not asked about, or have no number.
    pub others: u64,
}

impl Town {
    /// The numbers of everybody, as the service wants them: one a line, a comma behind each.
    pub async fn opt_out_request(&self, actor: &Actor) -> Result<String> {
        actor.require(Permission::KeepRegister)?;
        let (mut text, mut count) = (String::new(), 0_u64);
        register::each_person(self.register().reader(), self.keys()?, |person| {
            if let Some(number) = person.nhs_number {
                text.push_str(&number.reveal());
                text.push_str(",\n");
                count += 1;
            }
            Ok::<(), store::Error>(())
        })
        .await?;
        let write = self.register().write().await?;
        let detail = serde_json::json!({ "numbers": count });
        self.commit_register(write, actor, "ask for opt-outs", "register", detail).await?;
        Ok(text)
    }

    /// Keeps the service's answer in place of the last one: all of the file or nothing.
    ///
    /// # Errors
    /// [`Error::Refused`] for a file that is empty or has a line that is no NHS number, a day to come, or an answer that is too old to
    /// be used.
    pub async fn import_opt_outs(
        &self,
        actor: &Actor,
        (name, bytes): (&str, &[u8]),
        (checked_on, today): (Date, Date),
    ) -> Result<OptOuts> {
        actor.require(Permission::KeepRegister)?;
        let keys = self.keys()?;
        let numbers = numbers_of(name, bytes)?;
        if checked_on > today || today > usable_until(checked_on) {
            return Err(Error::refused(
                "checked-on",
                "The answer is of a day to come, or too old to be used: ask again",
            ));
        }
        let write = self.register().write().await?;
        register::set_opt_out_check(&write, keys, &checked_on.to_string(), &numbers).await?;
        let known: std::collections::BTreeSet<String> = numbers.iter().map(NhsNumber::reveal).collect();
        let mut found = OptOuts { numbers: numbers.len() as u64, clear: 0, others: 0 };
        register::each_person(write.reader(), keys, |person| {
            if person.nhs_number.is_some_and(|number| known.contains(&number.reveal())) {
                found.clear += 1;
            } else {
                found.others += 1;
            }
            Ok::<(), store::Error>(())
        })
        .await?;
        let detail = serde_json::json!({ "numbers": found.numbers, "checked_on": checked_on.to_string() });
        self.commit_register(write, actor, "import opt-outs", "register", detail).await?;
        Ok(found)
    }

    /// Refuses unless there is an answer of the service that may be used on a day.
    pub(super) async fn require_opt_outs(&self, today: Date) -> Result<()> {
        let check = register::last_opt_out_check(self.register().reader()).await?;
        let on = check.and_then(|check| check.checked_on.parse::<Date>().ok());
        match on {
            Some(on) if on <= today && today <= usable_until(on) => Ok(()),
            _ => Err(Error::refused(
                "purpose",
                "The national data opt-out applies: ask its service first (het register opt-outs), whose answer may be used for 21 days",
            )),
        }
    }
}

fn usable_until(checked_on: Date) -> Date {
    use jiff::ToSpan;
    let days = rule(retention_rules(), "opt-out-check").map_or(0, |rule| rule.value);
    checked_on.saturating_add(days.days())
}

fn numbers_of(name: &str, bytes: &[u8]) -> Result<Vec<NhsNumber>> {
    let refused = |line: usize, words: String| Err(Error::refused(format!("{name}, row {line}"), words));
    let Ok(text) = std::str::from_utf8(bytes) else { return refused(0, "it is not text".to_owned()) };
    let mut numbers = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match line.trim().trim_end_matches(',').parse::<NhsNumber>() {
            Ok(number) => numbers.push(number),
            Err(error) => return refused(index + 1, error.to_string()),
        }
    }
    if numbers.is_empty() {
        return refused(
            0,
            "it holds no number: a service that gives nobody back has not answered".to_owned(),
        );
    }
    if !text.ends_with('\n') && !text.ends_with(',') {
        return refused(
            text.lines().count(),
            "the last line does not end: the file may have been cut off".to_owned(),
        );
    }
    Ok(numbers)
}
