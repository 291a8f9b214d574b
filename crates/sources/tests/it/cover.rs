//! COVER: every release in the data folder, values read off the sheets by eye, and damaged releases.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use sources::cover::{self, Cover};
use vocabulary::{AreaCode, AreaKind, Figure, Observation, Period, Withheld};

/// The files of the data folder by name; `None`, with a line that says so, where the folder is absent.
pub(crate) fn files() -> Option<Vec<(String, Vec<u8>)>> {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/cover");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: the data folder with the COVER releases is not here");
        return None;
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    Some(paths.iter().map(|path| (name(path), std::fs::read(path).unwrap())).collect())
}

/// Every release, read once for all tests.
pub(crate) fn releases() -> Option<&'static [(String, Cover)]> {
    static RELEASES: OnceLock<Option<Vec<(String, Cover)>>> = OnceLock::new();
    let read = || {
        let files = files()?;
        let read = |(name, bytes): (String, Vec<u8>)| {
            let cover = cover::read(&name, &bytes).unwrap_or_else(|error| panic!("{error}"));
            (name, cover)
        };
        let (one, two) = files.split_at(files.len() / 2);
        let (one, two) = (one.to_vec(), two.to_vec());
        std::thread::scope(|scope| {
            let other = scope.spawn(move || two.into_iter().map(read).collect::<Vec<_>>());
            let mut all: Vec<(String, Cover)> = one.into_iter().map(read).collect();
            all.extend(other.join().unwrap());
            Some(all)
        })
    };
    RELEASES.get_or_init(read).as_deref()
}

fn financial(name: &str) -> Period {
    let parts: Vec<i16> =
        name.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    Period::financial_quarter(parts[0], parts[2] as i8).unwrap()
}

/// One test, because a runner that gives each test its own process would read the forty files for each.
#[test]
fn the_forty_releases() {
    every_release_is_read_for_its_own_quarter();
    every_release_has_every_authority_vaccine_and_age();
    no_release_has_a_figure_twice_or_an_impossible_one();
    luton_has_one_series_of_first_dose_mmr_without_a_gap();
    values_are_those_seen_on_the_sheets();
    counts_of_a_data_sheet_are_joined_to_the_figures();
    caveats_are_notes_on_the_figures_they_speak_of();
}

fn every_release_is_read_for_its_own_quarter() {
    let Some(releases) = releases() else { return };
    assert_eq!(releases.len(), 40);
    for (name, cover) in releases {
        // The files of the data folder are named truly; the reader does not look at the name.
        assert_eq!(cover.period, financial(name), "{name}");
        assert!(cover.observations.iter().all(|o| o.period == cover.period));
        assert!(!cover.findings.iter().any(|f| f.message.contains("file's name")), "{name}");
        assert!(!cover.notes.is_empty(), "{name}");
    }
}

fn every_release_has_every_authority_vaccine_and_age() {
    let Some(releases) = releases() else { return };
    for (name, cover) in releases {
        let count = |indicator: &str, age: &str, kind: AreaKind| {
            let of = |o: &&Observation| &*o.indicator == indicator && &*o.age == age && o.area_kind == kind;
            cover.observations.iter().filter(of).count()
        };
        // Only 106 authorities had the boundary of a trust before the first tables by authority.
        let authorities = if name.contains("2013_2014_q1") { 100..=110 } else { 147..=153 };
        let usual = [
            ("6in1", "12 months"),
            ("6in1", "24 months"),
            ("pcv-booster", "24 months"),
            ("hib-menc", "24 months"),
            ("mmr1", "24 months"),
            ("6in1", "5 years"),
            ("mmr1", "5 years"),
            ("mmr2", "5 years"),
            ("dtap-ipv-booster", "5 years"),
            ("hib-menc", "5 years"),
            ("hepb", "12 months"),
            ("hepb", "24 months"),
        ];
        for (indicator, age) in usual {
            let found = count(indicator, age, AreaKind::UpperTier);
            let least = if indicator == "hepb" { 90 } else { *authorities.start() };
            assert!((least..=*authorities.end()).contains(&found), "{name} {indicator} {age}: {found}");
            if indicator != "hepb" {
                assert!(
                    count(indicator, age, AreaKind::Country) >= 1,
                    "{name} {indicator} {age}: no England"
                );
            }
        }
        // Every release since October 2016 but two has a table by region.
        if cover.period.start() >= vocabulary::Date::constant(2016, 7, 1) {
            assert_eq!(count("mmr1", "24 months", AreaKind::Region), 9, "{name}");
        } else {
            assert!(count("mmr1", "24 months", AreaKind::LocalTeam) >= 25, "{name}");
        }
    }
}

