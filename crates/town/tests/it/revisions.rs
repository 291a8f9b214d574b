//! A revised figure is shown, and its older version is kept.

use sources::Kind;

use crate::database::{Place, on_each_database};
use crate::files::{DEPRIVATION, FINGERTIPS, export, import};
use store::indicators::TracedObservation;

#[tokio::test]
async fn the_newer_is_shown_and_the_older_is_found() {
    on_each_database(async |place: &Place| {
        import(&place.town, Kind::Fingertips, "first.csv", FINGERTIPS).await.unwrap();
        let revised = FINGERTIPS.replace(",83.6,", ",83.9,").replace(",2654,", ",2664,");
        let done = import(&place.town, Kind::Fingertips, "second.csv", &revised).await.unwrap();
        let outcome = &done.files[0];
        assert_eq!((outcome.added, outcome.revised, outcome.unchanged), (0, 1, 1));
        let shown: Vec<_> = export(&place.town, "fingertips", false).await;
        assert_eq!(shown.len(), 2);
        let seen = |row: &TracedObservation| (row.value, row.version, row.file.clone(), row.is_current);
        assert_eq!(seen(&shown[0]), (Some(83.9), 2, "second.csv".to_owned(), true));
        let all = export(&place.town, "fingertips", true).await;
        assert_eq!(all.len(), 3);
        assert_eq!(seen(&all[0]), (Some(83.6), 1, "first.csv".to_owned(), false));
        assert_eq!(seen(&all[1]), (Some(83.9), 2, "second.csv".to_owned(), true));
        // Neither of the two files says anything new now.
        for (name, text) in [("first.csv", FINGERTIPS), ("second.csv", &revised)] {
            assert!(!import(&place.town, Kind::Fingertips, name, text).await.unwrap().kept);
        }
        assert_eq!(export(&place.town, "fingertips", true).await, all);
    })
    .await;
}

#[tokio::test]
async fn a_revised_row_of_the_indices() {
    on_each_database(async |place: &Place| {
        import(&place.town, Kind::Deprivation, "first.csv", DEPRIVATION).await.unwrap();
        let revised = DEPRIVATION.replace("40.5,2000", "41.5,1900");
        let done = import(&place.town, Kind::Deprivation, "second.csv", &revised).await.unwrap();
        let outcome = &done.files[0];
        assert_eq!((outcome.added, outcome.revised, outcome.unchanged), (0, 1, 1));
        let score = |rows: Vec<TracedObservation>| {
            let of = rows.into_iter().filter(|r| r.indicator == "imd-score" && r.area_code == "E01015693");
            of.map(|r| (r.value, r.version, r.file, r.is_current)).collect::<Vec<_>>()
        };
        let newer = (Some(41.5), 2, "second.csv".to_owned(), true);
        assert_eq!(score(export(&place.town, "deprivation", false).await), std::slice::from_ref(&newer));
        let older = (Some(40.5), 1, "first.csv".to_owned(), false);
        assert_eq!(score(export(&place.town, "deprivation", true).await), [older, newer]);
        // A part of the file with fewer columns says nothing new.
        let part = "LSOA code (2021),Local Authority District code (2024),Total population: mid 2022,\
                    Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)\n\
                    E01015693,E06000032,1500,1900\n";
        let done = import(&place.town, Kind::Deprivation, "part.csv", part).await.unwrap();
        assert_eq!((done.files[0].revised, done.files[0].unchanged), (0, 1));
    })
    .await;
}
