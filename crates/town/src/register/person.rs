//! A person as a form or a file sends one, checked.

use store::register::Person;
use vocabulary::{AreaCode, AreaKind, Date, NhsNumber, Personal, Postcode};

use super::lists::{GUARDIANS, SEXES, SHARING, has};
use crate::error::Refusal;
use crate::{Error, Result, Town};

/// A person as a form sends one: texts, empty for what is not known.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PersonForm {
    /// Family name.
    pub family_name: String,
    /// Given names.
    pub given_name: String,
    /// Date of birth, as ISO text.
    pub date_of_birth: String,
    /// A code of [`super::SEXES`].
    pub sex: String,
    /// NHS number.
    pub nhs_number: String,
    /// Address without the postcode.
    pub address: String,
    /// Postcode.
    pub postcode: String,
    /// Small area; looked up from the postcode when empty.
    pub lsoa: String,
    /// Telephone.
    pub telephone: String,
    /// The language that the person reads best.
    pub language: String,
    /// The NHS number of whoever looks after this child, who has to be in the register.
    pub guardian_nhs_number: String,
    /// A code of [`super::GUARDIANS`].
    pub guardian_is: String,
    /// Notes.
    pub notes: String,
    /// Codes of [`super::SHARING`].
    pub sharing: Vec<String>,
}

impl std::fmt::Debug for PersonForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonForm")
    }
}

/// A form whose values are what they should be.
pub(super) struct Checked {
    pub(super) date_of_birth: Date,
    pub(super) nhs_number: Option<NhsNumber>,
    pub(super) postcode: Option<Postcode>,
    pub(super) lsoa: Option<AreaCode>,
    pub(super) guardian: Option<NhsNumber>,
}

/// The longest a name, an address or a telephone number is, in characters.
const LONGEST_LINE: usize = 200;
/// The longest notes are.
const LONGEST_NOTES: usize = 5_000;
/// Nobody in the register was born before.
const OLDEST: Date = Date::constant(1900, 1, 1);

