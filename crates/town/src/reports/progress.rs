//! The progress report: what is done, late and next for each recommendation, what its indicators show, and what is missing.

use jiff::ToSpan;
use report::Width;
use report::documents::{Document, Method, Tone, Vintage};
use report::figures::long_date;
use report::progress::{
    ActionProgress, ActionState, Gap, IndicatorProgress, ProgressReport, RecommendationProgress, Scope,
};
use store::indicators as tables;
use store::partnership::{Action, Recommendation};
use vocabulary::{Date, Period};

use super::ReportFormat;
use crate::indicators::Analysis;
use crate::partnership::{ActionStatus, Programme, action_status, principle};
use crate::{Actor, Error, Permission, Result, Settings, Town};

/// What a progress report covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportScope {
    /// The code of a subgroup; `None` for the whole partnership.
    pub subgroup: Option<String>,
    /// The days it reports on.
    pub period: Period,
    /// The day for which every status is computed.
    pub as_of: Date,
}

impl ReportScope {
    /// The three months up to a day, for the whole partnership, as they stand on that day.
    pub fn quarter_to(day: Date) -> Option<ReportScope> {
        let start = day.checked_sub(3.months()).ok()?.tomorrow().ok()?;
        Some(ReportScope { subgroup: None, period: Period::new(start, day)?, as_of: day })
    }
}

impl Town {
    /// The progress report as a neutral document.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a subgroup that is not there.
    pub async fn progress_report(&self, actor: &Actor, scope: &ReportScope) -> Result<Document> {
        actor.require(Permission::ReadProgramme)?;
        let programme = self.programme().await?;
        let settings = self.settings().await?;
        let subgroup = match &scope.subgroup {
            None => None,
            Some(code) => Some(
                programme
                    .subgroups
                    .iter()
                    .find(|subgroup| subgroup.code == *code)
                    .ok_or_else(|| Error::NotFound { what: "subgroup", value: code.clone() })?,
            ),
        };
        let mut recommendations = Vec::new();
        let in_scope = |r: &&Recommendation| subgroup.is_none_or(|subgroup| r.subgroup_id == subgroup.id);
        for recommendation in programme.recommendations.iter().filter(in_scope) {
            recommendations
                .push(self.recommendation_progress(&programme, &settings, recommendation, scope).await?);
        }
        let mut summary = vec![self.gap_sentence(&programme, subgroup.map(|s| s.id), scope.as_of).await?];
        summary.extend(summary_of(&recommendations));
        let report = ProgressReport {
            town: settings.town_name.clone(),
            scope: match subgroup {
                Some(subgroup) => Scope::Subgroup { name: subgroup.name.clone() },
                None => {
                    Scope::Partnership { name: format!("{} health equity partnership", settings.town_name) }
                }
            },
            period: scope.period,
            as_of: scope.as_of,
            synthetic: settings.synthetic,
            summary,
            recommendations,
            gaps: self.report_gaps(actor, subgroup.map(|s| s.id), scope.as_of).await?,
            vintage: self.vintage(&programme).await?,
            methods: methods(),
        };
        Ok(report.document())
    }

    /// The progress report as a file.
    pub async fn progress_file(
        &self,
        actor: &Actor,
        scope: &ReportScope,
        format: ReportFormat,
    ) -> Result<Vec<u8>> {
        let document = self.progress_report(actor, scope).await?;
        let writing = tokio::task::spawn_blocking(move || format.write(&document));
        writing.await.map_err(|e| Error::Failed { doing: "writing a report", reason: e.to_string() })?
    }

    async fn recommendation_progress(
        &self,
        programme: &Programme,
        settings: &Settings,
        recommendation: &Recommendation,
        scope: &ReportScope,
    ) -> Result<RecommendationProgress> {
        let actions: Vec<&Action> = programme.actions_serving(recommendation.id).collect();
        let mut shown: Vec<ActionProgress> =
            actions.iter().filter_map(|action| action_progress(programme, action, scope)).collect();
        shown.sort_by_key(|action| action.state);
        let mut indicators = Vec::new();
        let mut concerns = Vec::new();
        for indicator in programme.indicators_measuring(recommendation.id) {
            let Some(analysis) = self.analysis(programme, indicator.id, scope.as_of).await? else { continue };
            concerns.extend(concern_of(&analysis));
            indicators.push(indicator_progress(&analysis, settings));
        }
        let (status, tone, reasons) = status_of(programme, &actions, &indicators, concerns, scope.as_of);
        Ok(RecommendationProgress {
            number: recommendation.number.clone(),
            words: recommendation.words.clone(),
            principle: principle(recommendation.principle).unwrap_or_default().to_owned(),
            subgroup: programme.subgroup(recommendation.subgroup_id).map(|subgroup| subgroup.name.clone()),
            status,
            tone,
            reasons,
            actions: shown,
            indicators,
        })
    }

