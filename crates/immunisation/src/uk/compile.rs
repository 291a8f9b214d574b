//! Compiling the data files: every name resolved, every value's source checked, every span and date made ready.

use std::collections::HashMap;

use vocabulary::Date;

use crate::ScheduleError;
use crate::calendar::{Civil, Day, LATEST, Span, to_day};

use super::child::{ConditionId, VaccineId};
use super::codes::CodeTable;
use super::definition::{
    AssociationEntry, ConditionEntry, CourseEntry, DateText, Definition, DoseEntry, SeasonEntry,
    VaccineEntry, When,
};
use super::schedule::{Parameter, Schedule, Source, ValueSource};
use super::table::{
    ALWAYS, Association, Bounded, Condition, Course, InfluenzaRules, Kind, Product, Season, Slot, Vaccine,
};

/// Compilation in progress.
pub(super) struct Compiler {
    chosen: HashMap<String, String>,
    antigens: Vec<String>,
    vaccines: HashMap<String, VaccineId>,
    conditions: HashMap<String, ConditionId>,
    apart: Vec<bool>,
    values: Vec<ValueSource>,
    source_ids: Vec<String>,
}

impl Compiler {
    pub(super) fn new(choices: &[(&str, &str)], all: &Definition) -> Result<Compiler, ScheduleError> {
        let mut chosen: HashMap<String, String> =
            all.parameters.iter().map(|entry| (entry.name.clone(), entry.default.clone())).collect();
        for (name, choice) in choices {
            let known = all.parameters.iter().find(|entry| entry.name == *name);
            if !known.is_some_and(|entry| entry.choices.iter().any(|one| one.name == *choice)) {
                return Err(wrong(name, format!("there is no choice '{choice}' of that parameter")));
            }
            chosen.insert((*name).to_owned(), (*choice).to_owned());
        }
        let source_ids = all.sources.iter().map(|source| source.id.clone()).collect();
        Ok(Compiler {
            chosen,
            antigens: Vec::new(),
            vaccines: HashMap::new(),
            conditions: HashMap::new(),
            apart: Vec::new(),
            values: Vec::new(),
            source_ids,
        })
    }

    pub(super) fn compile(mut self, all: Definition) -> Result<Schedule, ScheduleError> {
        let parameters = self.parameters(&all)?;
        let mut codes = HashMap::new();
        for (place, vaccine) in all.vaccines.iter().enumerate() {
            let id =
                VaccineId(u8::try_from(place).map_err(|_| wrong("vaccines", "more than 256".to_owned()))?);
            self.vaccines.insert(vaccine.code.clone(), id);
            // Spreadsheets take the leading zero of a code such as 03 away.
            let short = vaccine.cvx.iter().filter_map(|code| code.strip_prefix('0').map(str::to_owned));
            for code in std::iter::once(vaccine.code.clone()).chain(vaccine.all_codes()).chain(short) {
                if codes.insert(code.clone(), id).is_some_and(|before| before != id) {
                    return Err(wrong(&vaccine.code, format!("the code {code} is used twice")));
                }
            }
        }
        self.apart = all.vaccines.iter().map(|vaccine| vaccine.four_weeks_apart).collect();
        let vaccines =
            all.vaccines.into_iter().map(|entry| self.vaccine(entry)).collect::<Result<Vec<_>, _>>()?;
        for (place, condition) in all.conditions.iter().enumerate() {
            self.conditions.insert(condition.code.clone(), ConditionId(place as u8));
        }
        let conditions =
            all.conditions.into_iter().map(|entry| self.condition(entry)).collect::<Result<_, _>>()?;
        let mut kinds: Vec<Kind> = Vec::new();
        for entry in all.courses {
            let (id, course) = (entry.id.clone(), self.course(entry)?);
            match kinds.iter_mut().find(|kind| kind.id == id) {
                Some(kind) => kind.variants.push(course),
                None => kinds.push(Kind { id, variants: vec![course] }),
            }
        }
        let mut seasons =
            all.seasons.iter().map(|entry| self.season(entry)).collect::<Result<Vec<_>, _>>()?;
        seasons.sort_by_key(|season| season.starts.day);
        let mut constants = HashMap::new();
        for entry in &all.constants {
            self.source(&format!("constant {}", entry.name), &entry.source, &entry.since)?;
            if self.holds(entry.when.as_ref(), &entry.name)? {
                constants.insert(entry.name.clone(), entry.value.0);
            }
        }
        let constant = |name: &str| {
            constants.get(name).copied().ok_or_else(|| wrong(name, "the constant is missing".to_owned()))
        };
        let influenza = self.antigen("influenza");
        let influenza_risk = self.condition_set(&["clinical-risk".to_owned()], "influenza")?;
        Ok(Schedule {
            grace: constant("grace")?,
            overdue_after: constant("overdue-after")?,
            visit_gap: constant("visit-gap")?,
            live_gap: constant("live-gap")?,
            influenza_rules: InfluenzaRules {
                least_age: constant("influenza-least-age")?,
                two_doses_under: constant("influenza-two-doses-under")?,
                between: constant("influenza-between-doses")?,
            },
            influenza_risk,
            alternatives: Vec::new(),
            vaccines,
            kinds,
            conditions,
            seasons,
            influenza,
            antigens: self.antigens,
            codes: CodeTable::new(
                codes.iter().map(|(code, id): (&String, &VaccineId)| (code.as_str(), id.0)),
            ),
            condition_codes: self.conditions,
            parameters,
            sources: all
                .sources
                .into_iter()
                .map(|entry| Source { id: entry.id, title: entry.title, url: entry.url })
                .collect(),
            values: self.values,
        })
    }

