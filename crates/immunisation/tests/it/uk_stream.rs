//! Whole files of children: every line has an answer, in order, whatever the chunks and threads.

// A test that cannot read its own lines stops.
#![allow(clippy::unwrap_used)]

use std::io::Read;

use immunisation::uk::{Format, Formats, Schedule, forecast_stream};
use vocabulary::Date;

const ON: Date = Date::constant(2026, 11, 1);

fn answer(format: Format, input: &[u8], threads: usize) -> String {
    let mut out = Vec::new();
    forecast_stream(&Schedule::embedded().unwrap(), ON, format, input, &mut out, threads).unwrap();
    String::from_utf8(out).unwrap()
}

/// The answer to one CSV line with the columns id, born, sex, conditions, doses.
fn check(line: &str, expected: &str) {
    let all = answer(Format::Csv, format!("id,born,sex,conditions,doses\n{line}\n").as_bytes(), 1);
    assert_eq!(all.lines().nth(1).unwrap(), expected, "{line}");
}

#[test]
fn a_line_for_each_child() {
    check("1,2026-10-20,f,,", "1,up-to-date,,,2026-12-15,");
    check(
        "1,2026-09-06,f,,",
        "1,due,,dt 1 2026-11-01;polio 1 2026-11-01;pertussis 1 2026-11-01;hib 1 2026-11-01;hepb 1 2026-11-01;menb 1 2026-11-01;rotavirus 1 2026-11-01,2026-12-27,",
    );
    let kept = "6in1 2018-06-01;6in1 2018-07-01;6in1 2018-08-01;pcv13 2018-06-01;pcv13 2018-08-01;pcv13 2019-05-01;menb 2018-06-01;menb 2018-08-01;menb 2019-05-01;hib-menc 2019-05-01;mmr 2019-05-01;mmr 2021-09-01;dtap-ipv 2021-09-01";
    check(&format!("1,2018-04-01,m,,{kept}"), "1,due,,influenza 1 2026-09-01,2030-04-01,");
    check(&format!("1,2018-04-01,m,,{kept};flu-nasal 2026-10-01"), "1,up-to-date,,,2030-04-01,");
    check(&format!("1,2018-04-01,m,,\"{kept};flu-nasal 2026-10-01\""), "1,up-to-date,,,2030-04-01,");
}

#[test]
fn odd_lines_are_answered() {
    check("1,2018-02-30,f,,", "1,unreadable,,,,unreadable-born:2018-02-30");
    check("1,,f,,", "1,unreadable,,,,unreadable-born:");
    check("x", "x,unreadable,,,,unreadable-born:");
    check("1,2026-10-20,f,,xyz 2026-10-21", "1,up-to-date,,,2026-12-15,unknown-vaccine:xyz");
    check("1,2026-10-20,f,,hepb 2026-10", "1,up-to-date,,,2026-12-15,partial-date:2026-10");
    check("1,2026-10-20,f,,hepb 2026", "1,up-to-date,,,2026-12-15,unreadable-date:2026");
    check("1,2026-10-20,f,,hepb", "1,up-to-date,,,2026-12-15,unreadable-date:hepb");
    check("1,2026-10-20,f,giant,", "1,up-to-date,,,2026-12-15,unknown-condition:giant");
    check("1,2027-10-20,f,,", "1,up-to-date,,,2027-12-15,not-yet-born");
    check("1,2026-10-20,f,, hepb 2026-10-20 ; hepb 2026-10-20", "1,up-to-date,,,2026-12-15,duplicate");
    check("1,2026-10-20,f,,34765811000001105 2027-01-01", "1,up-to-date,,,2026-12-15,in-future");
    check("\"a,b\",2026-10-20,f,,", "\"a,b\",up-to-date,,,2026-12-15,");
    check("\"a\"\"b\",2026-10-20,f,,", "\"a\"\"b\",up-to-date,,,2026-12-15,");
}

