//! Funnel plots over a table: a row an area.

use vocabulary::Withheld;

use super::{FunnelArea, FunnelKind, baseline, funnel_curve, method, significance};
use crate::poisson::Known;
use crate::table::{Answers, Cells, Column, Fault, Measure, Setup, Shape};
use crate::table::{Example, MeasureEntry, OptionEntry};
use crate::{Levels, MeasureError, Multiplier, Reason, dsr};

const AREA: usize = 0;
const EVENTS: usize = 1;
const POPULATION: usize = 2;
const RATE: usize = 3;

const COLUMNS: &[Column] = &[
    Column::label("area", "what each row is about"),
    Column::count("events", "the events counted"),
    Column::size("population", "people; for a ratio, the events expected; not needed with rate").optional(),
    Column::count("rate", "a rate that is already worked out, crude or directly standardised").optional(),
];

const STATISTIC: OptionEntry = OptionEntry {
    name: "statistic",
    default: "proportion",
    what: "proportion, ratio, rate, or dsr for a standardised rate",
};
const SOURCE: &str =
    "OHID, Fingertips technical guidance, funnel plots; Spiegelhalter 2005, Stat Med 24: 1185-1202";
const INPUT: &str = "area,events,population\nA,150,1000\nB,100,1000\nC,60,1000\nD,125,1000\nE,80,1000\n";

pub(crate) const SIGNIFICANCE: MeasureEntry = MeasureEntry {
    name: "funnel",
    aliases: &["funnel-significance"],
    title: "Funnel plot significance",
    summary: "Whether each area lies outside what chance allows around the average of all areas",
    formula: "proportions: outside p̄ ± z√(p̄(1 − p̄)/n); ratios and rates: the Poisson limits of the count leave the expected count outside",
    source: SOURCE,
    peers: "assign_funnel_significance and phe_funnel_significance: the same.",
    columns: COLUMNS,
    options: &[
        STATISTIC,
        OptionEntry {
            name: "multiplier",
            default: "1",
            what: "what value, baseline and a given rate are per",
        },
    ],
    shape: Shape { labels: &["area"], estimate: false, after: &["value", "baseline", "significance"] },
    example: Example {
        options: &[],
        input: INPUT,
        output: "area,value,baseline,significance,method,note\n\
                 A,0.15,0.103,high-998,Wilson score around the average,\n\
                 B,0.1,0.103,not-significant,Wilson score around the average,\n\
                 C,0.06,0.103,low-998,Wilson score around the average,\n\
                 D,0.125,0.103,high-95,Wilson score around the average,\n\
                 E,0.08,0.103,low-95,Wilson score around the average,\n",
    },
    run: crate::table::run::<Table<false>>,
};

pub(crate) const CURVE: MeasureEntry = MeasureEntry {
    name: "funnel-limits",
    aliases: &["funnel-curve"],
    title: "Funnel plot limits",
    summary: "The curves of a funnel plot: the limits at a hundred sizes along its axis",
    formula: "proportions: p̄ ± z√(p̄(1 − p̄)/n) within 0 and 1; ratios and rates: O/λ with P(X ≤ O | λ) or P(X ≥ O | λ) at 2.5% and 0.1%",
    source: SOURCE,
    peers: "calculate_funnel_limits and phe_funnels: the same sizes. They stop upper limits of proportions at 100 whatever the \
            multiplier, and find Poisson limits to 1e-7 of their scale by halving.",
    columns: COLUMNS,
    options: &[
        STATISTIC,
        OptionEntry { name: "multiplier", default: "1", what: "what the limits and a given rate are per" },
        OptionEntry { name: "years", default: "1", what: "how many years the events are of" },
        OptionEntry { name: "points", default: "100", what: "how many points each curve has" },
    ],
    shape: Shape {
        labels: &[],
        estimate: false,
        after: &["size", "baseline", "lower95", "upper95", "lower998", "upper998"],
    },
    example: Example {
        options: &[("points", "4")],
        input: INPUT,
        output: "size,baseline,lower95,upper95,lower998,upper998,method,note\n\
                 900,0.103,0.0831417181591729,0.12285828184082709,0.07168988176641905,0.13431011823358094,Wilson score around the average,\n\
                 962,0.103,0.08379229889852272,0.12220770110147727,0.07271563817539772,0.13328436182460227,Wilson score around the average,\n\
                 1029,0.103,0.08442814699849853,0.12157185300150146,0.0737181659544078,0.13228183404559218,Wilson score around the average,\n\
                 1100,0.103,0.0850375082235041,0.12096249177649589,0.07467893245751275,0.13132106754248724,Wilson score around the average,\n",
    },
    run: crate::table::run::<Table<true>>,
};