    fn parameters(&mut self, all: &Definition) -> Result<Vec<Parameter>, ScheduleError> {
        let mut parameters = Vec::new();
        for entry in &all.parameters {
            for choice in &entry.choices {
                self.source(
                    &format!("choice {} of {}", choice.name, entry.name),
                    &choice.source,
                    &choice.since,
                )?;
            }
            parameters.push(Parameter {
                name: entry.name.clone(),
                question: entry.question.clone(),
                chosen: self.chosen[&entry.name].clone(),
                choices: entry
                    .choices
                    .iter()
                    .map(|one| (one.name.clone(), one.meaning.clone(), one.source.clone()))
                    .collect(),
            });
        }
        Ok(parameters)
    }

    /// Keeps a value's source; a value without a source, a known document or a date is an error.
    fn source(&mut self, value: &str, source: &str, since: &str) -> Result<(), ScheduleError> {
        for part in source.split(';') {
            let document = part.split_whitespace().next().unwrap_or_default();
            if !self.source_ids.iter().any(|id| id == document) {
                return Err(wrong(value, format!("'{part}' does not begin with the id of a source")));
            }
        }
        let since: Date = since
            .parse()
            .map_err(|_| wrong(value, format!("'{since}' is not the date from which it holds")))?;
        self.values.push(ValueSource { value: value.to_owned(), source: source.to_owned(), since });
        Ok(())
    }

    fn holds(&self, when: Option<&When>, place: &str) -> Result<bool, ScheduleError> {
        let Some(when) = when else { return Ok(true) };
        let chosen = self.chosen.get(&when.parameter);
        let chosen =
            chosen.ok_or_else(|| wrong(place, format!("there is no parameter '{}'", when.parameter)))?;
        Ok(*chosen == when.choice)
    }

    fn antigen(&mut self, name: &str) -> u8 {
        if let Some(place) = self.antigens.iter().position(|antigen| antigen == name) {
            return place as u8;
        }
        self.antigens.push(name.to_owned());
        (self.antigens.len() - 1) as u8
    }

    fn known_vaccine(&self, code: &str, place: &str) -> Result<VaccineId, ScheduleError> {
        self.vaccines.get(code).copied().ok_or_else(|| wrong(place, format!("there is no vaccine '{code}'")))
    }

    fn vaccine(&mut self, entry: VaccineEntry) -> Result<Vaccine, ScheduleError> {
        self.source(&format!("vaccine {}", entry.code), &entry.source, &entry.since)?;
        let mut associations = Vec::new();
        let other_codes = entry.all_codes().collect();
        for one in entry.antigens {
            let (name, until_age, given_until, when) = match one {
                AssociationEntry::Plain(name) => (name, None, None, None),
                AssociationEntry::Limited(limited) => {
                    (limited.antigen, limited.until_age, limited.given_until, limited.when)
                }
            };
            if self.holds(when.as_ref(), &entry.code)? {
                let (antigen, given_until) = (self.antigen(&name), last(given_until));
                associations.push(Association {
                    antigen,
                    until_age: until_age.map(|text| text.0),
                    given_until,
                });
            }
        }
        if self.antigens.len() > 32 {
            return Err(wrong(&entry.code, "more than 32 antigens".to_owned()));
        }
        let limited = associations.iter().any(|one| one.until_age.is_some() || one.given_until != LATEST);
        let plain = associations.iter().fold(0, |set, one| set | 1 << one.antigen);
        Ok(Vaccine {
            other_codes,
            code: entry.code,
            name: entry.name,
            associations,
            plain: (!limited).then_some(plain),
            live: entry.live,
            four_weeks_apart: entry.four_weeks_apart,
            ages: (entry.age_from.map(|text| text.0), entry.age_until.map(|text| text.0)),
            born: (first(entry.born_from), last(entry.born_until)),
            dates: (first(entry.from), last(entry.until)),
            offered: !entry.not_given,
            products: entry
                .products
                .into_iter()
                .map(|product| Product { name: product.name, gelatine: product.gelatine })
                .collect(),
        })
    }

    fn condition(&mut self, entry: ConditionEntry) -> Result<Condition, ScheduleError> {
        self.source(&format!("condition {}", entry.code), &entry.source, &entry.since)?;
        let withholds = entry.withholds.iter().map(|code| self.known_vaccine(code, &entry.code));
        Ok(Condition {
            withholds: withholds.collect::<Result<_, _>>()?,
            code: entry.code,
            title: entry.title,
            withholds_live: entry.withholds_live,
            without_gelatine: entry.without_gelatine,
            because: entry.because,
        })
    }

