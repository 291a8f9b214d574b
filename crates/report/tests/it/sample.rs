//! Invented figures that the tests draw.

use report::charts::{
    About, Comparison, ControlChart, ControlPoint, Funnel, FunnelArea, FunnelPlace, Gradient, Level, Line,
    Place, Role, SeriesChart, Signal,
};
use report::figures::Unit;
use vocabulary::{Figure, Period, Withheld};

pub fn about(title: &str) -> About {
    About {
        title: title.to_owned(),
        unit: Unit::Percent,
        measure: "Children vaccinated, of those aged 24 months".to_owned(),
        period: "January to March 2025".to_owned(),
        n: "n = 3,412 children".to_owned(),
        source: "UKHSA COVER, January to March 2025 (Open Government Licence)".to_owned(),
    }
}

pub fn gradient(groups: u8) -> Gradient {
    let step = 17.0 / f64::from(groups);
    let levels = (1..=groups)
        .map(|number| {
            let value = 74.0 + step * f64::from(number) + f64::from(number % 3) * 0.8;
            Level {
                number,
                figure: if number == 4 && groups > 5 {
                    Figure::Withheld(Withheld::Suppressed)
                } else {
                    Figure::Value(value)
                },
                interval: Some((value - 2.6, value + 2.3)),
                n: Some(680.0),
            }
        })
        .collect();
    Gradient {
        about: about("MMR first dose at 24 months by deprivation, Luton"),
        levels,
        slope: Some((75.0, 92.5)),
    }
}

pub fn comparison() -> Comparison {
    let place = |name: &str, role, value: f64, compared: &str| Place {
        name: name.to_owned(),
        role,
        figure: Figure::Value(value),
        interval: Some((value - 1.2, value + 1.1)),
        compared: compared.to_owned(),
    };
    let mut places = vec![
        place("Luton", Role::Town, 83.4, "worse"),
        place("East of England", Role::Region, 91.2, "better"),
        place("England", Role::England, 88.9, ""),
        place("Slough", Role::Neighbour, 82.1, "worse"),
        place("Leicester", Role::Neighbour, 84.0, "worse"),
        place("Blackburn with Darwen", Role::Neighbour, 88.1, "similar"),
        place("Bradford", Role::Neighbour, 89.6, "similar"),
    ];
    places.push(Place {
        name: "Birmingham".to_owned(),
        role: Role::Neighbour,
        figure: Figure::Withheld(Withheld::Missing),
        interval: None,
        compared: String::new(),
    });
    Comparison { about: about("MMR first dose at 24 months compared"), places }
}

/// Seven areas about 80%, the highest first, with limits of the normal approximation.
pub fn funnel() -> Funnel {
    let area = |name: &str, size: f64, value: f64, place, signal| FunnelArea {
        name: name.to_owned(),
        size,
        value,
        place,
        signal,
        is_town: name == "Luton",
    };
    let curve = |z: f64| -> Vec<(f64, f64)> {
        let limit = |size: f64| (80.0 + 100.0 * z * (0.16 / size).sqrt()).clamp(0.0, 100.0);
        [100.0, 200.0, 400.0, 800.0, 1600.0].map(|size| (size, limit(size))).to_vec()
    };
    let (above, below) = (true, false);
    Funnel {
        about: about("MMR first dose at 24 months by size"),
        size: "Children aged 24 months".to_owned(),
        method: "Limits: normal approximation".to_owned(),
        baseline: 80.0,
        curves: [curve(-1.96), curve(1.96), curve(-3.09), curve(3.09)],
        areas: vec![
            area("Bradford", 1500.0, 88.0, FunnelPlace::Beyond998 { above }, Signal::Improvement),
            area("Slough", 400.0, 85.0, FunnelPlace::Beyond95 { above }, Signal::Improvement),
            area("Leicester", 500.0, 82.0, FunnelPlace::Within, Signal::None),
            area("Reading", 300.0, 80.0, FunnelPlace::Within, Signal::None),
            area("Derby", 150.0, 78.0, FunnelPlace::Within, Signal::None),
            area("Kent", 400.0, 75.5, FunnelPlace::Beyond95 { above: below }, Signal::Concern),
            area("Luton", 900.0, 70.0, FunnelPlace::Beyond998 { above: below }, Signal::Concern),
        ],
        missing: 2,
    }
}

pub fn quarters(from: i16, count: usize) -> Vec<Period> {
    (0..count as i16).map(|i| Period::calendar_quarter(from + i / 4, (i % 4) as i8 + 1).unwrap()).collect()
}

pub fn series() -> SeriesChart {
    let line = |name: &str, role, start: f64, slope: f64| Line {
        name: name.to_owned(),
        role,
        points: quarters(2018, 28)
            .into_iter()
            .enumerate()
            .map(|(i, period)| {
                let wobble = ((i * 7919) % 13) as f64 / 6.0;
                let figure = match (role, i) {
                    (Role::Town, 11 | 12) => Figure::Withheld(Withheld::Missing),
                    _ => Figure::Value(start + slope * i as f64 + wobble),
                };
                (period, figure)
            })
            .collect(),
    };
    SeriesChart {
        about: about("MMR first dose at 24 months over time"),
        lines: vec![
            line("Luton", Role::Town, 88.0, -0.2),
            line("East of England", Role::Region, 93.0, -0.07),
            line("England", Role::England, 91.0, -0.08),
            line("Blackburn with Darwen", Role::Neighbour, 91.5, -0.11),
        ],
    }
}

/// Twenty-eight quarters with every kind of signal, a rebasing, a ghost, and figures that are withheld.
pub fn control() -> ControlChart {
    let points = quarters(2018, 28).into_iter().enumerate().map(|(i, period)| {
        let late = i >= 16;
        let centre = if late { 84.6 } else { 87.6 };
        let value = centre + ((i * 7919) % 17) as f64 / 5.0 - 1.6 + if i == 5 { -7.0 } else { 0.0 };
        let figure = match i {
            9 => Figure::Withheld(Withheld::Missing),
            20 => Figure::Withheld(Withheld::Suppressed),
            _ => Figure::Value(value),
        };
        let (signal, rules) = match i {
            5 => (Signal::Concern, vec!["outside the limits".to_owned()]),
            12..16 => (Signal::NoJudgement, vec!["seven one side".to_owned()]),
            25..28 => (Signal::Improvement, vec!["seven rising".to_owned()]),
            _ => (Signal::None, vec![]),
        };
        ControlPoint {
            period,
            figure,
            centre: Some(centre),
            lower: Some(centre - 4.1),
            upper: Some(centre + 4.1),
            target: Some(if i < 8 { 90.0 } else { 95.0 }),
            signal,
            rules,
            ghosted: i == 3,
            part: usize::from(late),
        }
    });
    ControlChart {
        about: about("MMR first dose at 24 months, Luton"),
        method: "XmR chart, NHS Making Data Count rules".to_owned(),
        centre: "Mean".to_owned(),
        points: points.collect(),
        rebases: vec![("2022-01-01".parse().unwrap(), "clinics moved to family hubs".to_owned())],
    }
}
