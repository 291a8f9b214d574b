//! Filling an empty town with the synthetic one.
//!
//! The synthetic town goes through the same doors as a real one: areas, boundaries, postcodes and deprivation as an import
//! brings them, the programme as a workbook, figures through the recorder.

use std::sync::Arc;

use sources::programme as book;
use store::Write;
use store::indicators::{
    self as figures, AreaDeprivation, Boundary, DeprivationFile, DeprivationRow, NewImport, NewPostcode,
    Postcode, Recorder,
};
use store::quality::{Rebase, set_rebase};
use synthetic::SyntheticTown;
use vocabulary::{AreaCode, AreaKind, Date};

use crate::{Actor, Error, Permission, Result, Town, now};

impl Town {
    /// Fills an empty database with the synthetic town grown from a seed, as seen on a day. Gives `false`, changing nothing,
    /// when the synthetic town is there already.
    ///
    /// # Errors
    /// [`Error::Refused`] when there is a real programme: the synthetic town is never mixed with one.
    pub async fn fill_with_synthetic(&self, actor: &Actor, seed: u64, as_of: Date) -> Result<bool> {
        actor.require(Permission::Administer)?;
        if self.settings().await?.synthetic {
            return Ok(false);
        }
        let programme = self.programme().await?;
        if !programme.recommendations.is_empty() || !programme.indicators.is_empty() {
            return Err(Error::refused(
                "data",
                "This database holds a real programme: choose an empty folder with --data",
            ));
        }
        let town = synthetic::town_on(seed, as_of);
        let write = self.store().write().await?;
        record_places(&write, &town).await?;
        let at = now().to_string();
        let import = figures::add_import(&write, import_of(&town, "synthetic", &at, actor)).await?;
        record_deprivation(&write, import, &town).await?;
        self.record_programme(&write, &workbook_of(&town)).await?;
        let counts = Recorder::new(&write, SOURCE).record(import, &town.observations).await?;
        figures::finish_import(&write, import, counts, &[synthetic::STATEMENT.to_owned()]).await?;
        record_rebases(&write, &town, actor, &at).await?;
        for (name, value) in settings_of(&town) {
            store::set_setting(&write, name, &value).await?;
        }
        let detail = serde_json::json!({ "seed": seed, "as_of": as_of.to_string() });
        self.commit(write, actor, "fill", "synthetic town", detail).await?;
        Ok(true)
    }
}

/// The source of every synthetic series.
const SOURCE: &str = "synthetic";

fn import_of<'a>(town: &'a SyntheticTown, kind: &'a str, at: &'a str, actor: &'a Actor) -> NewImport<'a> {
    NewImport {
        kind,
        file: "made by het demo",
        sha256: "",
        bytes: 0,
        publisher: "nobody: made up",
        licence: synthetic::STATEMENT,
        vintage: &town.name,
        imported_at: at,
        actor: actor.name(),
    }
}

async fn record_places(write: &Write, town: &SyntheticTown) -> Result<()> {
    let named = town.areas.iter().map(|area| (area.code, area.name.clone(), area.kind));
    figures::add_areas(write, named, true).await?;
    let mut links: Vec<(AreaCode, AreaCode)> =
        town.areas.iter().filter_map(|area| area.parent.map(|parent| (area.code, parent))).collect();
    // A small area lies in its ward and, as a lookup says it, in the town as well.
    links.extend(town.areas_of(AreaKind::Lsoa).map(|area| (area.code, town.code)));
    figures::set_parents(write, links).await?;
    for area in &town.areas {
        if let Some(centre) = &area.centre {
            let point = [(area.code, centre.longitude, centre.latitude)];
            figures::set_points(write, area.kind, point).await?;
        }
    }
    let ring =
        |ring: &Vec<[f64; 2]>| ring.iter().map(|&[longitude, latitude]| (longitude, latitude)).collect();
    let boundaries: Vec<Boundary> = town
        .areas
        .iter()
        .filter_map(|area| {
            let shape = area.shape.as_ref()?;
            Some(Boundary { code: area.code, rings: shape.rings().iter().map(ring).collect() })
        })
        .collect();
    figures::set_boundaries(write, &boundaries).await?;
    let postcodes = town.postcodes.iter().map(|p| NewPostcode {
        postcode: Postcode {
            postcode: p.postcode.clone(),
            lsoa: Some(p.lsoa.to_string()),
            local_authority: Some(town.code.to_string()),
            longitude: Some(p.place.longitude),
            latitude: Some(p.place.latitude),
        },
        ended: false,
    });
    figures::set_postcodes(write, postcodes).await?;
    Ok(())
}

async fn record_deprivation(write: &Write, import: i64, town: &SyntheticTown) -> Result<()> {
    let rows: Vec<DeprivationRow> = town
        .areas_of(AreaKind::Lsoa)
        .filter_map(|area| {
            let standing = area.deprivation?;
            let main = AreaDeprivation {
                area: area.code,
                local_authority: town.code,
                score: standing.score,
                rank: standing.rank,
                decile: standing.decile,
                population: Some(f64::from(area.population)),
            };
            let figures = vec![
                Some(standing.score),
                Some(f64::from(standing.rank)),
                Some(f64::from(standing.decile.number())),
            ];
            Some(DeprivationRow { main, figures, line: 0 })
        })
        .collect();
    let measures = ["imd-score", "imd-rank", "imd-decile"].map(|name| (name.to_owned(), 0)).into();
    let file = DeprivationFile { import_id: import, sheet: String::new(), measures };
    figures::set_deprivation(write, "synthetic", &file, &rows).await?;
    Ok(())
}

