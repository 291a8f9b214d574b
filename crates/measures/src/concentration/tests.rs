//! Published indices, and that parts add up.

use super::*;

fn rows(of: &[(f64, f64)], errors: &[f64]) -> Vec<Ranked> {
    let row = |(at, &(weight, value)): (usize, &(f64, f64))| Ranked {
        rank: at as f64,
        weight,
        value,
        error: errors.get(at).copied(),
    };
    of.iter().enumerate().map(row).collect()
}

fn check(rows: &[Ranked], of: RankedKind, kind: ConcentrationKind, value: f64, error: f64, off: f64) {
    let index = concentration_index(rows, of, kind, &Levels::STANDARD).unwrap();
    let interval = index.intervals()[0];
    let got = (interval.upper - interval.lower) / (2.0 * interval.confidence.z());
    assert!((index.value() - value).abs() < off * value.abs(), "{} {value}", index.value());
    assert!((got - error).abs() < off * error, "{got} {error}");
}

// O'Donnell and others 2008, table 8.1: births and under-five mortality in India by wealth, index −0.1694. The standard
// error from Kakwani's formula in numpy.
#[test]
fn mortality_in_india_is_concentrated_among_the_poor() {
    let india = rows(
        &[(29_939.0, 154.7), (28_776.0, 152.9), (26_528.0, 119.5), (24_689.0, 86.9), (19_739.0, 54.3)],
        &[],
    );
    check(&india, RankedKind::Groups, ConcentrationKind::Standard, -0.1694, 0.061_577, 2e-4);
}

// The sample of WHO's healthequal: aci gives 4.30052 (and 1.284031 by the convenient regression). The standard error
// with the errors of the groups from Kakwani's formula in numpy.
#[test]
fn births_attended_by_skilled_staff() {
    let groups = [
        (2072.436, 75.605_30),
        (2112.204, 91.019_97),
        (1983.059, 96.039_59),
        (2052.124, 97.042_23),
        (1884.510, 99.224_05),
    ];
    let errors = [1.599_613_1, 1.135_150_4, 0.646_194_6, 0.567_620_6, 0.223_768_3];
    let (of, mean) = (RankedKind::Groups, 91.596_690_962_333_42);
    let known = rows(&groups, &errors);
    check(&known, of, ConcentrationKind::Generalised, 4.300_52, 0.003_297_471_327 * mean, 1e-6);
    let not_known = rows(&groups, &[]);
    check(&not_known, of, ConcentrationKind::Generalised, 4.300_52, 0.020_359_346_965 * mean, 1e-6);
    // healthequal's test: figures 20 to 60 in groups of 78, 91, 162, 103 and 105.
    let test = rows(&[(78.0, 20.0), (91.0, 30.0), (162.0, 40.0), (103.0, 50.0), (105.0, 60.0)], &[]);
    let index = concentration_index(&test, of, ConcentrationKind::Generalised, &Levels::STANDARD).unwrap();
    assert!((index.value() - 7.328_420_2).abs() < 1e-6, "{}", index.value());
}

// Twelve people, by numpy; Erreygers' and Wagstaff's from their definitions.
#[test]
fn bounded_indices_of_individuals() {
    let people: Vec<(f64, f64)> =
        [0, 1, 1, 0, 1, 0, 0, 1, 0, 0, 0, 1].iter().map(|&ill| (1.0, f64::from(ill))).collect();
    let (rows, error, mean) = (rows(&people, &[]), 0.208_777_304_712_372_77, 5.0 / 12.0);
    let bounds = Bounds::new(0.0, 1.0).unwrap();
    for (kind, value) in [
        (ConcentrationKind::Standard, -1.0 / 12.0),
        (ConcentrationKind::Erreygers(bounds), -5.0 / 36.0),
        (ConcentrationKind::Wagstaff(bounds), -1.0 / 7.0),
        (ConcentrationKind::Generalised, -mean / 12.0),
    ] {
        check(&rows, RankedKind::Individuals, kind, value, error * value * -12.0, 1e-12);
    }
    let narrow = ConcentrationKind::Erreygers(Bounds::new(0.5, 1.0).unwrap());
    assert!(concentration_index(&rows, RankedKind::Individuals, narrow, &Levels::STANDARD).is_err());
}

#[test]
fn parts_add_up_to_the_whole() {
    let people = rows(&[(1.0, 10.0), (2.0, 12.0), (1.0, 15.0), (1.5, 13.0), (1.0, 18.0)], &[]);
    let parts = decompose(&people, &[vec![1.0, 2.0, 2.0, 4.0, 3.0], vec![0.0, 1.0, 0.0, 1.0, 1.0]]).unwrap();
    let sum: f64 = parts.contributions.iter().map(|part| part.contribution).sum();
    assert!((sum + parts.residual - parts.index).abs() < 1e-15);
    // A figure that is made of its determinants leaves nothing over.
    let made: Vec<f64> = people.iter().map(|row| row.value).collect();
    let whole = decompose(&people, &[made]).unwrap();
    assert!(whole.residual.abs() < 1e-12 && (whole.contributions[0].elasticity - 1.0).abs() < 1e-12);
    let twice = vec![vec![1.0, 2.0, 2.0, 4.0, 3.0], vec![2.0, 4.0, 4.0, 8.0, 6.0]];
    assert!(matches!(decompose(&people, &twice).unwrap_err().reason(), Some(Reason::NoSpread(_))));
}
