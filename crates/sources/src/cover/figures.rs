//! Bringing together what several tables of a release say of one figure.
//!
//! A release gives the same figure in tables by authority, by team and by region. The first table to give it
//! in the order of [`Rank`] is kept; a denominator or a numerator that it lacks is taken from another, and a
//! difference beyond rounding becomes a finding.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use vocabulary::{Age, AreaCode, Figure, Origin, Withheld};

use super::indicators::Vaccine;
use super::places::PlaceKind;
use crate::error::Place;
use crate::{Finding, Findings, Severity};

/// How much a table is believed, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// By upper-tier authority, with denominators.
    Authorities,
    /// By area team or local team, with denominators.
    Teams,
    /// By strategic health authority, abolished in 2013.
    HealthAuthorities,
    /// Without denominators, rounded for a report.
    Report,
    /// Counts alone.
    Counts,
    /// A total that does not follow from the rows of its own table.
    Doubtful,
}

/// One figure of one table.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) vaccine: Vaccine,
    /// The age in months.
    pub(super) age: u16,
    pub(super) code: AreaCode,
    pub(super) kind: PlaceKind,
    pub(super) numerator: Option<f64>,
    pub(super) denominator: Option<f64>,
    pub(super) figure: Figure,
    pub(super) origin: Origin,
    pub(super) notes: Vec<Arc<str>>,
    pub(super) rank: Rank,
    /// Decimal places of the column that the figure is from.
    pub(super) decimals: u8,
}

/// Which figure a record is of.
type Key = (Vaccine, u16, AreaCode);
/// Which two sheets differ, on which series.
type Pair = (Arc<str>, Arc<str>, Vaccine, u16);

/// Every figure of a release, each once.
#[derive(Default)]
pub(super) struct Figures {
    pub(super) records: Vec<Record>,
    index: HashMap<Key, usize>,
    differences: BTreeMap<Pair, (usize, Finding)>,
}

impl Figures {
    /// Adds what a table says of a figure.
    pub(super) fn add(&mut self, new: Record) {
        let key = (new.vaccine, new.age, new.code);
        let Some(&at) = self.index.get(&key) else {
            self.index.insert(key, self.records.len());
            self.records.push(new);
            return;
        };
        self.compare(at, &new);
        let old = &mut self.records[at];
        let gains = matches!((old.figure, new.figure), (Figure::Withheld(reason), Figure::Value(_)) if reason != Withheld::Suppressed);
        let loses = matches!((old.figure, new.figure), (Figure::Value(_), Figure::Withheld(_)));
        // A total of the authorities that could be told apart is not one of the country.
        let larger = |a: &Record, b: &Record| {
            matches!((a.denominator, b.denominator), (Some(a), Some(b)) if a > 1.02 * b)
                && new.kind == PlaceKind::Country
        };
        let better =
            new.rank < old.rank && !larger(old, &new) || new.rank != Rank::Doubtful && larger(&new, old);
        let (mut kept, other) = if gains || !loses && better {
            (new, std::mem::replace(old, placeholder()))
        } else {
            (std::mem::replace(old, placeholder()), new)
        };
        // A count is taken over only where it is of the same children.
        let close = match (kept.figure, other.figure) {
            (Figure::Value(a), Figure::Value(b)) => {
                (a - b).abs() <= tolerance(kept.decimals.min(other.decimals))
            }
            _ => false,
        };
        if kept.denominator.is_none() && close {
            kept.denominator = other.denominator;
        }
        if kept.numerator.is_none() && other.numerator.is_some() && kept.denominator == other.denominator {
            kept.numerator = other.numerator;
        }
        for note in other.notes {
            if !kept.notes.contains(&note) && other.origin.sheet == kept.origin.sheet {
                kept.notes.push(note);
            }
        }
        self.records[at] = kept;
    }

    fn compare(&mut self, at: usize, new: &Record) {
        let old = &self.records[at];
        let denominators = old.denominator.zip(new.denominator).filter(|(a, b)| a != b);
        let said = match (old.figure, new.figure) {
            (Figure::Value(a), Figure::Value(b))
                if (a - b).abs() > tolerance(old.decimals.min(new.decimals)) =>
            {
                format!("{b} where sheet {} has {a}", old.origin.sheet)
            }
            (Figure::Value(_), Figure::Value(_)) => match denominators {
                Some((a, b)) => format!("{b} children where sheet {} has {a}", old.origin.sheet),
                None => return,
            },
            _ => return,
        };
        let pair = (old.origin.sheet.clone(), new.origin.sheet.clone(), new.vaccine, new.age);
        let finding = Finding {
            severity: Severity::Warning,
            place: place(&new.origin),
            message: format!(
                "{} at {} for {}: {said}",
                new.vaccine.code(),
                Age::from_months(new.age),
                new.code
            ),
        };
        self.differences.entry(pair).and_modify(|(count, _)| *count += 1).or_insert((1, finding));
    }

