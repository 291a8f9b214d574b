//! The synthetic town's partnership: its workbook, its gap analysis and its published report. One town for all of them,
//! because to fill one takes longest.

use sources::Kind;
use sources::programme::{Target, Workbook};
use town::Town;
use town::partnership::GapAnalysis;
use town::reports::{ReportFormat, ReportScope};
use vocabulary::{Date, Period};

use crate::database::{Place, on_each_database, on_this_database, operator};
use crate::files::{FINGERTIPS, import};
use crate::ghosts;

const DAY: Date = Date::constant(2026, 10, 1);

#[tokio::test]
async fn a_partnership_from_its_workbook_to_its_report() {
    on_each_database(async |place: &Place| {
        place.town.fill_with_synthetic(&operator(), 7, DAY).await.unwrap();
        let workbook = an_exported_workbook_changes_nothing(place).await;
        a_workbook_fills_an_empty_town(place, &workbook).await;
        the_gap_analysis_is_of_the_day_asked_for(place).await;
        a_published_report_is_read_again_unchanged(&place.town).await;
        ghosts::a_point_is_left_out_and_taken_in_again(&place.town, DAY).await;
        ghosts::a_page_offers_what_fits_its_figures(&place.town, DAY).await;
    })
    .await;
}

fn read(bytes: &[u8]) -> Workbook {
    sources::programme::read("partnership.xlsx", bytes).unwrap()
}

async fn an_exported_workbook_changes_nothing(place: &Place) -> Vec<u8> {
    let before = place.counts().await;
    let workbook = place.town.export_programme(&operator()).await.unwrap();
    let done = import(&place.town, Kind::Programme, "partnership.xlsx", &workbook).await.unwrap();
    assert!(!done.kept, "{done:?}");
    assert_eq!((done.files[0].added, done.files[0].revised), (0, 0));
    assert_eq!(place.counts().await, before);
    let again = place.town.export_programme(&operator()).await.unwrap();
    assert!(read(&again) == read(&workbook), "the workbook is another after its import");
    workbook
}

async fn a_workbook_fills_an_empty_town(place: &Place, workbook: &[u8]) {
    on_this_database(place, async |empty: &Place| {
        let done = import(&empty.town, Kind::Programme, "partnership.xlsx", workbook).await.unwrap();
        assert!(done.kept);
        let (there, here) = (read(&empty.town.export_programme(&operator()).await.unwrap()), read(workbook));
        assert_eq!(there.subgroups, here.subgroups);
        assert_eq!(there.organisations, here.organisations);
        assert_eq!(there.members, here.members);
        assert_eq!(there.recommendations, here.recommendations);
        assert_eq!(there.actions.len(), here.actions.len());
        for (a, b) in there.actions.iter().zip(&here.actions) {
            assert_eq!(a, b);
        }
        assert_eq!(there.milestones.len(), here.milestones.len());
        for (a, b) in there.milestones.iter().zip(&here.milestones) {
            assert_eq!(a, b);
        }
        for (a, b) in there.indicators.iter().zip(&here.indicators) {
            assert_eq!(a, b);
        }
        // Targets of one day stand in no order.
        let sorted = |targets: &[Target]| {
            let mut targets = targets.to_vec();
            targets.sort_by(|a, b| (a.due, &a.indicator).cmp(&(b.due, &b.indicator)));
            targets
        };
        assert_eq!(sorted(&there.targets), sorted(&here.targets));
        assert_eq!(there.observations.len(), here.observations.len());
    })
    .await;
}

async fn the_gap_analysis_is_of_the_day_asked_for(place: &Place) {
    let (town, before) = (&place.town, place.counts().await);
    let now = town.gap_analysis(&operator(), "", DAY).await.unwrap();
    let later = town.gap_analysis(&operator(), "", Date::constant(2031, 10, 1)).await.unwrap();
    assert!(now.rows.len() > 20);
    assert!(now.rows.iter().flat_map(|row| &row.cells).all(|cell| !cell.why.is_empty()));
    // Five years on every milestone is past and no figure is recent: the same data give other answers.
    let missing = |grid: &GapAnalysis| grid.rows.iter().map(|row| row.missing()).sum::<usize>();
    assert!(missing(&later) > missing(&now), "{} {}", missing(&later), missing(&now));
    assert_eq!(*town.gap_analysis(&operator(), "", DAY).await.unwrap(), *now);
    assert_eq!(place.counts().await, before, "nothing of it is stored");
}

async fn a_published_report_is_read_again_unchanged(town: &Town) {
    let period = Period::financial_quarter(2026, 2).unwrap();
    let scope = ReportScope { subgroup: Some("work".to_owned()), period, as_of: DAY };
    let id = town.publish_progress_report(&operator(), &scope).await.unwrap();
    let mut files = Vec::new();
    for format in ReportFormat::ALL {
        files.push(town.published_file(&operator(), id, format).await.unwrap());
    }
    import(town, Kind::Fingertips, "indicators.csv", FINGERTIPS).await.unwrap();
    for (format, file) in ReportFormat::ALL.into_iter().zip(&files) {
        assert!(!file.is_empty());
        assert_eq!(&town.published_file(&operator(), id, format).await.unwrap(), file, "{}", format.name());
    }
}