/// What is wrong with a form as of a day, field by field; no refusal repeats a value.
pub(super) fn check(form: &PersonForm, today: Date) -> std::result::Result<Checked, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let mut refuse = |field: &str, words: String| refusals.push(Refusal { field: field.to_owned(), words });
    for (field, text, what) in [
        ("family_name", &form.family_name, "the family name"),
        ("given_name", &form.given_name, "the given names"),
    ] {
        if text.trim().is_empty() {
            refuse(field, format!("Write {what}"));
        }
    }
    for (field, text, longest) in [
        ("family_name", &form.family_name, LONGEST_LINE),
        ("given_name", &form.given_name, LONGEST_LINE),
        ("address", &form.address, 2 * LONGEST_LINE),
        ("telephone", &form.telephone, 50),
        ("language", &form.language, 50),
        ("notes", &form.notes, LONGEST_NOTES),
    ] {
        if text.chars().count() > longest {
            refuse(field, format!("Write at most {longest} characters"));
        }
        let breaks = |c: char| c.is_control() && !(c == '\n' && matches!(field, "address" | "notes"));
        if text.contains(breaks) || text.contains('\u{fffd}') {
            refuse(field, "Take out what is not a letter, a digit or a sign".to_owned());
        }
    }
    let born =
        form.date_of_birth.trim().parse::<Date>().ok().filter(|date| *date >= OLDEST && *date <= today);
    if born.is_none() {
        refuse(
            "date_of_birth",
            "Write the date of birth: a day from 1900 to today, such as 2019-03-31".to_owned(),
        );
    }
    if !has(SEXES, form.sex.trim()) {
        refuse("sex", format!("Choose one of: {}", codes(SEXES)));
    }
    let number = |field: &str, text: &str, refuse: &mut dyn FnMut(&str, String)| match text.trim() {
        "" => None,
        text => match text.parse::<NhsNumber>() {
            Ok(number) => Some(number),
            Err(error) => {
                refuse(field, format!("Check the NHS number: {error}"));
                None
            }
        },
    };
    let nhs_number = number("nhs_number", &form.nhs_number, &mut refuse);
    let guardian = number("guardian_nhs_number", &form.guardian_nhs_number, &mut refuse);
    let mut postcode = None;
    if !form.postcode.trim().is_empty() {
        match form.postcode.parse::<Postcode>() {
            Ok(parsed) => postcode = Some(parsed),
            Err(error) => refuse("postcode", format!("Check the postcode: {error}")),
        }
    }
    let mut lsoa = None;
    if !form.lsoa.trim().is_empty() {
        // The synthetic town's codes tell no kind.
        let is_small =
            |code: &AreaCode| code.kind() == Some(AreaKind::Lsoa) || code.as_str().starts_with("SYN-L");
        lsoa = form.lsoa.trim().parse::<AreaCode>().ok().filter(is_small);
        if lsoa.is_none() {
            refuse("lsoa", "Write the code of a small area, such as E01015693".to_owned());
        }
    }
    let digits = form.telephone.chars().filter(char::is_ascii_digit).count();
    let odd = |c: char| !(c.is_ascii_digit() || " +()-".contains(c));
    if !form.telephone.trim().is_empty() && (digits < 5 || form.telephone.trim().contains(odd)) {
        refuse("telephone", "Write a telephone number with its area code, such as 01582 496 000".to_owned());
    }
    if !form.guardian_is.is_empty() && !has(GUARDIANS, &form.guardian_is) {
        refuse("guardian_is", format!("Choose one of: {}", codes(GUARDIANS)));
    }
    if guardian.is_some() && form.guardian_is.is_empty() {
        refuse("guardian_is", "Say what they are to the child".to_owned());
    }
    if guardian.is_some() && guardian == nhs_number {
        refuse(
            "guardian_nhs_number",
            "Nobody looks after themselves: this is the child's own number".to_owned(),
        );
    }
    if let Some(unknown) = form.sharing.iter().find(|code| !has(SHARING, code)) {
        // A code is no personal detail, and somebody mistyped it.
        refuse("sharing", format!("'{unknown}' is none of: {}", codes(SHARING)));
    }
    match (born, refusals.is_empty()) {
        (Some(date_of_birth), true) => Ok(Checked { date_of_birth, nhs_number, postcode, lsoa, guardian }),
        _ => Err(refusals),
    }
}

fn codes(list: &[super::Coded]) -> String {
    list.iter().map(|(code, _)| *code).collect::<Vec<_>>().join(", ")
}

impl Town {
    /// The small area of a postcode: that which the form gives, or that of the town's postcodes.
    pub(super) async fn lsoa_of(&self, checked: &Checked) -> Result<Option<AreaCode>> {
        let Some(postcode) = checked.postcode.as_ref().filter(|_| checked.lsoa.is_none()) else {
            return Ok(checked.lsoa);
        };
        let known = store::indicators::postcode(self.store().reader(), postcode.as_str()).await?;
        Ok(known.and_then(|known| known.lsoa).and_then(|code| code.parse().ok()))
    }

    /// The record of a child's guardian, by NHS number.
    pub(super) async fn guardian_of(
        &self,
        db: &impl store::Reader,
        checked: &Checked,
    ) -> Result<Option<String>> {
        let Some(number) = &checked.guardian else { return Ok(None) };
        let found = store::register::person_by_nhs_number(db, self.keys()?, number).await?;
        found.map(|person| Some(person.id)).ok_or_else(|| {
            Error::refused(
                "guardian_nhs_number",
                "Nobody in the register has this NHS number: add them first",
            )
        })
    }
}

