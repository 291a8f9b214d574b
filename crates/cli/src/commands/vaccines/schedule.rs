//! Which schedule: the UK's own, or CDC's from a folder of XML. And `het vaccines schedule`.

use std::io::Write;
use std::path::Path;

use immunisation::{cdsi, uk};

use crate::arguments::WhichSchedule;
use crate::failure::Failure;

/// A schedule, ready to use.
pub enum Loaded {
    /// The UK's.
    Uk(Box<uk::Schedule>),
    /// CDC's.
    Cdsi(Box<immunisation::Schedule>),
}

/// Loads the schedule that was asked for.
pub fn load(which: &WhichSchedule) -> Result<Loaded, Failure> {
    if which.schedule.as_os_str().eq_ignore_ascii_case("uk") {
        return Ok(Loaded::Uk(Box::new(load_uk(&which.choices)?)));
    }
    if !which.choices.is_empty() {
        return Err(Failure::Call("--choose is for the UK schedule only".to_owned()));
    }
    Ok(Loaded::Cdsi(Box::new(load_cdsi(&which.schedule)?)))
}

/// The UK schedule with some choices.
pub fn load_uk(choices: &[String]) -> Result<uk::Schedule, Failure> {
    let pairs = choices.iter().map(|choice| {
        choice
            .split_once('=')
            .ok_or_else(|| Failure::Call(format!("--choose {choice}: expected a form such as NAME=CHOICE")))
    });
    let pairs = pairs.collect::<Result<Vec<_>, _>>()?;
    uk::Schedule::with_choices(&pairs).map_err(|error| Failure::Call(error.to_string()))
}

/// CDC's schedule from the XML files of a folder.
pub fn load_cdsi(folder: &Path) -> Result<immunisation::Schedule, Failure> {
    let at = |error: std::io::Error| Failure::Refused(format!("{}: {error}", folder.display()));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(at)? {
        let path = entry.map_err(at)?.path();
        if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xml")) {
            let text = std::fs::read_to_string(&path)
                .map_err(|error| Failure::Refused(format!("{}: {error}", path.display())))?;
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            files.push((name, text));
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(Failure::Refused(format!(
            "{}: there is no .xml file; expected the folder of CDC's supporting data",
            folder.display()
        )));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let refused = |error: immunisation::ScheduleError| Failure::Refused(error.to_string());
    let definition = cdsi::definition(&files, "as published").map_err(refused)?;
    immunisation::Schedule::compile(&definition, &[]).map_err(refused)
}

/// Prints the UK schedule's codes, disputed points and sources.
pub fn print() -> Result<(), Failure> {
    let schedule = load_uk(&[])?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "Vaccines: code, name, codes in SNOMED CT, dm+d and CVX")?;
    for (id, code, name) in schedule.vaccines() {
        let codes: Vec<&str> = schedule.vaccine_other_codes(id).collect();
        writeln!(out, "  {code}: {name} [{}]", codes.join(" "))?;
    }
    writeln!(out, "\nConditions: code, what it says")?;
    for (_, code, title) in schedule.conditions() {
        writeln!(out, "  {code}: {title}")?;
    }
    writeln!(out, "\nWhere the sources disagree (--choose NAME=CHOICE)")?;
    for parameter in schedule.parameters() {
        writeln!(out, "  {}: {}", parameter.name, parameter.question)?;
        for (name, meaning, source) in &parameter.choices {
            let chosen = if *name == parameter.chosen { " (chosen)" } else { "" };
            writeln!(out, "    {name}{chosen}: {meaning} [{source}]")?;
        }
    }
    writeln!(out, "\nSources")?;
    for source in schedule.sources() {
        writeln!(out, "  {}: {} {}", source.id, source.title, source.url.as_deref().unwrap_or_default())?;
    }
    writeln!(out, "\nValues: where each is from, and since when it holds")?;
    for value in schedule.values() {
        writeln!(out, "  {}: {}, since {}", value.value, value.source, value.since)?;
    }
    Ok(())
}
