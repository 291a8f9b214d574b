//! Cases between rare events (g), from the geometric distribution: ḡ ± 3 √(ḡ(ḡ + 1)) (Benneyan 2001, *Health
//! Care Management Science* 4: 305-318; Montgomery, 7th ed., section 7.3). High is better when the event is
//! harm. The centre is the mean; the `powerbi` profile draws the median, as its source does. Zeros (two events
//! in a row) are ordinary values.

use super::plots::counts;
use super::{Fit, Kind, KindEntry, Plot, Reach, mean, median};
use crate::Profile;
use crate::zone::Scale;

pub(super) const ENTRY: KindEntry = KindEntry {
    kind: Kind::G,
    name: "g",
    aliases: &["geometric"],
    title: "g chart",
    summary: "How many cases there were between rare events",
    limits: "centre is the mean g (the median in some profiles), limits are g ± 3 × √(g(g + 1))",
    source: "Benneyan 2001, Health Care Management Science 4: 305-318",
    columns: &[],
    reach: Reach::AllRules,
    plots: |series| counts(series, ENTRY.name),
    fit,
};

fn fit(plots: &mut [Plot], baseline: usize, profile: &Profile, scales: &mut Vec<Scale>) -> Fit {
    let used = || plots[..baseline].iter().filter(|p| p.used).map(|p| p.value);
    let Some(average) = mean(used()) else { return Fit::NOTHING };
    let middle = if profile.g_centre_is_median { median(used().collect()) } else { None };
    let even = Scale::even(average, 3.0 * (average * (average + 1.0)).sqrt());
    scales.resize(plots.len(), Scale { centre: middle.unwrap_or(average), ..even });
    Fit::of(true).within(0.0, f64::INFINITY)
}
