//! A chart of `spc` as one to draw.

use spc::Judgement;
use vocabulary::{Figure, Withheld};

use super::{About, ControlChart, ControlPoint, Signal};

impl ControlChart {
    /// The chart that `chart` describes. `figures` are the published figures in the order of its readings: they say
    /// why a gap is one (suppressed, missing, not applicable); a gap beyond them is missing.
    pub fn of(about: About, chart: &spc::Chart, figures: &[Figure]) -> ControlChart {
        let points = chart.points().iter().map(|point| ControlPoint {
            period: point.period,
            figure: match (point.value, figures.get(point.reading)) {
                (Some(value), _) => Figure::Value(value),
                (None, Some(Figure::Withheld(reason))) => Figure::Withheld(*reason),
                (None, _) => Figure::Withheld(Withheld::Missing),
            },
            centre: point.centre,
            lower: point.lower,
            upper: point.upper,
            target: point.target,
            signal: Signal::from(point.judgement),
            rules: point.rules.iter().map(|rule| rule.words().to_owned()).collect(),
            ghosted: point.ghosted,
            part: point.part as usize,
        });
        let rebases = chart.parts().iter().filter_map(|part| part.rebase.as_ref());
        ControlChart {
            about,
            method: format!("{}, rules: {}", chart.kind().title(), chart.profile().title()),
            centre: if chart.kind().name() == "run" { "Median" } else { "Mean" }.to_owned(),
            points: points.collect(),
            rebases: rebases.map(|rebase| (rebase.at(), rebase.reason().to_owned())).collect(),
        }
    }
}

impl From<Judgement> for Signal {
    fn from(judgement: Judgement) -> Signal {
        match judgement {
            Judgement::CommonCause => Signal::None,
            Judgement::Improvement => Signal::Improvement,
            Judgement::Concern => Signal::Concern,
            Judgement::Neither => Signal::NoJudgement,
        }
    }
}
