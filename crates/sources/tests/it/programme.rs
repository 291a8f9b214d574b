//! The partnership's workbook.

use sources::programme::{
    Action, Indicator, Member, Milestone, Organisation, Recommendation, Subgroup, Target, TownFigure,
    Workbook, read, write,
};
use vocabulary::{AreaCode, Date, Figure, Period, Polarity, Withheld};

fn workbook() -> Workbook {
    let text = str::to_owned;
    Workbook {
        subgroups: vec![Subgroup {
            code: text("children"),
            name: text("Children"),
            purpose: text("A good start"),
        }],
        organisations: vec![Organisation { name: text("The council"), kind: text("council") }],
        members: vec![Member {
            code: text("M01"),
            name: text("A member"),
            role: text("Director"),
            organisation: Some(text("The council")),
            subgroup: Some(text("children")),
        }],
        recommendations: vec![Recommendation {
            number: text("12"),
            words: text("Protect every child & tell why: \"catch up\""),
            principle: 1,
            horizon: text("short"),
            subgroup: text("children"),
            owner: None,
        }],
        actions: vec![Action {
            code: text("CYP-07"),
            title: text("Catch-up clinics"),
            description: String::new(),
            subgroup: text("children"),
            owner: Some(text("M01")),
            sponsor: None,
            starts: Some(Date::constant(2026, 1, 1)),
            due: Some(Date::constant(2026, 12, 31)),
            finished: None,
            stopped: None,
            percent: 40,
            recommendations: vec![text("12")],
        }],
        milestones: vec![Milestone {
            action: text("CYP-07"),
            title: text("First clinic"),
            due: Date::constant(2026, 3, 31),
            done: Some(Date::constant(2026, 3, 28)),
        }],
        indicators: vec![Indicator {
            code: text("clinics"),
            name: text("Children seen"),
            definition: String::new(),
            numerator: text("children seen"),
            denominator: text("children invited"),
            unit: text("%"),
            statistic: text("proportion"),
            multiplier: 100.0,
            polarity: Polarity::HighIsGood,
            frequency: text("monthly"),
            source: String::new(),
            series_source: text("town"),
            series_indicator: text("clinics"),
            series_age: String::new(),
            series_sex: text("persons"),
            subgroup: None,
            impact: true,
            recommendations: vec![text("12")],
            actions: vec![text("CYP-07")],
        }],
        targets: vec![Target {
            indicator: text("clinics"),
            value: 95.0,
            due: Date::constant(2027, 3, 31),
            source: text("the plan"),
        }],
        observations: [Figure::Value(0.8), Figure::Withheld(Withheld::Suppressed)]
            .into_iter()
            .enumerate()
            .map(|(index, figure)| TownFigure {
                indicator: text("clinics"),
                area: AreaCode::LUTON,
                group: String::new(),
                period: Period::month(2026, 3 + index as i8).unwrap(),
                numerator: Some(80.0),
                denominator: Some(100.0),
                figure,
                note: String::new(),
                row: index as u32 + 2,
            })
            .collect(),
    }
}

/// A workbook with every sheet filled.
pub fn sample() -> Vec<u8> {
    write(&workbook()).unwrap()
}

#[test]
fn what_is_written_is_read_again() {
    assert_eq!(read("partnership.xlsx", &sample()).unwrap(), workbook());
}

#[test]
fn an_empty_programme_is_read_again() {
    let empty = Workbook::default();
    assert_eq!(read("partnership.xlsx", &write(&empty).unwrap()).unwrap(), empty);
}

#[test]
fn what_leads_nowhere_is_refused_with_its_cell() {
    let check = |change: fn(&mut Workbook), expected: &str| {
        let mut changed = workbook();
        change(&mut changed);
        let error = read("f.xlsx", &write(&changed).unwrap()).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}\n{expected}");
    };
    check(
        |w| w.members[0].subgroup = Some("gone".into()),
        "sheet Members, cell E2: 'gone' is not a code on the sheet Subgroups",
    );
    check(
        |w| w.actions[0].owner = Some("M99".into()),
        "sheet Actions, cell E2: 'M99' is not a code on the sheet Members",
    );
    check(
        |w| w.milestones[0].action = "gone".into(),
        "sheet Milestones, cell A2: 'gone' is not a code on the sheet Actions",
    );
    check(|w| w.targets[0].indicator = "gone".into(), "sheet Targets, cell A2: 'gone'");
    check(|w| w.recommendations[0].horizon = "soon".into(), "'soon' is not one of: short, medium, long");
    check(
        |w| w.actions.push(w.actions[0].clone()),
        "cell A3: 'CYP-07' is not a code that no earlier row has",
    );
    check(
        |w| w.actions[0].due = Some(Date::constant(2025, 1, 1)),
        "a date on or after the day the action starts",
    );
}