    fn condition_set(&self, codes: &[String], place: &str) -> Result<u64, ScheduleError> {
        codes.iter().try_fold(0, |set, code| {
            let id = self
                .conditions
                .get(code)
                .ok_or_else(|| wrong(place, format!("there is no condition '{code}'")))?;
            Ok(set | 1 << id.0)
        })
    }

    fn course(&mut self, entry: CourseEntry) -> Result<Course, ScheduleError> {
        let place = format!("course {} ({})", entry.id, entry.name);
        self.source(&place, &entry.source, &entry.since)?;
        let mut sexes = 0;
        for sex in &entry.sexes {
            sexes |= match sex.as_str() {
                "female" => 1,
                "male" => 2,
                other => return Err(wrong(&place, format!("'{other}' is not a sex"))),
            };
        }
        let mut slots = Vec::new();
        for dose in &entry.doses {
            slots.extend(self.slot(dose, &entry, &place)?);
        }
        Ok(Course {
            antigen: self.antigen(&entry.antigen),
            born: (first(entry.born_from), last(entry.born_until)),
            assessed: (first(entry.assessed_from), last(entry.assessed_until)),
            starts: first(entry.starts),
            stops: last(entry.stops),
            sexes: if sexes == 0 { 7 } else { sexes },
            conditions: self.condition_set(&entry.conditions, &place)?,
            immune_if: self.condition_set(&entry.immune_if, &place)?,
            in_pregnancy: entry.in_pregnancy,
            never_overdue: entry.never_overdue,
            four_weeks_apart: slots
                .iter()
                .flat_map(|slot: &Slot| &slot.offer)
                .any(|vaccine| self.apart[usize::from(vaccine.0)]),
            source: entry.source,
            name: entry.name,
            slots,
        })
    }

    /// The compiled dose; none when a choice says that there is no such dose.
    fn slot(
        &mut self,
        dose: &DoseEntry,
        course: &CourseEntry,
        place: &str,
    ) -> Result<Option<Slot>, ScheduleError> {
        let mut dose = dose.clone();
        if let Some(source) = &dose.source {
            self.source(&format!("{place}, {}", dose.label), source, &course.since)?;
        }
        for change in std::mem::take(&mut dose.choices) {
            let when = When { parameter: change.parameter, choice: change.choice };
            if !self.holds(Some(&when), place)? {
                continue;
            }
            if change.never {
                return Ok(None);
            }
            dose.due = change.due.unwrap_or(dose.due);
            dose.earliest = change.earliest.unwrap_or(dose.earliest);
            dose.interval = change.interval.or(dose.interval);
            dose.spacing = change.spacing.or(dose.spacing);
        }
        let bounded = |text: super::definition::SpanText| Bounded::new(text.0);
        let interval = dose.interval.map_or(Bounded::new(Span::default()), bounded);
        let offer =
            dose.offer.iter().map(|code| self.known_vaccine(code, place)).collect::<Result<_, _>>()?;
        Ok(Some(Slot {
            due: bounded(dose.due),
            earliest: bounded(dose.earliest),
            interval,
            spacing: dose.spacing.map_or(interval, bounded),
            spacing_from_any: dose.spacing_from_any.map(bounded),
            ends: dose.ends.map(bounded),
            required: dose.required,
            overdue: dose.overdue.map(bounded),
            given_from: first(dose.given_from),
            skip: dose.skip_if.map(|skip| (skip.doses, skip.before.map(bounded))),
            sooner: dose.sooner.map(|sooner| bounded(sooner.previous_from)),
            sooner_without: dose
                .sooner_without
                .map(|one| (self.antigen(&one.antigen), bounded(one.since), bounded(one.due))),
            late: dose
                .late
                .map(|late| (bounded(late.previous_from), bounded(late.interval), bounded(late.spacing))),
            offer,
            label: dose.label,
            reason: dose.reason,
            source: dose.source,
        }))
    }

    fn season(&mut self, entry: &SeasonEntry) -> Result<Season, ScheduleError> {
        let starts = entry.starts.0;
        self.source(&format!("influenza season from {starts}"), &entry.source, &entry.since)?;
        let ages_on = Date::new(starts.year(), 8, 31).map_err(|_| wrong("seasons", starts.to_string()))?;
        Ok(Season {
            starts: Civil::from(starts),
            ends: to_day(entry.ends.0),
            ages: (entry.age_from, entry.age_to),
            ages_on: to_day(ages_on),
        })
    }
}

fn first(date: Option<DateText>) -> Day {
    date.map_or(ALWAYS.0, |text| to_day(text.0))
}

fn last(date: Option<DateText>) -> Day {
    date.map_or(ALWAYS.1, |text| to_day(text.0))
}

fn wrong(place: &str, reason: String) -> ScheduleError {
    ScheduleError::Definition { schedule: "UK".to_owned(), place: place.to_owned(), reason }
}
