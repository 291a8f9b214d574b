//! Checks a schedule definition and turns it into tables.
//!
//! The first fault found is reported with the antigen, series and dose it is in. Nothing is repaired
//! silently: a code that is not defined, an age range that is upside down, a series group without a way to
//! choose are refused here so that the engine never meets them.

mod dose;
mod names;

use vocabulary::Date;

use crate::calendar::{Day, EARLIEST, LATEST, Span, to_day};
use crate::definition::{
    AntigenDefinition, ContraindicationDefinition, ScheduleDefinition, SeriesDefinition, When,
};
use crate::error::ScheduleError;
use crate::schedule::{
    AgeIx, Antigen, AntigenUse, BirthImmunity, Conflict, Contraindication, Group, GroupId, Indicated,
    NO_EARLIEST_AGE, NO_LATEST_AGE, Observation, ObservationId, Schedule, Series, SeriesId, Vaccine,
    VaccineContraindication, VaccineId,
};
use names::Names;

impl Schedule {
    /// Checks a definition and compiles it. `choices` gives a choice for some of the parameters, by name;
    /// the others have their defaults.
    ///
    /// # Errors
    ///
    /// [`ScheduleError::Definition`] for a code that is not defined, a value without a source where sources are
    /// required, ages or dates that are upside down, an unknown parameter or choice, and the like.
    pub fn compile(
        definition: &ScheduleDefinition,
        choices: &[(&str, &str)],
    ) -> Result<Schedule, ScheduleError> {
        let names = Names::new(definition, choices)?;
        let mut compiler = Compiler {
            definition,
            names,
            ages: vec![Span::default(); 2],
            series: Vec::new(),
            indicated: Vec::new(),
        };
        let groups = compiler.groups()?;
        let vaccines = compiler.vaccines()?;
        let mut antigens = Vec::with_capacity(definition.antigens.len());
        for antigen in &definition.antigens {
            let compiled = compiler.antigen(antigen)?;
            antigens.push(compiled);
        }
        Ok(compiler.finish(groups, vaccines, antigens))
    }
}

/// The state of one compilation.
pub(crate) struct Compiler<'a> {
    definition: &'a ScheduleDefinition,
    names: Names,
    ages: Vec<Span>,
    series: Vec<Series>,
    indicated: Vec<(ObservationId, Indicated)>,
}

