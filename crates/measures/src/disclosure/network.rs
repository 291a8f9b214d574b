//! A table as a network: cells are arcs, sums are nodes, and a table that agrees with its totals is a circulation.
//!
//! Every cell of a two-way table lies in one sum of its row and one of its column, which is what makes it an arc between
//! two nodes (Cox 1995, *Network models for complementary cell suppression*, JASA 90: 1453-1462). That stays so when
//! rows form a tree: the sums of rows are kept for leaves and for the whole, and those between follow from them. So the
//! largest and the smallest value that a withheld cell may have are maximum flows, exact and whole, and no linear
//! program is needed.
//!
//! Columns that form a tree as well are not taken. A total of some rows under some columns then lies in two sums of rows or
//! two of columns besides its own, so that it is no longer an arc between two nodes, and the largest value that a cell may
//! have is an integer program (Fischetti and Salazar-González 2001). Its relaxation is a linear program, but what that
//! reaches need not be whole: it is a range too wide, and a cell that it calls safe may be worked out. A proof would take a
//! whole table for each end of every range, and a search that finds them.

use super::counts::CountTable;
use super::policy::Policy;

/// A cell as an arc.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arc {
    pub tail: u32,
    pub head: u32,
    /// The count.
    pub value: i64,
    /// The smallest and the largest value that an observer must allow for, as the cell is shown now.
    pub low: i64,
    pub high: i64,
}

/// No bound.
pub(super) const NONE: i64 = i64::MAX / 4;

/// How a cell is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Printed, perhaps rounded.
    Shown,
    /// Withheld by the policy's own range.
    Primary,
    /// Withheld to protect others.
    Partner,
    /// A total that is not printed.
    Absent,
}

/// The network of a table.
#[derive(Debug, Clone)]
pub(super) struct Network {
    pub arcs: Vec<Arc>,
    pub state: Vec<State>,
    /// The arcs at every node.
    pub at: Vec<Vec<u32>>,
    /// The arcs at every node that an observer does not know exactly.
    pub open: Vec<Vec<u32>>,
    /// The bounds of each cell when it is withheld.
    bounds: Vec<(i64, i64)>,
    /// The bounds of each cell when it is shown.
    shown: Vec<(i64, i64)>,
    /// Whether a cell may be withheld to protect others.
    pub partner: Vec<bool>,
}

impl Network {
    /// The network of a table with its primary cells withheld.
    pub fn new(table: &CountTable, policy: &Policy) -> Network {
        let (ends, nodes) = ends(table);
        let mut network = Network {
            arcs: Vec::with_capacity(table.cells()),
            state: vec![State::Shown; table.cells()],
            at: vec![Vec::new(); nodes],
            open: vec![Vec::new(); nodes],
            bounds: Vec::with_capacity(table.cells()),
            shown: Vec::with_capacity(table.cells()),
            partner: Vec::with_capacity(table.cells()),
        };
        for (cell, &(tail, head)) in ends.iter().enumerate() {
            let (count, people) = (table.count(cell), table.denominator(cell));
            let whole = |number: u64| i64::try_from(number).unwrap_or(NONE);
            // An observer who knows that zeros are shown knows that what is withheld is not zero.
            let zero = !policy.shows_zeros() || policy.withholds(0, people);
            let (first, last) = policy.alike(count);
            network.bounds.push((i64::from(!zero), people.map_or(NONE, whole)));
            network.shown.push((whole(first), whole(last)));
            network.partner.push((count > 0 || zero) && table.is_printed(cell));
            network.at[tail as usize].push(cell as u32);
            network.at[head as usize].push(cell as u32);
            network.arcs.push(Arc { tail, head, value: whole(count), low: 0, high: 0 });
            let state = match (table.is_printed(cell), policy.withholds(count, people)) {
                (false, _) => State::Absent,
                (true, true) => State::Primary,
                (true, false) => State::Shown,
            };
            network.bound(cell, state);
            if network.is_open(cell) {
                network.open[tail as usize].push(cell as u32);
                if tail != head {
                    network.open[head as usize].push(cell as u32);
                }
            }
        }
        network
    }

    /// Whether an observer is left with more than one value.
    fn is_open(&self, cell: usize) -> bool {
        self.arcs[cell].low < self.arcs[cell].high
    }

    fn bound(&mut self, cell: usize, state: State) {
        let (low, high) = match state {
            State::Shown => self.shown[cell],
            State::Primary | State::Partner => self.bounds[cell],
            State::Absent => (0, self.bounds[cell].1),
        };
        let arc = &mut self.arcs[cell];
        (arc.low, arc.high) = (low.min(arc.value), high.max(arc.value));
        self.state[cell] = state;
    }

    /// Shows or withholds a cell.
    pub fn set(&mut self, cell: usize, state: State) {
        self.bound(cell, state);
        let open = self.is_open(cell);
        let (tail, head) = (self.arcs[cell].tail as usize, self.arcs[cell].head as usize);
        for node in [tail, head] {
            let list = &mut self.open[node];
            match (list.iter().position(|&other| other == cell as u32), open) {
                (None, true) => list.push(cell as u32),
                (Some(place), false) => {
                    list.swap_remove(place);
                }
                _ => {}
            }
            if tail == head {
                break;
            }
        }
    }

    /// The bounds of a cell if it were withheld.
    pub fn if_withheld(&self, cell: usize) -> (i64, i64) {
        self.bounds[cell]
    }

    /// Whether a cell is withheld.
    pub fn is_withheld(&self, cell: usize) -> bool {
        matches!(self.state[cell], State::Primary | State::Partner)
    }
}

/// The two nodes of every cell, and how many nodes there are.
///
/// Counts flow from a leaf's row to its column under the row above, up the tree to the whole, and back through the
/// totals of rows down to the leaf. Where there is only one column, or no tree, the way round is through the ground.
fn ends(table: &CountTable) -> (Vec<(u32, u32)>, usize) {
    const GROUND: u32 = 0;
    let (rows, width) = (table.rows(), table.columns());
    // A leaf has one node for its row; any other row has a node for each column.
    let mut first = Vec::with_capacity(rows);
    let mut nodes = 1;
    for row in 0..rows {
        first.push(nodes as u32);
        nodes += if table.is_leaf(row) { 1 } else { width };
    }
    let mut all = Vec::with_capacity(rows * width);
    for row in 0..rows {
        let above = |column: usize| match table.parent(row) {
            Some(parent) => first[parent] + column as u32,
            None => GROUND,
        };
        for column in 0..width {
            let own = match (table.is_leaf(row), width) {
                (true, 1) => GROUND,
                (true, _) => first[row],
                (false, _) => first[row] + column as u32,
            };
            let beside = width > 1 && column + 1 == width;
            all.push(if beside { (above(column), own) } else { (own, above(column)) });
        }
    }
    (all, nodes)
}