#[derive(Default)]
struct Areas {
    names: String,
    ends: Vec<usize>,
    /// Not-a-number where a cell is withheld.
    areas: Vec<FunnelArea>,
}

struct Table<const CURVE: bool> {
    kind: FunnelKind,
    standardised: bool,
    by_rate: bool,
    multiplier: Multiplier,
    years: f64,
    points: usize,
    known: Known,
}

impl<const CURVE: bool> Measure for Table<CURVE> {
    type State = Areas;
    const TAKES_WITHHELD: bool = true;

    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        let words = [
            ("proportion", (FunnelKind::Proportion, false)),
            ("ratio", (FunnelKind::Ratio, false)),
            ("rate", (FunnelKind::Rate, false)),
            ("dsr", (FunnelKind::Rate, true)),
        ];
        let (kind, standardised) = setup.choice("statistic", &words)?;
        let by_rate = kind == FunnelKind::Rate && setup.has(RATE) && (standardised || !setup.has(POPULATION));
        if (standardised && !setup.has(RATE)) || (!by_rate && !setup.has(POPULATION)) {
            let (what, value) = ("a table for this statistic", setup.text("statistic").to_owned());
            let expected = if standardised { "a column rate" } else { "a column population" };
            return Err(MeasureError::Unknown { what, value, expected: expected.to_owned() });
        }
        let (years, points) = match CURVE {
            true => (setup.number("years")?, setup.number("points")?.clamp(0.0, 100_000.0) as usize),
            false => (1.0, 0),
        };
        let (multiplier, known) = (setup.multiplier()?, Known::new(Levels::STANDARD));
        Ok(Table { kind, standardised, by_rate, multiplier, years, points, known })
    }

    fn add(&mut self, state: &mut Areas, cells: &Cells) -> Result<(), Fault> {
        let events = cells.number(EVENTS);
        let size = match self.by_rate {
            true => events / cells.number(RATE) * self.multiplier.factor(),
            false => cells.number(POPULATION),
        };
        if self.kind == FunnelKind::Proportion && events > size {
            return Err(Fault::of(EVENTS, MeasureError::MoreEventsThanPeople { events, population: size }));
        }
        if !CURVE {
            state.names.push_str(cells.text(AREA)?);
        }
        state.ends.push(state.names.len());
        // No events and a rate of zero say nothing of how many people there are.
        state.areas.push(FunnelArea { events, size: if size.is_finite() { size } else { f64::NAN } });
        Ok(())
    }

    fn add_withheld(&mut self, state: &mut Areas, cells: &Cells, _: Withheld) -> Result<(), Fault> {
        state.names.push_str(cells.text(AREA)?);
        state.ends.push(state.names.len());
        state.areas.push(FunnelArea { events: f64::NAN, size: f64::NAN });
        Ok(())
    }

    fn answer(&mut self, rows: &mut Areas, answers: &mut Answers) -> Result<(), MeasureError> {
        let known: Vec<FunnelArea> = rows.areas.iter().copied().filter(|area| !area.size.is_nan()).collect();
        if CURVE {
            for point in funnel_curve(&known, self.kind, self.multiplier, self.years, self.points)? {
                answers.begin(&[]);
                for number in [point.size, point.baseline] {
                    answers.figure(number);
                }
                for (low, high) in point.limits {
                    answers.figure(low);
                    answers.figure(high);
                }
                let method = if self.kind == FunnelKind::Proportion {
                    "Wilson score around the average"
                } else {
                    "exact Poisson"
                };
                answers.end(method, "");
            }
            return Ok(());
        }
        let centre = baseline(&known, self.kind)?;
        let mut begin = 0;
        for (&end, area) in rows.ends.iter().zip(&rows.areas) {
            let name = &rows.names[begin..end];
            begin = end;
            if area.size.is_nan() {
                answers.empty(
                    &[name],
                    "not given: a count or a rate is withheld, or there are no events to work back from",
                );
                continue;
            }
            if self.standardised && area.events < dsr::LEAST {
                answers.withheld(&[name], Reason::FewEvents { events: area.events, least: dsr::LEAST });
                continue;
            }
            answers.begin(&[name]);
            answers.figure(area.events / area.size * self.multiplier.factor());
            answers.figure(centre * self.multiplier.factor());
            answers.word(significance(area, centre, self.kind, &self.known).code());
            answers.end(method(self.kind, area.events), "");
        }
        Ok(())
    }
}