impl Compiler<'_> {
    fn error(&self, place: &str, reason: impl Into<String>) -> ScheduleError {
        ScheduleError::Definition {
            schedule: self.definition.name.clone(),
            place: place.to_owned(),
            reason: reason.into(),
        }
    }

    fn age(&mut self, span: Option<Span>, none: AgeIx) -> AgeIx {
        let Some(span) = span else { return none };
        let found = self.ages.iter().skip(2).position(|known| *known == span).map(|at| at + 2);
        let at = found.unwrap_or_else(|| {
            self.ages.push(span);
            self.ages.len() - 1
        });
        AgeIx(at as u16)
    }

    fn earliest(&mut self, span: Option<Span>) -> AgeIx {
        self.age(span, NO_EARLIEST_AGE)
    }

    fn latest(&mut self, span: Option<Span>) -> AgeIx {
        self.age(span, NO_LATEST_AGE)
    }

    fn vaccine_id(&self, code: &str, place: &str) -> Result<VaccineId, ScheduleError> {
        self.names.vaccine(code).ok_or_else(|| {
            self.error(place, format!("the vaccine '{code}' is not among the schedule's vaccines"))
        })
    }

    fn observation_id(&self, code: &str, place: &str) -> Result<ObservationId, ScheduleError> {
        self.names.observation(code).ok_or_else(|| {
            self.error(place, format!("the observation '{code}' is not among the schedule's observations"))
        })
    }

    /// Whether a value holds under the choices made.
    fn holds(&self, when: Option<&When>, place: &str) -> Result<bool, ScheduleError> {
        let Some(when) = when else { return Ok(true) };
        self.names.holds(when).ok_or_else(|| {
            let reason = format!("'{}' is not a choice of the parameter '{}'", when.choice, when.parameter);
            self.error(place, reason)
        })
    }

    fn source(&self, source: Option<&str>, place: &str) -> Result<(), ScheduleError> {
        let Some(source) = source else {
            return match self.definition.sources_required {
                true => Err(self.error(place, "the value has no source")),
                false => Ok(()),
            };
        };
        let id = source.split_whitespace().next().unwrap_or_default();
        match self.definition.sources.is_empty() || self.definition.sources.iter().any(|s| s.id == id) {
            true => Ok(()),
            false => Err(self.error(place, format!("the source '{id}' is not among the schedule's sources"))),
        }
    }

    fn dates(
        &self,
        from: Option<Date>,
        until: Option<Date>,
        place: &str,
    ) -> Result<(Day, Day), ScheduleError> {
        let days = (from.map_or(EARLIEST, to_day), until.map_or(LATEST, to_day));
        if days.0 > days.1 {
            return Err(self.error(place, "the rule ends before it begins"));
        }
        Ok(days)
    }

    fn groups(&self) -> Result<Vec<Group>, ScheduleError> {
        let mut groups = Vec::with_capacity(self.definition.groups.len());
        for group in &self.definition.groups {
            let place = format!("group '{}'", group.name);
            let antigens = group
                .antigens
                .iter()
                .map(|name| {
                    let unknown = || self.error(&place, format!("the antigen '{name}' has no series"));
                    self.names.antigen(name).ok_or_else(unknown)
                })
                .collect::<Result<Vec<_>, _>>()?;
            groups.push(Group {
                name: group.name.trim().to_owned(),
                antigens: antigens.into_boxed_slice(),
                administer_full: group.administer_full,
            });
        }
        Ok(groups)
    }

    fn vaccines(&mut self) -> Result<Vec<Vaccine>, ScheduleError> {
        let definition = self.definition;
        let mut vaccines = Vec::with_capacity(definition.vaccines.len());
        for vaccine in &definition.vaccines {
            let place = format!("vaccine '{}'", vaccine.code);
            let mut antigens = Vec::with_capacity(vaccine.antigens.len());
            for association in &vaccine.antigens {
                let unknown =
                    || self.error(&place, format!("the antigen '{}' has no series", association.antigen));
                let antigen = self.names.antigen(&association.antigen).ok_or_else(unknown)?;
                let (begin, end) = (self.earliest(association.begin_age), self.latest(association.end_age));
                antigens.push(AntigenUse { antigen, begin, end });
            }
            vaccines.push(Vaccine {
                code: vaccine.code.clone(),
                name: vaccine.name.clone(),
                antigens: antigens.into_boxed_slice(),
                conflicts: Box::new([]),
                conflicting: false,
            });
        }
        self.conflicts(&mut vaccines)?;
        Ok(vaccines)
    }

    fn conflicts(&self, vaccines: &mut [Vaccine]) -> Result<(), ScheduleError> {
        let mut found: Vec<Vec<Conflict>> = vec![Vec::new(); vaccines.len()];
        for conflict in &self.definition.conflicts {
            let place = format!("conflict of '{}' after '{}'", conflict.current, conflict.previous);
            let previous = self.vaccine_id(&conflict.previous, &place)?;
            let current = self.vaccine_id(&conflict.current, &place)?;
            self.source(conflict.source.as_deref(), &place)?;
            vaccines[previous.index()].conflicting = true;
            found[current.index()].push(Conflict {
                previous,
                begin: conflict.begin,
                minimum_end: conflict.minimum_end,
                end: conflict.end,
            });
        }
        for (vaccine, conflicts) in vaccines.iter_mut().zip(found) {
            vaccine.conflicts = conflicts.into_boxed_slice();
        }
        Ok(())
    }

    fn antigen(&mut self, antigen: &AntigenDefinition) -> Result<Antigen, ScheduleError> {
        let place = format!("antigen '{}'", antigen.name);
        let id = self.names.antigen(&antigen.name).ok_or_else(|| self.error(&place, "is not defined"))?;
        let in_group = |group: &crate::definition::GroupDefinition| group.antigens.contains(&antigen.name);
        let group = self
            .definition
            .groups
            .iter()
            .position(in_group)
            .ok_or_else(|| self.error(&place, "is in no group"))?;
        let mut immune_born_before = Vec::new();
        for immunity in &antigen.immune_born_before {
            immune_born_before.push(BirthImmunity {
                before: to_day(immunity.date),
                country: immunity.country.as_deref().and_then(|name| self.names.country(name)),
                unless: self.observations(&immunity.unless, &place)?,
            });
        }
        let immune_if = self.observations(&antigen.immune_if, &place)?;
        let (contraindications, vaccine_contraindications) =
            self.contraindications(&antigen.contraindications, &place)?;
        let first_series = self.series.len() as u16;
        let mut series: Vec<&SeriesDefinition> = antigen.series.iter().collect();
        series.sort_by_key(|s| dose::needs_others(s));
        for series in series {
            let place = format!("{}, series '{}'", antigen.name, series.name);
            if self.holds(series.when.as_ref(), &place)? {
                let compiled = self.series(series, &place, id)?;
                self.series.push(compiled);
            }
        }
        let defaults = (first_series as usize..self.series.len()).filter(|at| self.series[*at].default);
        Ok(Antigen {
            name: antigen.name.clone(),
            group: GroupId(group as u16),
            first_series,
            end_series: self.series.len() as u16,
            defaults: defaults.map(|at| SeriesId(at as u16)).collect(),
            immune_if,
            immune_born_before: immune_born_before.into_boxed_slice(),
            contraindications: contraindications.into_boxed_slice(),
            vaccine_contraindications: vaccine_contraindications.into_boxed_slice(),
        })
    }

    fn observations(&self, codes: &[String], place: &str) -> Result<Box<[ObservationId]>, ScheduleError> {
        codes.iter().map(|code| self.observation_id(code, place)).collect()
    }

    fn contraindications(
        &mut self,
        definitions: &[ContraindicationDefinition],
        place: &str,
    ) -> Result<(Vec<Contraindication>, Vec<VaccineContraindication>), ScheduleError> {
        let (mut antigen, mut vaccine) = (Vec::new(), Vec::new());
        for definition in definitions {
            let place = format!("{place}, contraindication '{}'", definition.observation);
            let observation = self.observation_id(&definition.observation, &place)?;
            self.source(definition.source.as_deref(), &place)?;
            let text = definition.text.clone();
            if definition.vaccines.is_empty() {
                let (begin, end) = (self.earliest(definition.begin_age), self.latest(definition.end_age));
                antigen.push(Contraindication { observation, begin, end, text });
                continue;
            }
            for used in &definition.vaccines {
                let id = self.vaccine_id(&used.code, &place)?;
                let (begin, end) = (self.earliest(used.begin_age), self.latest(used.end_age));
                let text = text.clone();
                vaccine.push(VaccineContraindication { observation, vaccine: id, begin, end, text });
            }
        }
        Ok((antigen, vaccine))
    }

    fn finish(self, groups: Vec<Group>, vaccines: Vec<Vaccine>, antigens: Vec<Antigen>) -> Schedule {
        let mut indicates: Vec<Vec<Indicated>> = vec![Vec::new(); self.definition.observations.len()];
        for (observation, indicated) in self.indicated {
            indicates[observation.index()].push(indicated);
        }
        let observations = self
            .definition
            .observations
            .iter()
            .zip(indicates)
            .map(|(o, indicates)| Observation {
                code: o.code.clone(),
                title: o.title.clone(),
                indicates: indicates.into_boxed_slice(),
            })
            .collect();
        let (vaccine_codes, observation_codes, manufacturers, countries) = self.names.into_lookups();
        Schedule {
            name: self.definition.name.clone(),
            version: self.definition.version.clone(),
            ages: self.ages,
            vaccines,
            antigens,
            groups,
            series: self.series,
            observations,
            manufacturers,
            countries,
            vaccine_codes,
            observation_codes,
        }
    }

    fn next_series(&self) -> SeriesId {
        SeriesId(self.series.len() as u16)
    }
}