fn no_release_has_a_figure_twice_or_an_impossible_one() {
    let Some(releases) = releases() else { return };
    for (name, cover) in releases {
        let mut met = std::collections::HashSet::new();
        for o in &cover.observations {
            assert!(
                met.insert((&*o.indicator, &*o.age, o.area)),
                "{name} {} {} {}",
                o.indicator,
                o.age,
                o.area
            );
            if let Figure::Value(value) = o.figure {
                assert!((0.0..=100.0).contains(&value), "{name} {value}");
                assert_ne!(o.denominator, Some(0.0), "{name} {} {}", o.indicator, o.area);
            }
            assert!(!o.area_name.is_empty() && o.origin.row > 0 && o.origin.column > 0);
        }
    }
}

fn luton_has_one_series_of_first_dose_mmr_without_a_gap() {
    let Some(releases) = releases() else { return };
    let mut series: Vec<(Period, f64, f64)> = Vec::new();
    for (name, cover) in releases {
        let found = find(cover, "mmr1", "24 months", "E06000032").unwrap_or_else(|| panic!("{name}"));
        assert_eq!((&*found.area_name, found.area_kind), ("Luton", AreaKind::UpperTier));
        series.push((cover.period, found.figure.value().unwrap(), found.denominator.unwrap()));
    }
    series.sort_by_key(|(period, ..)| *period);
    assert_eq!(series.len(), 40);
    assert!(series.windows(2).all(|pair| pair[0].0 < pair[1].0));
    assert!(
        series
            .iter()
            .all(|(_, value, children)| (80.0..93.0).contains(value) && (790.0..990.0).contains(children))
    );
}

fn find<'c>(cover: &'c Cover, indicator: &str, age: &str, area: &str) -> Option<&'c Observation> {
    let area: AreaCode = area.parse().unwrap();
    cover.observations.iter().find(|o| &*o.indicator == indicator && &*o.age == age && o.area == area)
}

/// What a sheet says, read off by eye from a listing of its cells by xlrd, openpyxl or odfpy.
enum Seen {
    Of(f64, f64),
    Only(f64),
    Is(Withheld),
}

fn check(file: &str, indicator: &str, age: &str, area: &str, seen: Seen) {
    let Some(releases) = releases() else { return };
    let (_, cover) = releases.iter().find(|(name, _)| name.starts_with(file)).unwrap();
    let found =
        find(cover, indicator, age, area).unwrap_or_else(|| panic!("{file} {indicator} {age} {area}"));
    let got = (found.figure, found.denominator);
    let expected = match seen {
        Seen::Of(value, denominator) => (Figure::Value(value), Some(denominator)),
        Seen::Only(value) => (Figure::Value(value), None),
        Seen::Is(reason) => (Figure::Withheld(reason), got.1),
    };
    assert_eq!(got, expected, "{file} {indicator} {age} {area}, read from {:?}", found.origin);
}