#[test]
fn json_lines() {
    let lines = concat!(
        r#"{"id":7,"born":"2026-10-20","sex":"f","conditions":["giant"],"doses":[{"vaccine":"hepb","date":"2026-10-20"}]}"#,
        "\nnot json\n",
        r#"{"id":"b","born":"2025-11-01","doses":[{"vaccine":"6in1"},5]}"#,
    );
    let found = answer(Format::JsonLines, lines.as_bytes(), 2);
    let found: Vec<serde_json::Value> =
        found.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(found.len(), 3);
    assert_eq!((&found[0]["id"], &found[0]["status"]), (&7.into(), &"up-to-date".into()));
    assert_eq!(found[0]["next_due"], "2026-12-15");
    assert_eq!(found[0]["findings"][0], "unknown-condition:giant");
    assert_eq!(found[1]["status"], "unreadable");
    assert_eq!(found[2]["status"], "overdue");
    assert_eq!(found[2]["findings"].as_array().unwrap().len(), 2);
    let mmr = found[2]["due"].as_array().unwrap().iter().find(|one| one["course"] == "mmr").unwrap();
    assert_eq!((&mmr["dose"], &mmr["due"]), (&1.into(), &"2026-11-01".into()));
    assert_eq!(mmr["overdue_from"], "2026-12-01");
}

#[test]
fn other_forms_of_the_same_say_the_same() {
    let expected = "1,up-to-date,,,2026-12-15,";
    check("1,20/10/2026,f,,hepb 21/10/2026", expected);
    check("1,2026-10-20,f,,hepb:2026-10-21", expected);
    check("1,2026-10-20,f,,hepb:2026-10-21 hepb:2026-10-22:GSK", expected);
    let other = "person,date_of_birth,sex,observations,doses\n1,2026-10-20,f,,hepb:2026-10-21\n";
    assert_eq!(answer(Format::Csv, other.as_bytes(), 1).lines().nth(1), Some(expected));
    let line = br#"{"person":"1","date_of_birth":"2026-10-20","observations":[{"code":"chickenpox"}]}"#;
    let formats = Formats { input: Format::JsonLines, output: Format::Csv };
    let mut out = Vec::new();
    forecast_stream(&Schedule::embedded().unwrap(), ON, formats, &line[..], &mut out, 1).unwrap();
    assert_eq!(String::from_utf8(out).unwrap().lines().nth(1), Some(expected));
}

#[test]
fn headings_may_come_in_any_order_and_must_be_whole() {
    let one = answer(Format::Csv, b"\xef\xbb\xbfDoses,ID,Sex,Born\r\n,5,f,2026-10-20\r\n", 1);
    assert_eq!(one, "id,status,overdue,due,next_due,findings\n5,up-to-date,,,2026-12-15,\n");
    let schedule = Schedule::embedded().unwrap();
    let refused = forecast_stream(&schedule, ON, Format::Csv, &b"id,doses\n1,\n"[..], Vec::new(), 1);
    assert!(refused.unwrap_err().to_string().contains("'id,doses'"));
    assert!(forecast_stream(&schedule, ON, Format::Csv, &b""[..], Vec::new(), 1).is_err());
    assert_eq!(answer(Format::JsonLines, b"", 1), "");
}

/// Gives its bytes a few at a time.
struct Drip<'a>(&'a [u8]);

impl Read for Drip<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let some = self.0.len().min(7).min(into.len());
        into[..some].copy_from_slice(&self.0[..some]);
        self.0 = &self.0[some..];
        Ok(some)
    }
}

#[test]
fn threads_and_chunks_do_not_matter() {
    let mut text = String::from("id,born,sex,conditions,doses\n");
    for child in 0..500 {
        let (year, month) = (2008 + child % 18, 1 + child % 12);
        text.push_str(&format!(
            "{child},{year}-{month:02}-11,m,,6in1 {}-{month:02}-15;mmr {}-{month:02}-20\n",
            year + 1,
            year + 2
        ));
    }
    let one = answer(Format::Csv, text.as_bytes(), 1);
    assert_eq!(one.lines().count(), 501);
    for threads in [2, 3, 8] {
        assert_eq!(answer(Format::Csv, text.as_bytes(), threads), one);
    }
    let mut dripped = Vec::new();
    let report = forecast_stream(
        &Schedule::embedded().unwrap(),
        ON,
        Format::Csv,
        Drip(text.trim_end().as_bytes()),
        &mut dripped,
        2,
    );
    assert_eq!(String::from_utf8(dripped).unwrap(), one);
    let report = report.unwrap();
    let overdue = one.lines().skip(1).filter(|line| line.contains(",overdue,")).count() as u64;
    assert_eq!((report.children, report.overdue, report.unreadable), (500, overdue, 0));
}
