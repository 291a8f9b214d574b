//! Gaps over a table: the figure of one group against that of another.

use crate::table::{Answers, Cells, Column, Fault, Measure, Setup, Shape};
use crate::table::{Example, MeasureEntry, OptionEntry};
use crate::{Confidence, Estimate, Levels, MeasureError, Reason, absolute_gap, relative_gap};

const COLUMNS: &[Column] = &[
    Column::label("group", "which group each row is"),
    Column::number("value", "its figure"),
    Column::number("lower95", "the lower 95% limit").optional(),
    Column::number("upper95", "the upper 95% limit").optional(),
    Column::number("lower998", "the lower 99.8% limit").optional(),
    Column::number("upper998", "the upper 99.8% limit").optional(),
];

const OPTIONS: &[OptionEntry] = &[
    OptionEntry { name: "first", default: "", what: "the group that is compared; the first row when empty" },
    OptionEntry {
        name: "second",
        default: "",
        what: "the group that it is compared with; the last row when empty",
    },
];

const INPUT: &str = "area,group,value,lower95,upper95\nA,most deprived,0.7,0.65,0.75\nA,middle,0.8,0.76,0.84\n\
                     A,least deprived,0.9,0.87,0.92\n";

const PEERS: &str = "phe_ functions have no gaps; WHO's HEAT calls them difference and ratio and takes normal limits from \
                     standard errors, which leave the possible range for small counts.";

pub(crate) const ABSOLUTE: MeasureEntry = MeasureEntry {
    name: "gap",
    aliases: &["absolute-gap"],
    title: "Absolute gap",
    summary: "How far the figure of one group is from that of another, with an interval from theirs",
    formula: "a − b; limits a − b ∓ √((a − lower a)² + (upper b − b)²) and its mirror image (MOVER)",
    source: "Zou and Donner 2008, Stat Med 27: 1693-1702; for proportions method 10 of Newcombe 1998, Stat Med 17: 873-890",
    peers: PEERS,
    columns: COLUMNS,
    options: OPTIONS,
    shape: Shape { labels: &["first", "second"], estimate: true, after: &[] },
    example: Example {
        options: &[],
        input: INPUT,
        output: "area,first,second,value,lower95,upper95,lower998,upper998,method,note\nA,most deprived,least deprived,-0.20000000000000007,-0.2538516480713451,-0.14169048105154702,,,MOVER difference,\n",
    },
    run: crate::table::run::<Table<false>>,
};

pub(crate) const RELATIVE: MeasureEntry = MeasureEntry {
    name: "relative-gap",
    aliases: &["gap-ratio"],
    title: "Relative gap",
    summary: "How many times the figure of one group is that of another, with an interval from theirs",
    formula: "a/b; limits by MOVER for ratios",
    source: "Donner and Zou 2012, Stat Methods Med Res 21: 347-359, equation 9",
    peers: PEERS,
    columns: COLUMNS,
    options: OPTIONS,
    shape: Shape { labels: &["first", "second"], estimate: true, after: &[] },
    example: Example {
        options: &[],
        input: INPUT,
        output: "area,first,second,value,lower95,upper95,lower998,upper998,method,note\nA,most deprived,least deprived,0.7777777777777777,0.7199643330563748,0.8399903303959014,,,MOVER ratio,\n",
    },
    run: crate::table::run::<Table<true>>,
};

struct Table<const RELATIVE: bool> {
    first: String,
    second: String,
    levels: Levels,
}

impl<const RELATIVE: bool> Measure for Table<RELATIVE> {
    type State = Vec<(String, Estimate)>;

    fn new(setup: &Setup) -> Result<Self, MeasureError> {
        let pair = |column: usize| setup.has(column) && setup.has(column + 1);
        let known: Vec<Confidence> = [(2, Confidence::P95), (4, Confidence::P998)]
            .into_iter()
            .filter(|c| pair(c.0))
            .map(|c| c.1)
            .collect();
        let name = |option: &str| setup.text(option).trim().to_owned();
        Ok(Table { first: name("first"), second: name("second"), levels: Levels::new(&known)? })
    }

    fn add(&mut self, state: &mut Self::State, cells: &Cells) -> Result<(), Fault> {
        let estimate = Estimate::new(cells.number(1), "", &self.levels, |confidence| match confidence {
            Confidence::P95 => (cells.number(2), cells.number(3)),
            _ => (cells.number(4), cells.number(5)),
        });
        state.push((cells.text(0)?.to_owned(), estimate));
        Ok(())
    }

    fn answer(&mut self, state: &mut Self::State, answers: &mut Answers) -> Result<(), MeasureError> {
        if state.len() < 2 {
            return Err(Reason::FewGroups { what: "groups", count: state.len(), least: 2 }.into());
        }
        let (first, second) = (find(state, &self.first, 0)?, find(state, &self.second, state.len() - 1)?);
        let gap = match RELATIVE {
            true => relative_gap(&first.1, &second.1)?,
            false => absolute_gap(&first.1, &second.1),
        };
        answers.labelled(&[&first.0, &second.0], &gap);
        Ok(())
    }
}

/// The group with this name, or the one at this place when there is no name.
fn find<'s>(
    state: &'s [(String, Estimate)],
    name: &str,
    place: usize,
) -> Result<&'s (String, Estimate), MeasureError> {
    let found =
        if name.is_empty() { state.get(place) } else { state.iter().find(|(known, _)| known == name) };
    found.ok_or_else(|| MeasureError::Unknown {
        what: "a group",
        value: name.to_owned(),
        expected: state.iter().map(|(known, _)| known.as_str()).collect::<Vec<_>>().join(", "),
    })
}
