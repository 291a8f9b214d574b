//! Disclosure control: nothing that is withheld can be worked out, and no more is withheld than that takes.

use measures::{CountTable, FeasibleInterval, MeasureEntry, Policy, Release, Request, Totals, protect};
use proptest::prelude::*;

/// A table as it was made: rows above rows, columns, counts.
#[derive(Debug, Clone)]
struct Made {
    parents: Vec<Option<usize>>,
    columns: usize,
    counts: Vec<u64>,
}

impl Made {
    fn table(&self) -> CountTable {
        CountTable::tree(&self.parents, self.columns, &self.counts, None).unwrap()
    }
}

fn cell() -> impl Strategy<Value = u64> {
    prop_oneof![2 => Just(0), 4 => 1..=4_u64, 4 => 5..=8_u64, 6 => 9..=60_u64]
}

/// Rows under none or under an earlier row, so that no row is under itself.
fn made(rows: usize, columns: usize) -> impl Strategy<Value = Made> {
    (1..=rows, 1..=columns).prop_flat_map(|(rows, columns)| {
        let parents: Vec<_> = (0..rows).map(|row| proptest::option::of(0..row.max(1))).collect();
        (parents, proptest::collection::vec(cell(), rows * columns)).prop_map(move |(mut parents, counts)| {
            parents[0] = None;
            Made { parents, columns, counts }
        })
    })
}

fn policy() -> impl Strategy<Value = &'static Policy> {
    proptest::sample::select(vec![
        "small-counts",
        "ons-health",
        "ons-health-sensitive",
        "town",
        "nhs-england",
    ])
    .prop_map(|code| Policy::named(code).unwrap())
}

/// Every total, by adding up and nothing else.
fn whole(made: &Made) -> Vec<Vec<u64>> {
    let is_leaf = |row: usize| !made.parents.contains(&Some(row));
    let mut sums = vec![vec![0; made.columns]; made.parents.len()];
    for row in (0..made.parents.len()).filter(|&row| is_leaf(row)) {
        let mut up = Some(row);
        while let Some(at) = up {
            for (sum, count) in sums[at].iter_mut().zip(&made.counts[row * made.columns..]) {
                *sum += count;
            }
            up = made.parents[at];
        }
    }
    let tops: Vec<usize> = (0..made.parents.len()).filter(|&row| made.parents[row].is_none()).collect();
    if tops.len() > 1 {
        sums.push((0..made.columns).map(|column| tops.iter().map(|&row| sums[row][column]).sum()).collect());
    }
    if made.columns > 1 {
        sums.iter_mut().for_each(|row| row.push(row.iter().sum()));
    }
    sums
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_shown_is_true_and_what_is_withheld_is_safe(made in made(7, 4), policy in policy()) {
        let release = protect(&made.table(), policy);
        let whole = whole(&made);
        let (from, to) = policy.range().unwrap();
        prop_assert!(release.is_proved());
        for (row, counts) in whole.iter().enumerate() {
            for (column, &count) in counts.iter().enumerate() {
                match release.figure(row, column).value() {
                    Some(shown) => {
                        prop_assert!(!(from..=to).contains(&count));
                        prop_assert_eq!(shown, policy.rounded(count) as f64);
                    }
                    None => prop_assert!(count > 0, "a zero is withheld"),
                }
            }
        }
        if policy.secondary() {
            for known in release.intervals() {
                let count = whole[known.row][known.column];
                let leaf = known.row < made.parents.len() && !made.parents.contains(&Some(known.row))
                    && known.column < made.columns;
                let most = known.high.unwrap_or(u64::MAX);
                prop_assert!(known.low < most, "{known:?} can be told");
                prop_assert!((known.low..=most).contains(&count));
                if leaf && (from..=to).contains(&count) {
                    prop_assert!(known.low <= from && most >= to, "{known:?} tells that {count} is not {from} to {to}");
                }
            }
        }
    }

    #[test]
    fn the_same_table_gives_the_same_release(made in made(6, 4), policy in policy()) {
        let (one, two) = (protect(&made.table(), policy), protect(&made.table(), policy));
        for row in 0..one.rows() {
            for column in 0..one.columns() {
                prop_assert_eq!(one.figure(row, column), two.figure(row, column));
            }
        }
    }

    #[test]
    fn bounds_are_those_of_every_table_there_could_be(
        counts in proptest::collection::vec(0..=9_u64, 9),
        code in proptest::sample::select(vec!["ons-health", "ons-health-sensitive"]),
    ) {
        let made = Made { parents: vec![None; 3], columns: 3, counts };
        let release = protect(&made.table(), Policy::named(code).unwrap());
        let intervals = release.intervals();
        // Every table of up to 27 in each cell, where few enough cells are withheld to try them all.
        let inner = intervals.iter().filter(|known| known.row < 3 && known.column < 3).count();
        let bounded = intervals.iter().all(|known| known.high.is_some_and(|high| high <= 27));
        if inner > 4 || !bounded {
            return Ok(());
        }
        let mut seen: Vec<(u64, u64)> = vec![(u64::MAX, 0); intervals.len()];
        let mut cells = made.counts.clone();
        try_all(&release, &whole(&made), &intervals, &mut cells, 0, &mut seen);
        for (known, (low, high)) in intervals.iter().zip(seen) {
            prop_assert_eq!((known.low, known.high), (low, Some(high)), "row {} column {}", known.row, known.column);
        }
    }
}

