//! Giving records out for a purpose: as many fields as the purpose has, of those people whom it may use.

use jiff::ToSpan;
use store::register::{self, NewReading, Person};
use vocabulary::{Date, Personal};

use super::purposes::{Purpose, purpose};
use crate::{Actor, Error, Moment, Permission, Result, Town, entry};

/// The fields that a purpose may give out.
pub(super) const FIELDS: [&str; 8] =
    ["given_name", "family_name", "telephone", "language", "year_of_birth", "sex", "lsoa", "age"];

/// What is given out.
#[derive(Clone, PartialEq, Eq)]
pub struct Extract {
    /// The names of the fields.
    pub fields: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
    /// How many were left out because the opt-out service did not give them back.
    pub opted_out: u64,
    /// How many were left out for want of a consent.
    pub without_consent: u64,
    /// How many were left out because they asked that their record only be kept (Article 18).
    pub restricted: u64,
}

impl std::fmt::Debug for Extract {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Extract of {}", self.rows.len())
    }
}

impl Town {
    /// The fields of a purpose of all whom it may use. Each of them is noted as having been given out.
    ///
    /// # Errors
    /// [`Error::Refused`] for a purpose that gives nothing out, or to which the opt-out applies while there is no answer of its service
    /// that may still be used.
    pub async fn extract(&self, actor: &Actor, code: &str, (today, now): (Date, Moment)) -> Result<Extract> {
        actor.require(Permission::KeepRegister)?;
        let purpose = purpose(code).filter(|purpose| !purpose.fields.is_empty());
        let purpose = purpose.ok_or_else(|| {
            let codes =
                super::purposes().iter().filter(|one| !one.fields.is_empty()).map(|one| one.code.as_str());
            let codes = codes.collect::<Vec<_>>().join(", ");
            Error::refused("purpose", format!("Choose a purpose for which records are given out: {codes}"))
        })?;
        if let Some(unknown) = purpose.fields.iter().find(|field| !FIELDS.contains(&field.as_str())) {
            let reason = format!("het knows no field '{unknown}'");
            return Err(Error::Failed { doing: "giving records out", reason });
        }
        if purpose.opt_out {
            self.require_opt_outs(today).await?;
        }
        let keys = self.keys()?;
        let mut people = Vec::new();
        register::each_person(self.register().reader(), keys, |person| {
            people.push(person);
            Ok::<(), store::Error>(())
        })
        .await?;
        let mut extract = Extract {
            fields: purpose.fields.clone(),
            rows: Vec::new(),
            opted_out: 0,
            without_consent: 0,
            restricted: 0,
        };
        let (write, at) = (self.register().write().await?, now.to_string());
        for person in people {
            if !self.may_be_used(&write, purpose, &person, &mut extract).await? {
                continue;
            }
            extract.rows.push(purpose.fields.iter().map(|field| value(field, &person, today)).collect());
            let new = NewReading {
                person_id: &person.id,
                at: &at,
                reader: actor.name(),
                role: actor.role().code(),
                kind: "export",
                reason: &purpose.code,
                words: &Personal::new(String::new()),
            };
            register::add_reading(&write, keys, new).await?;
        }
        let detail = serde_json::json!({
            "purpose": purpose.code, "people": extract.rows.len(), "opted_out": extract.opted_out,
            "without_consent": extract.without_consent, "restricted": extract.restricted,
        });
        write.commit_register(&entry(actor, "extract", "register", detail)).await?;
        Ok(extract)
    }

    async fn may_be_used(
        &self,
        write: &store::Write,
        purpose: &Purpose,
        person: &Person,
        extract: &mut Extract,
    ) -> Result<bool> {
        let (db, keys) = (write.reader(), self.keys()?);
        let holds = register::holds_of(db, keys, &person.id).await?;
        if holds.iter().any(|hold| hold.reason == "restriction" && hold.lifted_at.is_none()) {
            extract.restricted += 1;
            return Ok(false);
        }
        if purpose.consent {
            let consents = register::consents_of(db, &person.id).await?;
            if !consents.iter().any(|one| one.purpose == purpose.code && one.withdrawn_at.is_none()) {
                extract.without_consent += 1;
                return Ok(false);
            }
        }
        // Whoever has no number cannot be asked about, and is not used.
        let clear = match &person.nhs_number {
            Some(number) if purpose.opt_out => register::clear_of_opt_out(db, keys, number).await?,
            None if purpose.opt_out => false,
            _ => true,
        };
        extract.opted_out += u64::from(!clear);
        Ok(clear)
    }
}

fn value(field: &str, person: &Person, today: Date) -> String {
    match field {
        "given_name" => person.given_name.reveal().clone(),
        "family_name" => person.family_name.reveal().clone(),
        "telephone" => person.telephone.reveal().clone(),
        "language" => person.language.clone(),
        "year_of_birth" => person.date_of_birth.year().to_string(),
        "sex" => person.sex.clone(),
        "lsoa" => person.lsoa.map(|code| code.to_string()).unwrap_or_default(),
        "age" => (0_i64..150)
            .take_while(|years| person.date_of_birth.saturating_add((years + 1).years()) <= today)
            .count()
            .to_string(),
        _ => String::new(),
    }
}
