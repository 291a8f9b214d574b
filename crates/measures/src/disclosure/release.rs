//! A table that may be shown.

use std::fmt;

use vocabulary::{Figure, Withheld};

use super::counts::CountTable;
use super::demand::{Demand, demands};
use super::flow::{Flow, Push, Way};
use super::network::{NONE, Network, State};
use super::policy::Policy;
use super::search::Search;

/// A table as its policy lets it be shown: counts as they are or rounded, and cells that are withheld.
///
/// It does not tell which cells are withheld for being small and which to protect those: somebody who knew would know
/// that a count is small, and with it more than the policy allows.
#[derive(Clone)]
pub struct Release {
    policy: &'static Policy,
    table: CountTable,
    network: Network,
    demands: Vec<Demand>,
}

/// What an observer can work out of a withheld cell, who knows all that is shown, that counts are not negative, and how
/// the policy treats zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Its row.
    pub row: usize,
    /// Its column.
    pub column: usize,
    /// The smallest count that it can be.
    pub low: u64,
    /// The largest; there may be none.
    pub high: Option<u64>,
}

/// How much a table lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loss {
    /// Cells that are printed, withheld or not.
    pub cells: usize,
    /// Cells withheld by the policy's range.
    pub primary: usize,
    /// Cells withheld to protect those.
    pub partners: usize,
}

/// Withholds what a policy withholds, and as few further cells as it takes that no total gives one away.
///
/// Nobody who knows the shown cells and totals can exclude any count of the policy's range for a withheld cell, except
/// where the zeros that are shown do so already. Zeros are never withheld to protect others, unless the policy withholds
/// zeros. The same table gives the same release. With a policy that asks for no secondary suppression nothing further is
/// withheld, and [`Release::intervals`] says what that leaves open.
pub fn protect(table: &CountTable, policy: &'static Policy) -> Release {
    let mut network = Network::new(table, policy);
    let needed = demands(table, policy, &network);
    let demands = if policy.secondary() {
        let mut search = Search::new(&mut network, needed, |cell| table.is_total(cell));
        search.run(policy.insider());
        search.demands
    } else {
        Vec::new()
    };
    Release { policy, table: table.clone(), network, demands }
}

impl Release {
    /// The policy that it follows.
    pub fn policy(&self) -> &'static Policy {
        self.policy
    }

    /// Rows, with the total of all.
    pub fn rows(&self) -> usize {
        self.table.rows()
    }

    /// Columns, with the total of all where there is more than one.
    pub fn columns(&self) -> usize {
        self.table.columns()
    }

    /// What a cell shows. Outside the table and in totals that are not printed: not applicable.
    pub fn figure(&self, row: usize, column: usize) -> Figure {
        match self.printed(row, column) {
            None => Figure::Withheld(Withheld::NotApplicable),
            Some(cell) if self.network.is_withheld(cell) => Figure::Withheld(Withheld::Suppressed),
            Some(cell) => Figure::Value(self.policy.rounded(self.table.count(cell)) as f64),
        }
    }

    /// The rate of a cell per `multiplier`, from unrounded counts: withheld with its count, and not applicable without
    /// people. Where the policy rounds, the rate has only so many decimals that it gives away no more than the rounded
    /// count does.
    pub fn rate(&self, row: usize, column: usize, multiplier: f64) -> Figure {
        let Some(cell) = self.printed(row, column) else { return Figure::Withheld(Withheld::NotApplicable) };
        let Some(people) = self.table.denominator(cell).filter(|&people| people > 0) else {
            return Figure::Withheld(Withheld::NotApplicable);
        };
        if self.network.is_withheld(cell) {
            return Figure::Withheld(Withheld::Suppressed);
        }
        let count = self.table.count(cell);
        super::rate::shown(count, self.policy.alike(count), people, multiplier)
    }

    fn printed(&self, row: usize, column: usize) -> Option<usize> {
        let inside = row < self.rows() && column < self.columns();
        let cell = row * self.columns() + column;
        (inside && self.table.is_printed(cell)).then_some(cell)
    }

    /// How much the table lost.
    pub fn loss(&self) -> Loss {
        let count = |state| self.network.state.iter().filter(|&&other| other == state).count();
        Loss {
            cells: self.network.state.len() - count(State::Absent),
            primary: count(State::Primary),
            partners: count(State::Partner),
        }
    }

    /// What can be worked out of each withheld cell: exact bounds, by a maximum flow each way.
    pub fn intervals(&self) -> Vec<Interval> {
        let mut flow = Flow::new(&self.network);
        let withheld = (0..self.network.arcs.len()).filter(|&cell| self.network.is_withheld(cell));
        withheld
            .map(|cell| {
                let arc = self.network.arcs[cell];
                let mut reach = |way, amount| {
                    let pushed = flow.push(&self.network, Push { cell, way, amount, known: None });
                    flow.take();
                    pushed
                };
                let low = arc.value - reach(Way::Down, arc.value - arc.low);
                let up = reach(Way::Up, arc.high - arc.value);
                let high = (up < NONE / 2).then(|| u64::try_from(arc.value + up).unwrap_or(0));
                let (row, column) = (cell / self.columns(), cell % self.columns());
                Interval { row, column, low: u64::try_from(low).unwrap_or(0), high }
            })
            .collect()
    }

    /// Whether every withheld cell has its proof: for each end of the policy's range another table that agrees with all
    /// that is shown and has that count in the cell. Checks the proofs that the search left, without trust in it.
    pub fn is_proved(&self) -> bool {
        let mut moves = vec![false; self.network.state.len()];
        self.demands
            .iter()
            .flat_map(|demand| &demand.witness)
            .for_each(|&(cell, _)| moves[cell as usize] = true);
        let mut states = self.network.state.iter().zip(moves);
        self.demands.iter().all(|demand| self.holds(demand))
            && states.all(|(&state, moves)| state != State::Partner || moves)
    }

    /// Whether the witness of a demand is a table that an observer must allow for.
    fn holds(&self, demand: &Demand) -> bool {
        let own = match demand.way {
            Some(Way::Down) => -demand.reached,
            Some(Way::Up) => demand.reached,
            None => self.free(demand),
        };
        let mut sums = std::collections::BTreeMap::new();
        for (cell, moved) in demand.witness.iter().copied().chain([(demand.cell as u32, own)]) {
            let arc = self.network.arcs[cell as usize];
            let now = arc.value + moved;
            if now < arc.low || now > arc.high || demand.known == Some(cell as usize) {
                return false;
            }
            *sums.entry(arc.tail).or_insert(0) -= moved;
            *sums.entry(arc.head).or_insert(0) += moved;
        }
        sums.values().all(|&sum| sum == 0)
    }

    /// Which way a cell moved that may move either way: what the others at its node leave over.
    fn free(&self, demand: &Demand) -> i64 {
        let tail = self.network.arcs[demand.cell].tail;
        demand.witness.iter().fold(0, |sum, &(cell, moved)| {
            let arc = self.network.arcs[cell as usize];
            let (out, inward) = (arc.tail == tail, arc.head == tail);
            sum + if inward { moved } else { 0 } - if out { moved } else { 0 }
        })
    }
}

/// Says how large it is and nothing of what is in it.
impl fmt::Debug for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Release({}, {:?})", self.policy.code(), self.table)
    }
}
