//! What a check of many cases says.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::case::Case;
use super::compare::{Comparison, compare, group};
use super::notes::notes;
use crate::engine::Scratch;
use crate::explain::{Step, explain, write_steps};
use crate::schedule::Schedule;

/// How many of some cases agree, in whole and by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Agreement {
    /// The cases.
    pub cases: usize,
    /// Those in which every field and every dose agrees.
    pub whole: usize,
    /// Those whose status agrees.
    pub status: usize,
    /// Those whose earliest date agrees.
    pub earliest: usize,
    /// Those whose recommended date agrees.
    pub recommended: usize,
    /// Those whose past-due date agrees.
    pub past_due: usize,
    /// The doses of all cases.
    pub doses: usize,
    /// Those whose status and reason agree.
    pub doses_agree: usize,
}

impl Agreement {
    fn add(&mut self, comparison: &Comparison) {
        self.cases += 1;
        self.whole += usize::from(comparison.is_whole());
        self.status += usize::from(comparison.status.agrees);
        self.earliest += usize::from(comparison.earliest.agrees);
        self.recommended += usize::from(comparison.recommended.agrees);
        self.past_due += usize::from(comparison.past_due.agrees);
        self.doses += comparison.doses.len();
        self.doses_agree += comparison.doses.iter().filter(|dose| dose.agrees).count();
    }

    /// The counts as one line of JSON.
    pub fn to_json(self) -> String {
        serde_json::json!({
            "cases": self.cases,
            "whole": self.whole,
            "status": self.status,
            "earliest": self.earliest,
            "recommended": self.recommended,
            "past_due": self.past_due,
            "doses": self.doses,
            "doses_agree": self.doses_agree,
        })
        .to_string()
    }
}

/// The result of a check.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// All of it.
    pub total: Agreement,
    /// By group of antigens.
    pub groups: BTreeMap<String, Agreement>,
    /// The identifiers of the cases that do not agree.
    pub disagreeing: Vec<String>,
    disagreements: String,
}

impl Report {
    /// Runs the cases and compares each.
    pub fn of(schedule: &Schedule, cases: &[Case]) -> Report {
        let mut report = Report::default();
        let mut scratch = Scratch::new();
        for case in cases {
            let comparison = compare(schedule, case, &mut scratch);
            report.total.add(&comparison);
            report.groups.entry(comparison.group.clone()).or_default().add(&comparison);
            if !comparison.is_whole() {
                report.describe(schedule, case, &comparison);
                report.disagreeing.push(case.id.clone());
            }
        }
        report
    }

    fn describe(&mut self, schedule: &Schedule, case: &Case, comparison: &Comparison) {
        let out = &mut self.disagreements;
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{} {} [{}]", case.id, case.name, comparison.group);
        let born = format!("born {}, assessed {}", case.date_of_birth, case.assessment);
        let _ = writeln!(out, "  {born}");
        for (dose, compared) in case.doses.iter().zip(&comparison.doses) {
            let mark = if compared.agrees { " " } else { "!" };
            let maker = &dose.manufacturer;
            let _ = writeln!(
                out,
                "{mark} {} {} {maker}: expected {}, found {}",
                dose.date, dose.vaccine, compared.expected, compared.found
            );
        }
        let fields = [
            ("status", &comparison.status),
            ("earliest", &comparison.earliest),
            ("recommended", &comparison.recommended),
            ("past due", &comparison.past_due),
        ];
        for (name, field) in fields {
            let mark = if field.agrees { " " } else { "!" };
            let _ = writeln!(out, "{mark} {name}: expected {}, found {}", field.expected, field.found);
        }
        if let Some(note) = notes().find(|note| note.case == case.id) {
            let _ = writeln!(out, "  note: {}", note.reason);
        }
        trace(out, schedule, case);
    }
}

/// How the engine came to its answer: the steps of the chosen series in the case's group.
fn trace(out: &mut String, schedule: &Schedule, case: &Case) {
    let (child, doses) = case.input(schedule);
    let explanation = explain(schedule, &child, &doses, case.assessment);
    let Some(group) = group(schedule, &case.group) else { return };
    let of_group = |step: &&Step| schedule.group_antigens(group).contains(&step.antigen);
    let mut text = String::new();
    let _ = write_steps(&mut text, explanation.of_best().filter(of_group));
    for line in text.lines() {
        let _ = writeln!(out, "    {line}");
    }
}

/// Agreement in total, by group and by field, then each disagreement with its trace; the last line is the
/// total as JSON.
impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.disagreements)?;
        writeln!(f, "{:<24} cases whole status earliest recommended past-due doses agree", "group")?;
        let row = |f: &mut std::fmt::Formatter<'_>, name: &str, a: &Agreement| {
            writeln!(
                f,
                "{name:<24} {:>5} {:>5} {:>6} {:>8} {:>11} {:>8} {:>5} {:>5}",
                a.cases, a.whole, a.status, a.earliest, a.recommended, a.past_due, a.doses, a.doses_agree
            )
        };
        for (name, agreement) in &self.groups {
            row(f, name, agreement)?;
        }
        row(f, "all", &self.total)?;
        writeln!(f, "{}", self.total.to_json())
    }
}
