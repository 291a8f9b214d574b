//! Documents that data protection law asks for, made from what het is configured to do. What only the council can say stands in them as a
//! blank, and is never filled in by a guess.

mod dpia;
mod processing;

use report::documents::{Block, Cell, Column, Document, Section, Table};
use vocabulary::Date;

use crate::register::{RetentionRule, purposes, retention_rules};
use crate::reports::ReportFormat;
use crate::{Actor, Permission, Result, Role, Town};

/// A document about privacy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrivacyDocument {
    /// The data protection impact assessment (UK GDPR Article 35), in the order of the ICO's template.
    Dpia,
    /// The record of processing activities (UK GDPR Article 30).
    Processing,
}

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrivacyFormat {
    /// Markdown.
    Markdown,
    /// A part of a web page.
    Html,
    /// Word, to be filled in.
    Word,
}

/// What the configuration says, as the documents need it.
struct Facts {
    town: String,
    synthetic: bool,
    database: &'static str,
    people: i64,
    keys: String,
    accounts: Vec<(Role, usize)>,
    second_factors: usize,
    last_backup: Option<String>,
    last_opt_out_check: Option<String>,
}

impl Town {
    /// Writes a document about privacy as of a day.
    pub async fn privacy_document(
        &self,
        actor: &Actor,
        which: PrivacyDocument,
        format: PrivacyFormat,
        today: Date,
    ) -> Result<Vec<u8>> {
        actor.require(Permission::Maintain)?;
        let facts = self.facts().await?;
        let (title, sections) = match which {
            PrivacyDocument::Dpia => ("Data protection impact assessment", dpia::sections(&facts)),
            PrivacyDocument::Processing => ("Record of processing activities", processing::sections(&facts)),
        };
        let document = Document {
            title: title.to_owned(),
            subtitle: format!("het in {}, as configured on {}", facts.town, crate::long_date(today)),
            language: "en-GB".to_owned(),
            town: facts.town.clone(),
            as_of: today,
            synthetic: facts.synthetic,
            sections,
            vintage: Vec::new(),
            methods: Vec::new(),
        };
        match format {
            PrivacyFormat::Markdown => Ok(report::documents::markdown(&document).into_bytes()),
            PrivacyFormat::Html => ReportFormat::Html.write(&document),
            PrivacyFormat::Word => ReportFormat::Word.write(&document),
        }
    }

    async fn facts(&self) -> Result<Facts> {
        let db = self.store().reader();
        let settings = self.settings().await?;
        let open: Vec<_> = store::accounts::accounts(db)
            .await?
            .into_iter()
            .filter(|account| account.disabled_at.is_none())
            .collect();
        let count = |role: Role| open.iter().filter(|account| account.role == role.code()).count();
        let keys = match &self.keys {
            Some(keys) => format!(
                "given when het starts, {} of them; the newest is called {}",
                keys.names().len(),
                keys.newest()
            ),
            None => "not given: the register is shut".to_owned(),
        };
        let check = store::register::last_opt_out_check(self.register().reader()).await?;
        Ok(Facts {
            town: settings.town_name,
            synthetic: settings.synthetic,
            database: store::operations::durability(db).await?.database,
            people: store::register::count_people(self.register().reader()).await?,
            keys,
            accounts: Role::OF_ACCOUNTS
                .iter()
                .map(|role| (*role, count(*role)))
                .filter(|(_, count)| *count > 0)
                .collect(),
            second_factors: open.iter().filter(|account| account.has_second_factor()).count(),
            last_backup: store::operations::last_done(db, "back up").await?,
            last_opt_out_check: check.map(|check| check.checked_on),
        })
    }
}

/// What only the council can say.
fn blank(what: &str) -> Block {
    Block::Note(format!("To be decided by the council: {what}"))
}

fn paragraph(words: impl Into<String>) -> Block {
    Block::Paragraph(words.into())
}

fn section(heading: &str, blocks: Vec<Block>) -> Section {
    Section { blocks, ..Section::new(heading) }
}

