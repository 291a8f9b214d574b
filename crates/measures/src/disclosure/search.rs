//! Which further cells to withhold.
//!
//! Each demand is met by the cheapest way round the network that it can move along; cells that are withheld already cost
//! nothing. What that leaves is improved by taking some cells back and meeting what they broke another way, as long as
//! no more cells are lost. The integer program (Fischetti and Salazar-González 2001, *Solving the cell suppression
//! problem on tabular data with linear constraints*, Management Science 47: 1008-1027) finds the fewest cells, in minutes
//! to days; on tables small enough to ask it, this loses as few (`tests/peer/disclosure.py`).
//!
//! The same table gives the same cells: chance is seeded and time is counted in arcs looked at.

use super::demand::{Demand, Witness, insiders, within};
use super::flow::{Flow, Push, Way};
use super::network::{Network, State};

/// Arcs that the improvement may look at.
const EFFORT: u64 = 15_000_000;
/// A withheld cell that is a total costs a little more than one that is none, and a large one more than a small one; a
/// cell more always costs more than that.
const CELL: u64 = 1 << FEWEST;
const TOTAL: u64 = 1 << 20;
/// What is left of a cost without this many of its digits is the number of cells.
const FEWEST: u32 = 40;

/// The search, and the cells that it withholds.
pub(super) struct Search<'n> {
    network: &'n mut Network,
    flow: Flow,
    price: Vec<u64>,
    pub demands: Vec<Demand>,
    /// The demands whose witness moves a partner, for every cell.
    users: Vec<Vec<u32>>,
    partners: Vec<u32>,
    cost: u64,
    end: u64,
    /// Which of two ways that lose as many cells is taken: by worth where this is zero, by chance otherwise.
    salt: u64,
    state: u64,
}

/// What is needed to go back.
#[derive(Default)]
struct Undo {
    witnesses: Vec<(usize, Witness, i64)>,
    shown: Vec<u32>,
    withheld: Vec<u32>,
}

