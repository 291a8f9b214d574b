//! A table of counts with its totals: rows that may form a tree, by columns.

use std::fmt;

use crate::MeasureError;

/// Which totals are printed beside a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Whether every row has its total. Without them there is no total of totals.
    pub rows: bool,
    /// Whether every column has its total.
    pub columns: bool,
}

impl Totals {
    /// Totals of rows and of columns.
    pub const BOTH: Totals = Totals { rows: true, columns: true };
}

/// Counts of people by row and column, with every total.
///
/// Rows may stand under other rows (areas in wards in a town), to any depth; columns are the parts of one whole (ages,
/// sexes). Where more than one row has none above it, a last row is added that is the total of all; where there is more
/// than one column, a last column is added that is the total of all. It has no way to print itself: only [`super::Release`] has figures that may be shown.
#[derive(Clone, PartialEq, Eq)]
pub struct CountTable {
    /// The row above each row; the total of all has none.
    parents: Vec<Option<usize>>,
    leaf: Vec<bool>,
    /// Columns with their total.
    width: usize,
    counts: Vec<u64>,
    denominators: Option<Vec<u64>>,
    totals: Totals,
}

impl CountTable {
    /// A flat table: `counts` row by row.
    ///
    /// # Errors
    /// As [`CountTable::tree`].
    pub fn flat(rows: usize, columns: usize, counts: &[u64]) -> Result<CountTable, MeasureError> {
        CountTable::tree(&vec![None; rows], columns, counts, None)
    }

    /// A table whose rows stand under others: `parents` has the place of the row above each row, `counts` the counts
    /// row by row, and `denominators` the people among whom they were counted. What is given for a row that has others
    /// under it is passed over: it is their sum.
    ///
    /// # Errors
    /// [`MeasureError::OutOfRange`] for a table without a cell, for a number of counts that is not rows × columns, for a
    /// count above its denominator, for a row above itself and for counts too large to add.
    pub fn tree(
        parents: &[Option<usize>],
        columns: usize,
        counts: &[u64],
        denominators: Option<&[u64]>,
    ) -> Result<CountTable, MeasureError> {
        let cells = parents.len() * columns;
        let refuse = |what, value: usize, expected| {
            Err(MeasureError::OutOfRange { what, value: value as f64, expected })
        };
        if cells == 0 {
            return refuse("a table", cells, "at least one row and one column");
        }
        if counts.len() != cells || denominators.is_some_and(|people| people.len() != cells) {
            return refuse("a number of counts", counts.len(), "one for every row and column");
        }
        if let Some(&row) = parents.iter().flatten().find(|&&above| above >= parents.len()) {
            return refuse("a row above another", row, "a row of the table");
        }
        let order = downwards(parents)?;
        let mut leaf = vec![true; parents.len()];
        parents.iter().flatten().for_each(|&above| leaf[above] = false);
        let mut above = parents.to_vec();
        if parents.iter().filter(|above| above.is_none()).count() > 1 {
            let total = Some(parents.len());
            above.iter_mut().for_each(|above| *above = above.or(total));
            above.push(None);
            leaf.push(false);
        }
        let width = if columns > 1 { columns + 1 } else { 1 };
        let add = |given: &[u64]| sums(given, &above, &leaf, &order, columns, width);
        let counts = add(counts)?;
        let denominators = denominators.map(add).transpose()?;
        if let Some(people) = &denominators
            && let Some((count, of)) = counts.iter().zip(people).find(|(count, of)| count > of)
        {
            let (events, population) = (*count as f64, *of as f64);
            return Err(MeasureError::MoreEventsThanPeople { events, population });
        }
        Ok(CountTable { parents: above, leaf, width, counts, denominators, totals: Totals::BOTH })
    }

    /// The same with some of its totals not printed.
    #[must_use]
    pub fn with_totals(mut self, totals: Totals) -> CountTable {
        self.totals = totals;
        self
    }

    /// Rows, with the total of all.
    pub fn rows(&self) -> usize {
        self.parents.len()
    }