    /// Tells the differences, one finding for each pair of sheets and series.
    pub(super) fn tell(&mut self, findings: &mut Findings) {
        for (_, (count, mut finding)) in std::mem::take(&mut self.differences) {
            if count > 1 {
                finding.message.push_str(&format!(", and {} more areas differ in the same way", count - 1));
            }
            findings.push(finding);
        }
        self.check_counts(findings);
    }

    /// A percentage that does not follow from its own counts.
    fn check_counts(&self, findings: &mut Findings) {
        for record in &self.records {
            let (Some(numerator), Some(denominator), Figure::Value(value)) =
                (record.numerator, record.denominator, record.figure)
            else {
                continue;
            };
            let told = if numerator > denominator {
                format!("{numerator} vaccinated of {denominator} children")
            } else if (100.0 * numerator / denominator - value).abs() > tolerance(record.decimals) {
                format!(
                    "{value}% is published, and {numerator} of {denominator} children is {:.1}%",
                    100.0 * numerator / denominator
                )
            } else {
                continue;
            };
            findings.push(Finding {
                severity: Severity::Warning,
                place: place(&record.origin),
                message: format!(
                    "{} at {} for {}: {told}; kept as published",
                    record.vaccine.code(),
                    Age::from_months(record.age),
                    record.code
                ),
            });
        }
    }
}

/// Believes a sheet's totals for countries less than any other table's where its own rows contradict the total
/// for England.
pub(super) fn doubt_totals(records: &mut [Record], findings: &mut Findings) {
    let mut sums: HashMap<(Vaccine, u16, PlaceKind), (f64, f64)> = HashMap::new();
    for record in records.iter().filter(|record| matches!(record.kind, PlaceKind::UpperTier | PlaceKind::Pct))
    {
        if let (Some(denominator), Some(value)) = (record.denominator, record.figure.value()) {
            let sum = sums.entry((record.vaccine, record.age, record.kind)).or_default();
            sum.0 += denominator;
            sum.1 += denominator * value;
        }
    }
    let mut doubtful = Vec::new();
    for total in records.iter().filter(|record| record.code == AreaCode::ENGLAND) {
        let (Some(value), Some(denominator)) = (total.figure.value(), total.denominator) else { continue };
        let of = |kind| sums.get(&(total.vaccine, total.age, kind));
        let Some((children, vaccinated)) = of(PlaceKind::UpperTier).or_else(|| of(PlaceKind::Pct)) else {
            continue;
        };
        let share = vaccinated / children;
        let whole = (children / denominator - 1.0).abs() < 0.02;
        // A dozen children more or less are a large share of the few of the selective programmes.
        let few = matches!(total.vaccine, Vaccine::HepB | Vaccine::Bcg);
        if whole && !few && (share - value).abs() > 0.3 {
            doubtful.push((total.vaccine, total.age));
            findings.push(Finding {
                severity: Severity::Warning,
                place: place(&total.origin),
                message: format!(
                    "{} at {}: {value} for England, and the rows of the sheet make {share:.1}",
                    total.vaccine.code(),
                    Age::from_months(total.age)
                ),
            });
        }
    }
    let countries = records.iter_mut().filter(|record| record.kind == PlaceKind::Country);
    countries
        .filter(|r| doubtful.contains(&(r.vaccine, r.age)))
        .for_each(|record| record.rank = Rank::Doubtful);
}

/// Half of the last decimal place of each of two rounded figures.
fn tolerance(decimals: u8) -> f64 {
    10_f64.powi(-i32::from(decimals.min(6))) * 1.02
}

/// A place in a file.
pub(super) fn place(origin: &Origin) -> Place {
    Place { file: origin.file.clone(), sheet: origin.sheet.clone(), row: origin.row, column: origin.column }
}

fn placeholder() -> Record {
    let nothing: Arc<str> = Arc::from("");
    Record {
        vaccine: Vaccine::SixInOne,
        age: 0,
        code: AreaCode::ENGLAND,
        kind: PlaceKind::Country,
        numerator: None,
        denominator: None,
        figure: Figure::Withheld(Withheld::Missing),
        origin: Origin { file: nothing.clone(), sheet: nothing, row: 0, column: 0 },
        notes: Vec::new(),
        rank: Rank::Doubtful,
        decimals: 0,
    }
}

/// Decimal places of a number as written, at most 6.
pub(super) fn decimals(number: f64) -> u8 {
    (0..6)
        .find(|&places| {
            let scaled = number * 10_f64.powi(i32::from(places));
            (scaled - scaled.round()).abs() < 1e-6
        })
        .unwrap_or(6)
}
