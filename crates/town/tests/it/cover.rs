//! A real release of COVER, from the file to the figure that is traced to its cell.

use sources::Kind;
use store::indicators::TracedObservation;
use town::indicators::cell_of;

use crate::database::{Place, on_each_database};
use crate::files::{export, import, import_all};

const RELEASES: [&str; 2] = ["cover_2013_2014_q4.xls", "cover_2024_2025_q4.ods"];

fn releases() -> Option<Vec<(&'static str, Vec<u8>)>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/cover");
    let read = |name: &'static str| Some((name, std::fs::read(folder.join(name)).ok()?));
    let read: Option<Vec<_>> = RELEASES.into_iter().map(read).collect();
    if read.is_none() {
        println!("skipped: the data folder with the COVER releases is not here");
    }
    read
}

/// Read off the sheets by eye.
#[tokio::test]
async fn a_release_is_kept_whole_or_not_at_all() {
    let Some(releases) = releases() else { return };
    on_each_database(async |place: &Place| {
        let before = place.counts().await;
        let mut files = releases.clone();
        let (_, last) = &releases[1];
        files.push(("damaged.ods", last[..last.len() / 2].to_vec()));
        let error = import_all(&place.town, Kind::Cover, files, false).await.unwrap_err().to_string();
        assert!(error.contains("damaged.ods"), "{error}");
        assert_eq!(place.counts().await, before);

        let done = import_all(&place.town, Kind::Cover, releases.clone(), false).await.unwrap();
        assert!(done.kept && done.files.iter().all(|file| file.added > 1000), "{done:?}");
        let kept = place.counts().await;
        for (name, bytes) in &releases {
            let again = import(&place.town, Kind::Cover, name, bytes).await.unwrap();
            assert!(!again.kept && again.files[0].known_already, "{again:?}");
        }
        assert_eq!(place.counts().await, kept);

        let rows = export(&place.town, "cover", false).await;
        let find = |area: &str, indicator: &str, age: &str, start: &str| -> &TracedObservation {
            let is = |row: &&TracedObservation| {
                (&*row.area_code, &*row.indicator, &*row.age, &*row.period_start)
                    == (area, indicator, age, start)
            };
            rows.iter().find(is).unwrap()
        };
        let row = find("E06000032", "mmr1", "24 months", "2025-01-01");
        assert_eq!((row.numerator, row.denominator, row.value), (Some(746.0), Some(861.0), Some(86.6)));
        assert_eq!((&*row.area_name, &*row.period_end, &*row.status), ("Luton", "2025-03-31", "value"));
        assert_eq!((&*row.file, &*row.sheet, &*cell_of(row)), (RELEASES[1], "Table_6", "J22"));
        let row = find("E10000019", "hepb", "12 months", "2025-01-01");
        assert_eq!((&*row.status, row.value), ("suppressed", None));
        let row = find("E06000032", "mmr2", "5 years", "2014-01-01");
        assert_eq!((row.denominator, row.value), (Some(817.0), Some(83.72093023255815)));
    })
    .await;
}
