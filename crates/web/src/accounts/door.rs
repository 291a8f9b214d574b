//! Who holds back those who try many passwords.
//!
//! Two limits have to let an attempt through: one of the address that it comes from, one of the account it tries
//! (`town::accounts::Attempt`). They are counted in the database, so that several processes count together. (The rejected
//! alternative, `tower_governor`, counts by what is known before the form is read, which is the address alone, and in memory.)

use std::net::IpAddr;

use tokio::sync::Semaphore;
use town::accounts::Attempt;

use crate::counts::network;
use crate::{Problem, Visit};

/// Checking a password takes 19 MiB: no more than this many at once.
const AT_ONCE: usize = 4;

/// Where passwords are checked.
pub(crate) struct Door {
    checking: Semaphore,
}

impl Default for Door {
    fn default() -> Door {
        Door { checking: Semaphore::new(AT_ONCE) }
    }
}

impl Door {
    /// Where passwords are checked a few at a time.
    pub(super) fn checking(&self) -> &Semaphore {
        &self.checking
    }
}

/// Counts an attempt at what `who` names: an account, a link, a session.
///
/// # Errors
/// [`Problem::TooMany`] when it is not let through.
pub(crate) async fn knock(visit: &Visit, what: Attempt, who: &str) -> Result<(), Problem> {
    let network = visit.from().map(|from| network(from).to_string());
    match visit.town().attempt(what, who, network.as_deref(), town::now()).await? {
        None => Ok(()),
        Some(wait) => Err(Problem::TooMany { seconds: wait.as_secs().max(1) }),
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
