//! Runs a case and compares every field of it.

use vocabulary::Date;

use super::case::{Case, ExpectedDose};
use crate::child::{Child, Dose, DoseCondition, Observed};
use crate::definition::SeriesKind;
use crate::engine::{Scratch, evaluate_and_forecast};
use crate::outcome::{EvaluationStatus, GroupForecast, Outcome, Reason, Reasons, SeriesStatus};
use crate::schedule::{GroupId, Schedule};

/// How a case came out.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The group in the schedule's words; the workbook's where the schedule has no such group.
    pub group: String,
    /// The status of the series.
    pub status: FieldComparison,
    /// The first day on which the next dose may be given.
    pub earliest: FieldComparison,
    /// The day on which it should be.
    pub recommended: FieldComparison,
    /// The last day on which it is not overdue.
    pub past_due: FieldComparison,
    /// Each dose.
    pub doses: Vec<DoseComparison>,
}

impl Comparison {
    /// Whether every field and every dose agrees.
    pub fn is_whole(&self) -> bool {
        let fields = [&self.status, &self.earliest, &self.recommended, &self.past_due];
        fields.iter().all(|field| field.agrees) && self.doses.iter().all(|dose| dose.agrees)
    }
}

/// One field: what the case says, and what the engine said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldComparison {
    /// What the case says.
    pub expected: String,
    /// What the engine said.
    pub found: String,
    /// Whether they agree.
    pub agrees: bool,
}

/// One dose: what the case says, and what the engine said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoseComparison {
    /// The status and reason that the case gives.
    pub expected: String,
    /// The status and reason that the engine gave.
    pub found: String,
    /// Whether both agree. A case gives no reason for a dose that counts.
    pub agrees: bool,
}

/// The child and the doses of a case, in the schedule's codes.
pub(super) fn input(schedule: &Schedule, case: &Case) -> (Child, Vec<Dose>) {
    let mut child = Child::new(case.date_of_birth, case.sex);
    for (code, date) in &case.observations {
        if let Some(observation) = schedule.observation(code) {
            child.observations.push(Observed { observation, date: *date });
        }
    }
    let dose = |expected: &ExpectedDose| Dose {
        vaccine: schedule.vaccine(&expected.vaccine),
        date: expected.date,
        manufacturer: schedule.manufacturer(&expected.manufacturer),
        volume: None,
        condition: DoseCondition::Sound,
    };
    (child, case.doses.iter().map(dose).collect())
}

/// Runs a case and compares it.
pub fn compare(schedule: &Schedule, case: &Case, scratch: &mut Scratch) -> Comparison {
    let (child, doses) = input(schedule, case);
    let outcome = evaluate_and_forecast(schedule, &child, &doses, case.assessment, scratch);
    let group = group(schedule, &case.group);
    let forecast = group.and_then(|group| forecast(case, outcome, group));
    let status = forecast.map_or("", |forecast| words(forecast.status));
    let date = |expected: Option<Date>, found: fn(&GroupForecast) -> Option<Date>| {
        let found = forecast.and_then(found);
        FieldComparison { expected: shown(expected), found: shown(found), agrees: expected == found }
    };
    Comparison {
        group: group.map_or_else(|| case.group.clone(), |group| schedule.group_name(group).to_owned()),
        status: FieldComparison {
            agrees: case.status.trim().eq_ignore_ascii_case(status),
            expected: case.status.clone(),
            found: status.to_owned(),
        },
        earliest: date(case.earliest, |forecast| forecast.earliest),
        recommended: date(case.recommended, |forecast| forecast.recommended),
        past_due: date(case.past_due, |forecast| forecast.past_due),
        doses: case
            .doses
            .iter()
            .enumerate()
            .map(|(at, dose)| compare_dose(outcome, group, forecast, at, dose))
            .collect(),
    }
}

fn shown(date: Option<Date>) -> String {
    date.map_or_else(|| "-".to_owned(), |date| date.to_string())
}

