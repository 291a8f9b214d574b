//! Importing each kind: kept once, traced to its cell, refused without a trace.

use sources::Kind;
use town::indicators::cell_of;

use crate::database::{Place, on_each_database};
use crate::files::{
    AREAS, BOUNDARIES, DEPRIVATION, FINGERTIPS, POINTS, POSTCODES, export, import, import_all,
};

const EACH: [(Kind, &str, &str); 6] = [
    (Kind::Areas, "lookup.csv", AREAS),
    (Kind::Areas, "points.csv", POINTS),
    (Kind::Boundaries, "shapes.geojson", BOUNDARIES),
    (Kind::Postcodes, "onspd.csv", POSTCODES),
    (Kind::Deprivation, "file7.csv", DEPRIVATION),
    (Kind::Fingertips, "indicators.csv", FINGERTIPS),
];

#[tokio::test]
async fn each_kind_is_kept_and_a_second_time_changes_nothing() {
    on_each_database(async |place: &Place| {
        for (kind, name, text) in EACH {
            let tried = import_all(&place.town, kind, vec![(name, text.into())], true).await.unwrap();
            assert!(!tried.kept && tried.files[0].added > 0, "{name}: {tried:?}");
            let before = place.counts().await;
            let first = import(&place.town, kind, name, text).await.unwrap();
            assert!(first.kept && !first.files[0].known_already, "{name}: {first:?}");
            assert_eq!(first.files[0].added, tried.files[0].added, "{name}: what was tried is what is done");
            let after = place.counts().await;
            assert_eq!(after["import"], before["import"] + 1);
            assert_eq!(after["audit_entry"], before["audit_entry"] + 1);
            let again = import(&place.town, kind, name, text).await.unwrap();
            assert!(!again.kept && again.files[0].known_already, "{name}: {again:?}");
            // The same figures in other bytes.
            let re_encoded = format!("\u{feff}{}", text.replace('\n', "\r\n"));
            let other = import(&place.town, kind, name, re_encoded).await.unwrap();
            assert_eq!((other.files[0].added, other.files[0].revised), (0, 0), "{name}: {other:?}");
            let mut counts = place.counts().await;
            for table in ["import", "audit_entry", "deprivation_file", "sheet", "import_finding"] {
                counts.insert(table.to_owned(), after[table]);
            }
            assert_eq!(counts, after, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_same_file_given_twice_at_once_is_kept_once() {
    on_each_database(async |place: &Place| {
        let twice = vec![("a.csv", FINGERTIPS.into()), ("b.csv", FINGERTIPS.into())];
        let done = import_all(&place.town, Kind::Fingertips, twice, false).await.unwrap();
        assert!(!done.files[0].known_already && done.files[1].known_already, "{done:?}");
        assert_eq!(place.counts().await["import"], 1);
    })
    .await;
}

#[tokio::test]
async fn a_refused_file_leaves_nothing_of_any_file() {
    on_each_database(async |place: &Place| {
        for (kind, name, text) in EACH {
            let before = place.counts().await;
            for damaged in [text[..text.len() / 2].to_owned(), String::new(), text.replace("E0", "E?")] {
                let files = vec![(name, text.into()), ("damaged.csv", damaged.into())];
                let error = import_all(&place.town, kind, files, false).await.unwrap_err().to_string();
                assert!(error.contains("damaged.csv"), "{error}");
            }
            assert_eq!(place.counts().await, before, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn every_figure_is_traced_to_its_cell() {
    on_each_database(async |place: &Place| {
        import(&place.town, Kind::Fingertips, "indicators.csv", FINGERTIPS).await.unwrap();
        import(&place.town, Kind::Deprivation, "file7.csv", DEPRIVATION).await.unwrap();
        let rows = export(&place.town, "fingertips", false).await;
        let [first, second] = &rows[..] else { panic!("{rows:?}") };
        assert_eq!((first.indicator.as_str(), first.age.as_str()), ("fingertips-30309", "24 months"));
        assert_eq!((first.area_code.as_str(), first.area_name.as_str()), ("E06000032", "Luton"));
        assert_eq!((first.period_start.as_str(), first.period_end.as_str()), ("2022-04-01", "2023-03-31"));
        assert_eq!(
            (first.numerator, first.denominator, first.value),
            (Some(2654.0), Some(3175.0), Some(83.6))
        );
        assert_eq!(
            (first.status.as_str(), first.version, first.file.as_str()),
            ("value", 1, "indicators.csv")
        );
        assert_eq!((first.sheet.as_str(), cell_of(first).as_str(), &first.note), ("", "M2", &None));
        assert_eq!((second.status.as_str(), second.value), ("suppressed", None));
        let note = "Value suppressed for disclosure control due to small count";
        assert_eq!((cell_of(second).as_str(), second.note.as_deref()), ("M3", Some(note)));

        let rows = export(&place.town, "deprivation", false).await;
        let told: Vec<String> = rows
            .iter()
            .map(|r| {
                format!("{} {} {} {:?}", r.area_code, r.indicator, cell_of(r), r.value.unwrap_or_default())
            })
            .collect();
        let expected = [
            "E01015693 imd-decile G2 1.0",
            "E01015694 imd-decile G3 8.0",
            "E01015693 imd-rank F2 2000.0",
            "E01015694 imd-rank F3 26525.0",
            "E01015693 imd-score E2 40.5",
            "E01015694 imd-score E3 8.742",
            "E01015693 population-total H2 1500.0",
            "E01015694 population-total H3 1600.0",
        ];
        assert_eq!(told, expected);
        assert!(rows.iter().all(|row| row.file == "file7.csv" && row.period_start == "2025-01-01"));
        assert_eq!(rows[0].area_name, "Luton 007A");
    })
    .await;
}