    /// Columns, with the total of all where there is more than one.
    pub fn columns(&self) -> usize {
        self.width
    }

    /// Whether there is a total of columns.
    pub(super) fn is_wide(&self) -> bool {
        self.width > 1
    }

    /// The row above a row.
    pub fn parent(&self, row: usize) -> Option<usize> {
        self.parents.get(row).copied().flatten()
    }

    /// Whether no row stands under this one.
    pub fn is_leaf(&self, row: usize) -> bool {
        self.leaf.get(row).copied().unwrap_or(false)
    }

    /// Whether a cell is a sum of others.
    pub(super) fn is_total(&self, cell: usize) -> bool {
        let (row, column) = (cell / self.width, cell % self.width);
        !self.leaf[row] || (self.is_wide() && column + 1 == self.width)
    }

    /// Whether a cell is printed, withheld or not.
    pub fn is_printed(&self, cell: usize) -> bool {
        let (row, column) = (cell / self.width, cell % self.width);
        let below = self.parents[row].is_none() && !self.leaf[row];
        let beside = self.is_wide() && column + 1 == self.width;
        (!below || self.totals.columns) && (!beside || self.totals.rows)
    }

    /// Cells, row by row.
    pub(super) fn cells(&self) -> usize {
        self.counts.len()
    }

    pub(super) fn count(&self, cell: usize) -> u64 {
        self.counts[cell]
    }

    pub(super) fn denominator(&self, cell: usize) -> Option<u64> {
        self.denominators.as_ref().map(|people| people[cell])
    }

    /// Whether the table has denominators.
    pub fn has_denominators(&self) -> bool {
        self.denominators.is_some()
    }
}

/// Says how large it is and nothing of what is in it.
impl fmt::Debug for CountTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CountTable({} rows, {} columns)", self.rows(), self.width)
    }
}

/// Rows so that every row comes after the one above it.
fn downwards(parents: &[Option<usize>]) -> Result<Vec<usize>, MeasureError> {
    let mut under = vec![Vec::new(); parents.len()];
    let mut order: Vec<usize> = Vec::with_capacity(parents.len());
    for (row, above) in parents.iter().enumerate() {
        match above {
            Some(above) => under[*above].push(row),
            None => order.push(row),
        }
    }
    let mut next = 0;
    while let Some(&row) = order.get(next) {
        next += 1;
        order.extend_from_slice(&under[row]);
    }
    if order.len() < parents.len() {
        let missing = parents.len() - order.len();
        return Err(MeasureError::TooMany {
            what: "rows that stand under themselves",
            count: missing,
            most: 0,
        });
    }
    Ok(order)
}

/// Every count with its totals. `order` has the rows of the table without the total that was added.
fn sums(
    given: &[u64],
    above: &[Option<usize>],
    leaf: &[bool],
    order: &[usize],
    columns: usize,
    width: usize,
) -> Result<Vec<u64>, MeasureError> {
    /// Far above any count of people, and far below where sums would not fit.
    const MOST: u64 = 1 << 53;
    let mut all = vec![0_u64; above.len() * width];
    for (row, counts) in given.chunks(columns).enumerate().filter(|(row, _)| leaf[*row]) {
        all[row * width..row * width + columns].copy_from_slice(counts);
    }
    let too_large = |value: u64| MeasureError::OutOfRange {
        what: "a sum of counts",
        value: value as f64,
        expected: "less than 2 to the power of 53",
    };
    for &row in order.iter().rev() {
        let Some(up) = above[row] else { continue };
        for column in 0..columns {
            let sum = all[up * width + column].saturating_add(all[row * width + column]);
            all[up * width + column] = if sum < MOST { sum } else { return Err(too_large(sum)) };
        }
    }
    if width > columns {
        for counts in all.chunks_mut(width) {
            let sum = counts[..columns].iter().fold(0_u64, |sum, &count| sum.saturating_add(count));
            counts[columns] = if sum < MOST { sum } else { return Err(too_large(sum)) };
        }
    }
    Ok(all)
}
