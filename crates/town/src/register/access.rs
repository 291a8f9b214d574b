//! Giving somebody everything that is held about them (UK GDPR Article 15), who read it included.

use report::documents::{Block, Cell, Column, Document, Section, Table};
use serde_json::{Value, json};
use store::register::{self, Person};
use vocabulary::Date;

use super::lists::{BREAK_GLASS_REASONS, DECISIONS, GUARDIANS, HOLD_REASONS, SEXES, SHARING, words_of};
use super::purposes::purposes;
use super::view::{ReadingLine, name_of};
use super::{Given, subject};
use crate::reports::ReportFormat;
use crate::{Actor, Moment, Permission, Result, Town, long_date};

/// How a person gets their record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessFormat {
    /// For other programs (UK GDPR Article 20).
    Json,
    /// To be read: tagged PDF.
    Pdf,
    /// To be read: a part of a web page.
    Html,
}

impl AccessFormat {
    /// Every format.
    pub const ALL: [AccessFormat; 3] = [AccessFormat::Json, AccessFormat::Pdf, AccessFormat::Html];

    /// The ending of its file, which is also its code.
    pub fn extension(self) -> &'static str {
        match self {
            AccessFormat::Json => "json",
            AccessFormat::Pdf => "pdf",
            AccessFormat::Html => "html",
        }
    }

    /// The media type of its file.
    pub fn media_type(self) -> &'static str {
        match self {
            AccessFormat::Json => "application/json",
            AccessFormat::Pdf => "application/pdf",
            AccessFormat::Html => "text/html; charset=utf-8",
        }
    }

    /// The format with this code.
    pub fn from_extension(code: &str) -> Option<AccessFormat> {
        AccessFormat::ALL.into_iter().find(|format| format.extension() == code)
    }
}

/// Everything that is held, each part as rows of texts.
struct Held {
    record: Vec<(&'static str, String)>,
    corrections: Vec<Vec<String>>,
    consents: Vec<Vec<String>>,
    holds: Vec<Vec<String>>,
    readings: Vec<Vec<String>>,
    log: Vec<Vec<String>>,
}

const CORRECTIONS: [&str; 5] = ["When", "By whom", "Field", "What it was before", "Why"];
const CONSENTS: [&str; 5] = ["Purpose", "Given by", "Given at", "Noted by", "Taken back at"];
const HOLDS: [&str; 5] = ["Since", "By whom", "Why", "In words", "Lifted at"];
const READINGS: [&str; 6] = ["When", "Who", "Role", "What", "Why", "In words"];
const LOG: [&str; 3] = ["When", "Who", "What"];
const PURPOSES: [&str; 4] = ["Purpose", "Lawful basis", "Condition for health data", "Who gets it"];

impl Town {
    /// Everything that is held about a person, in one format. That it was given out is noted.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] when there is no such record.
    pub async fn give_access(
        &self,
        actor: &Actor,
        id: &str,
        format: AccessFormat,
        (today, now): (Date, Moment),
    ) -> Result<Vec<u8>> {
        actor.require(Permission::RegisterRights)?;
        let person = self.there(id).await?;
        let given = Given { reason: "request".to_owned(), words: String::new() };
        self.note_reading(actor, &person, "export", &given, now).await?;
        let held = self.held_about(&person).await?;
        match format {
            AccessFormat::Json => {
                let failed = |error: serde_json::Error| crate::Error::Failed {
                    doing: "writing a record",
                    reason: error.to_string(),
                };
                serde_json::to_vec_pretty(&held.json(today)).map_err(failed)
            }
            AccessFormat::Pdf | AccessFormat::Html => {
                let settings = self.settings().await?;
                let document = held.document(name_of(&person).reveal(), &settings, today);
                let format = if format == AccessFormat::Pdf { ReportFormat::Pdf } else { ReportFormat::Html };
                format.write(&document)
            }
        }
    }

