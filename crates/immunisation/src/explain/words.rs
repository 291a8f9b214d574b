//! The words for each rule.

use vocabulary::Date;

use crate::calendar::{Day, to_date};
use crate::child::Child;
use crate::history::{Given, History};
use crate::schedule::{IntervalRule, Reference, Schedule, Series};
use crate::trace::{Event, Rule};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date as people write it: `23 November 2026`.
pub(crate) fn long_date(date: Date) -> String {
    let month = MONTHS.get(date.month() as usize - 1).copied().unwrap_or_default();
    format!("{} {month} {}", date.day(), date.year())
}

pub(super) struct Words<'a> {
    pub(super) schedule: &'a Schedule,
    pub(super) child: &'a Child,
    pub(super) history: &'a History,
}

impl Words<'_> {
    /// Whether an event is about one dose of the series.
    pub(super) fn is_about_dose(&self, event: &Event) -> bool {
        let about_series = [Rule::Relevant, Rule::Scorable, Rule::Prioritised, Rule::Best, Rule::Extraneous];
        !about_series.contains(&event.rule)
    }

    /// An event in plain words.
    pub(super) fn of(&self, event: &Event) -> String {
        match event.given {
            Some(at) => self.of_given(event, &self.history.doses[at as usize]),
            None => self.of_forecast(event),
        }
    }

    fn series(&self, event: &Event) -> &Series {
        &self.schedule.series[event.series.index()]
    }

    fn of_given(&self, event: &Event, given: &Given) -> String {
        let vaccine = self.schedule.vaccine_name(given.vaccine);
        let dose = format!("{vaccine} given on {}", long_date(to_date(given.on.day)));
        let number = event.target.saturating_add(1);
        let day = event.day.map(|day| long_date(to_date(day))).unwrap_or_default();
        let (rule, met) = (event.rule, event.met);
        match rule {
            Rule::Condition => {
                format!("{dose}: something was wrong with the dose itself, so it is to be repeated")
            }
            Rule::Skip(skip, set) => {
                let skips = &self.series(event).doses[event.target as usize].evaluation_skips;
                let why = &skips[skip as usize].sets[set as usize].text;
                format!("{dose}: dose {number} of the series was not needed then. {why}")
            }
            Rule::Inadvertent => {
                format!("{dose}: this vaccine must not be used for dose {number}, so it does not count")
            }
            Rule::MinimumAge if met => format!("{dose}: old enough for dose {number}"),
            Rule::MinimumAge => format!("{dose}: too young for dose {number}, which counts from {day}"),
            Rule::MaximumAge if met => format!("{dose}: young enough for dose {number}"),
            Rule::MaximumAge => format!("{dose}: too old for dose {number}, which is not given from {day}"),
            Rule::Interval(at) | Rule::AllowableInterval(at) => {
                let dose_rules = &self.series(event).doses[event.target as usize];
                let allowable = matches!(rule, Rule::AllowableInterval(_));
                let rules = if allowable { &dose_rules.allowable_intervals } else { &dose_rules.intervals };
                let interval = self.interval(&rules[at as usize]);
                let exception = if allowable { " (the shortest that still counts)" } else { "" };
                match met {
                    true => format!("{dose}: {interval}{exception}: long enough for dose {number}"),
                    false => format!(
                        "{dose}: {interval}{exception}: too soon for dose {number}, which counts from {day}"
                    ),
                }
            }
            Rule::Conflict(other) => {
                let other = self.schedule.vaccine_name(other);
                match met {
                    true => format!("{dose}: far enough from {other}"),
                    false => format!("{dose}: too close to {other}; it would count from {day}"),
                }
            }
            Rule::PreferableVaccine if met => format!("{dose}: a vaccine recommended for dose {number}"),
            Rule::PreferableVaccine => format!("{dose}: not a vaccine recommended for dose {number}"),
            Rule::AllowableVaccine if met => format!("{dose}: a vaccine that counts for dose {number}"),
            Rule::AllowableVaccine => {
                format!("{dose}: not a vaccine that counts for dose {number} at this age")
            }
            Rule::Satisfied if met => format!("{dose}: counts as dose {number}"),
            Rule::Satisfied => format!("{dose}: does not count as dose {number}"),
            Rule::Extraneous => {
                format!("{dose}: the series was already complete, so the dose was not needed")
            }
            _ => dose,
        }
    }

    fn interval(&self, rule: &IntervalRule) -> String {
        let span = rule.absolute_minimum.unwrap_or_default();
        let since = match &rule.reference {
            Reference::Previous => "the dose before".to_owned(),
            Reference::Dose(number) => format!("dose {}", number + 1),
            Reference::MostRecent(_) => "the latest dose of the vaccines listed".to_owned(),
            Reference::Observation(observation) => {
                format!("the date of '{}'", self.schedule.observation_title(*observation))
            }
        };
        format!("at least {span} after {since}")
    }

    fn of_forecast(&self, event: &Event) -> String {
        let series = self.series(event);
        let number = event.target.saturating_add(1);
        let day = |day: Option<Day>| day.map_or_else(|| "no date".to_owned(), |day| long_date(to_date(day)));
        match event.rule {
            Rule::Relevant => format!("{} concerns the child", series.name),
            Rule::ForecastSkip(skip, set) => {
                let skips = &series.doses[event.target as usize].forecast_skips;
                format!("dose {number} is not needed. {}", skips[skip as usize].sets[set as usize].text)
            }
            Rule::Immune => "there is evidence of immunity, so nothing is due".to_owned(),
            Rule::Contraindicated => format!("nothing may be given: {}", self.contraindications(series)),
            Rule::Season => format!("the season ended on {}", day(event.day)),
            Rule::ForecastAge => format!("dose {number} is not given from {}", day(event.day)),
            Rule::Candidate => format!("dose {number} cannot be given before the maximum age, {}", day(event.day)),
            Rule::Earliest => format!("dose {number} may be given from {}", day(event.day)),
            Rule::Recommended => format!("dose {number} should be given on {}", day(event.day)),
            Rule::PastDue => format!("the last day on which dose {number} is not overdue: {}", day(event.day)),
            Rule::Scorable if event.met => "the series can be chosen".to_owned(),
            Rule::Scorable => "the series cannot be chosen: no valid dose in it, started too late, contraindicated or of lower priority".to_owned(),
            Rule::Prioritised => format!("chosen among the series of group {}", series.group),
            Rule::Best if event.met => "the child is held to this series".to_owned(),
            Rule::Best => "gives way to a series that protects as well".to_owned(),
            _ => String::new(),
        }
    }

    /// The contraindications of an antigen that the child has.
    fn contraindications(&self, series: &Series) -> String {
        let antigen = &self.schedule.antigens[series.antigen.index()];
        let has = |wanted| self.child.observations.iter().any(|observed| observed.observation == wanted);
        let of_antigen = antigen.contraindications.iter().map(|c| (c.observation, c.text.as_str()));
        let of_vaccines = antigen.vaccine_contraindications.iter().map(|c| (c.observation, c.text.as_str()));
        let texts = of_antigen.chain(of_vaccines).filter(|(observation, _)| has(*observation));
        let mut texts: Vec<&str> = texts
            .map(
                |(observation, text)| {
                    if text.is_empty() { self.schedule.observation_title(observation) } else { text }
                },
            )
            .collect();
        texts.sort_unstable();
        texts.dedup();
        texts.join("; ")
    }
}
