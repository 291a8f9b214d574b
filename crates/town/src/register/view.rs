//! What of a record is shown to whom.

use store::register::{Person, Reading};
use vocabulary::{Date, Personal};

use super::lists::{BREAK_GLASS_REASONS, GUARDIANS, READING_REASONS, SEXES, SHARING, words_of};
use crate::{Actor, Permission};

/// A detail that is shown, is not known, or is not for this role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// It is this.
    Is(Personal<String>),
    /// It is not known.
    Unknown,
    /// The role does not need it.
    NotForRole,
}

impl Shown {
    fn of(text: &str) -> Shown {
        if text.is_empty() { Shown::Unknown } else { Shown::Is(Personal::new(text.to_owned())) }
    }
}

/// A record as somebody may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonView {
    /// The random name of the record.
    pub id: String,
    /// Given and family name.
    pub name: Personal<String>,
    /// Date of birth.
    pub date_of_birth: Personal<Date>,
    /// Sex, in words.
    pub sex: &'static str,
    /// Small area.
    pub lsoa: String,
    /// The language that the person reads best.
    pub language: String,
    /// NHS number in groups.
    pub nhs_number: Shown,
    /// Address and postcode.
    pub address: Shown,
    /// Telephone.
    pub telephone: Shown,
    /// Notes.
    pub notes: Shown,
    /// Who looks after this child: the record and what they are; `None` when there is nobody or it is not for this role.
    pub guardian: Option<(String, &'static str)>,
    /// Whether family may be seen.
    pub sees_family: bool,
    /// The children that this person looks after.
    pub looks_after: Vec<String>,
    /// With whom the record may be shared, in words.
    pub sharing: Vec<&'static str>,
    /// Where the record came from.
    pub source: String,
    /// When it was last changed.
    pub changed_at: String,
    /// Whether everything is shown because the glass was broken.
    pub whole: bool,
}

/// The code of a list as one of its own.
fn known(list: &'static [(&'static str, &'static str)], code: &str) -> &'static str {
    list.iter().find(|(one, _)| *one == code).map_or("Not known", |(_, words)| words)
}

impl PersonView {
    /// What of a record its reader may see.
    pub(super) fn of(actor: &Actor, person: &Person, whole: bool, looks_after: Vec<String>) -> PersonView {
        let may = |permission| whole || actor.may(permission);
        let when = |permission, text: &str| if may(permission) { Shown::of(text) } else { Shown::NotForRole };
        let number = person.nhs_number.map(|number| number.reveal_grouped()).unwrap_or_default();
        let address = [person.address.reveal().as_str(), person.postcode.reveal().as_str()];
        let address = address.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
        let sees_family = may(Permission::SeeFamily);
        let guardian = person.guardian_id.clone().map(|id| (id, known(GUARDIANS, &person.guardian_is)));
        PersonView {
            id: person.id.clone(),
            name: name_of(person),
            date_of_birth: Personal::new(person.date_of_birth),
            sex: known(SEXES, &person.sex),
            lsoa: person.lsoa.map(|code| code.to_string()).unwrap_or_default(),
            language: person.language.clone(),
            nhs_number: when(Permission::SeeNhsNumber, &number),
            address: when(Permission::SeeContact, &address),
            telephone: when(Permission::SeeContact, person.telephone.reveal()),
            notes: when(Permission::SeeNotes, person.notes.reveal()),
            guardian: guardian.filter(|_| sees_family),
            sees_family,
            looks_after: if sees_family { looks_after } else { Vec::new() },
            sharing: person.sharing.iter().map(|code| known(SHARING, code)).collect(),
            source: person.source.clone(),
            changed_at: person.changed_at.clone(),
            whole,
        }
    }
}

/// Given and family name.
pub(super) fn name_of(person: &Person) -> Personal<String> {
    Personal::new(format!("{} {}", person.given_name.reveal(), person.family_name.reveal()))
}

/// A reading, as a list of readings shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingLine {
    /// When.
    pub at: String,
    /// Who.
    pub reader: String,
    /// The code of their role.
    pub role: String,
    /// What they did, in words.
    pub did: &'static str,
    /// Why, in words.
    pub reason: String,
    /// What they wrote.
    pub words: Personal<String>,
}

impl ReadingLine {
    pub(super) fn of(reading: Reading) -> ReadingLine {
        let did = match reading.kind.as_str() {
            "listed" => "Found it in a search",
            "break-glass" => "Broke the glass",
            "export" => "Gave it out",
            _ => "Read it",
        };
        let list = if reading.kind == "break-glass" { BREAK_GLASS_REASONS } else { READING_REASONS };
        ReadingLine {
            reason: words_of(list, &reading.reason).to_owned(),
            at: reading.at,
            reader: reading.reader,
            role: reading.role,
            did,
            words: reading.words,
        }
    }
}
