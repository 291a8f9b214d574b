//! How a recommendation stands on a day: from its actions and what its indicators show, with the reasons.

use store::partnership::Recommendation;
use vocabulary::Date;

use super::{ActionStatus, Programme, action_status};
use crate::indicators::Analysis;
use crate::{Result, Town};

/// How a recommendation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// An action is late, or an indicator gives concern.
    OffTrack,
    /// No action serves it.
    NoAction,
    /// Its actions are on time, and no indicator shows whether they work.
    NotMeasured,
    /// No action is late and no indicator gives concern.
    OnTrack,
    /// Every action that serves it is finished or stopped.
    Complete,
}

impl Standing {
    /// Every standing, most urgent first.
    pub const ALL: [Standing; 5] = [
        Standing::OffTrack,
        Standing::NoAction,
        Standing::NotMeasured,
        Standing::OnTrack,
        Standing::Complete,
    ];

    /// The stable code used in addresses and files.
    pub fn code(self) -> &'static str {
        match self {
            Standing::OffTrack => "off-track",
            Standing::NoAction => "no-action",
            Standing::NotMeasured => "not-measured",
            Standing::OnTrack => "on-track",
            Standing::Complete => "complete",
        }
    }

    /// What it is called on a page and in a report.
    pub fn words(self) -> &'static str {
        match self {
            Standing::OffTrack => "Off track",
            Standing::NoAction => "No action",
            Standing::NotMeasured => "On time, not measured",
            Standing::OnTrack => "On track",
            Standing::Complete => "Actions complete",
        }
    }
}

impl Town {
    /// How a recommendation stands on a day, and why, a sentence each.
    pub(crate) async fn standing(
        &self,
        programme: &Programme,
        recommendation: &Recommendation,
        as_of: Date,
    ) -> Result<(Standing, Vec<String>)> {
        let mut concerns = Vec::new();
        let mut measured = false;
        for indicator in programme.indicators_measuring(recommendation.id) {
            let Some(analysis) = self.analysis(programme, indicator.id, as_of).await? else { continue };
            measured = true;
            concerns.extend(concern(&analysis));
        }
        Ok(judge(programme, recommendation, concerns, measured, as_of))
    }
}

fn judge(
    programme: &Programme,
    recommendation: &Recommendation,
    concerns: Vec<String>,
    measured: bool,
    as_of: Date,
) -> (Standing, Vec<String>) {
    let actions: Vec<_> = programme
        .actions_serving(recommendation.id)
        .map(|action| {
            let milestones: Vec<_> = programme.milestones_of(action.id).collect();
            let (status, why) = action_status(action, &milestones, as_of);
            (action, status, why)
        })
        .collect();
    let mut reasons: Vec<String> = actions
        .iter()
        .filter(|(_, status, _)| *status == ActionStatus::Late)
        .map(|(action, _, why)| format!("{} {}: {}", action.code, action.title, lower_first(why)))
        .collect();
    reasons.extend(concerns);
    if actions.is_empty() {
        reasons.insert(0, "No action serves it".to_owned());
        return (Standing::NoAction, reasons);
    }
    if !reasons.is_empty() {
        return (Standing::OffTrack, reasons);
    }
    if actions.iter().all(|(_, status, _)| matches!(status, ActionStatus::Done | ActionStatus::Stopped)) {
        return (Standing::Complete, vec!["Every action that serves it is finished".to_owned()]);
    }
    if !measured {
        let why = "Its actions are on time, and no indicator shows whether they work".to_owned();
        return (Standing::NotMeasured, vec![why]);
    }
    (Standing::OnTrack, vec!["No action is late and no indicator gives concern".to_owned()])
}

/// What an indicator gives concern about, when it does.
pub(crate) fn concern(analysis: &Analysis) -> Option<String> {
    let chart = analysis.chart.as_ref()?;
    let name = &analysis.indicator.name;
    if chart.assurance() == spc::Assurance::WillFail {
        return Some(format!("{name}: unless something changes, the target will be missed"));
    }
    (chart.variation().judgement() == Some(spc::Judgement::Concern))
        .then(|| format!("{name}: recent figures give concern that chance does not explain"))
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
