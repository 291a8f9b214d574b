//! How far a withheld cell can move while everything that is shown stays as it is.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::network::{NONE, Network, State};

/// Which way a cell is to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
}

/// A cell to move, and how far.
#[derive(Debug, Clone, Copy)]
pub(super) struct Push {
    pub cell: usize,
    pub way: Way,
    pub amount: i64,
    /// A cell whose count the observer knows.
    pub known: Option<usize>,
}

impl Push {
    /// Where the rest of the way round begins and ends.
    fn ends(self, network: &Network) -> (usize, usize) {
        let arc = network.arcs[self.cell];
        match self.way {
            Way::Up => (arc.head as usize, arc.tail as usize),
            Way::Down => (arc.tail as usize, arc.head as usize),
        }
    }

    fn passes(self, cell: usize) -> bool {
        cell != self.cell && self.known != Some(cell)
    }
}

/// A step along an arc: the arc, and whether its cell rises.
#[derive(Debug, Clone, Copy)]
struct Step {
    cell: u32,
    rises: bool,
}

/// What a search needs, kept between searches: one at a time, on networks of one size.
#[derive(Debug, Clone)]
pub(super) struct Flow {
    /// How far each cell has been moved.
    moved: Vec<i64>,
    touched: Vec<u32>,
    stamp: u32,
    seen: Vec<u32>,
    came: Vec<Step>,
    cost: Vec<u64>,
    queue: VecDeque<u32>,
    heap: BinaryHeap<Reverse<(u64, u32)>>,
    /// Arcs looked at so far: the clock of a crate that has none.
    pub effort: u64,
}

impl Flow {
    pub fn new(network: &Network) -> Flow {
        let nodes = network.at.len();
        Flow {
            moved: vec![0; network.arcs.len()],
            touched: Vec::new(),
            stamp: 0,
            seen: vec![0; nodes],
            came: vec![Step { cell: 0, rises: false }; nodes],
            cost: vec![0; nodes],
            queue: VecDeque::new(),
            heap: BinaryHeap::new(),
            effort: 0,
        }
    }

    /// Moves a cell as far as it goes, at most by the amount, and says how far that is.
    pub fn push(&mut self, network: &Network, push: Push) -> i64 {
        let (from, to) = push.ends(network);
        if from == to {
            // A cell that is in no sum.
            return push.amount;
        }
        let mut pushed = 0;
        while pushed < push.amount && self.reach(network, push, from, to) {
            let most = self.bottleneck(network, from, to).min(push.amount - pushed);
            self.augment(network, from, to, most);
            pushed += most;
        }
        pushed
    }

    /// The way round by the fewest cells, along which at least one can be moved.
    fn reach(&mut self, network: &Network, push: Push, from: usize, to: usize) -> bool {
        self.stamp += 1;
        self.queue.clear();
        self.queue.push_back(from as u32);
        self.seen[from] = self.stamp;
        while let Some(node) = self.queue.pop_front() {
            self.effort += network.open[node as usize].len() as u64;
            for &cell in &network.open[node as usize] {
                let arc = network.arcs[cell as usize];
                let rises = arc.tail == node;
                let next = if rises { arc.head } else { arc.tail } as usize;
                if self.seen[next] == self.stamp || !push.passes(cell as usize) {
                    continue;
                }
                if self.room(network, cell as usize, rises) > 0 {
                    self.seen[next] = self.stamp;
                    self.came[next] = Step { cell, rises };
                    if next == to {
                        return true;
                    }
                    self.queue.push_back(next as u32);
                }
            }
        }
        false
    }