    /// Where the figures of the programme's indicators come from, the latest import of each source.
    async fn vintage(&self, programme: &Programme) -> Result<Vec<Vintage>> {
        let imports = tables::imports(self.store().reader()).await?;
        let mut sources: Vec<&str> = programme.indicators.iter().map(|i| i.series.source.as_str()).collect();
        sources.push("deprivation");
        sources.sort_unstable();
        sources.dedup();
        Ok(sources
            .into_iter()
            .filter_map(|source| imports.iter().find(|import| import.kind == source))
            .map(|import| Vintage {
                source: if import.publisher.is_empty() {
                    import.kind.clone()
                } else {
                    import.publisher.clone()
                },
                covers: import.vintage.clone(),
                obtained: format!("imported {}", imported_on(&import.imported_at)),
                licence: import.licence.clone(),
            })
            .collect())
    }
}

fn imported_on(at: &str) -> String {
    at.get(..10).and_then(|day| day.parse().ok()).map_or_else(|| at.to_owned(), long_date)
}

/// An action as the report shows it; `None` when it was finished or stopped before the period.
fn action_progress(programme: &Programme, action: &Action, scope: &ReportScope) -> Option<ActionProgress> {
    let milestones: Vec<_> = programme.milestones_of(action.id).collect();
    let (status, why) = action_status(action, &milestones, scope.as_of);
    let next_period_ends = scope.period.end().checked_add(3.months()).unwrap_or(scope.period.end());
    let state = match status {
        ActionStatus::Done => {
            let on = action.finished_on.filter(|&on| on >= scope.period.start())?;
            ActionState::Done { on }
        }
        ActionStatus::Stopped => return None,
        ActionStatus::Late => {
            let overdue =
                milestones.iter().find(|m| m.done_on.is_none() && m.due_on < scope.as_of).map(|m| m.due_on);
            let due = action.due_on.filter(|&due| due < scope.as_of).or(overdue).or(action.starts_on)?;
            ActionState::Late { due }
        }
        ActionStatus::OnTrack | ActionStatus::NotStarted => match action.due_on {
            Some(by) if by <= next_period_ends => ActionState::Due { by },
            by => ActionState::Next { by },
        },
    };
    let owner = programme.member(action.owner_id).map(|member| member.name.clone());
    Some(ActionProgress {
        reference: action.code.clone(),
        title: action.title.clone(),
        owner,
        state,
        percent_complete: u8::try_from(action.percent_complete).ok(),
        note: Some(why),
    })
}

fn concern_of(analysis: &Analysis) -> Option<String> {
    let chart = analysis.chart.as_ref()?;
    let name = &analysis.indicator.name;
    if chart.assurance() == spc::Assurance::WillFail {
        return Some(format!("{name}: without a change the target will not be met"));
    }
    (chart.variation().judgement() == Some(spc::Judgement::Concern))
        .then(|| format!("{name}: special cause of concern"))
}

/// How a recommendation stands: its actions and its indicators, each reason a sentence.
fn status_of(
    programme: &Programme,
    actions: &[&Action],
    indicators: &[IndicatorProgress],
    concerns: Vec<String>,
    as_of: Date,
) -> (String, Tone, Vec<String>) {
    let statuses: Vec<(&Action, ActionStatus, String)> = actions
        .iter()
        .map(|action| {
            let milestones: Vec<_> = programme.milestones_of(action.id).collect();
            let (status, why) = action_status(action, &milestones, as_of);
            (*action, status, why)
        })
        .collect();
    let late: Vec<String> = statuses
        .iter()
        .filter(|(_, status, _)| *status == ActionStatus::Late)
        .map(|(action, _, why)| format!("{} {}: {why}", action.code, action.title))
        .collect();
    if actions.is_empty() {
        return (
            "No action".to_owned(),
            Tone::Concern,
            vec!["No action serves this recommendation.".to_owned()],
        );
    }
    if !late.is_empty() || !concerns.is_empty() {
        return ("Off track".to_owned(), Tone::Concern, late.into_iter().chain(concerns).collect());
    }
    if statuses.iter().all(|(_, status, _)| matches!(status, ActionStatus::Done | ActionStatus::Stopped)) {
        return (
            "Actions complete".to_owned(),
            Tone::Good,
            vec!["Every action that serves it is finished.".to_owned()],
        );
    }
    if indicators.is_empty() {
        let why = "Its actions are on time, and no indicator shows whether they work.".to_owned();
        return ("On time, not measured".to_owned(), Tone::Neutral, vec![why]);
    }
    ("On track".to_owned(), Tone::Good, vec!["No action is late and no indicator gives concern.".to_owned()])
}

