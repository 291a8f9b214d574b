//! How far the proportion or rate of one group is from that of another, from their counts.
//!
//! Proportions: Newcombe 1998, *Statistics in Medicine* 17: 873-890, method 10, from two Wilson intervals. Rates: Zou
//! and Donner 2008, *Statistics in Medicine* 27: 1693-1702, from two Poisson intervals. Both are [`absolute_gap`].

use crate::count::{Counts, Statistic};
use crate::table::{Answers, Cells, Column, Fault, Measure, Setup, Shape};
use crate::table::{Example, MeasureEntry, OptionEntry};
use crate::{
    Estimate, Events, Levels, MeasureError, Multiplier, Population, Reason, absolute_gap, proportion, rate,
    ratio,
};

/// The first group's proportion or rate less the second's, times `multiplier`.
///
/// # Errors
/// [`MeasureError::MoreEventsThanPeople`] for a proportion.
pub fn difference(
    first: Counts,
    second: Counts,
    statistic: Statistic,
    multiplier: Multiplier,
    levels: &Levels,
) -> Result<Estimate, MeasureError> {
    let of = |counts: Counts| match statistic {
        Statistic::Proportion => proportion(counts.events, counts.population, levels),
        Statistic::Rate => Ok(rate(counts.events, counts.population, Multiplier::ONE, levels)),
    };
    let method = match statistic {
        Statistic::Proportion => "Newcombe's method 10",
        Statistic::Rate => "MOVER difference of Poisson intervals",
    };
    Ok(absolute_gap(&of(first)?, &of(second)?).times(multiplier.factor()).named(method))
}

const COLUMNS: &[Column] = &[
    Column::label("group", "which group each row is"),
    Column::count("events", "the events counted"),
    Column::size("population", "people or person-years"),
];
const STATISTIC: OptionEntry =
    OptionEntry { name: "statistic", default: "proportion", what: "what the counts are: proportion or rate" };
const REFERENCE: OptionEntry = OptionEntry {
    name: "reference",
    default: "",
    what: "the group that the others are compared with; the last row when empty",
};
const INPUT: &str = "area,group,events,population\nA,most deprived,56,70\nA,least deprived,48,80\n";
const SHAPE: Shape = Shape { labels: &["group", "reference"], estimate: true, after: &[] };

pub(crate) const DIFFERENCE: MeasureEntry = MeasureEntry {
    name: "difference",
    aliases: &["risk-difference", "rate-difference"],
    title: "Difference of two proportions or rates",
    summary: "How far the proportion or rate of each group is from that of a reference group",
    formula: "a − b with limits from those of a and b: Wilson's for proportions (Newcombe's method 10), Poisson limits for rates",
    source: "Newcombe 1998, Stat Med 17: 873-890; Zou and Donner 2008, Stat Med 27: 1693-1702",
    peers: "R's PropCIs::diffscoreci and fmsb take score and normal limits. phe_ functions have no differences.",
    columns: COLUMNS,
    options: &[
        STATISTIC,
        REFERENCE,
        OptionEntry { name: "multiplier", default: "1", what: "what the difference is per" },
    ],
    shape: SHAPE,
    example: Example {
        options: &[],
        input: INPUT,
        output: "area,group,reference,value,lower95,upper95,lower998,upper998,method,note\n\
                 A,most deprived,least deprived,0.20000000000000007,0.0524314724023649,0.333872654036906,-0.03348725364244229,0.4018117646026352,Newcombe's method 10,\n",
    },
    run: crate::table::run::<Table<false>>,
};

pub(crate) const RATIO: MeasureEntry = MeasureEntry {
    name: "ratio",
    aliases: &["risk-ratio", "rate-ratio", "relative-risk"],
    title: "Ratio of two proportions or rates",
    summary: "How many times the proportion or rate of each group is that of a reference group",
    formula: "a/b; limits of a ratio of proportions where Koopman's score statistic is z², of rates from the exact binomial",
    source: "Koopman 1984, Biometrics 40: 513-517; Breslow and Day 1987 II, section 3.4 (exact, conditional on both counts)",
    peers: "R's PropCIs::riskscoreci and stats::poisson.test: the same.",
    columns: COLUMNS,
    options: &[STATISTIC, REFERENCE],
    shape: SHAPE,
    example: Example {
        options: &[],
        input: INPUT,
        output: "area,group,reference,value,lower95,upper95,lower998,upper998,method,note\n\
                 A,most deprived,least deprived,1.3333333333333335,1.0798215063618983,1.6708055780191118,0.9505341162527169,1.926548074571835,Koopman's score,\n",
    },
    run: crate::table::run::<Table<true>>,
};

struct Table<const RATIO: bool> {
    statistic: Statistic,
    reference: String,
    multiplier: Multiplier,
    levels: Levels,
}

impl<const RATIO: bool> Measure for Table<RATIO> {
    type State = Vec<(String, Counts)>;

    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        let words = [("proportion", Statistic::Proportion), ("rate", Statistic::Rate)];
        Ok(Table {
            statistic: setup.choice("statistic", &words)?,
            reference: setup.text("reference").trim().to_owned(),
            multiplier: if RATIO { Multiplier::ONE } else { setup.multiplier()? },
            levels: *setup.levels(),
        })
    }

    fn add(&mut self, state: &mut Self::State, cells: &Cells) -> Result<(), Fault> {
        let (name, events, population) = (cells.text(0)?, cells.number(1), cells.number(2));
        if self.statistic == Statistic::Proportion && events > population {
            return Err(Fault::of(1, MeasureError::MoreEventsThanPeople { events, population }));
        }
        let counts = Counts {
            events: Events::new(events).map_err(|error| Fault::of(1, error))?,
            population: Population::new(population).map_err(|error| Fault::of(2, error))?,
        };
        state.push((name.to_owned(), counts));
        Ok(())
    }

    fn answer(&mut self, groups: &mut Self::State, answers: &mut Answers) -> Result<(), MeasureError> {
        if groups.len() < 2 {
            return Err(Reason::FewGroups { what: "groups", count: groups.len(), least: 2 }.into());
        }
        let named = groups.iter().position(|(name, _)| *name == self.reference);
        let reference = match (self.reference.is_empty(), named) {
            (true, _) => groups.len() - 1,
            (false, Some(place)) => place,
            (false, None) => {
                let expected = groups.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
                return Err(MeasureError::Unknown {
                    what: "a group",
                    value: self.reference.clone(),
                    expected,
                });
            }
        };
        let (other, second) = &groups[reference];
        for (place, (name, first)) in groups.iter().enumerate() {
            if place == reference {
                continue;
            }
            let compared = match RATIO {
                true => ratio(*first, *second, self.statistic, &self.levels),
                false => difference(*first, *second, self.statistic, self.multiplier, &self.levels),
            };
            match compared {
                Ok(estimate) => answers.labelled(&[name, other], &estimate),
                Err(MeasureError::Withheld(reason)) => answers.withheld(&[name, other], reason),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