/// Every table of three by three with the shown figures of this release, cell by cell.
fn try_all(
    release: &Release,
    truth: &[Vec<u64>],
    intervals: &[FeasibleInterval],
    cells: &mut Vec<u64>,
    at: usize,
    seen: &mut [(u64, u64)],
) {
    let shown = |row: usize, column: usize| release.figure(row, column).value().is_some();
    // A row that is full must agree with its total.
    if at.is_multiple_of(3) && at > 0 {
        let row = at / 3 - 1;
        let sum: u64 = cells[row * 3..at].iter().sum();
        if if shown(row, 3) { sum != truth[row][3] } else { sum == 0 } {
            return;
        }
    }
    if at == 9 {
        let table = whole(&Made { parents: vec![None; 3], columns: 3, counts: cells.clone() });
        let agrees = (0..4).all(|row| {
            (0..4).all(|c| if shown(row, c) { table[row][c] == truth[row][c] } else { table[row][c] > 0 })
        });
        if agrees {
            for (known, seen) in intervals.iter().zip(seen) {
                let count = table[known.row][known.column];
                *seen = (seen.0.min(count), seen.1.max(count));
            }
        }
        return;
    }
    if shown(at / 3, at % 3) {
        cells[at] = truth[at / 3][at % 3];
        return try_all(release, truth, intervals, cells, at + 1, seen);
    }
    for count in 1..=27 {
        cells[at] = count;
        try_all(release, truth, intervals, cells, at + 1, seen);
    }
}

/// The generator of `tests/peer/disclosure.py`.
fn seeded(rows: usize, columns: usize, seed: u64) -> CountTable {
    let mut state = seed;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let cells = (0..rows * columns).map(|_| match (next() % 100, next()) {
        (0..5, size) => 1 + size % 7,
        (5..10, _) => 0,
        (_, size) => 8 + size % 492,
    });
    CountTable::flat(rows, columns, &cells.collect::<Vec<_>>()).unwrap()
}

/// The fewest further cells by an integer program (`tests/peer/disclosure.py exact`).
#[test]
fn no_more_cells_are_lost_than_the_fewest_possible() {
    for line in include_str!("../data/disclosure_optima.csv").lines().skip(1) {
        let cells: Vec<u64> = line.split(',').map(|cell| cell.parse().unwrap()).collect();
        let table = seeded(cells[0] as usize, cells[1] as usize, cells[2]);
        let release = protect(&table, Policy::named("small-counts").unwrap());
        assert!(release.is_proved());
        assert_eq!(release.loss().partners as u64, cells[3], "{line}");
    }
}

/// Who is alone in a cell and knows it must not be able to work out another cell.
#[test]
fn a_person_alone_in_a_cell_learns_nothing_of_others() {
    // One person and three others in a row: whoever is the one knows the three unless a third cell is withheld.
    let table = CountTable::flat(1, 4, &[1, 3, 20, 30]).unwrap();
    let withheld = |code| {
        let release = protect(&table, Policy::named(code).unwrap());
        assert!(release.is_proved());
        (0..5).filter(|&column| release.figure(0, column).value().is_none()).count()
    };
    assert_eq!(withheld("town"), 3);
    // 1 and 3 of 4: neither 4 and 0 nor a count above 3 is possible for the first unless another is withheld.
    assert_eq!(withheld("ons-health-sensitive"), 3);
    assert_eq!(withheld("ons-health"), 2);
}

