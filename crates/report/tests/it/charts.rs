//! Charts: their grammar and their tables.

use report::charts::{
    ControlChart, FunnelPlace, Gradient, SeriesChart, Signal, comparison, control, funnel, gradient, series,
};
use report::documents::Cell;
use report::{Frame, Width};
use vocabulary::Figure;

use crate::{drawing, sample};

const WIDTHS: [(Width, &str); 3] =
    [(Width::Wide, "wide"), (Width::Narrow, "narrow"), (Width::Small, "small")];

#[test]
fn gradients_run_from_the_most_deprived() {
    for groups in [5, 10] {
        for (width, name) in WIDTHS {
            let data = sample::gradient(groups);
            let chart = gradient(&Frame::new(&format!("g{groups}"), width), &data);
            drawing::check(&format!("gradient-{groups}-{name}"), &chart);
            let shown = data.levels.iter().filter(|level| level.figure.value().is_some()).count();
            assert_eq!(drawing::count(&chart, "level"), shown);
            assert_eq!(drawing::count(&chart, "slope"), 1);
            let words = drawing::words(&chart);
            let at = |word: &str| words.iter().position(|w| w == word).unwrap();
            assert!(at("Most deprived") < at("Least deprived") && at("1") < at(&groups.to_string()));
            if shown < data.levels.len() {
                assert!(words.contains(&"suppressed".to_owned()), "{words:?}");
                assert!(
                    chart.table.rows.iter().any(|row| row[1] == Cell::Suppressed && row[2] == Cell::Blank)
                );
            }
            assert_eq!(chart.table.rows.len(), data.levels.len());
        }
    }
}

#[test]
fn comparisons_name_every_place_and_its_value() {
    for (width, name) in WIDTHS {
        let chart = comparison(&Frame::new("c", width), &sample::comparison());
        drawing::check(&format!("comparison-{name}"), &chart);
        let words = drawing::words(&chart);
        for row in &chart.table.rows {
            let Cell::Text(place) = &row[0] else { panic!("a name") };
            assert!(words.contains(place));
            assert!(words.contains(&chart.table.shown(&row[1], 1)));
        }
        assert_eq!(chart.table.rows[0][0], Cell::text("East of England"), "the highest comes first");
        assert_eq!(chart.table.rows[7][1], Cell::Missing, "no figure comes last");
        assert!(chart.description.contains("Luton: 83.4% (82.2% to 84.5%), worse compared with England."));
    }
}

#[test]
fn a_funnel_tells_what_is_outside_by_shape_and_in_its_table() {
    for (width, name) in WIDTHS {
        let data = sample::funnel();
        let chart = funnel(&Frame::new("f", width), &data);
        drawing::check(&format!("funnel-{name}"), &chart);
        assert_eq!(drawing::count(&chart, "area"), data.areas.len());
        assert_eq!(drawing::elements(&chart, "area"), ["circle", "path"], "a shape for what is outside");
        assert_eq!((drawing::count(&chart, "limit"), drawing::count(&chart, "town")), (4, 1));
        assert_eq!(chart.table.rows.len(), data.areas.len());
        for (row, area) in chart.table.rows.iter().zip(&data.areas) {
            assert_eq!((&row[0], &row[3]), (&Cell::text(area.name.clone()), &Cell::text(area.place.words())));
        }
        let words = drawing::words(&chart).join(" ");
        assert!(words.contains("Luton") && words.contains("95% limit"), "{words}");
        assert!(
            chart.description.contains("1 lie above the 99.8% limits and 1 below them. Luton: 70.0%, below")
        );
        assert!(chart.table.notes.iter().any(|note| note.starts_with("2 areas are left out")));
    }
    let within = sample::funnel().areas.into_iter().filter(|area| area.place == FunnelPlace::Within);
    assert_eq!(within.count(), 3);
}

#[test]
fn lines_are_named_at_their_end_and_have_gaps() {
    for (width, name) in WIDTHS {
        let chart = series(&Frame::new("s", width), &sample::series());
        drawing::check(&format!("series-{name}"), &chart);
        assert_eq!(drawing::count(&chart, "line"), 5, "four areas, one of them in two parts");
        assert_eq!(chart.table.rows.len(), 28);
        assert_eq!(chart.table.rows[11][1], Cell::Missing);
    }
}

#[test]
fn a_signal_has_a_shape_as_well_as_a_colour() {
    for (width, name) in WIDTHS {
        let data = sample::control();
        let chart = control(&Frame::new("x", width), &data);
        drawing::check(&format!("control-{name}"), &chart);
        for (class, signal, element) in [
            ("common", Signal::None, "circle"),
            ("concern", Signal::Concern, "path"),
            ("improvement", Signal::Improvement, "path"),
            ("no-judgement", Signal::NoJudgement, "path"),
        ] {
            let of_signal = data.points.iter().filter(|p| p.signal == signal && !p.ghosted);
            let expected = of_signal.filter(|point| point.figure.value().is_some()).count();
            assert_eq!(drawing::count(&chart, class), expected, "{class}");
            assert_eq!(drawing::elements(&chart, class), [element], "{class}");
        }
        assert_eq!(drawing::count(&chart, "ghost"), 1);
        assert_eq!(drawing::count(&chart, "rebase"), 1);
        assert_eq!(drawing::count(&chart, "line"), 4, "a gap in each of the two parts");
        assert_eq!(drawing::count(&chart, "limit"), 2);
        assert_eq!(chart.table.rows.len(), data.points.len());
        assert_eq!((&chart.table.rows[9][1], &chart.table.rows[20][1]), (&Cell::Missing, &Cell::Suppressed));
        assert!(chart.description.contains("1 point is special cause, concern."));
        assert!(chart.description.contains("Target 95.0%."));
        let words = drawing::words(&chart).join(" ");
        assert!(words.contains("Rebased") && words.contains("n = 3,412 children"), "{words}");
        assert!(width == Width::Small || words.contains("Target 95.0%"), "{words}");
        for (reason, withheld) in [("missing", 1), ("suppressed", 1)] {
            let said = words.matches(reason).count();
            assert!(width != Width::Wide || said == withheld, "{words}");
        }
    }
}

#[test]
fn a_run_chart_has_no_limits() {
    let mut data = sample::control();
    for point in &mut data.points {
        (point.lower, point.upper, point.target) = (None, None, None);
    }
    data.centre = "Median".to_owned();
    let chart = control(&Frame::wide("r"), &data);
    drawing::check("run-wide", &chart);
    assert_eq!(drawing::count(&chart, "limit") + drawing::count(&chart, "target"), 0);
    assert_eq!(chart.table.columns.len(), 4);
    let empty = ControlChart { points: vec![], rebases: vec![], ..data };
    drawing::check("control-empty", &control(&Frame::narrow("n"), &empty));
}

#[test]
fn charts_without_figures_say_so() {
    let about = sample::about("Nothing yet");
    let empty = Gradient { about: about.clone(), levels: vec![], slope: None };
    drawing::check("gradient-empty", &gradient(&Frame::wide("e"), &empty));
    let empty = SeriesChart { about, lines: vec![] };
    let chart = series(&Frame::wide("e"), &empty);
    drawing::check("series-empty", &chart);
    assert!(drawing::words(&chart).contains(&"No figures yet".to_owned()));
}

#[test]
fn numbers_that_are_none_do_not_reach_a_drawing() {
    let mut data = sample::gradient(5);
    data.levels[0].figure = Figure::Value(f64::NAN);
    data.levels[1].interval = Some((f64::NEG_INFINITY, f64::INFINITY));
    drawing::check("gradient-odd", &gradient(&Frame::wide("odd"), &data));
}
