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
use crate::partnership::{
    ActionStatus, Answer, Aspect, GapAnalysis, Programme, Standing, action_status, principle,
};
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
        for recommendation in programme.numbered().filter(in_scope) {
            recommendations
                .push(self.recommendation_progress(&programme, &settings, recommendation, scope).await?);
        }
        let code = subgroup.map_or("", |subgroup| &subgroup.code);
        let found = self.gap_analysis(actor, code, scope.as_of).await?;
        let mut summary = self.gap_sentences(subgroup.map(|s| s.id), scope.as_of).await?;
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
            gaps: report_gaps(&found),
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
        for indicator in programme.indicators_measuring(recommendation.id) {
            let Some(analysis) = self.analysis(programme, indicator.id, scope.as_of).await? else { continue };
            indicators.push(indicator_progress(&analysis, settings));
        }
        let (standing, reasons) = self.standing(programme, recommendation, scope.as_of).await?;
        Ok(RecommendationProgress {
            number: recommendation.number.clone(),
            words: recommendation.words.clone(),
            principle: principle(recommendation.principle).unwrap_or_default().to_owned(),
            subgroup: programme.subgroup(recommendation.subgroup_id).map(|subgroup| subgroup.name.clone()),
            status: standing.words().to_owned(),
            tone: match standing {
                Standing::OffTrack | Standing::NoAction => Tone::Concern,
                Standing::NotMeasured => Tone::Neutral,
                Standing::OnTrack | Standing::Complete => Tone::Good,
            },
            reasons: reasons.into_iter().map(|reason| format!("{reason}.")).collect(),
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
    // A report is published: it names the post and the organisation, never the person.
    let owner = programme.member(action.owner_id).map(|member| {
        let organisation = programme.organisation_of(member).unwrap_or_default();
        let post = [member.role.as_str(), organisation].into_iter().filter(|words| !words.is_empty());
        let post = post.collect::<Vec<_>>().join(", ");
        if post.is_empty() { "A member of the partnership".to_owned() } else { post }
    });
    Some(ActionProgress {
        reference: action.code.clone(),
        title: action.title.clone(),
        owner,
        state,
        percent_complete: u8::try_from(action.percent_complete).ok(),
        note: Some(why),
    })
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

/// What the gap analysis finds missing, for a report: what is late or gives concern stands with its recommendation.
fn report_gaps(found: &GapAnalysis) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for row in &found.rows {
        let missing = row.cells.iter().filter(|cell| cell.answer == Answer::No);
        for cell in missing.filter(|cell| !matches!(cell.aspect, Aspect::Milestone | Aspect::OnTrack)) {
            gaps.push(Gap {
                kind: cell.aspect.missing().to_owned(),
                subject: format!("Recommendation {}: {}", row.recommendation.code, row.recommendation.name),
                why: format!("{}.", cell.why),
            });
        }
    }
    for (kind, list) in [("Action", &found.actions), ("Indicator", &found.indicators)] {
        gaps.extend(list.iter().map(|named| Gap {
            kind: "Serves no recommendation".to_owned(),
            subject: format!("{kind} {}: {}", named.code, named.name),
            why: "It is tied to no recommendation of the report.".to_owned(),
        }));
    }
    gaps
}