fn values_are_those_seen_on_the_sheets() {
    use Seen::{Is, Of, Only};
    use Withheld::{Missing, NotApplicable, Suppressed};
    let (m12, m24, y5) = ("12 months", "24 months", "5 years");
    // .xls, April 2013 to March 2014.
    check("cover_2013_2014_q1", "mmr1", y5, "5N1", Of(95.4, 2431.0));
    check("cover_2013_2014_q1", "hib-menc", y5, "5N1", Of(95.6, 2431.0));
    check("cover_2013_2014_q1", "mmr2", y5, "5A9", Of(73.1, 1494.0));
    check("cover_2013_2014_q1", "mmr2", y5, "E09000003", Of(73.1, 1494.0));
    check("cover_2013_2014_q1", "hib-menc", m24, "E92000001", Of(93.0, 168600.0));
    check("cover_2013_2014_q1", "mmr1", m24, "K02000001", Of(93.0, 198157.0));
    check("cover_2013_2014_q2", "6in1", m24, "E06000001", Of(94.5, 325.0));
    check("cover_2013_2014_q2", "mmr1", m24, "E06000032", Of(91.4, 882.0));
    check("cover_2013_2014_q2", "mmr1", m24, "E09000003", Of(76.8, 1522.0));
    check("cover_2013_2014_q2", "pcv-booster", m24, "E06000023", Of(93.7, 1725.0));
    check("cover_2013_2014_q2", "mmr1", m24, "E06000030", Is(Missing));
    check("cover_2013_2014_q4", "mmr2", y5, "E06000032", Of(83.72093023255815, 817.0));
    check("cover_2013_2014_q4", "hib-menc", y5, "E06000027", Of(94.78260869565217, 345.0));
    check("cover_2013_2014_q4", "6in1", m12, "E08000035", Of(96.45476772616138, 2454.0));
    check("cover_2013_2014_q4", "pcv2", m12, "E06000054", Of(96.72897196261682, 1284.0));
    check("cover_2013_2014_q4", "hepb", m12, "E06000054", Of(100.0, 2.0));
    check("cover_2013_2014_q4", "hepb", m12, "E06000030", Only(100.0));
    check("cover_2013_2014_q4", "hepb", m24, "E06000030", Is(NotApplicable));
    check("cover_2013_2014_q4", "6in1", m12, "S92000003", Of(97.4, 13573.0));
    // .xlsx, April 2014 to March 2019.
    check("cover_2014_2015_q1", "6in1", m12, "E06000032", Of(92.3, 829.0));
    check("cover_2014_2015_q1", "menc", m12, "E06000032", Is(Missing));
    check("cover_2014_2015_q1", "menc", m12, "E06000052", Of(96.9, 1427.0));
    check("cover_2014_2015_q1", "pcv2", m12, "E10000016", Of(90.9, 4333.0));
    check("cover_2014_2015_q1", "dtap-ipv-booster", y5, "Q71", Of(77.3, 31827.0));
    check("cover_2015_2016_q2", "mmr1", m24, "E08000003", Of(87.7, 2054.0));
    check("cover_2015_2016_q2", "pcv-booster", m24, "E08000025", Of(87.9, 4538.0));
    check("cover_2015_2016_q2", "dtap-ipv-booster", y5, "Q82", Of(89.5, 12272.0));
    check("cover_2015_2016_q2", "mmr2", y5, "Q69", Of(89.6, 7489.0));
    check("cover_2016_2017_q2", "menb", m12, "E09000012", Of(72.6, 1115.0));
    check("cover_2016_2017_q2", "menb", m12, "E10000006", Is(Missing));
    check("cover_2016_2017_q2", "menc", m12, "E10000006", Of(98.6, 1207.0));
    check("cover_2016_2017_q2", "rotavirus", m12, "E12000009", Of(89.8, 15180.0));
    check("cover_2016_2017_q2", "hepb", m12, "E06000032", Of(100.0, 11.0));
    check("cover_2016_2017_q2", "hepb", m24, "E06000032", Of(100.0, 4.0));
    check("cover_2016_2017_q2", "bcg", m12, "E09000025", Of(88.8, 1500.0));
    check("cover_2016_2017_q2", "bcg", m12, "E09000005", Of(16.0, 1243.0));
    check("cover_2017_2018_q4", "mmr2", y5, "E06000016", Of(89.7, 1287.0));
    check("cover_2017_2018_q4", "hib-menc", y5, "E08000012", Of(93.0, 1368.0));
    check("cover_2018_2019_q1", "menb-booster", m24, "E08000019", Of(89.2, 1599.0));
    check("cover_2018_2019_q1", "mmr1", m24, "E92000001", Is(Missing));
    // .ods, April 2019 to March 2025.
    check("cover_2019_2020_q1", "hib-menc", m24, "E06000015", Of(90.11764705882352, 850.0));
    check("cover_2019_2020_q1", "mmr1", m24, "E92000001", Of(90.30868190750529, 163858.0));
    check("cover_2019_2020_q1", "bcg", m12, "E06000039", Is(NotApplicable));
    // Counts of nobody, and counts without those that they are of, are no percentage.
    check("cover_2019_2020_q3", "mmr1", m24, "E06000053", Is(NotApplicable));
    check("cover_2020_2021_q4", "pcv2", m12, "E06000032", Is(Missing));
    check("cover_2021_2022_q2", "pcv1", m12, "E06000032", Of(92.22488038277513, 836.0));
    check("cover_2021_2022_q2", "6in1", m12, "E09000001", Is(NotApplicable));
    check("cover_2022_2023_q3", "dtap-ipv-booster", y5, "E06000026", Of(91.6778523489933, 745.0));
    check("cover_2022_2023_q3", "mmr1", y5, "E06000027", Of(94.35028248587571, 354.0));
    check("cover_2022_2023_q3", "hepb", m24, "E08000035", Of(18.96551724137931, 58.0));
    check("cover_2022_2023_q3", "hepb", m24, "E06000032", Only(100.0));
    check("cover_2022_2023_q3", "hepb", m12, "E06000026", Is(NotApplicable));
    check("cover_2022_2023_q3", "hepb", m12, "E09000001", Is(NotApplicable));
    check("cover_2022_2023_q3", "bcg", "3 months", "E06000026", Of(82.0, 50.0));
    check("cover_2024_2025_q1", "rotavirus", m12, "E06000046", Of(88.79668049792531, 241.0));
    check("cover_2024_2025_q1", "pcv1", m12, "E10000016", Of(94.79695431472082, 3940.0));
    check("cover_2024_2025_q2", "dtap-ipv-booster", y5, "E09000017", Of(71.5, 1143.0));
    check("cover_2024_2025_q4", "mmr1", m24, "E06000032", Of(86.6, 861.0));
    check("cover_2024_2025_q4", "menb-booster", m24, "E09000007", Of(76.5, 514.0));
    check("cover_2024_2025_q4", "6in1", m24, "E06000017", Of(98.9, 90.0));
    check("cover_2024_2025_q4", "hepb", m12, "E10000019", Is(Suppressed));
    check("cover_2024_2025_q4", "hepb", m24, "E10000019", Is(NotApplicable));
    check("cover_2024_2025_q4", "hepb", m24, "E08000035", Of(50.0, 8.0));
    check("cover_2024_2025_q4", "bcg", "3 months", "E06000032", Of(86.7, 784.0));
    check("cover_2024_2025_q4", "6in1", m12, "Q73", Only(89.6));
    check("cover_2024_2025_q4", "6in1", m12, "Y60", Only(91.9));
    check("cover_2024_2025_q4", "6in1", m12, "K02000001", Only(91.8));
}

