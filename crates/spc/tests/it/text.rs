//! CSV in, CSV out.

use spc::text::{Request, Values, process};
use spc::{Kind, Profile};

fn run(input: &str, kind: &str, change: impl FnOnce(&mut Request)) -> Result<String, String> {
    let mut request = Request::new(Kind::named(kind).unwrap(), Profile::named("nelson").unwrap());
    change(&mut request);
    let mut output = Vec::new();
    match process(input.as_bytes(), &mut output, &request) {
        Ok(_) => Ok(String::from_utf8(output).unwrap()),
        Err(error) => {
            // Nothing half-done: a refused file leaves no output but, at most, the headings.
            assert!(output.is_empty(), "{}", String::from_utf8_lossy(&output));
            Err(error.to_string())
        }
    }
}

fn check(input: &str, kind: &str, expected: &str) {
    assert_eq!(run(input, kind, |_| {}).unwrap(), expected);
}

fn refused(input: &str, kind: &str, expected: &str) {
    assert_eq!(run(input, kind, |_| {}).unwrap_err(), expected);
}

const HEAD: &str = "series,date,value,centre,lower,upper,rules,part\n";

#[test]
fn a_row_a_point() {
    check(
        "date,series,value\n2025-02-01,a,3\n2025-01-01,a,1\nMarch 2025,a,\n2025-01,b,5\n",
        "run",
        &format!(
            "{HEAD}a,2025-01-01,1,2,,,,1\na,2025-02-01,3,2,,,,1\na,March 2025,,2,,,,1\nb,2025-01,5,5,,,,1\n"
        ),
    );
    refused("", "run", "there is no column 'date': the first row must name the columns series, date, value");
}

#[test]
fn proportions_from_counts_and_from_shares() {
    let counts =
        run("series,date,value,denominator\na,2025-01,10,20\na,2025-02,5,20\n", "p", |_| {}).unwrap();
    let shares =
        run("series,date,value,denominator\na,2025-01,0.5,20\na,2025-02,0.25,20\n", "p", |_| {}).unwrap();
    assert_eq!(counts, shares);
    assert!(counts.contains("a,2025-01,0.5,0.375,"), "{counts}");
    let told = run("series,date,value,denominator\na,2025-01,1,20\na,2025-02,0,20\n", "p", |r| {
        r.values = Values::Shares;
    });
    assert!(told.unwrap().contains("a,2025-01,1,0.5,"));
}

#[test]
fn rebases_and_freezes() {
    let output = run(
        "series,date,value,rebase\na,2025-01,1,\na,2025-02,1,\na,2025-03,9,New clinic\na,2025-04,9,\n",
        "i",
        |_| {},
    )
    .unwrap();
    assert!(output.ends_with("a,2025-03,9,9,9,9,,2\na,2025-04,9,9,9,9,,2\n"), "{output}");
    let output = run("date,value\n2025-01,1\n2025-02,1\n2025-03,9\n", "i", |r| r.freeze = Some(2)).unwrap();
    assert!(output.ends_with(",2025-03,9,1,1,1,outside,1\n"), "{output}");
}

#[test]
fn a_row_a_series() {
    let mut input = "series,date,value,target,improvement\n".to_owned();
    for i in 0..12 {
        input.push_str(&format!("calm,2024-{:02}-01,{},9,low-is-good\n", i + 1, i % 2));
        input.push_str(&format!(
            "up,2024-{:02}-01,{},,low-is-good\n",
            i + 1,
            if i == 11 { 50 } else { i % 2 }
        ));
    }
    let icons = |sorted: bool| run(&input, "i", |r| (r.icons, r.by_attention) = (true, sorted)).unwrap();
    let head = "series,variation,assurance,latest,rules\n";
    assert_eq!(
        icons(false),
        format!("{head}calm,common-cause,will-pass,1,\nup,concern-high,no-target,50,outside\n")
    );
    assert_eq!(
        icons(true),
        format!("{head}up,concern-high,no-target,50,outside\ncalm,common-cause,will-pass,1,\n")
    );
}

#[test]
fn a_funnel_is_over_the_series_of_a_date() {
    let mut input = "series,date,value,denominator\n".to_owned();
    for place in 0..9 {
        input.push_str(&format!("place {place},2024,{},100\n", if place == 3 { 60 } else { 20 }));
    }
    let output = run(&input, "funnel", |_| {}).unwrap();
    assert_eq!(output.lines().filter(|line| line.contains("outside")).count(), 1, "{output}");
    assert!(output.lines().nth(4).unwrap().starts_with("place 3,2024,0.6,"));
    let icons = run(&input, "funnel", |r| r.icons = true).unwrap();
    assert!(icons.contains("place 3,neither-high,no-target,0.6,outside\n"), "{icons}");
}

#[test]
fn subgroups_by_name_or_by_date() {
    let by_date = run("date,value\n2025-01,1\n2025-01,3\n2025-02,2\n2025-02,4\n", "xbar-s", |_| {}).unwrap();
    let by_name =
        run("date,value,subgroup\n2025-01,1,x\n2025-01,3,x\n2025-02,2,y\n2025-02,4,y\n", "xbar-s", |_| {})
            .unwrap();
    assert_eq!(by_date, by_name);
    assert!(by_date.contains(",2025-01,2,2.5,"), "{by_date}");
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    refused(
        "series,value\na,1\n",
        "i",
        "there is no column 'date': the first row must name the columns series, date, value",
    );
    refused(
        "series,date,value\na,2025-01,1\n",
        "p",
        "there is no column 'denominator': the first row must name the columns series, date, value, denominator",
    );
    refused("date,value,value\n", "i", "there are two columns 'value'");
    refused(
        "date,value\n2025-01,1\n2025-02,*\n",
        "i",
        "row 3, column 'value': '*' is not a number, or empty for a gap",
    );
    refused(
        "date,value\nsoon,1\n",
        "i",
        "row 2, column 'date': 'soon' is not a date or period such as 2025-03-01, March 2025, 2024/25 Q1 or 2024/25",
    );
    refused(
        "date,value,rebase\n2025-01,1,1\n",
        "i",
        "row 2, column 'rebase': '1' is not a reason: say in words why the limits are recalculated here",
    );
    refused(
        "series,date,value,improvement\na,2025-01,1,high-is-good\na,2025-02,1,low-is-good\n",
        "i",
        "row 3, column 'improvement': series 'a' says 'low-is-good' here and 'high-is-good' before",
    );
    refused(
        "series,date,value,denominator\na,2025-01,1,2\nb,2025-02,4,2\n",
        "p",
        "series 'b', row 3: reading 1: a p chart cannot hold 4: it must be no more than its denominator",
    );
    refused(
        "date,value\n2025-01,inf\n",
        "i",
        "row 2, column 'value': 'inf' is not a number, or empty for a gap",
    );
}

#[test]
fn files_as_people_save_them() {
    let plain = run("series,date,value\na,2025-01,1200\na,2025-02,3\n", "i", |_| {}).unwrap();
    let saved =
        run("\u{feff}Series , DATE,Value\r\na,2025-01,\"1,200\"\r\n\r\na, 2025-02 ,3\r\n,,\r\n", "i", |_| {})
            .unwrap();
    assert_eq!(plain, saved);
}
