//! What has to hold before a table may be shown: how far each withheld cell must be able to move.

use super::counts::CountTable;
use super::flow::{Flow, Push, Way};
use super::network::{NONE, Network, State};
use super::policy::Policy;

/// One thing that has to hold, and the proof that it does.
#[derive(Debug, Clone)]
pub(super) struct Demand {
    pub cell: usize,
    /// Which way; either will do where there is none.
    pub way: Option<Way>,
    pub amount: i64,
    /// A cell whose count the observer knows.
    pub known: Option<usize>,
    /// How far it can move. Less than the amount only where no cell is left to withhold but zeros.
    pub reached: i64,
    pub witness: Witness,
}

/// Another table with the same figures in all that is shown: the cells that differ, and by how much.
pub(super) type Witness = Vec<(u32, i64)>;

/// What the primary cells of a table need.
///
/// An observer may exclude no count of the policy's range: the cell must be able to fall to the first and to rise to the
/// last of it.
pub(super) fn demands(table: &CountTable, policy: &Policy, network: &Network) -> Vec<Demand> {
    let mut all = Vec::new();
    for cell in (0..network.arcs.len()).filter(|&cell| network.state[cell] == State::Primary) {
        let Some((first, last)) = policy.protected(table.count(cell), table.denominator(cell)) else {
            continue;
        };
        let whole = |number: u64| i64::try_from(number).unwrap_or(NONE);
        let arc = network.arcs[cell];
        let up = whole(last).min(arc.high) - arc.value;
        let down = arc.value - whole(first).max(arc.low);
        let before = all.len();
        for (way, amount) in [(Way::Up, up), (Way::Down, down)] {
            if amount > 0 {
                all.push(Demand {
                    cell,
                    way: Some(way),
                    amount,
                    known: None,
                    reached: 0,
                    witness: Vec::new(),
                });
            }
        }
        // A range of one count: at least it must not be the only one that is possible.
        if all.len() == before {
            all.push(Demand { cell, way: None, amount: 1, known: None, reached: 0, witness: Vec::new() });
        }
    }
    // The largest first: what they need often serves the others.
    all.sort_by_key(|demand| std::cmp::Reverse(demand.amount));
    all
}

/// Pairs of primary cells of which one gives the other away to somebody who is alone in it and knows it.
pub(super) fn insiders(network: &Network, flow: &mut Flow, demands: &[Demand]) -> Vec<Demand> {
    let alone: Vec<bool> = (0..network.arcs.len())
        .map(|cell| network.is_withheld(cell) && network.arcs[cell].value == 1)
        .collect();
    // Somebody alone in a cell matters to another only where every proof for that other moves both.
    let mut suspects: Vec<(usize, Vec<u32>)> = Vec::new();
    let mut cells: Vec<&Demand> = demands.iter().filter(|demand| demand.known.is_none()).collect();
    cells.sort_by_key(|demand| demand.cell);
    for same in cells.chunk_by(|a, b| a.cell == b.cell) {
        let known = |cell: u32| alone[cell as usize] && cell as usize != same[0].cell;
        let mut inside: Vec<u32> =
            same[0].witness.iter().map(|&(cell, _)| cell).filter(|&cell| known(cell)).collect();
        inside
            .retain(|&cell| same.iter().all(|demand| demand.witness.iter().any(|&(other, _)| other == cell)));
        if !inside.is_empty() {
            suspects.push((same[0].cell, inside));
        }
    }
    let mut found = Vec::new();
    for (cell, inside) in suspects {
        for known in inside.into_iter().map(|cell| cell as usize) {
            let asked = demands.iter().any(|demand| demand.cell == cell && demand.known == Some(known));
            let moves = |flow: &mut Flow, way| {
                let pushed = flow.push(network, Push { cell, way, amount: 1, known: Some(known) });
                flow.take();
                pushed > 0 && within(network, cell, way)
            };
            if !asked && !moves(flow, Way::Up) && !moves(flow, Way::Down) {
                found.push(Demand {
                    cell,
                    way: None,
                    amount: 1,
                    known: Some(known),
                    reached: 0,
                    witness: Vec::new(),
                });
            }
        }
    }
    found
}

/// Whether the cell itself has room to move by one.
pub(super) fn within(network: &Network, cell: usize, way: Way) -> bool {
    let arc = network.arcs[cell];
    match way {
        Way::Up => arc.value < arc.high,
        Way::Down => arc.value > arc.low,
    }
}