fn counts_of_a_data_sheet_are_joined_to_the_figures() {
    let Some(releases) = releases() else { return };
    let (_, cover) = releases.iter().find(|(name, _)| name.contains("2024_2025_q4")).unwrap();
    let found = find(cover, "mmr1", "24 months", "E06000032").unwrap();
    assert_eq!((found.numerator, found.denominator), (Some(746.0), Some(861.0)));
    assert_eq!((&*found.origin.sheet, found.origin.cell()), ("Table_6", "J22".to_owned()));
}

fn caveats_are_notes_on_the_figures_they_speak_of() {
    let Some(releases) = releases() else { return };
    let note = |file: &str, indicator: &str, age: &str, area: &str| {
        let (_, cover) = releases.iter().find(|(name, _)| name.contains(file)).unwrap();
        find(cover, indicator, age, area).unwrap().note.to_string()
    };
    assert!(note("2013_2014_q1", "mmr1", "5 years", "5MV").contains("5-year cohort unavailable"));
    assert_eq!(note("2013_2014_q1", "mmr1", "24 months", "5MV"), "");
    assert!(note("2021_2022_q2", "6in1", "12 months", "E09000001").contains("included in Hackney"));
    assert!(note("2024_2025_q4", "hepb", "12 months", "E06000065").contains("process improvements"));
    assert!(note("2019_2020_q1", "mmr1", "24 months", "E09000004").contains("Data missing for all of Qtr 1"));
}
