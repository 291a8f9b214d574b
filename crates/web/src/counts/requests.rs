//! How many requests one address and one account may make. Each process counts for itself, in memory: what must be counted together,
//! attempts, is counted in the database (`town::accounts::Attempt`), and a write for each page would cost more than the page.
//!
//! The limits are far above what people do, a whole town hall behind one address included; they stop a program that has gone
//! wild. This machine itself is not limited: a proxy on it says from where a request comes, and what measures het is on it.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So many requests at once, then one in so long.
#[derive(Clone, Copy)]
struct Allowed {
    at_once: u32,
    one_in: Duration,
}

const OF_ADDRESS: Allowed = Allowed { at_once: 2_000, one_in: Duration::from_millis(2) };
const OF_ACCOUNT: Allowed = Allowed { at_once: 400, one_in: Duration::from_millis(20) };

/// More than this many and those that have been forgiven are thrown away.
const MOST_KEPT: usize = 20_000;

#[derive(PartialEq, Eq, Hash)]
enum Who {
    Address(IpAddr),
    Account(String),
}

/// Of each, when it will be as if they had never asked.
#[derive(Default)]
pub(crate) struct Requests(Mutex<HashMap<Who, Instant>>);

impl Requests {
    /// Counts a request from an address; `false` when it is one too many.
    pub(crate) fn of_address(&self, from: Option<IpAddr>, now: Instant) -> bool {
        match from.filter(|from| !from.to_canonical().is_loopback()) {
            Some(from) => self.count(Who::Address(network(from)), OF_ADDRESS, now),
            None => true,
        }
    }

    /// Counts a request of an account; `false` when it is one too many.
    pub(crate) fn of_account(&self, from: Option<IpAddr>, name: &str, now: Instant) -> bool {
        match from.filter(|from| !from.to_canonical().is_loopback()) {
            Some(_) => self.count(Who::Account(name.to_owned()), OF_ACCOUNT, now),
            None => true,
        }
    }

    fn count(&self, who: Who, allowed: Allowed, now: Instant) -> bool {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() > MOST_KEPT {
            kept.retain(|_, free_at| *free_at > now);
        }
        let free_at = kept.entry(who).or_insert(now);
        let next = (*free_at).max(now) + allowed.one_in;
        let ahead = next.duration_since(now);
        if ahead > allowed.one_in * allowed.at_once {
            return false;
        }
        *free_at = next;
        true
    }
}

/// One household has a whole /64 of IPv6 addresses.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_gone_wild_is_held_and_nobody_else() {
        let (requests, now) = (Requests::default(), Instant::now());
        let from = |last: u16| Some(IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, last]));
        for asked in 0..2_000 {
            assert!(requests.of_address(from(asked), now), "{asked}");
        }
        assert!(!requests.of_address(from(1), now));
        assert!(requests.of_address(Some(IpAddr::from([192, 0, 2, 1])), now));
        assert!(requests.of_address(from(1), now + Duration::from_millis(2)));
        for _ in 0..400 {
            assert!(requests.of_account(from(1), "a@example.org", now));
        }
        assert!(!requests.of_account(from(1), "a@example.org", now));
        assert!(requests.of_account(from(1), "b@example.org", now));
    }

    #[test]
    fn this_machine_is_not_held() {
        let (requests, now) = (Requests::default(), Instant::now());
        let local = Some(IpAddr::from([127, 0, 0, 1]));
        assert!((0..5_000).all(|_| requests.of_address(local, now)));
        assert!((0..5_000).all(|_| requests.of_account(local, "a@example.org", now)));
    }
}
