//! The inequality now and five years ago: one picture and one honest sentence.

use report::charts::{Level, NowAndThen, Side, now_and_then};
use report::{Frame, Width};
use vocabulary::{Date, Period};

use super::analysis::{Analysis, GapPoint};
use super::page::Drawn;
use crate::{Actor, Permission, Result, Town};

/// The page that compares the inequality of an indicator now with that of five years ago.
#[derive(Debug, Clone, PartialEq)]
pub struct InequalityPage {
    /// What the indicator is called.
    pub name: String,
    /// What may be said, and no more.
    pub sentence: String,
    /// The picture; `None` while there are not two periods to compare.
    pub drawn: Option<Drawn>,
    /// Whose groups they are, and how the comparison was made.
    pub methods: Vec<String>,
}

impl Town {
    /// The inequality of an indicator now and five years ago, or as long ago as its figures reach, at least a year.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] when there is no such indicator.
    pub async fn inequality_page(&self, actor: &Actor, code: &str, as_of: Date) -> Result<InequalityPage> {
        actor.require(Permission::ReadPublic)?;
        let analysis = self.analysis_of(code, as_of).await?;
        let nothing = || {
            "There are not two periods by deprivation, a year or more apart, so nothing can be said of whether the gap is closing."
                .to_owned()
        };
        let sentence = analysis.gap_facts().map_or_else(nothing, |facts| facts.sentence(analysis.unit()));
        let mut methods = vec![
            "A change is claimed only where the 95% interval of the difference between the two slope indices leaves out zero (Zou and Donner 2008, MOVER)."
                .to_owned(),
        ];
        methods.extend(
            analysis.gradient.as_ref().map(|gradient| format!("By deprivation: {}.", gradient.basis)),
        );
        Ok(InequalityPage {
            name: analysis.indicator.name.clone(),
            sentence,
            drawn: analysis.draw_now_and_then(),
            methods,
        })
    }
}

impl Analysis {
    fn draw_now_and_then(&self) -> Option<Drawn> {
        let (now, then) = self.gaps_compared()?;
        let (now, then) = (self.side(now)?, self.side(then?)?);
        let span = Period::new(then.period.start(), now.period.end())?;
        let about = self.about(format!("{}: then and now", self.indicator.name), span.to_string(), None);
        let chart = NowAndThen { about, then, now };
        let draw = |id, width| now_and_then(&Frame::new(id, width), &chart);
        Some(Drawn { wide: draw("then-wide", Width::Wide), narrow: draw("then-narrow", Width::Narrow) })
    }

    fn side(&self, point: &GapPoint) -> Option<Side> {
        let group = self.groups.iter().find(|group| group.period == point.period)?;
        let levels = group.levels.iter().map(|level| Level {
            number: level.number,
            figure: level.figure,
            interval: level.interval,
            n: level.people,
        });
        let slope = (point.slope.most, point.slope.least);
        Some(Side { period: group.period, levels: levels.collect(), slope })
    }
}