/// The workbook's names of groups.
fn group(schedule: &Schedule, name: &str) -> Option<GroupId> {
    let name = match name.trim().to_ascii_uppercase().as_str() {
        "DTAP" => "DTaP/Tdap/Td",
        "POL" | "IPOL" => "Polio",
        "PCV" => "Pneumococcal",
        "VAR" => "Varicella",
        "ROTA" => "Rotavirus",
        "MCV" => "Meningococcal",
        "MENB" => "Meningococcal B",
        "FLU" => "Influenza",
        _ => name,
    };
    schedule.group(name)
}

/// The forecast that a case is about. A group may have one for everyone and one for those at risk; the case
/// means the kind that it names for its doses, otherwise the one that a condition called for.
fn forecast<'a>(case: &Case, outcome: &'a Outcome, group: GroupId) -> Option<&'a GroupForecast> {
    let forecasts = || outcome.groups().iter().filter(|forecast| forecast.group == group);
    let of_kind = |kind: SeriesKind| forecasts().find(|forecast| forecast.kind == kind);
    let named = case.doses.iter().rev().map(|dose| dose.series_kind.as_str()).find(|kind| !kind.is_empty());
    let by_name = match named {
        Some("standard") => of_kind(SeriesKind::Standard),
        Some(_) => of_kind(SeriesKind::Risk).or_else(|| of_kind(SeriesKind::EvaluationOnly)),
        None if !case.observations.is_empty() => of_kind(SeriesKind::Risk),
        None => None,
    };
    by_name.or_else(|| forecasts().next())
}

fn compare_dose(
    outcome: &Outcome,
    group: Option<GroupId>,
    forecast: Option<&GroupForecast>,
    at: usize,
    expected: &ExpectedDose,
) -> DoseComparison {
    let series_group = forecast.map(|forecast| forecast.series_group);
    let found = group.zip(series_group).and_then(|(group, of)| outcome.dose_in_group(at, group, of));
    let (status, reason) =
        found.map_or(("", ""), |(status, reasons)| (status_words(status), reason_words(reasons)));
    let counts = expected.status.eq_ignore_ascii_case("valid");
    let same_reason = counts || expected.reason.is_empty() || same(&expected.reason, reason);
    DoseComparison {
        agrees: expected.status.is_empty() || (same(&expected.status, status) && same_reason),
        expected: format!("{} {}", expected.status, expected.reason).trim().to_owned(),
        found: if status == "Valid" {
            status.to_owned()
        } else {
            format!("{status} {reason}").trim().to_owned()
        },
    }
}

/// Whether two phrases say the same: case, spaces and punctuation are not consistent in the workbooks.
fn same(a: &str, b: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    letters(a) == letters(b)
}

fn words(status: SeriesStatus) -> &'static str {
    match status {
        SeriesStatus::NotComplete => "Not Complete",
        SeriesStatus::Complete => "Complete",
        SeriesStatus::Immune => "Immune",
        SeriesStatus::Contraindicated => "Contraindicated",
        SeriesStatus::AgedOut => "Aged Out",
        SeriesStatus::NotRecommended => "Not Recommended",
    }
}

fn status_words(status: EvaluationStatus) -> &'static str {
    match status {
        EvaluationStatus::Valid => "Valid",
        EvaluationStatus::NotValid => "Not Valid",
        EvaluationStatus::Extraneous => "Extraneous",
        EvaluationStatus::SubStandard => "Sub-standard",
    }
}

/// The workbook gives one reason: the one that decides first.
fn reason_words(reasons: Reasons) -> &'static str {
    match reasons.iter().next() {
        Some(Reason::TooYoung) => "Age: Too Young",
        Some(Reason::TooOld) => "Age: Too Old",
        Some(Reason::TooSoon) => "Interval: too Soon",
        Some(Reason::Conflict) => "Live Virus Conflict",
        Some(Reason::Inadvertent) => "Inadvertent Vaccine",
        Some(Reason::WrongVaccine) => "Not a preferable or allowable vaccine",
        Some(Reason::SeriesComplete) => "Series Already Complete",
        Some(Reason::Expired) => "Expired",
        Some(Reason::Compromised) => "Dose condition",
        Some(Reason::GracePeriod | Reason::LowVolume) | None => "",
    }
}
