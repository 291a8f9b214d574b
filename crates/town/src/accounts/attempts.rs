//! What may not be tried for ever, and how often it may be. Attempts are counted in the database, for every process that serves the town.

use std::time::Duration;

use sha2::{Digest, Sha256};
use store::accounts::{self, Allowed};

use crate::{Moment, Result, Town};

/// What somebody tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// To sign in to an account.
    SignIn,
    /// To give the code of a second factor.
    Code,
    /// To choose a password by the link of an invitation.
    Invitation,
    /// To change something of one's own account by its password.
    OwnPassword,
    /// To break the glass in front of a record.
    BreakGlass,
    /// To send files.
    Upload,
}

const MINUTE: i64 = 60_000;

/// An account's attempts are few and slowly forgiven, so that a password cannot be guessed from many addresses either; somebody who is
/// locked out by another's attempts waits a minute.
const OF_SECRETS: Allowed = Allowed { at_once: 6, one_in: MINUTE };
/// Breaking the glass is for emergencies, which do not come by the dozen.
const OF_GLASS: Allowed = Allowed { at_once: 10, one_in: MINUTE };
/// Reading files keeps a processor busy.
const OF_UPLOADS: Allowed = Allowed { at_once: 30, one_in: MINUTE / 3 };
/// From one address, of each kind.
const OF_ADDRESS: Allowed = Allowed { at_once: 20, one_in: MINUTE / 4 };

impl Attempt {
    fn code(self) -> &'static str {
        match self {
            Attempt::SignIn => "sign-in",
            Attempt::Code => "code",
            Attempt::Invitation => "invitation",
            Attempt::OwnPassword => "own-password",
            Attempt::BreakGlass => "break-glass",
            Attempt::Upload => "upload",
        }
    }

    fn allowed(self) -> Allowed {
        match self {
            Attempt::SignIn | Attempt::Code | Attempt::Invitation | Attempt::OwnPassword => OF_SECRETS,
            Attempt::BreakGlass => OF_GLASS,
            Attempt::Upload => OF_UPLOADS,
        }
    }

    /// Whether whoever tries has not shown who they are, so that the address counts too: everybody in a town hall has the same one.
    fn is_of_strangers(self) -> bool {
        matches!(self, Attempt::SignIn | Attempt::Code | Attempt::Invitation)
    }

    /// Under which name it is counted. Of addresses and emails only a hash is kept, and not for long.
    fn name(self, kind: &str, who: &str) -> String {
        let mut hash = Sha256::new();
        for part in ["het attempt", self.code(), kind, who] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        hex::encode(&hash.finalize()[..16])
    }
}

impl Town {
    /// Counts an attempt of, or at, an account or whatever else `who` names, from a network. `None` when it is let through; else how
    /// long to wait. Refused attempts are not counted.
    pub async fn attempt(
        &self,
        what: Attempt,
        who: &str,
        network: Option<&str>,
        now: Moment,
    ) -> Result<Option<Duration>> {
        let (note, at) = (self.store().note().await?, now.as_millisecond());
        let to_wait = |millis: i64| Duration::from_millis(millis.unsigned_abs());
        if let Some(network) = network.filter(|_| what.is_of_strangers()) {
            // All that strangers try from one address is counted together.
            let name = Attempt::SignIn.name("address", network);
            if let Some(wait) = accounts::attempt(note.reader(), &name, OF_ADDRESS, at).await? {
                return Ok(Some(to_wait(wait)));
            }
        }
        let name = what.name("account", &who.trim().to_lowercase());
        Ok(accounts::attempt(note.reader(), &name, what.allowed(), at).await?.map(to_wait))
    }

    /// Forgets the attempts at an account whose owner has succeeded.
    pub async fn forget_attempts(&self, what: Attempt, who: &str) -> Result<()> {
        let name = what.name("account", &who.trim().to_lowercase());
        Ok(accounts::forget_attempts(self.store().note().await?.reader(), &name).await?)
    }
}
