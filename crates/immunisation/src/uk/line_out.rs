//! One child's answer as a line of CSV or JSON.

use serde_json::{Value, json};
use vocabulary::Date;

use super::answer::{Assessment, CourseStatus, Standing};
use super::child::Finding;
use super::line_in::Line;
use super::schedule::Schedule;

/// The heading of the CSV answer.
pub(super) const HEADING: &[u8] = b"id,status,overdue,due,next_due,findings\n";

/// How a child stands altogether.
pub(super) fn worst(assessment: &Assessment) -> Standing {
    if assessment.under_vaccinated() {
        Standing::Overdue
    } else if assessment.courses().iter().any(|status| status.standing == Standing::Due) {
        Standing::Due
    } else {
        Standing::Complete
    }
}

/// Writes a CSV line; `standing` is none when the child could not be read.
pub(super) fn csv(
    schedule: &Schedule,
    line: &Line,
    assessment: &Assessment,
    standing: Option<Standing>,
    out: &mut Vec<u8>,
) {
    write_csv_field(&line.id, out);
    let Some(standing) = standing else {
        out.extend_from_slice(b",unreadable,,,,unreadable-born:");
        write_csv_field(&line.born, out);
        out.push(b'\n');
        return;
    };
    out.push(b',');
    out.extend_from_slice(status(standing));
    for wanted in [Standing::Overdue, Standing::Due] {
        out.push(b',');
        let mut first = true;
        for status in assessment.courses().iter().filter(|status| status.standing == wanted) {
            if !std::mem::take(&mut first) {
                out.push(b';');
            }
            out.extend_from_slice(status.course(schedule).as_bytes());
            out.push(b' ');
            out.push(b'1' + status.slot);
            out.push(b' ');
            write_date(status.due(), out);
        }
    }
    out.push(b',');
    write_date(assessment.next_due(), out);
    out.push(b',');
    let mut first = true;
    for finding in assessment.findings() {
        if !std::mem::take(&mut first) {
            out.push(b';');
        }
        out.extend_from_slice(finding_code(finding).as_bytes());
    }
    for (oddity, text) in &line.record.oddities {
        if !std::mem::take(&mut first) {
            out.push(b';');
        }
        out.extend_from_slice(oddity.code().as_bytes());
        out.push(b':');
        let plain = text.bytes().map(|byte| if matches!(byte, b',' | b'"' | b';') { b' ' } else { byte });
        out.extend(plain);
    }
    out.push(b'\n');
}

/// Writes a JSON line; `standing` is none when the child could not be read.
pub(super) fn json(
    schedule: &Schedule,
    line: &Line,
    assessment: &Assessment,
    standing: Option<Standing>,
    out: &mut Vec<u8>,
) {
    let id = match String::from_utf8_lossy(&line.id) {
        text if text.is_empty() => Value::Null,
        text if line.id_is_number => serde_json::from_str(&text).unwrap_or_else(|_| json!(text)),
        text => json!(text),
    };
    let answer = match standing {
        None => {
            let born = String::from_utf8_lossy(&line.born);
            json!({ "id": id, "status": "unreadable", "findings": [format!("unreadable-born:{born}")] })
        }
        Some(standing) => {
            let courses = |wanted: Standing| -> Vec<Value> {
                let of = assessment.courses().iter().filter(|status| status.standing == wanted);
                of.map(|status| course(schedule, status)).collect()
            };
            let odd = line.record.oddities.iter().map(|(oddity, text)| format!("{}:{text}", oddity.code()));
            let findings = assessment.findings().iter().map(|one| finding_code(one).to_owned()).chain(odd);
            json!({
                "id": id,
                "status": String::from_utf8_lossy(status(standing)),
                "overdue": courses(Standing::Overdue),
                "due": courses(Standing::Due),
                "next_due": assessment.next_due().map(|date| date.to_string()),
                "findings": findings.collect::<Vec<_>>(),
            })
        }
    };
    out.extend_from_slice(answer.to_string().as_bytes());
    out.push(b'\n');
}

fn course(schedule: &Schedule, status: &CourseStatus) -> Value {
    json!({
        "course": status.course(schedule),
        "dose": status.slot + 1,
        "earliest": status.earliest().map(|date| date.to_string()),
        "due": status.due().map(|date| date.to_string()),
        "overdue_from": status.overdue().map(|date| date.to_string()),
    })
}

fn status(standing: Standing) -> &'static [u8] {
    match standing {
        Standing::Overdue => b"overdue",
        Standing::Due => b"due",
        _ => b"up-to-date",
    }
}

pub(super) fn finding_code(finding: &Finding) -> &'static str {
    match finding {
        Finding::BeforeBirth(_) => "before-birth",
        Finding::InFuture(_) => "in-future",
        Finding::Duplicate(_) => "duplicate",
        Finding::TooMany(_) => "too-many-doses",
        Finding::NotYetBorn => "not-yet-born",
    }
}

/// Writes a field, quoted where it must be.
fn write_csv_field(field: &[u8], out: &mut Vec<u8>) {
    if !field.iter().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        out.extend_from_slice(field);
        return;
    }
    out.push(b'"');
    for byte in field {
        if *byte == b'"' {
            out.push(b'"');
        }
        out.push(*byte);
    }
    out.push(b'"');
}

fn write_date(date: Option<Date>, out: &mut Vec<u8>) {
    let Some(date) = date else { return };
    let (year, month, day) =
        (date.year().unsigned_abs(), date.month().unsigned_abs(), date.day().unsigned_abs());
    let digit = |number: u16| b'0' + (number % 10) as u8;
    let (month, day) = (u16::from(month), u16::from(day));
    out.extend_from_slice(&[
        digit(year / 1000),
        digit(year / 100),
        digit(year / 10),
        digit(year),
        b'-',
        digit(month / 10),
        digit(month),
        b'-',
        digit(day / 10),
        digit(day),
    ]);
}