impl<'n> Search<'n> {
    pub fn new(
        network: &'n mut Network,
        demands: Vec<Demand>,
        is_total: impl Fn(usize) -> bool,
    ) -> Search<'n> {
        let flow = Flow::new(network);
        let price = network.arcs.iter().enumerate().map(|(cell, arc)| {
            let size = u64::from(arc.value.unsigned_abs().max(1).ilog2());
            CELL + size + if is_total(cell) { TOTAL } else { 0 }
        });
        let (price, users) = (price.collect(), vec![Vec::new(); network.arcs.len()]);
        let (partners, cost, state) = (Vec::new(), 0, 0x9e37_79b9_7f4a_7c15);
        Search { network, flow, price, demands, users, partners, cost, end: EFFORT, salt: 0, state }
    }

    /// Meets every demand.
    pub fn run(&mut self, insider: bool) {
        let mut undo = Undo::default();
        for demand in 0..self.demands.len() {
            self.meet(demand, &[], &mut undo);
        }
        self.improve();
        if !insider {
            return;
        }
        loop {
            let more = insiders(self.network, &mut self.flow, &self.demands);
            if more.is_empty() {
                break;
            }
            for demand in more {
                self.demands.push(demand);
                self.meet(self.demands.len() - 1, &[], &mut Undo::default());
            }
            self.improve();
        }
    }

    /// Meets one demand as cheaply as can be, without the barred cells.
    fn meet(&mut self, demand: usize, barred: &[u32], undo: &mut Undo) {
        let Demand { cell, way, amount, known, .. } = self.demands[demand];
        let ways = match way {
            Some(way) => vec![way],
            None => [Way::Up, Way::Down].into_iter().filter(|&way| within(self.network, cell, way)).collect(),
        };
        let pushes: Vec<Push> = ways.into_iter().map(|way| Push { cell, way, amount, known }).collect();
        // For nothing, in any way that will do.
        let mut pushed = 0;
        for &push in &pushes {
            pushed = self.flow.push(self.network, push);
            if pushed == amount {
                return self.keep(demand, pushed, undo);
            }
            if pushes.len() > 1 {
                self.flow.take();
                pushed = 0;
            }
        }
        while pushed < amount {
            let (prices, salt, need) = (&self.price, self.salt, amount - pushed);
            let price = |cell: usize| match barred.contains(&(cell as u32)) {
                true => None,
                false if salt == 0 => Some(prices[cell]),
                false => Some(CELL + ((cell as u64 ^ salt).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 44)),
            };
            let mut best: Option<(u64, Vec<u32>, Push)> = None;
            for &push in &pushes {
                for need in [need, 1] {
                    let found = self.flow.cheapest(self.network, push, need, &price);
                    if let Some((cost, added)) = found {
                        if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                            best = Some((cost, added, push));
                        }
                        break;
                    }
                }
            }
            // Nothing more can be withheld: an observer learns as much from the zeros that are shown.
            let Some((_, added, push)) = best else { break };
            for cell in added {
                self.withhold(cell, undo);
            }
            let more = self.flow.push(self.network, Push { amount: need, ..push });
            pushed += more;
            if more == 0 {
                break;
            }
        }
        self.keep(demand, pushed, undo);
    }

    fn keep(&mut self, demand: usize, reached: i64, undo: &mut Undo) {
        let witness = self.flow.take();
        for &(cell, _) in &witness {
            self.users[cell as usize].push(demand as u32);
        }
        let asked = &mut self.demands[demand];
        let before = std::mem::replace(&mut asked.witness, witness);
        undo.witnesses.push((demand, before, std::mem::replace(&mut asked.reached, reached)));
    }

    /// Drops what proves a demand.
    fn forget(&mut self, demand: usize) {
        for &(cell, _) in &self.demands[demand].witness {
            let users = &mut self.users[cell as usize];
            if let Some(place) = users.iter().position(|&user| user as usize == demand) {
                users.swap_remove(place);
            }
        }
    }

    fn withhold(&mut self, cell: u32, undo: &mut Undo) {
        self.network.set(cell as usize, State::Partner);
        self.partners.push(cell);
        self.cost += self.price[cell as usize];
        undo.withheld.push(cell);
    }

    fn show(&mut self, cell: u32) {
        self.network.set(cell as usize, State::Shown);
        self.partners.retain(|&other| other != cell);
        self.cost -= self.price[cell as usize];
    }

    /// Takes cells back: first as long as no more cells are lost, then as long as what is lost is worth less.
    fn improve(&mut self) {
        self.prune(&mut Undo::default());
        for (digits, patience) in [(FEWEST, 80), (0, 10)] {
            let mut idle = 0;
            while !self.partners.is_empty()
                && idle < patience * (10 + self.partners.len())
                && self.flow.effort < self.end
            {
                let before = self.cost;
                let taken = self.choose();
                self.salt = if digits > 0 { 1 + self.chance(usize::MAX) as u64 } else { 0 };
                let mut undo = Undo::default();
                let met = self.take_back(&taken, &mut undo);
                if !met || self.cost >> digits > before >> digits {
                    self.go_back(undo);
                }
                idle = if self.cost >> digits < before >> digits { 0 } else { idle + 1 };
            }
        }
        self.salt = 0;
    }

    /// Shows some partners and meets what that broke without them: whether it could, at no more than they cost.
    fn take_back(&mut self, taken: &[u32], undo: &mut Undo) -> bool {
        let mut broken: Vec<u32> =
            taken.iter().flat_map(|&cell| self.users[cell as usize].iter().copied()).collect();
        broken.sort_unstable();
        broken.dedup();
        for &cell in taken {
            self.show(cell);
            undo.shown.push(cell);
        }
        let turn = if broken.is_empty() { 0 } else { self.chance(broken.len()) };
        broken.rotate_left(turn);
        for &demand in &broken {
            self.forget(demand as usize);
        }
        // All of them are barred, or only the first, so that what is good of the rest may come back.
        let barred = if self.chance(2) == 0 { taken } else { &taken[..1] };
        let limit = self.cost + taken.iter().map(|&cell| self.price[cell as usize]).sum::<u64>();
        let limit = if self.salt == 0 { limit } else { limit | (CELL - 1) };
        for (at, &demand) in broken.iter().enumerate() {
            let reached = self.demands[demand as usize].reached;
            self.meet(demand as usize, barred, undo);
            if self.cost > limit || self.demands[demand as usize].reached < reached {
                // The rest need not be tried: all is put back.
                for &demand in &broken[at + 1..] {
                    let demand = demand as usize;
                    let witness = std::mem::take(&mut self.demands[demand].witness);
                    undo.witnesses.push((demand, witness, self.demands[demand].reached));
                }
                return false;
            }
        }
        self.prune(undo);
        true
    }

    /// Shows the partners that nothing needs.
    fn prune(&mut self, undo: &mut Undo) {
        let idle: Vec<u32> =
            self.partners.iter().copied().filter(|&cell| self.users[cell as usize].is_empty()).collect();
        for cell in idle {
            self.show(cell);
            undo.shown.push(cell);
        }
    }

    fn go_back(&mut self, undo: Undo) {
        for (demand, witness, reached) in undo.witnesses.into_iter().rev() {
            self.forget(demand);
            for &(cell, _) in &witness {
                self.users[cell as usize].push(demand as u32);
            }
            (self.demands[demand].witness, self.demands[demand].reached) = (witness, reached);
        }
        for cell in undo.withheld {
            if self.network.state[cell as usize] == State::Partner {
                self.show(cell);
            }
        }
        for cell in undo.shown {
            if self.network.state[cell as usize] == State::Shown && !self.users[cell as usize].is_empty() {
                self.withhold(cell, &mut Undo::default());
            }
        }
    }

    /// One to eight partners, mostly near each other.
    fn choose(&mut self) -> Vec<u32> {
        let at = self.chance(self.partners.len());
        let first = self.partners[at];
        let mut taken = vec![first];
        let ends = |arc: super::network::Arc| [arc.tail, arc.head];
        for _ in 0..self.chance(8) {
            let near: Vec<u32> = self
                .partners
                .iter()
                .copied()
                .filter(|cell| {
                    let (a, b) = (self.network.arcs[*cell as usize], self.network.arcs[first as usize]);
                    !taken.contains(cell) && ends(a).iter().any(|node| ends(b).contains(node))
                })
                .collect();
            let far = self.chance(4) == 0;
            let from = if near.is_empty() || far { &self.partners } else { &near }.clone();
            let next = from[self.chance(from.len())];
            if !taken.contains(&next) {
                taken.push(next);
            }
        }
        taken
    }

    /// A number below `below`, the next of a seeded series (Knuth's MMIX generator).
    fn chance(&mut self, below: usize) -> usize {
        self.state =
            self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.state >> 33) as usize) % below.max(1)
    }
}