    /// The random name of the record of an NHS number, for whoever answers a request.
    ///
    /// # Errors
    /// [`crate::Error::Refused`] when it is no number or nobody has it.
    pub async fn record_of_number(&self, actor: &Actor, number: &str) -> Result<String> {
        actor.require(Permission::RegisterRights)?;
        let refused = |words: String| crate::Error::refused("nhs_number", words);
        let parsed = number.parse::<vocabulary::NhsNumber>().map_err(|error| refused(error.to_string()))?;
        let found = register::person_by_nhs_number(self.register().reader(), self.keys()?, &parsed).await?;
        found
            .map(|person| person.id)
            .ok_or_else(|| refused("nobody in the register has this number".to_owned()))
    }

    async fn held_about(&self, person: &Person) -> Result<Held> {
        let (db, keys, id) = (self.register().reader(), self.keys()?, person.id.as_str());
        let guardian = match &person.guardian_id {
            Some(id) => register::person_by_id(db, keys, id).await?,
            None => None,
        };
        let corrections = register::corrections_of(db, keys, id).await?;
        let consents = register::consents_of(db, id).await?;
        let holds = register::holds_of(db, keys, id).await?;
        let mut readings = Vec::new();
        for reading in register::readings_of(db, keys, id).await? {
            let review = register::review_of(db, keys, &reading.id).await?;
            let line = ReadingLine::of(reading);
            let mut words = line.words.reveal().clone();
            if let Some(review) = review {
                let decision = words_of(DECISIONS, &review.decision);
                words = format!("{words} (Looked at by {} on {}: {decision})", review.reviewer, review.at);
            }
            readings.push(vec![
                line.at,
                line.reader,
                line.role,
                line.did.to_owned(),
                reason(&line.reason),
                words,
            ]);
        }
        let log = store::audit_lines(db, Some(&subject(id)), 10_000).await?;
        Ok(Held {
            record: record_of(person, guardian.as_ref()),
            corrections: corrections
                .into_iter()
                .map(|one| vec![one.at, one.corrected_by, one.field, one.old.reveal().clone(), one.reason])
                .collect(),
            consents: consents
                .into_iter()
                .map(|one| {
                    vec![
                        one.purpose,
                        one.given_by,
                        one.given_at,
                        one.noted_by,
                        one.withdrawn_at.unwrap_or_default(),
                    ]
                })
                .collect(),
            holds: holds
                .into_iter()
                .map(|one| {
                    let why = words_of(HOLD_REASONS, &one.reason).to_owned();
                    vec![
                        one.since,
                        one.set_by,
                        why,
                        one.words.reveal().clone(),
                        one.lifted_at.unwrap_or_default(),
                    ]
                })
                .collect(),
            readings,
            log: log.into_iter().rev().map(|line| vec![line.at, line.actor, line.action]).collect(),
        })
    }
}

/// A reason may be a code of the reasons, of a way to search or of a purpose.
fn reason(text: &str) -> String {
    let named = purposes().iter().find(|purpose| purpose.code == text);
    let glass = words_of(BREAK_GLASS_REASONS, text);
    named.map_or(glass, |purpose| purpose.name.as_str()).to_owned()
}

fn record_of(person: &Person, guardian: Option<&Person>) -> Vec<(&'static str, String)> {
    let sharing: Vec<&str> = person.sharing.iter().map(|code| words_of(SHARING, code)).collect();
    let looked_after = guardian.map(|guardian| {
        format!("{} ({})", name_of(guardian).reveal(), words_of(GUARDIANS, &person.guardian_is))
    });
    vec![
        ("Record", person.id.clone()),
        ("Family name", person.family_name.reveal().clone()),
        ("Given names", person.given_name.reveal().clone()),
        ("Date of birth", person.date_of_birth.to_string()),
        ("Sex", words_of(SEXES, &person.sex).to_owned()),
        ("NHS number", person.nhs_number.map(|number| number.reveal_grouped()).unwrap_or_default()),
        ("Address", person.address.reveal().clone()),
        ("Postcode", person.postcode.reveal().clone()),
        ("Small area", person.lsoa.map(|code| code.to_string()).unwrap_or_default()),
        ("Telephone", person.telephone.reveal().clone()),
        ("Language", person.language.clone()),
        ("Looked after by", looked_after.unwrap_or_default()),
        ("Notes", person.notes.reveal().clone()),
        ("May be shared with", sharing.join("; ")),
        ("Where it came from", person.source.clone()),
        ("Last contact", person.last_contact.to_string()),
        ("Made at", person.created_at.clone()),
        ("Last changed at", person.changed_at.clone()),
    ]
}

fn purpose_rows() -> Vec<Vec<String>> {
    let row = |purpose: &super::Purpose| {
        let basis = [purpose.name.clone(), purpose.article_6.clone(), purpose.article_9.clone()];
        basis.into_iter().chain([purpose.recipients.join("; ")]).collect()
    };
    purposes().iter().map(row).collect()
}

impl Held {
    fn json(&self, today: Date) -> Value {
        let rows = |names: &[&str], rows: &[Vec<String>]| -> Value {
            let object = |row: &Vec<String>| -> Value {
                names
                    .iter()
                    .zip(row)
                    .map(|(name, text)| (key(name), Value::from(text.as_str())))
                    .collect::<serde_json::Map<_, _>>()
                    .into()
            };
            rows.iter().map(object).collect()
        };
        let record: serde_json::Map<String, Value> =
            self.record.iter().map(|(name, text)| (key(name), Value::from(text.as_str()))).collect();
        json!({
            "given_out_on": today.to_string(),
            "record": record,
            "corrections": rows(&CORRECTIONS, &self.corrections),
            "consents": rows(&CONSENTS, &self.consents),
            "holds": rows(&HOLDS, &self.holds),
            "readings": rows(&READINGS, &self.readings),
            "log": rows(&LOG, &self.log),
            "purposes": rows(&PURPOSES, &purpose_rows()),
        })
    }