    /// The cheapest way round on which `need` can be moved, withholding cells that are shown now: those cells, or
    /// nothing where there is no way. `price` is that of withholding a cell.
    pub fn cheapest(
        &mut self,
        network: &Network,
        push: Push,
        need: i64,
        price: &impl Fn(usize) -> Option<u64>,
    ) -> Option<(u64, Vec<u32>)> {
        let (from, to) = push.ends(network);
        self.stamp += 1;
        self.heap.clear();
        self.cost[from] = 0;
        self.seen[from] = self.stamp;
        self.heap.push(Reverse((0, from as u32)));
        while let Some(Reverse((cost, node))) = self.heap.pop() {
            if node as usize == to {
                break;
            }
            if cost > self.cost[node as usize] {
                continue;
            }
            self.effort += network.at[node as usize].len() as u64;
            for &cell in &network.at[node as usize] {
                let arc = network.arcs[cell as usize];
                let rises = arc.tail == node;
                let next = if rises { arc.head } else { arc.tail } as usize;
                // Most cells cost something, so that most can be passed over by their cost alone.
                let seen = self.seen[next] == self.stamp;
                if (seen && self.cost[next] <= cost) || !push.passes(cell as usize) {
                    continue;
                }
                let Some(extra) = self.price_of(network, cell as usize, rises, need, price) else { continue };
                if !seen || cost + extra < self.cost[next] {
                    self.seen[next] = self.stamp;
                    self.cost[next] = cost + extra;
                    self.came[next] = Step { cell, rises };
                    self.heap.push(Reverse((cost + extra, next as u32)));
                }
            }
        }
        if self.seen[to] != self.stamp {
            return None;
        }
        let mut added = Vec::new();
        let mut node = to;
        while node != from {
            let step = self.came[node];
            if self.room(network, step.cell as usize, step.rises) < need {
                added.push(step.cell);
            }
            node = before(network, node, step);
        }
        Some((self.cost[to], added))
    }

    /// What it costs to move `need` along an arc: nothing where there is room already.
    #[inline]
    fn price_of(
        &self,
        network: &Network,
        cell: usize,
        rises: bool,
        need: i64,
        price: &impl Fn(usize) -> Option<u64>,
    ) -> Option<u64> {
        if self.room(network, cell, rises) >= need {
            return Some(0);
        }
        if network.state[cell] != State::Shown || !network.partner[cell] {
            return None;
        }
        let (low, high) = network.if_withheld(cell);
        let now = network.arcs[cell].value + self.moved[cell];
        let room = if rises { high - now } else { now - low };
        if room >= need { price(cell) } else { None }
    }

    /// How far a cell can still move.
    #[inline]
    fn room(&self, network: &Network, cell: usize, rises: bool) -> i64 {
        let arc = network.arcs[cell];
        let now = arc.value + self.moved[cell];
        if rises { arc.high - now } else { now - arc.low }
    }

    fn bottleneck(&self, network: &Network, from: usize, to: usize) -> i64 {
        let (mut node, mut most) = (to, NONE);
        while node != from {
            let step = self.came[node];
            most = most.min(self.room(network, step.cell as usize, step.rises));
            node = before(network, node, step);
        }
        most
    }

    fn augment(&mut self, network: &Network, from: usize, to: usize, amount: i64) {
        let mut node = to;
        while node != from {
            let step = self.came[node];
            if self.moved[step.cell as usize] == 0 {
                self.touched.push(step.cell);
            }
            self.moved[step.cell as usize] += if step.rises { amount } else { -amount };
            node = before(network, node, step);
        }
    }

    /// The cells that were moved, and how far; all are as they were after this.
    pub fn take(&mut self) -> Vec<(u32, i64)> {
        let mut all = Vec::with_capacity(self.touched.len());
        for cell in self.touched.drain(..) {
            let moved = std::mem::take(&mut self.moved[cell as usize]);
            // A cell that came back is touched twice.
            if moved != 0 {
                all.push((cell, moved));
            }
        }
        all
    }
}

/// The node that a step came from.
fn before(network: &Network, node: usize, step: Step) -> usize {
    let arc = network.arcs[step.cell as usize];
    debug_assert!(node == if step.rises { arc.head } else { arc.tail } as usize);
    if step.rises { arc.tail as usize } else { arc.head as usize }
}
