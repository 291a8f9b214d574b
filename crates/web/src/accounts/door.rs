//! Who holds back those who try many passwords.
//!
//! Two token buckets have to let an attempt through: one of the address that it comes from, one of the account it tries. An
//! account's bucket is small and fills slowly, so that a password cannot be guessed from many addresses either; somebody
//! who is locked out by another's attempts waits a minute. (The rejected alternative, `tower_governor`, counts by what
//! is known before the form is read, which is the address alone.)

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;

/// A bucket: how much it holds, and how long it takes to gain one.
#[derive(Clone, Copy)]
struct Size {
    holds: f64,
    gains_one_in: Duration,
}

const OF_ADDRESS: Size = Size { holds: 20.0, gains_one_in: Duration::from_secs(15) };
const OF_ACCOUNT: Size = Size { holds: 6.0, gains_one_in: Duration::from_secs(60) };

/// More buckets than this and the full ones, which say nothing, are thrown away.
const MOST_BUCKETS: usize = 10_000;

#[derive(PartialEq, Eq, Hash)]
enum Who {
    Address(IpAddr),
    Account(String),
}

struct Bucket {
    left: f64,
    at: Instant,
}

/// Counts attempts to sign in.
pub(crate) struct Door {
    buckets: Mutex<HashMap<Who, Bucket>>,
    /// Checking a password takes 19 MiB: no more than this many at once.
    checking: Semaphore,
}

impl Default for Door {
    fn default() -> Door {
        Door { buckets: Mutex::default(), checking: Semaphore::new(4) }
    }
}

impl Door {
    /// Takes one attempt from both buckets.
    ///
    /// # Errors
    /// How long to wait, when either is empty.
    pub(super) fn knock(&self, from: Option<IpAddr>, email: &str, now: Instant) -> Result<(), Duration> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > MOST_BUCKETS {
            let longest = OF_ACCOUNT.gains_one_in.mul_f64(OF_ACCOUNT.holds);
            buckets.retain(|_, bucket| now.duration_since(bucket.at) < longest);
        }
        let account = (Who::Account(email.trim().to_lowercase()), OF_ACCOUNT);
        let address = from.map(|address| (Who::Address(network(address)), OF_ADDRESS));
        let mut wait = Duration::ZERO;
        for (who, size) in [Some(account), address].into_iter().flatten() {
            let bucket = buckets.entry(who).or_insert(Bucket { left: size.holds, at: now });
            let gained = now.duration_since(bucket.at).as_secs_f64() / size.gains_one_in.as_secs_f64();
            bucket.left = (bucket.left + gained).min(size.holds);
            bucket.at = now;
            if bucket.left < 1.0 {
                wait = wait.max(size.gains_one_in.mul_f64(1.0 - bucket.left));
            } else {
                bucket.left -= 1.0;
            }
        }
        if wait.is_zero() { Ok(()) } else { Err(wait) }
    }

    /// Forgets the attempts on an account whose owner has signed in.
    pub(super) fn welcome(&self, email: &str) {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        buckets.remove(&Who::Account(email.trim().to_lowercase()));
    }

    /// Where passwords are checked one after the other.
    pub(super) fn checking(&self) -> &Semaphore {
        &self.checking
    }
}

/// One household has a whole /64 of IPv6 addresses.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        v4 => v4,
    }
}

/// The network of an address, for the log: enough to see where attempts come from, too little to tell who.
pub(super) fn network_words(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            format!("{}/48", IpAddr::from([a, b, c, 0, 0, 0, 0, 0]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_cannot_be_tried_for_ever() {
        let (door, start) = (Door::default(), Instant::now());
        let from = |last: u8| Some(IpAddr::from([192, 0, 2, last]));
        for attempt in 0..6 {
            assert!(door.knock(from(attempt), "a@example.org", start).is_ok());
        }
        assert!(door.knock(from(9), " A@example.org", start).is_err());
        assert!(door.knock(from(9), "b@example.org", start).is_ok());
        assert!(door.knock(from(9), "a@example.org", start + Duration::from_secs(61)).is_ok());
    }

    #[test]
    fn an_address_cannot_try_every_account() {
        let (door, start) = (Door::default(), Instant::now());
        let from = |last: u16| Some(IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, last]));
        for attempt in 0..20 {
            assert!(door.knock(from(attempt), &format!("{attempt}@example.org"), start).is_ok());
        }
        assert!(door.knock(from(99), "other@example.org", start).is_err());
    }

    #[test]
    fn who_signs_in_starts_afresh() {
        let (door, start) = (Door::default(), Instant::now());
        for _ in 0..6 {
            assert!(door.knock(None, "a@example.org", start).is_ok());
        }
        door.welcome("a@example.org");
        assert!(door.knock(None, "a@example.org", start).is_ok());
    }
}