    fn document(&self, name: &str, settings: &crate::Settings, today: Date) -> Document {
        let table = |caption: &str, names: &[&str], rows: &[Vec<String>], none: &str| {
            if rows.is_empty() {
                return Block::Note(none.to_owned());
            }
            let mut table = Table::new(caption, names.iter().map(|name| Column::text(*name)).collect());
            for row in rows {
                table.push(
                    row.iter()
                        .map(|text| if text.is_empty() { Cell::Blank } else { Cell::text(text.clone()) })
                        .collect(),
                );
            }
            Block::Table(table)
        };
        let section = |heading: &str, blocks: Vec<Block>| Section { blocks, ..Section::new(heading) };
        let known = self.record.iter().filter(|(_, text)| !text.is_empty());
        Document {
            title: format!("What is held about {name}"),
            subtitle: long_date(today),
            language: "en-GB".to_owned(),
            town: settings.town_name.clone(),
            as_of: today,
            synthetic: settings.synthetic,
            sections: vec![
                section(
                    "The record",
                    vec![Block::KeyValues(
                        known.map(|(key, text)| ((*key).to_owned(), text.clone())).collect(),
                    )],
                ),
                section(
                    "What it said before",
                    vec![table("Corrections", &CORRECTIONS, &self.corrections, "Nothing was corrected.")],
                ),
                section(
                    "Who has seen it",
                    vec![table("Readings", &READINGS, &self.readings, "Nobody has seen it.")],
                ),
                section(
                    "What was done with it",
                    vec![table("Log", &LOG, &self.log, "Nothing was done with it.")],
                ),
                section(
                    "What it is used for",
                    vec![
                        table("Purposes", &PURPOSES, &purpose_rows(), ""),
                        table("Consents", &CONSENTS, &self.consents, "No consent was noted."),
                        table("Holds", &HOLDS, &self.holds, "The record is not held."),
                    ],
                ),
            ],
            vintage: Vec::new(),
            methods: Vec::new(),
        }
    }
}

/// A heading as a name in JSON.
fn key(name: &str) -> String {
    name.to_lowercase().replace(' ', "_")
}