fn table(caption: &str, headings: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Block {
    let mut table = Table::new(caption, headings.iter().map(|heading| Column::text(*heading)).collect());
    for row in rows {
        table.push(row.into_iter().map(Cell::text).collect());
    }
    Block::Table(table)
}

fn purposes_table() -> Block {
    let rows = purposes().iter().map(|one| {
        let opt_out =
            format!("{}. {}", if one.opt_out { "Applies" } else { "Does not apply" }, one.opt_out_why);
        vec![
            format!("{}. {}", one.name, one.words),
            one.article_6.clone(),
            one.article_9.clone(),
            opt_out,
            one.recipients.join("; "),
            one.source.clone(),
        ]
    });
    let headings = [
        "Purpose",
        "Lawful basis",
        "Condition for special categories",
        "National data opt-out",
        "Recipients",
        "Source",
    ];
    table("Purposes", &headings, rows)
}

fn retention_table() -> Block {
    let row = |rule: &RetentionRule| {
        let unit = if rule.kind == "opt-out-check" { "days" } else { "years" };
        vec![rule.words.clone(), format!("{} {unit}", rule.value), rule.action.clone(), rule.source.clone()]
    };
    table("Retention", &["What", "How long", "Then", "Source"], retention_rules().iter().map(row))
}

/// Which role sees what of a record, as the policy file says it now.
fn roles_table() -> Block {
    const PARTS: [(Permission, &str); 8] = [
        (Permission::ReadRegister, "name, date of birth, sex, small area, language"),
        (Permission::SeeNhsNumber, "NHS number"),
        (Permission::SeeContact, "address, postcode, telephone"),
        (Permission::SeeFamily, "who looks after the child"),
        (Permission::SeeNotes, "notes"),
        (Permission::EditRegister, "may correct"),
        (Permission::BreakGlass, "may break the glass"),
        (Permission::ReviewReadings, "looks at broken glass"),
    ];
    let rows = Role::ALL.iter().filter_map(|role| {
        let parts: Vec<&str> = PARTS
            .iter()
            .filter(|(permission, _)| crate::policy::allows(*role, *permission))
            .map(|(_, words)| *words)
            .collect();
        (!parts.is_empty()).then(|| vec![role.code().to_owned(), parts.join("; ")])
    });
    table("Roles that have to do with records", &["Role", "What of a record"], rows)
}

const CATEGORIES: [(&str, &str); 4] = [
    ("Who somebody is", "Names, date of birth, sex, NHS number"),
    ("How they are reached", "Address, postcode, small area, telephone, language"),
    ("Family", "Who looks after a child, and what they are to the child"),
    (
        "Health and support (special category)",
        "Notes, and that somebody is in a register for vaccination or family support",
    ),
];

fn categories_table() -> Block {
    table(
        "Personal data",
        &["Category", "What"],
        CATEGORIES.iter().map(|(category, what)| vec![(*category).to_owned(), (*what).to_owned()]),
    )
}

/// What het does for the security of processing (UK GDPR Article 32).
fn measures(facts: &Facts) -> Vec<String> {
    let backup = facts
        .last_backup
        .as_deref()
        .map_or("none has been made yet".to_owned(), |at| format!("the last was made at {at}"));
    let people: usize = facts.accounts.iter().map(|(_, count)| count).sum();
    vec![
        "Records lie in a database of their own, apart from everything else, each value sealed by XChaCha20-Poly1305 for its table, column and row.".to_owned(),
        format!("The keys come from a file, the environment or a command, and are in no database and no backup. Now: {}.", facts.keys),
        "NHS number, postcode and name are looked for by keyed hash.".to_owned(),
        "A record opens for 15 minutes after a reason is given; who read it and why is kept, sealed, and shown to the person on request.".to_owned(),
        "A role sees of a record what the one policy file gives it; whatever is not written there is refused. Machines see none.".to_owned(),
        "Breaking the glass asks for a reason in words and is looked at by somebody else.".to_owned(),
        "Every change is in an audit log whose entries are chained by SHA-256; het audit verify finds a changed, removed or inserted one.".to_owned(),
        format!("Passwords are hashed with Argon2id; {} of {people} accounts have a second factor.", facts.second_factors),
        format!("Backups are sealed; {backup}."),
        "Logs name routes and not addresses, and hold nothing of anybody; a test searches them for every synthetic person.".to_owned(),
        format!("The database is {}.", facts.database),
    ]
}
