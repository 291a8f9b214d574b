//! `het vaccines explain`: every rule that a dose met and failed, and the plan for the next visit.

use std::fmt::Write as _;

use immunisation::uk::{self, ChildRecord, ChildText, Limits, Offer, Plan};
use immunisation::{Scratch, evaluate_and_forecast, records};
use vocabulary::Date;

use super::schedule::{Loaded, load};
use super::{children, table};
use crate::arguments::{Explain, Format};
use crate::failure::Failure;
use crate::write::{self, say};

/// Prints the explanation.
pub fn run(asked: &Explain) -> Result<(), Failure> {
    let on = asked.as_of.unwrap_or_else(town::today);
    let text = match load(&asked.schedule)? {
        Loaded::Uk(schedule) => of_uk(&schedule, asked, on)?,
        Loaded::Cdsi(schedule) => of_cdsi(&schedule, asked, on)?,
    };
    say(text.trim_end())
}

fn of_uk(schedule: &uk::Schedule, asked: &Explain, on: Date) -> Result<String, Failure> {
    let record = match (&asked.file, &asked.id) {
        (Some(file), Some(id)) => children::find(file, None, schedule, id)?,
        _ => given(schedule, asked),
    };
    let record = record.ok_or_else(|| {
        Failure::Refused("there is no such child, or no date of birth that can be read".to_owned())
    })?;
    let refused = asked.refused.iter().map(|code| {
        schedule.vaccine(code).ok_or_else(|| Failure::Call(format!("the schedule has no vaccine '{code}'")))
    });
    let limits = Limits {
        without_gelatine: asked.without_gelatine,
        refused: refused.collect::<Result<_, _>>()?,
        no_consent: asked.no_consent,
    };
    let mut text = schedule.explain(&record.child, &record.doses, on).to_string();
    for odd in &record.oddities {
        let _ = writeln!(text, "note: {odd}");
    }
    let plan = schedule.plan(&record.child, &record.doses, on, &limits);
    write_plan(&mut text, &plan);
    Ok(text)
}

fn given(schedule: &uk::Schedule, asked: &Explain) -> Option<ChildRecord> {
    let doses: Vec<String> = asked.doses.iter().map(|dose| dose.replacen('@', " ", 1)).collect();
    ChildText {
        born: asked.born.as_deref().unwrap_or_default(),
        sex: &asked.sex,
        conditions: &asked.conditions.join(";"),
        doses: &doses.join(";"),
        expecting: &asked.expecting,
    }
    .read(schedule)
}

/// The plan in a nurse's words. Writing to a String cannot fail.
fn write_plan(text: &mut String, plan: &Plan) {
    let _ = writeln!(text, "\nAt the visit on {}", plan.on);
    if plan.now.is_empty() {
        let _ = writeln!(text, "  nothing to give");
    }
    write_offers(text, &plan.now);
    for withheld in &plan.withheld {
        let _ = writeln!(text, "  not {}: {}", withheld.course, withheld.words);
    }
    for visit in &plan.later {
        let _ = writeln!(text, "Later, from {}", visit.on);
        write_offers(text, &visit.offers);
    }
    for mattered in &plan.mattered {
        let _ = writeln!(
            text,
            "The sources disagree ({}): {} Here: {} [{}] Otherwise: {} [{}] It would change: {}.",
            mattered.parameter,
            mattered.question,
            mattered.meaning.0,
            mattered.meaning.1,
            mattered.other_meaning.0,
            mattered.other_meaning.1,
            mattered.courses.join(", ")
        );
    }
}

fn write_offers(text: &mut String, offers: &[Offer]) {
    for offer in offers {
        let only = match offer.products.as_slice() {
            [] => String::new(),
            products => format!(", only {}", products.join(" or ")),
        };
        let _ = writeln!(text, "  {}{only}", offer.name);
        for dose in &offer.doses {
            let _ = writeln!(text, "    {} {}: {} [{}]", dose.name, dose.number, dose.reason, dose.source);
        }
    }
}

fn of_cdsi(schedule: &immunisation::Schedule, asked: &Explain, on: Date) -> Result<String, Failure> {
    let record = match (&asked.file, &asked.id) {
        (Some(file), Some(id)) => found(schedule, file, id)?,
        _ => given_to_cdsi(schedule, asked),
    };
    let Some(child) = &record.child else {
        let findings: Vec<String> = record.findings.iter().map(ToString::to_string).collect();
        return Err(Failure::Refused(format!("there is no such child. {}", findings.join("; "))));
    };
    let explanation = immunisation::explain(schedule, child, &record.doses, on);
    let mut text = String::new();
    if asked.all {
        let _ = write!(text, "{explanation}");
    } else {
        let _ = write!(text, "{}", explanation.only_best());
    }
    let mut scratch = Scratch::new();
    let outcome = evaluate_and_forecast(schedule, child, &record.doses, on, &mut scratch);
    for finding in &record.findings {
        let _ = writeln!(text, "note: {finding}");
    }
    for finding in outcome.findings() {
        let _ = writeln!(text, "note: {finding}");
    }
    let _ = writeln!(text, "\nForecast on {on}");
    for forecast in outcome.groups() {
        let day = |day: Option<Date>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
        let _ = writeln!(
            text,
            "  {}: {}, earliest {}, recommended {}, past due after {}",
            schedule.group_name(forecast.group),
            forecast.status.code(),
            day(forecast.earliest),
            day(forecast.recommended),
            day(forecast.past_due)
        );
    }
    Ok(text)
}

fn given_to_cdsi(schedule: &immunisation::Schedule, asked: &Explain) -> records::Record {
    let doses: Vec<serde_json::Value> = asked
        .doses
        .iter()
        .map(|dose| {
            let (vaccine, date) = dose.split_once('@').unwrap_or((dose, ""));
            serde_json::json!({ "vaccine": vaccine, "date": date })
        })
        .collect();
    let conditions: Vec<serde_json::Value> =
        asked.conditions.iter().map(|code| serde_json::json!({ "code": code })).collect();
    let line = serde_json::json!({
        "person": "", "date_of_birth": asked.born, "sex": asked.sex, "doses": doses, "observations": conditions,
    });
    let mut record = records::Record::default();
    records::read_json_line(schedule, &line.to_string(), &mut record);
    record
}

fn found(
    schedule: &immunisation::Schedule,
    file: &std::path::Path,
    id: &str,
) -> Result<records::Record, Failure> {
    use std::io::BufRead;
    let format = write::by_ending(file).unwrap_or(Format::Csv);
    let (text, bar) = table::open(file, format)?;
    bar.finish_and_clear();
    let mut record = records::Record::default();
    if format == Format::Json {
        for line in std::io::BufReader::new(text).lines() {
            records::read_json_line(schedule, &line?, &mut record);
            if record.person.reveal() == id {
                return Ok(record);
            }
        }
    } else {
        let mut histories = records::CsvHistories::new(schedule, text).map_err(Failure::Refused)?;
        while histories.read_next(&mut record) {
            if record.person.reveal() == id {
                return Ok(record);
            }
        }
    }
    Ok(records::Record::default())
}