async fn record_rebases(write: &Write, town: &SyntheticTown, actor: &Actor, at: &str) -> Result<()> {
    for indicator in &town.indicators {
        let Some(rebase) = &indicator.rebase else { continue };
        let kept = figures::indicator_by_code(write.reader(), indicator.code).await?;
        let new = Rebase {
            indicator_id: kept.id,
            area: town.code,
            period_start: rebase.from,
            reason: rebase.reason.to_owned(),
            decided_by: actor.name().to_owned(),
            decided_at: at.to_owned(),
        };
        set_rebase(write, &new).await?;
    }
    Ok(())
}

fn settings_of(town: &SyntheticTown) -> Vec<(&'static str, String)> {
    let country = town.areas_of(AreaKind::Country).next().map(|area| area.code.to_string());
    let region = town.areas_of(AreaKind::Region).next().map(|area| area.code.to_string());
    let others = town.areas_of(AreaKind::UpperTier).filter(|area| area.code != town.code);
    let neighbours: Vec<String> = others.map(|area| area.code.to_string()).collect();
    vec![
        ("town-name", town.name.clone()),
        ("area", town.code.to_string()),
        ("country", country.unwrap_or_default()),
        ("region", region.unwrap_or_default()),
        ("neighbours", neighbours.join(" ")),
        ("synthetic", "yes".to_owned()),
    ]
}

fn workbook_of(town: &SyntheticTown) -> book::Workbook {
    let organisation =
        |code: &str| town.organisations.iter().find(|o| o.code == code).map(|o| o.name.clone());
    let numbers = |list: &[u16]| list.iter().map(u16::to_string).collect::<Vec<_>>();
    book::Workbook {
        subgroups: (town.subgroups.iter())
            .map(|s| book::Subgroup { code: s.code.into(), name: s.name.into(), purpose: s.aim.into() })
            .collect(),
        organisations: (town.organisations.iter())
            .map(|o| book::Organisation { name: o.name.clone(), kind: SOURCE.to_owned() })
            .collect(),
        members: (town.members.iter())
            .map(|m| book::Member {
                code: m.code.clone(),
                name: m.name.clone(),
                role: m.role.to_owned(),
                organisation: organisation(&m.organisation),
                subgroup: m.subgroup.map(str::to_owned),
            })
            .collect(),
        recommendations: (town.recommendations.iter())
            .map(|r| book::Recommendation {
                number: r.number.to_string(),
                words: r.words.to_owned(),
                principle: r.principle,
                horizon: r.horizon.code().to_owned(),
                subgroup: r.subgroup.to_owned(),
                owner: owner_of(town, r.number),
            })
            .collect(),
        actions: town.actions.iter().map(action_of).collect(),
        milestones: (town.actions.iter())
            .flat_map(|action| {
                action.milestones.iter().map(|m| book::Milestone {
                    action: action.code.clone(),
                    title: m.title.to_owned(),
                    due: m.due,
                    done: m.reached,
                })
            })
            .collect(),
        indicators: (town.indicators.iter())
            .map(|i| book::Indicator {
                code: i.code.to_owned(),
                name: i.name.to_owned(),
                definition: i.definition.to_owned(),
                numerator: i.numerator.to_owned(),
                denominator: i.denominator.to_owned(),
                unit: i.unit.to_owned(),
                statistic: if i.per == 100 { "proportion" } else { "rate" }.to_owned(),
                multiplier: f64::from(i.per),
                polarity: i.polarity,
                frequency: i.frequency.code().to_owned(),
                source: i.source.to_owned(),
                series_source: SOURCE.to_owned(),
                series_indicator: i.code.to_owned(),
                series_age: age_of(town, i.code),
                series_sex: "persons".to_owned(),
                subgroup: Some(i.subgroup.to_owned()),
                impact: i.impact,
                recommendations: numbers(i.recommendations),
                actions: (town.actions.iter())
                    .filter(|a| a.indicators.contains(&i.code))
                    .map(|a| a.code.clone())
                    .collect(),
            })
            .collect(),
        targets: (town.indicators.iter())
            .filter_map(|i| {
                let target = i.target.as_ref()?;
                let source = target.source.to_owned();
                Some(book::Target {
                    indicator: i.code.to_owned(),
                    value: target.value,
                    due: target.due,
                    source,
                })
            })
            .collect(),
        observations: Vec::new(),
    }
}

/// A recommendation is owned by whoever sponsors the first action that serves it; some are owned by nobody.
fn owner_of(town: &SyntheticTown, number: u16) -> Option<String> {
    town.actions.iter().find(|a| a.recommendations.contains(&number)).and_then(|a| a.sponsor.clone())
}

fn action_of(action: &synthetic::Action) -> book::Action {
    book::Action {
        code: action.code.clone(),
        title: action.title.to_owned(),
        description: String::new(),
        subgroup: action.subgroup.to_owned(),
        owner: action.owner.clone(),
        sponsor: action.sponsor.clone(),
        starts: Some(action.start),
        due: Some(action.due),
        finished: action.finished,
        stopped: None,
        percent: action.percent_complete,
        recommendations: action.recommendations.iter().map(u16::to_string).collect(),
    }
}

/// The age that an indicator's observations carry.
fn age_of(town: &SyntheticTown, code: &str) -> String {
    let found: Option<Arc<str>> =
        town.observations.iter().find(|o| &*o.indicator == code).map(|o| o.age.clone());
    found.map(|age| age.to_string()).unwrap_or_default()
}