fn indicator_progress(analysis: &Analysis, settings: &Settings) -> IndicatorProgress {
    let indicator = &analysis.indicator;
    let id = format!("report-{}", indicator.code);
    let latest = analysis.points.iter().rev().find(|point| point.figure.value().is_some());
    let mut caveats: Vec<String> = latest.and_then(|point| point.note.clone()).into_iter().collect();
    caveats.retain(|note| !note.is_empty());
    IndicatorProgress {
        code: indicator.code.clone(),
        name: indicator.name.clone(),
        sentences: analysis.sentences(),
        icons: crate::indicators::icons(analysis),
        control: analysis.draw_control(&format!("{id}-control"), Width::Narrow, &settings.town_name),
        gradient: analysis.draw_gradient(&format!("{id}-gradient"), Width::Narrow),
        source: match latest {
            Some(point) => {
                let people = point
                    .denominator
                    .map_or_else(String::new, |n| format!(", n = {}", report::figures::fixed(n, 0)));
                format!("{}, {}{people}", indicator.source, report::figures::period_words(point.period))
            }
            None => indicator.source.clone(),
        },
        caveats,
    }
}

fn summary_of(recommendations: &[RecommendationProgress]) -> Vec<String> {
    let with = |tone: Tone| recommendations.iter().filter(|r| r.tone == tone).count();
    let none = recommendations.iter().filter(|r| r.actions.is_empty()).count();
    let count = |wanted: fn(&ActionState) -> bool| {
        let mut codes: Vec<&str> = recommendations
            .iter()
            .flat_map(|r| &r.actions)
            .filter(|action| wanted(&action.state))
            .map(|action| action.reference.as_str())
            .collect();
        codes.sort_unstable();
        codes.dedup();
        codes.len()
    };
    let total = recommendations.len();
    let mut said = vec![format!(
        "Of {total} recommendations, {} are on track or complete and {} need attention.",
        with(Tone::Good),
        with(Tone::Concern)
    )];
    said.push(format!(
        "{} actions were finished in the period and {} are late.",
        count(|state| matches!(state, ActionState::Done { .. })),
        count(|state| matches!(state, ActionState::Late { .. }))
    ));
    if none > 0 {
        said.push(format!("{none} recommendations have no action under way."));
    }
    said
}

fn methods() -> Vec<Method> {
    let method = |name: &str, words: &str| Method { name: name.to_owned(), words: words.to_owned() };
    vec![
        method(
            "Control charts",
            "XmR charts by NHS England's Making Data Count rules: limits are the mean plus and minus 2.66 times the average moving \
             range, and a change is only claimed when a rule shows one. Limits begin again only where a person has said so, \
             with a reason.",
        ),
        method(
            "Slope index of inequality",
            "The difference between the most and the least deprived ends of the whole population, from a regression weighted by \
             people on their relative rank (Mackenbach and Kunst, Social Science and Medicine, 1997).",
        ),
        method(
            "Intervals",
            "95% confidence intervals: Wilson's score method for proportions; exact below 10 events and Byar's method from 10 \
             for rates.",
        ),
        method(
            "Status of an action",
            "Computed from its dates and milestones on the day of the report: late when a date has passed, otherwise on \
             track, not started, done or stopped.",
        ),
    ]
}

impl Town {
    /// What the gap analysis finds missing, for a report.
    async fn report_gaps(&self, _actor: &Actor, subgroup: Option<i64>, as_of: Date) -> Result<Vec<Gap>> {
        let programme = self.programme().await?;
        let _ = as_of;
        let mut gaps = Vec::new();
        for r in programme.recommendations.iter().filter(|r| subgroup.is_none_or(|id| r.subgroup_id == id)) {
            if r.owner_id.is_none() {
                gaps.push(Gap {
                    kind: "No owner".to_owned(),
                    subject: format!("Recommendation {}: {}", r.number, r.words),
                    why: "Nobody in the partnership owns it.".to_owned(),
                });
            }
        }
        Ok(gaps)
    }

    /// Whether the gap is closing, over the impact measures of the partnership or of one subgroup, in one sentence.
    pub(crate) async fn gap_sentence(
        &self,
        programme: &Programme,
        subgroup: Option<i64>,
        as_of: Date,
    ) -> Result<String> {
        let counts = |indicator: &&tables::Indicator| {
            indicator.is_impact_measure && subgroup.is_none_or(|id| indicator.subgroup_id == Some(id))
        };
        let mut verdicts = Vec::new();
        for indicator in programme.indicators.iter().filter(counts) {
            if let Some(analysis) = self.analysis(programme, indicator.id, as_of).await? {
                verdicts.push(analysis.gap_verdict());
            }
        }
        Ok(report::sentences::gaps_in_a_sentence(&verdicts))
    }
}