/// Puts what a form says into a record.
pub(super) fn filled(
    person: Person,
    form: &PersonForm,
    checked: &Checked,
    lsoa: Option<AreaCode>,
    guardian: Option<String>,
) -> Person {
    let text = |text: &str| Personal::new(text.trim().to_owned());
    Person {
        family_name: text(&form.family_name),
        given_name: text(&form.given_name),
        nhs_number: checked.nhs_number,
        address: text(&form.address),
        postcode: Personal::new(checked.postcode.as_ref().map(Postcode::to_string).unwrap_or_default()),
        telephone: text(&form.telephone),
        notes: text(&form.notes),
        date_of_birth: checked.date_of_birth,
        sex: form.sex.trim().to_owned(),
        lsoa,
        language: form.language.trim().to_owned(),
        guardian_is: if guardian.is_some() { form.guardian_is.clone() } else { String::new() },
        guardian_id: guardian,
        sharing: form.sharing.clone(),
        ..person
    }
}

/// A new record with nothing in it.
pub(super) fn blank(source: &str, today: Date, now: &str) -> Result<Person> {
    let none = || Personal::new(String::new());
    Ok(Person {
        id: store::register::new_id()?,
        family_name: none(),
        given_name: none(),
        nhs_number: None,
        address: none(),
        postcode: none(),
        telephone: none(),
        notes: none(),
        date_of_birth: today,
        sex: String::new(),
        lsoa: None,
        language: String::new(),
        guardian_id: None,
        guardian_is: String::new(),
        sharing: Vec::new(),
        source: source.to_owned(),
        last_contact: today,
        created_at: now.to_owned(),
        changed_at: now.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 24);

    fn form() -> PersonForm {
        let text = str::to_owned;
        PersonForm {
            family_name: text("Thistlemere"),
            given_name: text("Aude"),
            date_of_birth: text("2019-03-31"),
            sex: text("female"),
            nhs_number: text("999 000 0018"),
            postcode: text("zz1 1aa"),
            telephone: text("+44 (0)1632 960 001"),
            ..PersonForm::default()
        }
    }

    #[test]
    fn what_is_wrong_is_named_by_its_field() {
        assert!(check(&form(), TODAY).is_ok());
        let wrong = |change: &dyn Fn(&mut PersonForm), field: &str| {
            let mut form = form();
            change(&mut form);
            let refusals = check(&form, TODAY).err().unwrap_or_default();
            assert_eq!(refusals.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), [field]);
        };
        wrong(&|form| form.family_name = " ".to_owned(), "family_name");
        wrong(&|form| form.given_name = "a".repeat(201), "given_name");
        wrong(&|form| form.given_name = "Au\u{0}de".to_owned(), "given_name");
        wrong(&|form| form.date_of_birth = "2026-11-25".to_owned(), "date_of_birth");
        wrong(&|form| form.date_of_birth = "31/03/2019".to_owned(), "date_of_birth");
        wrong(&|form| form.date_of_birth = "1899-12-31".to_owned(), "date_of_birth");
        wrong(&|form| form.sex = String::new(), "sex");
        wrong(&|form| form.nhs_number = "999 000 0019".to_owned(), "nhs_number");
        wrong(&|form| form.postcode = "ZZ1".to_owned(), "postcode");
        wrong(&|form| form.lsoa = "here".to_owned(), "lsoa");
        wrong(&|form| form.lsoa = "E06000032".to_owned(), "lsoa");
        wrong(&|form| form.telephone = "ring me".to_owned(), "telephone");
        wrong(&|form| form.guardian_is = "friend".to_owned(), "guardian_is");
        wrong(&|form| form.sharing = vec!["everybody".to_owned()], "sharing");
        wrong(
            &|form| {
                form.guardian_nhs_number = "9990000018".to_owned();
                form.guardian_is = "mother".to_owned();
            },
            "guardian_nhs_number",
        );
    }

    #[test]
    fn a_form_does_not_print() {
        assert_eq!(format!("{:?}", form()), "PersonForm");
    }
}
