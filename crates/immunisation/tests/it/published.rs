//! CDC's published files, where the data folder is there.

use std::path::PathBuf;

use immunisation::{Schedule, cdsi};

/// The folder of CDC's files; `None`, with a printed line, where it is absent.
pub fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/cdsi");
    if !folder.is_dir() {
        println!("skipped: CDC's files are not in {}", folder.display());
        return None;
    }
    Some(folder)
}

/// CDC's schedule.
pub fn schedule() -> Option<Schedule> {
    let folder = folder()?.join("xml");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "xml") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            files.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let definition = cdsi::definition(&files, "4.64").unwrap();
    Some(Schedule::compile(&definition, &[]).unwrap())
}

#[test]
fn the_published_schedule_compiles() {
    let Some(schedule) = schedule() else { return };
    assert_eq!(schedule.antigens().count(), 30);
    assert_eq!(schedule.groups().count(), 26);
    assert_eq!(schedule.vaccine("03"), schedule.vaccine("3"));
}
