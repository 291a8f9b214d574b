//! Small files of each kind, as their publishers lay them out.

use sources::Kind;
use store::indicators::TracedObservation;
use town::indicators::{ExportFilter, ImportFile, Imported};
use town::{Result, Town};

use crate::database::operator;

pub const AREAS: &str = "LSOA21CD,LSOA21NM,WD24CD,WD24NM,LAD24CD,LAD24NM\n\
    E01015693,Luton 007A,E05014858,Barnfield,E06000032,Luton\n\
    E01015694,Luton 007B,E05014858,Barnfield,E06000032,Luton\n";

pub const POINTS: &str = "LSOA21CD,LONG,LAT\nE01015693,-0.41,51.9\nE01015694,-0.42,51.91\n";

pub const BOUNDARIES: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"LSOA21CD":"E01015693",
    "LSOA21NM":"Luton 007A"},"geometry":{"type":"Polygon","coordinates":[[[-0.4,51.9],[-0.3,51.9],[-0.3,51.8],[-0.4,51.9]]]}}]}"#;

pub const POSTCODES: &str = "pcds,oseast1m,osnrth1m,oslaua,lsoa21,lat,long,doterm\n\
    LU1 1AA,508653,221332,E06000032,E01015693,51.879977,-0.422926,\n\
    LU1 1AB,508600,221300,E06000032,E01015694,51.8797,-0.423706,201902\n";

pub const DEPRIVATION: &str = "LSOA code (2021),LSOA name (2021),Local Authority District code (2024),\
    Local Authority District name (2024),Index of Multiple Deprivation (IMD) Score,\
    Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),\
    Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs),Total population: mid 2022\n\
    E01015693,Luton 007A,E06000032,Luton,40.5,2000,1,1500\n\
    E01015694,Luton 007B,E06000032,Luton,8.742,26525,8,1600\n";

pub const FINGERTIPS: &str = "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,\
    Category Type,Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Lower CI 99.8 limit,\
    Upper CI 99.8 limit,Count,Denominator,Value note,Recent Trend,Compared to England value or percentiles,\
    Compared to parent value or percentiles,Time period Sortable,New data,Compared to goal,Time period range\n\
    30309,MMR for one dose (2 years old),E12000006,East of England,E06000032,Luton,Counties & UAs,Persons,2 yrs,,,\
    2022/23,83.6,82.3,84.8,,,2654,3175,,,,,20220000,,,1y\n\
    30309,MMR for one dose (2 years old),E12000006,East of England,E06000032,Luton,Counties & UAs,Persons,2 yrs,,,\
    2023/24,,,,,,,,Value suppressed for disclosure control due to small count,,,,20230000,,,1y\n";

/// Imports one file held in memory.
pub async fn import(town: &Town, kind: Kind, name: &str, text: impl AsRef<[u8]>) -> Result<Imported> {
    import_all(town, kind, vec![(name, text.as_ref().to_vec())], false).await
}

/// Imports files held in memory, or only tries to.
pub async fn import_all(
    town: &Town,
    kind: Kind,
    files: Vec<(&str, Vec<u8>)>,
    dry_run: bool,
) -> Result<Imported> {
    let files = files.into_iter().map(|(name, bytes)| ImportFile::Bytes(name.to_owned(), bytes)).collect();
    town.import(&operator(), kind, files, dry_run, &mut |_, _, _| {}).await
}

/// Every figure of a source.
pub async fn export(town: &Town, source: &str, all_versions: bool) -> Vec<TracedObservation> {
    let filter = ExportFilter { source: Some(source.to_owned()), all_versions, ..ExportFilter::default() };
    let mut rows = Vec::new();
    let taken = town
        .export_observations(&operator(), &filter, |batch| {
            rows.extend(batch);
            Ok::<(), town::Error>(())
        })
        .await;
    taken.unwrap();
    rows
}