#[test]
fn totals_that_are_not_printed_protect_and_are_not_shown() {
    let table = CountTable::flat(2, 2, &[3, 20, 30, 40]).unwrap();
    let sensitive = Policy::named("ons-health-sensitive").unwrap();
    let lost = |totals| protect(&table.clone().with_totals(totals), sensitive).loss();
    assert_eq!(lost(Totals::BOTH).partners, 3);
    assert_eq!(lost(Totals { rows: true, columns: false }).partners, 1);
    assert_eq!(lost(Totals { rows: false, columns: false }).partners, 0);
    let bare = protect(&table.clone().with_totals(Totals { rows: false, columns: true }), sensitive);
    assert_eq!(bare.figure(0, 2).status(), "not-applicable");
    assert_eq!(bare.figure(2, 2).status(), "not-applicable");
    assert_eq!(bare.figure(2, 1).value(), Some(60.0));
}

#[test]
fn nothing_prints_the_counts() {
    let table = CountTable::flat(1, 2, &[4, 77]).unwrap();
    let release = protect(&table, Policy::named("town").unwrap());
    for text in [format!("{table:?}"), format!("{release:?}")] {
        assert!(!text.contains("77") && !text.contains('4'), "{text}");
    }
}

fn run(options: &[(&str, &str)], input: &str) -> Result<String, String> {
    let mut request = Request::new(MeasureEntry::named("suppress").unwrap());
    for (name, value) in options {
        request = request.option(name, value);
    }
    let mut output = Vec::new();
    request.run(input.as_bytes(), &mut output).map_err(|error| error.to_string())?;
    Ok(String::from_utf8(output).unwrap())
}

#[test]
fn an_area_tree_is_protected_on_every_level() {
    // Ward 1 has one small area: its neighbour is withheld, or the ward's total would give it away.
    let input = "row,parent,count\nA,Ward 1,3\nB,Ward 1,40\nC,Ward 2,50\nD,Ward 2,60\n";
    let out = run(&[("policy", "ons-health")], &input.replace(",3\n", ",2\n")).unwrap();
    let withheld: Vec<&str> =
        out.lines().filter(|line| line.contains("withheld")).map(|line| &line[..6]).collect();
    assert_eq!(withheld.len(), 2, "{out}");
    assert!(out.contains("A,,,,ons-health,withheld: it could identify someone"), "{out}");
    assert!(out.contains("Ward 1,,42") != out.contains("B,,40"), "{out}");
    assert!(out.contains("Total,,152"), "{out}");
}

#[test]
fn given_totals_must_be_sums() {
    let table = "row,column,count\nA,x,20\nA,y,30\nA,Total,50\nTotal,x,20\n";
    assert!(run(&[], table).is_ok());
    let error = run(&[], &table.replace("A,Total,50", "A,Total,49")).unwrap_err();
    assert!(error.contains("the total of A Total"), "{error}");
    assert!(!error.contains("50"), "{error}");
}

#[test]
fn odd_tables_are_refused_with_their_place() {
    let check = |rows: &str, said: &str| {
        let error = run(&[], &format!("row,column,count\n{rows}")).unwrap_err();
        assert!(error.contains(said), "{error}");
    };
    check("A,x,2.5\n", "a whole number of people");
    check("A,x,2\nA,x,3\n", "one line for each row and column");
    let circle = run(&[], "row,parent,count\nA,B,1\nB,A,2\n").unwrap_err();
    assert!(circle.contains("stand under themselves"), "{circle}");
    let withheld = run(&[], "row,count\nA,*\nB,5\n").unwrap();
    assert!(withheld.contains("not given: count suppressed in 1 row"), "{withheld}");
}

#[test]
fn rates_come_from_unrounded_counts_and_give_none_away() {
    let input = "row,count,denominator\nA,98,100000\nB,3,100000\nC,9,40\nD,0,50\n";
    let out = run(&[("policy", "hes")], input).unwrap();
    for line in [
        "A,,100,0.1,nhs-england,",
        "B,,,,nhs-england,withheld: it could identify someone",
        "C,,10,,nhs-england,rate withheld: it would give the count away",
        "D,,0,0,nhs-england,",
    ] {
        assert!(out.lines().any(|other| other == line), "{line}\n{out}");
    }
}
